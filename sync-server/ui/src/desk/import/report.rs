//! The last page: what the import did, and what it left out.

use leptos::prelude::*;

use super::under;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What the last page shows.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// The name of the file.
    pub file: String,
    /// Children made.
    pub new: usize,
    /// Lines by which a child changed.
    pub changed: usize,
    /// Lines that changed nothing.
    pub same: usize,
    /// Classes made.
    pub classes: usize,
    /// Lines left out.
    pub skipped: usize,
    /// Where they can be fetched, each with its reason.
    pub skipped_file: String,
}

/// Draws it.
pub fn report_page(view: &ReportPage) -> String {
    page(Head::titled(t("desk-import-report")), &view.bar, || {
        let facts: Vec<_> = [
            (
                "unexpected",
                t1("desk-import-report-new", "count", view.new),
                view.new,
            ),
            (
                "after",
                t1("desk-import-report-changed", "count", view.changed),
                view.changed,
            ),
            (
                "present",
                t1("desk-import-report-same", "count", view.same),
                view.same,
            ),
            (
                "unexpected",
                t1("desk-import-report-classes", "count", view.classes),
                view.classes,
            ),
        ]
        .into_iter()
        .filter(|(_, _, count)| *count > 0)
        .map(|(name, words, _)| view! { <li>{shape(name)}<span>{words}</span></li> }.into_any())
        .collect();
        view! {
            {heading(t("desk-import-report"), &under(&view.home), None)}
            <p class="lead"><strong>{view.file.clone()}</strong></p>
            <ul class="report" role="list">{facts}</ul>
            {if view.skipped > 0 {
                view! {
                    <div class="notice" data-kind="care">
                        {shape("alert")}
                        <p class="grow">{t1("desk-import-report-skipped", "count", view.skipped)}</p>
                        <a class="button" href=view.skipped_file.clone() download="">{t("desk-import-report-file")}</a>
                    </div>
                }
                .into_any()
            } else {
                view! { <p>{t("desk-import-report-whole")}</p> }.into_any()
            }}
            <p class="buttons">
                <a class="button" data-kind="primary" href=format!("{}/enfants", view.home)>{t("desk-import-see-children")}</a>
                <a class="button" href=format!("{}/import", view.home)>{t("desk-import-another")}</a>
            </p>
        }
        .into_any()
    })
}
