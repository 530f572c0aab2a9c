//! What people did since the loss, and what waits for them, as the record has it.

use std::collections::{BTreeMap, BTreeSet};

use shared::ids::ReservationId;
use shared::operation::{Actor, Body, ReservationLine, TakenBack, decode_body};

use super::facts::Key;
use crate::corridor::journal;
use crate::returns;
use crate::store::{Read, Row, StoreError};

/// Journal entries read at once.
const PAGE: u64 = 500;

/// What reservations are about, by their ids.
pub(super) type Reservations = BTreeMap<ReservationId, returns::Key>;

/// What is waiting and what was done.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    /// Both sides are shown, nobody has decided yet.
    pub(super) open: BTreeSet<Key>,
    /// Both sides were shown, somebody decided.
    pub(super) settled: BTreeSet<Key>,
    /// People worked on it since.
    pub(super) touched: BTreeSet<Key>,
}

/// Reads it. `fork` is the newest entry that came back with the backup; `known` are the reservations of the history
/// that was lost.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn read(tx: &mut dyn Read, fork: u64, known: &Reservations) -> Result<Account, StoreError> {
    let mut account = Account::default();
    for row in tx.query(include_str!("sql/lost.sql"), &[])? {
        let Some(Ok(body)) = row.opt(0, Row::bytes)?.as_deref().map(decode_body) else {
            continue;
        };
        let keys = keys_of(&body, known);
        if row.is_null(1) {
            account.open.extend(keys);
        } else {
            account.settled.extend(keys);
        }
    }
    let mut after = fork;
    loop {
        let page = journal::page(tx, after, PAGE)?;
        let Some((last, _)) = page.last() else {
            break;
        };
        after = last.header.seq;
        for (entry, _) in &page {
            let header = &entry.header;
            if header.origin.is_some() || !matches!(header.actor, Actor::Agent(_) | Actor::Host) {
                continue;
            }
            if let Some(Ok(body)) = entry.body.as_deref().map(decode_body) {
                account.touched.extend(keys_of(&body, known));
            }
        }
    }
    // What signed lists prove and somebody decided otherwise since: the page of the return shows both.
    if returns::newest(tx)?.is_some() {
        let ground = returns::ground(tx)?;
        for proposal in returns::proposals(&ground.evidence.lists, &ground.held) {
            account
                .open
                .insert(proposed(&proposal.taken_back, &proposal.line));
        }
    }
    Ok(account)
}

fn proposed(taken_back: &TakenBack, line: &ReservationLine) -> Key {
    match taken_back {
        TakenBack::Made { .. } | TakenBack::Changed { .. } => Key::Booking(returns::key(line)),
        TakenBack::Cancelled { reservation, .. } => Key::Cancellation(*reservation),
    }
}

/// The things that an operation speaks of.
pub(super) fn keys_of(body: &Body, known: &Reservations) -> Vec<Key> {
    match body {
        Body::Reserve { lines } => lines
            .iter()
            .map(|line| Key::Booking(returns::key(line)))
            .collect(),
        Body::CancelReservations { reservations } => reservations
            .iter()
            .flat_map(|id| {
                let booking = known.get(id).map(|about| Key::Booking(*about));
                booking.into_iter().chain([Key::Cancellation(*id)])
            })
            .collect(),
        Body::TakeBackReservations { lines } => lines
            .iter()
            .flat_map(|line| match line {
                TakenBack::Made { line, .. } | TakenBack::Changed { line, .. } => {
                    vec![Key::Booking(returns::key(line))]
                }
                TakenBack::Cancelled { reservation, .. } => vec![Key::Cancellation(*reservation)],
            })
            .collect(),
        Body::PutHousehold { household } => vec![Key::Household(household.id)],
        Body::PutChild { child } => vec![Key::Child(child.id)],
        Body::PutActivity { activity } => vec![Key::Activity(activity.id)],
        Body::PutExceptionalDay { day } => vec![Key::Day(day.id)],
        Body::RemoveExceptionalDay { day } => vec![Key::Day(*day)],
        Body::PutAgent { agent } => vec![Key::Agent(agent.id)],
        Body::SetAgentPassword { agent, .. } => vec![Key::Agent(*agent)],
        _ => Vec::new(),
    }
}
