//! Pages that say why there is no other page, and what to do. None gives away whether something exists.

use leptos::prelude::*;
use shared::operation::{Capability, Openness};

use super::frame::{Frame, page};
use super::prose::typeset;
use crate::desk::service::{part_words, state_words};
use crate::desk::shapes::shape;
use crate::words::t;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// No such commune on this server.
    CommuneUnknown,
    /// No such page, or none for whoever asks.
    PageUnknown,
    /// The page exists, but not to be asked for like that.
    WrongMethod,
    /// The form did not come from our own page, or is too old.
    FormRefused,
    /// The form cannot be read.
    FormUnreadable,
    /// An agent looks as a family sees it, and changes nothing.
    OnlyLooking,
    /// The link opens nothing.
    LinkUnknown,
    /// The link was used.
    LinkUsed,
    /// The link is too old.
    LinkExpired,
    /// Too many tries.
    TooManyTries,
    /// The server cannot answer now.
    Busy,
    /// A fault of ours.
    Fault,
}

/// Draws the page; `commune` is its short name and name.
pub fn said(what: Said, commune: Option<(&str, &str)>) -> String {
    let (title, then) = match what {
        Said::CommuneUnknown => (t("portal-commune-unknown"), t("portal-commune-unknown-then")),
        Said::PageUnknown => (t("portal-page-unknown"), t("portal-page-unknown-then")),
        Said::WrongMethod => (t("portal-wrong-method"), t("portal-wrong-method-then")),
        Said::FormRefused => (t("portal-form-refused"), t("portal-form-refused-then")),
        Said::FormUnreadable => (t("portal-form-unreadable"), t("portal-form-unreadable-then")),
        Said::OnlyLooking => (t("portal-only-looking"), t("portal-only-looking-then")),
        Said::LinkUnknown => (t("portal-link-unknown"), t("portal-link-unknown-then")),
        Said::LinkUsed => (t("portal-link-used"), t("portal-link-used-then")),
        Said::LinkExpired => (t("portal-link-expired"), t("portal-link-expired-then")),
        Said::TooManyTries => (t("portal-too-many-tries"), t("portal-too-many-tries-then")),
        Said::Busy => (t("portal-busy"), t("portal-busy-then")),
        Said::Fault => (t("portal-fault"), t("portal-fault-then")),
    };
    let (slug, name) = commune.unwrap_or_default();
    let frame = Frame {
        slug: slug.to_owned(),
        commune: if name.is_empty() {
            t("app-name")
        } else {
            name.to_owned()
        },
        logo: None,
        colours: None,
        unopened_tabs: Vec::new(),
        codes: false,
        here: None,
        person: None,
        closed: Vec::new(),
        done: None,
        at_door: matches!(what, Said::LinkUnknown | Said::LinkUsed | Said::LinkExpired),
    };
    page(&frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <p>{then}</p>
            {commune.map(|_| ways_on(what, &frame))}
        }
        .into_any()
    })
}

/// Where to go from there.
fn ways_on(what: Said, frame: &Frame) -> AnyView {
    let first = match what {
        Said::LinkUsed => Some(("/connexion", t("portal-log-in"))),
        Said::LinkUnknown | Said::LinkExpired => Some(("/mot-de-passe", t("portal-link-another"))),
        _ => None,
    };
    view! {
        <p class="portal-ways">
            {first.map(|(path, words)| view! { <a class="button" data-kind="primary" href=frame.at(path)>{words}</a> })}
            <a class="button" href=frame.at("/")>{t("portal-back-home")}</a>
        </p>
    }
    .into_any()
}

/// A page whose part of the service is not open.
pub fn closed(frame: &Frame, part: Capability, state: Openness, message: &str) -> String {
    let title = t("portal-closed");
    page(frame, &title.clone(), || {
        view! {
            <h1>{title}</h1>
            <div class="notice" data-kind="care" role="status">
                {shape("closed")}
                <p class="grow"><strong>{part_words(part)}</strong>"\u{a0}: "{state_words(state)}". "{typeset(message)}</p>
            </div>
            <p><a class="button" href=frame.at("/situation")>{t("portal-foot-situation")}</a></p>
        }
        .into_any()
    })
}
