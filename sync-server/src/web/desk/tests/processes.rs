//! Two processes serve the town, and nobody can tell which of them answered.

use axum::body::Body as Content;
use axum::http::{Request, StatusCode};
use shared::codec::encode;
use shared::ids::DeviceId;
use shared::operation::Body;
use shared::sign::SigningKey;
use shared::time::UtcMs;
use shared::wire::EnrolRequest;

use super::browser::Browser;
use super::import::{FILE, previewed, print_of};
use super::town::{JAURES, Town, apply, at, nobodys_link};
use crate::jobs::lease::{Holder, LONGEST_MS, Lease, Taken};
use crate::sync::{code_hash, new_code};

#[test]
fn a_session_of_one_holds_at_the_other_and_ends_at_both() {
    let town = Town::founded();
    let mut here = town.desk(at("12:00"));
    let mut there = town.browser(at("12:00"));
    there.cookies.clone_from(&here.cookies);
    let home = there.get("/ville/gestion");
    assert_eq!(home.status, StatusCode::OK);
    let left = there.post("/ville/gestion/deconnexion", &[("jeton", &home.token())]);
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/ville/gestion").status, StatusCode::SEE_OTHER);
}

#[test]
fn an_import_confirmed_at_two_processes_at_once_goes_in_once() {
    let town = Town::founded();
    let mut here = town.desk(at("12:00"));
    let before = town.head();
    let (address, preview) = previewed(&mut here, FILE);
    let mut there = town.browser(at("12:00"));
    there.cookies.clone_from(&here.cookies);
    let (token, print) = (preview.token(), print_of(&preview));
    let fields = [("jeton", token.as_str()), ("empreinte", &print)];
    let (one, other) = std::thread::scope(|both| {
        let one = both.spawn(|| here.post(&address, &fields));
        let other = there.post(&address, &fields);
        (one.join().unwrap(), other)
    });
    for reply in [&one, &other] {
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, format!("{address}/rapport").as_str())
        );
    }
    assert_eq!(town.head(), before + 3, "two children and their household");
    let report = there.get(other.header("location")).words();
    assert!(report.contains("2 enfants créés"), "{report}");
}

#[test]
fn an_import_waits_for_another_and_a_process_that_died_at_one_holds_nobody_up() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let (address, preview) = previewed(&mut desk, FILE);
    let (token, print) = (preview.token(), print_of(&preview));
    let fields = [("jeton", token.as_str()), ("empreinte", &print)];
    let before = town.head();
    let dead = town.commune(at("12:00"));
    let taken = dead
        .store
        .write(|tx| Lease::take(tx, "import", Holder::drawn(), at("12:00"), LONGEST_MS))
        .unwrap();
    let Taken::Ours(lease) = taken else {
        panic!("somebody has it")
    };
    let reply = std::thread::scope(|both| {
        let waits = both.spawn(|| desk.post(&address, &fields));
        // The other import is through while this one waits for its turn.
        assert_eq!(town.head(), before);
        dead.store.write(move |tx| lease.release(tx, None)).unwrap();
        waits.join().unwrap()
    });
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(town.head(), before + 3);

    let taken = dead
        .store
        .write(|tx| Lease::take(tx, "import", Holder::drawn(), at("12:00"), LONGEST_MS))
        .unwrap();
    assert!(matches!(taken, Taken::Ours(_)), "the turn was given back");
    let mut later = town.browser(at("12:11"));
    later.cookies.clone_from(&desk.cookies);
    let reply = later.post(&address, &fields);
    assert_eq!(reply.header("location"), format!("{address}/rapport"));
}

/// Asks for an enrolment from an address; answers the status, after how many seconds to come again,
/// and what is said.
fn enrol(process: &Browser, from: &str, code: &str) -> (StatusCode, Option<u64>, String) {
    let key = SigningKey::from_seed(&[7; 32]);
    let request = EnrolRequest::sign(
        code.to_owned(),
        DeviceId(uuid::Uuid::from_u128(0xd1)),
        "a".into(),
        &key,
    );
    let request = Request::post("/v1/enrol")
        .header("host", "localhost")
        .header("x-forwarded-for", from)
        .body(Content::from(encode(&request)))
        .unwrap();
    let (parts, body) = process.answer(request);
    let wait = parts
        .headers
        .get("retry-after")
        .map(|seconds| seconds.to_str().unwrap().parse().unwrap());
    (parts.status, wait, String::from_utf8_lossy(&body).into_owned())
}

fn issue(town: &Town, n: u8, now: UtcMs) -> String {
    let commune = town.commune(now);
    let code = new_code(&commune.slug, [n; 12]);
    let body = Body::IssueTabletCode {
        code: code_hash(&code),
        sites: vec![JAURES],
        expires_at: now.plus_ms(3_600_000),
    };
    apply(&commune, vec![body]);
    code
}

#[test]
fn codes_cannot_be_guessed_at_one_process_after_the_other() {
    let town = Town::founded();
    let code = issue(&town, 5, at("12:00"));
    let (school, town_hall) = ("203.0.113.9", "198.51.100.4");
    let before = town.head();
    let processes = [town.browser(at("12:00")), town.browser(at("12:00"))];
    for n in 0..20 {
        let (status, ..) = enrol(&processes[n % 2], school, "ville-2222-2222-2222");
        assert_eq!(status, StatusCode::NOT_FOUND, "attempt {n}");
    }
    for process in &processes {
        let (status, wait, said) = enrol(process, school, &code);
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert!(
            wait.is_some_and(|seconds| (800..=901).contains(&seconds)),
            "{wait:?}"
        );
        assert!(
            said.contains("too_many") && said.contains("15 min") && said.contains("mairie"),
            "{said}"
        );
    }
    assert_eq!(town.head(), before, "nothing of it is record");
    assert_eq!(
        enrol(&processes[0], town_hall, &code).0,
        StatusCode::OK,
        "others are not locked out"
    );
    let again = issue(&town, 6, at("12:16"));
    let later = town.browser(at("12:16"));
    assert_eq!(
        enrol(&later, school, "ville-2222-2222-2222").0,
        StatusCode::NOT_FOUND
    );
    assert_ne!(
        enrol(&later, school, &again).0,
        StatusCode::TOO_MANY_REQUESTS,
        "a quarter of an hour is enough"
    );
}

#[test]
fn links_that_lead_to_nothing_are_not_opened_for_ever() {
    let town = Town::founded();
    let link = town.link(at("18:00"));
    let processes = [town.browser(at("12:00")), town.browser(at("12:00"))];
    let wrong = format!("/ville/gestion/activer/{}", nobodys_link());
    let from = ("x-forwarded-for", "203.0.113.9");
    for n in 0..30 {
        let reply = processes[n % 2]
            .clone()
            .send("GET", &wrong, String::new(), &[from]);
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "link {n}");
    }
    let mut browser = processes[0].clone();
    let reply = browser.send("GET", &wrong, String::new(), &[from]);
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.header("retry-after"), "900");
    assert!(reply.words().contains("quart d’heure"), "{}", reply.words());
    let right = format!("/ville/gestion/activer/{link}");
    let reply = browser.send("GET", &right, String::new(), &[from]);
    assert_eq!(
        reply.status,
        StatusCode::OK,
        "a link that stands opens all the same"
    );
}

#[test]
fn a_process_that_will_stop_says_so_to_whoever_asks_how_it_is() {
    let town = Town::founded();
    let host = town.host(at("12:00"));
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new()
        .build_recorder()
        .handle();
    let mut browser = Browser {
        server: crate::web::router(crate::web::App {
            host: std::sync::Arc::clone(&host),
            metrics,
        }),
        ..town.browser(at("12:00"))
    };
    let well = browser.get("/healthz");
    assert_eq!(well.status, StatusCode::OK);
    assert!(well.text.contains(r#""status":"ok""#), "{}", well.text);
    host.stop_soon();
    let stopping = browser.get("/healthz");
    assert_eq!(stopping.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        stopping.text.contains(r#""status":"stopping""#),
        "{}",
        stopping.text
    );
    assert_eq!(
        browser.get("/ville/gestion/connexion").status,
        StatusCode::OK,
        "whoever comes all the same is served"
    );
}
