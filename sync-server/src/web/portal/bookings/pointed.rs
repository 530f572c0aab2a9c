//! What tablets pointed of a family's children: read at the sites where they go, folded day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::fold::{DayAbsence, Fold, Marks, Presence, fold};
use shared::ids::{ActivityId, ChildId, GuardianId, MarkId, SiteId};
use shared::mark::unpack;
use shared::mode::Mode;
use shared::operation::ActivityRecord;

use crate::record;
use crate::store::{Read, StoreError};

/// What was pointed between two dates.
pub(super) struct Pointed {
    days: BTreeMap<NaiveDate, Fold>,
    activities: Vec<ActivityRecord>,
}

impl Pointed {
    /// Reads and folds it. The marks of other children are read with them, as one list is one document, and go no
    /// further than this.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn read(
        tx: &mut dyn Read,
        guardian: GuardianId,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Self, StoreError> {
        let activities: Vec<ActivityRecord> =
            record::activities(tx)?.into_iter().map(|(one, _)| one).collect();
        let mut days: BTreeMap<NaiveDate, Marks> = BTreeMap::new();
        let between = [guardian.into(), from.into(), until.into()];
        for row in tx.query(include_str!("sql/sites.sql"), &between)? {
            let site = SiteId(row.uuid(0)?);
            let params = [site.into(), from.into(), until.into()];
            for row in tx.query(include_str!("sql/marks.sql"), &params)? {
                let mark = unpack(&row.bytes(2)?).map_err(|e| StoreError::Damaged(e.to_string()))?;
                days.entry(row.date(0)?)
                    .or_default()
                    .add(site, MarkId(row.uuid(1)?), mark);
            }
        }
        let mut names: BTreeMap<NaiveDate, BTreeMap<ChildId, ChildId>> = BTreeMap::new();
        for row in tx.query(include_str!("sql/aliases.sql"), &between)? {
            let (unknown, child) = (ChildId(row.uuid(1)?), ChildId(row.uuid(2)?));
            names.entry(row.date(0)?).or_default().insert(unknown, child);
        }
        let modes: BTreeMap<ActivityId, Mode> = activities.iter().map(|one| (one.id, one.mode)).collect();
        let none = BTreeMap::new();
        let fold_day = |(date, marks): (NaiveDate, Marks)| {
            let marks = marks.known_as(names.get(&date).unwrap_or(&none));
            (date, fold(&marks, &modes))
        };
        Ok(Self {
            days: days.into_iter().map(fold_day).collect(),
            activities,
        })
    }

    /// What is known of a child in an activity on a day.
    pub(super) fn presence(
        &self,
        date: NaiveDate,
        child: ChildId,
        activity: ActivityId,
    ) -> Option<&Presence> {
        let all = self.days.get(&date)?.presences.iter();
        let mut of_both = all.filter(|((_, who, what), _)| *who == child && *what == activity);
        of_both.next_back().map(|(_, presence)| presence)
    }

    /// The rest of a day for which a child was said to be absent.
    pub(super) fn day_absence(&self, date: NaiveDate, child: ChildId) -> Option<&DayAbsence> {
        self.days.get(&date)?.day_absences.get(&child)
    }

    /// The activities in which a child was pointed on a day, in the order of the day.
    pub(super) fn activities_of(&self, date: NaiveDate, child: ChildId) -> Vec<&ActivityRecord> {
        let Some(day) = self.days.get(&date) else {
            return Vec::new();
        };
        let pointed: BTreeSet<ActivityId> = day
            .presences
            .iter()
            .filter(|((_, who, _), presence)| *who == child && !presence.marks.is_empty())
            .map(|((_, _, activity), _)| *activity)
            .collect();
        let mut all: Vec<&ActivityRecord> = self
            .activities
            .iter()
            .filter(|one| pointed.contains(&one.id))
            .collect();
        all.sort_by(|a, b| (a.opens, &a.slug).cmp(&(b.opens, &b.slug)));
        all
    }
}
