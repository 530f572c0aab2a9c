//! The parts of the day's screen.

mod closing;
mod dates;
mod facts;
mod filters;
mod groups;
mod holder;
mod link;
mod many;
mod notices;
mod offered;
mod reasons;
mod row;
mod rows;
mod service;
mod shape;
mod stretches;
mod sun;
mod symbol;
mod tabs;

pub(crate) use closing::Closing;
pub(crate) use dates::Dates;
pub(crate) use facts::{BadgeMark, meta, ways};
pub(crate) use filters::Filters;
pub(crate) use groups::Groups;
pub(crate) use holder::Holder;
pub(crate) use link::LinkState;
pub(crate) use many::Many;
pub(crate) use notices::Notices;
pub(crate) use offered::Offered;
pub(crate) use rows::Rows;
pub(crate) use service::{Anyway, ServiceNotice, Shut, shut};
pub(crate) use shape::Shape;
pub(crate) use sun::Sun;
pub(crate) use symbol::Portrait;
pub(crate) use tabs::Tabs;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Puts the keyboard on something of the page.
pub(crate) fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page that refuses the focus leaves it where it is: no worse than before.
        let _ = found.focus();
    }
}
