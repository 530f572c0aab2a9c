//! When a deadline is.

use super::ground::{ChildFacts, Ground, SessionKey};
use crate::operation::Moment;
use crate::time::UtcMs;

/// The instant that a rule means for a session and a child; `None` where nobody can say, as the calendar of that time
/// is not known or the activity is not either.
///
/// What has an hour is civil time of the town. An hour that the clocks skip is the instant they jump to; in the hour
/// that repeats, the later one is meant, in the family's favour.
pub fn instant(moment: &Moment, session: &SessionKey, child: &ChildFacts, ground: &Ground) -> Option<UtcMs> {
    let activity = ground.activities.get(&session.activity)?;
    let _ = child;
    match moment {
        Moment::Start => Some(UtcMs::at_civil(session.date, activity.opens.time(), ground.zone)),
        _ => None,
    }
}
