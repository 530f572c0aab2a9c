//! A tablet that is waited for no longer.

use leptos::prelude::*;

use crate::desk::devices::name_of;
use crate::desk::form::{self, Buttons, FormState, FormView, TextArea, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct WaivePage {
    /// Who looks.
    pub bar: Bar,
    /// What was typed.
    pub form: FormState,
    /// The tablet's name; empty when it has none.
    pub name: String,
    /// The end of its id.
    pub end: String,
    /// Where the form goes.
    pub action: String,
    /// The page it belongs to.
    pub back: String,
}

/// Draws the page.
pub fn waive_page(view: &WaivePage) -> String {
    let name = name_of(&view.name, &view.end);
    let title = t1("recovery-waive-of", "tablet", name.as_str());
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            <div class="said"><p>{t("recovery-waive-said")}</p><p>{t("recovery-waive-late")}</p></div>
            {form.text_area(TextArea::new("raison", t("recovery-waive-reason"), 3).hint(t("recovery-waive-hint")).required())}
        };
        let buttons = Buttons::named(t("recovery-waive-do")).cancel(&view.back);
        view! {
            {heading(title, &[(t("recovery-title"), view.back.clone())], None)}
            {form.sheet(&view.action, buttons, inside.into_any())}
        }
        .into_any()
    })
}
