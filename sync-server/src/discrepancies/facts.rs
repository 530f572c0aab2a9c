//! All that a date is judged by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::codec::Minute;
use shared::day_list::DayList;
use shared::fold::{Marks, Modes};
use shared::ids::{ActivityId, ChildId, MarkId};
use shared::mode::Mode;
use shared::time::UtcMs;

use super::evidence::Received;

/// When an activity takes place, and how it is pointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// How it is pointed.
    pub mode: Mode,
    /// When it opens.
    pub opens: Minute,
    /// When it closes.
    pub closes: Minute,
}

/// Everything known of one date of a commune.
#[derive(Clone, Debug)]
pub struct DayFacts {
    /// The date.
    pub date: NaiveDate,
    /// The commune's zone.
    pub zone: Tz,
    /// When it is judged.
    pub now: UtcMs,
    /// Every activity of the commune.
    pub hours: BTreeMap<ActivityId, Hours>,
    /// The calendar says that nothing is open: a public holiday, or a day the commune closed.
    pub closed: bool,
    /// The day list of each site.
    pub lists: Vec<DayList>,
    /// The marks of all sites, as they were made.
    pub marks: Marks,
    /// Unknown children and who they are.
    pub aliases: BTreeMap<ChildId, ChildId>,
    /// The children of those marks that the record knows.
    pub known: BTreeSet<ChildId>,
    /// How each mark came, one for each of its values.
    pub received: BTreeMap<MarkId, Vec<Received>>,
}

impl DayFacts {
    /// The pointing modes.
    pub(super) fn modes(&self) -> Modes {
        self.hours.iter().map(|(id, hours)| (*id, hours.mode)).collect()
    }

    /// When an activity closes on the date.
    pub(super) fn ends_at(&self, activity: ActivityId) -> Option<UtcMs> {
        let hours = self.hours.get(&activity)?;
        Some(UtcMs::at_civil(self.date, hours.closes.time(), self.zone))
    }

    /// Whether nothing more is expected of an activity.
    pub(super) fn is_over(&self, activity: ActivityId) -> bool {
        self.ends_at(activity)
            .is_some_and(|ends| self.now >= ends.plus_ms(super::GRACE_MS))
    }
}
