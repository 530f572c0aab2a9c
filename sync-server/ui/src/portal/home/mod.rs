//! The first page, before and after log-in, and the feed.

mod after;
mod before;
mod expected;
mod feed;

pub use after::{ChildPanel, HomePage, home_page};
pub use before::{DoorPage, NewsLine, door_page};
pub use expected::Expected;
pub use feed::{FeedLine, FeedPage, feed_page};

use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::symbol::{COLOURS, SHAPES};

use super::frame::Frame;
use super::prose::typeset;
use crate::desk::service::{part_words, state_words};
use crate::desk::shapes::shape;
use crate::words::t;

/// The newest post of an incident that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// A few words.
    pub title: String,
}

/// What is not as usual: the town's newest word on an incident, then each part that is not open.
fn unusual(frame: &Frame, incident: Option<&Incident>) -> Option<AnyView> {
    if incident.is_none() && frame.closed.is_empty() {
        return None;
    }
    let parts: Vec<_> = frame
        .closed
        .iter()
        .map(|(part, state, message)| {
            view! {
                <p><strong>{part_words(*part)}</strong>"\u{a0}: "{state_words(*state)}". "{typeset(message)}</p>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <div class="notice home-unusual" data-kind="care" role="status">
                {shape("alert")}
                <div class="grow">
                    {incident.map(|incident| view! { <p><strong>{incident.title.clone()}</strong></p> })}
                    {parts}
                    <p><a href=frame.at("/situation")>{t("portal-home-situation")}</a></p>
                </div>
            </div>
        }
        .into_any(),
    )
}

/// The town's telephone, to be touched.
pub(in crate::portal) fn tel(phone: &str) -> AnyView {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    view! { <a class="tel" href=format!("tel:{digits}")>{phone.to_owned()}</a> }.into_any()
}

/// The colour and symbol that a child knows as its own, beside its name.
pub(in crate::portal) fn symbol(symbol: Symbol) -> AnyView {
    let colour = COLOURS.get(usize::from(symbol.colour)).copied();
    let shape = SHAPES.get(usize::from(symbol.shape)).copied().unwrap_or_default();
    view! {
        <svg class="home-symbol" data-colour=colour aria-hidden="true" focusable="false">
            <use href=format!("/static/symbols.svg#{shape}")></use>
        </svg>
    }
    .into_any()
}

/// What is said of bills until there are some.
pub fn bills_unopened() -> String {
    t("portal-home-bills-unopened")
}
