//! All sets of rules, and what a new one may begin with.

use leptos::prelude::*;

use super::model::Model;
use super::word::Word;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// Who looks.
    pub bar: Bar,
    /// Its own address.
    pub at: String,
    /// Whether whoever looks may change rules.
    pub may_edit: bool,
    /// The sets.
    pub lines: Vec<SetLine>,
    /// Activities that families cannot book, as no live set is about them today.
    pub bare: Vec<String>,
}

/// One set.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// Its page.
    pub address: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub activities: String,
    /// From when until when.
    pub span: String,
    /// Families are judged by it.
    pub live: bool,
    /// Sessions of today are judged by it.
    pub today: bool,
    /// What is wrong with it.
    pub errors: usize,
    /// What may be meant otherwise.
    pub warnings: usize,
}

/// How a set stands, with a shape.
pub(super) fn standing(live: bool, today: bool) -> AnyView {
    let (state, word) = match (live, today) {
        (true, true) => ("present", t("desk-rules-today")),
        (true, false) => ("expected", t("desk-rules-live")),
        (false, _) => ("absent", t("desk-rules-draft")),
    };
    view! { <span class="mark" data-state=state>{shape(state)}<span class="word">{word}</span></span> }
        .into_any()
}

/// Draws it.
pub fn list_page(view: &ListPage) -> String {
    page(Head::titled(t("desk-rules-title")), &view.bar, || {
        let rows: Vec<_> = view.lines.iter().map(row).collect();
        let doing =
            view! { <a class="button" href=format!("{}/reglages", view.at)>{t("desk-rules-settings")}</a> };
        view! {
            {heading(t("desk-rules-title"), &[], Some(doing.into_any()))}
            <p class="lead">{t("desk-rules-lead")}</p>
            {(!view.bare.is_empty()).then(|| view! {
                <p class="notice" data-kind="care">{shape("alert")}<span>{t1("desk-rules-bare", "names", view.bare.join(", "))}</span></p>
            })}
            {if rows.is_empty() {
                view! { <p class="notice">{t("desk-rules-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="rules-wide" role="region" tabindex="0" aria-label=t("desk-rules-title")>
                        <table class="records rules-list">
                            <thead><tr>
                                <th scope="col">{t("desk-rules-name")}</th>
                                <th scope="col">{t("desk-rules-activities")}</th>
                                <th scope="col">{t("desk-rules-span")}</th>
                                <th scope="col">{t("desk-rules-state")}</th>
                                <th scope="col">{t("desk-rules-checked")}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            }}
            {view.may_edit.then(|| models(&view.at))}
        }
        .into_any()
    })
}

fn row(line: &SetLine) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=line.address.clone()>{line.name.clone()}</a></th>
            <td>{line.activities.clone()}</td>
            <td>{line.span.clone()}</td>
            <td>{standing(line.live, line.today)}</td>
            <td>{checked(line.errors, line.warnings)}</td>
        </tr>
    }
    .into_any()
}

fn checked(errors: usize, warnings: usize) -> String {
    let mut said = Vec::new();
    if errors > 0 {
        said.push(t1("desk-rules-errors", "count", errors));
    }
    if warnings > 0 {
        said.push(t1("desk-rules-warnings", "count", warnings));
    }
    if said.is_empty() {
        t("desk-rules-sound")
    } else {
        said.join(", ")
    }
}

fn models(at: &str) -> AnyView {
    let items: Vec<_> = Model::ALL
        .iter()
        .map(|(model, word)| {
            view! {
                <li>
                    <a href=format!("{at}/nouvelles?modele={word}")>{model.said()}</a>
                    <p>{model.about()}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="further">
            <h2>{t("desk-rules-new")}</h2>
            <p>{t("desk-rules-models-hint")}</p>
            <ul class="rules-models" role="list">{items}</ul>
        </section>
    }
    .into_any()
}
