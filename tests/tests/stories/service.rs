//! The town hall closes attendance: tablets obey and say why, whoever answers for it points all the same,
//! and what was pointed is always taken. And the host says what happens where no desk answers.

use serde_json::{Value, json};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Server, Town};

use crate::desk::Desk;

const SITE: &str = "jules-ferry";
const SAID: &str = "Pointez sur la liste papier jusqu’à nouvel ordre.";

fn attendance(desk: &mut Desk, state: &str, message: &str) {
    let fields = [("etat_attendance", state), ("message_attendance", message)];
    assert_eq!(
        desk.send("service", "service/attendance", &fields),
        303,
        "{state}"
    );
}

#[test]
fn a_tablet_refuses_what_the_town_hall_closed_unless_a_person_insists() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    tablet.sync();
    assert_eq!(tablet.status()["services"], json!([]));
    let expected = tablet.expected(MONDAY, "cantine");
    let first = tablet.in_(&expected[0], "cantine");

    let mut desk = Desk::of(&town, &server, "administrateur");
    attendance(&mut desk, "closed", SAID);
    assert_eq!(
        tablet.status()["services"],
        json!([]),
        "it has not heard of it, and points"
    );
    tablet.in_(&expected[1], "cantine");
    tablet.sync();
    assert_eq!(
        tablet.status()["services"],
        json!([{ "capability": "attendance", "state": "closed", "message": SAID }])
    );
    let before = tablet.sheets();
    let gestures: [&[&str]; 7] = [
        &["in", &expected[2], "--activity", "cantine"],
        &["out", &expected[0], "--activity", "cantine"],
        &["absent", &expected[2], "--activity", "cantine"],
        &["close", "--activity", "cantine", "--date", MONDAY],
        &["reopen", "--activity", "cantine", "--date", MONDAY],
        &["undo", &first],
        &["note", &expected[0], "fièvre", "--date", MONDAY],
    ];
    for gesture in gestures {
        let refused = tablet.run(gesture);
        let why = refused.stopped(2);
        assert!(
            why.contains(SAID) && why.contains("--anyway"),
            "{gesture:?}: {why}"
        );
    }
    assert_eq!(tablet.sheets(), before, "nothing was written");

    tablet.tap("in", &expected[2], "cantine", &["--anyway"]);
    tablet.run(&["undo", &first, "--anyway"]).done();
    tablet
        .run(&["in", &expected[3], "--activity", "cantine"])
        .stopped(2);
    assert_eq!(
        tablet.sync()["accepted"],
        2,
        "the server takes whatever is handed in"
    );

    attendance(&mut desk, "read_only", SAID);
    tablet.sync();
    let refused = tablet.run(&["in", &expected[3], "--activity", "cantine"]);
    assert!(refused.stopped(2).contains("lecture seule"));

    attendance(&mut desk, "open", "");
    tablet.sync();
    assert_eq!(tablet.status()["services"], json!([]));
    tablet.in_(&expected[3], "cantine");
    tablet.sync();
    assert_eq!(town.verified_marks(), 5);
}

/// The public page or feed, as anybody gets it.
fn public(server: &Server, page: &str) -> String {
    let mut stranger = Desk::stranger(server);
    let (status, text) = stranger.anything(&format!("/{SLUG}/{page}"));
    assert_eq!(status, 200, "{page}");
    text
}

#[test]
fn the_host_says_what_happens_whether_the_server_runs_or_not() {
    let town = Town::new();
    let post = |hour: &str, title: &str, more: &[&str]| {
        let args = [&["incident", "post", SLUG, "--title", title], more].concat();
        let now = format!("{MONDAY}T{hour}:00+01:00");
        text(&town.command_at(&now, &args).done()["id"]).to_owned()
    };
    let first = post(
        "08:30",
        "Point du matin",
        &["--text", "Le serveur est arrêté.\n\nPointez sur papier."],
    );
    let mut server = town.server();
    assert!(public(&server, "situation").contains("Pointez sur papier."));
    let second = post("12:00", "Point de midi <&>", &["--over"]);
    let page = public(&server, "situation");
    assert!(
        page.find("Point de midi &lt;&amp;&gt;") < page.find("Point du matin"),
        "newest first"
    );
    let feed = public(&server, "situation.atom");
    assert!(feed.contains(&format!("urn:uuid:{first}")) && feed.contains(&format!("urn:uuid:{second}")));

    let listed = town.command(&["incident", "list", SLUG]).done();
    let titles: Vec<&Value> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["title"])
        .collect();
    assert_eq!(titles, ["Point de midi <&>", "Point du matin"]);
    assert_eq!(
        (&listed[0]["over"], &listed[1]["over"]),
        (&json!(true), &json!(false))
    );

    town.command(&["incident", "remove", SLUG, "--id", &first]).done();
    town.command(&["incident", "remove", SLUG, "--id", &first])
        .stopped(2);
    assert!(!public(&server, "situation").contains("Point du matin"));
    server.stop();
    town.command(&["incident", "remove", SLUG, "--id", &second])
        .done();
    assert_eq!(town.command(&["incident", "list", SLUG]).done(), json!([]));
    town.command(&["incident", "post", SLUG, "--title", " "])
        .stopped(2);
    assert!(town.verify()["ok"].as_bool().expect("a verdict"));
}
