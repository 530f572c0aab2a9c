//! Logging in.

use leptos::prelude::*;

use super::frame::{Field, door, token_field};
use super::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug, Default)]
pub struct LoginPage {
    /// The commune's short name.
    pub slug: String,
    /// The commune's name.
    pub commune: String,
    /// Goes back with the form.
    pub token: String,
    /// What was typed.
    pub email: String,
    /// Where to go afterwards, when it is a page of ours.
    pub back: Option<String>,
    /// What is wrong.
    pub trouble: Option<LoginTrouble>,
    /// A password was chosen just now.
    pub activated: bool,
}

/// Why nobody is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginTrouble {
    /// No e-mail was typed.
    NoEmail,
    /// No password was typed.
    NoPassword,
    /// The two do not go together, or there is no such account: the same words for both.
    Wrong,
    /// Too many attempts; again from this hour on.
    Locked(String),
    /// The page came in clear over a network.
    InClear,
}

/// Draws the page.
pub fn login(page: &LoginPage) -> String {
    let title = t("desk-login-title");
    door(&title.clone(), &page.commune, || {
        let trouble = page.trouble.as_ref();
        if trouble == Some(&LoginTrouble::InClear) {
            return view! {
                <h1>{title}</h1>
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{t("desk-login-in-clear")}</p></div>
            }
            .into_any();
        }
        let above = match trouble {
            Some(LoginTrouble::Wrong) => Some(t("desk-login-wrong")),
            Some(LoginTrouble::Locked(until)) => Some(t1("desk-login-locked", "until", until.as_str())),
            _ => None,
        };
        let email = Field {
            name: "email",
            label: t("desk-login-email"),
            kind: "email",
            autocomplete: "username",
            value: &page.email,
            hint: None,
            error: (trouble == Some(&LoginTrouble::NoEmail)).then(|| t("desk-login-no-email")),
            first: page.email.is_empty(),
        };
        let password = Field {
            name: "mot_de_passe",
            label: t("desk-login-password"),
            kind: "password",
            autocomplete: "current-password",
            value: "",
            hint: None,
            error: (trouble == Some(&LoginTrouble::NoPassword)).then(|| t("desk-login-no-password")),
            first: !page.email.is_empty(),
        };
        view! {
            <h1>{title}</h1>
            {page.activated.then(|| view! {
                <div class="notice" role="status">{shape("present")}<p class="grow">{t("desk-login-activated")}</p></div>
            })}
            {above.map(|said| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{said}</p></div>
            })}
            <form class="stack" method="post" action=format!("/{}/gestion/connexion", page.slug)>
                {token_field(&page.token)}
                {page.back.clone().map(|back| view! { <input type="hidden" name="retour" value=back /> })}
                {email.view()}
                {password.view()}
                <button class="button" data-kind="primary">{t("desk-login-submit")}</button>
            </form>
            <p class="aside">{t("desk-login-help")}</p>
        }
        .into_any()
    })
}
