//! Where Zoé and Hugo go.

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::ids::ReservationId;

/// Both sites have the canteen; the lake's is that of Hugo's school.
fn two_sites() -> Ground {
    let mut ground = town(vec![rules(&[CANTINE], 400)]);
    for activity in ground.activities.values_mut() {
        activity.sites = vec![BOURG, LAC];
    }
    for site in ground.sites.values_mut() {
        site.school = (site.id == LAC).then_some(WITH_WEDNESDAY);
    }
    ground
}

#[test]
fn a_child_goes_to_its_schools_site_else_where_it_went_else_where_all_go() {
    let mut ground = two_sites();
    assert_eq!(site_of(&ground, HUGO, CANTINE), Some(LAC));
    assert_eq!(site_of(&ground, ZOE, CANTINE), Some(BOURG));
    // Zoé went to the lake once.
    ground.standing.push(Standing {
        id: ReservationId(Uuid::from_u128(1)),
        child: ZOE,
        session: SessionKey {
            site: LAC,
            ..session(CANTINE, "2026-11-23")
        },
        formula: None,
        group: None,
        household: None,
        priced: None,
        due_at: None,
        paid: false,
    });
    assert_eq!(site_of(&ground, ZOE, CANTINE), Some(LAC));
    assert_eq!(site_of(&ground, ZOE, SOIR), Some(BOURG));
}

#[test]
fn nobody_is_sent_to_a_site_that_is_no_more_or_is_another_schools() {
    let mut ground = two_sites();
    ground.sites.get_mut(&LAC).unwrap().retired = true;
    assert_eq!(site_of(&ground, HUGO, CANTINE), Some(BOURG));
    ground.sites.get_mut(&BOURG).unwrap().school = Some(FOUR_DAYS);
    assert_eq!(site_of(&ground, ZOE, CANTINE), Some(BOURG));
    assert_eq!(site_of(&ground, HUGO, CANTINE), None);
}
