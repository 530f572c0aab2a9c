//! What marks fold to, per child and activity.

use serde::{Deserialize, Serialize};

use crate::ids::{ActivityId, FormulaId, MarkId, SiteId};
use crate::mark::Reason;
use crate::time::UtcMs;

/// Presence of a child in an activity on a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// The child's stays, oldest first.
    pub intervals: Vec<Interval>,
    /// Set when the child counts as absent.
    pub absence: Option<Absence>,
    /// The formula of the newest mark that names one.
    pub formula: Option<FormulaId>,
    /// The standing marks it comes from, in order of time.
    pub marks: Vec<MarkId>,
    /// Present only because the list was closed (mode *par exception*).
    pub present_by_closing: Option<MarkId>,
}

/// One stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// When it began; `None` where only the departure is tapped, or the arrival was never tapped.
    pub start: Option<UtcMs>,
    /// When it ended; `None` while it lasts.
    pub end: Option<UtcMs>,
    /// How it ended.
    pub ended_by: Option<End>,
}

/// How a stay ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A departure was tapped.
    Out(MarkId),
    /// The child went on to another activity of the site.
    Passage(MarkId),
    /// The child went to another site for the day.
    Transfer(MarkId),
}

/// An absence from a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub reason: Reason,
    /// The mark that says so.
    pub mark: MarkId,
    /// It follows from the closing of the list, not from a tap on the child.
    pub by_closing: bool,
}

/// An absence for the rest of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayAbsence {
    /// From when.
    pub from: UtcMs,
    /// Why.
    pub reason: Reason,
    /// The mark that says so.
    pub mark: MarkId,
    /// Where it was said.
    pub site: SiteId,
    /// On which list it was said.
    pub activity: ActivityId,
}

/// A child sent to another site for the rest of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTransfer {
    /// From when.
    pub at: UtcMs,
    /// Where from.
    pub from: SiteId,
    /// Where to.
    pub to: SiteId,
    /// The mark that says so.
    pub mark: MarkId,
}

/// The state of a row, as screens and tools name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not pointed yet.
    Expected,
    /// Here.
    Present,
    /// Gone.
    Left,
    /// Not coming.
    Absent,
}

impl Presence {
    /// The state it amounts to.
    pub fn state(&self) -> State {
        if self.present_by_closing.is_some() {
            return State::Present;
        }
        match self.intervals.last() {
            Some(last) if last.end.is_none() => State::Present,
            Some(_) => State::Left,
            None if self.absence.is_some() => State::Absent,
            None => State::Expected,
        }
    }

    /// The first arrival.
    pub fn in_at(&self) -> Option<UtcMs> {
        self.intervals.iter().find_map(|i| i.start)
    }

    /// The last departure; `None` while the child is here.
    pub fn out_at(&self) -> Option<UtcMs> {
        self.intervals.last().and_then(|i| i.end)
    }
}
