//! What families' bookings are judged on, read from the record, and places held for a time.
//!
//! [`ground`] reads everything that a judgement depends on in a handful of queries, whatever the number of sessions.
//! The portal, the desk, the corridor and jobs all ask it, and hand what they get to `shared::booking::judge`.

pub mod carts;
mod children;
mod crowd;
mod draft;
pub mod groups;
pub mod holds;
pub mod offers;
mod standing;
mod town;
pub mod usual;

use chrono::{Datelike, Days, NaiveDate};
use shared::booking::{Ground, period_of, school_year_of};
use shared::ids::{ActivityId, CartId, ChildId, GuardianId, HouseholdId};
use shared::operation::{RuleSetRecord, Span};
use shared::time::UtcMs;
use uuid::Uuid;

use crate::store::{Read, StoreError, Value};

pub use draft::try_out;

/// Ids that one statement takes; more are asked for in turns.
const AT_ONCE: usize = 8;
/// How long before the first session a closed day may still matter to a delay, in days.
const LOOK_BACK_DAYS: u64 = 200;

/// Whose children may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Children {
    /// All of the household, or of the guardian's.
    OfHousehold,
    /// These; where a household or a guardian asks, those of them that are its own.
    Listed(Vec<ChildId>),
    /// All of the town.
    All,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// For which household; none: the guardian's, or nobody's.
    pub household: Option<HouseholdId>,
    /// Who asks; none: the town hall, which decides for every child.
    pub guardian: Option<GuardianId>,
    /// Which children.
    pub children: Children,
    /// The first session.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// Of which activities places are counted. None: of those that have a limit.
    pub activities: Option<Vec<ActivityId>>,
    /// The places that carts hold count too, but those of this one. None: the record alone.
    pub carts: Option<CartId>,
    /// Which holds still count.
    pub now: UtcMs,
}

/// Reads what a judgement depends on.
///
/// Four queries for up to eight children and eight activities with a limit; the fourth only where there is one.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn ground(tx: &mut dyn Read, scope: &Scope) -> Result<Ground, StoreError> {
    read(tx, scope, None)
}

/// As [`ground`], with a set in place of what is live for its activities.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn ground_trying(tx: &mut dyn Read, scope: &Scope, draft: &RuleSetRecord) -> Result<Ground, StoreError> {
    read(tx, scope, Some(draft))
}

fn read(tx: &mut dyn Read, scope: &Scope, draft: Option<&RuleSetRecord>) -> Result<Ground, StoreError> {
    let mut ground = town::read(tx, back(scope.from, LOOK_BACK_DAYS), scope.until)?;
    if let Some(draft) = draft {
        try_out(&mut ground, draft);
    }
    children::read(tx, scope, &mut ground)?;
    let (from, until) = counted(&ground, scope);
    standing::read(tx, &mut ground, from, until)?;
    let activities = match &scope.activities {
        Some(activities) => activities.clone(),
        None => limited(&ground),
    };
    crowd::read(tx, scope, &activities, &mut ground)?;
    Ok(ground)
}

/// Reads the town alone: rules, calendar, places. Nobody's children and no reservations.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn town(tx: &mut dyn Read, from: NaiveDate, until: NaiveDate) -> Result<Ground, StoreError> {
    town::read(tx, back(from, LOOK_BACK_DAYS), until)
}

/// The activities of which a session may be full.
pub fn limited(ground: &Ground) -> Vec<ActivityId> {
    let by_rules = |activity: ActivityId| {
        let about = |set: &&RuleSetRecord| set.activities.contains(&activity);
        ground.sets.iter().filter(about).any(|set| !set.places.is_empty())
    };
    let all = ground.activities.values();
    all.filter(|activity| activity.capacity.is_some() || by_rules(activity.id))
        .map(|activity| activity.id)
        .collect()
}

/// The days whose reservations count in the limits of the rules: whole weeks at least, and what the widest limit needs.
fn counted(ground: &Ground, scope: &Scope) -> (NaiveDate, NaiveDate) {
    let (mut from, mut until) = (
        back(scope.from, u64::from(scope.from.weekday().num_days_from_monday())),
        ahead(
            scope.until,
            6 - u64::from(scope.until.weekday().num_days_from_monday()),
        ),
    );
    let spans = ground.sets.iter().flat_map(|set| &set.limits);
    for span in spans.map(|limit| limit.per) {
        for date in [scope.from, scope.until] {
            let (first, last) = match span {
                Span::Day | Span::Week => continue,
                Span::Month => (
                    back(date, u64::from(date.day0())),
                    ahead(date, 31 - u64::from(date.day())),
                ),
                Span::Period => match period_of(date, ground) {
                    Some(period) => period,
                    None => continue,
                },
                Span::Year => school_year_of(date, ground),
            };
            from = from.min(first);
            until = until.max(last);
        }
    }
    (from, until)
}

fn back(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

fn ahead(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// As many ids as a statement takes: the last stands again and again.
fn padded(ids: &[Uuid]) -> impl Iterator<Item = Value> {
    let last = ids.last().copied().unwrap_or(Uuid::nil());
    let missing = AT_ONCE.saturating_sub(ids.len());
    ids.iter()
        .copied()
        .chain(std::iter::repeat_n(last, missing))
        .map(Value::from)
}

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}
