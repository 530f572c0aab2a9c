//! Booking by rules, at the desk: for a family, what families ask, how full sessions are, who has not booked.

pub mod cell_words;
mod facts;
mod family;
mod occupation;
mod preview;
mod queue;
mod recap;
mod without;

pub use facts::{ChildPapers, FactsPage, Owed, PaperKind, facts_page};
pub use family::{CellView, ChildGrid, FamilyPage, GridRow, Tick, WeekGrid, family_page};
pub use occupation::{Group, OccupationPage, SessionLine, occupation_page};
pub use preview::{FamilyPreview, LineFate, PreviewLine, family_preview};
pub use queue::{QueuePage, WishLine, queue_page};
pub use recap::{Came, FamilyRecap, RecapLine, family_recap};
pub use without::{WithoutLine, WithoutPage, without_page};

use shared::booking::{Reason, WishKind, WishState, sentence};
use shared::operation::Priced;

use crate::portal::cart::price_words;
use crate::words::t;

/// A link among several of a kind: week or month, this list or that.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub address: String,
    /// It is the page shown.
    pub current: bool,
}

/// Why something cannot be booked, as agents read it.
pub fn reason_words(reason: &Reason, zone: chrono_tz::Tz) -> String {
    // Whoever reads it is whom families call.
    let said = Reason {
        call: false,
        ..reason.clone()
    };
    sentence(&said, crate::words::french(), zone, None)
}

/// A price, with what lateness makes of it.
pub fn price_of(priced: &Priced) -> String {
    price_words(priced)
}

/// What was asked for.
pub fn kind_words(kind: WishKind) -> String {
    t(match kind {
        WishKind::Add => "desk-booking-kind-add",
        WishKind::Cancel => "desk-booking-kind-cancel",
        WishKind::Wait => "desk-booking-kind-wait",
    })
}

/// How far it is.
pub fn state_words(state: WishState) -> String {
    t(match state {
        WishState::Open => "desk-booking-state-open",
        WishState::Offered => "desk-booking-state-offered",
        WishState::Accepted => "desk-booking-state-accepted",
        WishState::Refused => "desk-booking-state-refused",
        WishState::Withdrawn => "desk-booking-state-withdrawn",
        WishState::Ended => "desk-booking-state-ended",
    })
}

/// What a cell is, where there is no header above it.
fn said_narrow(label: String) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    view! { <span class="said-narrow">{label}{t("form-colon")}</span> }.into_any()
}

fn turns(turns: &[Turn], label: String) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let links: Vec<_> = turns
        .iter()
        .map(|turn| {
            let current = turn.current.then_some("page");
            view! { <li><a class="button" data-kind="quiet" href=turn.address.clone() aria-current=current>{turn.label.clone()}</a></li> }
                .into_any()
        })
        .collect();
    view! { <nav class="booking-turns no-print" aria-label=label><ul role="list">{links}</ul></nav> }
        .into_any()
}
