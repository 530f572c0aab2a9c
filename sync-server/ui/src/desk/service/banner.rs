//! What stands, calm, above every page of the desk while something is not open.

use leptos::prelude::*;
use shared::operation::{Capability, Openness};

use super::names::standing;
use crate::desk::places::Place;
use crate::desk::shapes::shape;
use crate::words::t;

/// A part of the service that is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unopened {
    /// Which.
    pub capability: Capability,
    /// How far it is open.
    pub state: Openness,
    /// What people are told.
    pub message: String,
}

/// The part that a place of the desk uses.
fn of_place(place: Place) -> Option<Capability> {
    match place {
        Place::Today | Place::Lists => Some(Capability::Attendance),
        Place::Children => Some(Capability::Consultation),
        Place::Bookings => Some(Capability::Reservation),
        _ => None,
    }
}

/// The whole message on the pages of that part, a word elsewhere; `address` is where all of it stands.
pub fn banner(parts: &[Unopened], here: Option<Place>, address: &str, may_open: bool) -> AnyView {
    if parts.is_empty() {
        return ().into_any();
    }
    let near = here.and_then(of_place);
    let (close, far): (Vec<_>, Vec<_>) = parts.iter().partition(|part| Some(part.capability) == near);
    let close: Vec<_> = close
        .into_iter()
        .map(|part| {
            let head = format!("{}.", standing(part.capability, part.state));
            view! { <p><strong>{head}</strong>" "<span class="service-said">{part.message.clone()}</span></p> }
                .into_any()
        })
        .collect();
    let far: Vec<String> = far
        .into_iter()
        .map(|part| format!("{}.", standing(part.capability, part.state)))
        .collect();
    let label = if may_open {
        t("service-banner-open")
    } else {
        t("service-banner-see")
    };
    view! {
        <div class="notice no-print service-banner" data-kind="care">
            {shape("closed")}
            <div class="grow">
                {close}
                {(!far.is_empty()).then(|| view! { <p>{far.join(" ")}</p> })}
            </div>
            <a class="button" href=address.to_owned()>{label}</a>
        </div>
    }
    .into_any()
}
