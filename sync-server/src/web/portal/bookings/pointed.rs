//! What tablets pointed of a family's children, folded day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::fold::{DayAbsence, Fold, Marks, Presence, fold};
use shared::ids::{ActivityId, ChildId};
use shared::mode::Mode;
use shared::operation::ActivityRecord;

/// What was pointed.
pub(super) struct Pointed(BTreeMap<NaiveDate, Fold>);

impl Pointed {
    /// Folds it. `names` says who a child that nobody knew turned out to be.
    pub(super) fn of(
        marks: BTreeMap<NaiveDate, Marks>,
        names: &BTreeMap<NaiveDate, BTreeMap<ChildId, ChildId>>,
        activities: &BTreeMap<ActivityId, ActivityRecord>,
    ) -> Self {
        let modes: BTreeMap<ActivityId, Mode> = activities.iter().map(|(id, one)| (*id, one.mode)).collect();
        let none = BTreeMap::new();
        let fold_day = |(date, marks): (NaiveDate, Marks)| {
            let marks = marks.known_as(names.get(&date).unwrap_or(&none));
            (date, fold(&marks, &modes))
        };
        Self(marks.into_iter().map(fold_day).collect())
    }

    /// What is known of a child in an activity on a day.
    pub(super) fn presence(
        &self,
        date: NaiveDate,
        child: ChildId,
        activity: ActivityId,
    ) -> Option<&Presence> {
        let all = self.0.get(&date)?.presences.iter();
        let mut of_both = all.filter(|((_, who, what), _)| *who == child && *what == activity);
        of_both.next_back().map(|(_, presence)| presence)
    }

    /// The rest of a day for which a child was said to be absent.
    pub(super) fn day_absence(&self, date: NaiveDate, child: ChildId) -> Option<&DayAbsence> {
        self.0.get(&date)?.day_absences.get(&child)
    }

    /// The activities in which a child was pointed on a day.
    pub(super) fn activities_of(&self, date: NaiveDate, child: ChildId) -> BTreeSet<ActivityId> {
        let presences = self.0.get(&date).into_iter().flat_map(|day| &day.presences);
        presences
            .filter(|((_, who, _), presence)| *who == child && !presence.marks.is_empty())
            .map(|((_, _, activity), _)| *activity)
            .collect()
    }
}
