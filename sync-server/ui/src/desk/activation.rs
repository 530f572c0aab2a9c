//! Choosing a password with a one-time link.

use leptos::prelude::*;

use super::frame::{Field, door, token_field};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug, Default)]
pub struct ActivationPage {
    /// The commune's name.
    pub commune: String,
    /// The address of this page.
    pub address: String,
    /// Goes back with the form.
    pub token: String,
    /// Whose password it will be.
    pub email: String,
    /// What is wrong.
    pub trouble: Option<ActivationTrouble>,
    /// Shortest password accepted.
    pub min_chars: usize,
}

/// Why no password was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivationTrouble {
    /// Too short.
    Short,
    /// Too long to be checked.
    Long,
    /// Not typed the same twice.
    Differ,
}

/// Draws the page.
pub fn activation(page: &ActivationPage) -> String {
    let title = t("desk-activation-title");
    door(&title.clone(), &page.commune, || {
        let first_error = match page.trouble {
            Some(ActivationTrouble::Short) => Some(t1("desk-activation-short", "count", page.min_chars)),
            Some(ActivationTrouble::Long) => Some(t("desk-activation-long")),
            Some(ActivationTrouble::Differ) | None => None,
        };
        let differ = page.trouble == Some(ActivationTrouble::Differ);
        let password = Field {
            name: "mot_de_passe",
            label: t("desk-activation-password"),
            kind: "password",
            autocomplete: "new-password",
            value: "",
            hint: Some(t1("desk-activation-hint", "count", page.min_chars)),
            error: first_error,
            first: true,
        };
        let again = Field {
            name: "encore",
            label: t("desk-activation-again"),
            kind: "password",
            autocomplete: "new-password",
            value: "",
            hint: None,
            error: differ.then(|| t("desk-activation-differ")),
            first: false,
        };
        view! {
            <h1>{title}</h1>
            <p>{t1("desk-activation-for", "email", page.email.as_str())}</p>
            <form class="stack" method="post" action=page.address.clone()>
                {token_field(&page.token)}
                <input class="unseen" type="email" name="identifiant" autocomplete="username" value=page.email.clone() readonly tabindex="-1" aria-hidden="true" />
                {password.view()}
                {again.view()}
                <button class="button" data-kind="primary">{t("desk-activation-submit")}</button>
            </form>
        }
        .into_any()
    })
}
