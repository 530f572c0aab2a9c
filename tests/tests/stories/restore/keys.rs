//! The key: kept away from the server, typed in from paper, changed.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;
use system_tests::Town;
use system_tests::programs::{Said, command};
use system_tests::town::SLUG;

use super::shipped::Elsewhere;

fn typed(elsewhere: &Elsewhere, text: &str) -> Said {
    let mut child = command("preau-server")
        .arg("--data")
        .arg(&elsewhere.folder)
        .args(["--json", "key", "import", SLUG])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("preau-server can be started");
    let mut stdin = child.stdin.take().expect("its stdin is ours");
    stdin.write_all(text.as_bytes()).expect("it reads");
    drop(stdin);
    Said::of(child.wait_with_output().expect("it ends"))
}

#[test]
fn a_key_is_typed_in_from_paper_and_changed_without_losing_what_it_opened() {
    let town = Town::in_files();
    let file = town.place("demo.key");
    let path = file.to_str().expect("UTF-8");
    let exported = town.command(&["key", "export", SLUG, "--file", path]).done();
    assert!(
        town.command(&["key", "export", SLUG, "--file", path])
            .stopped(2)
            .contains("existe déjà")
    );
    let before = town.place("before.snapshot");
    let snapshot = before.to_str().expect("UTF-8");
    town.command(&["snapshot", SLUG, "--to", snapshot]).done();
    let shown = town.command(&["key", "export", SLUG]).done();
    assert_eq!(shown["fingerprint"], exported["fingerprint"]);
    let sheet = shown["recovery_sheet"].as_str().expect("a sheet").to_lowercase();

    let elsewhere = Elsewhere::new(&town, "elsewhere");
    fs::create_dir_all(&elsewhere.folder).expect("a folder");
    let at = sheet.find("sauvegardes  ").expect("the line") + "sauvegardes  ".len();
    let wrong_letter = if &sheet[at..=at] == "a" { "c" } else { "a" };
    let wrong = format!("{}{wrong_letter}{}", &sheet[..at], &sheet[at + 1..]);
    let told = typed(&elsewhere, &wrong);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(
        told.stderr.contains("sauvegardes") && told.stderr.contains("1ᵉ groupe"),
        "{told:#?}"
    );
    assert!(
        !elsewhere.folder.join(format!("keys/{SLUG}.key")).exists(),
        "nothing was written"
    );
    let placed = typed(&elsewhere, &sheet).done();
    assert_eq!(
        (&placed["imported"], &placed["fingerprint"]),
        (&json!("new"), &exported["fingerprint"])
    );
    assert_eq!(typed(&elsewhere, &sheet).done()["imported"], "same");

    let changed = elsewhere.run(&["key", "rotate", SLUG]).done();
    assert_ne!(changed["fingerprint"], exported["fingerprint"]);
    assert_eq!(changed["retired"], json!([exported["fingerprint"]]));
    let restored = elsewhere.run(&["restore", SLUG, "--from", snapshot]).done();
    assert_eq!(
        restored["snapshot"],
        json!(snapshot),
        "sealed with the key of before"
    );
    let after = elsewhere.folder.join("after.snapshot");
    let after = after.to_str().expect("UTF-8");
    elsewhere.run(&["snapshot", SLUG, "--to", after]).done();
    // The old copy does not open it, and says which key would.
    let needed = changed["fingerprint"].as_str().expect("a fingerprint");
    let refused = town.command(&["restore", SLUG, "--from", after]);
    assert!(refused.stopped(2).contains(needed), "{refused:#?}");
    town.verify();
}
