//! Rules that are tried out before families are judged by them.

use chrono::NaiveDate;
use shared::booking::Ground;
use shared::operation::RuleSetRecord;

/// Puts a set in place of what is live for its activities, whatever days it is meant for.
pub fn try_out(ground: &mut Ground, draft: &RuleSetRecord) {
    ground.sets.retain(|set| set.id != draft.id);
    for set in &mut ground.sets {
        set.activities
            .retain(|activity| !draft.activities.contains(activity));
    }
    ground.sets.push(RuleSetRecord {
        from: NaiveDate::MIN,
        until: None,
        live: true,
        ..draft.clone()
    });
}
