//! What happened to a cell, and through whom: the rows say what and when, the journal says by whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use server_ui::portal::account::Origin;
use server_ui::portal::bookings::{Happened, HistoryLine};
use shared::booking::{Ground, WishKind, WishState};
use shared::codec::decode;
use shared::ids::{ActivityId, ChildId, GuardianId};
use shared::operation::{Actor, Ask, Body, Channel, decode_body};
use shared::time::UtcMs;
use uuid::Uuid;

use super::super::account::origin_of;
use super::civil;
use crate::about::speaks_of;
use crate::record;
use crate::store::{Read, Row, StoreError, Value};

/// Instants that one statement takes: those of the newest lines.
const AT_ONCE: usize = 8;

/// Of what.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) child: ChildId,
    pub(super) activity: ActivityId,
    pub(super) date: NaiveDate,
}

/// Who reads, and what the town hall is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) guardian: GuardianId,
    pub(super) label: &'a str,
}

/// A line before it is known who did it.
struct Came {
    what: Happened,
    at: UtcMs,
    words: Option<String>,
    /// The reservation or the wish.
    id: Uuid,
}

/// What was done, and by whom.
struct Deed {
    at: UtcMs,
    actor: Actor,
    channel: Channel,
    body: Option<Body>,
}

/// Reads it, the oldest first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn history(
    tx: &mut dyn Read,
    about: About,
    ground: &Ground,
    reader: Reader<'_>,
) -> Result<Vec<HistoryLine>, StoreError> {
    let household = ground.household.as_ref().map(|facts| facts.id);
    let params = [
        about.child.into(),
        about.activity.into(),
        about.date.into(),
        household.into(),
    ];
    let rows = tx.query(include_str!("sql/history.sql"), &params)?;
    let came = rows.iter().filter_map(|row| came(row).transpose());
    let came: Vec<Came> = came.collect::<Result<_, _>>()?;
    let deeds = deeds(tx, about.child, &came)?;
    let home = household.map(|home| record::household(tx, home)).transpose()?;
    let guardians = home.flatten().map(|(home, _)| home.guardians);
    let others: BTreeMap<GuardianId, String> = guardians
        .into_iter()
        .flatten()
        .map(|one| (one.id, one.first_name))
        .collect();
    let line = |one: Came| {
        let deed = deed_of(&one, about, &deeds);
        HistoryLine {
            what: one.what,
            at: civil(one.at, ground.zone),
            by: deed.map(|deed| by(deed, reader, &others)),
            words: one.words,
        }
    };
    Ok(came.into_iter().map(line).collect())
}

fn by(deed: &Deed, reader: Reader<'_>, others: &BTreeMap<GuardianId, String>) -> Origin {
    origin_of((deed.actor, deed.channel), reader.guardian, others, reader.label)
}

fn came(row: &Row) -> Result<Option<Came>, StoreError> {
    let kind = WishKind::parse(&row.text(2)?);
    let state = WishState::parse(&row.text(3)?);
    let what = match (row.int(0)?, kind, state) {
        (1, ..) => Happened::Booked,
        (2, ..) => Happened::Cancelled,
        (3, Some(WishKind::Add), _) => Happened::Asked,
        (3, Some(WishKind::Cancel), _) => Happened::CancelAsked,
        (3, Some(WishKind::Wait), _) => Happened::Waited,
        (4, _, Some(WishState::Offered)) => Happened::Offered,
        (4, _, Some(WishState::Accepted)) => Happened::Accepted,
        (4, _, Some(WishState::Refused)) => Happened::Refused,
        (4, _, Some(WishState::Withdrawn)) => Happened::Withdrawn,
        (4, _, Some(WishState::Ended)) => Happened::Ended,
        _ => return Ok(None),
    };
    Ok(Some(Came {
        what,
        at: UtcMs(row.int(1)?),
        words: row.opt(4, Row::text)?,
        id: row.uuid(5)?,
    }))
}

/// What the journal has of these instants.
fn deeds(tx: &mut dyn Read, child: ChildId, came: &[Came]) -> Result<Vec<Deed>, StoreError> {
    let instants: BTreeSet<UtcMs> = came.iter().map(|one| one.at).collect();
    let newest: Vec<UtcMs> = instants.into_iter().rev().take(AT_ONCE).collect();
    let Some(last) = newest.last().copied() else {
        return Ok(Vec::new());
    };
    let missing = AT_ONCE - newest.len();
    let instants = newest.into_iter().chain(std::iter::repeat_n(last, missing));
    let params: Vec<Value> = std::iter::once(child.into())
        .chain(instants.map(Value::from))
        .collect();
    let rows = tx.query(include_str!("sql/deeds.sql"), &params)?;
    rows.iter().map(deed).collect()
}

fn deed(row: &Row) -> Result<Deed, StoreError> {
    let shape = |what: String| StoreError::Shape(what);
    let channel = Channel::named(&row.text(2)?).ok_or_else(|| shape("unknown channel".into()))?;
    Ok(Deed {
        at: UtcMs(row.int(0)?),
        actor: decode(&row.bytes(1)?).map_err(|error| shape(error.to_string()))?,
        channel,
        // What was erased, or is of a kind that a newer program wrote, still says who did it.
        body: row.opt(3, Row::bytes)?.and_then(|bytes| decode_body(&bytes).ok()),
    })
}

/// The deed that a line tells of: the one of its instant that names it, or the only one of that instant.
fn deed_of<'d>(one: &Came, about: About, deeds: &'d [Deed]) -> Option<&'d Deed> {
    let then = || deeds.iter().filter(|deed| deed.at == one.at);
    let naming = then().find(|deed| deed.body.as_ref().is_some_and(|body| names(body, one, about)));
    naming.or_else(|| {
        let mut all = then();
        all.next().filter(|_| all.next().is_none())
    })
}

fn names(body: &Body, one: &Came, about: About) -> bool {
    let is_it = |child: ChildId, activity: ActivityId, date: NaiveDate| {
        (child, activity, date) == (about.child, about.activity, about.date)
    };
    match body {
        Body::Reserve { lines } => {
            one.what == Happened::Booked
                && lines
                    .iter()
                    .any(|line| is_it(line.child, line.activity, line.date))
        }
        Body::Book { booking } => booking.lines.iter().any(|line| match &line.ask {
            Ask::Add { line, replaces, .. } => {
                is_it(line.child, line.activity, line.date)
                    && (one.what != Happened::Cancelled || replaces.is_some_and(|id| id.0 == one.id))
            }
            Ask::Cancel { reservation } => {
                reservation.0 == one.id || matches!(one.what, Happened::CancelAsked | Happened::Accepted)
            }
        }),
        body => {
            let spoken = speaks_of(body);
            spoken.reservations.iter().any(|id| id.0 == one.id)
                || spoken.wishes.iter().any(|id| id.0 == one.id)
        }
    }
}
