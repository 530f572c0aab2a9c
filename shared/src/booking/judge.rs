//! What becomes of wishes.

mod basis;
mod cell;
mod checks;
mod conditions;
mod cost;
mod index;
mod limits;
mod line;
mod links;
mod place;
#[cfg(test)]
mod tests;
mod timing;
mod whole;

use chrono::NaiveDate;

pub use self::cell::{Cell, Cells, Choice, cell};
pub use self::conditions::group_of;
pub use self::links::brings;
pub use self::place::full;

use self::index::Index;
use self::line::Wish;
use self::whole::{Line, run};

use super::ground::{Ground, GroupName, SessionKey};
use crate::ids::{ChildId, FormulaId, ReservationId, WishId};
use crate::money::Cents;
use crate::operation::{Entrance, Priced, Why};
use crate::time::UtcMs;

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A reservation.
    Add {
        /// For whom.
        child: ChildId,
        /// Of what.
        session: SessionKey,
        /// How it is taken.
        formula: Option<FormulaId>,
        /// The reservation with another formula that gives way.
        replaces: Option<ReservationId>,
        /// The wish whose offer is taken.
        wish: Option<WishId>,
    },
    /// No reservation any more.
    Cancel {
        /// Which.
        reservation: ReservationId,
    },
}

/// How wishes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When they came in.
    pub now: UtcMs,
    /// By where.
    pub entrance: Entrance,
    /// The town hall goes beyond its rules by name; what is strict holds all the same.
    pub beyond: bool,
}

/// What becomes of a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What becomes of it.
    pub sentence: Sentence,
    /// The last instant at which it can be had as it is now: the deadline that comes next.
    pub until: Option<UtcMs>,
    /// The rule that counted, in the town's words.
    pub rule: Option<String>,
    /// The group whose place it takes, where places are counted in groups.
    pub group: Option<GroupName>,
    /// What the town hall would go beyond, where it does.
    pub overruled: Vec<Reason>,
}

/// What becomes of a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// It is booked.
    Book {
        /// At this price.
        priced: Priced,
        /// To be paid by then.
        due_at: Option<UtcMs>,
    },
    /// The town hall decides.
    Request {
        /// At this price.
        priced: Priced,
        /// Why it is not booked straight away.
        reason: Reason,
    },
    /// It waits for a place.
    Wait {
        /// At this price.
        priced: Priced,
        /// As the how many-th, from 1.
        rank: u32,
    },
    /// It is cancelled.
    Cancel {
        /// What is due all the same.
        due: Cents,
        /// What was paid is credited.
        credited: Cents,
        /// It is due no longer with a certificate within so many days after the session.
        excused_within_days: Option<u16>,
    },
    /// The town hall decides whether it is cancelled.
    RequestCancel {
        /// What is due all the same if it says yes.
        due: Cents,
        /// Why it is not cancelled straight away.
        reason: Reason,
    },
    /// No.
    Refuse(Reason),
}

/// Why, with what a sentence about it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Why.
    pub why: Why,
    /// The instant it turns on: the deadline that passed, the opening to come.
    pub at: Option<UtcMs>,
    /// The day it turns on.
    pub date: Option<NaiveDate>,
    /// A number it turns on: the limit, the places, the age in months, the cents.
    pub number: Option<i64>,
    /// A name it turns on: the other activity, the document, the holiday, the site.
    pub name: Option<String>,
    /// How the town puts it.
    pub words: Option<String>,
    /// Whoever calls may still be helped.
    pub call: bool,
}

impl Reason {
    /// With nothing beside it.
    pub const fn of(why: Why) -> Self {
        Self {
            why,
            at: None,
            date: None,
            number: None,
            name: None,
            words: None,
            call: false,
        }
    }
}

/// Judges wishes as one whole: each in the light of the others, in their order. One answer each.
///
/// Cancellations are judged first, so that places that they give back count; then reservations in their order. A line
/// that goes only with another is refused where that one is, and those after it are judged without it.
pub fn judge(wanted: &[Wanted], ground: &Ground, asked: Asked) -> Vec<Judged> {
    let index = Index::new(ground, asked);
    let lines: Vec<Line<'_>> = wanted.iter().map(|one| line_of(&index, one)).collect();
    run(&index, &lines)
}

fn line_of<'g>(index: &Index<'g>, wanted: &Wanted) -> Line<'g> {
    match *wanted {
        // Whose offer is taken is read from the record: a wish that is named makes no difference to what becomes of it.
        Wanted::Add {
            child,
            session,
            formula,
            replaces,
            wish: _,
        } => Line::Add(Box::new(line::add(
            index,
            Wish {
                child,
                session,
                formula,
                replaces,
            },
        ))),
        Wanted::Cancel { reservation } => Line::Cancel(Box::new(line::cancel(index, reservation))),
    }
}
