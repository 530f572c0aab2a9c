//! What a child or a household must be or have.

use chrono::{Datelike, NaiveDate};

use super::super::ground::{ChildFacts, SessionKey};
use super::super::when::school_year_of;
use super::Reason;
use super::index::Index;
use crate::ids::ActivityId;
use crate::operation::{AgeOn, Condition, ConditionRule, Group, RuleSetRecord, Verdict, Way, Why};

/// A condition that is not met, and what becomes of whoever does not meet it.
pub(super) struct Unmet {
    pub(super) reason: Reason,
    /// Accepted or decided on all the same; none: refused.
    pub(super) way: Option<Way>,
}

/// The conditions of a set that are not met.
pub(super) fn unmet<'a>(
    index: &'a Index<'_>,
    set: &'a RuleSetRecord,
    child: &'a ChildFacts,
    session: &'a SessionKey,
) -> impl Iterator<Item = Unmet> + 'a {
    set.conditions
        .iter()
        .filter(|rule| speaks_of(&rule.activities, session.activity))
        .filter_map(|rule| {
            let why = fails(index, rule, child, session)?;
            let way = rule
                .otherwise
                .iter()
                .copied()
                .find(|way| way.entrance == index.asked.entrance && way.verdict != Verdict::Refuse);
            Some(Unmet {
                reason: Reason {
                    words: rule.words.clone(),
                    ..why
                },
                way,
            })
        })
}

fn speaks_of(activities: &[ActivityId], activity: ActivityId) -> bool {
    activities.is_empty() || activities.contains(&activity)
}

fn fails(
    index: &Index<'_>,
    rule: &ConditionRule,
    child: &ChildFacts,
    session: &SessionKey,
) -> Option<Reason> {
    let household = index.ground.household.as_ref();
    match &rule.condition {
        Condition::Age {
            from_months,
            under_months,
            on,
        } => {
            let date = day_of_age(*on, session.date, index);
            let months = months_between(child.born, date);
            let too_young = from_months.filter(|least| months < i64::from(*least));
            let too_old = under_months.filter(|most| months >= i64::from(*most));
            too_young.or(too_old).map(|limit| Reason {
                date: Some(date),
                number: Some(limit.into()),
                ..Reason::of(Why::Age)
            })
        }
        Condition::Schools(schools) => {
            let in_one = child.school.is_some_and(|school| schools.contains(&school));
            (!in_one).then(|| Reason::of(Why::School))
        }
        Condition::Classes(classes) => {
            let in_one = child.class.is_some_and(|class| classes.contains(&class));
            (!in_one).then(|| Reason::of(Why::Class))
        }
        Condition::Levels(levels) => {
            let in_one = child.levels.iter().any(|level| levels.contains(level));
            (!in_one).then(|| Reason::of(Why::Class))
        }
        Condition::Residence(communes) => {
            let lives = household.and_then(|household| household.residence.as_ref());
            let in_one = lives.is_some_and(|lives| communes.contains(lives));
            (!in_one).then(|| Reason::of(Why::Residence))
        }
        Condition::Documents(kinds) => {
            let held = |kind: &String| {
                child
                    .documents
                    .iter()
                    .any(|one| one.kind == *kind && one.until.is_none_or(|until| session.date <= until))
            };
            kinds.iter().find(|kind| !held(kind)).map(|kind| Reason {
                name: Some(kind.clone()),
                date: Some(session.date),
                ..Reason::of(Why::Documents)
            })
        }
        Condition::UnpaidAtMost(most) => {
            let unpaid = household.map(|household| household.unpaid)?;
            (unpaid > *most).then(|| Reason {
                number: Some(unpaid.0),
                ..Reason::of(Why::Unpaid)
            })
        }
    }
}

fn day_of_age(on: AgeOn, date: NaiveDate, index: &Index<'_>) -> NaiveDate {
    match on {
        AgeOn::Session => date,
        AgeOn::SchoolYear => school_year_of(date, index.ground).0,
        AgeOn::CalendarYear => NaiveDate::from_ymd_opt(date.year(), 12, 31).unwrap_or(date),
    }
}

/// Whole months from one day to another.
pub(super) fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month());
    months(to) - months(from) - i64::from(to.day() < from.day())
}

/// The group that a child is counted in on a date: the first of a set's that fits.
pub fn group_of<'s>(child: &ChildFacts, set: &'s RuleSetRecord, date: NaiveDate) -> Option<&'s str> {
    let months = months_between(child.born, date);
    let fits = |group: &&Group| {
        let level = group.levels.is_empty() || child.levels.iter().any(|level| group.levels.contains(level));
        level
            && group.from_months.is_none_or(|least| months >= i64::from(least))
            && group.under_months.is_none_or(|most| months < i64::from(most))
    };
    set.groups.iter().find(fits).map(|group| group.name.as_str())
}
