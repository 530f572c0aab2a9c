//! What families read when no server answers: the page and the feed that lie beside the backup.

use std::fs;
use std::path::Path;

use shared::ids::{IncidentId, mint};
use shared::operation::{Actor, Body, Channel, IncidentPost};
use system_tests::clock::wait_for;
use system_tests::programs::{Said, run_with};
use system_tests::town::{MORNING, SLUG};
use system_tests::{ObjectStore, Town};

use crate::host;

fn page(target: &Path) -> String {
    fs::read_to_string(target.join(SLUG).join("public/index.html")).unwrap_or_default()
}

fn feed(target: &Path) -> String {
    fs::read_to_string(target.join(SLUG).join("public/feed.atom")).unwrap_or_default()
}

/// Somebody posts while the server is down.
fn post(town: &Town, title: &str) {
    let host = host(town, MORNING);
    let commune = host.commune(SLUG).expect("the town");
    let at = commune.clock.now();
    let body = Body::PostIncident {
        post: IncidentPost {
            id: IncidentId(mint(at, [7; 10])),
            published_at: at,
            title: title.to_owned(),
            text: "Les tablettes pointent.\n\nRien n’est perdu.".to_owned(),
            over: false,
        },
    };
    commune
        .submit(commune.operation(Actor::Host, Channel::Command, body))
        .expect("it is posted");
}

/// `preau-server situation` on a machine that has nothing.
fn by_hand(town: &Town, environment: &[(&str, String)], offsite: &str, more: &[&str]) -> Said {
    let nowhere = town.place("nowhere");
    let mut words = vec![
        "--data",
        nowhere.to_str().expect("a path"),
        "--json",
        "--now",
        MORNING,
    ];
    words.extend(["situation", SLUG, "--offsite", offsite]);
    words.extend(more);
    run_with("preau-server", words, environment)
}

#[test]
fn a_post_can_be_read_when_the_server_is_dead_and_more_is_said_without_one() {
    let town = Town::new();
    let target = town.place("elsewhere");
    fs::create_dir(&target).expect("a folder");
    let from = target.to_str().expect("a path");
    let mut server = town.shipping_server(from, &[]);
    wait_for("a page that says that all is well", || {
        (page(&target).contains("Ville de Démonstration") && feed(&target).contains("</feed>")).then_some(())
    });
    server.stop();
    post(&town, "Le réseau de la mairie est coupé");
    server.restart();
    wait_for("the post", || {
        page(&target).contains("réseau de la mairie").then_some(())
    });
    wait_for("the feed", || {
        feed(&target).contains("réseau de la mairie").then_some(())
    });
    let of_the_record = (page(&target), feed(&target));
    assert!(!page(&target).contains("src=\"") && page(&target).contains("<style>"));
    server.kill9();

    let word = [
        "--title",
        "Le serveur est arrêté",
        "--text",
        "Nous revenons à 8 h.",
    ];
    let said = by_hand(&town, &[], from, &word).done();
    assert_eq!(said["posts"], 2);
    let (now, old) = (page(&target), "réseau de la mairie");
    let place = |text: &str| now.find(text).unwrap_or_else(|| panic!("{text} is not there"));
    assert!(
        place("Le serveur est arrêté") < place(old),
        "above what was there"
    );
    assert!(now.contains("Nous revenons à 8 h.") && now.contains("Rien n’est perdu."));
    assert_eq!(feed(&target).matches("<entry>").count(), 2);
    assert!(
        by_hand(&town, &[], from, &["--title", " ", "--text", "x"])
            .stopped(2)
            .contains("titre")
    );

    // The next server says what its record says: nothing that was written by hand came into it.
    server.restart();
    wait_for("the page of the record", || {
        ((page(&target), feed(&target)) == of_the_record).then_some(())
    });
    server.stop();
    town.verify();
}

#[test]
fn the_page_lies_in_a_bucket_too_and_is_written_by_hand_there() {
    let town = Town::new();
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("preau");
    let mut server = town.shipping_server(&store.url("preau"), &store.environment());
    wait_for("a page", || feed(&target).contains("</feed>").then_some(()));
    server.kill9();
    let word = [
        "--title",
        "Le serveur est arrêté",
        "--text",
        "Nous revenons à 8 h.",
    ];
    by_hand(&town, &store.environment(), &store.url("preau"), &word).done();
    assert!(page(&target).contains("Nous revenons à 8 h."));
    fs::write(target.join(SLUG).join("public/feed.atom"), "<rss/>").expect("somebody else's");
    let refused = by_hand(&town, &store.environment(), &store.url("preau"), &word);
    assert!(refused.stopped(2).contains("fil écrit par Préau"));
}
