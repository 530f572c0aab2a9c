//! The activities of the day, each with its counts.

use leptos::prelude::*;
use shared::fold::State;

use super::rows::{Closing, Tally};
use super::shapes::{of_state, shape};
use crate::words::{t, t1, with};

/// One activity.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// It is the one shown.
    pub current: bool,
    /// Its counts.
    pub tally: Tally,
    /// Whether its list is closed.
    pub closing: Closing,
    /// Contradictions on its list.
    pub conflicts: usize,
}

/// Draws them.
pub(super) fn tabs(all: &[Tab]) -> impl IntoView + use<> {
    let items: Vec<_> = all.iter().map(tab).collect();
    view! {
        <nav class="tabs" aria-label=t("desk-tabs")>
            <ul role="list">{items}</ul>
        </nav>
    }
}

fn tab(tab: &Tab) -> AnyView {
    let said = if tab.tally.expected > 0 {
        t1("desk-tab-expected", "count", tab.tally.expected)
    } else if matches!(tab.closing, Closing::Closed(_)) {
        t("desk-tab-closed")
    } else {
        t1("desk-tab-present", "count", tab.tally.present)
    };
    view! {
        <li>
            <a id=format!("activite-{}", tab.slug) href=tab.address.clone() aria-current=tab.current.then_some("page")>
                <span class="activity">{tab.name.clone()}</span>
                <span class="said">
                    {said}
                    {(tab.conflicts > 0).then(|| view! {
                        <span class="conflict">{shape("alert")}<span class="unseen">{t("desk-row-conflict")}</span></span>
                    })}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The counts of one list, as shape, word and number.
pub(super) fn counts(tally: Tally) -> impl IntoView {
    let by_state = [
        (State::Expected, tally.expected),
        (State::Present, tally.present),
        (State::Left, tally.left),
        (State::Absent, tally.absent),
    ];
    let shown: Vec<_> = by_state
        .into_iter()
        .map(|(state, count)| {
            view! {
                <div data-state=of_state(state)>
                    <dt>{plural(state)}</dt>
                    <dd>{shape(of_state(state))}<span>{count}</span></dd>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <dl class="counts">
            {shown}
            {(tally.unexpected > 0).then(|| view! {
                <div><dt>{t("desk-count-unexpected")}</dt><dd>{shape("unexpected")}<span>{tally.unexpected}</span></dd></div>
            })}
            {(tally.away > 0).then(|| view! {
                <div><dt>{t("desk-count-away")}</dt><dd>{shape("away")}<span>{tally.away}</span></dd></div>
            })}
            {(tally.free > 0).then(|| view! {
                <div><dt>{t("desk-count-free")}</dt><dd>{shape("free")}<span>{tally.free}</span></dd></div>
            })}
        </dl>
    }
}

/// The word of a state, over a column or a count.
pub(super) fn plural(state: State) -> String {
    match state {
        State::Expected => t("desk-count-expected"),
        State::Present => t("desk-count-present"),
        State::Left => t("desk-count-left"),
        State::Absent => t("desk-count-absent"),
    }
}

/// The same, with who closed it.
pub(super) fn closed_by_words(closing: &Closing, by: Option<&str>) -> String {
    match (closing, by) {
        (Closing::Closed(at), Some(by)) => with("desk-list-closed-by", &[("at", at), ("by", by)]),
        (Closing::Reopened(at), Some(by)) => with("desk-list-reopened-by", &[("at", at), ("by", by)]),
        _ => closing_words(closing),
    }
}

/// Whether the list is closed, in a sentence.
pub(super) fn closing_words(closing: &Closing) -> String {
    match closing {
        Closing::Open => t("desk-list-open"),
        Closing::Closed(at) => t1("desk-list-closed", "at", at.as_str()),
        Closing::Reopened(at) => t1("desk-list-reopened", "at", at.as_str()),
    }
}
