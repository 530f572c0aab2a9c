//! What rules say of what a form comes to. Whoever enters a whole class goes beyond them without a word: the page says
//! for which children, before it is done. What is strict is left aside.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use server_ui::desk::booking::{price_of, reason_words};
use server_ui::desk::bookings::{BeyondRules, label};
use shared::booking::{Asked, Ground, HouseholdFacts, Judged, Sentence, SessionKey, Wanted, judge};
use shared::ids::{CartId, ChildId, HouseholdId};
use shared::money::Cents;
use shared::operation::{Condition, Entrance, Why};
use shared::time::UtcMs;
use uuid::Uuid;

use super::people::Person;
use crate::bookings::{Fate, Plan, Skip, Step, Wish};
use crate::commune::Commune;
use crate::rules::{self, Children, Scope};
use crate::store::{Read, Row, StoreError};
use crate::web::desk::day::day_of;

/// Most lines that are said.
const MOST: usize = 60;

/// What rules say of one step.
struct Found {
    child: ChildId,
    activity: String,
    date: NaiveDate,
    words: String,
}

/// What rules say of the steps of a plan.
#[derive(Default)]
pub(super) struct Rules {
    found: Vec<Found>,
}

/// Judges what a plan would do as the desk would; steps that a strict rule stops are left aside.
pub(super) fn of_plan(tx: &mut dyn Read, commune: &Commune, plan: &mut Plan) -> Result<Rules, StoreError> {
    let steps: Vec<(usize, Wanted)> = plan
        .steps
        .iter()
        .enumerate()
        .filter_map(|(nth, step)| Some((nth, wanted(step)?)))
        .collect();
    let dates = || steps.iter().map(|(nth, _)| plan.steps[*nth].wanted.date);
    let (Some(from), Some(until)) = (dates().min(), dates().max()) else {
        return Ok(Rules::default());
    };
    let children: BTreeSet<ChildId> = steps
        .iter()
        .map(|(nth, _)| plan.steps[*nth].wanted.child)
        .collect();
    let now = commune.clock.now();
    let scope = Scope {
        household: None,
        guardian: None,
        children: Children::Listed(children.iter().copied().collect()),
        from,
        until,
        activities: None,
        carts: Some(CartId(Uuid::nil())),
        now,
    };
    let mut ground = rules::ground(tx, &scope)?;
    let homes = take_home_rules(tx, &mut ground, &children)?;
    let mut said: BTreeMap<usize, String> = BTreeMap::new();
    let mut strict: BTreeMap<usize, String> = BTreeMap::new();
    look(&ground, now, &steps, &mut said, &mut strict);
    if let Some(homes) = homes {
        for (home, children) in homes.children {
            ground.sets.clone_from(&homes.sets);
            ground.household = Some(home);
            let own: Vec<(usize, Wanted)> = steps
                .iter()
                .filter(|(nth, _)| children.contains(&plan.steps[*nth].wanted.child))
                .cloned()
                .collect();
            look(&ground, now, &own, &mut said, &mut strict);
        }
    }
    let mut rules = Rules::default();
    for (nth, words) in said {
        let step = &mut plan.steps[nth];
        if let Some(words) = strict.remove(&nth) {
            step.fate = Fate::Skipped(Skip::Rule(words));
            step.beyond = false;
            continue;
        }
        // That there is no place left is said where it is ticked.
        if step.beyond && words == label::full() {
            continue;
        }
        let activity = ground.activities.get(&step.wanted.activity);
        rules.found.push(Found {
            child: step.wanted.child,
            activity: activity.map_or_else(String::new, |one| one.name.clone()),
            date: step.wanted.date,
            words,
        });
    }
    Ok(rules)
}

/// As rules judge a step; none where nothing is to be done.
fn wanted(step: &Step) -> Option<Wanted> {
    let replaces = match step.fate {
        Fate::Make => None,
        Fate::Change(id) => Some(id),
        Fate::Cancel(reservation) => return Some(Wanted::Cancel { reservation }),
        Fate::Already | Fate::Skipped(_) => return None,
    };
    let formula = match step.wanted.wish {
        Wish::Booked { formula, .. } => formula,
        Wish::Free => None,
    };
    Some(Wanted::Add {
        child: step.wanted.child,
        session: SessionKey {
            activity: step.wanted.activity,
            site: step.wanted.site,
            date: step.wanted.date,
        },
        formula,
        replaces,
        wish: None,
    })
}

/// What rules say of each step that is not simply allowed, and of those of them that are strict.
fn look(
    ground: &Ground,
    now: UtcMs,
    steps: &[(usize, Wanted)],
    said: &mut BTreeMap<usize, String>,
    strict: &mut BTreeMap<usize, String>,
) {
    let all: Vec<Wanted> = steps.iter().map(|(_, wanted)| wanted.clone()).collect();
    let judged = |beyond| {
        judge(
            &all,
            ground,
            Asked {
                now,
                entrance: Entrance::Desk,
                beyond,
            },
        )
    };
    let plain = judged(false);
    if plain.iter().all(|judged| words_of(judged, ground.zone).is_none()) {
        return;
    }
    let beyond = judged(true);
    for ((nth, _), (plain, beyond)) in steps.iter().zip(plain.iter().zip(&beyond)) {
        let Some(words) = words_of(plain, ground.zone) else {
            continue;
        };
        said.entry(*nth).or_insert(words);
        if let (Sentence::Refuse(reason), Some(words)) = (&beyond.sentence, words_of(beyond, ground.zone))
            && reason.why == Why::Deadline
        {
            strict.entry(*nth).or_insert(words);
        }
    }
}

/// Why a line is not simply booked or cancelled; none where it is, or where the plan says it already.
fn words_of(judged: &Judged, zone: Tz) -> Option<String> {
    let reason = match &judged.sentence {
        Sentence::Book { priced, .. } if priced.surcharge > Cents::ZERO => {
            return Some(label::late(&price_of(priced)));
        }
        Sentence::Cancel { due, .. } if *due > Cents::ZERO => {
            return Some(label::late_cancel(&shared::words::money(*due)));
        }
        Sentence::Book { .. } | Sentence::Cancel { .. } => return None,
        Sentence::Wait { .. } => return Some(label::full()),
        Sentence::Refuse(reason) if reason.why == Why::Full => return Some(label::full()),
        Sentence::Request { reason, .. }
        | Sentence::RequestCancel { reason, .. }
        | Sentence::Refuse(reason) => reason,
    };
    let known = matches!(
        reason.why,
        Why::NotOnLine
            | Why::Already
            | Why::Past
            | Why::NotOffered
            | Why::Closed
            | Why::Left
            | Why::Elsewhere
            | Why::NotYours
    );
    (!known).then(|| reason_words(reason, zone))
}

/// Rules about households, taken out of a ground that is asked for several of them.
struct Homes {
    sets: Vec<shared::operation::RuleSetRecord>,
    children: Vec<(HouseholdFacts, BTreeSet<ChildId>)>,
}

/// Takes out what depends on one household; none where no rule does.
fn take_home_rules(
    tx: &mut dyn Read,
    ground: &mut Ground,
    children: &BTreeSet<ChildId>,
) -> Result<Option<Homes>, StoreError> {
    let of_home =
        |condition: &Condition| matches!(condition, Condition::Residence(_) | Condition::UnpaidAtMost(_));
    let any = ground
        .sets
        .iter()
        .flat_map(|set| &set.conditions)
        .any(|rule| of_home(&rule.condition));
    if !any {
        return Ok(None);
    }
    let sets = ground.sets.clone();
    for set in &mut ground.sets {
        set.conditions.retain(|rule| !of_home(&rule.condition));
    }
    let mut homes: BTreeMap<HouseholdId, (HouseholdFacts, BTreeSet<ChildId>)> = BTreeMap::new();
    for child in children {
        // A child of two households is judged as the one that its page opens first.
        let Some(row) = tx.first(include_str!("sql/home.sql"), &[(*child).into()])? else {
            continue;
        };
        let id = HouseholdId(row.uuid(0)?);
        let facts = HouseholdFacts {
            id,
            residence: row.opt(1, Row::text)?,
            unpaid: Cents(row.opt(2, Row::int)?.unwrap_or(0)),
        };
        let entry = homes.entry(id).or_insert_with(|| (facts, BTreeSet::new()));
        entry.1.insert(*child);
    }
    Ok(Some(Homes {
        sets,
        children: homes.into_values().collect(),
    }))
}

impl Rules {
    /// By activity and rule: whom it concerns, on which days.
    pub(super) fn said(&self, people: &[Person], today: NaiveDate) -> (Vec<BeyondRules>, usize) {
        let names: BTreeMap<ChildId, String> =
            people.iter().map(|person| (person.id, person.name())).collect();
        let mut all: BTreeMap<(NaiveDate, &str, &str), BTreeMap<NaiveDate, BTreeSet<ChildId>>> =
            BTreeMap::new();
        let mut first: BTreeMap<(&str, &str), NaiveDate> = BTreeMap::new();
        for found in &self.found {
            let key = (found.activity.as_str(), found.words.as_str());
            let first = *first.entry(key).or_insert(found.date);
            let days = all.entry((first, key.0, key.1)).or_default();
            days.entry(found.date).or_default().insert(found.child);
        }
        let more = all.len().saturating_sub(MOST);
        let lines = all.into_iter().take(MOST).map(|((_, activity, words), days)| {
            let mut children: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
            for (date, ids) in &days {
                for id in ids {
                    let name = names.get(id).map_or("", String::as_str);
                    children.entry(name).or_default().push(*date);
                }
            }
            let one_day = (days.len() == 1).then(|| days.keys().next().copied()).flatten();
            let who = children.into_iter().map(|(name, dates)| match one_day {
                Some(_) => name.to_owned(),
                None => label::on_days(name, dates.len()),
            });
            BeyondRules {
                what: match one_day {
                    Some(date) => format!("{activity}, {}", day_of(date, today)),
                    None => activity.to_owned(),
                },
                why: words.to_owned(),
                who: who.collect(),
            }
        });
        (lines.collect(), more)
    }
}
