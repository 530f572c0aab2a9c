//! Where a child takes an activity.

use super::ground::Ground;
use crate::ids::{ActivityId, ChildId, SiteId};

/// The site at which a child takes an activity: that of its school, or the one where it is booked already, or the first
/// that is no school's. `None` where it takes place at other schools only, or nowhere any more.
pub fn site_of(ground: &Ground, child: ChildId, activity: ActivityId) -> Option<SiteId> {
    let sites = &ground.activities.get(&activity)?.sites;
    let school = ground.children.get(&child).and_then(|child| child.school);
    let open = || {
        let all = sites.iter().filter_map(|site| ground.sites.get(site));
        all.filter(|site| !site.retired)
    };
    let own = open().find(|site| site.school.is_some() && site.school == school);
    let habit = || {
        let theirs = ground
            .standing
            .iter()
            .filter(|one| one.child == child && one.session.activity == activity);
        let newest = theirs.max_by_key(|one| one.session.date)?;
        open().find(|site| site.id == newest.session.site)
    };
    let of_nobody = || open().find(|site| site.school.is_none());
    own.or_else(habit).or_else(of_nobody).map(|site| site.id)
}
