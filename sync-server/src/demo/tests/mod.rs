//! The town holds together, whatever the seed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use shared::codec::encode;
use shared::day_list::{BadgeKind, HORIZON_AHEAD_DAYS, HORIZON_BACK_DAYS};
use shared::ids::{ActivityId, ChildId, SiteId};
use shared::operation::{ActivityRecord, ChildRecord, HouseholdRecord, ReservationLine, Role};

use super::*;

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

macro_rules! records {
    ($town:expr, $kind:ident, $field:ident) => {
        $town.bodies.iter().filter_map(|body| {
            if let Body::$kind { $field } = body {
                Some($field)
            } else {
                None
            }
        })
    };
}

// After the macro, which it uses.
mod bookings;
mod rules;

fn children(town: &Town) -> BTreeMap<ChildId, &ChildRecord> {
    records!(town, PutChild, child)
        .map(|child| (child.id, child))
        .collect()
}

fn households(town: &Town) -> Vec<&HouseholdRecord> {
    records!(town, PutHousehold, household).collect()
}

fn activities(town: &Town) -> BTreeMap<ActivityId, &ActivityRecord> {
    records!(town, PutActivity, activity)
        .map(|activity| (activity.id, activity))
        .collect()
}

fn sites(town: &Town) -> BTreeMap<SiteId, &str> {
    records!(town, PutSite, site)
        .map(|site| (site.id, site.slug.as_str()))
        .collect()
}

fn lines(town: &Town) -> Vec<&ReservationLine> {
    records!(town, Reserve, lines).flatten().collect()
}

#[test]
fn the_same_seed_and_date_make_the_same_town() {
    assert_eq!(town(1, today()), town(1, today()));
    assert_ne!(town(1, today()).bodies, town(2, today()).bodies);
}

#[test]
fn the_town_is_as_large_as_it_says() {
    for seed in 0..4 {
        let town = town(seed, today());
        assert_eq!(town.manifest.sites.len(), 6);
        assert_eq!(records!(town, PutSchool, school).count(), 8);
        assert!((850..=950).contains(&children(&town).len()));
        assert!((600..=640).contains(&households(&town).len()));
        let n = lines(&town).len();
        assert!((30_000..=70_000).contains(&n), "{n} reservations");
        let twice = children(&town)
            .values()
            .filter(|child| child.households.len() == 2)
            .count();
        assert!((50..=95).contains(&twice), "{twice} children with two households");
        let modes: BTreeSet<_> = activities(&town).values().map(|activity| activity.mode).collect();
        assert_eq!(modes.len(), 4);
        for site in sites(&town).keys() {
            let team = records!(town, PutStaff, staff)
                .filter(|s| s.sites == [*site])
                .count();
            assert!((3..=5).contains(&team));
        }
    }
}

#[test]
fn every_guardian_and_agent_of_the_manifest_can_log_in() {
    let town = town(3, today());
    for role in Role::ALL {
        assert_eq!(
            town.manifest
                .agents
                .iter()
                .filter(|agent| agent.role == role.as_str())
                .count(),
            2
        );
    }
    let asked: Vec<_> = town.agent_passwords.iter().map(|agent| &agent.password).collect();
    assert_eq!(
        asked,
        town.manifest
            .agents
            .iter()
            .map(|agent| &agent.password)
            .collect::<Vec<_>>()
    );
    assert!(town.manifest.families.len() >= 20);
    let families = &town.manifest.families;
    assert!(
        families
            .iter()
            .all(|family| !family.guardians.is_empty() && !family.children.is_empty())
    );
    let shown = families
        .iter()
        .flat_map(|family| &family.guardians)
        .map(|g| (&g.email, &g.password));
    let set = town
        .guardian_logins
        .iter()
        .map(|login| (&login.login, &login.password));
    assert_eq!(shown.collect::<Vec<_>>(), set.collect::<Vec<_>>());
    let guardians = households(&town)
        .into_iter()
        .flat_map(|household| &household.guardians);
    let known: BTreeMap<_, _> = guardians
        .map(|guardian| (guardian.id, guardian.email.clone()))
        .collect();
    assert!(
        town.guardian_logins
            .iter()
            .all(|login| known[&login.guardian].as_ref() == Some(&login.login))
    );
    let people: Vec<_> = known
        .values()
        .flatten()
        .chain(town.manifest.agents.iter().map(|a| &a.email))
        .collect();
    assert_eq!(
        people.iter().collect::<BTreeSet<_>>().len(),
        people.len(),
        "an address belongs to one person"
    );
}

#[test]
fn families_with_accounts_have_children_at_every_site_and_something_to_see() {
    for seed in 0..4 {
        let town = town(seed, today());
        let mine: Vec<_> = town
            .manifest
            .families
            .iter()
            .flat_map(|family| &family.children)
            .collect();
        let at: BTreeSet<_> = mine.iter().map(|child| child.site.as_str()).collect();
        assert_eq!(at, sites(&town).into_values().collect());
        let booked: BTreeSet<_> = lines(&town).iter().map(|line| line.child).collect();
        assert!(mine.iter().all(|child| booked.contains(&child.id)));
    }
}

#[test]
fn ids_are_given_once_and_children_can_be_told_apart_by_name() {
    let town = town(6, today());
    let mut ids = BTreeSet::new();
    for line in lines(&town) {
        assert!(ids.insert(line.id.0));
    }
    for household in households(&town) {
        assert!(
            ids.insert(household.id.0)
                && household
                    .guardians
                    .iter()
                    .all(|guardian| ids.insert(guardian.id.0))
        );
    }
    for activity in activities(&town).values() {
        assert!(
            ids.insert(activity.id.0) && activity.formulas.iter().all(|formula| ids.insert(formula.id.0))
        );
    }
    let mut names = BTreeSet::new();
    for child in children(&town).values() {
        assert!(ids.insert(child.id.0) && names.insert((&child.last_name, &child.first_name)));
        assert!(child.class.is_some());
    }
    let staff = records!(town, PutStaff, staff).map(|staff| staff.id.0);
    let classes = records!(town, PutClass, class).map(|class| class.id.0);
    let schools = records!(town, PutSchool, school).map(|school| school.id.0);
    let agents = records!(town, PutAgent, agent).map(|agent| agent.id.0);
    let services = records!(town, PutService, service).map(|service| service.id.0);
    let others = staff.chain(classes).chain(schools).chain(agents).chain(services);
    assert!(
        others
            .chain(sites(&town).into_keys().map(|site| site.0))
            .all(|id| ids.insert(id))
    );
}

#[test]
fn texts_are_set_as_in_print() {
    let town = town(1, today());
    let mut texts: Vec<String> = children(&town)
        .values()
        .filter_map(|child| child.must_know.clone())
        .collect();
    texts.extend(records!(town, PutClass, class).map(|class| class.name.clone()));
    texts.extend(
        households(&town)
            .into_iter()
            .map(|household| household.name.clone()),
    );
    for text in texts {
        assert!(
            !text.contains(['\'', '"']) && ![" :", " ;", " !", " ?"].iter().any(|p| text.contains(p)),
            "{text}"
        );
    }
}

#[test]
fn telephones_are_of_ranges_reserved_for_fiction() {
    let town = town(1, today());
    let children = children(&town);
    let guardians = households(&town)
        .into_iter()
        .flat_map(|household| &household.guardians);
    let phones = guardians
        .filter_map(|g| g.phone.clone())
        .chain(children.values().filter_map(|c| c.phone.clone()));
    let sites = records!(town, PutSite, site).filter_map(|site| site.phone.clone());
    assert!(
        phones
            .chain(sites)
            .all(|phone| phone.starts_with("06 39 98 ") || phone.starts_with("01 99 00 "))
    );
}

#[test]
fn nobody_is_called_the_same_twice() {
    let firsts = [names::GIRLS, names::BOYS, names::WOMEN, names::MEN].concat();
    assert!(names::LAST.iter().all(|last| !firsts.contains(last)));
}

#[test]
fn the_staff_has_pins_and_directors_have_a_site() {
    let town = town(1, today());
    let staff: Vec<_> = records!(town, PutStaff, staff).collect();
    assert_eq!(town.manifest.staff.len(), staff.len());
    assert_eq!(town.staff_pins.len(), staff.len());
    for ((record, member), pin) in staff.iter().zip(&town.manifest.staff).zip(&town.staff_pins) {
        assert_eq!(
            (&record.name, record.id, &member.pin),
            (&member.name, pin.staff, &pin.pin)
        );
        assert!(pin.pin.len() == 4 && pin.pin.bytes().all(|b| b.is_ascii_digit()));
    }
    for site in sites(&town).values() {
        let directs = |m: &&StaffMember| m.site == *site && m.role == "directeur";
        assert_eq!(town.manifest.staff.iter().filter(directs).count(), 1);
    }
    for agent in records!(town, PutAgent, agent) {
        let sites = usize::from(agent.role == Role::Directeur);
        assert_eq!(agent.sites.len(), sites, "{:?}", agent.role);
    }
}

#[test]
fn next_week_a_class_goes_out_and_a_teacher_is_absent() {
    let town = town(1, today());
    let days: Vec<_> = records!(town, PutExceptionalDay, day)
        .map(|day| (day.from.to_string(), day.kind, day.classes.len()))
        .collect();
    use shared::operation::ExceptionalKind as K;
    assert_eq!(
        days,
        [
            ("2026-11-26".to_owned(), K::Outing, 1),
            ("2026-11-24".to_owned(), K::TeacherAbsent, 1)
        ]
    );
    assert_eq!(
        records!(town, PutSite, site).filter(|site| site.nursery).count(),
        1
    );
    let health = children(&town)
        .values()
        .filter(|child| child.health.is_some())
        .count();
    assert!(
        (20..=90).contains(&health),
        "{health} children with health details"
    );
}
