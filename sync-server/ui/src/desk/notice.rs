//! Pages that say why there is no other page, and what to do.

use leptos::prelude::*;

use super::frame::door;
use crate::words::t;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No such commune on this server.
    CommuneUnknown,
    /// No such page.
    PageUnknown,
    /// The page exists, but not to be asked for like that.
    WrongMethod,
    /// The form did not come from our own page, or is too old.
    FormRefused,
    /// The form cannot be read.
    FormUnreadable,
    /// The role does not reach that far.
    Forbidden,
    /// The one-time link does not exist.
    LinkUnknown,
    /// The one-time link was used.
    LinkUsed,
    /// The one-time link is too old.
    LinkExpired,
    /// The account was withdrawn.
    AccountWithdrawn,
    /// Too many links that lead to nothing were opened from there.
    TooManyTries,
    /// The server cannot answer now.
    Busy,
    /// A fault of ours.
    Fault,
}

/// Draws the page; `back` is where its one link leads.
pub fn notice(what: Notice, commune: &str, back: Option<&str>) -> String {
    let (title, said) = match what {
        Notice::CommuneUnknown => (t("desk-commune-unknown"), t("desk-commune-unknown-then")),
        Notice::PageUnknown => (t("desk-page-unknown"), t("desk-page-unknown-then")),
        Notice::WrongMethod => (t("desk-wrong-method"), t("desk-wrong-method-then")),
        Notice::FormRefused => (t("desk-form-refused"), t("desk-form-refused-then")),
        Notice::FormUnreadable => (t("desk-form-unreadable"), t("desk-form-unreadable-then")),
        Notice::Forbidden => (t("desk-forbidden"), t("desk-forbidden-then")),
        Notice::LinkUnknown => (t("desk-link-unknown"), t("desk-link-unknown-then")),
        Notice::LinkUsed => (t("desk-link-used"), t("desk-link-used-then")),
        Notice::LinkExpired => (t("desk-link-expired"), t("desk-link-expired-then")),
        Notice::AccountWithdrawn => (t("desk-account-withdrawn"), t("desk-account-withdrawn-then")),
        Notice::TooManyTries => (t("desk-too-many-tries"), t("desk-too-many-tries-then")),
        Notice::Busy => (t("desk-busy"), t("desk-busy-then")),
        Notice::Fault => (t("desk-fault"), t("desk-fault-then")),
    };
    door(&title.clone(), commune, || {
        view! {
            <h1>{title}</h1>
            <p>{said}</p>
            {back.map(|back| view! { <p><a class="button" href=back.to_owned()>{t("desk-back")}</a></p> })}
        }
        .into_any()
    })
}
