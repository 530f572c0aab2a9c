//! Reservations that signed lists prove and the record does not have.

use leptos::prelude::*;

use crate::desk::frame::token_field;
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What is proposed.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    /// Those that nobody decided since, by day, site and activity.
    pub proven: Vec<Group>,
    /// Those that somebody decided otherwise since.
    pub decided: Vec<Group>,
    /// Rows that a closure may have hidden.
    pub hidden: Vec<Group>,
    /// How many proven ones there are; more than are shown, perhaps.
    pub total: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// Changes with the proposals: what is taken whole is what was shown.
    pub fingerprint: String,
    /// The proposals changed while the form was being looked at.
    pub moved: bool,
    /// Why the form was not taken.
    pub trouble: Option<String>,
    /// Where the forms go; `None` for whoever may only look.
    pub action: Option<String>,
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
    /// « Liste du …, écriture n° 1 204, apportée par Cantine 1 le … », with the start of its hash.
    pub proof: String,
    /// The start of the list's hash.
    pub hash: String,
    /// What is proposed.
    pub lines: Vec<ProposalLine>,
}

/// One reservation.
#[derive(Clone, Debug)]
pub struct ProposalLine {
    /// What a box sends.
    pub name: String,
    /// The child.
    pub child: String,
    /// What happened to it on the lost branch.
    pub change: Change,
    /// Formula, service, hours: as it would stand.
    pub details: String,
    /// The record does not have this child: its card is made again.
    pub lost_child: bool,
}

/// What happened on the lost branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was made.
    Made,
    /// It was cancelled.
    Cancelled,
    /// It was changed.
    Changed,
}

impl Change {
    fn words(self) -> String {
        match self {
            Self::Made => t("recovery-change-made"),
            Self::Cancelled => t("recovery-change-cancelled"),
            Self::Changed => t("recovery-change-changed"),
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Made => "unexpected",
            Self::Cancelled => "absent",
            Self::Changed => "moved",
        }
    }
}

pub(super) fn section(view: &Proposals, token: &str) -> AnyView {
    let none = view.proven.is_empty() && view.decided.is_empty() && view.hidden.is_empty();
    let trouble = view
        .trouble
        .clone()
        .or_else(|| view.moved.then(|| t("recovery-proposals-moved")));
    view! {
        <section class="recovery-part" id="propositions" aria-labelledby="titre-propositions">
            <h2 id="titre-propositions">{t("recovery-proposals")}</h2>
            {trouble.map(|words| view! {
                <div class="notice" data-kind="alert" role="alert" id="erreurs" tabindex="-1">
                    {shape("alert")}<p class="grow">{words}</p>
                </div>
            })}
            {if none {
                view! { <p class="quiet">{t("recovery-proposals-none")}</p> }.into_any()
            } else {
                view! {
                    <p class="lead">{t("recovery-proposals-lead")}</p>
                    {part(view, &view.proven, "prouvees", None, token)}
                    {part(view, &view.decided, "decidees", Some(("recovery-decided", t("recovery-decided"), t("recovery-decided-lead"))), token)}
                    {part(view, &view.hidden, "cachees", Some(("recovery-hidden", t("recovery-hidden"), t("recovery-hidden-lead"))), token)}
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}

fn part(
    view: &Proposals,
    groups: &[Group],
    id: &'static str,
    titled: Option<(&'static str, String, String)>,
    token: &str,
) -> Option<AnyView> {
    if groups.is_empty() {
        return None;
    }
    let is_proven = titled.is_none();
    let may = view.action.is_some();
    let drawn: Vec<_> = groups
        .iter()
        .enumerate()
        .map(|(i, one)| group(one, &format!("{id}-{i}"), may))
        .collect();
    let title = titled.map(|(_, title, lead)| view! { <h3>{title}</h3><p class="lead">{lead}</p> });
    let left = view.total.saturating_sub(view.shown);
    let inside = view! {
        {drawn}
        {(is_proven && left > 0).then(|| view! { <p class="quiet">{t1("recovery-proposals-more", "count", left)}</p> })}
    };
    Some(match &view.action {
        None => view! { {title} <div id=id>{inside}</div> }.into_any(),
        Some(action) => view! {
            {title}
            <form id=id class="recovery-form" method="post" action=action.clone()>
                {token_field(token)}
                <input type="hidden" name="empreinte" value=view.fingerprint.clone() />
                {inside}
                <div class="buttons no-print">
                    <button class="button" data-kind=(!is_proven).then_some("quiet") name="geste" value="choix">{t("recovery-take-chosen")}</button>
                    {is_proven.then(|| view! {
                        <button class="button" data-kind="primary" name="geste" value="tout">{t1("recovery-take-all", "count", view.total)}</button>
                    })}
                </div>
            </form>
        }
        .into_any(),
    })
}

fn group(group: &Group, id: &str, may: bool) -> AnyView {
    let lines: Vec<_> = group
        .lines
        .iter()
        .map(|line| {
            let words = view! {
                <span class="recovery-line">
                    <strong>{line.child.clone()}</strong>
                    <span class="recovery-change">{shape(line.change.sign())}{line.change.words()}</span>
                    {(!line.details.is_empty()).then(|| view! { <span class="details">{line.details.clone()}</span> })}
                    {line.lost_child.then(|| view! { <span class="details">{t("recovery-lost-child")}</span> })}
                </span>
            };
            if may {
                view! {
                    <li><label class="choice">
                        <input type="checkbox" name="proposition" value=line.name.clone() />{words}
                    </label></li>
                }
                .into_any()
            } else {
                view! { <li>{words}</li> }.into_any()
            }
        })
        .collect();
    let count = group.lines.len();
    view! {
        <details class="recovery-group" open=count <= 8>
            <summary>
                <span class="recovery-day" id=id.to_owned()>
                    <strong>{group.date.clone()}</strong>" · "{group.site.clone()}" · "{group.activity.clone()}
                </span>
                <span class="details">{t1("recovery-group-count", "count", count)}</span>
            </summary>
            <p class="recovery-proof">{group.proof.clone()}" "<code>{group.hash.clone()}</code></p>
            <ul role="list" aria-labelledby=id.to_owned()>{lines}</ul>
        </details>
    }
    .into_any()
}
