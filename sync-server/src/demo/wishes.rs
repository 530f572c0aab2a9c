//! What some families asked for and wait for, so that the queues of the town hall are not empty.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use shared::booking::{Asked, Ground, Judged, Sentence, SessionKey, Wanted, judge};
use shared::ids::{ChildId, FormulaId, ReservationId, SiteId, WishId, mint};
use shared::operation::{
    Actor, Ask, Body, BookingLine, BookingRecord, Channel, Decided, Entrance, HouseholdRecord,
    ReservationLine,
};
use shared::time::UtcMs;

use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::rules::{self, Children, Scope};

/// The families that ask for something are not the first ones, with whom visitors begin.
const FIRST: usize = 16;
/// How far ahead they look, in days.
const AHEAD_DAYS: u64 = 16;

/// One wish that the town hall will decide on, or that waits for a place.
struct Found {
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    judged: Judged,
}

/// Has some families ask for what they find. Whatever would simply be booked is left alone.
///
/// # Errors
/// [`CorridorError`] of the engine; a refusal is passed over, as the day may have changed meanwhile.
pub(super) fn ask(commune: &Arc<Commune>, homes: &[HouseholdRecord]) -> Result<(), CorridorError> {
    let today = commune.today();
    for home in homes.iter().skip(FIRST) {
        let Some(guardian) = home.guardians.first().map(|guardian| guardian.id) else {
            continue;
        };
        let now = commune.clock.now();
        let scope = Scope {
            household: Some(home.id),
            guardian: Some(guardian),
            children: Children::OfHousehold,
            from: today,
            until: today + Days::new(AHEAD_DAYS),
            activities: None,
            carts: None,
            now,
        };
        let ground = commune.store.read(|tx| rules::ground(tx, &scope))?;
        let lines: Vec<BookingLine> = first_of_each(&ground, today, now)
            .into_iter()
            .filter_map(|found| line(found, home, now))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let booking = BookingRecord {
            household: home.id,
            guardian: Some(guardian),
            lines,
            beyond: None,
            told_with: None,
        };
        let actor = Actor::Guardian(guardian);
        let operation = commune.operation(actor, Channel::Portal, Body::Book { booking });
        match commune.submit(operation) {
            Ok(_) => {}
            Err(CorridorError::Refused(why)) => tracing::warn!(%why, "a wish of the demo town was not taken"),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The first request and the first wait of a family.
fn first_of_each(ground: &Ground, today: NaiveDate, now: UtcMs) -> Vec<Found> {
    let mut requested = None;
    let mut waits = None;
    let asked = Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    };
    let sites = usual_sites(ground);
    for date in today.iter_days().take(AHEAD_DAYS as usize) {
        for child in ground.children.keys() {
            for activity in ground.activities.values() {
                let Some(site) = sites
                    .get(child)
                    .into_iter()
                    .flatten()
                    .find(|site| activity.sites.contains(site))
                else {
                    continue;
                };
                let session = SessionKey {
                    activity: activity.id,
                    site: *site,
                    date,
                };
                let formula = activity.formulas.first().map(|formula| formula.id);
                let wanted = Wanted::Add {
                    child: *child,
                    session,
                    formula,
                    replaces: None,
                    wish: None,
                };
                let Some(judged) = judge(&[wanted], ground, asked).pop() else {
                    continue;
                };
                let place = match judged.sentence {
                    Sentence::Request { .. } => &mut requested,
                    Sentence::Wait { .. } => &mut waits,
                    _ => continue,
                };
                place.get_or_insert(Found {
                    child: *child,
                    session,
                    formula,
                    judged,
                });
            }
        }
    }
    let same_child_and_day =
        |one: &Found, other: &Found| one.child == other.child && one.session.date == other.session.date;
    match (requested, waits) {
        (Some(one), Some(other)) if same_child_and_day(&one, &other) => vec![other],
        (one, other) => one.into_iter().chain(other).collect(),
    }
}

/// Where each child goes already.
fn usual_sites(ground: &Ground) -> BTreeMap<ChildId, Vec<SiteId>> {
    let mut sites: BTreeMap<ChildId, Vec<SiteId>> = BTreeMap::new();
    for standing in &ground.standing {
        let of_child = sites.entry(standing.child).or_default();
        if !of_child.contains(&standing.session.site) {
            of_child.push(standing.session.site);
        }
    }
    sites
}

fn line(found: Found, home: &HouseholdRecord, now: UtcMs) -> Option<BookingLine> {
    let wish = WishId(mint(now, random()));
    let decided = match found.judged.sentence {
        Sentence::Request { priced, .. } => Decided::Requested { wish, priced },
        Sentence::Wait { priced, .. } => Decided::Waiting { wish, priced },
        _ => return None,
    };
    let line = ReservationLine {
        id: ReservationId(mint(now, random())),
        child: found.child,
        activity: found.session.activity,
        site: found.session.site,
        date: found.session.date,
        formula: found.formula,
        group: found.judged.group,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: Some(home.id),
    };
    Some(BookingLine {
        ask: Ask::Add {
            line,
            replaces: None,
            wish: None,
        },
        decided,
        others_held: 0,
        others_held_of_group: 0,
        overruled: None,
    })
}
