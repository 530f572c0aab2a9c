//! Logging in.

use leptos::prelude::*;

use super::{alert, titled};
use crate::desk::form::{Buttons, Field, FormState, FormView};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct LogInPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What was typed; never a password.
    pub form: FormState,
    /// Where to go afterwards.
    pub back: Option<String>,
    /// Why nobody is in yet.
    pub trouble: Option<LogInTrouble>,
    /// Codes on paper are taken.
    pub codes: bool,
    /// Families that are not known may ask to be.
    pub registration: bool,
    /// FranceConnect is offered.
    pub france_connect: bool,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Why nobody is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogInTrouble {
    /// Login and password do not go together, or there is no such login: the same words for both.
    Wrong,
    /// Too many attempts; again from this hour on.
    Locked(String),
    /// After a loss nobody vouched for the account.
    Unconfirmed,
}

/// Draws the page.
pub fn log_in_page(view: &LogInPage) -> String {
    let title = t("portal-door-title");
    let at = |path: &str| view.frame.at(path);
    page(
        &view.frame,
        &titled(&title, &view.form, view.trouble.is_some()),
        || {
            let trouble = view.trouble.as_ref().map(|trouble| {
                alert(match trouble {
                    LogInTrouble::Wrong => t("portal-door-wrong"),
                    LogInTrouble::Locked(until) => t1("portal-door-locked", "until", until.as_str()),
                    LogInTrouble::Unconfirmed => match &view.phone {
                        Some(phone) => t1("portal-door-unconfirmed-call", "phone", phone.as_str()),
                        None => t("portal-door-unconfirmed"),
                    },
                })
            });
            let state = match &view.back {
                Some(back) => view.form.clone().with("retour", back.as_str()),
                None => view.form.clone(),
            };
            let form = FormView::with_token(&state, &view.token);
            let inside = view! {
                {view.back.as_ref().map(|_| form.hidden("retour"))}
                {form.field(Field::text("identifiant", t("portal-door-login")).hint(t("portal-door-login-hint")).required().max(254).autocomplete("username"))}
                {form.field(Field::password("mot_de_passe", t("portal-door-password")).required())}
            };
            let way = |path: &str, words: String| view! { <li><a href=at(path)>{words}</a></li> }.into_any();
            let ways = [
                Some(way("/mot-de-passe", t("portal-door-forgotten"))),
                view.codes.then(|| way("/codes", t("portal-door-with-codes"))),
                view.registration
                    .then(|| way("/inscription", t("portal-door-register"))),
            ];
            let ways: Vec<_> = ways.into_iter().flatten().collect();
            view! {
            <div class="door">
                <h1>{title}</h1>
                {trouble}
                {form.sheet(&at("/connexion"), Buttons::named(t("portal-door-submit")), inside.into_any())}
                {view.france_connect.then(|| view! {
                    <p class="door-or"><span>{t("portal-door-or")}</span></p>
                    <p><a class="button door-wide" href=at("/franceconnect")>{t("portal-door-france-connect")}</a></p>
                })}
                <ul class="door-ways" role="list">{ways}</ul>
            </div>
        }
        .into_any()
        },
    )
}
