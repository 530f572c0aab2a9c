//! Every kind of contradiction, and every way out of it: one sentence, one choice, settled on both
//! tablets.

use shared::fold::State;
use shared::mark::Because;
use shared::screen::{Correction, Deed, Settling, SyncPage};

use super::world::*;
use crate::clock::Clock;

async fn page(pad: &Pad) -> SyncPage {
    pad.app.sync_page().await.unwrap()
}

/// The one contradiction of a tablet, its sentence and the ids of its choices.
async fn the_one(pad: &Pad) -> (String, Vec<String>) {
    let page = page(pad).await;
    assert_eq!(page.contradictions.len(), 1, "{:#?}", page.contradictions);
    assert_eq!(page.link.conflicts, 1);
    let one = &page.contradictions[0];
    (
        one.sentence.clone(),
        one.choices.iter().map(|c| c.id.clone()).collect(),
    )
}

/// Chooses on one tablet; afterwards neither has a contradiction.
async fn settles(one: &Pad, two: &Pad, choice: &str) {
    let settling = Settling {
        choice: choice.to_owned(),
    };
    let settled = one.app.settle(settling.clone()).await.unwrap();
    assert_eq!(settled.contradictions, [], "{choice}");
    assert_eq!(settled.link.conflicts, 0);
    // Chosen twice, it is settled once.
    let before = settled.marks.len();
    assert_eq!(one.app.settle(settling).await.unwrap().marks.len(), before);
    meet(one, two);
    assert_eq!(
        page(two).await.contradictions,
        [],
        "{choice}, seen from the other tablet"
    );
    assert_eq!(page(one).await.contradictions, [], "{choice}, after the meeting");
}

/// Two tablets of one site that have not met since the morning.
fn two(world: &World) -> (Pad, Pad) {
    (world.tablet("a", &[FERRY]), world.tablet("bb", &[FERRY]))
}

async fn here_and_absent(world: &World) -> (Pad, Pad) {
    let (one, two) = two(world);
    one.tap(EVENING, LEA, Deed::In).await;
    two.later(5 * 60_000);
    two.tap(EVENING, LEA, Deed::Absent).await;
    meet(&one, &two);
    (one, two)
}

#[tokio::test]
async fn here_on_one_tablet_and_absent_on_another() {
    let world = World::without_pins();
    let (one, two) = here_and_absent(&world).await;
    let (sentence, choices) = the_one(&one).await;
    assert!(
        sentence.starts_with("Léa Martin, Garderie du soir, lundi 23 novembre\u{a0}: cette tablette a noté une arrivée à 8\u{a0}h\u{a0}30, la tablette "),
        "{sentence}"
    );
    assert!(
        sentence.ends_with(" une absence à 8\u{a0}h\u{a0}35\u{a0}; l’enfant compte comme venu."),
        "{sentence}"
    );
    assert_eq!(choices.len(), 2);
    // A memo says nothing of who is right.
    let list = one.list(EVENING);
    one.app
        .note(list, LEA.to_string(), "à demander".into())
        .await
        .unwrap();
    the_one(&one).await;
    settles(&one, &two, &choices[0]).await;
    assert_eq!(two.row(EVENING, LEA).await.state, State::Present);
    assert_eq!(
        two.row(EVENING, LEA).await.in_at.as_deref(),
        Some("8\u{a0}h\u{a0}30")
    );
}

#[tokio::test]
async fn here_and_absent_settled_as_absent() {
    let world = World::without_pins();
    let (one, two) = here_and_absent(&world).await;
    let (_, choices) = the_one(&two).await;
    settles(&two, &one, &choices[1]).await;
    assert_eq!(one.row(EVENING, LEA).await.state, State::Absent);
}

#[tokio::test]
async fn gone_before_any_arrival() {
    for n in 0..2 {
        let world = World::without_pins();
        let (one, two) = two(&world);
        one.tap(EVENING, LEA, Deed::Out).await;
        meet(&one, &two);
        let (sentence, choices) = the_one(&two).await;
        assert!(sentence.contains("sans aucune arrivée"), "{sentence}");
        settles(&two, &one, &choices[n]).await;
        let state = one.row(EVENING, LEA).await.state;
        assert_eq!(state, [State::Left, State::Expected][n]);
    }
}

#[tokio::test]
async fn at_two_sites_at_once() {
    for n in 0..3 {
        let world = World::without_pins();
        let both = world.tablet("a", &[FERRY, LILAS]);
        let other = world.tablet("bb", &[FERRY, LILAS]);
        let there = Pad {
            app: other.app.clone(),
            site: LILAS,
        };
        both.tap(EVENING, LEA, Deed::In).await;
        there.later(10 * 60_000);
        there.tap(EVENING, LEA, Deed::In).await;
        meet(&both, &other);
        let (sentence, choices) = the_one(&both).await;
        assert!(
            sentence.contains("Jules-Ferry") && sentence.contains("Les Lilas"),
            "{sentence}"
        );
        settles(&both, &other, &choices[n]).await;
        let states = [
            other.row(EVENING, LEA).await.state,
            there
                .day(EVENING)
                .await
                .rows
                .iter()
                .find(|row| row.first_name == "Léa")
                .map_or(State::Expected, |row| row.state),
        ];
        let expected = [
            [State::Left, State::Present],
            [State::Present, State::Expected],
            [State::Expected, State::Present],
        ];
        assert_eq!(states, expected[n], "choice {n}");
    }
}

#[tokio::test]
async fn in_two_canteens() {
    for n in 0..2 {
        let world = World::without_pins();
        let both = world.tablet("a", &[FERRY, LILAS]);
        let there = Pad {
            app: both.app.clone(),
            site: LILAS,
        };
        let other = world.tablet("bb", &[FERRY, LILAS]);
        both.tap(CANTEEN, LEA, Deed::In).await;
        there.tap(CANTEEN, LEA, Deed::In).await;
        meet(&both, &other);
        let (_, choices) = the_one(&other).await;
        assert_eq!(choices.len(), 2, "nobody leaves a canteen by a tap");
        settles(&other, &both, &choices[n]).await;
    }
}

#[tokio::test]
async fn two_corrections_of_one_time() {
    for n in 0..2 {
        let world = World::without_pins();
        let (one, two) = two(&world);
        let tapped = one.tap(MORNING, LEA, Deed::In).await;
        meet(&one, &two);
        for (pad, at) in [(&one, "08:05"), (&two, "08:15")] {
            let correction = Correction {
                mark: tapped.marks[0].clone(),
                at: at.into(),
                why: Because::Forgotten,
            };
            pad.app.correct(correction, pad.ask(MORNING)).await.unwrap();
        }
        meet(&one, &two);
        let (sentence, choices) = the_one(&one).await;
        assert!(
            sentence.contains("8\u{a0}h\u{a0}05") && sentence.contains("8\u{a0}h\u{a0}15"),
            "{sentence}"
        );
        settles(&one, &two, &choices[n]).await;
        let at = ["8\u{a0}h\u{a0}05", "8\u{a0}h\u{a0}15"][n];
        assert_eq!(two.row(MORNING, LEA).await.in_at.as_deref(), Some(at));
    }
}

#[tokio::test]
async fn a_clock_that_jumped() {
    for n in 0..3 {
        let world = World::without_pins();
        let (one, two) = two(&world);
        one.tap(EVENING, TOM, Deed::In).await;
        // Back by an hour: only the hands, not the time that passes.
        one.later(-3_600_000);
        one.tap(EVENING, LEA, Deed::In).await;
        meet(&one, &two);
        let (sentence, choices) = the_one(&two).await;
        assert!(sentence.contains("l’horloge de la tablette"), "{sentence}");
        if let Some(choice) = choices.get(n) {
            settles(&two, &one, choice).await;
        }
    }
}

#[tokio::test]
async fn a_clock_that_runs_ahead_by_a_year_is_said_and_the_mark_is_kept() {
    let world = World::without_pins();
    let (one, two) = two(&world);
    one.tap(EVENING, TOM, Deed::In).await;
    {
        let mut tablet = one.app.0.tablet.lock().unwrap();
        let moment = tablet.clock.now();
        tablet.met.server_time = Some(moment.wall);
        tablet.met.mono_ms = moment.mono_ms;
        tablet.met.boot = moment.boot;
        tablet.clock = Clock::system();
    }
    let day = one.app.day(one.ask(EVENING)).await.unwrap();
    assert_eq!(day.rows.len(), 4, "the list asked for stays the list asked for");
    one.tap(EVENING, LEA, Deed::In).await;
    meet(&one, &two);
    assert_eq!(two.row(EVENING, LEA).await.state, State::Present);
}

#[tokio::test]
async fn one_mark_with_two_contents() {
    for n in 0..3 {
        let world = World::without_pins();
        let (one, two) = two(&world);
        let tapped = one.tap(EVENING, LEA, Deed::In).await;
        meet(&one, &two);
        // A second content under the same id, as a copied tablet would make it.
        let mark = tapped.marks[0].parse().unwrap();
        for pad in [&one, &two] {
            let mut tablet = pad.app.0.tablet.lock().unwrap();
            let (of, mut value) = tablet.found(mark).unwrap();
            value.kind = shared::mark::Kind::Absent {
                scope: shared::mark::AbsenceScope::Session,
                reason: shared::mark::Reason::Illness,
            };
            let sheet = shared::digest::SheetRef {
                site: of.site,
                date: of.date,
            };
            let packed = shared::mark::pack(&value);
            let own = (true, value.device_seq);
            let state = crate::store::MarkState::Pending;
            crate::store::marks::insert(tablet.db.reader(), &sheet, mark, &packed, own, state).unwrap();
            tablet.sheets.forget_all();
        }
        let (sentence, choices) = the_one(&one).await;
        assert!(
            sentence.contains("une arrivée") && sentence.contains("une absence"),
            "{sentence}"
        );
        settles(&one, &two, &choices[n]).await;
        let states = [State::Present, State::Absent, State::Expected];
        assert_eq!(two.row(EVENING, LEA).await.state, states[n]);
    }
}
