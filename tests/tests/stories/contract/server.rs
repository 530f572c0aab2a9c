//! The server.

use std::ffi::OsString;
use std::fs;

use system_tests::Town;
use system_tests::programs::run;
use system_tests::rows::{Value, tamper};
use system_tests::town::{MONDAY, MORNING, SLUG};

use super::{has_keys, misused};

#[test]
fn the_server_answers_as_promised() {
    let town = Town::new();
    let server = town.server();
    let listed = town.command(&["commune", "list"]).done();
    has_keys(&listed[0], &["slug", "name", "incarnation"]);
    let enrol = town
        .command(&["enrol", SLUG, "--site", "jules-ferry", "--site", "les-tilleuls"])
        .done();
    has_keys(&enrol, &["code", "expires_at"]);
    let agent = [
        "agent",
        "create",
        SLUG,
        "--email",
        "a@demo.example",
        "--role",
        "lecture",
    ];
    has_keys(&town.command(&agent).done(), &["link"]);
    let verified = town.verify();
    has_keys(&verified, &["ok", "journal", "sheets", "marks", "problems"]);
    has_keys(&verified["journal"], &["entries", "head"]);

    let words = ["commune", "list", "--now", MORNING, "--json"].map(OsString::from);
    let after = run("preau-server", words.into_iter().chain(town.options()));
    assert_eq!(after.done(), listed);
    let words = ["verify", SLUG].map(OsString::from);
    let person = run("preau-server", town.options().into_iter().chain(words));
    assert!(person.stdout.contains("Tout est en ordre"), "{person:#?}");

    let bad: [&[&str]; 6] = [
        &[],
        &["nonsense"],
        &["enrol", SLUG],
        &["commune", "create", "Été à la mer", "--name", "Été"],
        &["serve", "--listen", "ici"],
        &["verify"],
    ];
    for args in bad {
        misused(&town.command(args));
    }
    let refused: [(&[&str], &str); 7] = [
        (&["verify", "ailleurs"], "ailleurs"),
        (&["enrol", "ailleurs", "--site", "jules-ferry"], "ailleurs"),
        (&["enrol", SLUG, "--site", "nulle-part"], "jules-ferry"),
        (
            &[
                "agent",
                "create",
                SLUG,
                "--email",
                "b@demo.example",
                "--role",
                "roi",
            ],
            "gestionnaire",
        ),
        (
            &[
                "agent", "create", SLUG, "--email", "personne", "--role", "lecture",
            ],
            "adresse",
        ),
        (&["commune", "create", SLUG, "--name", "Encore"], "existe déjà"),
        (&["serve", "--listen", server.address()], "Impossible d’écouter"),
    ];
    for (args, why) in refused {
        let said = town.command(args);
        assert!(said.stopped(2).contains(why), "{said:#?}");
    }
}

#[test]
fn a_town_tampered_with_says_4_and_a_missing_key_says_which() {
    let town = Town::new();
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    tablet.in_(&child, "cantine");
    tablet.sync();
    server.stop();
    town.back_up("sound");

    tamper(&town, "update mark set date = '2026-11-24'", &[]);
    let found = town.command(&["verify", SLUG]);
    assert_eq!(found.code, Some(4));
    let report = found.json();
    assert_eq!(report["ok"], false);
    assert!(
        report["problems"].as_array().is_some_and(|all| !all.is_empty()),
        "{report:#}"
    );

    town.put_back("sound");
    tamper(
        &town,
        "update journal set body = ?1 where seq = 5",
        &[Value::Blob(vec![0])],
    );
    let found = town.command(&["verify", SLUG]);
    assert_eq!(found.code, Some(4));
    assert!(
        found.json()["problems"][0]
            .as_str()
            .is_some_and(|problem| problem.contains("n° 5"))
    );

    town.put_back("sound");
    let key = town.data().join("keys/demo.key");
    fs::remove_file(&key).expect("the key goes");
    assert!(town.command(&["verify", SLUG]).stopped(2).contains("demo.key"));
    fs::write(&key, "{}").expect("a broken key");
    assert!(town.command(&["verify", SLUG]).stopped(2).contains("demo.key"));
}
