//! Who a child is that nobody knew.

use leptos::prelude::*;

use super::rows::kept;
use crate::desk::devices::KnownChild;
use crate::desk::form::{Address, Field, FormState, FormView, heading};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct AttachPage {
    /// Who looks.
    pub bar: Bar,
    /// What the tablet calls it.
    pub words: String,
    /// « lundi 23 novembre · École Jaurès · Cantine ».
    pub place: String,
    /// What is searched for, under `q`.
    pub search: FormState,
    /// Children found.
    pub found: Vec<KnownChild>,
    /// More were found than are shown.
    pub more: bool,
    /// This page.
    pub action: String,
    /// The list, with its filter.
    pub address: Address,
    /// Why the choice was refused.
    pub trouble: Option<String>,
}

/// Draws the page.
pub fn attach_page(view: &AttachPage) -> String {
    let title = t1("discrepancy-attach-title", "words", view.words.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let search = FormView::of_filters(&view.search);
        let asked = !view.search.value("q").trim().is_empty();
        let rows: Vec<_> = view.found.iter().map(|child| found(view, child)).collect();
        let none = rows.is_empty();
        let back = view.address.to_string();
        let carried: Vec<_> = view
            .address
            .pairs()
            .iter()
            .map(|(name, value)| {
                view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
            })
            .collect();
        view! {
            {heading(title, &[(t("discrepancy-title"), back)], None)}
            {view.trouble.clone().map(|words| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
            })}
            <p class="lead">{view.place.clone()}</p>
            <form class="filters no-print" method="get" action=view.action.clone() role="search">
                {carried}
                {search.field(Field::search("q", t("devices-unknown-search")))}
                <button class="button">{t("devices-unknown-find")}</button>
            </form>
            {(asked && none).then(|| view! {
                <div class="empty"><p><strong>{t("devices-unknown-none")}</strong></p><p>{t("devices-unknown-none-then")}</p></div>
            })}
            {(!none).then(|| view! { <ul class="found" role="list">{rows}</ul> })}
            {view.more.then(|| view! { <p class="quiet">{t("devices-unknown-more")}</p> })}
        }
        .into_any()
    })
}

fn found(view: &AttachPage, child: &KnownChild) -> AnyView {
    view! {
        <li>
            <form method="post" action=view.action.clone()>
                {token_field(&view.bar.token)}
                {kept(&view.address)}
                <input type="hidden" name="enfant" value=child.id.clone() />
                <span class="who-is"><strong>{child.name.clone()}</strong><span class="details">{child.details.clone()}</span></span>
                <button class="button">{t1("devices-unknown-is", "name", child.name.as_str())}</button>
            </form>
        </li>
    }
    .into_any()
}
