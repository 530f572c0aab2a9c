//! What of the record an entry is to be seen beside.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::calendar::Calendar;
use shared::exceptional::closed_by;
use shared::ids::{ChildId, ClassId, ExceptionalDayId, GuardianId, ReservationId, SchoolId, SiteId};
use shared::journal::Header;
use shared::mark::{Kind, unpack};
use shared::operation::{
    Body, ExceptionalDayRecord, ExceptionalKind, NoticeKind, PortalRecord, RequestKind, decode_body,
};

use super::booked::{self, Came, Wished};
use super::choices::{Choices, choices};
use crate::record::{self, SeenChild, children_seen};
use crate::store::{Read, Row, StoreError};

/// A guardian with an account that stands, and what it sees.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Who.
    pub(super) guardian: GuardianId,
    /// Where mails go.
    pub(super) address: Option<String>,
    /// The children it sees.
    pub(super) children: Vec<SeenChild>,
    /// What it chose.
    pub(super) choices: Choices,
}

/// School and class.
pub(super) type Place = (Option<SchoolId>, Option<ClassId>);

/// What an entry is seen beside.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// Guardians whom it may concern.
    pub(super) told: Vec<Told>,
    /// The commune's zone.
    pub(super) zone: Tz,
    /// The school calendar.
    pub(super) calendar: Option<Calendar>,
    /// Families may ask to be told when a child has left.
    pub(super) child_left: bool,
    /// Days of children behind the ids that the entry names.
    pub(super) days: Vec<(ChildId, NaiveDate)>,
    /// Those of them that a closure cancelled.
    pub(super) cancelled: BTreeSet<(ChildId, NaiveDate)>,
    /// Those of them that were paid and are credited.
    pub(super) credited: BTreeSet<(ChildId, NaiveDate)>,
    /// Days that are booked again, as a closure no longer meets them.
    pub(super) back: Vec<(ChildId, NaiveDate)>,
    /// Where the child of the entry was before.
    pub(super) before: Option<Place>,
    /// The request that the entry answers: whose, of what kind, its title.
    pub(super) request: Option<(GuardianId, RequestKind, String)>,
    /// Schools of sites.
    pub(super) schools: BTreeMap<SiteId, SchoolId>,
    /// Days of the lines of a booking, with what became of each.
    pub(super) booked: Vec<(ChildId, NaiveDate, Came)>,
    /// Guardians of the household for which the town hall booked.
    pub(super) of_household: BTreeSet<GuardianId>,
    /// What was asked or waited for, that the entry names.
    pub(super) wishes: Vec<Wished>,
}

/// Where children were, as the journal before an entry says; read once a pass, and only where it is asked.
#[derive(Debug, Default)]
pub(super) struct Befores {
    places: BTreeMap<ChildId, Place>,
    /// Up to which entry they are known.
    read: u64,
}

impl Befores {
    fn of(&mut self, tx: &mut dyn Read, child: ChildId, seq: u64) -> Result<Option<Place>, StoreError> {
        loop {
            let params = [seq.into(), self.read.into()];
            let rows = tx.query(include_str!("sql/children_before.sql"), &params)?;
            let Some(last) = rows.last() else {
                break;
            };
            self.read = last.count(1)?;
            for row in &rows {
                if let Ok(Body::PutChild { child }) = decode_body(&row.bytes(0)?) {
                    self.places.insert(child.id, (child.school, child.class));
                }
            }
        }
        Ok(self.places.get(&child).copied())
    }
}

fn guardian(tx: &mut dyn Read, row: &Row) -> Result<Told, StoreError> {
    let guardian = GuardianId(row.uuid(0)?);
    let email = row.opt(1, Row::text)?;
    let login = row.opt(2, Row::text)?;
    let login = login.filter(|login| crate::letters::is_address(login));
    Ok(Told {
        guardian,
        address: email.filter(|email| !email.is_empty()).or(login),
        children: children_seen(tx, guardian)?,
        choices: choices(tx, guardian)?,
    })
}

fn guardians(tx: &mut dyn Read, rows: &[Row]) -> Result<Vec<Told>, StoreError> {
    rows.iter().map(|row| guardian(tx, row)).collect()
}

/// Parents of these children who have an account, each once.
fn parents(tx: &mut dyn Read, children: impl IntoIterator<Item = ChildId>) -> Result<Vec<Told>, StoreError> {
    let mut found: BTreeMap<GuardianId, Told> = BTreeMap::new();
    let mut asked: Vec<ChildId> = children.into_iter().collect();
    asked.sort_unstable();
    asked.dedup();
    for child in asked {
        for row in tx.query(include_str!("sql/parents.sql"), &[child.into()])? {
            let id = GuardianId(row.uuid(0)?);
            if let Entry::Vacant(place) = found.entry(id) {
                place.insert(guardian(tx, &row)?);
            }
        }
    }
    Ok(found.into_values().collect())
}

fn one(tx: &mut dyn Read, id: GuardianId) -> Result<Vec<Told>, StoreError> {
    let rows = tx.query(include_str!("sql/guardian.sql"), &[id.into()])?;
    guardians(tx, &rows)
}

/// Reads what an entry is to be seen beside; `None` where an entry of this kind tells nobody anything.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn load(
    tx: &mut dyn Read,
    befores: &mut Befores,
    zone: Tz,
    header: &Header,
    body: &Body,
) -> Result<Option<Facts>, StoreError> {
    let seq = header.seq;
    let mut facts = Facts {
        told: Vec::new(),
        zone,
        calendar: None,
        child_left: false,
        days: Vec::new(),
        cancelled: BTreeSet::new(),
        credited: BTreeSet::new(),
        back: Vec::new(),
        before: None,
        request: None,
        schools: BTreeMap::new(),
        booked: Vec::new(),
        of_household: BTreeSet::new(),
        wishes: Vec::new(),
    };
    match body {
        Body::PutChild { child } => {
            facts.told = parents(tx, [child.id])?;
            if !facts.told.is_empty() {
                facts.before = befores.of(tx, child.id, seq)?;
            }
        }
        Body::Reserve { lines } => {
            facts.days = lines.iter().map(|line| (line.child, line.date)).collect();
            facts.told = parents(tx, facts.days.iter().map(|(child, _)| *child))?;
        }
        Body::CancelReservations { reservations } => {
            facts.days = days_of(tx, reservations)?;
            facts.told = parents(tx, facts.days.iter().map(|(child, _)| *child))?;
        }
        Body::Book { booking } => {
            let whole = booked::whole(tx, header, booking)?;
            facts.booked = booked::lines(tx, &whole)?;
            facts.told = parents(tx, facts.booked.iter().map(|(child, ..)| *child))?;
            if let Some(guardian) = booking.guardian
                && !facts.told.iter().any(|told| told.guardian == guardian)
            {
                facts.told.extend(one(tx, guardian)?);
            }
            if booking.guardian.is_none() {
                let rows = tx.query(include_str!("sql/of_household.sql"), &[booking.household.into()])?;
                let ids = rows.iter().map(|row| Ok(GuardianId(row.uuid(0)?)));
                facts.of_household = ids.collect::<Result<_, StoreError>>()?;
            }
        }
        Body::EndUnpaid { reservations } => {
            facts.days = days_of(tx, reservations)?;
            facts.told = parents(tx, facts.days.iter().map(|(child, _)| *child))?;
        }
        Body::DecideWishes { .. } | Body::OfferPlaces { .. } | Body::EndWishes { .. } => {
            facts.wishes = booked::wishes(tx, body)?;
            let mut whose: Vec<_> = facts.wishes.iter().flat_map(|wish| wish.told.clone()).collect();
            whose.sort_unstable();
            whose.dedup();
            for guardian in whose {
                facts.told.extend(one(tx, guardian)?);
            }
        }
        Body::PutExceptionalDay { day } => {
            let resting = touch(tx, &mut facts, day)?;
            facts.back = stand_again(tx, header, zone, day.id, &resting)?;
            let all = facts.days.iter().chain(&facts.back);
            facts.told = parents(tx, all.map(|(child, _)| *child).collect::<Vec<_>>())?;
        }
        Body::RemoveExceptionalDay { day } => {
            facts.back = stand_again(tx, header, zone, *day, &BTreeSet::new())?;
            facts.told = parents(tx, facts.back.iter().map(|(child, _)| *child))?;
        }
        Body::ReceiveMarks { marks, .. } => {
            let portal: PortalRecord = record::portal(tx)?.0;
            facts.child_left = portal.child_left;
            if portal.child_left {
                let left = marks.iter().filter_map(|mark| {
                    let mark = unpack(&mark.value.0).ok()?;
                    mark.child.filter(|_| mark.kind == Kind::Out)
                });
                facts.told = parents(tx, left.collect::<Vec<_>>())?;
                facts.told.retain(|told| {
                    let choice = told.choices.of(NoticeKind::ChildLeft);
                    choice.mail || choice.push
                });
            }
        }
        Body::AnswerRequest { request, .. } => {
            let row = tx.first(include_str!("sql/request.sql"), &[(*request).into()])?;
            if let Some(row) = row {
                let whose = GuardianId(row.uuid(0)?);
                let kind = RequestKind::named(&row.text(1)?);
                facts.request = kind
                    .map(|kind| Ok::<_, StoreError>((whose, kind, row.text(2)?)))
                    .transpose()?;
                facts.told = one(tx, whose)?;
            }
        }
        Body::PutText { text } if text.from.is_some() => {
            let rows = tx.query(include_str!("sql/standing.sql"), &[])?;
            facts.told = guardians(tx, &rows)?;
            for row in tx.query(include_str!("sql/site_schools.sql"), &[])? {
                facts.schools.insert(SiteId(row.uuid(0)?), SchoolId(row.uuid(1)?));
            }
        }
        Body::SetGuardianLogin { guardian, .. }
        | Body::SetSecondFactor { guardian, .. }
        | Body::LinkIdentity { guardian, .. }
        | Body::ConfirmAddress { guardian, .. } => facts.told = one(tx, *guardian)?,
        _ => return Ok(None),
    }
    if facts.told.is_empty() {
        return Ok(None);
    }
    facts.calendar = record::calendar(tx)?.map(|(record, _)| Calendar::of(&record));
    Ok(Some(facts))
}

/// Whose and when some reservations are.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn days_of(
    tx: &mut dyn Read,
    reservations: &[ReservationId],
) -> Result<Vec<(ChildId, NaiveDate)>, StoreError> {
    let mut days = Vec::new();
    for reservation in reservations {
        if let Some(row) = tx.first(include_str!("sql/line.sql"), &[(*reservation).into()])? {
            days.push((ChildId(row.uuid(0)?), row.date(1)?));
        }
    }
    Ok(days)
}

/// Booked days that an exceptional day touches, and what becomes of them. Answers what stands, and rests.
fn touch(
    tx: &mut dyn Read,
    facts: &mut Facts,
    day: &ExceptionalDayRecord,
) -> Result<BTreeSet<ReservationId>, StoreError> {
    let mut resting = BTreeSet::new();
    for one in record::met(tx, day, day.from)? {
        let key = (one.child, one.date);
        facts.days.push(key);
        if one.cancelled {
            facts.cancelled.insert(key);
            if one.paid {
                facts.credited.insert(key);
            }
        } else {
            resting.insert(one.id);
        }
    }
    facts.days.sort_unstable();
    facts.days.dedup();
    Ok(resting)
}

/// Booked days that stand again, as a closure no longer is or no longer meets them: what it had cancelled and was given
/// back, and what it had only suspended. What rests all the same does not stand again.
fn stand_again(
    tx: &mut dyn Read,
    header: &Header,
    zone: Tz,
    day: ExceptionalDayId,
    resting: &BTreeSet<ReservationId>,
) -> Result<Vec<(ChildId, NaiveDate)>, StoreError> {
    let mut back = BTreeSet::new();
    for row in tx.query(include_str!("sql/back.sql"), &[header.seq.into()])? {
        if !resting.contains(&ReservationId(row.uuid(0)?)) {
            back.insert((ChildId(row.uuid(1)?), row.date(2)?));
        }
    }
    let before = day_before(tx, header.seq, day)?;
    let suspended = |day: &ExceptionalDayRecord| day.kind == ExceptionalKind::Closure && !day.cancels;
    if let Some(before) = before.filter(suspended) {
        let days: Vec<_> = record::exceptional_days(tx)?;
        let days = || days.iter().map(|(day, _)| day);
        for one in record::met(tx, &before, header.received_at.date_in(zone))? {
            if !one.cancelled && closed_by(days(), one.date, &one.judged.met).is_none() {
                back.insert((one.child, one.date));
            }
        }
    }
    Ok(back.into_iter().collect())
}

/// An exceptional day as it was before an entry.
fn day_before(
    tx: &mut dyn Read,
    seq: u64,
    id: ExceptionalDayId,
) -> Result<Option<ExceptionalDayRecord>, StoreError> {
    for row in tx.query(include_str!("sql/days_before.sql"), &[seq.into()])? {
        if let Ok(Body::PutExceptionalDay { day }) = decode_body(&row.bytes(0)?)
            && day.id == id
        {
            return Ok(Some(day));
        }
    }
    Ok(None)
}
