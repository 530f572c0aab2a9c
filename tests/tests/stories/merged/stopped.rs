//! A merge that is killed on the way is run again.

use std::process::Stdio;

use serde_json::json;
use system_tests::Town;
use system_tests::clock::wait_for;
use system_tests::programs::command;
use system_tests::rows::rows;
use system_tests::town::SLUG;

use super::{adds_up, agent, count, households, path};
use crate::restore::shipped::snapshot;

const MANY: usize = 700;

#[test]
fn a_merge_that_is_killed_is_run_again_and_each_operation_is_there_once() {
    let town = Town::new();
    let offsite = town.place("offsite");
    let actor = agent(&town);
    snapshot(&town, &offsite);
    {
        let host = crate::host(&town, system_tests::town::MORNING);
        households(&host.commune(SLUG).expect("the town"), actor, MANY);
    }
    let all = rows(&town, "select count(*) from household", &[])[0].int(0);
    let restored = town.command(&["restore", SLUG, "--from", path(&offsite)]).done();
    let name = restored["set_aside"].as_str().expect("a name").to_owned();
    let told = town
        .command(&["merge", SLUG, "--from", &name, "--dry-run"])
        .done();
    assert_eq!(count(&told, "applied"), MANY as u64, "{told:#}");
    let mut merging = command("preau-server")
        .args(town.options())
        .args(["--json", "merge", SLUG, "--from", &name])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a merge");
    let done = wait_for("the first operations", || {
        let done = rows(&town, "select count(*) from lost", &[])[0].int(0);
        (done > 0).then_some(done)
    });
    merging.kill().expect("one's own child can be killed");
    merging.wait().expect("a killed child ends");
    assert!(done < MANY as i64, "it was killed on the way, after {done}");
    town.verify();
    let merged = town.command(&["merge", SLUG, "--from", &name]).done();
    assert_eq!(adds_up(&merged), adds_up(&told), "{merged:#}");
    assert!(count(&merged, "earlier") >= done as u64, "{merged:#}");
    assert_eq!(merged["problems"], json!([]));
    assert_eq!(rows(&town, "select count(*) from household", &[])[0].int(0), all);
    town.verify();
    let again = town.command(&["merge", SLUG, "--from", &name]).done();
    assert_eq!(count(&again, "earlier"), count(&again, "lost"));
}
