//! The families' portal as the town hall sets it up: settings, texts, menus.

mod menus;
mod settings;
mod texts;

use leptos::prelude::*;

use crate::words::t;

pub use menus::{MenuDayForm, MenusPage, menus_page};
pub use settings::{Logo, SettingsPage, settings_page};
pub use texts::{
    RemoveTextPage, TextForm, TextRow, TextState, TextsPage, form_page, kind_words, remove_page, texts_page,
};

/// A page of this area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Settings,
    Texts,
    Menus,
}

/// The three pages of this area; `home` is the first.
pub(super) fn sheets(home: &str, here: Sheet) -> AnyView {
    let links = [
        (Sheet::Settings, "", t("desk-portal-settings")),
        (Sheet::Texts, "/textes", t("desk-portal-texts")),
        (Sheet::Menus, "/menus", t("desk-portal-menus")),
    ]
    .map(|(sheet, path, words)| {
        let current = (sheet == here).then_some("page");
        view! { <li><a href=format!("{home}{path}") aria-current=current>{words}</a></li> }.into_any()
    });
    view! {
        <nav class="portal-sheets no-print" aria-label=t("desk-portal-sheets")>
            <ul role="list">{links.into_iter().collect::<Vec<_>>()}</ul>
        </nav>
    }
    .into_any()
}
