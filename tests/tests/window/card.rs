//! A child's card: today's marks and their way back, the memo, health, another site.

use system_tests::tablet::text;
use system_tests::{Screen, Town};

use crate::pad::{EVENING, Pad, colleague, hook, of};

#[test]
fn a_card_tells_the_day_and_takes_marks_back_or_puts_them_right() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let lea = pad.children("expected").remove(0);
    pad.tap(&lea, "present");
    open(&pad, &lea);
    let marie = colleague(&town, "animateur");
    let told = pad.window.words(&hook("timeline"));
    for part in ["16 h 3", "Arrivée", &marie.name, "Cette tablette", "En attente"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(
        pad.window.has("a[href^='tel:+'], a[href^='tel:0']"),
        "somebody to call"
    );

    // The time was wrong: it is put right, with a reason.
    pad.window.click("[data-testid^=event-correct-]");
    pad.window.fill(&hook("correct-at"), "midi");
    pad.window.click(&hook("correct-submit"));
    pad.window
        .wait_words(".card-column .row-trouble", "ne se lit pas");
    pad.window.fill(&hook("correct-at"), "16:20");
    pad.window.click(&hook("correct-submit"));
    pad.window.wait_words(&hook("timeline"), "Heure corrigée");
    pad.window.wait_words(&hook("card-state"), "à 16 h 20");

    // A memo, for colleagues and on the row.
    pad.window.fill(&hook("memo"), "Attend sa tante");
    pad.window.click(&hook("memo-submit"));
    pad.window.wait_words(".memos", "Attend sa tante");

    // Any mark of the day can be taken back from here, however late.
    pad.window.read(
        "[...document.querySelectorAll('[data-testid^=event-undo-]')].at(0).click()",
        &[],
    );
    pad.window.wait_words(&hook("card-state"), "À pointer");
    pad.window.wait(".event[data-undone]");
    pad.window.click(&hook("back"));
    pad.wait_state(&lea, "expected");
    pad.window
        .wait_words(&format!("{} .remark", of("row", &lea)), "Attend sa tante");
    assert_eq!(
        pad.window.focus(),
        format!("row-more-{lea}"),
        "the keyboard is back on the row"
    );
}

#[test]
fn health_is_shown_for_a_pin_and_a_child_goes_to_another_site() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let marie = colleague(&town, "animateur");
    pad.show("cantine");
    pad.filter("all");
    let rows = pad.window.read(
        "return [...document.querySelectorAll('.row')].filter(row => row.querySelector('.badge[data-kind=alert]')).map(row => row.dataset.child)",
        &[],
    );
    let careful = rows.as_array().expect("rows");
    let child = careful
        .iter()
        .map(text)
        .find(|child| {
            open(&pad, child);
            let has = pad.window.has(&hook("health-open"));
            if !has {
                pad.window.click(&hook("back"));
            }
            has
        })
        .expect("a child with health details")
        .to_owned();
    assert!(!pad.window.has(&hook("health")), "nothing before the PIN");
    pad.window.click(&hook("health-open"));
    pad.window.wait(&hook("key-1"));
    let wrong: String = marie
        .pin
        .chars()
        .map(|c| if c == '9' { '0' } else { '9' })
        .collect();
    pad.type_pin(&wrong);
    pad.window.wait_words(&hook("pin-error"), "Code faux");
    assert!(!pad.window.has(&hook("health")));
    pad.type_pin(&marie.pin);
    pad.window.wait(&hook("health"));
    assert!(!pad.window.words(&hook("health")).is_empty());

    // It goes with the page.
    pad.window.click(&hook("back"));
    open(&pad, &child);
    assert!(!pad.window.has(&hook("health")));

    pad.window.click(&hook("move-open"));
    pad.window.click("[data-testid^=move-to-]");
    pad.window.wait_words(&hook("card-state"), "Autre site");
    pad.window.click(&hook("back"));
    pad.wait_state(&child, "away");
    assert!(
        pad.window
            .words(&hook("list-status"))
            .contains("n’est pas concerné")
            || pad
                .window
                .words(&hook("list-status"))
                .contains("ne sont pas concernés"),
        "closing leaves the child alone, and says so"
    );
}

fn open(pad: &Pad, child: &str) {
    pad.window.click(&of("row-more", child));
    pad.window.wait(".card-columns:not([hidden])");
}
