//! Letters to families: what waits, what is held for a person, what came back, what left.

use leptos::prelude::*;
use shared::operation::{LetterFate, LetterKind};

use super::form::{Address, heading};
use super::frame::{Bar, Head, page};
use super::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct LettersPage {
    /// Who looks.
    pub bar: Bar,
    /// The address of the page, with what it asks for.
    pub address: Address,
    /// Which fate is shown.
    pub fate: LetterFate,
    /// How many letters met each fate.
    pub tally: Vec<(LetterFate, u64)>,
    /// Since when the oldest waits.
    pub oldest: Option<String>,
    /// No mail server is named: letters wait.
    pub no_server: bool,
    /// The letters, the newest first.
    pub letters: Vec<LetterLine>,
    /// There are more after these: their address.
    pub next: Option<String>,
    /// Where the buttons send.
    pub action: String,
    /// What is wrong with what was sent.
    pub wrong: Option<String>,
}

/// A letter.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// What a form sends.
    pub id: String,
    /// To which address.
    pub to: String,
    /// To whom; nobody known where it is empty.
    pub name: String,
    /// The page of whom it is for.
    pub person: Option<String>,
    /// Of what kind.
    pub kind: LetterKind,
    /// When it was queued.
    pub since: String,
    /// The mail server's word, or ours.
    pub detail: String,
    /// How often it was tried.
    pub tries: u64,
}

/// What a fate is called.
pub fn fate_words(fate: LetterFate) -> String {
    match fate {
        LetterFate::Queued => t("letters-queued"),
        LetterFate::Held => t("letters-held"),
        LetterFate::Bounced => t("letters-bounced"),
        LetterFate::GivenUp => t("letters-given-up"),
        LetterFate::Sent => t("letters-sent"),
        LetterFate::Dropped => t("letters-dropped"),
    }
}

fn kind_words(kind: LetterKind) -> String {
    match kind {
        LetterKind::Notice => t("letters-kind-notice"),
        LetterKind::Activation => t("letters-kind-activation"),
        LetterKind::Reset => t("letters-kind-reset"),
        LetterKind::Login => t("letters-kind-login"),
        LetterKind::Contact => t("letters-kind-contact"),
        LetterKind::NoAccount => t("letters-kind-no-account"),
        LetterKind::Registered => t("letters-kind-registered"),
        LetterKind::RegistrationRefused => t("letters-kind-refused"),
        LetterKind::Codes => t("letters-kind-codes"),
        LetterKind::Deleted => t("letters-kind-deleted"),
        LetterKind::Agent => t("letters-kind-agent"),
        LetterKind::Booked => t("letters-kind-booked"),
    }
}

fn about(fate: LetterFate) -> String {
    match fate {
        LetterFate::Queued => t("letters-queued-about"),
        LetterFate::Held => t("letters-held-about"),
        LetterFate::Bounced => t("letters-bounced-about"),
        LetterFate::GivenUp => t("letters-given-up-about"),
        LetterFate::Sent => t("letters-sent-about"),
        LetterFate::Dropped => t("letters-dropped-about"),
    }
}

/// The mail server's codes as they are; our own words in words.
fn detail_words(line: &LetterLine) -> String {
    let detail = match line.detail.as_str() {
        "lost" => t("letters-detail-lost"),
        "past" => t("letters-detail-past"),
        "untold" => t("letters-detail-untold"),
        "returned" => t("letters-detail-returned"),
        "desk" => t("letters-detail-desk"),
        code => code.to_owned(),
    };
    if line.tries > 0 {
        let tries = t1("letters-tries", "count", line.tries);
        if detail.is_empty() {
            tries
        } else {
            format!("{detail} · {tries}")
        }
    } else {
        detail
    }
}

/// Draws the page.
pub fn letters_page(view: &LettersPage) -> String {
    let title = t("letters-title");
    page(Head::titled(title.clone()), &view.bar, || {
        let tabs: Vec<_> = view
            .tally
            .iter()
            .map(|(fate, many)| {
                let here = (*fate == view.fate).then_some("page");
                let href = view.address.clone().with("etat", fate.as_str()).to_string();
                view! { <li><a href=href aria-current=here>{fate_words(*fate)}" "<span class="letters-count">{*many}</span></a></li> }
                    .into_any()
            })
            .collect();
        view! {
            {heading(title, &[], None)}
            <p class="lead">{t("letters-about")}</p>
            {view.no_server.then(|| view! {
                <div class="notice" data-kind="alert" role="status">{shape("alert")}<p class="grow">{t("letters-no-server")}</p></div>
            })}
            {view.wrong.clone().map(|wrong| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{wrong}</p></div>
            })}
            {view.oldest.clone().map(|oldest| view! { <p>{t1("letters-oldest", "since", oldest.as_str())}</p> })}
            <nav class="letters-tabs no-print" aria-label=t("letters-tabs")><ul role="list">{tabs}</ul></nav>
            <p>{about(view.fate)}</p>
            {search(view)}
            {if view.letters.is_empty() {
                view! { <div class="empty"><p><strong>{t("letters-none")}</strong></p></div> }.into_any()
            } else {
                list(view)
            }}
            {view.next.clone().map(|next| view! { <p class="no-print"><a class="button" href=next>{t("letters-next")}</a></p> })}
        }
        .into_any()
    })
}

fn search(view: &LettersPage) -> AnyView {
    let sought = view.address.value("q").to_owned();
    view! {
        <form class="filters no-print" method="get" action=view.address.path().to_owned() role="search">
            <input type="hidden" name="etat" value=view.fate.as_str() />
            <label class="field"><span>{t("letters-search")}</span><input class="input" type="search" name="q" value=sought maxlength="100" /></label>
            <button class="button">{t("desk-filter-show")}</button>
        </form>
    }
    .into_any()
}

fn list(view: &LettersPage) -> AnyView {
    let held = view.fate == LetterFate::Held;
    let acts = held || view.fate == LetterFate::Queued;
    let rows: Vec<_> = view.letters.iter().map(|line| row(line, acts)).collect();
    let table = view! {
        <div class="letters-wide" role="region" tabindex="0" aria-label=fate_words(view.fate)>
        <table class="records letters">
            <caption class="unseen">{fate_words(view.fate)}</caption>
            <thead><tr>
                {acts.then(|| view! { <th scope="col">{t("letters-choose")}</th> })}
                <th scope="col">{t("letters-to")}</th>
                <th scope="col">{t("letters-what")}</th>
                <th scope="col">{t("letters-since")}</th>
                <th scope="col">{t("letters-detail")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    };
    if !acts {
        return table.into_any();
    }
    view! {
        <form method="post" action=view.action.clone()>
            <input type="hidden" name="jeton" value=view.bar.token.clone() />
            <input type="hidden" name="etat" value=view.fate.as_str() />
            {table}
            <p class="letters-acts no-print">
                {held.then(|| view! {
                    <button class="button" data-kind="primary" name="geste" value="envoyer">{t("letters-release")}</button>
                    <button class="button" name="geste" value="envoyer-tout">{t("letters-release-all")}</button>
                })}
                <button class="button" data-kind="quiet" name="geste" value="ecarter">{t("letters-drop")}</button>
                {held.then(|| view! {
                    <button class="button" data-kind="quiet" name="geste" value="ecarter-tout">{t("letters-drop-all")}</button>
                })}
            </p>
        </form>
    }
    .into_any()
}

fn row(line: &LetterLine, acts: bool) -> AnyView {
    let label = with("letters-choose-one", &[("to", &line.to)]);
    let name = match &line.person {
        Some(page) => view! { <a href=page.clone()>{line.name.clone()}</a> }.into_any(),
        None => view! { <span>{line.name.clone()}</span> }.into_any(),
    };
    view! {
        <tr>
            {acts.then(|| view! {
                <td><label class="letters-box"><input type="checkbox" name="courriel" value=line.id.clone() aria-label=label /></label></td>
            })}
            <th scope="row">{name}" "<span class="letters-address">{line.to.clone()}</span></th>
            <td>{kind_words(line.kind)}</td>
            <td>{line.since.clone()}</td>
            <td>{detail_words(line)}</td>
        </tr>
    }
    .into_any()
}

/// What is said when no letter was ticked.
pub fn none_chosen() -> String {
    t("letters-none-chosen")
}
