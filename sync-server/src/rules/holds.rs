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
/// line was put into the cart.
const LONGEST_TIMES: i64 = 4;

/// The longest time, in ms, that a line may have held a place when it is validated.
pub fn longest_ms(minutes: u32) -> i64 {
    i64::from(minutes)
        .saturating_mul(MINUTE_MS)
        .saturating_mul(LONGEST_TIMES)
}

/// Until when each line of a cart holds its place, and the group the place is of.
///
/// `judged` has an answer for each line, given as one whole on a ground without the cart's own holds. A hold that
/// stands is renewed where `renew` says so (somebody works on the cart) and left as it is otherwise; one that ended is
/// taken anew where there still is a place and somebody works on the cart.
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
            let until = match (standing, renew) {
                (Some(until), false) => Some(until),
                (Some(until), true) => {
                    let latest = line.added_at.plus_ms(whole_ms.saturating_mul(LONGEST_TIMES));
                    Some(until.max(now.plus_ms(whole_ms).min(latest)))
                }
                (None, true) => Some(now.plus_ms(whole_ms)),
                (None, false) => None,
            };
            (until, group)
        })
        .collect()
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
