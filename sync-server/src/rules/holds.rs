//! Places that carts hold for a time: planned purely, from what was judged.
//!
//! A place is held where a session may be full and the line would be booked now: `judge` counted what is taken, what
//! is offered and what others hold, so that no hold goes beyond the places there are. What a hold is worth ends by
//! itself: whoever counts holds asks for those that end after now.

use shared::booking::{Ground, GroupName, Judged, Sentence, SessionKey, fits, set_for};
use shared::ids::{ChildId, FormulaId};
use shared::time::UtcMs;

use super::carts::{CartKind, CartLine, offer_of};

const MINUTE_MS: i64 = 60_000;
/// A hold that is renewed again and again ends after so many times its length at the latest, counted from when the
/// line was first put into the cart.
const LONGEST_TIMES: i64 = 4;
/// After so many times its length, counted alike, a line may hold a place as if it were new. Until then the place is left
/// to others.
const ROUND_TIMES: i64 = 6;

/// The longest time, in ms, that a line may have held a place when it is validated.
pub fn longest_ms(minutes: u32) -> i64 {
    i64::from(minutes)
        .saturating_mul(MINUTE_MS)
        .saturating_mul(LONGEST_TIMES)
}

/// How long, in ms, it is remembered when a line was first put in that was taken out again.
pub fn remembered_ms(minutes: u32) -> i64 {
    i64::from(minutes)
        .saturating_mul(MINUTE_MS)
        .saturating_mul(ROUND_TIMES)
}

/// Until when each line of a cart holds its place, and the group the place is of.
///
/// `judged` has an answer for each line, given as one whole on a ground without the cart's own holds. A hold that
/// stands is renewed where `renew` says so (somebody works on the cart) and left as it is otherwise; one that ended is
/// taken anew where there still is a place, nobody waits for one and somebody works on the cart, unless the line had its
/// time: then others come first for a while.
pub fn plan(
    lines: &[CartLine],
    judged: &[Judged],
    ground: &Ground,
    (now, minutes, renew): (UtcMs, u32, bool),
) -> Vec<(Option<UtcMs>, Option<GroupName>)> {
    let whole_ms = i64::from(minutes) * MINUTE_MS;
    lines
        .iter()
        .zip(judged)
        .map(|(line, judged)| {
            let group = judged.group.clone();
            let booked = matches!(judged.sentence, Sentence::Book { .. });
            // Whoever is offered a place, or changes a formula, has its place already.
            let needs = line.kind == CartKind::Add
                && offer_of(ground, line.child, line.session, now).is_none()
                && !stands_there(line, ground);
            let session = (line.child, line.session, line.formula);
            if !booked || !needs || !is_limited(session, group.as_ref(), ground) {
                return (None, group);
            }
            let standing = line.held_until.filter(|until| *until > now);
            let ends = || ends(line.added_at, now, whole_ms);
            let until = match (standing, renew) {
                (Some(until), false) => Some(until),
                (Some(until), true) => Some(ends().map_or(until, |ends| ends.max(until))),
                (None, true) => ends(),
                (None, false) => None,
            };
            (until, group)
        })
        .collect()
}

/// Until when a place is held from now on, for a line of an age: work on the cart renews a hold up to [`LONGEST_TIMES`],
/// then the place is left to others, until the line is so old that it begins anew.
fn ends(added_at: UtcMs, now: UtcMs, whole_ms: i64) -> Option<UtcMs> {
    if whole_ms <= 0 {
        return None;
    }
    let age_ms = now.0.saturating_sub(added_at.0).max(0) % whole_ms.saturating_mul(ROUND_TIMES);
    let left_ms = whole_ms.saturating_mul(LONGEST_TIMES).saturating_sub(age_ms);
    (left_ms > 0).then(|| now.plus_ms(whole_ms.min(left_ms)))
}

/// Whether what gives way to a line has a place of the same session.
fn stands_there(line: &CartLine, ground: &Ground) -> bool {
    let mut standing = ground.standing.iter();
    line.about
        .is_some_and(|about| standing.any(|one| one.id == about && one.session == line.session))
}

/// Whether a session may be full for a child: by the places of the rules, in all or in its group, or by the number of
/// the activity itself.
pub fn is_limited(
    (child, session, formula): (ChildId, SessionKey, Option<FormulaId>),
    group: Option<&GroupName>,
    ground: &Ground,
) -> bool {
    let activity = ground.activities.get(&session.activity);
    if activity.is_some_and(|activity| activity.capacity.is_some()) {
        return true;
    }
    let (Some(set), Some(child)) = (
        set_for(session.activity, session.date, ground),
        ground.children.get(&child),
    ) else {
        return false;
    };
    set.places.iter().any(|places| {
        places.from.is_none_or(|from| from <= session.date)
            && places.until.is_none_or(|until| session.date <= until)
            && (places.group.is_none() || places.group.as_ref() == group)
            && fits(&places.case, &session, formula, child, ground)
    })
}
