//! Bookings by rules, and what becomes of what was asked for, as lines of a family's history.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use server_ui::portal::account::{Deed, HistoryKind, Step};
use shared::ids::{ActivityId, ChildId, WishId};
use shared::operation::{Ask, Body, BookingRecord, BookingSettled, Decided};

use super::lines::{Worder, named};
use crate::store::{Read, StoreError};

/// Of whom, in what and when.
type Session = (ChildId, ActivityId, NaiveDate);

/// What a line comes to, in the order in which it is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    Reserved,
    Cancelled,
    To(Step),
}

impl Worder<'_> {
    /// The deeds of an entry about bookings that whoever reads may see.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn of_booking(
        &self,
        tx: &mut dyn Read,
        body: &Body,
    ) -> Result<Vec<(HistoryKind, Deed)>, StoreError> {
        Ok(match body {
            Body::Book { booking } => {
                let mut deeds = Vec::new();
                for (came, sessions) in sorted(tx, booking)? {
                    deeds.extend(self.told(came, sessions));
                }
                deeds
            }
            Body::DecideWishes { wishes, accepted, .. } => {
                let step = if *accepted { Step::Accepted } else { Step::Declined };
                self.told(Came::To(step), wished(tx, wishes)?)
            }
            Body::WithdrawWishes { wishes } => self.told(Came::To(Step::Withdrawn), wished(tx, wishes)?),
            Body::EndWishes { wishes } => self.told(Came::To(Step::Ended), wished(tx, wishes)?),
            Body::OfferPlaces { offers } => {
                let wishes: Vec<WishId> = offers.iter().map(|offer| offer.wish).collect();
                self.told(Came::To(Step::Offered), wished(tx, &wishes)?)
            }
            Body::SettleBookings {
                reservations, how, ..
            } => {
                let step = match how {
                    BookingSettled::Waived => Step::Waived,
                    BookingSettled::Paid => Step::Paid,
                    BookingSettled::Restored => Step::Restored,
                };
                self.told(Came::To(step), named(tx, reservations)?)
            }
            Body::EndUnpaid { reservations } => {
                self.told(Came::To(Step::GivenBack), named(tx, reservations)?)
            }
            _ => Vec::new(),
        })
    }

    fn told(&self, came: Came, sessions: Vec<Session>) -> Vec<(HistoryKind, Deed)> {
        self.booked(self.lots(sessions.into_iter()), |child, what, when| match came {
            Came::Reserved => Deed::Reserved(child, what, when),
            Came::Cancelled => Deed::Cancelled(child, what, when),
            Came::To(step) => Deed::Booking(step, child, what, when),
        })
    }
}

/// The lines of a booking by what became of them.
fn sorted(tx: &mut dyn Read, booking: &BookingRecord) -> Result<BTreeMap<Came, Vec<Session>>, StoreError> {
    let mut all: BTreeMap<Came, Vec<Session>> = BTreeMap::new();
    for line in &booking.lines {
        let came = match line.decided {
            Decided::Booked { .. } => Came::Reserved,
            Decided::Cancelled { .. } => Came::Cancelled,
            Decided::Requested { .. } => Came::To(Step::Asked),
            Decided::Waiting { .. } => Came::To(Step::Waits),
            Decided::CancelRequested { .. } => Came::To(Step::CancelAsked),
            Decided::Refused { .. } => Came::To(Step::Refused),
        };
        let sessions = match &line.ask {
            Ask::Add { line, .. } => vec![(line.child, line.activity, line.date)],
            Ask::Cancel { reservation } => named(tx, &[*reservation])?,
        };
        all.entry(came).or_default().extend(sessions);
    }
    Ok(all)
}

/// Of whom, in what and when some wishes were.
fn wished(tx: &mut dyn Read, wishes: &[WishId]) -> Result<Vec<Session>, StoreError> {
    let mut all = Vec::new();
    for id in wishes {
        let sql = include_str!("../../../record/wish/whose.sql");
        if let Some(row) = tx.first(sql, &[(*id).into()])? {
            all.push((ChildId(row.uuid(0)?), ActivityId(row.uuid(1)?), row.date(2)?));
        }
    }
    Ok(all)
}
