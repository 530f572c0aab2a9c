//! Two files of one family, or of one child, become one.
//!
//! What the second file holds goes to the first. Of two reservations for the same day, activity and site that of the
//! first stands and the other is cancelled: both stay to be read. Marks are facts and are not rewritten: the id of
//! the second file becomes another name of the first, as with an unknown child that was recognised. A login is
//! never lost.

use shared::codec::{decode, encode};
use shared::ids::{ChildId, HouseholdId, NoticeId, SiteId};
use shared::operation::{
    AuthorityOver, ChildRecord, CustodyRecord, NoticeRecord, Outcome, PayerPeriod, PayerRecord, Refusal,
    Sharing,
};

use super::{CorridorError, Effect, Stage, booked, families, payers, touch};
use crate::record;
use crate::store::{Row, StoreError};

type Done = Result<Effect, CorridorError>;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

/// Refuses when either of two files is not as whoever unites them saw it: they saw the newer of both versions.
fn unchanged(stage: &Stage<'_>, versions: [i64; 2]) -> Result<(), CorridorError> {
    let version = versions[0].max(versions[1]);
    if stage.live() && stage.operation.seen.is_some_and(|seen| seen != version) {
        return Err(Refusal::Changed { version }.into());
    }
    Ok(())
}

pub(super) fn households(stage: &mut Stage<'_>, keep: HouseholdId, gone: HouseholdId) -> Done {
    if keep == gone {
        return Err(invalid("Choisissez deux foyers différents."));
    }
    let found = [keep, gone].map(|id| record::household(stage.tx, id));
    let [Some((_, kept)), Some((_, lost))] = all(found)? else {
        return Err(Refusal::NotFound("ce foyer").into());
    };
    unchanged(stage, [kept, lost])?;
    let both = [keep.into(), gone.into()];
    stage
        .tx
        .execute(include_str!("../record/double/guardians.sql"), &both)?;
    let children = stage
        .tx
        .query(include_str!("../record/double/children_of.sql"), &[gone.into()])?;
    for row in children {
        let params = [row.uuid(0)?.into(), keep.into()];
        stage
            .tx
            .execute(include_str!("../record/double/join_household.sql"), &params)?;
    }
    stage.tx.execute(
        include_str!("../record/double/leave_household.sql"),
        &[gone.into()],
    )?;
    let sql = include_str!("../record/double/payers_of_household.sql");
    for row in stage.tx.query(sql, &[gone.into()])? {
        let mut payer: PayerRecord = read(&row, 0)?;
        payer.household = Some(keep);
        payers::write_payer(stage, &payer)?;
    }
    for row in stage.tx.query(include_str!("../record/custody/all.sql"), &[])? {
        let custody: CustodyRecord = read(&row, 1)?;
        let moved = custody_in(&custody, keep, gone);
        if moved != custody {
            payers::write_custody(stage, &moved)?;
        }
    }
    stage
        .tx
        .execute(include_str!("../record/double/codes_of_household.sql"), &both)?;
    booked_for(stage, keep, gone)?;
    stage.tx.execute(
        include_str!("../record/double/remove_household.sql"),
        &[gone.into()],
    )?;
    let params = [keep.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/guardian/touch_household.sql"), &params)?;
    families::touch_household(stage, keep)?;
    touch::roster(stage)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn children(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Done {
    if keep == gone {
        return Err(invalid("Choisissez deux fiches différentes."));
    }
    let found = [keep, gone].map(|id| record::child(stage.tx, id));
    let [Some((kept, kept_at)), Some((lost, lost_at))] = all(found)? else {
        return Err(Refusal::NotFound("cet enfant").into());
    };
    unchanged(stage, [kept_at, lost_at])?;
    reservations(stage, keep, gone)?;
    owed_for(stage, keep, gone)?;
    custody(stage, keep, gone)?;
    let both = [keep.into(), gone.into()];
    for sql in [
        include_str!("../record/double/settlements.sql"),
        include_str!("../record/double/transfers.sql"),
        include_str!("../record/double/codes_of_child.sql"),
        include_str!("../record/double/requests.sql"),
        include_str!("../record/alias/repoint.sql"),
    ] {
        stage.tx.execute(sql, &both)?;
    }
    notices(stage, keep, gone)?;
    families::write_child(stage, &united(&kept, &lost))?;
    wished(stage, keep, gone)?;
    let params = [gone.into(), keep.into(), stage.seq.into()];
    stage
        .tx
        .execute(include_str!("../record/alias/put_merged.sql"), &params)?;
    for sql in [
        include_str!("../record/child/clear_households.sql"),
        include_str!("../record/child/clear_badges.sql"),
        include_str!("../record/double/remove_child.sql"),
    ] {
        stage.tx.execute(sql, &[gone.into()])?;
    }
    families::touch_child(stage, keep)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

/// The first thing that failed, or all.
fn all<T, const N: usize>(found: [Result<T, StoreError>; N]) -> Result<[T; N], StoreError> {
    let found: Vec<T> = found.into_iter().collect::<Result<_, _>>()?;
    found
        .try_into()
        .map_err(|_| StoreError::Shape("as many as were asked for".into()))
}

fn read<T: for<'b> minicbor::Decode<'b, ()>>(row: &Row, at: usize) -> Result<T, StoreError> {
    decode(&row.bytes(at)?).map_err(|_| StoreError::Shape("a record of a family".into()))
}

fn reservations(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Result<(), CorridorError> {
    for sql in [
        include_str!("../record/double/days_of_child.sql"),
        include_str!("../record/double/judged_days.sql"),
    ] {
        for row in stage.tx.query(sql, &[gone.into()])? {
            touch::day(stage, SiteId(row.uuid(0)?), row.date(1)?)?;
        }
    }
    let params = [
        keep.into(),
        gone.into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/double/cancel_clashes.sql"), &params)?;
    let params = [keep.into(), gone.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/double/reservations.sql"), &params)?;
    Ok(())
}

/// What was asked and waited for, and the documents that the town hall holds. Of two wishes for the same that of the
/// first stands.
fn wished(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Result<(), CorridorError> {
    let params = [
        keep.into(),
        gone.into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/double/wishes_clash.sql"), &params)?;
    let both = [keep.into(), gone.into()];
    for sql in [
        include_str!("../record/double/wishes_of_child.sql"),
        include_str!("../record/double/documents.sql"),
        include_str!("../record/double/cart_lines.sql"),
    ] {
        stage.tx.execute(sql, &both)?;
    }
    for sql in [
        include_str!("../record/rules/clear_documents.sql"),
        include_str!("../record/double/drop_cart_lines.sql"),
    ] {
        stage.tx.execute(sql, &[gone.into()])?;
    }
    booked::groups::of_child(stage, keep)
}

/// What was booked, asked and gathered for a household, and what rules ask about it.
fn booked_for(stage: &mut Stage<'_>, keep: HouseholdId, gone: HouseholdId) -> Result<(), CorridorError> {
    let both = [keep.into(), gone.into()];
    for sql in [
        include_str!("../record/double/reservations_of_household.sql"),
        include_str!("../record/double/wishes_of_household.sql"),
        include_str!("../record/double/carts_of_household.sql"),
    ] {
        stage.tx.execute(sql, &both)?;
    }
    let params = [keep.into(), gone.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/double/facts_of_household.sql"), &params)?;
    for sql in [
        include_str!("../record/double/drop_facts.sql"),
        include_str!("../record/double/drop_carts.sql"),
    ] {
        stage.tx.execute(sql, &[gone.into()])?;
    }
    Ok(())
}

fn owed_for(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Result<(), CorridorError> {
    let sql = include_str!("../record/double/payers_of_child.sql");
    for row in stage.tx.query(sql, &[gone.into()])? {
        let payer: PayerRecord = read(&row, 0)?;
        payers::write_payer(stage, &paying_for(payer, keep, gone))?;
    }
    Ok(())
}

fn custody(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Result<(), CorridorError> {
    let get = include_str!("../record/custody/get.sql");
    let found = [keep, gone].map(|child| stage.tx.first(get, &[child.into()]));
    let [kept, lost] = all(found)?;
    let Some(lost) = lost else { return Ok(()) };
    let lost: CustodyRecord = read(&lost, 0)?;
    let kept: Option<CustodyRecord> = kept.map(|row| read(&row, 0)).transpose()?;
    payers::write_custody(stage, &custody_of(keep, kept, lost))?;
    stage.tx.execute(
        include_str!("../record/double/remove_custody.sql"),
        &[gone.into()],
    )?;
    Ok(())
}

fn notices(stage: &mut Stage<'_>, keep: ChildId, gone: ChildId) -> Result<(), CorridorError> {
    for row in stage
        .tx
        .query(include_str!("../record/double/notices.sql"), &[gone.into()])?
    {
        let id = NoticeId(row.uuid(0)?);
        let mut notice: NoticeRecord = read(&row, 1)?;
        notice.child = Some(keep);
        let params = [id.into(), keep.into(), encode(&notice).into()];
        stage
            .tx
            .execute(include_str!("../record/double/notice.sql"), &params)?;
    }
    Ok(())
}

/// One file of two: what the first says stands, what it leaves open the second fills, and of what protects a child
/// nothing is left out.
fn united(keep: &ChildRecord, gone: &ChildRecord) -> ChildRecord {
    let mut one = keep.clone();
    for household in &gone.households {
        if !one.households.contains(household) {
            one.households.push(*household);
        }
    }
    for badge in &gone.badges {
        if !one.badges.contains(badge) {
            one.badges.push(badge.clone());
        }
    }
    one.must_know = both_texts(keep.must_know.as_deref(), gone.must_know.as_deref());
    one.health = both_texts(keep.health.as_deref(), gone.health.as_deref());
    one.phone = one.phone.or_else(|| gone.phone.clone());
    one.reference = one.reference.or_else(|| gone.reference.clone());
    one.symbol = one.symbol.or(gone.symbol);
    if one.school.is_none() {
        one.school = gone.school;
    }
    if one.class.is_none() && one.school == gone.school {
        one.class = gone.class;
    }
    one
}

fn both_texts(first: Option<&str>, second: Option<&str>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if !first.contains(second) => Some(format!("{first}\n{second}")),
        (Some(text), _) | (None, Some(text)) => Some(text.to_owned()),
        (None, None) => None,
    }
}

/// What one payer owes for: periods that begin on the same day become the longer of them.
fn paying_for(mut payer: PayerRecord, keep: ChildId, gone: ChildId) -> PayerRecord {
    let mut periods: Vec<PayerPeriod> = Vec::with_capacity(payer.children.len());
    for mut period in payer.children {
        if period.child == gone {
            period.child = keep;
        }
        match periods
            .iter_mut()
            .find(|other| other.child == period.child && other.from == period.from)
        {
            Some(other) => other.until = other.until.zip(period.until).map(|(one, two)| one.max(two)),
            None => periods.push(period),
        }
    }
    payer.children = periods;
    payer
}

/// With whom the child of both files is: as the first says, where it says so.
fn custody_of(keep: ChildId, kept: Option<CustodyRecord>, lost: CustodyRecord) -> CustodyRecord {
    let Some(mut one) = kept else {
        return CustodyRecord { child: keep, ..lost };
    };
    if one.sharing.is_none() {
        one.sharing = lost.sharing;
    }
    // The newest rule wins: those of the first file stay last.
    let mut exceptions = lost.exceptions;
    exceptions.retain(|rule| !one.exceptions.contains(rule));
    exceptions.append(&mut one.exceptions);
    one.exceptions = exceptions;
    for authority in lost.authorities {
        let known = |other: &AuthorityOver| other.guardian == authority.guardian;
        if !one.authorities.iter().any(known) {
            one.authorities.push(authority);
        }
    }
    if !one.note.contains(&lost.note) {
        let both = format!("{}\n{}", one.note, lost.note);
        both.trim().clone_into(&mut one.note);
    }
    one
}

/// The same where two households are one: nothing is left to share between them.
fn custody_in(custody: &CustodyRecord, keep: HouseholdId, gone: HouseholdId) -> CustodyRecord {
    let moved = |household: HouseholdId| if household == gone { keep } else { household };
    let mut one = custody.clone();
    one.sharing = one
        .sharing
        .map(|sharing| Sharing {
            first: moved(sharing.first),
            second: moved(sharing.second),
            ..sharing
        })
        .filter(|sharing| sharing.first != sharing.second);
    for exception in &mut one.exceptions {
        exception.household = moved(exception.household);
    }
    one
}
