//! Mon panier, at the foot of the page for as long as something is in it.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use shared::money::Cents;
use shared::words::{hour_or_full, money};

use crate::portal::frame::Frame;
use crate::words::{t, t1};

/// What is in the cart, in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CartBar {
    /// How many lines.
    pub lines: usize,
    /// What they come to; none where the town set no prices.
    pub total: Option<Cents>,
    /// Until when places are held, by the town's clock.
    pub held_until: Option<NaiveDateTime>,
}

/// Draws it; nothing for an empty cart. While booking is shut it can only be looked at.
pub(super) fn bar(cart: Option<&CartBar>, frame: &Frame, is_shut: bool) -> Option<AnyView> {
    let cart = cart.filter(|cart| cart.lines > 0)?;
    let lines = t1(
        "portal-bookings-cart-lines",
        "count",
        i64::try_from(cart.lines).unwrap_or(i64::MAX),
    );
    let held = cart
        .held_until
        .map(|at| t1("portal-bookings-cart-held", "hour", hour_or_full(at.time())));
    // What is asked or waited for is in it; the cart tells it apart.
    let total = cart
        .total
        .map(|total| t1("portal-bookings-cart-total", "total", money(total)));
    let words = if is_shut {
        t("portal-bookings-cart-look")
    } else {
        t("portal-bookings-cart-see")
    };
    Some(
        view! {
            <aside class="cart-bar no-print" aria-label=t("portal-bookings-cart")>
                <p>
                    <strong>{lines}</strong>
                    {total.map(|total| view! { ", "<strong>{total}</strong> })}
                    {held.map(|held| view! { ", "{held} })}
                </p>
                <a class="button" data-kind="primary" href=frame.at("/panier")>{words}</a>
            </aside>
        }
        .into_any(),
    )
}
