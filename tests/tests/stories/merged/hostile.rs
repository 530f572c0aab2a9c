//! What is no lost history of this town is refused, and nothing changes.

use std::fs;

use system_tests::Town;
use system_tests::town::SLUG;

use super::path;

#[test]
fn what_is_not_this_towns_history_is_refused_and_nothing_changes() {
    let town = Town::in_files();
    let before = town.verify();
    // Towns of stories are copies of one: only one that is made anew is another.
    let stranger = town.place("autre");
    let args = [
        "--data",
        path(&stranger),
        "--json",
        "commune",
        "create",
        SLUG,
        "--name",
        "Autre",
    ];
    system_tests::programs::run("preau-server", args).done();
    let sealed = town.place("autre.snapshot");
    let args = [
        "--data",
        path(&stranger),
        "--json",
        "snapshot",
        SLUG,
        "--to",
        path(&sealed),
    ];
    system_tests::programs::run("preau-server", args).done();
    let put = |name: &str, bytes: &[u8]| {
        let file = town.place(name);
        fs::write(&file, bytes).expect("a file");
        file
    };
    let cases = [
        (stranger.clone(), "rien de commun"),
        (sealed, "clé"),
        (put("vide.db", b""), "vide"),
        (put("bruit.db", &vec![0x2c; 70_000]), "ni un instantané"),
        (put("texte.csv", b"Nom;Classe\n"), "ni un instantané"),
        (town.place("absent"), "ne peut pas être lu"),
        (town.data(), "en service"),
    ];
    for (from, word) in cases {
        for more in [&[][..], &["--dry-run"]] {
            let mut args = vec!["merge", SLUG, "--from", path(&from)];
            args.extend(more);
            let said = town.command(&args);
            let why = said.stopped(2);
            assert!(why.contains(word), "{}: {why}", from.display());
            assert_eq!(said.stdout, "");
        }
    }
    let empty = town.place("dossier");
    fs::create_dir(&empty).expect("a folder");
    assert!(
        town.command(&["merge", SLUG, "--from", path(&empty)])
            .stopped(2)
            .contains("Rien de")
    );
    town.command(&["merge", "inconnue", "--from", path(&empty)])
        .stopped(2);
    town.command(&["merge", SLUG]).stopped(64);
    assert_eq!(town.verify(), before);
}

#[test]
fn a_key_in_a_file_opens_what_the_hosts_does_not() {
    let town = Town::in_files();
    let snapshot = town.place("ville.snapshot");
    town.command(&["snapshot", SLUG, "--to", path(&snapshot)]).done();
    let old = town.place("ancienne.key");
    town.command(&["key", "export", SLUG, "--file", path(&old)])
        .done();
    let stranger = town.place("autre");
    let args = [
        "--data",
        path(&stranger),
        "--json",
        "commune",
        "create",
        SLUG,
        "--name",
        "Autre",
    ];
    system_tests::programs::run("preau-server", args).done();
    let wrong = town.place("autre.key");
    let args = [
        "--data",
        path(&stranger),
        "--json",
        "key",
        "export",
        SLUG,
        "--file",
        path(&wrong),
    ];
    system_tests::programs::run("preau-server", args).done();
    let merge =
        |key: &std::path::Path| town.command(&["merge", SLUG, "--from", path(&snapshot), "--key", path(key)]);
    assert!(merge(&wrong).stopped(2).contains("clé"));
    assert_eq!(merge(&old).done()["lost"], 0);
}
