//! No server tomorrow morning: the lists of the coming days are printed from where they were put, with the key
//! and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use shared::offsite::Name;
use system_tests::clock::wait_for;
use system_tests::programs::{Said, run_with};
use system_tests::tablet::{name, text};
use system_tests::town::{MONDAY, SLUG};
use system_tests::{ObjectStore, Town};

use super::lying::files;
use crate::bookings::{Agent, expected};

const SITE: &str = "jules-ferry";
const TUESDAY: &str = "2026-11-24";
const SATURDAY: &str = "2026-11-28";

/// The lists that lie at a target: day, site and number of each.
fn there(target: &Path) -> BTreeSet<(String, String, u64)> {
    files(&target.join(SLUG).join("lists"))
        .iter()
        // What is being written in a folder stands beside it for a moment.
        .filter(|file| !file.to_string_lossy().contains('#'))
        .map(|file| {
            let path = file.strip_prefix(target).expect("a path below").to_string_lossy();
            match Name::parse(&path) {
                Some((_, Name::List { site, date, seq })) => (date.to_string(), site.to_string(), seq),
                other => panic!("{path} is {other:?}"),
            }
        })
        .collect()
}

/// The number of the one list of a site and day, once there is one and no more.
fn only(target: &Path, date: &str) -> Option<u64> {
    let all = there(target);
    let mut of_day = all.iter().filter(|(day, site, _)| day == date && site == SITE);
    match (of_day.next(), of_day.next()) {
        (Some((.., seq)), None) => Some(*seq),
        _ => None,
    }
}

/// Waits until another list than this one is alone there.
#[track_caller]
fn newer(target: &Path, date: &str, than: u64) -> u64 {
    wait_for("a newer list alone", || {
        only(target, date).filter(|seq| *seq > than)
    })
}

/// Waits until every site has its lists, today and seven days on.
#[track_caller]
fn until_listed(target: &Path) {
    wait_for("the lists of a week", || {
        let days: BTreeSet<String> = there(target).into_iter().map(|(day, ..)| day).collect();
        (days.len() == 6 && days.contains("2026-11-30")).then_some(())
    });
}

/// `preau-server lists` on a machine that has nothing.
fn printed(town: &Town, environment: &[(&str, String)], more: &[&str]) -> Said {
    let nowhere = town.place("nowhere");
    let mut words = vec![
        "--data",
        nowhere.to_str().expect("a path"),
        "--json",
        "lists",
        SLUG,
    ];
    words.extend(more);
    run_with("preau-server", words, environment)
}

fn key(town: &Town) -> PathBuf {
    let key = town.place("demo.key");
    let file = key.to_str().expect("a path");
    if !key.exists() {
        town.command(&["key", "export", SLUG, "--file", file]).done();
    }
    key
}

fn how_often(page: &str, child: &str) -> usize {
    let (last, first) = child.rsplit_once(' ').expect("two names");
    let row = format!("<span class=\"paper-last\">{last}</span> <span class=\"paper-first\">{first}</span>");
    // What stands between may be drawn with marks of its own.
    page.replace("<!>", "").matches(&row).count()
}

#[test]
fn without_any_server_the_lists_of_tomorrow_are_printed_with_a_child_booked_a_minute_before() {
    let town = Town::new();
    let (target, key) = (town.place("elsewhere"), key(&town));
    fs::create_dir(&target).expect("a folder");
    let from = target.to_str().expect("a path");
    let mut server = town.shipping_server(from, &[]);
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    let agent = Agent::log_in(&town, &server.url());
    until_listed(&target);
    assert!(
        there(&target)
            .iter()
            .all(|(day, ..)| day != SATURDAY && day.as_str() >= MONDAY),
        "closed days are left out"
    );

    let list = tablet.list(TUESDAY);
    let child = expected(&list);
    let row = list
        .iter()
        .find(|row| row["child"] == child.as_str())
        .expect("its row");
    let child_name = name(row);
    let before = only(&target, TUESDAY).expect("tomorrow's list");
    let (_, cancel) = agent.plan(&child, "annuler", TUESDAY);
    agent.carry_out(&child, &cancel);
    let without = newer(&target, TUESDAY, before);
    let to = town.place("first");
    let to = to.to_str().expect("a path");
    let said = printed(
        &town,
        &[],
        &[
            "--from",
            from,
            "--key",
            key.to_str().expect("a path"),
            "--date",
            TUESDAY,
            "--to",
            to,
        ],
    )
    .done();
    assert!(
        said["lists"]
            .as_array()
            .expect("lists")
            .iter()
            .all(|list| list["date"] == TUESDAY)
    );
    let file = format!("{TUESDAY}-{SITE}.html");
    let page = fs::read_to_string(Path::new(to).join(&file)).expect("a page");
    let cancelled = how_often(&page, &child_name);

    let (_, form) = agent.plan(&child, "reserver", TUESDAY);
    agent.carry_out(&child, &form);
    newer(&target, TUESDAY, without);
    server.kill9();
    fs::remove_dir_all(town.data()).expect("it burns");

    let to = town.place("paper");
    let to = to.to_str().expect("a path");
    let said = printed(
        &town,
        &[],
        &["--from", from, "--key", key.to_str().expect("a path"), "--to", to],
    )
    .done();
    assert_eq!(said["problems"], Value::Array(Vec::new()));
    let lists = said["lists"].as_array().expect("lists");
    assert_eq!(lists.len(), there(&target).len(), "one page each");
    assert!(
        lists
            .iter()
            .all(|list| text(&list["made_at"]).starts_with("2026-11-23T"))
    );
    let page = fs::read_to_string(Path::new(to).join(&file)).expect("a page");
    assert_eq!(
        how_often(&page, &child_name),
        cancelled + 1,
        "booked a minute before: {child_name}"
    );
    assert!(page.contains("<style>") && page.contains("mardi 24 novembre 2026"));
    // It stands alone: all it refers to is in it.
    for outside in ["src=\"", "<script", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.split("href=\"").skip(1).all(|rest| rest.starts_with('#')));
    assert!(
        page.contains("PAI") || page.contains("llergie"),
        "what staff must know is on it"
    );
}

#[test]
fn lists_of_past_days_go_and_those_of_days_to_come_follow() {
    let town = Town::new();
    let target = town.place("elsewhere");
    fs::create_dir(&target).expect("a folder");
    let mut server = town.shipping_server(target.to_str().expect("a path"), &[]);
    until_listed(&target);
    server.stop();
    server.restart_at("2026-11-24T06:00:00+01:00");
    wait_for("Monday's go, and those of the next Tuesday come", || {
        let days: BTreeSet<String> = there(&target).into_iter().map(|(day, ..)| day).collect();
        (!days.contains(MONDAY) && days.contains("2026-12-01")).then_some(())
    });
    // A list that somebody deleted there is put again at the next look.
    let lists = files(&target.join(SLUG).join("lists").join(TUESDAY));
    fs::remove_file(&lists[0]).expect("it goes");
    server.stop();
    server.restart_at("2026-11-24T06:30:00+01:00");
    wait_for("it is back", || {
        (files(&target.join(SLUG).join("lists").join(TUESDAY)).len() == lists.len()).then_some(())
    });
    server.stop();
    let looked = town.command(&["doctor", "--offsite", target.to_str().expect("a path")]);
    assert!(looked.stdout.contains("Listes à imprimer"), "{}", looked.stdout);
}

#[test]
fn what_cannot_be_believed_is_told_and_never_printed() {
    let town = Town::new();
    let (target, key) = (town.place("elsewhere"), key(&town));
    let (key, to) = (key.to_str().expect("a path"), town.place("paper"));
    let (from, to) = (target.to_str().expect("a path"), to.to_str().expect("a path"));
    let lists = |key: &str| printed(&town, &[], &["--from", from, "--key", key, "--to", to]);
    assert_eq!(lists(key).code, Some(3), "the folder is not there");
    fs::create_dir(&target).expect("a folder");
    assert!(lists(key).stopped(2).contains("Aucune liste"));
    let mut server = town.shipping_server(from, &[]);
    until_listed(&target);
    server.stop();

    assert!(
        printed(&town, &[], &["--from", from, "--to", to])
            .stopped(2)
            .contains("fiche de secours")
    );
    let another = town.place("another");
    let another = another.to_str().expect("a path");
    let made = [
        "--data", another, "--json", "commune", "create", SLUG, "--name", "Autre",
    ];
    run_with("preau-server", made, &[]).done();
    let wrong = format!("{another}/keys/{SLUG}.key");
    assert!(lists(&wrong).stopped(2).contains("une autre clé"));
    assert!(!Path::new(to).exists(), "nothing was written");

    let all = files(&target.join(SLUG).join("lists"));
    let mut bytes = fs::read(&all[0]).expect("a list");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&all[0], bytes).expect("it is flipped");
    let said = lists(key);
    assert_eq!(said.code, Some(4), "{}", said.stderr);
    let told: Value = serde_json::from_str(&said.stdout).expect("JSON");
    assert_eq!(told["lists"].as_array().expect("lists").len(), all.len() - 1);
    let problem = text(&told["problems"][0]);
    let flipped = all[0].file_name().expect("a name").to_string_lossy();
    assert!(
        problem.contains(&*flipped) && problem.contains("abîmé"),
        "{problem}"
    );
    // A list of one day under the name of another says what it is.
    let day = target.join(SLUG).join("lists").join(TUESDAY);
    fs::copy(&all[1], day.join("autre-000000000001.list")).expect("a copy");
    assert!(lists(key).stdout.contains("d’un autre site"));
}

#[test]
fn lists_lie_in_a_bucket_too() {
    let town = Town::new();
    let key = key(&town);
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("preau");
    let mut server = town.shipping_server(&store.url("preau"), &store.environment());
    until_listed(&target);
    server.kill9();
    let to = town.place("paper");
    let from = store.url("preau");
    let more = [
        "--from",
        from.as_str(),
        "--key",
        key.to_str().expect("a path"),
        "--to",
        to.to_str().expect("a path"),
    ];
    let said = printed(&town, &store.environment(), &more).done();
    assert_eq!(said["lists"].as_array().expect("lists").len(), files(&to).len());
    assert!(to.join(format!("{MONDAY}-{SITE}.html")).exists());
}
