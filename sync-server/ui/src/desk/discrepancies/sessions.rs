//! The sessions of a period: complete, open, or owed.

use leptos::prelude::*;

use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// A session.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// « lundi 23 novembre ».
    pub date: String,
    /// The site.
    pub site: String,
    /// The activity.
    pub activity: String,
    /// How many were booked, and how many came.
    pub counts: (u64, u64),
    /// How it stands.
    pub state: SessionState,
    /// Where its open discrepancies are listed.
    pub address: String,
    /// Where it is waived, for whom that may be.
    pub waive: Option<String>,
}

/// How a session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionState {
    /// It is over.
    pub over: bool,
    /// How many discrepancies are open.
    pub open: u64,
    /// What tablets owe, a sentence each.
    pub owed: Vec<String>,
    /// Billed all the same, and why.
    pub waived: Option<String>,
}

impl SessionState {
    fn is_complete(&self) -> bool {
        self.over && self.open == 0 && self.owed.is_empty()
    }
}

pub(super) fn sessions(lines: &[SessionLine]) -> AnyView {
    if lines.is_empty() {
        return view! {
            <div class="empty">
                <p><strong>{t("discrepancy-sessions-none")}</strong></p><p>{t("discrepancy-sessions-none-then")}</p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = lines.iter().map(row).collect();
    view! {
        <p class="lead">{t("discrepancy-sessions-lead")}</p>
        <div class="scrolls">
            <table class="list discrepancy-sessions">
                <caption class="unseen">{t("discrepancy-sessions")}</caption>
                <thead><tr>
                    <th scope="col">{t("discrepancy-session")}</th>
                    <th scope="col" class="number">{t("discrepancy-session-booked")}</th>
                    <th scope="col" class="number">{t("discrepancy-session-present")}</th>
                    <th scope="col">{t("discrepancy-session-state")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(line: &SessionLine) -> AnyView {
    let state = &line.state;
    let complete = state.is_complete();
    let head = if complete {
        view! { <p class="verdict" data-state="present">{shape("present")}<span>{t("discrepancy-complete")}</span></p> }
            .into_any()
    } else if !state.over {
        view! { <p class="verdict">{shape("expected")}<span>{t("discrepancy-going-on")}</span></p> }
            .into_any()
    } else {
        view! { <p class="verdict" data-state="absent">{shape("alert")}<span>{t("discrepancy-incomplete")}</span></p> }
            .into_any()
    };
    let owed: Vec<_> = state
        .owed
        .iter()
        .map(|words| view! { <li>{words.clone()}</li> }.into_any())
        .collect();
    let waived = state.waived.clone();
    let act = if waived.is_some() {
        t("discrepancy-waive-end")
    } else {
        t("discrepancy-waive")
    };
    let waive = line
        .waive
        .clone()
        .filter(|_| waived.is_some() || (state.over && !complete));
    view! {
        <tr>
            <th scope="row" class="name">
                <span>{line.activity.clone()}</span>
                <span class="details">{line.date.clone()}" · "{line.site.clone()}</span>
            </th>
            <td class="number">{line.counts.0}</td>
            <td class="number">{line.counts.1}</td>
            <td>
                {head}
                {(state.open > 0).then(|| view! {
                    <p><a href=line.address.clone()>{t1("discrepancy-session-open", "count", state.open)}</a></p>
                })}
                {(!owed.is_empty()).then(|| view! { <ul class="discrepancy-owed">{owed}</ul> })}
                {waived.map(|reason| view! { <p class="discrepancy-note">{t1("discrepancy-waived", "reason", reason)}</p> })}
                {waive.map(|address| view! { <p class="no-print"><a href=address>{act}</a></p> })}
            </td>
        </tr>
    }
    .into_any()
}
