//! What an entry of the journal tells whom: pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::ids::{ChildId, GuardianId, NoticeId};
use shared::journal::Header;
use shared::mark::{Kind, unpack};
use shared::operation::{
    Actor, Body, Channel, Fact, NoticeKind, NoticeRecord, RequestKind, RequestState, TextKind, TextRecord,
};
use shared::time::UtcMs;
use shared::words::{day, hour};
use uuid::Uuid;

use super::booked;
use super::facts::{Facts, Told};

/// A departure that is heard of later than this, in ms, is no news.
const FRESH_MS: i64 = 2 * 60 * 60 * 1000;

/// An id that is the same whoever looks: of what the notice comes from, its guardian and its kind.
pub(super) fn id(of: Uuid, guardian: GuardianId, kind: NoticeKind) -> NoticeId {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"notice.preau");
    let name = [
        &of.as_bytes()[..],
        &guardian.as_bytes()[..],
        kind.as_str().as_bytes(),
    ]
    .concat();
    NoticeId(Uuid::new_v5(&namespace, &name))
}

pub(super) fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact {
        name: name.to_owned(),
        value: value.into(),
    }
}

/// One entry.
pub(super) struct Entry<'a> {
    pub(super) header: &'a Header,
    pub(super) body: &'a Body,
}

/// What an entry tells whom, beside what the record says.
pub(super) fn find(entry: &Entry<'_>, facts: &Facts) -> Vec<NoticeRecord> {
    let made = |told: &Told, kind: NoticeKind, child: Option<ChildId>, words: Vec<Fact>| NoticeRecord {
        id: id(entry.header.operation.0, told.guardian, kind),
        guardian: told.guardian,
        kind,
        child,
        at: entry.header.received_at,
        facts: words,
    };
    let told = facts.told.iter();
    match entry.body {
        Body::PutChild { child } => told
            .filter_map(|told| {
                let (school, class) = facts.before?;
                let seen = told.children.iter().find(|seen| seen.id == child.id)?;
                if (school, class) == (child.school, child.class) || child.school.is_none() {
                    return None;
                }
                let class = seen.class.as_ref().map_or("", |(_, name)| name);
                let words = vec![
                    fact("who", seen.first_name.as_str()),
                    fact("school", seen.school.as_ref().map_or("", |(_, name)| name)),
                    fact("class", class),
                    fact("has_class", if class.is_empty() { "no" } else { "yes" }),
                ];
                Some(made(told, NoticeKind::SchoolChanged, Some(child.id), words))
            })
            .collect(),
        // What fills a town's record at its start is no news.
        Body::Reserve { .. } | Body::CancelReservations { .. } | Body::Book { .. }
            if matches!(
                entry.header.channel,
                Channel::Import | Channel::Command | Channel::Job
            ) =>
        {
            Vec::new()
        }
        Body::Reserve { .. } | Body::CancelReservations { .. } => {
            let cancelled = matches!(entry.body, Body::CancelReservations { .. });
            told.filter_map(|told| {
                let ours = days_of(told, facts, &facts.days);
                let (child, mut words) = over(told, &ours)?;
                let many = ours.len().to_string();
                words.push(fact("made", if cancelled { "0" } else { many.as_str() }));
                words.push(fact("cancelled", if cancelled { many.as_str() } else { "0" }));
                Some(made(told, NoticeKind::Recap, child, words))
            })
            .collect()
        }
        Body::Book { booking } => booked::of_booking(entry, facts, booking),
        Body::DecideWishes { accepted, words, .. } => {
            booked::answers(entry, facts, *accepted, words.as_deref())
        }
        Body::OfferPlaces { .. } => booked::places(entry, facts, false),
        Body::EndWishes { .. } => booked::places(entry, facts, true),
        Body::EndUnpaid { .. } => booked::unpaid(entry, facts),
        Body::PutExceptionalDay { day } => told
            .filter_map(|told| {
                let ours = days_of(told, facts, &facts.days);
                let (child, mut words) = over(told, &ours)?;
                let any = |of: &BTreeSet<(ChildId, NaiveDate)>| ours.iter().any(|one| of.contains(one));
                let fate = match (any(&facts.cancelled), any(&facts.credited)) {
                    (true, true) => "credited",
                    (true, false) => "cancelled",
                    (false, _) => "frozen",
                };
                words.push(fact("what", day.kind.as_str()));
                words.push(fact("why", day.words.as_str()));
                words.push(fact("fate", fate));
                Some(made(told, NoticeKind::Closure, child, words))
            })
            .chain(given_back(entry, facts))
            .collect(),
        Body::RemoveExceptionalDay { .. } => given_back(entry, facts).collect(),
        Body::ReceiveMarks { marks, .. } if facts.child_left => {
            let mut left: BTreeMap<ChildId, UtcMs> = BTreeMap::new();
            for mark in marks {
                let Ok(mark) = unpack(&mark.value.0) else { continue };
                let Some(child) = mark.child.filter(|_| mark.kind == Kind::Out) else {
                    continue;
                };
                let at = mark
                    .stated
                    .unwrap_or_else(|| mark.device_time.plus_ms(mark.offset_ms.unwrap_or(0)));
                let age = entry.header.received_at.0.saturating_sub(at.0);
                if (-FRESH_MS..=FRESH_MS).contains(&age) {
                    left.insert(child, at);
                }
            }
            told.flat_map(|told| {
                let gone = told.children.iter().filter_map(|seen| {
                    let at = *left.get(&seen.id)?;
                    let ours = seen.is_ours_on(facts.calendar.as_ref(), at.date_in(facts.zone));
                    ours.then_some((seen, at))
                });
                gone.map(|(seen, at)| {
                    let words = vec![
                        fact("who", seen.first_name.as_str()),
                        fact("hour", hour(at.time_in(facts.zone))),
                    ];
                    let mut notice = made(told, NoticeKind::ChildLeft, Some(seen.id), words);
                    // Brothers and sisters may leave with one gesture.
                    notice.id = id(
                        Uuid::new_v5(&entry.header.operation.0, seen.id.as_bytes()),
                        told.guardian,
                        NoticeKind::ChildLeft,
                    );
                    notice
                })
                .collect::<Vec<_>>()
            })
            .collect()
        }
        Body::AnswerRequest { state, .. } => told
            .filter_map(|told| {
                let (_, kind, title) = facts
                    .request
                    .as_ref()
                    .filter(|(whose, _, _)| *whose == told.guardian)?;
                if entry.header.actor == Actor::Guardian(told.guardian) {
                    return None;
                }
                let over = matches!(state, RequestState::Done | RequestState::Refused);
                let notice = if *kind == RequestKind::File && over {
                    NoticeKind::FileReviewed
                } else {
                    NoticeKind::RequestAnswered
                };
                let words = vec![fact("title", title.as_str()), fact("state", state.as_str())];
                Some(made(told, notice, None, words))
            })
            .collect(),
        Body::PutText { text } if text.kind == TextKind::News && is_shown(text, entry.header.received_at) => {
            told.filter(|told| is_for(text, told, facts))
                .map(|told| {
                    let mut notice = made(
                        told,
                        NoticeKind::News,
                        None,
                        vec![fact("title", text.title.as_str())],
                    );
                    // An edition of the same text is no news.
                    notice.id = id(text.id.0, told.guardian, NoticeKind::News);
                    notice
                })
                .collect()
        }
        Body::SetGuardianLogin { .. } => account(entry, facts, "password"),
        Body::SetSecondFactor { sealed, .. } => account(
            entry,
            facts,
            if sealed.is_some() {
                "factor_on"
            } else {
                "factor_off"
            },
        ),
        Body::LinkIdentity { identity, .. } => account(
            entry,
            facts,
            if identity.is_some() {
                "identity_on"
            } else {
                "identity_off"
            },
        ),
        Body::ConfirmAddress { .. } => account(entry, facts, "address"),
        _ => Vec::new(),
    }
}

fn account(entry: &Entry<'_>, facts: &Facts, what: &str) -> Vec<NoticeRecord> {
    let told = facts.told.iter().map(|told| NoticeRecord {
        id: id(entry.header.operation.0, told.guardian, NoticeKind::Account),
        guardian: told.guardian,
        kind: NoticeKind::Account,
        child: None,
        at: entry.header.received_at,
        facts: vec![fact("what", what)],
    });
    told.collect()
}

fn is_shown(text: &TextRecord, at: UtcMs) -> bool {
    text.from.is_some_and(|from| from <= at) && text.until.is_none_or(|until| until > at)
}

/// News of some sites are for those who have a child in one of their schools.
fn is_for(text: &TextRecord, told: &Told, facts: &Facts) -> bool {
    let schools: BTreeSet<_> = text
        .sites
        .iter()
        .filter_map(|site| facts.schools.get(site))
        .collect();
    let has_one = |seen: &crate::record::SeenChild| {
        seen.school
            .as_ref()
            .is_some_and(|(school, _)| schools.contains(school))
    };
    text.sites.is_empty() || told.children.iter().any(has_one)
}

/// Days of the entry that are this guardian's: of a child of two households those on which it is with theirs.
fn days_of(told: &Told, facts: &Facts, days: &[(ChildId, NaiveDate)]) -> Vec<(ChildId, NaiveDate)> {
    let mut ours = days.to_vec();
    ours.retain(|(child, date)| {
        told.children
            .iter()
            .any(|seen| seen.id == *child && seen.is_ours_on(facts.calendar.as_ref(), *date))
    });
    ours
}

/// Reservations that a closure had cancelled and that stand again.
fn given_back<'a>(entry: &'a Entry<'_>, facts: &'a Facts) -> impl Iterator<Item = NoticeRecord> + 'a {
    facts.told.iter().filter_map(move |told| {
        let ours = days_of(told, facts, &facts.back);
        let (child, mut words) = over(told, &ours)?;
        words.push(fact("what", "closure"));
        words.push(fact("fate", "back"));
        Some(NoticeRecord {
            // The same entry may close other days.
            id: id(
                Uuid::new_v5(&entry.header.operation.0, b"back"),
                told.guardian,
                NoticeKind::Closure,
            ),
            guardian: told.guardian,
            kind: NoticeKind::Closure,
            child,
            at: entry.header.received_at,
            facts: words,
        })
    })
}

/// Of whom and when: the one child, if it is one, and the names and dates in words.
pub(super) fn over(told: &Told, ours: &[(ChildId, NaiveDate)]) -> Option<(Option<ChildId>, Vec<Fact>)> {
    let from = ours.iter().map(|(_, date)| *date).min()?;
    let until = ours.iter().map(|(_, date)| *date).max()?;
    let children: BTreeSet<ChildId> = ours.iter().map(|(child, _)| *child).collect();
    let names: Vec<&str> = told
        .children
        .iter()
        .filter(|seen| children.contains(&seen.id))
        .map(|seen| seen.first_name.as_str())
        .collect();
    let child = children.iter().next().copied().filter(|_| children.len() == 1);
    let words = vec![
        fact("who", joined(&names)),
        fact("from", day(from)),
        fact("until", day(until)),
        fact("days", if from == until { "one" } else { "many" }),
    ];
    Some((child, words))
}

/// « Léa, Tom et Mia ».
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} et {last}", before.join(", ")),
    }
}
