//! Contradictions and holes of a set of rules, found before it judges anybody.

mod instants;
mod links;
mod parts;
mod tables;

use chrono::NaiveDate;

use super::ground::Ground;
use crate::ids::{ActivityId, FormulaId, SiteId};
use crate::operation::{Entrance, RuleSetRecord, Season};
use crate::time::UtcMs;

/// What rules are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The town: its activities, sites, schools, calendar and closures. Its children and reservations do not matter.
    pub ground: &'a Ground,
    /// The kinds of documents that rules may ask for.
    pub documents: &'a [String],
}

/// How bad a flaw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Families would be judged wrongly: the rules must not go live.
    Error,
    /// Somebody should look at it.
    Warning,
}

/// A table of a set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// From when until when booking is possible.
    Openings,
    /// Until when one may add.
    Add,
    /// Until when one may cancel.
    Cancel,
    /// What a child or a household must be or have.
    Conditions,
    /// How many places there are.
    Places,
    /// What a session costs.
    Prices,
}

/// A line of a table; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineAt {
    /// Of which table.
    pub table: Table,
    /// The how many-th, from 1.
    pub line: usize,
}

/// A session for which two lines say different instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The day of the session.
    pub date: NaiveDate,
    /// What the line that counts says.
    pub counts: UtcMs,
    /// What the other one says.
    pub other: UtcMs,
}

/// A contradiction or a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The set is about nothing.
    NoActivity,
    /// The set is about something that is not offered any more, or never was.
    UnknownActivity(ActivityId),
    /// The set ends before it begins.
    EndsBeforeItBegins,
    /// Another live set about the same activity begins on the same day.
    SameStart {
        /// Its name.
        other: String,
        /// About what.
        activity: ActivityId,
    },
    /// The town has no calendar.
    NoCalendar,
    /// From this day on the calendar is not known, and nothing can be booked.
    CalendarEnds(NaiveDate),
    /// A table of delays is empty: until the session begins.
    NoDelay(Table),
    /// No price is set.
    NoPrice {
        /// It is paid when it is booked.
        at_booking: bool,
    },
    /// Sessions that no line of a table speaks of.
    Uncovered {
        /// Which table.
        table: Table,
        /// Of what.
        activity: ActivityId,
        /// At which site; none: at all.
        site: Option<SiteId>,
        /// In which formula; none: in all.
        formula: Option<FormulaId>,
        /// On which weekdays.
        weekdays: u8,
        /// In which part of the school year.
        season: Season,
        /// It is paid when it is booked.
        at_booking: bool,
    },
    /// Weekdays on which an activity takes place, but for which the set leaves no room in any part of the school year.
    NeverOffered {
        /// Which.
        activity: ActivityId,
        /// On which weekdays.
        weekdays: u8,
    },
    /// A line speaks of no session that takes place.
    SpeaksOfNothing(LineAt),
    /// A line never counts: one before it speaks of the same sessions and says something else.
    Contradiction {
        /// The line that never counts.
        at: LineAt,
        /// The line that counts instead.
        counts: usize,
        /// A session on which they differ.
        example: Option<Example>,
    },
    /// Two lines speak in part of the same sessions and say different things: there, the first counts.
    Overlap {
        /// The line that does not count there.
        at: LineAt,
        /// The line that counts there.
        counts: usize,
    },
    /// A line never counts: one before it says the same.
    Needless {
        /// The line that never counts.
        at: LineAt,
        /// The line that counts instead.
        counts: usize,
    },
    /// A line never counts: those before it speak together of all its sessions.
    NeverReached(LineAt),
    /// Nobody can say when a moment of a line is, for a session of this day.
    NotComputable {
        /// Which line.
        at: LineAt,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// A deadline comes after the session has begun.
    AfterStart {
        /// Which line.
        at: LineAt,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// A deadline comes after the session has ended.
    AfterEnd {
        /// Which line.
        at: LineAt,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// A late stage ends before it begins.
    StageTooEarly {
        /// Of which line.
        at: LineAt,
        /// The how many-th stage, from 1.
        stage: usize,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// What one stage refuses, a later one takes again.
    StageOpensAgain {
        /// Of which line.
        at: LineAt,
        /// The later stage, from 1.
        stage: usize,
        /// By where.
        entrance: Entrance,
    },
    /// A stage says two things of what comes in by one way: the first counts.
    StageTwice {
        /// Of which line.
        at: LineAt,
        /// The how many-th stage, from 1.
        stage: usize,
        /// By where.
        entrance: Entrance,
    },
    /// Booking opens after it closes.
    OpensAfterClosing {
        /// The how many-th opening, from 1.
        line: usize,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// Booking opens when the deadline is past.
    OpensAfterDeadline {
        /// The how many-th opening, from 1.
        line: usize,
        /// For the session of which day.
        date: NaiveDate,
    },
    /// A cost of cancelling where something is added, or the other way round, or more than the whole.
    WrongCost {
        /// Which line.
        at: LineAt,
        /// The how many-th stage, from 1.
        stage: usize,
    },
    /// A group for which no line says how many places it has.
    GroupWithoutPlaces(String),
    /// Places for a group that there is not.
    UnknownGroup {
        /// The how many-th line of places, from 1.
        line: usize,
        /// The group it names.
        name: String,
    },
    /// Two groups have one name.
    GroupTwice(String),
    /// A condition that nobody can meet.
    NobodyMeets(usize),
    /// A document of no known kind.
    UnknownDocument {
        /// The how many-th condition, from 1.
        line: usize,
        /// The kind.
        kind: String,
    },
    /// A link from an activity to itself.
    LinkToItself(usize),
    /// A link from an activity that the set is not about, or to one that is not offered.
    LinkElsewhere(usize),
    /// An activity that needs or brings, through others, itself.
    LinkCycle(ActivityId),
    /// An activity that goes only with another that it excludes.
    LinkContradiction {
        /// Which.
        activity: ActivityId,
        /// The other.
        other: ActivityId,
    },
    /// Two limits of the same: the lower one counts.
    LimitTwice {
        /// The one that never counts, from 1.
        line: usize,
        /// The one that counts, from 1.
        counts: usize,
    },
    /// A limit of none: nobody can book.
    LimitOfNone(usize),
    /// An offered place is kept for no time.
    NoTimeToTake,
    /// What is booked must be paid within no time.
    NoTimeToPay,
}

impl Flaw {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoActivity
            | Self::UnknownActivity(_)
            | Self::EndsBeforeItBegins
            | Self::SameStart { .. }
            | Self::NoCalendar
            | Self::NoPrice { at_booking: true }
            | Self::Contradiction { .. }
            | Self::NotComputable { .. }
            | Self::AfterEnd { .. }
            | Self::StageTooEarly { .. }
            | Self::StageTwice { .. }
            | Self::OpensAfterClosing { .. }
            | Self::OpensAfterDeadline { .. }
            | Self::WrongCost { .. }
            | Self::UnknownGroup { .. }
            | Self::GroupTwice(_)
            | Self::NobodyMeets(_)
            | Self::UnknownDocument { .. }
            | Self::LinkToItself(_)
            | Self::LinkElsewhere(_)
            | Self::LinkContradiction { .. }
            | Self::NoTimeToTake
            | Self::NoTimeToPay => Severity::Error,
            Self::Uncovered {
                table, at_booking, ..
            } if *at_booking && *table == Table::Prices => Severity::Error,
            Self::CalendarEnds(_)
            | Self::NoDelay(_)
            | Self::NoPrice { .. }
            | Self::Uncovered { .. }
            | Self::NeverOffered { .. }
            | Self::SpeaksOfNothing(_)
            | Self::Overlap { .. }
            | Self::Needless { .. }
            | Self::NeverReached(_)
            | Self::AfterStart { .. }
            | Self::StageOpensAgain { .. }
            | Self::GroupWithoutPlaces(_)
            | Self::LinkCycle(_)
            | Self::LimitTwice { .. }
            | Self::LimitOfNone(_) => Severity::Warning,
        }
    }
}

/// The contradictions and holes of a set of rules, as if it were live among the others; errors first.
pub fn check(set: &RuleSetRecord, others: &[RuleSetRecord], facts: &Facts<'_>) -> Vec<Flaw> {
    let ground = as_if_live(set, others, facts.ground);
    let mut flaws = Vec::new();
    parts::check(set, others, facts, &mut flaws);
    links::check(set, &ground, &mut flaws);
    tables::check(set, &ground, &mut flaws);
    if ground.calendar.is_some() && set.until.is_none_or(|until| set.from <= until) {
        instants::check(set, &ground, &mut flaws);
    }
    flaws.sort_by_key(Flaw::severity);
    flaws
}

/// The town without its people, and with the set among those that are live.
fn as_if_live(set: &RuleSetRecord, others: &[RuleSetRecord], ground: &Ground) -> Ground {
    let mut sets: Vec<RuleSetRecord> = others
        .iter()
        .filter(|other| other.id != set.id)
        .cloned()
        .collect();
    sets.push(RuleSetRecord {
        live: true,
        ..set.clone()
    });
    Ground {
        zone: ground.zone,
        calendar: ground.calendar.clone(),
        exceptional: Vec::new(),
        sets,
        activities: ground.activities.clone(),
        services: ground.services.clone(),
        sites: ground.sites.clone(),
        schools: ground.schools.clone(),
        children: Default::default(),
        household: None,
        standing: Vec::new(),
        wishes: Vec::new(),
        taken: Default::default(),
        queues: Default::default(),
        held: Default::default(),
    }
}

#[cfg(test)]
mod tests;
