//! Weeks without a line: a tablet points every day, past the lists it was given, and with a clock
//! that somebody set wrong.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use shared::ids::MarkId;
use system_tests::record::server_marks;
use system_tests::tablet::name;
use system_tests::town::MONDAY;
use system_tests::{Tablet, Town};

fn weekdays(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let rests = |date: &NaiveDate| matches!(date.weekday(), Weekday::Wed | Weekday::Sat | Weekday::Sun);
    from.iter_days()
        .take_while(|date| *date <= to)
        .filter(|date| !rests(date))
        .collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A child arrives and another leaves, on the day the tablet's clock says.
fn point(tablet: &mut Tablet, day: NaiveDate, into: &mut BTreeSet<MarkId>) {
    tablet.clock(&format!("{day}T12:00:00+01:00"));
    let listed = tablet.list(&day.to_string());
    let Some(row) = listed.iter().find(|row| row["activity"] == "cantine") else {
        return;
    };
    let child = row["child"].as_str().expect("an id");
    into.insert(tablet.in_(child, "cantine").parse().expect("an id"));
    into.insert(tablet.out(child, "cantine").parse().expect("an id"));
}

#[test]
fn eight_weeks_without_a_server_are_handed_in_in_one_exchange() {
    let town = Town::new();
    let mut server = town.server();
    let mut tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let mut other = town.tablet("b", &server.url(), &["jules-ferry"]);
    server.stop();
    let mut all = BTreeSet::new();
    for day in weekdays(date(MONDAY), date("2026-12-18")) {
        point(&mut tablet, day, &mut all);
    }
    assert_eq!(all.len(), 32, "every school day of four weeks");

    // The horizon is at 42 days, in January; the Monday after is proposed from the last one listed.
    let (last, beyond) = ("2027-01-04", "2027-01-18");
    let mut expected: Vec<String> = tablet.list(last).iter().map(name).collect();
    let rows = tablet.list(beyond);
    let mut proposed: Vec<String> = rows.iter().map(name).collect();
    expected.sort();
    proposed.sort();
    assert_eq!(proposed, expected);
    assert!(!proposed.is_empty());
    assert!(
        rows.iter().all(|row| row["confirmed"] == false),
        "« liste non confirmée »"
    );
    assert!(tablet.list(last).iter().all(|row| row["confirmed"] == true));
    point(&mut tablet, date(beyond), &mut all);
    assert_eq!(all.len(), 34);

    server.restart_at("2027-01-18T18:00:00+01:00");
    for tablet in [&mut tablet, &mut other] {
        tablet.clock("2027-01-18T18:00:00+01:00");
    }
    let synced = tablet.sync();
    assert_eq!(
        (&synced["accepted"], &synced["quarantined"]),
        (&34.into(), &0.into())
    );
    assert_eq!(synced["round_trips"], 2, "today alone, then the weeks: {synced}");
    assert_eq!(other.sync()["received"], 34);
    assert_eq!(tablet.sheets(), other.sheets());
    assert!(
        tablet.list(beyond).iter().all(|row| row["confirmed"] == true),
        "the true list came"
    );
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    town.verify();
}

#[test]
fn a_clock_a_year_off_and_right_again_loses_no_tap() {
    let town = Town::new();
    let server = town.server();
    let mut tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let on_the_list = ["--date", MONDAY];
    let mut all = BTreeSet::new();
    let mut put = |mark: String| all.insert(mark.parse::<MarkId>().expect("an id"));
    put(tablet.tap("in", &children[0], "cantine", &on_the_list));
    tablet.clock("2025-11-24T12:00:00+01:00");
    put(tablet.tap("in", &children[1], "cantine", &on_the_list));
    put(tablet.tap("out", &children[0], "cantine", &on_the_list));
    // Whoever names no date points the day the clock says, a year ago: kept and handed in all the same.
    let stray = tablet.tap("in", &children[2], "cantine", &[]);
    assert_eq!(tablet.sync()["accepted"], 4);
    tablet.clock("2027-11-22T12:00:00+01:00");
    put(tablet.tap("in", &children[3], "cantine", &on_the_list));
    tablet.sync();
    tablet.clock("2026-11-23T12:10:00+01:00");
    put(tablet.tap("out", &children[1], "cantine", &on_the_list));
    tablet.sync();

    other.sync();
    let monday = |tablet: &Tablet| {
        let sheets = tablet.sheets();
        sheets
            .as_array()
            .expect("sheets")
            .iter()
            .find(|sheet| sheet["date"] == MONDAY)
            .cloned()
    };
    assert_eq!(monday(&tablet), monday(&other));
    assert!(monday(&other).is_some_and(|sheet| sheet["marks"] == all.len()));
    for tablet in [&tablet, &other] {
        assert_eq!(
            tablet.row(MONDAY, &children[0], "cantine")["state"],
            "left",
            "a tablet's own order counts"
        );
        assert_eq!(tablet.row(MONDAY, &children[1], "cantine")["state"], "left");
        assert_eq!(tablet.row(MONDAY, &children[3], "cantine")["state"], "present");
    }
    all.insert(stray.parse().expect("an id"));
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    assert_eq!(tablet.status()["pending"], 0);
    town.verify();
}

#[test]
fn a_date_that_no_calendar_of_ours_can_hold_is_refused_and_blocks_nothing() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    for date in [
        "--date=+12000-01-01",
        "--date=-0005-01-01",
        "--at=9999-12-31T23:59:59Z",
    ] {
        let said = tablet.run(&["in", &child, "--activity", "cantine", date]);
        assert!(said.stopped(2).contains("n’est pas possible"), "{said:#?}");
    }
    // A dead battery sets a clock to 1970: that is a date like another.
    for date in ["0001-01-01", "1970-01-01", "9999-12-31"] {
        tablet.tap("in", &child, "cantine", &["--date", date]);
    }
    assert_eq!(tablet.sync()["accepted"], 3);
    assert_eq!(town.verified_marks(), 3);
}
