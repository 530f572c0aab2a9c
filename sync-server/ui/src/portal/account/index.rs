//! The first page of the account.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use crate::words::{t, t1};

/// The first page of the account.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// What stands around it.
    pub frame: Frame,
    /// The login.
    pub login: String,
    /// What the town hall is called.
    pub town_hall: String,
    /// Contact e-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// FranceConnect is offered here.
    pub france_connect: bool,
    /// What opens the account is shown: not to an agent.
    pub secrets: bool,
}

/// Draws it.
pub fn account_page(view: &AccountPage) -> String {
    let title = t("portal-place-account");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let way = |path: &str, title: String, then: String| {
            view! { <li><a href=frame.at(path)><strong>{title}</strong><span>{then}</span></a></li> }
                .into_any()
        };
        let mut ways = vec![way(
            "/compte/contact",
            t("account-contact"),
            t("account-contact-then"),
        )];
        ways.push(way(
            "/compte/notifications",
            t("account-notices"),
            t("account-notices-then"),
        ));
        if view.secrets {
            ways.push(way(
                "/compte/mot-de-passe",
                t("account-password"),
                t("account-password-then"),
            ));
            ways.push(way(
                "/compte/double-authentification",
                t("account-factor"),
                t("account-factor-then"),
            ));
            ways.push(way(
                "/compte/sessions",
                t("account-sessions"),
                t("account-sessions-then"),
            ));
            if view.france_connect {
                ways.push(way(
                    "/compte/franceconnect",
                    t("account-identity"),
                    t("account-identity-then"),
                ));
            }
        }
        ways.push(way(
            "/compte/historique",
            t("account-history"),
            t("account-history-then"),
        ));
        if view.secrets {
            ways.push(way("/compte/donnees", t("account-data"), t("account-data-then")));
            ways.push(way(
                "/compte/supprimer",
                t("account-delete"),
                t("account-delete-then"),
            ));
        }
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| t("account-none"));
        view! {
            <h1>{title}</h1>
            <dl class="account-facts">
                <div>
                    <dt>{t("account-login")}</dt>
                    <dd>{view.login.clone()}<p class="hint">{t1("account-login-then", "label", view.town_hall.as_str())}</p></dd>
                </div>
                <div><dt>{t("account-email")}</dt><dd>{or_none(&view.email)}</dd></div>
                <div><dt>{t("account-phone")}</dt><dd>{or_none(&view.phone)}</dd></div>
            </dl>
            <ul class="account-ways" role="list">{ways}</ul>
        }
        .into_any()
    })
}
