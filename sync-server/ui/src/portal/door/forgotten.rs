//! A forgotten password.

use leptos::prelude::*;

use super::activation::{passwords, standing_login};
use super::{alert, done, help_line, titled};
use crate::desk::form::{Buttons, Field, FormState, FormView};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page that asks for a link.
#[derive(Clone, Debug)]
pub struct ForgottenPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What was typed.
    pub form: FormState,
    /// A moment ago somebody asked; whether a letter left is not said.
    pub sent: bool,
    /// Too many asked; again from this hour on.
    pub locked: Option<String>,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Draws it.
pub fn forgotten_page(view: &ForgottenPage) -> String {
    let title = t("portal-door-forgotten");
    let back = view.frame.at("/connexion");
    page(
        &view.frame,
        &titled(&title, &view.form, view.locked.is_some()),
        || {
            if view.sent {
                return view! {
                    <div class="door">
                        <h1>{t("portal-door-forgotten-sent")}</h1>
                        {done(t("portal-door-forgotten-sent-then"))}
                        <p>{t("portal-door-letter-late")}</p>
                        <p><a class="button" href=back>{t("portal-log-in")}</a></p>
                        {help_line(view.phone.as_deref())}
                    </div>
                }
                .into_any();
            }
            let form = FormView::with_token(&view.form, &view.token);
            let inside = form.field(
                Field::text("adresse", t("portal-door-forgotten-address"))
                    .hint(t("portal-door-forgotten-hint"))
                    .required()
                    .max(254)
                    .autocomplete("email"),
            );
            let buttons = Buttons::named(t("portal-door-forgotten-submit")).cancel(&back);
            view! {
            <div class="door">
                <h1>{title}</h1>
                <p>{t("portal-door-forgotten-said")}</p>
                {view.locked.as_ref().map(|until| alert(t1("portal-door-letters-locked", "until", until.as_str())))}
                {form.sheet(&view.frame.at("/mot-de-passe"), buttons, inside)}
            </div>
        }
        .into_any()
        },
    )
}

/// The page behind the link.
#[derive(Clone, Debug)]
pub struct ResetPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What is wrong; never a password.
    pub form: FormState,
    /// The address of this page.
    pub action: String,
    /// Whose password it will be.
    pub first_name: String,
    /// The login.
    pub login: String,
}

/// Draws it.
pub fn reset_page(view: &ResetPage) -> String {
    let title = t("portal-door-reset");
    page(&view.frame, &titled(&title, &view.form, false), || {
        let form = FormView::with_token(&view.form, &view.token);
        let inside = view! {
            {standing_login(&view.login)}
            {passwords(&form)}
        };
        view! {
            <div class="door">
                <h1>{title}</h1>
                <p>{t1("portal-door-reset-for", "name", view.first_name.as_str())}</p>
                {form.sheet(&view.action, Buttons::named(t("portal-door-reset-submit")), inside.into_any())}
            </div>
        }
        .into_any()
    })
}
