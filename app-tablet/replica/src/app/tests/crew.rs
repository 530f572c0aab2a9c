//! Who points: a PIN, six failures, a director, a substitute for the day.

use shared::mark::unpack;
use shared::screen::{Correction, Deed, Entry, Health, Settling, TapMany, Transfer, Trouble};

use super::world::*;
use crate::app::App;
use crate::clock::Clock;
use crate::crew::IDLE_MINUTES;
use crate::store::marks;

fn locked<T: std::fmt::Debug>(what: &str, done: Result<T, Trouble>) {
    let trouble = done.expect_err(what);
    assert!(trouble.locked, "{what}: {trouble:?}");
}

#[tokio::test]
async fn nothing_of_a_child_is_shown_or_written_before_somebody_says_who_they_are() {
    let world = World::new();
    let pad = world.tablet("a", &[FERRY, LILAS]);
    let (app, list, ask) = (&pad.app, pad.list(EVENING), pad.ask(EVENING));
    let mark = "00000000-0000-0000-0000-000000000001".to_owned();
    locked("day", app.day(ask.clone()).await);
    locked("tap", app.tap(pad.gesture(EVENING, LEA, Deed::In)).await);
    let many = TapMany {
        list: list.clone(),
        children: vec![LEA.to_string()],
        deed: Deed::In,
        reason: None,
    };
    locked("tap_many", app.tap_many(many).await);
    locked("undo", app.undo(vec![mark.clone()], ask.clone()).await);
    let correction = Correction {
        mark,
        at: "08:10".into(),
        why: shared::mark::Because::Forgotten,
    };
    locked("correct", app.correct(correction, ask).await);
    locked("find", app.find("lea".into(), list.clone()).await);
    locked("stranger", app.stranger(list.clone(), "pull rouge".into()).await);
    locked("card", app.card(list.clone(), LEA.to_string()).await);
    locked(
        "health",
        app.health(LEA.to_string(), LUC_PIN.into(), list.clone()).await,
    );
    locked(
        "note",
        app.note(list.clone(), LEA.to_string(), "doudou".into()).await,
    );
    let transfer = Transfer {
        list: list.clone(),
        child: LEA.to_string(),
        to: LILAS.to_string(),
    };
    locked("transfer", app.transfer(transfer).await);
    locked("close_list", app.close_list(list.clone()).await);
    locked("reopen_list", app.reopen_list(list).await);
    locked("sync_page", app.sync_page().await);
    let settling = Settling { choice: "x".into() };
    locked("settle", app.settle(settling).await);
    locked("welcome", app.welcome("Ana".into(), "1234".into()).await);

    let crew = app.crew().await.unwrap();
    assert!(crew.needed && crew.holder.is_none());
    let told: Vec<_> = crew
        .people
        .iter()
        .map(|p| (p.name.as_str(), p.without_pin))
        .collect();
    assert_eq!(
        told,
        [("Luc Moreau", false), ("Nadia Benali", false), ("Paul Roy", true)]
    );
    let tablet = app.0.tablet.lock().unwrap();
    assert_eq!(
        marks::all_sheets(tablet.db.reader()).unwrap(),
        [],
        "a refusal leaves no trace"
    );
}

#[tokio::test]
async fn where_nobody_has_a_pin_the_tablet_asks_nobody() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    assert!(!pad.app.crew().await.unwrap().needed);
    assert_eq!(pad.tap(EVENING, LEA, Deed::In).await.rows.len(), 1);
    assert_eq!(pad.day(EVENING).await.holder, None);
    let health = pad
        .app
        .health(LEA.to_string(), String::new(), pad.list(EVENING))
        .await;
    assert!(!health.unwrap_err().locked, "health details stay behind a PIN");
}

#[tokio::test]
async fn a_mark_carries_whoever_held_the_tablet() {
    let world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    let crew = pad.held_by(LUC, LUC_PIN).await;
    assert_eq!(crew.holder.unwrap().name, "Luc Moreau");
    pad.tap(EVENING, LEA, Deed::In).await;
    assert_eq!(pad.day(EVENING).await.holder.unwrap().initials, "LM");
    pad.app.leave().await.unwrap();
    pad.held_by(NADIA, NADIA_PIN).await;
    pad.tap(EVENING, TOM, Deed::In).await;
    let tablet = pad.app.0.tablet.lock().unwrap();
    let own = marks::newest_own(tablet.db.reader(), true, 10).unwrap();
    let staff: Vec<_> = own
        .iter()
        .map(|(_, row)| unpack(&row.value).unwrap().staff)
        .collect();
    assert_eq!(staff, [Some(NADIA), Some(LUC)]);
}

#[tokio::test]
async fn six_wrong_pins_lock_a_person_until_a_director_says_so_or_the_pin_is_new() {
    let mut world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    let try_pin = |app: App, pin: &str| {
        let pin = pin.to_owned();
        async move { app.enter(LUC.to_string(), pin).await.unwrap() }
    };
    for left in [5, 4, 3] {
        assert_eq!(try_pin(pad.app.clone(), "0000").await, Entry::Wrong(left));
    }
    drop(pad);
    // A restart does not forget them.
    let again = App::with_clock(&world.home("a"), Clock::starting_at(start())).unwrap();
    for left in [2, 1] {
        assert_eq!(try_pin(again.clone(), "0000").await, Entry::Wrong(left));
    }
    assert_eq!(try_pin(again.clone(), "0000").await, Entry::Locked);
    assert_eq!(
        try_pin(again.clone(), LUC_PIN).await,
        Entry::Locked,
        "the right one too"
    );
    let locked = again.crew().await.unwrap();
    assert!(locked.people.iter().any(|p| p.name == "Luc Moreau" && p.locked));

    let unlock = |pin: &str| again.unlock(LUC.to_string(), pin.to_owned());
    assert_eq!(unlock("9999").await.unwrap(), Entry::Wrong(5));
    assert!(matches!(unlock(NADIA_PIN).await.unwrap(), Entry::Right(_)));
    assert!(matches!(try_pin(again.clone(), LUC_PIN).await, Entry::Right(_)));

    for _ in 0..6 {
        try_pin(again.clone(), "0000").await;
    }
    assert_eq!(try_pin(again.clone(), LUC_PIN).await, Entry::Locked);
    world.staff[1].pin = Some(crate::crew::hashed("8642"));
    world.send_down(&world.home("a"), 2);
    assert!(
        matches!(try_pin(again, "8642").await, Entry::Right(_)),
        "a new one from the town hall"
    );
}

#[tokio::test]
async fn a_tablet_left_alone_forgets_who_held_it() {
    let world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    pad.held_by(LUC, LUC_PIN).await;
    let minute = 60_000;
    pad.later(i64::from(IDLE_MINUTES) * 2 * minute - minute);
    pad.tap(EVENING, LEA, Deed::In).await;
    pad.later(i64::from(IDLE_MINUTES) * 2 * minute - minute);
    pad.tap(EVENING, TOM, Deed::In).await;
    pad.later(i64::from(IDLE_MINUTES) * 2 * minute + minute);
    locked("tap", pad.app.tap(pad.gesture(EVENING, TOM, Deed::Out)).await);
    assert_eq!(pad.app.crew().await.unwrap().holder, None);
}

#[tokio::test]
async fn whoever_leaves_the_staff_or_gets_a_new_pin_holds_the_tablet_no_longer() {
    let mut world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    pad.held_by(LUC, LUC_PIN).await;
    world.staff[1].until = monday().pred_opt();
    world.send_down(&world.home("a"), 2);
    locked("day", pad.app.day(pad.ask(EVENING)).await);
    let crew = pad.app.crew().await.unwrap();
    assert!(!crew.people.iter().any(|p| p.name == "Luc Moreau"));
}

#[tokio::test]
async fn a_director_takes_on_a_substitute_whom_the_other_tablets_learn_to_know() {
    let world = World::new();
    let (one, two) = (
        world.tablet("one", &[FERRY, LILAS]),
        world.tablet("three", &[LILAS]),
    );
    one.held_by(LUC, LUC_PIN).await;
    let refused = one
        .app
        .welcome("Ana Silva".into(), "1212".into())
        .await
        .unwrap_err();
    assert!(
        !refused.locked && refused.message.contains("directeur"),
        "{refused:?}"
    );
    one.app.leave().await.unwrap();
    one.held_by(NADIA, NADIA_PIN).await;
    for pin in ["123", "1234567", "12a4", ""] {
        one.app.welcome("Ana Silva".into(), pin.into()).await.unwrap_err();
    }
    one.app.welcome("  ".into(), "1212".into()).await.unwrap_err();
    let crew = one.app.welcome("Ana Silva".into(), "1212".into()).await.unwrap();
    let ana = crew
        .people
        .iter()
        .find(|p| p.name == "Ana Silva")
        .unwrap()
        .clone();
    assert_eq!(
        (ana.role.as_str(), ana.locked, ana.director),
        ("remplacant", false, false)
    );

    meet(&one, &two);
    let entered = two.app.enter(ana.id.clone(), "1212".into()).await.unwrap();
    assert!(matches!(entered, Entry::Right(_)), "{entered:?}");
    two.tap(EVENING, ZOE, Deed::In).await;
    let card = two.app.card(two.list(EVENING), ZOE.to_string()).await.unwrap();
    assert_eq!(card.timeline[0].author.as_deref(), Some("Ana Silva"));
    two.later(24 * 3_600_000);
    let tomorrow = two.app.crew().await.unwrap();
    assert!(
        !tomorrow.people.iter().any(|p| p.name == "Ana Silva"),
        "for that day only"
    );
}

#[tokio::test]
async fn health_details_ask_for_the_pin_again() {
    let world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    pad.held_by(LUC, LUC_PIN).await;
    let health = |child: shared::ids::ChildId, pin: &str| {
        let (app, list, pin) = (pad.app.clone(), pad.list(EVENING), pin.to_owned());
        async move { app.health(child.to_string(), pin, list).await }
    };
    assert_eq!(health(LEA, "0000").await.unwrap(), Health::Wrong(5));
    assert_eq!(
        health(LEA, NADIA_PIN).await.unwrap(),
        Health::Wrong(4),
        "their own, not another's"
    );
    let shown = health(LEA, LUC_PIN).await.unwrap();
    assert_eq!(shown, Health::Shown("PAI arachide : voir le protocole.".into()));
    health(TOM, LUC_PIN).await.unwrap_err();
    for _ in 0..5 {
        health(LEA, "0000").await.unwrap();
    }
    assert_eq!(health(LEA, "0000").await.unwrap(), Health::Locked);
    locked("day", pad.app.day(pad.ask(EVENING)).await);
}
