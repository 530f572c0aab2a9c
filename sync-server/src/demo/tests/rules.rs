//! Rules that families can be judged by.

use shared::booking::{Facts, Ground, Severity, check};
use shared::calendar::Calendar;

use super::*;

#[test]
fn every_activity_has_live_rules_without_a_contradiction() {
    let town = town(1, today());
    let sets: Vec<_> = records!(town, PutRules, rules).cloned().collect();
    let documents = records!(town, PutBookingSettings, settings)
        .next()
        .unwrap()
        .documents
        .clone();
    let ground = Ground {
        zone: chrono_tz::Europe::Paris,
        calendar: records!(town, PutCalendar, calendar).next().map(Calendar::of),
        exceptional: Vec::new(),
        sets: Vec::new(),
        activities: activities(&town)
            .into_iter()
            .map(|(id, one)| (id, one.clone()))
            .collect(),
        services: BTreeMap::new(),
        sites: records!(town, PutSite, site)
            .map(|site| (site.id, site.clone()))
            .collect(),
        schools: records!(town, PutSchool, school)
            .map(|one| (one.id, one.clone()))
            .collect(),
        children: BTreeMap::new(),
        household: None,
        standing: Vec::new(),
        wishes: Vec::new(),
        taken: BTreeMap::new(),
        queues: BTreeMap::new(),
        held: BTreeMap::new(),
    };
    let facts = Facts {
        ground: &ground,
        documents: &documents,
    };
    let ruled: BTreeSet<_> = sets.iter().flat_map(|set| set.activities.clone()).collect();
    assert_eq!(ruled, activities(&town).into_keys().collect());
    for set in &sets {
        assert!(set.live);
        let others: Vec<_> = sets.iter().filter(|other| other.id != set.id).cloned().collect();
        let flaws = check(set, &others, &facts);
        let errors: Vec<_> = flaws
            .iter()
            .filter(|flaw| flaw.severity() == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", set.name);
    }
}

#[test]
fn whoever_can_log_in_has_facts_and_documents() {
    let town = town(1, today());
    let facts: Vec<_> = records!(town, PutHouseholdFacts, facts).collect();
    assert_eq!(facts.len(), families::ACCOUNTS);
    assert_eq!(facts.iter().filter(|facts| facts.unpaid.0 > 5_000).count(), 1);
    let with_papers = town
        .bodies
        .iter()
        .filter(|body| matches!(body, Body::PutDocuments { .. }))
        .count();
    assert!((50..600).contains(&with_papers), "{with_papers}");
}
