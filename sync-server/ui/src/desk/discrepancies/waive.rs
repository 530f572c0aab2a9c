//! A session that is billed without waiting for what is owed or open, by name.

use leptos::prelude::*;

use crate::desk::form::{Buttons, FormState, FormView, TextArea, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct WaiveSessionPage {
    /// Who looks.
    pub bar: Bar,
    /// What was typed.
    pub form: FormState,
    /// « Cantine, lundi 23 novembre, École Jaurès ».
    pub session: String,
    /// How many discrepancies are open.
    pub open: u64,
    /// What tablets owe, a sentence each.
    pub owed: Vec<String>,
    /// It is waived, and why.
    pub waived: Option<String>,
    /// Where it goes.
    pub action: String,
    /// The sessions.
    pub back: String,
}

/// Draws the page.
pub fn waive_session_page(view: &WaiveSessionPage) -> String {
    let title = if view.waived.is_some() {
        t("discrepancy-waive-end-title")
    } else {
        t("discrepancy-waive-title")
    };
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let owed: Vec<_> = view
            .owed
            .iter()
            .map(|words| view! { <li>{words.clone()}</li> }.into_any())
            .collect();
        let told = view! {
            {heading(title, &[(t("discrepancy-sessions"), view.back.clone())], None)}
            <p class="lead"><strong>{view.session.clone()}</strong></p>
            <ul class="discrepancy-some">
                {(view.open > 0).then(|| view! { <li>{t1("discrepancy-session-open", "count", view.open)}</li> })}
                {owed}
            </ul>
        };
        let sheet = match &view.waived {
            Some(reason) => {
                let inside = view! {
                    <input type="hidden" name="fin" value="oui" />
                    <p class="discrepancy-note">{t1("discrepancy-waived", "reason", reason.as_str())}</p>
                };
                let end = Buttons::named(t("discrepancy-waive-end")).cancel(&view.back);
                form.sheet(&view.action, end, inside.into_any())
            }
            None => {
                let why = TextArea::new("raison", t("discrepancy-waive-why"), 3)
                    .required()
                    .hint(t("discrepancy-waive-hint"));
                let save = Buttons::named(t("discrepancy-waive-save")).cancel(&view.back);
                form.sheet(&view.action, save, form.text_area(why))
            }
        };
        view! { {told}{sheet} }.into_any()
    })
}
