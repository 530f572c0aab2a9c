//! What the record of today says of the subjects of a lost operation.

use chrono::NaiveDate;
use shared::booking::{SessionKey, WishState, full, group_of, set_for};
use shared::codec::{decode, encode};
use shared::digest::SheetRef;
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, ReservationId, SettlementId, SiteId, WishId};
use shared::operation::{
    ActivityRecord, AgentRecord, Body, Channel, ChildRecord, Decision, HouseholdRecord, ReservationLine,
    Role, Settlement, StaffRecord, TakenBack,
};
use shared::receipt::Position;
use shared::time::UtcMs;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::history::History;
use super::judge::{Thing, ToCancel};
use super::subjects::{Booking, Discrepancy};
use super::view::{View, booking, is_of_the_machine};
use crate::corridor::held_among;
use crate::record;
use crate::rules::{self, Children, Scope};
use crate::store::{Read, Row, StoreError, Value};

type Found<T> = Result<T, StoreError>;

/// Whether the thing that an operation replaces is as it wants it, and whether it may be replaced.
pub(super) fn thing(tx: &mut dyn Read, body: &Body) -> Found<Thing> {
    Ok(Thing {
        same: same(tx, body)?,
        last_administrator: is_last_administrator(tx, body)?,
        ..Thing::default()
    })
}

/// Whether the record says what an operation wants.
fn same(tx: &mut dyn Read, body: &Body) -> Found<bool> {
    Ok(match body {
        Body::PutSchool { school } => is(record::school(tx, school.id)?, school),
        Body::PutSite { site } => is(record::site(tx, site.id)?, site),
        Body::PutClass { class } => is(record::class(tx, class.id)?, class),
        Body::PutService { service } => is(record::service(tx, service.id)?, service),
        Body::PutActivity { activity } => {
            let here = record::activity(tx, activity.id)?;
            is(
                here.map(|(a, v)| (of_activity(a), v)),
                &of_activity(activity.clone()),
            )
        }
        Body::PutStaff { staff } => {
            let here = record::staff_member(tx, staff.id)?;
            is(here.map(|(s, v)| (of_staff(s), v)), &of_staff(staff.clone()))
        }
        Body::PutHousehold { household } => {
            let here = record::household(tx, household.id)?;
            is(
                here.map(|(h, v)| (of_household(h), v)),
                &of_household(household.clone()),
            )
        }
        Body::PutChild { child } => {
            let here = record::child(tx, child.id)?;
            is(here.map(|(c, v)| (of_child(c), v)), &of_child(child.clone()))
        }
        Body::PutAgent { agent } => {
            let here = record::agent(tx, agent.id)?;
            is(here.map(|(a, v)| (of_agent(a), v)), &of_agent(agent.clone()))
        }
        Body::PutCalendar { calendar } => is(record::calendar(tx)?, calendar),
        Body::PutExceptionalDay { day } => is(record::exceptional_day(tx, day.id)?, day),
        Body::RemoveExceptionalDay { day } => record::exceptional_day(tx, *day)?.is_none(),
        Body::RenameCommune { name, zone, label } => {
            let row = tx.first(include_str!("../record/commune/get.sql"), &[])?;
            row_is(
                row,
                1,
                &[name.as_str().into(), zone.as_str().into(), label.as_str().into()],
            )
        }
        Body::SetStaffPin { staff, phc } => {
            let row = tx.first(include_str!("../record/merge/pin.sql"), &[(*staff).into()])?;
            row_is(row, 0, &[phc.clone().into()])
        }
        Body::SetGuardianLogin {
            guardian, login, phc, ..
        } => {
            let row = tx.first(include_str!("../record/merge/login.sql"), &[(*guardian).into()])?;
            row_is(row, 0, &[login.as_str().into(), phc.as_str().into()])
        }
        Body::SetAgentPassword { agent, phc, .. } => {
            let row = tx.first(include_str!("../record/merge/password.sql"), &[(*agent).into()])?;
            row_is(row, 0, &[phc.as_str().into()])
        }
        Body::AttachChild { unknown, child } => {
            let row = tx.first(include_str!("../record/alias/get.sql"), &[(*unknown).into()])?;
            row_is(row, 0, &[(*child).into()])
        }
        Body::PostIncident { post } => {
            let row = tx.first(include_str!("../record/merge/incident.sql"), &[post.id.into()])?;
            let wanted = [
                post.published_at.into(),
                post.title.as_str().into(),
                post.text.as_str().into(),
                post.over.into(),
                false.into(),
            ];
            row_is(row, 0, &wanted)
        }
        Body::RemoveIncident { post } => {
            let row = tx.first(include_str!("../record/merge/incident.sql"), &[(*post).into()])?;
            row.is_none() || row_is(row, 4, &[true.into()])
        }
        Body::PutOutage { outage } => {
            let row = tx.first(include_str!("../record/merge/outage.sql"), &[outage.id.into()])?;
            let everywhere: &[u8] = &[];
            let wanted = [
                outage.from.into(),
                outage.until.into(),
                outage.site.map_or_else(|| everywhere.into(), Value::from),
                outage.cause.as_str().into(),
                outage.note.as_str().into(),
            ];
            row_is(row, 0, &wanted)
        }
        Body::WaiveSession {
            site,
            date,
            activity,
            reason,
        } => {
            let Some(date) = NaiveDate::from_num_days_from_ce_opt(*date) else {
                return Ok(false);
            };
            let key = [(*site).into(), date.into(), (*activity).into()];
            let row = tx.first(include_str!("../record/waiver/get.sql"), &key)?;
            match reason {
                Some(reason) => row_is(row, 0, &[reason.as_str().into()]),
                None => row.is_none(),
            }
        }
        Body::SettleQuarantine { hash, settlement } => {
            let row = tx.first(include_str!("../record/quarantine/get.sql"), &[(*hash).into()])?;
            let Some(row) = row else { return Ok(false) };
            let word = row.opt(3, Row::text)?;
            match settlement {
                Settlement::Left => word.as_deref() == Some("left"),
                Settlement::Taken { marks } => {
                    let sheet = SheetRef {
                        site: SiteId(row.uuid(1)?),
                        date: row.date(2)?,
                    };
                    let held = held_among(tx, &sheet, marks.iter().map(|mark| mark.id))?;
                    let is_held = |mark: &shared::operation::ReceivedMark| {
                        held.get(&mark.id)
                            .is_some_and(|values| values.contains(&mark.value.0))
                    };
                    word.as_deref() == Some("taken") && marks.iter().all(is_held)
                }
            }
        }
        Body::PutRules { rules } => {
            let row = tx.first(include_str!("../record/merge/rules.sql"), &[rules.id.into()])?;
            row_is(row, 0, &[encode(rules).into()])
        }
        Body::RemoveRules { rules } => {
            let row = tx.first(include_str!("../record/merge/rules.sql"), &[(*rules).into()])?;
            row.is_none()
        }
        Body::PutBookingSettings { settings } => {
            let row = tx.first(include_str!("../record/merge/booking_settings.sql"), &[])?;
            row_is(row, 0, &[encode(settings).into()])
        }
        Body::PutHouseholdFacts { facts } => {
            let sql = include_str!("../record/merge/household_facts.sql");
            let row = tx.first(sql, &[facts.household.into()])?;
            row_is(row, 0, &[facts.residence.clone().into(), facts.unpaid.0.into()])
        }
        Body::PutDocuments { child, documents } => {
            let sql = include_str!("../record/merge/documents.sql");
            let mut here = Vec::new();
            for row in tx.query(sql, &[(*child).into()])? {
                here.push((row.text(0)?, row.opt(1, Row::date)?));
            }
            let mut found: Vec<_> = documents
                .iter()
                .map(|one| (one.kind.clone(), one.until))
                .collect();
            found.sort();
            here == found
        }
        Body::DecideWishes { wishes, accepted, .. } => {
            let wanted = if *accepted {
                WishState::Accepted
            } else {
                WishState::Refused
            };
            all_are(tx, wishes, &[wanted])?
        }
        Body::WithdrawWishes { wishes } => all_are(tx, wishes, &[WishState::Withdrawn, WishState::Ended])?,
        // These are weighed line by line, merged by union, or never.
        _ => false,
    })
}

/// Whether all of these wishes are in one of these states.
fn all_are(tx: &mut dyn Read, wishes: &[WishId], states: &[WishState]) -> Found<bool> {
    for wish in wishes {
        let state = wish_state(tx, *wish)?;
        if !state.is_some_and(|state| states.contains(&state)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn wish_state(tx: &mut dyn Read, wish: WishId) -> Found<Option<WishState>> {
    let row = tx.first(include_str!("../record/merge/wish.sql"), &[wish.into()])?;
    let word = row.map(|row| row.text(0)).transpose()?;
    Ok(word.as_deref().and_then(WishState::parse))
}

/// Whether a wish of this number was ever made here.
pub(super) fn wish_exists(tx: &mut dyn Read, wish: WishId) -> Found<bool> {
    Ok(wish_state(tx, wish)?.is_some())
}

fn is<T: PartialEq>(here: Option<record::Versioned<T>>, wanted: &T) -> bool {
    here.is_some_and(|(here, _)| here == *wanted)
}

fn row_is(row: Option<Row>, from: usize, wanted: &[Value]) -> bool {
    row.is_some_and(|row| row.0.get(from..from + wanted.len()) == Some(wanted))
}

/// Lists that are sets are compared in one order.
fn of_child(mut child: ChildRecord) -> ChildRecord {
    child.households.sort_unstable();
    child.households.dedup();
    child
}

fn of_household(mut household: HouseholdRecord) -> HouseholdRecord {
    household.guardians.sort_by_key(|guardian| guardian.id);
    household
}

fn of_staff(mut staff: StaffRecord) -> StaffRecord {
    staff.sites.sort_unstable();
    staff
}

fn of_agent(mut agent: AgentRecord) -> AgentRecord {
    agent.sites.sort_unstable();
    agent
}

fn of_activity(mut activity: ActivityRecord) -> ActivityRecord {
    activity.sites.sort_unstable();
    activity
}

/// Whether an operation takes the last administrator away: nobody would be left to invite another.
pub(super) fn is_last_administrator(tx: &mut dyn Read, body: &Body) -> Found<bool> {
    let agent = match body {
        Body::PutAgent { agent } if agent.role != Role::Administrateur => agent.id.0,
        Body::Withdraw { withdrawal } => match decode::<Withdrawal>(&withdrawal.0) {
            Ok(one) if one.kind == Withdrawn::Agent => one.subject_id(),
            _ => return Ok(false),
        },
        _ => return Ok(false),
    };
    let row = tx.first(include_str!("../record/agent/role.sql"), &[agent.into()])?;
    if row.map(|row| row.text(0)).transpose()?.as_deref() != Some(Role::Administrateur.as_str()) {
        return Ok(false);
    }
    let others = include_str!("../record/agent/other_administrators.sql");
    Ok(tx.first(others, &[agent.into()])?.is_none())
}

/// Whether a right was taken away here too.
pub(super) fn is_withdrawn(tx: &mut dyn Read, withdrawal: &Withdrawal) -> Found<bool> {
    let key = [withdrawal.kind.as_str().into(), withdrawal.subject_id().into()];
    Ok(tx
        .first(include_str!("../record/withdrawal/get.sql"), &key)?
        .is_some())
}

/// A reservation that stands, and who made it.
pub(super) struct Standing {
    /// As it stands.
    pub(super) line: ReservationLine,
    version: u64,
    machine: bool,
    origin: Option<Position>,
}

/// The reservation of this child, activity, site and date that stands.
pub(super) fn standing(tx: &mut dyn Read, of: &Booking) -> Found<Option<Standing>> {
    let key = [
        of.date.into(),
        of.site.into(),
        of.activity.into(),
        of.child.into(),
    ];
    let row = tx.first(include_str!("../record/merge/standing.sql"), &key)?;
    row.map(|row| {
        let sitting = row.opt(3, Row::int)?;
        Ok(Standing {
            line: ReservationLine {
                id: ReservationId(row.uuid(0)?),
                child: of.child,
                activity: of.activity,
                site: of.site,
                date: of.date,
                formula: row.opt(1, Row::uuid)?.map(FormulaId),
                group: row.opt(2, Row::text)?,
                sitting: sitting.and_then(|sitting| u8::try_from(sitting).ok()),
                table: row.opt(4, Row::text)?,
                expected_in: row.opt(5, Row::minute)?,
                expected_out: row.opt(6, Row::minute)?,
                comes_from: row.opt(7, Row::text)?,
                goes_to: row.opt(8, Row::text)?,
                household: row.opt(13, Row::uuid)?.map(HouseholdId),
            },
            version: row.count(9)?,
            machine: match (row.opt(10, Row::text)?, row.opt(11, Row::text)?) {
                (Some(channel), Some(kind)) => {
                    Channel::named(&channel).is_some_and(|channel| is_of_the_machine(channel, &kind))
                }
                _ => false,
            },
            origin: row
                .opt(12, Row::bytes)?
                .map(|bytes| decode(&bytes))
                .transpose()
                .map_err(|error| StoreError::Shape(error.to_string()))?,
        })
    })
    .transpose()
}

/// Whether two reservations of the same say the same.
pub(super) fn same_line(one: &ReservationLine, other: &ReservationLine) -> bool {
    ReservationLine {
        id: other.id,
        ..one.clone()
    } == *other
}

/// What of a line is not in the record.
pub(super) fn missing(tx: &mut dyn Read, line: &ReservationLine) -> Found<Option<&'static str>> {
    let all = [
        (
            line.child.0,
            include_str!("../record/child/version.sql"),
            "cet enfant",
        ),
        (
            line.activity.0,
            include_str!("../record/activity/version.sql"),
            "cette activité",
        ),
        (line.site.0, include_str!("../record/site/version.sql"), "ce site"),
    ];
    for (id, sql, what) in all {
        if tx.first(sql, &[id.into()])?.is_none() {
            return Ok(Some(what));
        }
    }
    Ok(None)
}

/// Whether a reservation of this number was ever made here.
pub(super) fn reservation_exists(tx: &mut dyn Read, id: ReservationId) -> Found<bool> {
    let sql = include_str!("../record/reservation/exists.sql");
    Ok(tx.first(sql, &[id.into()])?.is_some())
}

/// How many children may come.
pub(super) enum Limit {
    /// As many as like.
    None,
    /// So many.
    Places(u32),
    /// As many as rules say.
    ByRules,
}

/// What limits an activity.
pub(super) fn limit(tx: &mut dyn Read, activity: ActivityId) -> Found<Limit> {
    let row = tx.first(include_str!("../record/merge/capacity.sql"), &[activity.into()])?;
    let Some(row) = row else {
        return Ok(Limit::None);
    };
    if row.count(1)? > 0 {
        return Ok(Limit::ByRules);
    }
    let places = row.opt(0, Row::count)?;
    Ok(places.map_or(Limit::None, |places| {
        Limit::Places(u32::try_from(places).unwrap_or(u32::MAX))
    }))
}

/// A merge is judged by no clock: a place that is offered is taken until somebody ends the offer.
const EVERY_OFFER: UtcMs = UtcMs(0);

/// How many places there are by the rules of today, if none is left for a line beside those that are coming.
pub(super) fn full_by_rules(
    tx: &mut dyn Read,
    line: &ReservationLine,
    coming: &[ReservationLine],
) -> Found<Option<u32>> {
    let mut children: Vec<ChildId> = coming.iter().map(|line| line.child).collect();
    children.push(line.child);
    let scope = Scope {
        household: None,
        guardian: None,
        children: Children::Listed(children),
        from: line.date,
        until: line.date,
        activities: Some(vec![line.activity]),
        carts: None,
        now: EVERY_OFFER,
    };
    let mut ground = rules::ground(tx, &scope)?;
    let session = SessionKey {
        activity: line.activity,
        site: line.site,
        date: line.date,
    };
    for other in coming {
        *ground.taken.entry((session, None)).or_default() += 1;
        let set = set_for(line.activity, line.date, &ground);
        let child = ground.children.get(&other.child);
        let group = child
            .zip(set)
            .and_then(|(child, set)| group_of(child, set, line.date));
        if let Some(group) = group.map(ToOwned::to_owned) {
            *ground.taken.entry((session, Some(group))).or_default() += 1;
        }
    }
    let Some(child) = ground.children.get(&line.child) else {
        return Ok(None);
    };
    Ok(full(child, session, line.formula, &ground, EVERY_OFFER))
}

/// How many reservations stand.
pub(super) fn taken(tx: &mut dyn Read, activity: ActivityId, site: SiteId, date: NaiveDate) -> Found<u64> {
    let key = [activity.into(), site.into(), date.into()];
    let row = tx.first(include_str!("../record/merge/taken.sql"), &key)?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// What a reservation is of, by the record or by the lost history.
pub(super) fn booking_of(tx: &mut dyn Read, history: &History, id: ReservationId) -> Found<Option<Booking>> {
    Ok(booking(tx, id)?.or_else(|| history.booking(id)))
}

/// What stands where a reservation was, and which it is.
pub(super) fn to_cancel(
    tx: &mut dyn Read,
    history: &History,
    view: &View,
    id: ReservationId,
) -> Found<(ToCancel, Option<ReservationId>)> {
    let Some(of) = booking_of(tx, history, id)? else {
        return Ok((ToCancel::Unknown, None));
    };
    let Some(standing) = standing(tx, &of)? else {
        return Ok((ToCancel::Gone, None));
    };
    let named = standing.line.id;
    let since = standing.version > view.fork;
    let ours = standing.origin.is_some_and(|origin| history.holds(&origin));
    let to_cancel = if named == id || since && (standing.machine || ours) {
        ToCancel::Stands
    } else {
        ToCancel::Anew(view.touched(&super::subjects::Subject::Booking(of)))
    };
    Ok((to_cancel, Some(named)))
}

/// Whether the list that proves a line is kept here.
pub(super) fn is_proof_kept(tx: &mut dyn Read, line: &TakenBack) -> Found<bool> {
    let sql = include_str!("../record/returned/exists.sql");
    Ok(tx.first(sql, &[line.proof().into()])?.is_some())
}

/// The decision that stands on a discrepancy.
pub(super) fn settled(tx: &mut dyn Read, of: &Discrepancy) -> Found<Option<(SettlementId, Decision)>> {
    let nobody: &[u8] = &[];
    let key = [
        of.site.into(),
        of.date.into(),
        of.activity.into(),
        of.child.map_or_else(|| nobody.into(), Value::from),
        of.kind.as_str().into(),
        of.evidence.into(),
    ];
    let row = tx.first(include_str!("../record/merge/settled.sql"), &key)?;
    row.map(|row| {
        let decision = decode(&row.bytes(1)?).map_err(|error| StoreError::Shape(error.to_string()))?;
        Ok((SettlementId(row.uuid(0)?), decision))
    })
    .transpose()
}

/// Whether a decision of this number was ever taken here.
pub(super) fn is_settlement_known(tx: &mut dyn Read, id: SettlementId) -> Found<bool> {
    Ok(undone(tx, id)?.is_some())
}

/// Whether a decision was taken back; `None` where it was never taken.
pub(super) fn undone(tx: &mut dyn Read, id: SettlementId) -> Found<Option<bool>> {
    let row = tx.first(include_str!("../record/settlement/get.sql"), &[id.into()])?;
    Ok(row.map(|row| !row.is_null(1)))
}
