//! The third page: what the file would do, line by line.

use leptos::prelude::*;

use super::columns::abandon;
use super::under;
use crate::desk::form::{Address, heading, pager};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What would become of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It cannot be taken.
    Wrong,
    /// A new child.
    New,
    /// A child that changes.
    Changed,
    /// Nothing to do.
    Same,
}

impl Tone {
    fn shape(self) -> &'static str {
        match self {
            Self::Wrong => "alert",
            Self::New => "unexpected",
            Self::Changed => "after",
            Self::Same => "present",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }

    fn word(self) -> String {
        match self {
            Self::Wrong => t("desk-import-line-wrong"),
            Self::New => t("desk-import-line-new"),
            Self::Changed => t("desk-import-line-changed"),
            Self::Same => t("desk-import-line-same"),
        }
    }
}

/// A share of the lines, shown one at a time.
#[derive(Clone, Debug)]
pub struct Share {
    /// Of which lines.
    pub tone: Tone,
    /// How many.
    pub count: usize,
    /// Where they are shown.
    pub address: String,
    /// They are shown now.
    pub current: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Its number in the file.
    pub number: usize,
    /// Last name, as the file says it.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Born when, class, school.
    pub about: Vec<String>,
    /// What is wrong or what changes: the column, where one is to blame, and a sentence.
    pub said: Vec<(Option<String>, String)>,
}

/// What the third page shows.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// The name of the file.
    pub file: String,
    /// How many lines it has.
    pub total: usize,
    /// Its lines by what would become of them.
    pub shares: Vec<Share>,
    /// What would become of those shown.
    pub tone: Tone,
    /// Those of this page.
    pub lines: Vec<LineView>,
    /// How many are shown in all.
    pub shown: usize,
    /// Which page.
    pub page: usize,
    /// Lines on a page.
    pub size: usize,
    /// The address of this page.
    pub address: Address,
    /// Classes that would be made.
    pub classes: Vec<String>,
    /// Where it is confirmed.
    pub action: String,
    /// Where the columns are chosen again.
    pub columns: String,
    /// Where the import is given up.
    pub abandon: String,
    /// What is confirmed, exactly.
    pub fingerprint: String,
    /// How many lines would be taken in and change something; none when nothing is left to do.
    pub work: usize,
    /// The record changed since the page that was confirmed.
    pub moved: bool,
}

/// Draws it.
pub fn preview_page(view: &PreviewPage) -> String {
    page(Head::titled(t("desk-import-preview-title")), &view.bar, || {
        let shares: Vec<_> = view.shares.iter().map(share).collect();
        let rows: Vec<_> = view.lines.iter().map(|one| line(one, view.tone)).collect();
        let wrong = view
            .shares
            .iter()
            .find(|share| share.tone == Tone::Wrong)
            .map_or(0, |share| share.count);
        view! {
            {heading(t("desk-import-preview-title"), &under(&view.home), None)}
            <p class="lead"><strong>{view.file.clone()}</strong>" – "{t1("desk-import-lines", "count", view.total)}". "{t("desk-import-nothing-yet")}</p>
            {view.moved.then(|| view! {
                <div class="notice" data-kind="care" role="alert">
                    {shape("alert")}<p class="grow">{t("desk-import-moved")}</p>
                </div>
            })}
            {verdict(view, wrong)}
            <nav class="tabs shares" aria-label=t("desk-import-shares")><ul role="list">{shares}</ul></nav>
            <section class="sheet" data-tone=view.tone.name()>
                {if view.lines.is_empty() {
                    view! { <div class="empty"><p>{t("desk-import-none-so")}</p></div> }.into_any()
                } else {
                    view! {
                        <table class="list import-lines">
                            <thead>
                                <tr>
                                    <th scope="col" class="number">{t("desk-import-head-line")}</th>
                                    <th scope="col">{t("desk-import-head-child")}</th>
                                    <th scope="col">{t("desk-import-head-said")}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    }
                    .into_any()
                }}
            </section>
            {pager(&view.address, view.page, view.size, view.shown)}
        }
        .into_any()
    })
}

fn verdict(view: &PreviewPage, wrong: usize) -> AnyView {
    let classes =
        (!view.classes.is_empty()).then(|| t1("desk-import-classes-made", "names", view.classes.join(", ")));
    view! {
        <section class="import-verdict" aria-label=t("desk-import-decide")>
            {if view.work > 0 {
                view! {
                    <p>{t1("desk-import-work", "count", view.work)}</p>
                    {classes.map(|classes| view! { <p>{classes}</p> })}
                    {(wrong > 0).then(|| view! { <p>{t1("desk-import-skips", "count", wrong)}</p> })}
                    <form method="post" action=view.action.clone()>
                        <input type="hidden" name="jeton" value=view.bar.token.clone() />
                        <input type="hidden" name="empreinte" value=view.fingerprint.clone() />
                        <button class="button" data-kind="primary" id="confirmer">{t1("desk-import-confirm", "count", view.work)}</button>
                    </form>
                }
                .into_any()
            } else if wrong > 0 {
                view! { <p>{t("desk-import-idle-wrong")}</p> }.into_any()
            } else {
                view! { <p>{t("desk-import-idle")}</p> }.into_any()
            }}
            <div class="buttons">
                <a class="button" href=view.columns.clone()>{t("desk-import-columns-again")}</a>
                {abandon(&view.abandon, &view.bar)}
            </div>
        </section>
    }
    .into_any()
}

fn share(share: &Share) -> AnyView {
    let word = match share.tone {
        Tone::Wrong => t1("desk-import-share-wrong", "count", share.count),
        Tone::New => t1("desk-import-share-new", "count", share.count),
        Tone::Changed => t1("desk-import-share-changed", "count", share.count),
        Tone::Same => t1("desk-import-share-same", "count", share.count),
    };
    view! {
        <li>
            <a href=share.address.clone() aria-current=share.current.then_some("page") data-tone=share.tone.name()>
                <span class="said">{shape(share.tone.shape())}<span class="activity">{share.count}</span></span>
                <span>{word}</span>
            </a>
        </li>
    }
    .into_any()
}

fn line(line: &LineView, tone: Tone) -> AnyView {
    let said: Vec<_> = line
        .said
        .iter()
        .map(|(column, said)| {
            let column = column
                .clone()
                .map(|column| view! { <span class="column">{column}</span>{t("form-colon")} });
            view! { <li>{column}{said.clone()}</li> }.into_any()
        })
        .collect();
    let about = (!line.about.is_empty()).then(|| line.about.join(", "));
    view! {
        <tr data-tone=tone.name()>
            <td class="number">{line.number}</td>
            <th scope="row" class="name">
                <span class="last">{line.last_name.clone()}</span>" "<span class="first">{line.first_name.clone()}</span>
                {about.map(|about| view! { <span class="why">{about}</span> })}
            </th>
            <td>
                <span class="mark">{shape(tone.shape())}<span class="word">{tone.word()}</span></span>
                {(!said.is_empty()).then(|| view! { <ul class="said-list" role="list">{said}</ul> })}
            </td>
        </tr>
    }
    .into_any()
}
