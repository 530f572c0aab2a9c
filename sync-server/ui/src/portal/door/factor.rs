//! A second factor that is owed.

use leptos::prelude::*;

use super::{alert, help_line, titled};
use crate::desk::form::{Buttons, Field, FormState, FormView};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FactorPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What stands in the form; never a code.
    pub form: FormState,
    /// Why nobody is in yet.
    pub trouble: Option<FactorTrouble>,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Why a code did not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorTrouble {
    /// It is not the code of now, nor one of those kept.
    Wrong,
    /// It was taken before.
    Used,
    /// Too many tries; again from this hour on.
    Locked(String),
}

/// Draws the page.
pub fn factor_page(view: &FactorPage) -> String {
    let title = t("portal-door-factor");
    page(
        &view.frame,
        &titled(&title, &view.form, view.trouble.is_some()),
        || {
            let trouble = view.trouble.as_ref().map(|trouble| {
                alert(match trouble {
                    FactorTrouble::Wrong => t("portal-door-factor-wrong"),
                    FactorTrouble::Used => t("portal-door-factor-used"),
                    FactorTrouble::Locked(until) => t1("portal-door-factor-locked", "until", until.as_str()),
                })
            });
            let form = FormView::with_token(&view.form, &view.token);
            let inside = view! {
                {view.form.has("retour").then(|| form.hidden("retour"))}
                {form.field(
                    Field::text("code", t("portal-door-factor-code"))
                        .hint(t("portal-door-factor-hint"))
                        .required()
                        .max(40)
                        .narrow()
                        .autocomplete("one-time-code"),
                )}
            };
            let buttons = Buttons::named(t("portal-door-submit"));
            view! {
                <div class="door">
                    <h1>{title}</h1>
                    {trouble}
                    {form.sheet(&view.frame.at("/verification"), buttons, inside.into_any())}
                    <p class="door-aside">{t("portal-door-factor-lost")}</p>
                    {help_line(view.phone.as_deref())}
                    <form class="door-leave" method="post" action=view.frame.at("/deconnexion")>
                        <input type="hidden" name="jeton" value=view.token.clone() />
                        <button class="button" data-kind="quiet">{t("portal-door-factor-leave")}</button>
                    </form>
                </div>
            }
            .into_any()
        },
    )
}
