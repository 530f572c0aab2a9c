//! A plan in words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use server_ui::desk::Bar;
use server_ui::desk::bookings::{LeftAside, Over, PreviewPage, Sums, label, reason};
use server_ui::desk::form::FormState;
use shared::operation::ActivityRecord;

use super::grid::in_words;
use super::ground::Data;
use super::rules::Rules;
use super::subject::Subject;
use crate::bookings::{Fate, Plan, Skip, Step, Wish};
use crate::web::desk::day::day_of;

/// Where a preview leads.
pub(super) struct Frame {
    pub(super) bar: Bar,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) today: NaiveDate,
}

/// The page.
pub(super) fn preview(
    frame: Frame,
    subject: &Subject,
    form: FormState,
    (data, plan, rules): (&Data, &Plan, &Rules),
) -> PreviewPage {
    let tally = plan.tally();
    let today = frame.today;
    let several = subject.people.len() > 1;
    let list = |wanted: &dyn Fn(&Step) -> bool| by_activity(data, plan, several, today, wanted);
    let (rules, more_rules) = rules.said(&subject.people, today);
    PreviewPage {
        bar: frame.bar,
        form,
        title: subject.title.clone(),
        home: subject.home.clone(),
        action: frame.action,
        back: frame.back,
        sums: Sums {
            made: tally.made,
            changed: tally.changed,
            cancelled: tally.cancelled,
            holidays: tally.holidays,
            vacations: tally.vacations,
            closed: tally.closed,
            other: tally.other,
            already: tally.already,
            beyond: tally.beyond,
        },
        made: list(&|step| match step.fate {
            Fate::Make => !step.beyond,
            Fate::Change(_) => true,
            _ => false,
        }),
        cancelled: list(&|step| matches!(step.fate, Fate::Cancel(_))),
        aside: aside(data, plan, several, today),
        over: over(data, plan, today),
        rules,
        more_rules,
        notes: notes(data, plan, today),
    }
}

/// Dates with the number of children on each, where there are several.
fn dates(counted: BTreeMap<NaiveDate, usize>, several: bool, today: NaiveDate) -> Vec<String> {
    let said = counted.into_iter().map(|(date, count)| {
        let day = day_of(date, today);
        if several {
            label::of_children(&day, count)
        } else {
            day
        }
    });
    said.collect()
}

fn by_activity(
    data: &Data,
    plan: &Plan,
    several: bool,
    today: NaiveDate,
    wanted: &dyn Fn(&Step) -> bool,
) -> Vec<(String, Vec<String>)> {
    let mut all: BTreeMap<(usize, String), BTreeMap<NaiveDate, usize>> = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| wanted(step)) {
        let Some((place, activity)) = activity_of(data, step) else {
            continue;
        };
        let formula = match step.wanted.wish {
            Wish::Booked { formula, .. } => formula,
            Wish::Free => None,
        };
        let words = format!(
            "{} – {}",
            in_words(activity, formula),
            data.site_name(step.wanted.site)
        );
        *all.entry((place, words))
            .or_default()
            .entry(step.wanted.date)
            .or_default() += 1;
    }
    all.into_iter()
        .map(|((_, words), counted)| (words, dates(counted, several, today)))
        .collect()
}

fn activity_of<'d>(data: &'d Data, step: &Step) -> Option<(usize, &'d ActivityRecord)> {
    let mut all = data.activities.iter().enumerate();
    all.find(|(_, activity)| activity.id == step.wanted.activity)
}

fn aside(data: &Data, plan: &Plan, several: bool, today: NaiveDate) -> Vec<LeftAside> {
    let mut all: BTreeMap<&Skip, BTreeMap<NaiveDate, usize>> = BTreeMap::new();
    for step in &plan.steps {
        if let Fate::Skipped(skip) = &step.fate {
            *all.entry(skip).or_default().entry(step.wanted.date).or_default() += 1;
        }
    }
    all.into_iter()
        .map(|(skip, counted)| LeftAside {
            why: match skip {
                Skip::Holiday(name) => reason::holiday(name),
                Skip::Vacation(name) => reason::vacation(name),
                Skip::Closed(why) => reason::closed(why),
                Skip::Shut(why) => reason::shut(why),
                Skip::Weekday => reason::weekday(),
                Skip::NotOffered => reason::not_offered(),
                Skip::Left => reason::left(),
                Skip::Elsewhere(site) => reason::elsewhere(&data.site_name(*site)),
                Skip::Rule(words) => reason::rule(words),
            },
            dates: dates(counted, several, today),
        })
        .collect()
}

fn over(data: &Data, plan: &Plan, today: NaiveDate) -> Vec<Over> {
    let mut all: BTreeMap<_, usize> = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| step.beyond) {
        let Some((place, _)) = activity_of(data, step) else {
            continue;
        };
        *all.entry((step.wanted.date, place, step.wanted.site))
            .or_default() += 1;
    }
    all.into_iter()
        .filter_map(|((date, place, site), more)| {
            let activity = data.activities.get(place)?;
            let (taken, capacity) = data.places(activity.id, site, date)?;
            Some(Over {
                place: format!(
                    "{}, {}, {}",
                    day_of(date, today),
                    activity.name,
                    data.site_name(site)
                ),
                taken,
                capacity,
                more,
            })
        })
        .collect()
}

/// What is special on the dates that are reserved.
fn notes(data: &Data, plan: &Plan, today: NaiveDate) -> Vec<String> {
    let mut all = BTreeSet::new();
    for step in plan.steps.iter().filter(|step| step.fate == Fate::Make) {
        for note in data.notes(step.wanted.child, step.wanted.date) {
            all.insert((step.wanted.date, note));
        }
    }
    all.into_iter()
        .map(|(date, note)| label::note_of(&day_of(date, today), &note))
        .collect()
}
