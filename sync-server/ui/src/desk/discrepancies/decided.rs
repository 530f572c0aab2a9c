//! What was decided, and its undoing: a whole lot, or one.

use leptos::prelude::*;
use shared::operation::DiscrepancyKind;

use super::rows::kept;
use super::words;
use crate::desk::form::Address;
use crate::desk::frame::token_field;
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// Decisions made at once.
#[derive(Clone, Debug)]
pub struct DecidedLot {
    /// The entry of the journal.
    pub lot: u64,
    /// When: « lundi 23 novembre, 9 h 12 ».
    pub at: String,
    /// By whom.
    pub by: String,
    /// The decision's word.
    pub decision: String,
    /// Why.
    pub note: String,
    /// How many of it stand.
    pub count: u64,
    /// Those within the filter, as many as this page has room for.
    pub lines: Vec<DecidedLine>,
}

/// One decision.
#[derive(Clone, Debug)]
pub struct DecidedLine {
    /// Its id.
    pub id: String,
    /// Of which kind.
    pub kind: DiscrepancyKind,
    /// Whom it is about; `None` where the list is meant.
    pub child: Option<String>,
    /// « lundi 23 novembre · École Jaurès · Cantine ».
    pub place: String,
    /// What was stated.
    pub said: String,
}

pub(super) fn decided(lots: &[DecidedLot], action: Option<&str>, address: &Address, token: &str) -> AnyView {
    if lots.is_empty() {
        return view! {
            <div class="empty">
                <p><strong>{t("discrepancy-decided-none")}</strong></p><p>{t("discrepancy-decided-none-then")}</p>
            </div>
        }
        .into_any();
    }
    let drawn: Vec<_> = lots.iter().map(|one| lot(one, action.is_some())).collect();
    match action {
        None => view! { {drawn} }.into_any(),
        Some(action) => view! {
            <form class="discrepancies" method="post" action=action.to_owned()>
                {token_field(token)}
                {kept(address)}
                {drawn}
            </form>
        }
        .into_any(),
    }
}

fn lot(lot: &DecidedLot, may: bool) -> AnyView {
    let id = format!("lot-{}", lot.lot);
    let (labelled, described) = (id.clone(), id.clone());
    let lines: Vec<_> = lot.lines.iter().map(|one| line(one, may)).collect();
    let few = lot.lines.len() <= 6;
    let note = (!lot.note.is_empty()).then(|| view! { <p class="discrepancy-note">{lot.note.clone()}</p> });
    view! {
        <section class="discrepancy-lot" aria-labelledby=labelled>
            <div class="discrepancy-lot-head">
                <h2 id=id>
                    {shape("present")}
                    <span>{words::done(&lot.decision)}" · "{t1("discrepancy-group-count", "count", lot.count)}</span>
                </h2>
                {may.then(|| view! {
                    <button class="button no-print" data-kind="quiet" name="lot" value=lot.lot.to_string() aria-describedby=described>
                        {t1("discrepancy-undo-lot", "count", lot.count)}
                    </button>
                })}
            </div>
            <p class="details">{lot.at.clone()}" · "{lot.by.clone()}</p>
            {note}
            <details open=few>
                <summary>{t("discrepancy-lot-lines")}</summary>
                <ul role="list">{lines}</ul>
            </details>
        </section>
    }
    .into_any()
}

fn line(line: &DecidedLine, may: bool) -> AnyView {
    let who = line.child.clone().unwrap_or_else(|| t("discrepancy-list"));
    let title = format!("decision-{}", line.id);
    let said = (!line.said.is_empty()).then(|| view! { <span>{line.said.clone()}</span> });
    view! {
        <li class="discrepancy-decided">
            <span class="discrepancy-head" id=title.clone()>
                <strong>{who}</strong>
                <span class="discrepancy-kind">{shape(words::shape_of(line.kind))}{words::kind(line.kind)}</span>
                {said}
                <span class="details">{line.place.clone()}</span>
            </span>
            {may.then(|| view! {
                <button
                    class="button no-print" data-kind="quiet" name="decision" value=line.id.clone()
                    aria-describedby=title
                >{t("discrepancy-undo")}</button>
            })}
        </li>
    }
    .into_any()
}
