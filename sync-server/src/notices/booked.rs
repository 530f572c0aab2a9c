//! What a booking, and an answer to a wish, tells a family.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::ids::{ChildId, GuardianId, WishId};
use shared::journal::Header;
use shared::operation::{Ask, Body, BookingRecord, Decided, Fact, NoticeKind, NoticeRecord};
use shared::time::UtcMs;
use shared::words::{date_time, day};
use uuid::Uuid;

use super::facts::{Facts, Told, days_of};
use super::find::{Entry, fact, id, over};
use crate::letters::recap;
use crate::store::{Read, Row, StoreError};

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Made,
    Cancelled,
    Asked,
    Waits,
    Refused,
}

/// What was asked or waited for.
#[derive(Clone, Debug)]
pub(super) struct Wished {
    pub(super) id: WishId,
    pub(super) child: ChildId,
    pub(super) activity: String,
    pub(super) date: NaiveDate,
    /// A place was offered until then.
    pub(super) offered_until: Option<UtcMs>,
    /// Whom its fate is told.
    pub(super) told: Vec<GuardianId>,
}

/// A booking with what its form made beside it.
///
/// # Errors
/// See [`lines`].
pub(super) fn whole<'b>(
    tx: &mut dyn Read,
    header: &Header,
    booking: &'b BookingRecord,
) -> Result<Cow<'b, BookingRecord>, StoreError> {
    if booking.told_with.is_none() {
        return Ok(Cow::Borrowed(booking));
    }
    let whole = recap::booked(tx, header.operation)?;
    Ok(whole.map_or(Cow::Borrowed(booking), |whole| Cow::Owned(whole.booking)))
}

/// The days of the lines of a booking.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub(super) fn lines(
    tx: &mut dyn Read,
    booking: &BookingRecord,
) -> Result<Vec<(ChildId, NaiveDate, Came)>, StoreError> {
    let mut all = Vec::new();
    for line in &booking.lines {
        let came = match line.decided {
            Decided::Booked { .. } => Came::Made,
            Decided::Cancelled { .. } => Came::Cancelled,
            Decided::Requested { .. } | Decided::CancelRequested { .. } => Came::Asked,
            Decided::Waiting { .. } => Came::Waits,
            Decided::Refused { .. } => Came::Refused,
        };
        match &line.ask {
            Ask::Add { line, .. } => all.push((line.child, line.date, came)),
            Ask::Cancel { reservation } => {
                let days = days_of(tx, &[*reservation])?;
                all.extend(days.into_iter().map(|(child, date)| (child, date, came)));
            }
        }
    }
    Ok(all)
}

/// The wishes that an entry speaks of.
///
/// # Errors
/// See [`lines`].
pub(super) fn wishes(tx: &mut dyn Read, body: &Body) -> Result<Vec<Wished>, StoreError> {
    let ids: Vec<(WishId, Option<UtcMs>)> = match body {
        Body::DecideWishes { wishes, .. } | Body::EndWishes { wishes } => {
            wishes.iter().map(|wish| (*wish, None)).collect()
        }
        Body::OfferPlaces { offers } => {
            let offers = offers.iter();
            offers.map(|offer| (offer.wish, Some(offer.until))).collect()
        }
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (wish, until) in ids {
        let Some(row) = tx.first(include_str!("sql/wish.sql"), &[wish.into()])? else {
            continue;
        };
        let told = match row.opt(3, Row::uuid)? {
            Some(guardian) => vec![GuardianId(guardian)],
            None => match row.opt(4, Row::uuid)? {
                Some(household) => {
                    let rows = tx.query(include_str!("sql/of_household.sql"), &[household.into()])?;
                    let ids = rows.iter().map(|row| Ok(GuardianId(row.uuid(0)?)));
                    ids.collect::<Result<_, StoreError>>()?
                }
                None => Vec::new(),
            },
        };
        all.push(Wished {
            id: wish,
            child: ChildId(row.uuid(0)?),
            activity: row.text(1)?,
            date: row.date(2)?,
            offered_until: until.or(row.opt(6, Row::int)?.map(UtcMs)),
            told,
        });
    }
    Ok(all)
}

/// Whoever validated, or for whom it was booked, hears what became of each line, and so does the household for which the
/// town hall booked; the others of its children how many there were.
pub(super) fn of_booking(entry: &Entry<'_>, facts: &Facts, booking: &BookingRecord) -> Vec<NoticeRecord> {
    let about = |told: &Told| {
        let by_town = booking.guardian.is_none() && facts.of_household.contains(&told.guardian);
        let own = by_town || booking.guardian == Some(told.guardian);
        let seen = |child: &ChildId, date: &NaiveDate| {
            told.children
                .iter()
                .any(|seen| seen.id == *child && (own || seen.is_ours_on(facts.calendar.as_ref(), *date)))
        };
        let ours = facts.booked.iter().filter(|(child, date, _)| seen(child, date));
        // What came to nothing is told to whoever asked for it.
        let ours: Vec<_> = ours.filter(|(.., came)| own || *came != Came::Refused).collect();
        // What the town hall tried and its rules refused changed nothing: whoever called was told.
        if by_town && ours.iter().all(|(.., came)| *came == Came::Refused) {
            return None;
        }
        let days: Vec<_> = ours.iter().map(|(child, date, _)| (*child, *date)).collect();
        let (child, mut words) = over(told, &days)?;
        let count = |wanted: Came| {
            ours.iter()
                .filter(|(.., came)| *came == wanted)
                .count()
                .to_string()
        };
        words.extend([
            fact("made", count(Came::Made)),
            fact("cancelled", count(Came::Cancelled)),
            fact("asked", count(Came::Asked)),
            fact("waiting", count(Came::Waits)),
            fact("refused", count(Came::Refused)),
            fact("booking", entry.header.operation.to_string()),
        ]);
        if own {
            words.push(fact(RECAP, "yes"));
        }
        // Two bookings of one form are told once, by whichever is read first.
        let own = entry.header.operation;
        let of = booking.told_with.map_or(own, |other| other.min(own));
        Some(NoticeRecord {
            id: id(of.0, told.guardian, NoticeKind::Recap),
            guardian: told.guardian,
            kind: NoticeKind::Recap,
            child,
            at: entry.header.received_at,
            facts: words,
        })
    };
    facts.told.iter().filter_map(about).collect()
}

/// The fact of a notice whose letter tells each line.
const RECAP: &str = "recap";

/// What the letter of a notice is filled with, where it tells each line of a booking.
pub(super) fn recap_of(notice: &NoticeRecord) -> Option<Vec<Fact>> {
    notice.facts.iter().find(|fact| fact.name == RECAP)?;
    let booking = notice.facts.iter().find(|fact| fact.name == "booking")?;
    Some(vec![booking.clone()])
}

/// What was answered, to each guardian at once.
pub(super) fn answers(
    entry: &Entry<'_>,
    facts: &Facts,
    accepted: bool,
    said: Option<&str>,
) -> Vec<NoticeRecord> {
    let about = |told: &Told| {
        let own: Vec<&Wished> = of(facts, told).collect();
        let days: Vec<_> = own.iter().map(|wish| (wish.child, wish.date)).collect();
        let (child, mut words) = over(told, &days)?;
        words.extend([
            fact("wish", if accepted { "yes" } else { "no" }),
            fact("count", own.len().to_string()),
            fact("activity", own.first()?.activity.as_str()),
        ]);
        words.extend(
            said.filter(|said| !said.trim().is_empty())
                .map(|said| fact("said", said)),
        );
        Some(NoticeRecord {
            id: id(
                entry.header.operation.0,
                told.guardian,
                NoticeKind::RequestAnswered,
            ),
            guardian: told.guardian,
            kind: NoticeKind::RequestAnswered,
            child,
            at: entry.header.received_at,
            facts: words,
        })
    };
    facts.told.iter().filter_map(about).collect()
}

/// Places that are offered, or that were not taken in time: one notice each.
pub(super) fn places(entry: &Entry<'_>, facts: &Facts, ended: bool) -> Vec<NoticeRecord> {
    let mut all = Vec::new();
    for told in &facts.told {
        for wish in of(facts, told) {
            // A wait that ended with its day is no news.
            let Some(until) = wish.offered_until else { continue };
            let name = told.children.iter().find(|seen| seen.id == wish.child);
            let Some(name) = name.map(|seen| seen.first_name.as_str()) else {
                continue;
            };
            let end = date_time(until, facts.zone);
            let of = Uuid::new_v5(&entry.header.operation.0, wish.id.as_bytes());
            all.push(NoticeRecord {
                id: id(of, told.guardian, NoticeKind::PlaceOffered),
                guardian: told.guardian,
                kind: NoticeKind::PlaceOffered,
                child: Some(wish.child),
                at: entry.header.received_at,
                facts: vec![
                    fact("what", if ended { "ended" } else { "offered" }),
                    fact("who", name),
                    fact("activity", wish.activity.as_str()),
                    fact("day", day(wish.date)),
                    fact("end", end),
                ],
            });
        }
    }
    all
}

/// Reservations that were not paid in time, to each household its own.
pub(super) fn unpaid(entry: &Entry<'_>, facts: &Facts) -> Vec<NoticeRecord> {
    let mut by_guardian: BTreeMap<GuardianId, NoticeRecord> = BTreeMap::new();
    for told in &facts.told {
        let ours: Vec<_> = facts
            .days
            .iter()
            .copied()
            .filter(|(child, date)| {
                told.children
                    .iter()
                    .any(|seen| seen.id == *child && seen.is_ours_on(facts.calendar.as_ref(), *date))
            })
            .collect();
        let Some((child, mut words)) = over(told, &ours) else {
            continue;
        };
        words.push(fact("unpaid", ours.len().to_string()));
        let notice = NoticeRecord {
            id: id(entry.header.operation.0, told.guardian, NoticeKind::Recap),
            guardian: told.guardian,
            kind: NoticeKind::Recap,
            child,
            at: entry.header.received_at,
            facts: words,
        };
        by_guardian.insert(told.guardian, notice);
    }
    by_guardian.into_values().collect()
}

fn of<'f>(facts: &'f Facts, told: &Told) -> impl Iterator<Item = &'f Wished> {
    let guardian = told.guardian;
    facts
        .wishes
        .iter()
        .filter(move |wish| wish.told.contains(&guardian))
}
