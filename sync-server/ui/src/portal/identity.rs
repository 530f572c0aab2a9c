//! What is said on the way to FranceConnect and back.

use leptos::prelude::*;

use super::frame::{Frame, page};
use crate::words::t;

/// Why somebody did not get in with FranceConnect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityTrouble {
    /// It does not answer, or not as it should.
    Down,
    /// The person gave up there.
    Cancelled,
    /// What came back is not an answer to what was asked here.
    NotOurs,
    /// No account is tied to this identity.
    NotTied,
    /// After a loss nobody vouched for the account.
    Unconfirmed,
    /// The identity is tied to another account.
    Taken,
}

/// Draws the page.
pub fn identity_trouble(frame: &Frame, what: IdentityTrouble) -> String {
    let (title, then) = match what {
        IdentityTrouble::Down => (t("identity-down"), t("identity-down-then")),
        IdentityTrouble::Cancelled => (t("identity-cancelled"), t("identity-cancelled-then")),
        IdentityTrouble::NotOurs => (t("identity-not-ours"), t("identity-not-ours-then")),
        IdentityTrouble::NotTied => (t("identity-not-tied"), t("identity-not-tied-then")),
        IdentityTrouble::Unconfirmed => (t("identity-unconfirmed"), t("identity-unconfirmed-then")),
        IdentityTrouble::Taken => (t("identity-taken"), t("identity-taken-then")),
    };
    let back = if frame.person.is_some() {
        "/compte"
    } else {
        "/connexion"
    };
    page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <p>{then}</p>
            <p><a class="button" data-kind="primary" href=frame.at(back)>{t("identity-back")}</a></p>
        }
        .into_any()
    })
}

/// Logged out here; `onwards` ends the session at FranceConnect as well.
pub fn identity_leaving(frame: &Frame, onwards: &str) -> String {
    let title = t("identity-leaving");
    page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <p>{t("identity-leaving-then")}</p>
            <p class="buttons">
                <a class="button" data-kind="primary" href=onwards.to_owned()>{t("identity-leave")}</a>
                <a class="button" href=frame.at("/")>{t("portal-back-home")}</a>
            </p>
        }
        .into_any()
    })
}
