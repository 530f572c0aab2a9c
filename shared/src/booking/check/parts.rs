//! What is wrong with single parts of a set.

use std::collections::BTreeSet;

use super::{Facts, Flaw, LineAt, Table};
use crate::operation::{Condition, Cost, Delay, Entrance, Limit, Payment, RuleSetRecord, Verdict, Way};

pub(super) fn check(set: &RuleSetRecord, others: &[RuleSetRecord], facts: &Facts<'_>, flaws: &mut Vec<Flaw>) {
    whole(set, others, facts, flaws);
    for (table, delays) in [(Table::Add, &set.add), (Table::Cancel, &set.cancel)] {
        if delays.is_empty() {
            flaws.push(Flaw::NoDelay(table));
        }
        for (line, delay) in delays.iter().enumerate() {
            stages(
                LineAt {
                    table,
                    line: line + 1,
                },
                delay,
                flaws,
            );
        }
    }
    if set.prices.is_empty() {
        let at_booking = matches!(set.payment, Payment::AtBooking { .. });
        flaws.push(Flaw::NoPrice { at_booking });
    }
    conditions(set, facts.documents, flaws);
    groups(set, flaws);
    limits(&set.limits, flaws);
    if set.waiting.is_some_and(|waiting| waiting.offer_minutes == 0) {
        flaws.push(Flaw::NoTimeToTake);
    }
    if matches!(
        set.payment,
        Payment::AtBooking {
            within_minutes: 0,
            ..
        }
    ) {
        flaws.push(Flaw::NoTimeToPay);
    }
}

fn whole(set: &RuleSetRecord, others: &[RuleSetRecord], facts: &Facts<'_>, flaws: &mut Vec<Flaw>) {
    if set.activities.is_empty() {
        flaws.push(Flaw::NoActivity);
    }
    for id in &set.activities {
        if facts
            .ground
            .activities
            .get(id)
            .is_none_or(|activity| activity.retired)
        {
            flaws.push(Flaw::UnknownActivity(*id));
        }
    }
    if set.until.is_some_and(|until| until < set.from) {
        flaws.push(Flaw::EndsBeforeItBegins);
    }
    if facts.ground.calendar.is_none() {
        flaws.push(Flaw::NoCalendar);
    }
    for other in others
        .iter()
        .filter(|other| other.live && other.id != set.id && other.from == set.from)
    {
        let shared = set.activities.iter().find(|id| other.activities.contains(id));
        flaws.extend(shared.map(|activity| Flaw::SameStart {
            other: other.name.clone(),
            activity: *activity,
        }));
    }
}

/// Stages by what they say of each entrance.
fn stages(at: LineAt, delay: &Delay, flaws: &mut Vec<Flaw>) {
    for (stage, late) in delay.late.iter().enumerate() {
        ways(at, stage + 1, &late.ways, flaws);
    }
    for entrance in Entrance::ALL {
        let takes = |ways: &[Way]| {
            let way = ways.iter().find(|way| way.entrance == entrance);
            way.is_some_and(|way| way.verdict != Verdict::Refuse)
        };
        let pairs = delay.late.iter().zip(delay.late.iter().skip(1)).enumerate();
        for (stage, (before, after)) in pairs {
            if !takes(&before.ways) && takes(&after.ways) {
                flaws.push(Flaw::StageOpensAgain {
                    at,
                    stage: stage + 2,
                    entrance,
                });
            }
        }
    }
}

fn ways(at: LineAt, stage: usize, ways: &[Way], flaws: &mut Vec<Flaw>) {
    let mut seen = BTreeSet::new();
    for way in ways {
        if !seen.insert(way.entrance) {
            flaws.push(Flaw::StageTwice {
                at,
                stage,
                entrance: way.entrance,
            });
        }
    }
    let adding = at.table != Table::Cancel;
    let right = |cost| match cost {
        Cost::Free => true,
        Cost::Replaces(_) | Cost::Adds(_) => adding,
        Cost::Full | Cost::Due(_) => !adding,
        Cost::Part(percent) => !adding && percent <= 100,
    };
    if !ways.iter().all(|way| right(way.cost)) {
        flaws.push(Flaw::WrongCost { at, stage });
    }
}

fn conditions(set: &RuleSetRecord, documents: &[String], flaws: &mut Vec<Flaw>) {
    for (line, rule) in set.conditions.iter().enumerate() {
        let line = line + 1;
        let table = Table::Conditions;
        ways(LineAt { table, line }, 1, &rule.otherwise, flaws);
        let nobody = match &rule.condition {
            Condition::Age {
                from_months: Some(from),
                under_months: Some(under),
                ..
            } => from >= under,
            Condition::Age {
                under_months: Some(0),
                ..
            } => true,
            Condition::Age { .. } => false,
            Condition::Schools(all) => all.is_empty(),
            Condition::Classes(all) => all.is_empty(),
            Condition::Levels(all) | Condition::Residence(all) => all.is_empty(),
            Condition::Documents(kinds) => {
                for kind in kinds.iter().filter(|kind| !documents.contains(kind)) {
                    flaws.push(Flaw::UnknownDocument {
                        line,
                        kind: kind.clone(),
                    });
                }
                false
            }
            Condition::UnpaidAtMost(_) => false,
        };
        if nobody {
            flaws.push(Flaw::NobodyMeets(line));
        }
    }
}

fn groups(set: &RuleSetRecord, flaws: &mut Vec<Flaw>) {
    let mut names = BTreeSet::new();
    for group in &set.groups {
        if !names.insert(&group.name) {
            flaws.push(Flaw::GroupTwice(group.name.clone()));
        } else if !set
            .places
            .iter()
            .any(|line| line.group.as_ref() == Some(&group.name))
        {
            flaws.push(Flaw::GroupWithoutPlaces(group.name.clone()));
        }
    }
    for (line, places) in set.places.iter().enumerate() {
        if let Some(name) = places.group.as_ref().filter(|name| !names.contains(name)) {
            flaws.push(Flaw::UnknownGroup {
                line: line + 1,
                name: name.clone(),
            });
        }
    }
}

fn limits(limits: &[Limit], flaws: &mut Vec<Flaw>) {
    let of = |limit: &Limit| limit.activities.iter().copied().collect::<BTreeSet<_>>();
    for (line, limit) in limits.iter().enumerate() {
        if limit.most == 0 {
            flaws.push(Flaw::LimitOfNone(line + 1));
        }
        let before = limits.iter().take(line).enumerate();
        for (other, before) in before.filter(|(_, other)| other.per == limit.per && of(other) == of(limit)) {
            let (line, counts) = if limit.most < before.most {
                (other, line)
            } else {
                (line, other)
            };
            flaws.push(Flaw::LimitTwice {
                line: line + 1,
                counts: counts + 1,
            });
        }
    }
}
