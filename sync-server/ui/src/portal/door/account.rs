//! What opens the account, for somebody who is in: password, second factor, open sessions.

use leptos::prelude::*;

use super::activation::{passwords, standing_login};
use super::titled;
use crate::desk::form::{Buttons, Field, FormState, FormView, heading};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page of another password.
#[derive(Clone, Debug)]
pub struct PasswordPage {
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong; never a password.
    pub form: FormState,
    /// The login.
    pub login: String,
}

/// Draws it.
pub fn password_page(view: &PasswordPage) -> String {
    let title = t("portal-door-change");
    page(&view.frame, &titled(&title, &view.form, false), || {
        let form = FormView::with_token(&view.form, token(&view.frame));
        let inside = view! {
            {standing_login(&view.login)}
            {form.field(Field::password("actuel", t("portal-door-current")).required())}
            {passwords(&form)}
        };
        let buttons = Buttons::named(t("portal-door-change-submit")).cancel(&view.frame.at("/compte"));
        view! {
            {head(&view.frame, title)}
            <p class="door-lead">{t("portal-door-change-said")}</p>
            {form.sheet(&view.frame.at("/compte/mot-de-passe"), buttons, inside.into_any())}
        }
        .into_any()
    })
}

/// How the second factor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// There is none.
    Off,
    /// There is one.
    On {
        /// Codes for a lost telephone that were not used.
        left: usize,
    },
}

/// The page of the second factor.
#[derive(Clone, Debug)]
pub struct SetUpPage {
    /// What stands around it.
    pub frame: Frame,
    /// What was typed; `secret` stands in it.
    pub form: FormState,
    /// How it stands.
    pub setting: Setting,
    /// The secret of an app that is being set up, to be typed.
    pub secret: String,
    /// The same as an address that apps open.
    pub address: String,
    /// The same as the dark squares of a QR code.
    pub path: String,
    /// How many squares a side has.
    pub squares: usize,
}

/// Draws it.
pub fn set_up_page(view: &SetUpPage) -> String {
    let title = t("portal-door-set-up");
    page(&view.frame, &titled(&title, &view.form, false), || {
        let inside = match view.setting {
            Setting::Off => off(view),
            Setting::On { left } => on(view, left),
        };
        view! {
            {head(&view.frame, title)}
            {inside}
        }
        .into_any()
    })
}

fn off(view: &SetUpPage) -> AnyView {
    let form = FormView::with_token(&view.form, token(&view.frame));
    let size = view.squares;
    // In fours: so it can be typed and checked.
    let signs: Vec<char> = view.secret.chars().collect();
    let grouped: Vec<String> = signs.chunks(4).map(|four| four.iter().collect()).collect();
    let inside = view! {
        {form.hidden("secret")}
        <ol class="door-steps">
            <li>{t("portal-door-set-up-app")}</li>
            <li>
                <p>{t("portal-door-set-up-scan")}</p>
                <svg class="door-qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=t("portal-door-set-up-qr") shape-rendering="crispEdges">
                    <rect width=size height=size fill="#fff"></rect>
                    <path d=view.path.clone() fill="#000"></path>
                </svg>
                <p><a href=view.address.clone()>{t("portal-door-set-up-here")}</a></p>
                <p>{t("portal-door-set-up-type")}<br /><code class="door-secret">{grouped.join(" ")}</code></p>
            </li>
            <li>{t("portal-door-set-up-then")}</li>
        </ol>
        {form.field(
            Field::text("code", t("portal-door-set-up-code"))
                .required()
                .max(10)
                .narrow()
                .autocomplete("one-time-code"),
        )}
        {form.field(Field::password("actuel", t("portal-door-current")).required())}
    };
    let buttons = Buttons::named(t("portal-door-set-up-on"))
        .sends("souhait", "activer")
        .cancel(&view.frame.at("/compte"));
    view! {
        <p class="door-lead">{t("portal-door-set-up-said")}</p>
        {form.sheet(&view.frame.at(SET_UP), buttons, inside.into_any())}
    }
    .into_any()
}

const SET_UP: &str = "/compte/double-authentification";

fn on(view: &SetUpPage, left: usize) -> AnyView {
    let form = FormView::with_token(&view.form, token(&view.frame));
    // One password field and two buttons: what is done says the button.
    let inside = view! {
        {form.field(Field::password("actuel", t("portal-door-current")).required())}
        <p><button class="button" name="souhait" value="retirer" data-kind="grave">{t("portal-door-set-up-off")}</button></p>
    };
    let buttons = Buttons::named(t("portal-door-set-up-renew")).sends("souhait", "codes");
    view! {
        <div class="notice" data-kind="done">{shape("present")}<p class="grow">{t("portal-door-set-up-stands")}</p></div>
        <p class="door-lead">{t1("portal-door-set-up-left", "count", left)}</p>
        {form.sheet(&view.frame.at(SET_UP), buttons, inside.into_any())}
    }
    .into_any()
}

/// Codes for a lost telephone, this once.
#[derive(Clone, Debug)]
pub struct GivenCodesPage {
    /// What stands around it.
    pub frame: Frame,
    /// The codes.
    pub codes: Vec<String>,
}

/// Draws them.
pub fn given_codes_page(view: &GivenCodesPage) -> String {
    let title = t("portal-door-given");
    page(&view.frame, &title.clone(), || {
        let codes: Vec<_> = view
            .codes
            .iter()
            .map(|code| view! { <li><code>{code.clone()}</code></li> }.into_any())
            .collect();
        view! {
            <h1>{title}</h1>
            <div class="notice" data-kind="care" role="status">{shape("alert")}<p class="grow">{t("portal-door-given-once")}</p></div>
            <p class="door-lead">{t("portal-door-given-said")}</p>
            <ul class="door-given" role="list">{codes}</ul>
            <p class="no-print"><a class="button" data-kind="primary" href=view.frame.at("/compte")>{t("portal-door-given-kept")}</a></p>
        }
        .into_any()
    })
}

/// A session that is open.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// Its id, which opens nothing.
    pub id: String,
    /// What its browser is called; may be empty.
    pub browser: String,
    /// Since when.
    pub since: String,
    /// When a page was asked for last.
    pub seen: String,
    /// It is the one that asks.
    pub here: bool,
}

/// The page of open sessions.
#[derive(Clone, Debug)]
pub struct SessionsPage {
    /// What stands around it.
    pub frame: Frame,
    /// All, the one used last first.
    pub sessions: Vec<OpenSession>,
}

/// Draws it.
pub fn sessions_page(view: &SessionsPage) -> String {
    let title = t("portal-door-sessions");
    page(&view.frame, &title.clone(), || {
        let action = view.frame.at("/compte/sessions");
        let rows: Vec<_> = view
            .sessions
            .iter()
            .map(|one| session(one, &action, token(&view.frame)))
            .collect();
        let many = view.sessions.len() > 1;
        view! {
            {head(&view.frame, title)}
            <p class="door-lead">{t("portal-door-sessions-said")}</p>
            <ul class="door-sessions" role="list">{rows}</ul>
            {many.then(|| view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="jeton" value=token(&view.frame).to_owned() />
                    <button class="button" name="toutes" value="1">{t("portal-door-sessions-end-others")}</button>
                </form>
            })}
        }
        .into_any()
    })
}

fn session(one: &OpenSession, action: &str, token: &str) -> AnyView {
    let browser = if one.browser.is_empty() {
        t("portal-door-sessions-browser")
    } else {
        one.browser.clone()
    };
    let end = if one.here {
        view! { <span class="badge">{t("portal-door-sessions-here")}</span> }.into_any()
    } else {
        let named = t1("portal-door-sessions-end-of", "browser", browser.as_str());
        view! {
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="jeton" value=token.to_owned() />
                <button class="button" name="session" value=one.id.clone() aria-label=named>{t("portal-door-sessions-end")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong>{browser}</strong>
                <p>{t1("portal-door-sessions-seen", "when", one.seen.as_str())}</p>
                <p>{t1("portal-door-sessions-since", "when", one.since.as_str())}</p>
            </div>
            {end}
        </li>
    }
    .into_any()
}

/// The head of a page of the account.
fn head(frame: &Frame, title: String) -> AnyView {
    let back = frame.at("/compte");
    heading(title, &[(t("portal-place-account"), back)], None).into_any()
}

/// The token of whoever is in.
fn token(frame: &Frame) -> &str {
    frame.person.as_ref().map_or("", |person| &person.token)
}
