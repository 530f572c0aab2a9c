//! A new login or contact e-mail, proved by its link.

use leptos::prelude::*;

use super::alert;
use crate::desk::form::{Buttons, FormState, FormView};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct AddressPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// The address of this page.
    pub action: String,
    /// It will be the login; else the contact e-mail.
    pub is_login: bool,
    /// The address.
    pub address: String,
    /// Somebody else has it as a login.
    pub taken: bool,
}

/// Draws the page.
pub fn address_page(view: &AddressPage) -> String {
    let title = if view.is_login {
        t("portal-door-address-login")
    } else {
        t("portal-door-address-contact")
    };
    page(&view.frame, &title.clone(), || {
        if view.taken {
            return view! {
                <div class="door">
                    <h1>{title}</h1>
                    {alert(t("portal-door-address-taken"))}
                </div>
            }
            .into_any();
        }
        let said = if view.is_login {
            t1("portal-door-address-login-said", "address", view.address.as_str())
        } else {
            t1(
                "portal-door-address-contact-said",
                "address",
                view.address.as_str(),
            )
        };
        let state = FormState::default();
        let form = FormView::with_token(&state, &view.token);
        let buttons = Buttons::named(t("portal-door-address-submit"));
        view! {
            <div class="door">
                <h1>{title}</h1>
                <p>{said}</p>
                {form.sheet(&view.action, buttons, ().into_any())}
                <p class="door-aside">{t("portal-door-address-not-you")}</p>
            </div>
        }
        .into_any()
    })
}
