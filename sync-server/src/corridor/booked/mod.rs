//! Operations of booking by rules.

mod book;
mod compare;
mod facts;
pub(super) mod groups;
mod rules;
mod settle;
mod sound;
mod stood;
mod wishes;
mod write;

use shared::operation::{Body, Refusal};

pub(super) use write::{Agreed, fulfil, fulfil_cancellation};

use super::{CorridorError, Effect, Stage};

type Done = Result<Effect, CorridorError>;

pub(super) fn apply(stage: &mut Stage<'_>, body: &Body) -> Done {
    match body {
        Body::PutRules { rules } => rules::put(stage, rules),
        Body::RemoveRules { rules } => rules::remove(stage, *rules),
        Body::PutBookingSettings { settings } => rules::put_settings(stage, settings),
        Body::Book { booking } => book::book(stage, booking),
        Body::DecideWishes {
            wishes,
            accepted,
            words,
            beyond,
        } => wishes::decide(stage, wishes, *accepted, words.as_deref(), *beyond),
        Body::WithdrawWishes { wishes } => wishes::withdraw(stage, wishes),
        Body::OfferPlaces { offers } => wishes::offer(stage, offers),
        Body::EndWishes { wishes } => wishes::end(stage, wishes),
        Body::SettleBookings {
            reservations,
            how,
            words,
        } => settle::settle(stage, reservations, *how, words),
        Body::EndUnpaid { reservations } => settle::end_unpaid(stage, reservations),
        Body::PutHouseholdFacts { facts } => facts::put_household(stage, facts),
        Body::PutDocuments { child, documents } => facts::put_documents(stage, *child, documents),
        _ => Err(Refusal::NotFound("cette opération").into()),
    }
}
