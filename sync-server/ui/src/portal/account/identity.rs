//! A guardian's identity at FranceConnect, tied to the account or not.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use crate::desk::form::{Buttons, Field, FormState, FormView, heading};
use crate::words::{t, t1};

/// Whether an identity is tied.
#[derive(Clone, Debug)]
pub struct TiedPage {
    /// What stands around it.
    pub frame: Frame,
    /// One is.
    pub tied: bool,
}

/// Draws it.
pub fn tied_page(view: &TiedPage) -> String {
    let title = t("account-identity");
    let frame = &view.frame;
    let token = frame
        .person
        .as_ref()
        .map(|person| person.token.clone())
        .unwrap_or_default();
    page(frame, &title.clone(), || {
        let inside = if view.tied {
            let state = FormState::default();
            let form = FormView::with_token(&state, &token);
            let words = view! { <p>{t("account-identity-tied")}</p> };
            form.sheet(
                &frame.at("/compte/franceconnect/delier"),
                Buttons::named(t("account-identity-untie")),
                words.into_any(),
            )
        } else {
            view! {
                <p>{t("account-identity-none")}</p>
                <p><a class="button" data-kind="primary" href=frame.at("/franceconnect?lier=oui")>{t("account-identity-tie")}</a></p>
            }
            .into_any()
        };
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            {inside}
        }
        .into_any()
    })
}

/// The identity that came back is to be tied.
#[derive(Clone, Debug)]
pub struct TiePage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form: the identity, sealed.
    pub form: FormState,
    /// The name that FranceConnect gives.
    pub name: String,
}

/// Draws it.
pub fn tie_page(view: &TiePage) -> String {
    let title = t("account-tie");
    let frame = &view.frame;
    let token = frame
        .person
        .as_ref()
        .map(|person| person.token.clone())
        .unwrap_or_default();
    let head = if view.form.is_flawed() {
        t1("form-title-error", "title", title.as_str())
    } else {
        title.clone()
    };
    page(frame, &head, || {
        let form = FormView::with_token(&view.form, &token);
        let inside = view! {
            <p>{t1("account-tie-name", "name", view.name.as_str())}</p>
            {form.hidden("identite")}
            {form.hidden("nom")}
            {form.field(Field::password("mot_de_passe", t("account-tie-password")).hint(t("account-tie-password-hint")).required())}
        };
        let buttons = Buttons::named(t("account-tie-do")).cancel(&frame.at("/compte/franceconnect"));
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            {form.sheet(&frame.at("/compte/franceconnect/lier"), buttons, inside.into_any())}
        }
        .into_any()
    })
}
