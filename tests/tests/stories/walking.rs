//! A Monday in the rain: two tablets of one school, no network, all that a day brings. Every
//! gesture is a process of its own.

use serde_json::json;
use system_tests::town::{FRIDAY, MONDAY};
use system_tests::{Tablet, Town};

#[test]
fn two_tablets_point_a_day_without_a_server_and_agree_when_it_is_back() {
    let town = Town::new();
    let mut server = town.server();
    let mut entrance = town.tablet("entrance", &server.url(), &["jules-ferry"]);
    let mut yard = town.tablet("yard", &server.url(), &["jules-ferry"]);
    server.stop();

    let morning = entrance.expected(MONDAY, "garderie-matin");
    let [first, second, third, fourth, ..] = &morning[..] else {
        panic!("a full morning: {morning:?}")
    };
    let mut taps = Vec::new();

    entrance.clock("2026-11-23T07:40:00+01:00");
    yard.clock("2026-11-23T07:45:00+01:00");
    taps.push(entrance.in_(first, "garderie-matin"));
    taps.push(yard.in_(first, "garderie-matin"));
    taps.push(entrance.tap(
        "in",
        second,
        "garderie-matin",
        &["--at", "2026-11-23T07:31:00+01:00"],
    ));
    taps.push(entrance.absent(third, "garderie-matin"));
    let slip = yard.in_(fourth, "garderie-matin");
    taps.push(yard.undo(&slip));
    taps.push(slip);

    yard.clock("2026-11-23T08:20:00+01:00");
    taps.push(yard.out(first, "garderie-matin"));
    taps.push(entrance.close("garderie-matin", MONDAY));

    entrance.clock("2026-11-23T11:50:00+01:00");
    let lunch = entrance.expected(MONDAY, "cantine");
    taps.push(entrance.in_(&lunch[0], "cantine"));
    let guest = unexpected(&town, &entrance);
    taps.push(entrance.in_(&guest, "cantine"));
    taps.push(entrance.close("cantine", MONDAY));

    yard.clock("2026-11-23T17:30:00+01:00");
    let study = yard.expected(MONDAY, "etude");
    taps.push(yard.out(&study[0], "etude"));
    taps.push(yard.close("etude", MONDAY));

    entrance.clock("2026-11-27T16:40:00+01:00");
    let workshops = entrance.expected(FRIDAY, "ateliers-vendredi");
    taps.push(entrance.absent(&workshops[0], "ateliers-vendredi"));
    taps.push(entrance.close("ateliers-vendredi", FRIDAY));

    let offline = entrance.run(&["sync"]);
    assert!(offline.stopped(3).contains("Rien n’est perdu"));

    server.restart();
    let up = entrance.sync();
    let both = yard.sync();
    let down = entrance.sync();
    let made = |from: &serde_json::Value| from["accepted"].as_u64().expect("a count");
    assert_eq!(
        made(&up) + made(&both),
        taps.len() as u64,
        "every tap got a receipt"
    );
    assert_eq!(
        (&both["received"], &down["received"]),
        (&up["accepted"], &both["accepted"])
    );
    assert_eq!(entrance.sheets(), yard.sheets(), "the two agree to the byte");
    for tablet in [&entrance, &yard] {
        let status = tablet.status();
        assert_eq!(
            (&status["pending"], &status["quarantined"]),
            (&json!(0), &json!(0))
        );
        tells_the_day(tablet, &morning, &lunch, &study, &workshops, &guest);
    }
    for date in [MONDAY, FRIDAY] {
        assert!(entrance.list(date) == yard.list(date), "the lists of {date}");
    }
    server.stop();
    assert_eq!(town.verified_marks(), taps.len());
}

/// « Nom Prénom » of a child of another school, who is on no list of this tablet.
fn unexpected(town: &Town, tablet: &Tablet) -> String {
    let listed: Vec<String> = tablet
        .list(MONDAY)
        .iter()
        .map(system_tests::tablet::name)
        .collect();
    let families = town.demo()["families"].as_array().expect("families");
    let mut elsewhere = families
        .iter()
        .flat_map(|family| family["children"].as_array().expect("children"))
        .filter(|child| child["site"] == "louise-michel")
        .map(system_tests::tablet::name);
    elsewhere
        .find(|name| !listed.contains(name))
        .expect("a child of another school")
}

fn tells_the_day(
    tablet: &Tablet,
    morning: &[String],
    lunch: &[String],
    study: &[String],
    workshops: &[String],
    guest: &str,
) {
    let row = |child: &str| tablet.row(MONDAY, child, "garderie-matin");
    let first = row(&morning[0]);
    let arrived = first["in_at"].as_str().expect("a time");
    assert!(
        arrived.starts_with("2026-11-23T06:40:"),
        "the earlier of two arrivals stands: {first:#}"
    );
    assert_eq!(first["state"], "left");
    assert_eq!(
        row(&morning[1])["in_at"],
        "2026-11-23T06:31:00.000Z",
        "the time a person gave counts"
    );
    assert_eq!(row(&morning[2])["state"], "absent");
    assert_eq!(
        row(&morning[3])["state"],
        "absent",
        "undone, then absent by the closing"
    );
    assert_eq!(tablet.row(MONDAY, &lunch[0], "cantine")["state"], "present");
    assert_eq!(tablet.row(MONDAY, &lunch[1], "cantine")["state"], "absent");
    let guest = tablet.row(MONDAY, guest, "cantine");
    assert_eq!(
        (&guest["state"], &guest["booked"]),
        (&json!("present"), &json!(false))
    );
    assert_eq!(tablet.row(MONDAY, &study[0], "etude")["state"], "left");
    assert_eq!(
        tablet.row(FRIDAY, &workshops[0], "ateliers-vendredi")["state"],
        "absent"
    );
    assert_eq!(
        tablet.row(FRIDAY, &workshops[1], "ateliers-vendredi")["state"],
        "present",
        "by exception"
    );
}
