//! What the town hall decided of Monday's canteen holds until a late tablet says more, and the session waits
//! for every tablet that was there.

use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING};
use system_tests::{Tablet, Town};

use crate::desk::Desk;

const SITE: &str = "jules-ferry";
const NIGHT: &str = "2026-11-23T20:30:00+01:00";
const LATER: &str = "2026-11-24T07:30:00+01:00";

fn list(kind: &str) -> String {
    format!("ecarts?du={MONDAY}&au={MONDAY}&site={SITE}&activite=cantine&type={kind}")
}

fn sessions() -> String {
    format!("ecarts?vue=seances&du={MONDAY}&au={MONDAY}&site={SITE}&activite=cantine")
}

/// The keys of the discrepancies on a page.
fn keys(page: &str) -> Vec<String> {
    page.split("name=\"choix\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

fn decides(desk: &mut Desk, kind: &str, fields: &[(&str, &str)]) -> u16 {
    let shared = [
        ("f_du", MONDAY),
        ("f_au", MONDAY),
        ("f_site", SITE),
        ("f_activite", "cantine"),
        ("f_type", kind),
    ];
    let all: Vec<(&str, &str)> = shared.into_iter().chain(fields.iter().copied()).collect();
    desk.send(&list(kind), "ecarts/decider", &all)
}

/// A child of the site who is expected this evening and not at the canteen.
fn not_at_the_canteen(tablet: &Tablet) -> String {
    let eats = tablet.expected(MONDAY, "cantine");
    let evening = tablet.expected(MONDAY, "garderie-soir");
    evening
        .into_iter()
        .find(|child| !eats.contains(child))
        .expect("a child who eats at home")
}

#[test]
fn what_was_decided_holds_until_a_late_tablet_says_more() {
    let town = Town::new();
    let server = town.server();
    let mut kept = town.tablet("kept", &server.url(), &[SITE]);
    let mut late = town.tablet("late", &server.url(), &[SITE]);
    let child = not_at_the_canteen(&kept);
    kept.clock("2026-11-23T11:45:00+01:00");
    late.clock("2026-11-23T11:50:00+01:00");
    kept.in_(&child, "cantine");
    late.absent(&child, "cantine");
    drop(server);

    let server = town.server_at(NIGHT);
    let enrolled_there = [&mut kept, &mut late];
    for tablet in enrolled_there {
        tablet.run(&["address", &server.url()]).done();
    }
    kept.clock(NIGHT);
    late.clock(NIGHT);
    kept.close("cantine", MONDAY);
    kept.sync();
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    let page = desk.page(&list("not_booked"));
    assert!(page.contains(&child), "{child}");
    let own = keys(&page);
    assert_eq!(own.len(), 1);
    let un = format!("confirm {}", own[0]);
    assert_eq!(decides(&mut desk, "not_booked", &[("un", &un)]), 303);
    assert_eq!(keys(&desk.page(&list("not_booked"))), Vec::<String>::new());
    let waits = desk.page(&sessions());
    assert!(
        waits.contains("Incomplète"),
        "the late tablet was not heard of since"
    );
    assert!(!waits.contains("à décider</a>"), "though nothing is open");

    late.sync();
    let again = keys(&desk.page(&list("not_booked")));
    let both = keys(&desk.page(&list("present_and_absent")));
    assert_eq!(
        (again.len(), both.len()),
        (1, 1),
        "it is another discrepancy, and one more"
    );
    assert_ne!(again, own);
    let fields = [
        ("choix", both[0].as_str()),
        ("faire", "correct"),
        ("dit", "oui"),
        ("fait", "absent"),
        ("motif", "family"),
    ];
    assert_eq!(decides(&mut desk, "present_and_absent", &fields), 303);
    let fields = [("choix", again[0].as_str()), ("faire", "confirm")];
    assert_eq!(decides(&mut desk, "not_booked", &fields), 303);
    let done = desk.page(&sessions());
    assert!(done.contains("Complète"), "{done}");
    town.verify();
}

#[test]
fn a_tablet_that_never_comes_back_is_waived_by_name() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("gone", &server.url(), &[SITE]);
    assert_eq!(text(&tablet.status()["device"]).len(), 36);
    drop(server);
    let server = town.server_at(LATER);
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    for kind in ["booked_no_mark", "never_closed"] {
        let page = desk.page(&list(kind));
        let print = page
            .split("name=\"empreinte\" value=\"")
            .nth(1)
            .expect("a page with lines");
        let print = print.split('"').next().expect("its fingerprint").to_owned();
        let all = [
            ("tout", "oui"),
            ("empreinte", print.as_str()),
            ("faire", "confirm"),
        ];
        assert_eq!(decides(&mut desk, kind, &all), 303, "{kind}");
    }
    let page = desk.page(&sessions());
    assert!(page.contains("Incomplète"), "the tablet may still hold taps");
    let link = page
        .split("/gestion/ecarts/seance/")
        .nth(1)
        .expect("a way to waive it");
    let there = format!("ecarts/seance/{}", link.split('"').next().expect("its address"));
    assert_eq!(desk.fill_in(&there, &[("raison", " ")]), 422);
    assert_eq!(desk.fill_in(&there, &[("raison", "Volée, plainte déposée")]), 303);
    assert!(desk.page(&sessions()).contains("Volée, plainte déposée"));
    let mut director = Desk::of(&town, &server, "directeur");
    assert_eq!(
        director.status(&there),
        403,
        "billing is not for a director to say"
    );
    assert!(town.command_at(MORNING, &["verify", "demo"]).done()["ok"] == true);
}
