//! The list of outages, newest first, and the form in which one is noted.

use leptos::prelude::*;
use shared::operation::OutageCause;

use super::form::{OutageForm, fields};
use super::words::{cause_words, length_words};
use crate::desk::form::{Buttons, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct OutagesPage {
    /// Who looks.
    pub bar: Bar,
    /// All within reach, the newest first.
    pub lines: Vec<OutageLine>,
    /// Noting one, for whoever may.
    pub new: Option<OutageForm>,
}

/// An outage.
#[derive(Clone, Debug)]
pub struct OutageLine {
    /// Its page.
    pub address: String,
    /// What it was.
    pub cause: OutageCause,
    /// « lundi 23 novembre à 16 h 42 ».
    pub from: String,
    /// The same of its end; `None` while it lasts.
    pub until: Option<String>,
    /// How long, in ms.
    pub length_ms: i64,
    /// The site; `None` for all of them.
    pub site: Option<String>,
    /// What is known of it.
    pub note: String,
}

impl OutageLine {
    /// Where it was.
    pub(super) fn place(&self) -> String {
        self.site.clone().unwrap_or_else(|| t("outages-everywhere"))
    }

    /// When it ended, in words.
    pub(super) fn until_words(&self) -> String {
        self.until.clone().unwrap_or_else(|| t("outages-going"))
    }

    /// « Panne du lundi 23 novembre à 16 h 42 ».
    pub(super) fn title(&self) -> String {
        t1("outages-one", "from", self.from.as_str())
    }
}

/// Draws the page.
pub fn outages_page(view: &OutagesPage) -> String {
    let title = t("outages-title");
    let empty = FormState::default();
    let state = view.new.as_ref().map_or(&empty, |new| &new.form);
    page(head(title.clone(), state), &view.bar, || {
        view! {
            {heading(title, &[], None)}
            <p class="lead">{t("outages-about")}</p>
            {view.new.as_ref().map(|new| noting(new, &view.bar))}
            {if view.lines.is_empty() {
                view! { <div class="empty"><p><strong>{t("outages-none")}</strong></p><p>{t("outages-none-then")}</p></div> }
                    .into_any()
            } else {
                table(&view.lines)
            }}
        }
        .into_any()
    })
}

fn noting(new: &OutageForm, bar: &Bar) -> AnyView {
    let form = FormView::new(&new.form, bar);
    let buttons = Buttons::named(t("outages-note-it"));
    view! {
        <details class="outages-new" id="noter" open=new.form.is_flawed()>
            <summary>{t("outages-new")}</summary>
            <p class="hint">{t("outages-new-hint")}</p>
            {form.sheet(&new.action, buttons, fields(&form, new))}
        </details>
    }
    .into_any()
}

fn table(lines: &[OutageLine]) -> AnyView {
    let rows: Vec<_> = lines.iter().map(row).collect();
    view! {
        <table class="records outages">
            <caption class="unseen">{t("outages-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("outages-column-from")}</th>
                    <th scope="col">{t("outages-column-until")}</th>
                    <th scope="col">{t("outages-column-length")}</th>
                    <th scope="col">{t("outages-column-what")}</th>
                    <th scope="col">{t("outages-column-where")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The head of a column, where a telephone shows none.
pub(super) fn said(column: String) -> AnyView {
    view! { <span class="outages-narrow">{column}{t("form-colon")}</span> }.into_any()
}

fn row(line: &OutageLine) -> AnyView {
    // What a loss came back from is for its own page.
    let note = Some(line.note.clone()).filter(|note| !note.is_empty() && line.cause != OutageCause::Loss);
    view! {
        <tr>
            <th scope="row"><a href=line.address.clone()>{line.from.clone()}</a></th>
            <td>{said(t("outages-column-until"))}{line.until.is_none().then(|| shape("alert"))}{line.until_words()}</td>
            <td>{said(t("outages-column-length"))}{length_words(line.length_ms)}</td>
            <td>
                {said(t("outages-column-what"))}
                {cause_words(line.cause)}
                {note.map(|note| view! { <span class="outages-said">{note}</span> })}
            </td>
            <td>{said(t("outages-column-where"))}{line.place()}</td>
        </tr>
    }
    .into_any()
}
