//! A one-time code for a new tablet: typed, or read by its camera.

use leptos::prelude::*;

use crate::desk::form::{self, Buttons, Checks, Choice, FormState, FormView, back_link, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// Where it will point.
#[derive(Clone, Debug)]
pub struct CodeFormPage {
    /// Who looks.
    pub bar: Bar,
    /// What was chosen.
    pub form: FormState,
    /// The sites of the town.
    pub sites: Vec<Choice>,
}

/// The code.
#[derive(Clone, Debug)]
pub struct CodePage {
    /// Who looks.
    pub bar: Bar,
    /// What was given.
    pub given: Given,
}

/// A code that was just given.
#[derive(Clone, Debug)]
pub struct Given {
    /// The code.
    pub code: String,
    /// The server's address, as a tablet needs it.
    pub server: String,
    /// Names of the sites.
    pub sites: Vec<String>,
    /// « lundi 30 novembre, 16 h 42 ».
    pub until: String,
    /// The dark squares of the QR code, as a path in a square of `squares` by `squares`.
    pub path: String,
    /// Squares on each side, the quiet zone included.
    pub squares: usize,
}

fn list_of(bar: &Bar) -> String {
    format!("/{}/gestion/tablettes", bar.slug)
}

/// Draws the choice of sites.
pub fn code_form_page(view: &CodeFormPage) -> String {
    page(form::head(t("devices-code-title"), &view.form), &view.bar, || {
        let back = list_of(&view.bar);
        let form = FormView::new(&view.form, &view.bar);
        let sites =
            Checks::new("site", t("devices-code-sites"), &view.sites).hint(t("devices-code-sites-hint"));
        let inside = form.checks(sites);
        let buttons = Buttons::named(t("devices-code-give")).cancel(&back);
        view! {
            {heading(t("devices-code-title"), &[(t("devices-title"), back.clone())], None)}
            {form.sheet(&format!("{back}/code"), buttons, inside)}
        }
        .into_any()
    })
}

/// Draws the code.
pub fn code_page(view: &CodePage) -> String {
    page(Head::titled(t("devices-code-ready")), &view.bar, || {
        let back = list_of(&view.bar);
        let given = &view.given;
        let size = given.squares;
        let sites: Vec<_> = given
            .sites
            .iter()
            .map(|site| view! { <li>{site.clone()}</li> }.into_any())
            .collect();
        view! {
            {heading(t("devices-code-ready"), &[(t("devices-title"), back.clone())], None)}
            <div class="given">
                <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=t("devices-code-qr")
                    shape-rendering="crispEdges">
                    <rect width=size height=size fill="#fff"></rect>
                    <path d=given.path.clone() fill="#000"></path>
                </svg>
                <div class="given-words">
                    <ol class="steps">
                        <li>{t("devices-code-step-open")}</li>
                        <li>{t("devices-code-step-type")}</li>
                    </ol>
                    <dl class="facts">
                        <div><dt>{t("devices-code-server")}</dt><dd><code>{given.server.clone()}</code></dd></div>
                        <div><dt>{t("devices-code-code")}</dt><dd><code class="code">{given.code.clone()}</code></dd></div>
                        <div><dt>{t("devices-code-sites")}</dt><dd><ul role="list">{sites}</ul></dd></div>
                    </dl>
                    <p class="notice" data-kind="care">
                        {shape("alert")}
                        <span class="grow">{t1("devices-code-once", "until", given.until.as_str())}</span>
                    </p>
                </div>
            </div>
            {back_link(t("devices-back"), &back)}
        }
        .into_any()
    })
}
