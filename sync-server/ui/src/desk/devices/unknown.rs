//! Who a child is that nobody knew.

use leptos::prelude::*;

use crate::desk::form::{Field, FormState, FormView, heading};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct UnknownPage {
    /// Who looks.
    pub bar: Bar,
    /// What the tablet's words are.
    pub words: String,
    /// « École Jaurès, lundi 23 novembre ».
    pub place: String,
    /// Who it was said to be.
    pub known_as: Option<String>,
    /// What is searched for, under `q`.
    pub search: FormState,
    /// Children found; those of the whole town.
    pub found: Vec<KnownChild>,
    /// More were found than are shown.
    pub more: bool,
    /// Where a choice goes; the search comes back here too.
    pub action: String,
    /// Why the choice was refused.
    pub trouble: Option<String>,
}

/// A child of the town.
#[derive(Clone, Debug)]
pub struct KnownChild {
    /// Its id.
    pub id: String,
    /// « Martin Léa ».
    pub name: String,
    /// « née le … », school and class: what tells namesakes apart.
    pub details: String,
}

/// Draws the page.
pub fn unknown_page(view: &UnknownPage) -> String {
    let title = t1("devices-unknown-title", "words", view.words.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let back = format!("/{}/gestion/quarantaine", view.bar.slug);
        let search = FormView::of_filters(&view.search);
        let asked = !view.search.value("q").trim().is_empty();
        let rows: Vec<_> = view.found.iter().map(|child| found(view, child)).collect();
        let none = rows.is_empty();
        view! {
            {heading(title, &[(t("desk-aside-title"), back.clone())], None)}
            {view.trouble.clone().map(|words| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
            })}
            <p class="lead">{t1("devices-unknown-where", "place", view.place.as_str())}</p>
            {view.known_as.clone().map(|name| view! {
                <p class="notice" data-kind="done">
                    {shape("present")}<span class="grow">{t1("devices-unknown-known", "name", name)}</span>
                </p>
            })}
            <form class="filters no-print" method="get" action=view.action.clone() role="search">
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

fn found(view: &UnknownPage, child: &KnownChild) -> AnyView {
    view! {
        <li>
            <form method="post" action=view.action.clone()>
                {token_field(&view.bar.token)}
                <input type="hidden" name="enfant" value=child.id.clone() />
                <span class="who-is"><strong>{child.name.clone()}</strong><span class="details">{child.details.clone()}</span></span>
                <button class="button">{t1("devices-unknown-is", "name", child.name.as_str())}</button>
            </form>
        </li>
    }
    .into_any()
}

/// What stands for the words of a child nobody described.
pub fn without_words() -> String {
    t("devices-unknown-no-words")
}

/// « né(e) le 04/05/2018, École Jaurès, CE1 »: what tells namesakes apart.
pub fn told_apart(born: &str, school: Option<&str>, class: Option<&str>) -> String {
    let born = t1("devices-unknown-born", "date", born);
    [Some(born.as_str()), school, class]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}
