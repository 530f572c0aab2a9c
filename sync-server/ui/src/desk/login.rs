//! Logging in.

use leptos::prelude::*;

use super::frame::{Field, door, token_field};
use super::shapes::shape;
use crate::public::newest_notice;
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
    /// A form that was sent after its session had ended.
    pub kept: Option<KeptForm>,
    /// What families read of an incident: the newest words, while it lasts.
    pub news: Option<String>,
}

/// A form that waits until somebody is logged in again.
#[derive(Clone, Debug)]
pub struct KeptForm {
    /// Where it is to be sent: a page of ours.
    pub address: String,
    /// What stands in it; no secret.
    pub pairs: Vec<(String, String)>,
    /// The same, for the log-in page to carry.
    pub encoded: String,
}

/// The page after logging in again, with a form that waited.
#[derive(Clone, Debug)]
pub struct ResumePage {
    /// The commune's name.
    pub commune: String,
    /// The new session's token.
    pub token: String,
    /// What waited.
    pub kept: KeptForm,
    /// Where to go without sending it.
    pub home: String,
}

/// Draws the page that sends what waited.
pub fn resume_page(view: &ResumePage) -> String {
    let title = t("desk-resume-title");
    door(&title.clone(), &view.commune, || {
        let hidden: Vec<_> = view
            .kept
            .pairs
            .iter()
            .map(|(name, value)| {
                view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
            })
            .collect();
        view! {
            <h1>{title}</h1>
            <p>{t("desk-resume-said")}</p>
            <form class="stack" method="post" action=view.kept.address.clone()>
                {token_field(&view.token)}
                {hidden}
                <button class="button" data-kind="primary" autofocus>{t("desk-resume-send")}</button>
                <a class="button" data-kind="quiet" href=view.home.clone()>{t("desk-resume-drop")}</a>
            </form>
        }
        .into_any()
    })
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
    /// After a loss nobody vouched for the account.
    Unconfirmed,
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
            Some(LoginTrouble::Unconfirmed) => Some(t("recovery-login-unconfirmed")),
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
            {page.news.as_deref().map(|news| newest_notice(news, &format!("/{}/situation", page.slug)))}
            <h1>{title}</h1>
            {page.activated.then(|| view! {
                <div class="notice" role="status">{shape("present")}<p class="grow">{t("desk-login-activated")}</p></div>
            })}
            {page.kept.is_some().then(|| view! {
                <div class="notice" data-kind="care" role="status">{shape("alert")}<p class="grow">{t("desk-login-kept")}</p></div>
            })}
            {above.map(|said| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{said}</p></div>
            })}
            <form class="stack" method="post" action=format!("/{}/gestion/connexion", page.slug)>
                {token_field(&page.token)}
                {page.back.clone().map(|back| view! { <input type="hidden" name="retour" value=back /> })}
                {page.kept.clone().map(|kept| view! {
                    <input type="hidden" name="envoi" value=kept.address />
                    <input type="hidden" name="garde" value=kept.encoded />
                })}
                {email.view()}
                {password.view()}
                <button class="button" data-kind="primary">{t("desk-login-submit")}</button>
            </form>
            <p class="aside">{t("desk-login-help")}</p>
        }
        .into_any()
    })
}
