//! What is open, by day, site and activity.

use leptos::prelude::*;
use shared::operation::DiscrepancyKind;

use super::words;
use crate::desk::form::{Address, pager};
use crate::desk::frame::token_field;
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// What is open, a page of it.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// In order.
    pub groups: Vec<Group>,
    /// How many there are under this filter.
    pub total: usize,
    /// Which page, from 1.
    pub page: usize,
    /// How many on a page.
    pub size: usize,
    /// Where decisions go; `None` for whoever may only look.
    pub action: Option<String>,
    /// Words of the decisions that fit something of this filter.
    pub bulk: Vec<&'static str>,
    /// Changes with what is shown: « all » takes what was shown.
    pub fingerprint: String,
    /// Keys that stay ticked.
    pub ticked: Vec<String>,
    /// « All » stays ticked.
    pub all: bool,
}

/// A day, a site and an activity.
#[derive(Clone, Debug)]
pub struct Group {
    /// « lundi 23 novembre ».
    pub date: String,
    /// The site.
    pub site: String,
    /// The activity.
    pub activity: String,
    /// Its board.
    pub board: String,
    /// What does not agree.
    pub lines: Vec<Line>,
}

/// Something that does not agree.
#[derive(Clone, Debug)]
pub struct Line {
    /// What a box sends.
    pub key: String,
    /// Of which kind.
    pub kind: DiscrepancyKind,
    /// « Martin Léa »; what a tablet calls a child nobody knows; `None` where the list is meant.
    pub child: Option<String>,
    /// What was booked, or when the activity closed.
    pub facts: Vec<String>,
    /// The marks.
    pub evidence: Vec<EvidenceLine>,
    /// Words of the decisions that fit.
    pub fits: Vec<&'static str>,
}

/// A mark that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// What it says: « Arrivée ».
    pub what: String,
    /// When, as it counts: « 11 h 32 ».
    pub at: String,
    /// Who; empty where nobody said.
    pub by: String,
    /// On which tablet.
    pub tablet: String,
    /// When it was received.
    pub received: String,
    /// What is to be known of it besides.
    pub asides: Vec<String>,
}

pub(super) fn open(view: &Open, address: &Address, token: &str) -> AnyView {
    if view.groups.is_empty() {
        let filtered = address
            .pairs()
            .iter()
            .any(|(name, _)| matches!(name.as_str(), "site" | "activite" | "type"));
        let then = if filtered {
            t("discrepancy-none-filtered")
        } else {
            t("discrepancy-none-then")
        };
        return view! {
            <div class="empty">
                <p><strong>{t("discrepancy-none")}</strong></p><p>{then}</p>
            </div>
        }
        .into_any();
    }
    let first = (view.page - 1) * view.size;
    let mut place = first;
    let groups: Vec<_> = view
        .groups
        .iter()
        .map(|one| {
            let drawn = group(view, one, place);
            place += one.lines.len();
            drawn
        })
        .collect();
    let pages = pager(address, view.page, view.size, view.total);
    match &view.action {
        None => view! { {groups}{pages} }.into_any(),
        Some(action) => view! {
            <form class="discrepancies" method="post" action=action.clone()>
                {token_field(token)}
                {kept(address)}
                <input type="hidden" name="empreinte" value=view.fingerprint.clone() />
                {groups}
                {bar(view)}
            </form>
            {pages}
        }
        .into_any(),
    }
}

/// The filter, carried along unseen.
pub(super) fn kept(address: &Address) -> Vec<AnyView> {
    address
        .pairs()
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=format!("f_{name}") value=value.clone() /> }.into_any()
        })
        .collect()
}

/// What can be decided of all that is ticked.
fn bar(view: &Open) -> AnyView {
    let buttons: Vec<_> = view
        .bulk
        .iter()
        .filter(|word| **word != "attach")
        .enumerate()
        .map(|(i, word)| {
            let kind = (i > 0).then_some("quiet");
            view! {
                <button class="button" data-kind=kind name="faire" value=*word>{words::decision(word)}</button>
            }
            .into_any()
        })
        .collect();
    let all = with("discrepancy-all", &[("count", &spaced(view.total))]);
    view! {
        <fieldset class="discrepancy-bar no-print">
            <legend>{t("discrepancy-bar")}</legend>
            {(view.total > 1).then(|| view! {
                <label class="choice">
                    <input type="checkbox" name="tout" value="oui" checked=view.all /><span>{all}</span>
                </label>
            })}
            <div class="discrepancy-doing">{buttons}</div>
        </fieldset>
    }
    .into_any()
}

/// « 5 000 », with a narrow no-break space.
pub(super) fn spaced(count: usize) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push('\u{202f}');
        }
        words.push(digit);
    }
    words
}

fn group(view: &Open, group: &Group, place: usize) -> AnyView {
    let id = format!("groupe-{place}");
    let labelled = id.clone();
    let lines: Vec<_> = group
        .lines
        .iter()
        .enumerate()
        .map(|(i, one)| line(view, one, &format!("ecart-{}", place + i)))
        .collect();
    view! {
        <section class="discrepancy-group" aria-labelledby=labelled>
            <h2 id=id>
                <a href=group.board.clone()>{group.date.clone()}" · "{group.site.clone()}" · "{group.activity.clone()}</a>
                <span class="details">{t1("discrepancy-group-count", "count", group.lines.len())}</span>
            </h2>
            <ul role="list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(view: &Open, line: &Line, id: &str) -> AnyView {
    let title = id.to_owned();
    let may = view.action.is_some();
    let who = line.child.clone().unwrap_or_else(|| t("discrepancy-list"));
    let facts: Vec<_> = line
        .facts
        .iter()
        .map(|fact| view! { <li>{fact.clone()}</li> }.into_any())
        .collect();
    let marks: Vec<_> = line.evidence.iter().map(evidence).collect();
    let nothing = line
        .evidence
        .is_empty()
        .then(|| view! { <li>{t("discrepancy-no-mark")}</li> });
    let quick: Vec<_> = line
        .fits
        .iter()
        .map(|word| {
            view! {
                <button
                    class="button" data-kind="quiet" name="un" value=format!("{word} {}", line.key)
                    aria-describedby=title.clone()
                >{words::quick(line.kind, word)}</button>
            }
            .into_any()
        })
        .collect();
    let head = view! {
        <span class="discrepancy-head" id=id.to_owned()>
            <strong>{who}</strong>
            <span class="discrepancy-kind">{shape(words::shape_of(line.kind))}{words::kind(line.kind)}</span>
        </span>
    };
    let ticked = view.all || view.ticked.contains(&line.key);
    view! {
        <li class="discrepancy">
            {if may {
                view! {
                    <label class="choice">
                        <input type="checkbox" name="choix" value=line.key.clone() checked=ticked />{head}
                    </label>
                }
                .into_any()
            } else {
                view! { <p>{head}</p> }.into_any()
            }}
            <ul role="list" class="discrepancy-evidence">{facts}{nothing}{marks}</ul>
            {may.then(|| view! { <div class="discrepancy-quick no-print">{quick}</div> })}
        </li>
    }
    .into_any()
}

fn evidence(line: &EvidenceLine) -> AnyView {
    let by = (!line.by.is_empty()).then(|| format!(" · {}", line.by));
    let asides = (!line.asides.is_empty()).then(|| {
        view! { <span class="discrepancy-aside">{line.asides.join(" · ")}</span> }
    });
    view! {
        <li>
            <strong>{line.what.clone()}" "{line.at.clone()}</strong>{by}
            <span class="details">" · "{line.tablet.clone()}" · "{t1("discrepancy-received", "at", line.received.as_str())}</span>
            {asides}
        </li>
    }
    .into_any()
}
