//! What is owed for reservations.

use std::collections::BTreeSet;

use shared::ids::ReservationId;
use shared::money::Cents;
use shared::operation::{Actor, BookingSettled, Outcome, Refusal};

use super::stood::Stood;
use super::{Done, write};
use crate::corridor::{CorridorError, Effect, Stage, touch};

/// Most reservations of one operation.
const MOST: usize = 5_000;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

fn done(changed: u32, already: u32) -> Effect {
    let outcome = Outcome::Reserved { changed, already };
    if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    }
}

/// By name: a surcharge or the price of a late cancellation is waived, a payment was received, or it is owed again.
pub(super) fn settle(
    stage: &mut Stage<'_>,
    reservations: &[ReservationId],
    how: BookingSettled,
    words: &str,
) -> Done {
    if stage.live() {
        if reservations.len() > MOST {
            return Err(invalid(
                "Il y a trop de réservations\u{a0}: faites-le en plusieurs fois.",
            ));
        }
        if words.trim().is_empty() {
            return Err(invalid("Dites pourquoi."));
        }
        if words.chars().count() > LONGEST_REASON {
            return Err(invalid("Ce texte est trop long : 500 caractères au plus."));
        }
    }
    let (mut changed, mut already) = (0, 0);
    for id in reservations {
        let stood = Stood::get(stage, *id)?;
        let (is_so, fits, refusal) = match how {
            BookingSettled::Waived => (
                stood.waived,
                stood.surcharge > Cents::ZERO || stood.due > Cents::ZERO,
                "Il n’y a rien à offrir sur cette réservation.",
            ),
            BookingSettled::Paid => (
                stood.paid_at.is_some(),
                stood.total.is_some() && stood.cancelled_at.is_none(),
                "Cette réservation est annulée ou n’a pas de prix\u{a0}: son paiement ne peut pas être noté.",
            ),
            BookingSettled::Restored => (
                !stood.waived && stood.paid_at.is_none(),
                true,
                "Cette réservation est annulée.",
            ),
        };
        if is_so {
            already += 1;
            continue;
        }
        if stage.live() && !fits {
            return Err(invalid(refusal));
        }
        let version = stage.version();
        match how {
            BookingSettled::Waived => {
                let sql = include_str!("../../record/reservation/settle_waived.sql");
                stage.tx.execute(sql, &[(*id).into(), version.into()])?;
            }
            BookingSettled::Paid => {
                let params = [(*id).into(), version.into(), stage.context.now.into()];
                let sql = include_str!("../../record/reservation/settle_paid.sql");
                stage.tx.execute(sql, &params)?;
            }
            BookingSettled::Restored => {
                let sql = include_str!("../../record/reservation/settle_restored.sql");
                stage.tx.execute(sql, &[(*id).into(), version.into()])?;
            }
        }
        changed += 1;
    }
    Ok(done(changed, already))
}

/// What was paid meanwhile, or may still be paid, stays.
pub(super) fn end_unpaid(stage: &mut Stage<'_>, reservations: &[ReservationId]) -> Done {
    if stage.live() && matches!(stage.operation.actor, Actor::Device(_)) {
        return Err(Refusal::Forbidden.into());
    }
    let (mut changed, mut already) = (0, 0);
    let mut days = BTreeSet::new();
    for id in reservations {
        let stood = Stood::get(stage, *id)?;
        let now = stage.context.now;
        let is_over = stood.pay_until.is_some_and(|until| until < now) && stood.paid_at.is_none();
        if stood.cancelled_at.is_some() || (stage.live() && !is_over) {
            already += 1;
            continue;
        }
        write::cancel(stage, *id, Cents::ZERO, Cents::ZERO)?;
        days.insert((stood.site, stood.date));
        changed += 1;
    }
    for (site, date) in days {
        touch::day(stage, site, date)?;
    }
    Ok(done(changed, already))
}
