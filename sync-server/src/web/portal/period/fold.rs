//! A plan as a family reads it: what will be added, and what cannot be and why, with its dates folded. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use server_ui::portal::period::{
    Because, DayChange, Difference, Differs, Fold, MonthDays, Refused, RefusedLine, Taken, TakenKind,
    TakenLine, Tally,
};
use shared::booking::{Ground, Judged, Sentence, Standing};
use shared::calendar::Calendar;
use shared::ids::{ActivityId, ChildId, FormulaId};
use shared::money::Cents;
use shared::operation::Why;

use super::plan::{Fate, Plan, Step, What};

/// Whose, and of what.
type Subject = (ChildId, ActivityId);

/// What would be taken of a step, and what it costs.
pub(super) fn taken_of(judged: &Judged) -> Option<(TakenKind, Cents, Cents)> {
    Some(match &judged.sentence {
        Sentence::Book { priced, .. } if priced.surcharge == Cents::ZERO => {
            (TakenKind::Booked, priced.total, Cents::ZERO)
        }
        Sentence::Book { priced, .. } => (TakenKind::Late, priced.total, priced.more_than_in_time()),
        Sentence::Request { priced, .. } => (TakenKind::Requested, priced.total, priced.more_than_in_time()),
        Sentence::Wait { priced, .. } => (TakenKind::Waiting, priced.total, priced.more_than_in_time()),
        Sentence::Cancel { due, .. } => (TakenKind::Cancelled, *due, Cents::ZERO),
        Sentence::RequestCancel { due, .. } => (TakenKind::CancelRequested, *due, Cents::ZERO),
        Sentence::Refuse(_) => return None,
    })
}

/// How many of each, and what it comes to.
pub(super) fn tally(steps: &[Step]) -> Tally {
    let mut tally = Tally::default();
    for step in steps {
        match &step.fate {
            Fate::Judged { judged, .. } => match taken_of(judged) {
                Some((kind, cents, surcharge)) => tally.add(kind, cents, surcharge),
                None if is_already(judged) => tally.already += 1,
                None => tally.refused += 1,
            },
            Fate::Booked => tally.already += 1,
            Fate::InCart => tally.in_cart += 1,
            Fate::LeftOut(kind) => *tally.left_out.entry(*kind).or_default() += 1,
            Fate::OtherFormula(_) | Fate::Nowhere => tally.refused += 1,
        }
    }
    tally
}

fn is_already(judged: &Judged) -> bool {
    matches!(&judged.sentence, Sentence::Refuse(reason) if reason.why == Why::Already)
}

/// What will be added, by kind, then by child and activity.
pub(super) fn taken(steps: &[Step], ground: &Ground) -> Vec<Taken> {
    type Line = (ChildId, ActivityId, Option<FormulaId>);
    let mut kinds: BTreeMap<TakenKind, BTreeMap<Line, Vec<(NaiveDate, Cents)>>> = BTreeMap::new();
    for step in steps {
        let Fate::Judged { judged, .. } = &step.fate else {
            continue;
        };
        if let Some((kind, cents, _)) = taken_of(judged) {
            let line = (step.wish.child, step.wish.activity, step.wish.formula);
            let lines = kinds.entry(kind).or_default();
            lines.entry(line).or_default().push((step.wish.date, cents));
        }
    }
    let line = |((child, activity, formula), days): (Line, Vec<(NaiveDate, Cents)>)| {
        let first = days.first().map_or(Cents::ZERO, |(_, cents)| *cents);
        TakenLine {
            child: child_name(ground, child),
            activity: activity_name(ground, activity),
            formula: formula_name(ground, activity, formula),
            each: days.iter().all(|(_, cents)| *cents == first).then_some(first),
            total: days.iter().map(|(_, cents)| *cents).sum(),
            count: days.len(),
            months: months(days.iter().map(|(date, _)| *date)),
        }
    };
    kinds
        .into_iter()
        .map(|(kind, lines)| Taken {
            kind,
            lines: lines.into_iter().map(line).collect(),
        })
        .collect()
}

fn months(dates: impl Iterator<Item = NaiveDate>) -> Vec<MonthDays> {
    let mut months: Vec<MonthDays> = Vec::new();
    for date in dates {
        match months.last_mut() {
            Some(last) if (last.first.year(), last.first.month()) == (date.year(), date.month()) => {
                last.days.push(date.day());
            }
            _ => months.push(MonthDays {
                first: date,
                days: vec![date.day()],
            }),
        }
    }
    months
}

/// What cannot be, grouped by why; what is the same for several children or activities is said once.
pub(super) fn refused(steps: &[Step], ground: &Ground) -> Vec<Refused> {
    let mut asked: BTreeMap<Subject, BTreeSet<NaiveDate>> = BTreeMap::new();
    let mut groups: BTreeMap<Key, BTreeMap<Subject, BTreeSet<NaiveDate>>> = BTreeMap::new();
    for step in steps {
        let subject = (step.wish.child, step.wish.activity);
        asked.entry(subject).or_default().insert(step.wish.date);
        let because = match &step.fate {
            Fate::Judged { judged, .. } => match &judged.sentence {
                Sentence::Refuse(reason) if reason.why != Why::Already => Because::Rule {
                    why: reason.why,
                    number: reason.number,
                    name: reason.name.clone(),
                    words: reason.words.clone(),
                    call: reason.call,
                },
                _ => continue,
            },
            Fate::OtherFormula(formula) => Because::OtherFormula(formula_name(ground, subject.1, *formula)),
            Fate::Nowhere => Because::Nowhere,
            Fate::Booked | Fate::InCart | Fate::LeftOut(_) => continue,
        };
        let group = groups.entry(Key::of(&because)).or_default();
        group.entry(subject).or_default().insert(step.wish.date);
    }
    let all = asked.len();
    let group = |(key, subjects): (Key, BTreeMap<Subject, BTreeSet<NaiveDate>>)| {
        // Those of whom the same days are refused stand in one line.
        let mut alike: BTreeMap<Vec<Fold>, Vec<Subject>> = BTreeMap::new();
        let mut count = 0;
        for (subject, dates) in subjects {
            count += dates.len();
            let none = BTreeSet::new();
            let calendar = ground.calendar.as_ref().filter(|_| key.0.is_of_the_calendar());
            let folds = fold(&dates, asked.get(&subject).unwrap_or(&none), calendar);
            alike.entry(folds).or_default().push(subject);
        }
        let line = |(folds, subjects): (Vec<Fold>, Vec<Subject>)| RefusedLine {
            of: if subjects.len() == all {
                Vec::new()
            } else {
                let one = |(child, activity): &Subject| {
                    (child_name(ground, *child), activity_name(ground, *activity))
                };
                subjects.iter().map(one).collect()
            },
            folds,
        };
        Refused {
            because: key.0,
            count,
            lines: alike.into_iter().map(line).collect(),
        }
    };
    groups.into_iter().map(group).collect()
}

/// A reason with an order: the most frequent causes of a calendar come by their first letter, that is enough.
struct Key(Because, String);

impl Key {
    fn of(because: &Because) -> Self {
        Self(because.clone(), format!("{because:?}"))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.1.cmp(&other.1)
    }
}

/// Days in runs: those that follow each other among the days that were asked for. With a calendar, a run within
/// school holidays is said as the holidays are: from their first day to their last.
pub(super) fn fold(
    dates: &BTreeSet<NaiveDate>,
    asked: &BTreeSet<NaiveDate>,
    calendar: Option<&Calendar>,
) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut holidays: Option<(NaiveDate, NaiveDate)> = None;
    for date in dates {
        let around = calendar.and_then(|calendar| calendar.holidays_around(*date));
        let follows = |last: &Fold| {
            let between = (
                std::ops::Bound::Excluded(last.until),
                std::ops::Bound::Excluded(*date),
            );
            asked.range(between).next().is_none()
        };
        match folds.last_mut() {
            Some(last) if holidays == around && (around.is_some() || follows(last)) => {
                last.until = *date;
                last.count += 1;
            }
            _ => {
                holidays = around;
                folds.push(Fold {
                    from: *date,
                    until: *date,
                    count: 1,
                });
            }
        }
    }
    if let Some(calendar) = calendar {
        for fold in &mut folds {
            if let Some((from, until)) = calendar.holidays_around(fold.from).filter(|_| fold.count > 1) {
                (fold.from, fold.until) = (from, until);
            }
        }
    }
    folds
}

/// Day by day, what a new typical week takes away and brings; only where it takes something away.
pub(super) fn changes(plan: &Plan, steps: &[Step], ground: &Ground) -> Vec<DayChange> {
    if !matches!(&plan.what, What::Weekly { replaces: true, .. }) {
        return Vec::new();
    }
    let mut days: BTreeMap<NaiveDate, DayChange> = BTreeMap::new();
    for step in steps {
        let Fate::Judged { judged, .. } = &step.fate else {
            continue;
        };
        let Some((kind, ..)) = taken_of(judged) else {
            continue;
        };
        let date = step.wish.date;
        let day = days.entry(date).or_insert_with(|| DayChange {
            date,
            away: Vec::new(),
            new: Vec::new(),
        });
        let words = (
            child_name(ground, step.wish.child),
            activity_name(ground, step.wish.activity),
        );
        match kind {
            TakenKind::Cancelled | TakenKind::CancelRequested => day.away.push(words),
            _ => day.new.push(words),
        }
    }
    days.into_values().filter(|day| !day.away.is_empty()).collect()
}

/// What is not the same for the child that is copied to, where it can be booked.
pub(super) fn differences(plan: &Plan, steps: &[Step], ground: &Ground) -> Vec<Difference> {
    let What::Copy { from, .. } = &plan.what else {
        return Vec::new();
    };
    let theirs: BTreeMap<(ActivityId, NaiveDate), &Standing> = ground
        .standing
        .iter()
        .filter(|one| one.child == *from)
        .map(|one| ((one.session.activity, one.session.date), one))
        .collect();
    let site = |id| {
        ground
            .sites
            .get(&id)
            .map(|site| site.name.clone())
            .unwrap_or_default()
    };
    let mut all: BTreeSet<(String, Differs)> = BTreeSet::new();
    for step in steps {
        let Fate::Judged { site: to, judged, .. } = &step.fate else {
            continue;
        };
        let Some(source) = theirs.get(&(step.wish.activity, step.wish.date)) else {
            continue;
        };
        let Some((_, cents, _)) = taken_of(judged) else {
            continue;
        };
        let activity = activity_name(ground, step.wish.activity);
        if source.session.site != *to {
            let differs = Differs::Site(site(source.session.site), site(*to));
            all.insert((activity.clone(), differs));
        }
        if let Some(priced) = source.priced.filter(|priced| priced.total != cents) {
            all.insert((activity, Differs::Price(priced.total, cents)));
        }
    }
    all.into_iter()
        .map(|(activity, differs)| Difference { activity, differs })
        .collect()
}

pub(super) fn child_name(ground: &Ground, child: ChildId) -> String {
    let child = ground.children.get(&child);
    child.map(|child| child.first_name.clone()).unwrap_or_default()
}

fn activity_name(ground: &Ground, activity: ActivityId) -> String {
    let activity = ground.activities.get(&activity);
    activity.map(|one| one.name.clone()).unwrap_or_default()
}

fn formula_name(ground: &Ground, activity: ActivityId, formula: Option<FormulaId>) -> Option<String> {
    let formulas = &ground.activities.get(&activity)?.formulas;
    let found = formulas.iter().find(|one| Some(one.id) == formula)?;
    (formulas.len() > 1).then(|| found.name.clone())
}
