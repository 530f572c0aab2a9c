//! The page of a return from a loss.

use leptos::prelude::*;
use shared::operation::Cause;

use super::board::{RecoveryBoard, fragment};
use super::proposals::{Proposals, section};
use crate::desk::form::{Buttons, FormState, FormView, TextArea, heading};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::service::{PartCard, part_card};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct RecoveryPage {
    /// Who looks.
    pub bar: Bar,
    /// Where the forms go; a page of a director has none.
    pub action: Option<String>,
    /// Where parts of the service are switched.
    pub service: String,
    /// The newest return; none where there was never any incident.
    pub current: Option<Current>,
    /// Where a history that was found again is merged; for whom that may be.
    pub merge: Option<String>,
    /// Those before.
    pub past: Vec<PastLine>,
    /// Where changes are announced.
    pub events: String,
}

/// The newest return from a loss.
#[derive(Clone, Debug)]
pub struct Current {
    /// Why.
    pub cause: Cause,
    /// From what.
    pub source: String,
    /// Up to when; `None` where nothing came back or it is not known.
    pub restored_to: Option<String>,
    /// When.
    pub began: String,
    /// When the page was made: « lundi 23 novembre, 16 h 42 ».
    pub now: String,
    /// The branch, whole.
    pub branch: String,
    /// The journal: its newest entry and the hash of it.
    pub journal: (u64, String),
    /// Whether the withdrawals could be read.
    pub withdrawals_read: bool,
    /// The word that it is over.
    pub signed: Option<SignedLine>,
    /// What can be opened and closed.
    pub services: Vec<PartCard>,
    /// What came back.
    pub board: RecoveryBoard,
    /// What is proposed.
    pub proposals: Proposals,
    /// Whom nobody vouched for.
    pub unconfirmed: Vec<Unconfirmed>,
    /// Cards of children that were made again and that nobody completed.
    pub cards: Vec<CardLine>,
    /// How many of them there are; more than are shown, perhaps.
    pub cards_total: usize,
    /// The form that signs it off.
    pub sign: FormState,
}

/// The word that it is over.
#[derive(Clone, Debug)]
pub struct SignedLine {
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
    /// What they noted.
    pub note: String,
}

/// Somebody whom nobody vouched for.
#[derive(Clone, Debug)]
pub struct Unconfirmed {
    /// `device` or `agent`.
    pub kind: &'static str,
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What tells them apart: an address, a site.
    pub details: String,
}

/// A card that was made again.
#[derive(Clone, Debug)]
pub struct CardLine {
    /// The child.
    pub name: String,
    /// Its card.
    pub address: String,
}

/// A return that is over.
#[derive(Clone, Debug)]
pub struct PastLine {
    /// When it began.
    pub began: String,
    /// Why.
    pub cause: Cause,
    /// The word that it is over.
    pub signed: Option<SignedLine>,
}

fn cause_words(cause: Cause) -> String {
    match cause {
        Cause::Restored => t("recovery-cause-restored"),
        Cause::Rebuilt => t("recovery-cause-rebuilt"),
        Cause::SetBack => t("recovery-cause-set-back"),
    }
}

/// Draws the page.
pub fn recovery_page(view: &RecoveryPage) -> String {
    let flawed = view
        .current
        .as_ref()
        .is_some_and(|current| current.sign.is_flawed() || current.proposals.trouble.is_some());
    let title = if flawed {
        t1("form-title-error", "title", t("recovery-title"))
    } else {
        t("recovery-title")
    };
    let head = Head {
        title,
        reloads: false,
        scripted: true,
    };
    page(head, &view.bar, || match &view.current {
        None => empty(view),
        Some(current) => full(view, current),
    })
}

fn empty(view: &RecoveryPage) -> AnyView {
    view! {
        {heading(t("recovery-title"), &[], None)}
        <div class="empty">
            <p><strong>{t("recovery-none")}</strong></p>
            <p>{t("recovery-none-then")}</p>
        </div>
        {merge_link(view)}
    }
    .into_any()
}

fn full(view: &RecoveryPage, current: &Current) -> AnyView {
    let outages = format!("/{}/gestion/pannes", view.bar.slug);
    let doing = view! {
        <a class="button" href=outages>{t("outages-title")}</a>
        <button class="button" type="button" data-print hidden>{t("recovery-print")}</button>
    };
    let token = view.bar.token.clone();
    let open = current.signed.is_none();
    view! {
        {heading(t("recovery-title"), &[], Some(doing.into_any())).into_any()}
        <p class="lead">{cause_words(current.cause)}</p>
        {what_happened(current)}
        {current.signed.as_ref().map(signed)}
        {merge_link(view)}
        {came_back(view, current)}
        {(!current.withdrawals_read && !current.unconfirmed.is_empty()).then(|| unconfirmed(view, current))}
        {section(&current.proposals, &token)}
        {(current.cards_total > 0).then(|| cards(current))}
        {services(view, current)}
        {open.then(|| sign_off(view, current)).flatten()}
        {paper(current)}
        {past(&view.past)}
    }
    .into_any()
}

fn merge_link(view: &RecoveryPage) -> Option<AnyView> {
    let address = view.merge.clone()?;
    Some(
        view! { <p class="no-print"><a class="button" href=address>{t("merge-recovery-link")}</a></p> }
            .into_any(),
    )
}

fn came_back(view: &RecoveryPage, current: &Current) -> AnyView {
    view! {
        <section class="recovery-part" aria-labelledby="titre-retours">
            <h2 id="titre-retours">{t("recovery-came-back")}</h2>
            <p class="notice no-print" data-kind="care" id="stale" role="status" hidden>
                {shape("alert")}<span class="grow">{t("desk-stale")}</span>
            </p>
            <div id="live" data-events=view.events.clone()>{fragment(&current.board).into_any()}</div>
        </section>
    }
    .into_any()
}

fn what_happened(current: &Current) -> AnyView {
    let (seq, hash) = &current.journal;
    let facts: Vec<(String, AnyView)> = vec![
        (t("recovery-fact-began"), current.began.clone().into_any()),
        (t("recovery-fact-source"), current.source.clone().into_any()),
        (
            t("recovery-fact-restored-to"),
            current
                .restored_to
                .clone()
                .unwrap_or_else(|| t("recovery-fact-nothing"))
                .into_any(),
        ),
        (
            t("recovery-fact-branch"),
            view! { <code>{current.branch.clone()}</code> }.into_any(),
        ),
        (
            t("recovery-fact-journal"),
            view! { {t1("recovery-fact-journal-at", "seq", seq.to_string())}" "<code>{hash.clone()}</code> }
                .into_any(),
        ),
        (
            t("recovery-fact-withdrawals"),
            if current.withdrawals_read {
                t("recovery-withdrawals-read")
            } else {
                t("recovery-withdrawals-lost")
            }
            .into_any(),
        ),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    view! { <dl class="facts recovery-facts">{facts}</dl> }.into_any()
}

/// The host signs at the command line, under no name.
fn signed_words(line: &SignedLine) -> String {
    let host = t("recovery-by-host");
    let by = if line.by.is_empty() { &host } else { &line.by };
    with("recovery-signed", &[("at", &line.at), ("by", by)])
}

fn signed(line: &SignedLine) -> AnyView {
    view! {
        <div class="notice" data-kind="done">
            {shape("present")}
            <div class="grow">
                <p><strong>{signed_words(line)}</strong></p>
                {(!line.note.is_empty()).then(|| view! { <p class="recovery-note">{line.note.clone()}</p> })}
            </div>
        </div>
    }
    .into_any()
}

fn unconfirmed(view: &RecoveryPage, current: &Current) -> AnyView {
    let rows: Vec<_> = current
        .unconfirmed
        .iter()
        .map(|one| {
            let doing = view.action.clone().map(|action| {
                let label = t1("recovery-confirm-of", "name", one.name.as_str());
                view! {
                    <form method="post" action=format!("{action}/confirmer") class="no-print">
                        {token_field(&view.bar.token)}
                        <input type="hidden" name="genre" value=one.kind />
                        <input type="hidden" name="sujet" value=one.id.clone() />
                        <button class="button" aria-label=label>{t("recovery-confirm")}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <span class="recovery-line">
                        <strong>{one.name.clone()}</strong>
                        <span class="details">
                            {if one.kind == "agent" { t("recovery-kind-agent") } else { t("recovery-kind-device") }}
                            {(!one.details.is_empty()).then(|| format!(" · {}", one.details))}
                        </span>
                    </span>
                    {doing}
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="recovery-part" id="confirmer" aria-labelledby="titre-confirmer">
            <h2 id="titre-confirmer">{t("recovery-unconfirmed")}</h2>
            <p class="lead">{t("recovery-unconfirmed-lead")}</p>
            <ul class="recovery-rows" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn cards(current: &Current) -> AnyView {
    let items: Vec<_> = current
        .cards
        .iter()
        .map(|card| view! { <li><a href=card.address.clone()>{card.name.clone()}</a></li> }.into_any())
        .collect();
    let left = current.cards_total.saturating_sub(current.cards.len());
    view! {
        <section class="recovery-part" aria-labelledby="titre-fiches">
            <h2 id="titre-fiches">{t("recovery-cards")}</h2>
            <details>
                <summary>{t1("recovery-cards-count", "count", current.cards_total)}</summary>
                <p class="lead">{t("recovery-cards-lead")}</p>
                <ul class="recovery-cards">{items}</ul>
                {(left > 0).then(|| view! { <p class="quiet">{t1("recovery-cards-more", "count", left)}</p> })}
            </details>
        </section>
    }
    .into_any()
}

fn services(view: &RecoveryPage, current: &Current) -> AnyView {
    let action = view.action.as_ref().map(|_| view.service.as_str());
    let drawn: Vec<_> = current
        .services
        .iter()
        .map(|part| part_card(&view.bar, part, action, "retour"))
        .collect();
    view! {
        <section class="recovery-part" id="services" aria-labelledby="titre-services">
            <h2 id="titre-services">{t("recovery-services")}</h2>
            <p class="lead">{t("recovery-services-lead")}</p>
            <div class="service-parts">{drawn}</div>
            <p class="no-print"><a href=format!("{}#historique", view.service)>{t("service-history")}</a></p>
        </section>
    }
    .into_any()
}

fn sign_off(view: &RecoveryPage, current: &Current) -> Option<AnyView> {
    let action = view.action.as_ref()?;
    let form = FormView::new(&current.sign, &view.bar);
    let left = (current.board.awaited > 0 || current.proposals.total > 0).then(|| t("recovery-sign-left"));
    let inside = view! {
        {form.text_area(TextArea::new("note", t("recovery-sign-note"), 4).hint(t("recovery-sign-hint")))}
    };
    let drawn = form.sheet(
        &format!("{action}/signature"),
        Buttons::named(t("recovery-sign-do")),
        inside.into_any(),
    );
    Some(
        view! {
            <section class="recovery-part no-print" id="signature" aria-labelledby="titre-signature">
                <h2 id="titre-signature">{t("recovery-sign")}</h2>
                <p class="lead">{t("recovery-sign-lead")}</p>
                {left.map(|words| view! {
                    <div class="notice" data-kind="care">{shape("alert")}<p class="grow">{words}</p></div>
                })}
                {drawn}
            </section>
        }
        .into_any(),
    )
}

/// What stands at the foot of the sheet that is signed by hand.
fn paper(current: &Current) -> AnyView {
    let (seq, hash) = &current.journal;
    view! {
        <div class="recovery-paper">
            <p>{with("recovery-paper", &[("seq", &seq.to_string()), ("hash", hash), ("at", &current.now)])}</p>
            <div class="recovery-hands">
                <p>{t("recovery-paper-name")}</p>
                <p>{t("recovery-paper-date")}</p>
                <p>{t("recovery-paper-hand")}</p>
            </div>
        </div>
    }
    .into_any()
}

fn past(past: &[PastLine]) -> Option<AnyView> {
    if past.is_empty() {
        return None;
    }
    let lines: Vec<_> = past
        .iter()
        .map(|line| {
            let end = match &line.signed {
                Some(signed) => signed_words(signed),
                None => t("recovery-unsigned"),
            };
            let note = line.signed.as_ref().map(|signed| signed.note.clone());
            view! {
                <li>
                    <span class="recovery-line">
                        <strong>{line.began.clone()}</strong>
                        <span>{cause_words(line.cause)}</span>
                        <span class="details">{end}</span>
                        {note.filter(|note| !note.is_empty()).map(|note| view! { <span class="recovery-note">{note}</span> })}
                    </span>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="recovery-part no-print" aria-labelledby="titre-anciens">
                <h2 id="titre-anciens">{t("recovery-past")}</h2>
                <ul class="recovery-rows" role="list">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
