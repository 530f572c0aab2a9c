//! What became of a booking, as its recap and its letter tell it: read from the journal, with the names of now.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono_tz::Tz;
use server_ui::portal::cart::{Came, Recap, RecapLine};
use shared::codec::{decode, encode};
use shared::ids::{ActivityId, ChildId, FormulaId, OperationId, ReservationId, WishId};
use shared::money::Cents;
use shared::operation::{Actor, Ask, Body, BookingLine, BookingRecord, Decided, Priced, decode_body};
use shared::time::UtcMs;
use shared::words::{date_time, day, hour_or_full};

use crate::record;
use crate::store::{Read, Row, StoreError};

/// A booking of the journal.
#[derive(Clone, Debug)]
pub struct Booked {
    /// Who booked.
    pub actor: Actor,
    /// When.
    pub at: UtcMs,
    /// What, and what became of it.
    pub booking: BookingRecord,
}

/// The booking of an operation; `None` where it is none, was erased or does not exist. What one form of the town hall
/// made in two is one.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn booked<R: Read + ?Sized>(tx: &mut R, id: OperationId) -> Result<Option<Booked>, StoreError> {
    let Some(mut whole) = entered(tx, id)? else {
        return Ok(None);
    };
    let Some(other) = whole.booking.told_with else {
        return Ok(Some(whole));
    };
    let whose = |one: &Booked| (encode(&one.actor), one.booking.household, one.booking.guardian);
    if let Some(other) = entered(tx, other)?
        && other.booking.told_with == Some(id)
        && whose(&other) == whose(&whole)
    {
        whole.booking.lines.extend(other.booking.lines);
        whole.booking.beyond = whole.booking.beyond.or(other.booking.beyond);
    }
    Ok(Some(whole))
}

fn entered<R: Read + ?Sized>(tx: &mut R, id: OperationId) -> Result<Option<Booked>, StoreError> {
    let Some(row) = tx.first(include_str!("sql/booking.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let Some(Ok(Body::Book { booking })) = row.opt(2, Row::bytes)?.map(|body| decode_body(&body)) else {
        return Ok(None);
    };
    Ok(Some(Booked {
        actor: decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string()))?,
        at: UtcMs(row.int(1)?),
        booking,
    }))
}

/// It in words.
///
/// # Errors
/// See [`booked`].
pub fn recap(tx: &mut dyn Read, zone: Tz, booked: &Booked) -> Result<Recap, StoreError> {
    let names = Names::read(tx)?;
    let mut children = BTreeMap::new();
    let mut lines = Vec::with_capacity(booked.booking.lines.len());
    for line in &booked.booking.lines {
        let (child, activity, date, formula, replaces) = match &line.ask {
            Ask::Add { line, replaces, .. } => (
                line.child,
                line.activity,
                line.date,
                line.formula,
                replaces.is_some(),
            ),
            Ask::Cancel { reservation } => match session_of(tx, *reservation)? {
                Some((child, activity, date, formula)) => (child, activity, date, formula, false),
                None => continue,
            },
        };
        let waived = is_waived(tx, line)?;
        let pay_until = match &line.decided {
            Decided::Booked { due_at, .. } => due_at.map(|at| date_time(at, zone)),
            _ => None,
        };
        let came = match &line.decided {
            Decided::Booked { priced, .. } => {
                let priced = if waived { in_time(priced) } else { *priced };
                if replaces {
                    Came::Changed(priced)
                } else {
                    Came::Added(priced)
                }
            }
            Decided::Requested { priced, .. } => Came::Requested(*priced),
            Decided::Waiting { wish, priced } => Came::Waiting(rank(tx, *wish)?, *priced),
            Decided::Cancelled { credited, .. } if waived => Came::Removed(Cents::ZERO, *credited),
            Decided::Cancelled { due, credited } => Came::Removed(*due, *credited),
            Decided::CancelRequested { due, .. } => Came::CancelRequested(*due),
            Decided::Refused { words, .. } => Came::Refused(words.clone()),
        };
        let name = match children.get(&child) {
            Some(name) => String::clone(name),
            None => {
                let row = tx.first(include_str!("sql/child_name.sql"), &[child.into()])?;
                let name = row.map(|row| row.text(0)).transpose()?.unwrap_or_default();
                children.insert(child, name.clone());
                name
            }
        };
        lines.push(RecapLine {
            child: name,
            what: names.of(activity, formula),
            date,
            came,
            pay_until,
        });
    }
    lines.sort_by(|a, b| (&a.child, a.date).cmp(&(&b.child, b.date)));
    let date = booked.at.date_in(zone);
    Ok(Recap {
        lines,
        when: server_ui::portal::account::moment_words(
            &format!("{} {}", day(date), date.year()),
            &hour_or_full(booked.at.time_in(zone)),
        ),
        by_town: matches!(booked.actor, Actor::Agent(_)),
        beyond: booked.booking.beyond.clone(),
    })
}

/// Whether the town hall waived by now what a line costs beside its price.
fn is_waived(tx: &mut dyn Read, line: &BookingLine) -> Result<bool, StoreError> {
    let id = match (&line.ask, &line.decided) {
        (Ask::Add { line, .. }, Decided::Booked { priced, .. }) if priced.surcharge > Cents::ZERO => line.id,
        (Ask::Cancel { reservation }, Decided::Cancelled { due, .. }) if *due > Cents::ZERO => *reservation,
        _ => return Ok(false),
    };
    let row = tx.first(include_str!("sql/waived.sql"), &[id.into()])?;
    row.map_or(Ok(false), |row| row.flag(0))
}

/// A price without what lateness makes of it.
pub(crate) fn in_time(priced: &Priced) -> Priced {
    Priced {
        base: priced.base,
        surcharge: Cents::ZERO,
        total: priced.base.unwrap_or(Cents::ZERO),
    }
}

/// Names of activities and formulas.
pub(crate) struct Names {
    activities: BTreeMap<ActivityId, String>,
    formulas: BTreeMap<FormulaId, String>,
}

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// See [`booked`].
    pub(crate) fn read(tx: &mut dyn Read) -> Result<Self, StoreError> {
        let mut names = Self {
            activities: BTreeMap::new(),
            formulas: BTreeMap::new(),
        };
        for (activity, _) in record::activities(tx)? {
            for formula in activity.formulas {
                names.formulas.insert(formula.id, formula.name);
            }
            names.activities.insert(activity.id, activity.name);
        }
        Ok(names)
    }

    /// The activity, with its formula.
    pub(crate) fn of(&self, activity: ActivityId, formula: Option<FormulaId>) -> String {
        let name = self.activities.get(&activity).cloned().unwrap_or_default();
        match formula.and_then(|formula| self.formulas.get(&formula)) {
            Some(formula) => server_ui::portal::cart::with_formula(&name, formula),
            None => name,
        }
    }
}

type Session = (ChildId, ActivityId, chrono::NaiveDate, Option<FormulaId>);

fn session_of(tx: &mut dyn Read, id: ReservationId) -> Result<Option<Session>, StoreError> {
    let row = tx.first(include_str!("sql/reservation.sql"), &[id.into()])?;
    row.map(|row| {
        Ok((
            ChildId(row.uuid(0)?),
            ActivityId(row.uuid(1)?),
            row.date(2)?,
            row.opt(3, Row::uuid)?.map(FormulaId),
        ))
    })
    .transpose()
}

/// As the how many-th a wish waits by now; `None` where it waits no more.
pub(crate) fn rank(tx: &mut dyn Read, wish: WishId) -> Result<Option<u32>, StoreError> {
    let row = tx.first(include_str!("sql/rank.sql"), &[wish.into()])?;
    let rank = row.map_or(Ok(0), |row| row.count(0))?;
    Ok(u32::try_from(rank).ok().filter(|rank| *rank > 0))
}
