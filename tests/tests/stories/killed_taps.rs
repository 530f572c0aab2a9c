//! The battery dies under the finger. A tap whose green tick was shown is never lost; one that
//! was cut off is there once or not at all, and the tablet goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use shared::ids::{DeviceId, MarkId};
use system_tests::clock::{Stopwatch, pause};
use system_tests::record::{sequences, server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Said, Tablet, Town};
use tablet_replica::store::MarkState;

const TABLETS: usize = 3;
const TAPS: usize = 100;

#[test]
fn a_tap_that_was_shown_survives_a_kill_at_any_instant() {
    let mut dice = Dice::of(2);
    let town = Town::new();
    let server = town.server();
    let tablets: Vec<Tablet> = (0..TABLETS)
        .map(|n| town.tablet(&format!("t{n}"), &server.url(), &["jules-ferry"]))
        .collect();
    let hands: Vec<(Tablet, Dice)> = tablets
        .iter()
        .zip(0..)
        .map(|(tablet, n)| (tablet.clone(), dice.split(n)))
        .collect();
    let shown: Vec<BTreeSet<MarkId>> = std::thread::scope(|scope| {
        let running: Vec<_> = hands
            .into_iter()
            .map(|(tablet, dice)| scope.spawn(move || tap_and_kill(&tablet, dice)))
            .collect();
        running.into_iter().map(|one| one.join().expect("taps")).collect()
    });
    let all: usize = shown.iter().map(BTreeSet::len).sum();
    assert!(
        all > 10 && all < TABLETS * TAPS,
        "kills fell before and after the tick: {all} ticks shown"
    );

    let mut held = 0;
    for (tablet, shown) in tablets.iter().zip(&shown) {
        let status = tablet.status();
        let device: DeviceId = text(&status["device"]).parse().expect("an id");
        let marks = tablet_marks(tablet);
        let missing: Vec<_> = shown.iter().filter(|id| !marks.contains_key(id)).collect();
        assert!(missing.is_empty(), "shown and lost: {missing:?}");
        assert!(marks.values().all(|(_, state)| *state == MarkState::Pending));
        let sequences = sequences(marks.values().flat_map(|(values, _)| values), device);
        assert_eq!(
            sequences,
            (1..=marks.len() as u64).collect::<Vec<_>>(),
            "no hole and no double"
        );
        assert_eq!(status["pending"], marks.len());
        assert_eq!(tablet.sync()["accepted"], marks.len());
        held += marks.len();
    }
    for tablet in &tablets {
        tablet.sync();
        assert_eq!(tablet.sheets(), tablets[0].sheets());
    }
    let stored = server_marks(&town);
    assert!(shown.iter().flatten().all(|id| stored.contains_key(id)));
    assert_eq!(stored.len(), held);
    assert_eq!(town.verified_marks(), held);
}

/// Taps, each killed at a random instant of the time a tap takes; answers those whose tick was
/// shown.
fn tap_and_kill(tablet: &Tablet, mut dice: Dice) -> BTreeSet<MarkId> {
    let children: Vec<String> = tablet
        .list(MONDAY)
        .iter()
        .map(|row| text(&row["child"]).to_owned())
        .collect();
    let mut shown = BTreeSet::new();
    let mut lifetime = Duration::ZERO;
    for n in 0..TAPS {
        let what = dice.pick(&["in", "out", "absent"]);
        let child = dice.pick(&children);
        let watch = Stopwatch::start();
        let mut tap = tablet.start(&[what, child, "--activity", "cantine", "--date", MONDAY]);
        // The first taps live, and say how long a tap takes.
        if n >= 4 {
            let instant = dice.below(usize::try_from(lifetime.as_micros()).unwrap_or(0) * 5 / 4);
            pause(Duration::from_micros(instant as u64));
            tap.kill().expect("one's own child can be killed");
        }
        let said = Said::of(tap.wait_with_output().expect("a killed tap ends"));
        lifetime = if n < 4 {
            lifetime.max(watch.elapsed())
        } else {
            lifetime
        };
        // A tick is shown once its line is whole.
        if said.stdout.ends_with('\n') {
            shown.insert(text(&said.json()["mark"]).parse().expect("a mark's id"));
        } else {
            assert_eq!(said.code, None, "not killed, and no tick: {said:#?}");
        }
    }
    shown.insert(
        tablet
            .tap("in", &children[0], "cantine", &["--date", MONDAY])
            .parse()
            .expect("an id"),
    );
    shown
}

#[test]
fn an_enrolment_killed_at_any_instant_can_be_made_again_with_the_same_code() {
    let mut dice = Dice::of(3);
    let town = Town::new();
    let server = town.server();
    let watch = Stopwatch::start();
    town.tablet("whole", &server.url(), &["jules-ferry"]);
    let lifetime = usize::try_from(watch.elapsed().as_micros()).unwrap_or(0);
    for n in 0..20 {
        let tablet = town.blank_tablet(&format!("t{n}"));
        let code = town.code(&["jules-ferry"]);
        let mut killed = tablet.start(&["enrol", "--server", &server.url(), "--code", &code]);
        pause(Duration::from_micros(dice.below(lifetime) as u64));
        killed.kill().expect("one's own child can be killed");
        killed.wait_with_output().expect("a killed enrolment ends");
        let again = tablet.enrol(&server.url(), &code);
        if again.code != Some(0) {
            assert!(again.stopped(2).contains("déjà associée"), "{again:#?}");
        }
        tablet.sync();
        assert!(!tablet.expected(MONDAY, "cantine").is_empty());
    }
    town.verify();
}
