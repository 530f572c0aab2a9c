//! Reservations that a tablet, a kitchen and a parent can make sense of.

use super::*;

#[test]
fn people_and_their_bookings_stay_the_same_from_one_day_to_the_next() {
    let (then, later) = (town(1, today()), town(1, today() + Days::new(10)));
    assert_eq!(children(&then), children(&later));
    assert_eq!(households(&then), households(&later));
    assert_eq!(then.manifest, later.manifest);
    let from = today();
    let until = today() + Days::new(HORIZON_AHEAD_DAYS.unsigned_abs());
    let kept = |town: &Town| {
        let common = lines(town)
            .into_iter()
            .filter(|line| (from..=until).contains(&line.date))
            .cloned();
        common.map(|line| (line.id, line)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(kept(&then), kept(&later));
}

#[test]
fn habits_are_those_of_a_french_town() {
    let town = town(1, today());
    let of = |slug: &str| {
        let id = activities(&town)
            .values()
            .find(|a| a.slug.as_str() == slug)
            .map(|a| a.id);
        let rows = lines(&town).into_iter().filter(|line| Some(line.activity) == id);
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        rows.for_each(|line| *days.entry(line.date).or_default() += 1);
        days.values().sum::<usize>() * 100 / days.len() / children(&town).len()
    };
    assert!((65..=76).contains(&of("cantine")), "canteen {}", of("cantine"));
    assert!(
        (21..=29).contains(&of("garderie-matin")),
        "morning {}",
        of("garderie-matin")
    );
    let evening = of("garderie-soir") + of("etude");
    assert!((31..=40).contains(&evening), "evening {evening}");
    assert!(
        (17..=28).contains(&of("mercredi")),
        "Wednesday {}",
        of("mercredi")
    );
    let cared = children(&town)
        .values()
        .filter(|c| c.badges.iter().any(|b| b.kind <= BadgeKind::Allergy))
        .count();
    assert!((30..=80).contains(&cared), "{cared} care plans");
}

#[test]
fn every_reservation_is_of_a_known_child_on_a_day_and_at_a_site_of_its_activity() {
    let town = town(5, today());
    let (children, activities) = (children(&town), activities(&town));
    let mut seen = BTreeSet::new();
    let mut evenings = BTreeSet::new();
    for line in lines(&town) {
        assert!(children.contains_key(&line.child));
        let activity = activities[&line.activity];
        assert!(activity.sites.contains(&line.site));
        assert!(activity.weekdays & (1 << line.date.weekday().num_days_from_monday()) != 0);
        assert!(
            line.formula
                .is_none_or(|formula| activity.formulas.iter().any(|f| f.id == formula))
        );
        assert_eq!(line.formula.is_none(), activity.formulas.is_empty());
        let hours = activity.opens..=activity.closes;
        assert!(
            [line.expected_in, line.expected_out]
                .into_iter()
                .flatten()
                .all(|at| hours.contains(&at))
        );
        assert!(
            seen.insert((line.child, line.activity, line.site, line.date)),
            "{line:?}"
        );
        if ["etude", "garderie-soir"].contains(&activity.slug.as_str()) {
            assert!(
                evenings.insert((line.child, line.date)),
                "in two places at once: {line:?}"
            );
        }
    }
}

#[test]
fn each_household_books_once_in_order_of_dates_for_children_of_its_own() {
    let town = town(5, today());
    let children = children(&town);
    for lines in records!(town, Reserve, lines) {
        assert!(lines.is_sorted_by_key(|line| line.date));
        let of = |line: &ReservationLine| {
            children[&line.child]
                .households
                .iter()
                .copied()
                .collect::<BTreeSet<_>>()
        };
        let common = lines.iter().map(of).reduce(|a, b| &a & &b).unwrap_or_default();
        assert!(!common.is_empty());
    }
    assert!(records!(town, Reserve, lines).count() <= households(&town).len());
}

#[test]
fn each_site_has_rows_on_each_day_it_is_open() {
    let town = town(8, today());
    let by_day: BTreeSet<_> = lines(&town).iter().map(|line| (line.site, line.date)).collect();
    let last = today() + Days::new(HORIZON_AHEAD_DAYS.unsigned_abs());
    let first = today() - Days::new(HORIZON_BACK_DAYS.unsigned_abs());
    for date in first.iter_days().take_while(|date| *date <= last) {
        for (id, slug) in sites(&town) {
            let open = if calendar::is_school_day(date) {
                slug != "les-ecureuils"
            } else {
                calendar::is_open(date) && ["jules-ferry", "jean-moulin", "les-ecureuils"].contains(&slug)
            };
            assert_eq!(by_day.contains(&(id, date)), open, "{slug} on {date}");
        }
    }
}

#[test]
fn a_date_beyond_the_known_holidays_has_a_town_too() {
    let town = town(1, "2029-10-24".parse().unwrap());
    assert!(lines(&town).len() > 30_000);
}

#[test]
fn operations_are_small_enough_to_send() {
    let town = town(1, today());
    let largest = town.bodies.iter().map(|body| encode(body).len()).max();
    assert!(largest.is_some_and(|bytes| bytes < 100_000), "{largest:?}");
}

#[test]
fn the_kitchen_knows_who_sits_where_and_who_brings_a_meal() {
    let town = town(1, today());
    let (children, activities) = (children(&town), activities(&town));
    let mut seats: BTreeMap<_, usize> = BTreeMap::new();
    for line in lines(&town) {
        let activity = activities[&line.activity];
        let at_table = line.sitting.is_some_and(|s| s == 1 || s == 2) && line.table.is_some();
        assert_eq!(at_table, activity.slug.as_str() == "cantine", "{line:?}");
        if at_table {
            *seats
                .entry((line.site, line.date, line.sitting, &line.table))
                .or_default() += 1;
            let brings = line.formula == Some(activity.formulas[1].id);
            let told = children[&line.child]
                .must_know
                .as_ref()
                .is_some_and(|text| text.contains("panier-repas"));
            assert_eq!(brings, told, "{line:?}");
        }
    }
    assert!(seats.values().all(|seats| *seats <= 8));
}

#[test]
fn parents_who_live_apart_take_turns() {
    let town = town(1, today());
    let twice: BTreeSet<_> = children(&town)
        .values()
        .filter(|c| c.households.len() == 2)
        .map(|c| c.id)
        .collect();
    let mut weeks: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (n, lines) in records!(town, Reserve, lines).enumerate() {
        for line in lines.iter().filter(|line| twice.contains(&line.child)) {
            weeks
                .entry((line.child, n))
                .or_default()
                .insert(calendar::week(line.date) % 2);
        }
    }
    assert!(weeks.len() > twice.len() && weeks.values().all(|parity| parity.len() == 1));
}
