//! What families are told of it: once, to whom it belongs, in the words of the recap.

use shared::ids::GuardianId;
use shared::operation::{LetterFate, LetterKind, NoticeKind};
use shared::time::UtcMs;

use super::super::ground::{CLAIRE, DENIS, LEA, RITA, at};
use super::{CANTEEN, THURSDAY, add, booked, line, rules, said, send, town, validate};
use crate::letters::read;
use crate::letters::recap;
use crate::notices::{Seen, feed, follow};

#[test]
fn a_booking_is_told_once_by_letter_and_in_the_feed() {
    let towns = town(rules());
    let commune = towns.commune(at("12:00"));
    let mut seen = Seen::default();
    follow(&commune, &mut seen).unwrap();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, LEA, "2026-11-25");
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, "2026-11-24")]);
    let path = validate(&mut claire).header("location").to_owned();
    follow(&commune, &mut seen).unwrap();
    follow(&commune, &mut Seen::default()).unwrap();
    let letters = commune
        .store
        .read(|tx| read::page(tx, LetterFate::Queued, 0, 100))
        .unwrap();
    let of = |who: GuardianId| {
        let own = letters.iter().filter(move |letter| {
            letter
                .guardian
                .as_ref()
                .is_some_and(|(guardian, _)| *guardian == who)
        });
        own.map(|letter| letter.kind).collect::<Vec<_>>()
    };
    assert_eq!(
        of(CLAIRE),
        [LetterKind::Booked],
        "whoever validated hears each line"
    );
    assert_eq!(of(DENIS), [LetterKind::Notice], "the household hears how many");
    assert!(of(RITA).is_empty());
    let told = commune
        .store
        .read(|tx| feed(tx, CLAIRE, UtcMs(i64::MAX), 10))
        .unwrap();
    assert_eq!((told.len(), told[0].kind), (1, NoticeKind::Recap));
    let words = server_ui::portal::notices::notice_words(&told[0]).text;
    let words = words.replace('\u{a0}', " ");
    for wanted in [
        "Une réservation enregistrée.",
        "Une annulation.",
        "Une ligne n’a pas pu être prise.",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    // The letter says what the recap says.
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let parts = commune
        .store
        .read(|tx| {
            let booked = recap::booked(&mut *tx, id)?.unwrap();
            recap::recap(tx, commune.zone, &booked)
        })
        .unwrap();
    let parts = server_ui::portal::cart::sections(&parts);
    let page = said(&claire.get(&path));
    for (heading, lines) in parts {
        assert!(page.contains(&heading), "{heading}");
        for line in lines {
            let line = line.replace('\u{a0}', " ");
            assert!(page.contains(&line), "{line}");
        }
    }
}

#[test]
fn the_history_says_each_step_and_that_it_was_on_the_web() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, "2026-11-24")]);
    booked(&mut claire);
    let history = said(&claire.get("/ville/compte/historique?genre=reservations"));
    for wanted in [
        "Réservation pour Léa : Cantine, jeudi 26 novembre 2026",
        "Annulation pour Léa : Cantine, mardi 24 novembre 2026",
        "web, par vous",
    ] {
        assert!(history.contains(wanted), "{wanted}: {history}");
    }
    let others = said(&towns.family(RITA, at("12:00")).get("/ville/compte/historique"));
    assert!(!others.contains("Léa"));
}
