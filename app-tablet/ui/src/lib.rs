//! The tablet's screens, in the window's page (wasm).
//!
//! They show what the tablet's core says and ask it for what a finger wants; the JSON between the
//! two is [`shared::screen`]. No rule of the field is decided here and nothing is stored here. The
//! clock is read for one thing: to ask again who points when nobody has touched the screen for a while.

#![expect(
    unreachable_pub,
    reason = "`#[component]` writes `pub` on what it makes of a function"
)]

mod board;
mod bridge;
mod clock;
mod commands;
mod crew;
mod filter;
mod line;
mod linger;
mod order;
mod parts;
mod screens;
mod words;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

/// Puts the screens on the page; `start.js` calls it once the code is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    let Some(place) = document()
        .get_element_by_id("app")
        .and_then(|e| e.dyn_into().ok())
    else {
        leptos::logging::error!("the page has no place for the screens");
        return;
    };
    leptos::mount::mount_to(place, screens::App).forget();
}
