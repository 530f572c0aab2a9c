//! A booking against the record: where it is live, every line must have been decided as the record says now.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::booking::{
    Asked, Ground, GroupName, Judged, Reason, Sentence, SessionKey, Wanted, group_of, judge, sentence,
    set_for,
};
use shared::ids::{GuardianId, ReservationId};
use shared::operation::{Actor, Ask, BookingLine, BookingRecord, Decided, Entrance, Priced, Refusal, Why};
use shared::words::{Locale, Words, day, money};

use super::stood::Stood;
use crate::corridor::{CorridorError, Stage};
use crate::rules::carts::settings;
use crate::rules::holds::longest_ms;
use crate::rules::{self, Children, Scope};

/// What is said after what changed.
const AGAIN: &str = "Rien n’a été enregistré\u{a0}: relisez votre panier, puis validez de nouveau.";

/// Judges a booking again and refuses it where a line was decided otherwise. What was refused changes nothing, and is
/// taken at its word.
pub(super) fn compare(
    stage: &mut Stage<'_>,
    booking: &BookingRecord,
    entrance: Entrance,
) -> Result<(), CorridorError> {
    let lines: Vec<&BookingLine> = booking
        .lines
        .iter()
        .filter(|line| !matches!(line.decided, Decided::Refused { .. }))
        .collect();
    let mut wanted = Vec::with_capacity(lines.len());
    let mut dates = Vec::with_capacity(lines.len());
    for line in &lines {
        let (one, date) = asked(stage, line)?;
        wanted.push(one);
        dates.push(date);
    }
    let (Some(from), Some(until)) = (dates.iter().min(), dates.iter().max()) else {
        return Ok(());
    };
    let scope = Scope {
        household: Some(booking.household),
        guardian: asker(stage),
        children: Children::OfHousehold,
        from: *from,
        until: *until,
        activities: None,
        carts: None,
        now: stage.context.now,
    };
    let mut ground = rules::ground(stage.tx, &scope)?;
    ground.held = held(&lines, &ground);
    let asked = Asked {
        now: stage.context.now,
        entrance,
        beyond: booking.beyond.is_some(),
    };
    let agree = |judged: &[Judged]| {
        let mut pairs = lines.iter().zip(judged);
        pairs.all(|(line, judged)| agrees(&line.decided, &judged.sentence))
    };
    let judged = judge(&wanted, &ground, asked);
    if agree(&judged) {
        return Ok(());
    }
    // A cart may have held its place before somebody came to wait for one.
    let minutes = settings(stage.tx)?.hold_minutes;
    let since = stage.context.now.plus_ms(-longest_ms(minutes));
    let mut before = ground.clone();
    for queue in before.queues.values_mut() {
        queue.retain(|one| one.offered_until.is_some() || one.since < since);
    }
    if agree(&judge(&wanted, &before, asked)) {
        return Ok(());
    }
    for ((line, date), judged) in lines.iter().zip(dates).zip(&judged) {
        if !agrees(&line.decided, &judged.sentence) {
            let words = changed(stage, (line, date), judged, &ground)?;
            return Err(Refusal::Invalid(words).into());
        }
    }
    Ok(())
}

/// A guardian is asked about its own authority; the town hall decides for every child.
fn asker(stage: &Stage<'_>) -> Option<GuardianId> {
    match stage.operation.actor {
        Actor::Guardian(guardian) => Some(guardian),
        _ => None,
    }
}

fn asked(stage: &mut Stage<'_>, line: &BookingLine) -> Result<(Wanted, NaiveDate), CorridorError> {
    Ok(match &line.ask {
        Ask::Add { line, replaces, wish } => {
            let wanted = Wanted::Add {
                child: line.child,
                session: SessionKey {
                    activity: line.activity,
                    site: line.site,
                    date: line.date,
                },
                formula: line.formula,
                replaces: *replaces,
                wish: *wish,
            };
            (wanted, line.date)
        }
        Ask::Cancel { reservation } => {
            let wanted = Wanted::Cancel {
                reservation: *reservation,
            };
            (wanted, date_of(stage, *reservation)?)
        }
    })
}

fn date_of(stage: &mut Stage<'_>, reservation: ReservationId) -> Result<NaiveDate, CorridorError> {
    Ok(Stood::get(stage, reservation)?.date)
}

/// The places that others held when it was judged, as its lines say.
fn held(lines: &[&BookingLine], ground: &Ground) -> BTreeMap<(SessionKey, Option<GroupName>), u32> {
    let mut held = BTreeMap::new();
    for line in lines {
        let Ask::Add { line: made, .. } = &line.ask else {
            continue;
        };
        let session = SessionKey {
            activity: made.activity,
            site: made.site,
            date: made.date,
        };
        let set = set_for(session.activity, session.date, ground);
        let child = ground.children.get(&made.child);
        let group = set
            .zip(child)
            .and_then(|(set, child)| group_of(child, set, session.date));
        let mut put = |group: Option<&str>, number: u32| {
            if number > 0 {
                let places = held.entry((session, group.map(str::to_owned))).or_insert(0);
                *places = number.max(*places);
            }
        };
        put(None, line.others_held);
        if group.is_some() {
            put(group, line.others_held_of_group);
        }
    }
    held
}

/// Whether a line was decided as it is judged now. The rank in a queue makes no difference, nor do a few moments until
/// when it is to be paid.
fn agrees(decided: &Decided, now: &Sentence) -> bool {
    match (decided, now) {
        (
            Decided::Booked { priced, due_at },
            Sentence::Book {
                priced: now,
                due_at: by,
            },
        ) => priced == now && due_at.is_some() == by.is_some() && due_at <= by,
        (Decided::Requested { priced, .. }, Sentence::Request { priced: now, .. })
        | (Decided::Waiting { priced, .. }, Sentence::Wait { priced: now, .. }) => priced == now,
        (
            Decided::Cancelled { due, credited },
            Sentence::Cancel {
                due: now,
                credited: back,
                ..
            },
        ) => (due, credited) == (now, back),
        (Decided::CancelRequested { due, .. }, Sentence::RequestCancel { due: now, .. }) => due == now,
        _ => false,
    }
}

/// What is different, in the words of whoever reads it.
fn changed(
    stage: &mut Stage<'_>,
    (line, date): (&BookingLine, NaiveDate),
    judged: &Judged,
    ground: &Ground,
) -> Result<String, CorridorError> {
    let phone = settings(stage.tx)?.phone;
    let about = about(stage, line, ground)?;
    let why = match &judged.sentence {
        Sentence::Refuse(Reason {
            why: Why::Already, ..
        }) => "c’est déjà fait.".to_owned(),
        Sentence::Refuse(reason) => {
            let words = Words::of_desk(Locale::Fr);
            sentence(reason, &words, ground.zone, phone.as_deref())
        }
        Sentence::Book { priced, .. } => match priced_before(&line.decided) {
            Some(before) if before != priced.total => {
                format!("le prix est maintenant de {}.", money(priced.total))
            }
            _ => "c’est maintenant possible sans attendre.".to_owned(),
        },
        Sentence::Request { priced, .. } => format!(
            "ce n’est plus qu’une demande, sur laquelle l’accueil décide, au prix de {}.",
            money(priced.total)
        ),
        Sentence::Wait { .. } => {
            "il ne reste plus de place\u{a0}: vous pouvez vous mettre sur la liste d’attente.".to_owned()
        }
        Sentence::Cancel { due, .. } => format!("l’annulation coûte maintenant {}.", money(*due)),
        Sentence::RequestCancel { due, .. } => format!(
            "l’accueil décide maintenant de cette annulation, qui coûte {}.",
            money(*due)
        ),
    };
    Ok(format!("{about}, {}\u{a0}: {why} {AGAIN}", day(date)))
}

fn priced_before(decided: &Decided) -> Option<shared::money::Cents> {
    let total = |priced: &Priced| priced.total;
    match decided {
        Decided::Booked { priced, .. } => Some(total(priced)),
        _ => None,
    }
}

/// The child and the activity; nothing of a child that is not of this household.
fn about(stage: &mut Stage<'_>, line: &BookingLine, ground: &Ground) -> Result<String, CorridorError> {
    let (child, activity) = match &line.ask {
        Ask::Add { line, .. } => (line.child, line.activity),
        Ask::Cancel { reservation } => {
            let stood = Stood::get(stage, *reservation)?;
            (stood.child, stood.activity)
        }
    };
    let activity = ground.activities.get(&activity).map(|one| one.name.as_str());
    let child = ground.children.get(&child).map(|one| one.first_name.as_str());
    Ok(match (child, activity) {
        (Some(child), Some(activity)) => format!("{child}, {activity}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Cette réservation".to_owned(),
    })
}
