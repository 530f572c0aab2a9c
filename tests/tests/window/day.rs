//! The day's list: its parts, its order, and gestures on several children.

use serde_json::json;
use system_tests::clock::wait_for;
use system_tests::tablet::text;
use system_tests::{Screen, Town};

use crate::pad::{EVENING, Pad, hook, of};

#[test]
fn a_list_is_searched_sorted_and_cut_into_groups() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let all = pad.names();
    let mut sorted = all.clone();
    sorted.sort_by_key(|name| key(name));
    assert_eq!(all, sorted, "by name, accents aside");

    // Without accents, from the first letters of any name.
    let (accented, typed) = all
        .iter()
        .find_map(|name| {
            let bare = key(name);
            let first = name.split(' ').next_back()?.to_lowercase();
            (!first.is_ascii()).then(|| (name.clone(), bare.split(' ').next_back().unwrap_or("").to_owned()))
        })
        .expect("a first name with an accent");
    pad.window.fill(&hook("search"), &typed);
    assert!(pad.names().contains(&accented), "{typed} finds {accented}");
    assert!(pad.names().len() < all.len());
    pad.window.fill(&hook("search"), "zzz");
    pad.window
        .wait_words(&hook("nobody"), "Aucun enfant de la liste ne répond");
    pad.window.wait(&hook("find-searched"));
    pad.window.read(
        "const field = document.querySelector('[type=search]'); field.value = ''; field.dispatchEvent(new Event('input', {bubbles: true}))",
        &[],
    );

    // By first name; by the hour they leave.
    choose(&pad, "first");
    let firsts = pad.window.read(
        "return [...document.querySelectorAll('.row:not([hidden]) .first')].map(first => first.textContent)",
        &[],
    );
    let firsts: Vec<String> = crate::pad::texts(&firsts).iter().map(|name| key(name)).collect();
    let mut wanted = firsts.clone();
    wanted.sort();
    assert_eq!(firsts, wanted);
    choose(&pad, "departure");
    let hours = pad.window.read(
        "return [...document.querySelectorAll('.row:not([hidden]) .ways')].map(way => way.textContent.match(/départ (\\d+)\\D+(\\d+)/)).filter(Boolean).map(found => found[1] * 60 + +found[2])",
        &[],
    );
    let hours: Vec<u64> = hours
        .as_array()
        .expect("hours")
        .iter()
        .filter_map(serde_json::Value::as_u64)
        .collect();
    assert!(hours.len() > 10 && hours.is_sorted(), "{hours:?}");
    choose(&pad, "name");

    // A group: its total on the chip is what it shows.
    let chip = format!("{}:not([aria-pressed=true])", hook("part-group"));
    pad.window.click(&chip);
    let chosen = format!("{}[aria-pressed=true]", hook("part-group"));
    pad.window.wait(&chosen);
    let total: usize = pad
        .window
        .words(&format!("{chosen} .count"))
        .parse()
        .expect("a total");
    assert_eq!(pad.names().len(), total);
    assert!(total < all.len());
    assert_eq!(
        pad.window.words(&hook("filter-expected")),
        format!("Attendus {total}")
    );

    // Letters to jump by, beside a long list.
    pad.show("cantine");
    let last = "[...document.querySelectorAll('.letters button')].at(-1)";
    pad.window.read(&format!("{last}.click()"), &[]);
    let top = "const list = document.querySelector('.rows').getBoundingClientRect().top;
        const row = [...document.querySelectorAll('.row:not([hidden])')].find(row => row.getBoundingClientRect().bottom > list + 12);
        return [row.querySelector('.last').textContent[0], [...document.querySelectorAll('.letters button')].at(-1).textContent]";
    wait_for("the end of the alphabet", || {
        let found = pad.window.look(top, &[])?;
        let (initial, letters) = (text(&found[0]).to_owned(), text(&found[1]).to_owned());
        (letters.chars().next()? <= initial.chars().next()? || at_end(&pad)).then_some(())
    });
}

#[test]
fn a_whole_class_comes_in_one_gesture_and_siblings_leave_together() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();

    // « Toute la classe est là », then the exception.
    pad.window.click(&hook("part-class"));
    let class = pad.shown();
    assert!(class.len() > 1, "a class of several children");
    pad.window.click(&hook("many"));
    pad.window.wait_words(
        &hook("many-all-here"),
        &format!("Toute la classe est là ({})", class.len()),
    );
    pad.window.click(&hook("many-all-here"));
    for child in &class {
        pad.wait_state(child, "present");
    }
    pad.window.wait(&hook("done-many"));
    pad.at_rest(&class[0]);
    pad.window.click(&of("row-undo", &class[0]));
    pad.wait_state(&class[0], "expected");

    // The whole gesture can be undone too.
    pad.window.click(&hook("part-whole"));
    pad.filter("expected");
    let several: Vec<String> = pad.shown().into_iter().take(3).collect();
    pad.window.click(&hook("many"));
    for child in &several {
        pad.window.click(&of("row-main", child));
    }
    pad.window
        .wait_words(&hook("many-count"), "Trois enfants choisis");
    pad.window.click(&hook("many-in"));
    pad.window.wait_words(&hook("done-many"), "Trois arrivées notées");
    pad.window.click(&hook("undo-all"));
    for child in &several {
        pad.wait_state(child, "expected");
    }

    // Brothers and sisters: the first leaves, the others with one touch.
    let family = siblings(&pad);
    for child in &family {
        if pad.rows()[child].0 != "present" {
            pad.tap(child, "present");
        }
    }
    pad.filter("present");
    pad.tap(&family[0], "left");
    pad.window.wait_words(&hook("together-do"), "Partis ensemble : ");
    pad.window.click(&hook("together-do"));
    for child in &family {
        pad.wait_state(child, "left");
    }

    // One of them comes back.
    pad.filter("left");
    pad.tap(&family[0], "present");
    assert!(
        !pad.window
            .has(&format!("{}:not([hidden])", hook("notice-trouble")))
    );
}

#[test]
fn absences_have_reasons_and_a_closed_list_says_who_was_waited_for() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();

    // Past its hour and open: its tab says so.
    pad.window.wait_words(&hook("tab-garderie-matin"), "à clore");

    let expected = pad.children("expected");
    let ill = &expected[0];
    pad.window.click(&of("row-absent", ill));
    pad.window.click(&of("rest-of-day", ill));
    pad.window.click(&of("reason-illness", ill));
    pad.wait_state(ill, "absent");
    assert_eq!(pad.rows()[ill].1, "Maladie");

    let waited = expected.len() - 1;
    let said = pad.window.words(&hook("list-status"));
    assert!(
        said.contains(&format!("{waited} enfants encore attendus seront notés")),
        "{said}"
    );
    pad.window.click(&hook("close-list"));
    pad.window
        .wait_words(&hook("list-status"), "Liste close à 16 h 3");
    assert_eq!(
        pad.window.words(&hook("filter-absent")),
        format!("Absents {}", expected.len())
    );
    pad.window.click(&hook("reopen-list"));
    pad.window.wait(&hook("close-list"));
    assert_eq!(pad.window.words(&hook("filter-absent")), "Absents 1");
}

/// Sorts by another word.
fn choose(pad: &Pad, sort: &str) {
    let script = "const select = document.querySelector(arguments[0]); select.value = arguments[1];
        select.dispatchEvent(new Event('change', {bubbles: true}))";
    pad.window.read(script, &[json!(hook("sort")), json!(sort)]);
    pad.window.wait(&format!(".rows[data-sort={sort}]"));
}

fn at_end(pad: &Pad) -> bool {
    let end = pad.window.look(
        "const list = document.querySelector('.rows'); return list.scrollTop + list.clientHeight >= list.scrollHeight - 2",
        &[],
    );
    end == Some(json!(true))
}

/// A family with two children or more on the list.
fn siblings(pad: &Pad) -> Vec<String> {
    // The card of a child names its brothers and sisters on the list.
    for child in pad.children("expected") {
        pad.window.click(&of("row-more", &child));
        pad.window.wait(".card-columns:not([hidden])");
        let found = pad.window.read(
            "return [...document.querySelectorAll('[data-testid^=sibling-]')].map(one => one.dataset.testid.slice(8))",
            &[],
        );
        pad.window.click(&hook("back"));
        pad.window.wait(".list:not([hidden])");
        let others = crate::pad::texts(&found);
        if !others.is_empty() {
            return std::iter::once(child).chain(others).collect();
        }
    }
    panic!("no brothers and sisters on this list");
}

fn key(name: &str) -> String {
    shared::text::search_key(name)
}
