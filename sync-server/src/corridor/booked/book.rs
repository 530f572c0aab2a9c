//! What families book and cancel.

use std::collections::BTreeSet;

use shared::ids::SiteId;
use shared::operation::{
    Actor, Ask, BookingLine, BookingRecord, Capability, Channel, Decided, Entrance, Outcome, Refusal,
};

use super::stood::Stood;
use super::write::{Agreed, Wish, WishFor};
use super::{Done, compare, write};
use crate::corridor::accounts;
use crate::corridor::bookings::{self, Line};
use crate::corridor::places::known;
use crate::corridor::recovery::open;
use crate::corridor::{CorridorError, Effect, Stage, touch};
use crate::rules::groups::Groups;

/// Most lines of one booking: a school year of five activities for four children.
const MOST_LINES: usize = 5_000;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

/// Where it is live, the decision of each line must be what the record says now. Whatever was refused stays in the
/// journal, as the family's recap; the rest is written.
pub(super) fn book(stage: &mut Stage<'_>, booking: &BookingRecord) -> Done {
    let version = include_str!("../../record/household/version.sql");
    known(stage, version, booking.household.into(), "ce foyer")?;
    if stage.live() {
        let entrance = admitted(stage, booking)?;
        open(stage, Capability::Reservation)?;
        compare::compare(stage, booking, entrance)?;
    }
    let mut writing = Writing {
        booking,
        groups: groups(stage, booking)?,
        days: BTreeSet::new(),
        known: BTreeSet::new(),
        changed: 0,
        already: 0,
    };
    // A place that is given back may be taken by another line.
    for line in &booking.lines {
        if matches!(line.ask, Ask::Cancel { .. }) {
            writing.cancel(stage, line)?;
        }
    }
    for line in &booking.lines {
        if matches!(line.ask, Ask::Add { .. }) {
            writing.add(stage, line)?;
        }
    }
    for (site, date) in writing.days {
        touch::day(stage, site, date)?;
    }
    Ok(Effect::Changed(Outcome::Reserved {
        changed: writing.changed,
        already: writing.already,
    }))
}

/// By where it comes in, if whoever asks may.
fn admitted(stage: &mut Stage<'_>, booking: &BookingRecord) -> Result<Entrance, CorridorError> {
    if booking.lines.is_empty() {
        return Err(invalid("Votre panier est vide."));
    }
    if booking.lines.len() > MOST_LINES {
        return Err(invalid("Il y a trop de lignes : validez en plusieurs fois."));
    }
    if let Some(guardian) = booking.guardian {
        let account = accounts::own(stage, guardian)?;
        if account.household != booking.household {
            return Err(Refusal::Forbidden.into());
        }
    }
    let entrance = match stage.operation.actor {
        Actor::Guardian(actor) => {
            accounts::standing(stage, actor)?;
            let is_of_desk = booking.beyond.is_some() || booking.told_with.is_some();
            if booking.guardian != Some(actor) || is_of_desk {
                return Err(Refusal::Forbidden.into());
            }
            Entrance::Portal
        }
        Actor::Device(_) => return Err(Refusal::Forbidden.into()),
        Actor::Agent(_) | Actor::Host | Actor::System if stage.operation.channel == Channel::Phone => {
            Entrance::Phone
        }
        Actor::Agent(_) | Actor::Host | Actor::System => Entrance::Desk,
    };
    match &booking.beyond {
        Some(words) if words.trim().is_empty() => {
            Err(invalid("Dites pourquoi les règles ne s’appliquent pas."))
        }
        Some(words) if words.chars().count() > LONGEST_REASON => {
            Err(invalid("Ce texte est trop long : 500 caractères au plus."))
        }
        _ => Ok(entrance),
    }
}

fn groups(stage: &mut Stage<'_>, booking: &BookingRecord) -> Result<Groups, CorridorError> {
    let children = booking.lines.iter().filter_map(|line| match &line.ask {
        Ask::Add { line, .. } => Some(line.child),
        Ask::Cancel { .. } => None,
    });
    Ok(Groups::read(stage.tx, &children.collect())?)
}

/// A booking as it is written.
struct Writing<'b> {
    booking: &'b BookingRecord,
    groups: Groups,
    days: BTreeSet<(SiteId, chrono::NaiveDate)>,
    known: BTreeSet<uuid::Uuid>,
    changed: u32,
    already: u32,
}

impl Writing<'_> {
    fn count(&mut self, was_new: bool) {
        if was_new {
            self.changed += 1;
        } else {
            self.already += 1;
        }
    }

    fn cancel(&mut self, stage: &mut Stage<'_>, line: &BookingLine) -> Result<(), CorridorError> {
        let Ask::Cancel { reservation } = line.ask else {
            return Ok(());
        };
        match &line.decided {
            Decided::Cancelled { due, credited } => {
                let stood = Stood::get(stage, reservation)?;
                let is_new = stood.cancelled_at.is_none();
                if is_new {
                    write::cancel(stage, reservation, *due, *credited)?;
                    self.days.insert((stood.site, stood.date));
                }
                self.count(is_new);
            }
            Decided::CancelRequested { wish, due } => {
                let stood = Stood::get(stage, reservation)?;
                let wish = Wish {
                    id: *wish,
                    kind: WishFor::Cancel(*due),
                    child: stood.child,
                    session: (stood.activity, stood.site, stood.date),
                    formula: None,
                    group: None,
                    about: Some(reservation),
                };
                let is_new = write::wish(stage, &wish, self.booking)?;
                self.count(is_new);
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, stage: &mut Stage<'_>, asked: &BookingLine) -> Result<(), CorridorError> {
        let Ask::Add { line, replaces, .. } = &asked.ask else {
            return Ok(());
        };
        let group = self.groups.of(line.child, line.activity, line.date);
        let kind = match &asked.decided {
            Decided::Booked { priced, due_at } => {
                bookings::check(stage, line, &mut self.known)?;
                // What gives way goes first: one stands at a time.
                if let Some(replaced) = replaces {
                    let stood = Stood::get(stage, *replaced)?;
                    if stood.cancelled_at.is_none() {
                        write::cancel(stage, *replaced, shared::money::Cents::ZERO, stood.paid())?;
                        self.days.insert((stood.site, stood.date));
                    }
                }
                let written = Line {
                    line,
                    household: line.household.or(Some(self.booking.household)),
                    group,
                    agreed: Some(Agreed {
                        priced: *priced,
                        due_at: *due_at,
                    }),
                };
                let is_new = bookings::put(stage, &written)?;
                if is_new {
                    write::fulfil(stage, line)?;
                    self.days.insert((line.site, line.date));
                }
                self.count(is_new);
                return Ok(());
            }
            Decided::Requested { wish, priced } => (*wish, WishFor::Add(*priced)),
            Decided::Waiting { wish, priced } => (*wish, WishFor::Place(*priced)),
            _ => return Ok(()),
        };
        bookings::check(stage, line, &mut self.known)?;
        let wish = Wish {
            id: kind.0,
            kind: kind.1,
            child: line.child,
            session: (line.activity, line.site, line.date),
            formula: line.formula,
            group,
            about: *replaces,
        };
        let is_new = write::wish(stage, &wish, self.booking)?;
        self.count(is_new);
        Ok(())
    }
}
