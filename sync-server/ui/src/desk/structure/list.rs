//! The list of a part.

use leptos::prelude::*;

use super::Part;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// Who looks.
    pub bar: Bar,
    /// Which part.
    pub part: Part,
    /// Whether whoever looks may change it.
    pub may_edit: bool,
    /// Its records.
    pub lines: Vec<Line>,
}

/// One record.
#[derive(Clone, Debug)]
pub struct Line {
    /// What stands in its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is told of it, column by column.
    pub(super) cells: Vec<String>,
    /// No longer offered.
    pub retired: bool,
}

/// Draws the page.
pub fn list_page(view: &ListPage) -> String {
    let base = view.part.address(&view.bar.slug);
    page(Head::titled(view.part.title()), &view.bar, || {
        let under = [(
            t("structure-title"),
            format!("/{}/gestion/reglages", view.bar.slug),
        )];
        let make = || {
            let address = format!("{base}/nouveau");
            view! { <a class="button" data-kind="primary" href=address>{view.part.new_words()}</a> }
                .into_any()
        };
        let body = if view.lines.is_empty() {
            view! {
                <div class="empty">
                    <p><strong>{view.part.none_words()}</strong></p>
                    <p>{view.part.said()}</p>
                </div>
            }
            .into_any()
        } else {
            table(view, &base)
        };
        view! {
            {heading(view.part.title(), &under, view.may_edit.then(make))}
            {(!view.lines.is_empty()).then(|| view! { <p class="lead">{view.part.said()}</p> })}
            {body}
        }
        .into_any()
    })
}

fn table(view: &ListPage, base: &str) -> AnyView {
    let heads = super::lines::heads(view.part);
    let columns = heads.len() + 1;
    let cells: Vec<_> = heads
        .iter()
        .map(|head| view! { <th scope="col" class="wide">{head.clone()}</th> }.into_any())
        .collect();
    let draw = |retired: bool| -> Vec<AnyView> {
        view.lines
            .iter()
            .filter(|line| line.retired == retired)
            .map(|line| row(line, &heads, view.may_edit.then_some(base)))
            .collect()
    };
    let (offered, retired) = (draw(false), draw(true));
    let retired = (!retired.is_empty()).then(|| {
        let title = t1("structure-retired", "count", retired.len());
        view! {
            <tbody>
                <tr class="part"><th scope="rowgroup" colspan=columns.to_string()>{title}</th></tr>
                {retired}
            </tbody>
        }
    });
    view! {
        <table class="records">
            <caption class="unseen">{view.part.title()}</caption>
            <thead><tr><th scope="col">{t("structure-name")}</th>{cells}</tr></thead>
            <tbody>{offered}</tbody>
            {retired}
        </table>
    }
    .into_any()
}

fn row(line: &Line, heads: &[String], base: Option<&str>) -> AnyView {
    let name = match base {
        Some(base) => {
            let address = format!("{base}/{}", line.id);
            view! { <a href=address>{line.name.clone()}</a> }.into_any()
        }
        None => view! { {line.name.clone()} }.into_any(),
    };
    let cells: Vec<_> = line
        .cells
        .iter()
        .map(|cell| view! { <td class="wide">{cell.clone()}</td> }.into_any())
        .collect();
    // On a telephone the facts stand under the name, each with the head of its column.
    let facts: Vec<_> = heads
        .iter()
        .zip(&line.cells)
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(head, cell)| {
            view! { <span class="pair">{head.clone()}{t("form-colon")}<b>{cell.clone()}</b></span> }
                .into_any()
        })
        .collect();
    view! {
        <tr data-retired=line.retired.then_some("true")>
            <th scope="row">{name}<span class="narrow details">{facts}</span></th>
            {cells}
        </tr>
    }
    .into_any()
}
