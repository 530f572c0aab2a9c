//! The first page of the settings: what is set up, what is still to do, in the order of doing it.

use leptos::prelude::*;

use super::Part;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct IndexPage {
    /// Who looks.
    pub bar: Bar,
    /// The parts whoever looks may see, in the order of doing.
    pub parts: Vec<PartCount>,
    /// The town can be pointed: nothing is missing.
    pub complete: bool,
    /// Where what is open is shown and switched.
    pub service: String,
}

/// A part, and how much of it is set up.
#[derive(Clone, Copy, Debug)]
pub struct PartCount {
    /// The part.
    pub part: Part,
    /// How many records are in use.
    pub count: usize,
}

/// Draws the page.
pub fn index_page(view: &IndexPage) -> String {
    page(Head::titled(t("structure-title")), &view.bar, || {
        let cards: Vec<_> = view.parts.iter().map(|part| card(part, &view.bar.slug)).collect();
        view! {
            {heading(t("structure-title"), &[], None)}
            {(!view.complete).then(|| view! {
                <p class="lead">{t("structure-begin")}</p>
            })}
            <ol class="settings" role="list">{cards}</ol>
            <p class="service-link">
                <a href=format!("/{}/gestion/regles", view.bar.slug)>{t("desk-rules-title")}</a><span>{t("desk-rules-lead")}</span>
            </p>
            <p class="service-link"><a href=view.service.clone()>{t("service-title")}</a><span>{t("service-lead")}</span></p>
        }
        .into_any()
    })
}

fn card(counted: &PartCount, slug: &str) -> AnyView {
    let PartCount { part, count } = *counted;
    let address = part.address(slug);
    let state = if count == 0 { "expected" } else { "present" };
    let said = if count == 0 {
        t("structure-none-yet")
    } else {
        t1("structure-count", "count", count)
    };
    view! {
        <li class="setting" data-state=state>
            <h2><a href=address>{part.title()}</a></h2>
            <p>{part.said()}</p>
            <p class="state"><span class="mark">{shape(state)}<span class="word">{said}</span></span></p>
        </li>
    }
    .into_any()
}
