//! Choosing a login and a password with a link.

use leptos::prelude::*;

use super::titled;
use crate::desk::form::{Buttons, Field, FormState, FormView};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ActivationPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What was typed; never a password.
    pub form: FormState,
    /// The address of this page.
    pub action: String,
    /// Whose login it will be.
    pub first_name: String,
    /// The login that stands already.
    pub login: Option<String>,
}

/// Draws the page.
pub fn activation_page(view: &ActivationPage) -> String {
    let title = t("portal-door-activation");
    page(&view.frame, &titled(&title, &view.form, false), || {
        let form = FormView::with_token(&view.form, &view.token);
        let login = match &view.login {
            Some(login) => standing_login(login),
            None => form.field(
                Field::text("identifiant", t("portal-door-login"))
                    .hint(t("portal-door-login-chosen-hint"))
                    .required()
                    .max(254)
                    .autocomplete("username"),
            ),
        };
        let inside = view! {
            {login}
            {passwords(&form)}
        };
        view! {
            <div class="door">
                <h1>{title}</h1>
                <p>{t1("portal-door-activation-for", "name", view.first_name.as_str())}</p>
                {form.sheet(&view.action, Buttons::named(t("portal-door-activation-submit")), inside.into_any())}
            </div>
        }
        .into_any()
    })
}

/// A login that is not to be chosen, where password managers find it.
pub(super) fn standing_login(login: &str) -> AnyView {
    view! {
        <div class="field">
            <label for="identifiant">{t("portal-door-login")}</label>
            <input class="input" id="identifiant" type="text" autocomplete="username" value=login.to_owned() readonly />
        </div>
    }
    .into_any()
}

/// A password that is chosen, twice.
pub(super) fn passwords(form: &FormView<'_>) -> AnyView {
    view! {
        {form.field(
            Field::password("mot_de_passe", t("portal-door-password-new"))
                .hint(t("portal-door-password-hint"))
                .required()
                .autocomplete("new-password"),
        )}
        {form.field(
            Field::password("encore", t("portal-door-password-again"))
                .required()
                .autocomplete("new-password"),
        )}
    }
    .into_any()
}
