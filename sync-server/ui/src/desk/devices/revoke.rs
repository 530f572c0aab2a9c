//! Withdrawing a tablet: it cannot be undone, so a word is typed.

use leptos::prelude::*;

use super::list::{Owed, name_of};
use crate::desk::form::{self, Buttons, FormState, FormView, confirm, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct RevokePage {
    /// Who looks.
    pub bar: Bar,
    /// What was typed.
    pub form: FormState,
    /// The tablet's name; empty when it has none.
    pub name: String,
    /// The end of its id.
    pub end: String,
    /// Taps it still holds.
    pub owed: Owed,
    /// Where the form goes.
    pub action: String,
}

/// Draws the page.
pub fn revoke_page(view: &RevokePage) -> String {
    let name = name_of(&view.name, &view.end);
    let title = t1("devices-revoke-of", "tablet", name.as_str());
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let back = format!("/{}/gestion/tablettes", view.bar.slug);
        let form = FormView::new(&view.form, &view.bar);
        let owed = match view.owed {
            Owed::Some(count) => Some(t1("devices-revoke-owed", "count", count)),
            Owed::Unknown | Owed::None => None,
        };
        let said = owed.into_iter().chain([
            t("devices-revoke-down"),
            t("devices-revoke-late"),
            t("devices-revoke-final"),
        ]);
        let buttons = Buttons::named(t("devices-revoke-do")).cancel(&back);
        view! {
            {heading(title, &[(t("devices-title"), back.clone())], None)}
            {confirm(&form, &view.action, "RETIRER", said.collect(), buttons)}
        }
        .into_any()
    })
}
