//! Pointing: one child, a class, siblings, a mistake, a stranger, a child sent elsewhere.

use shared::day_list::{Alias, Standing};
use shared::fold::State;
use shared::mark::{Because, Reason};
use shared::screen::{Correction, Deed, TapMany, Transfer};

use super::world::*;

#[tokio::test]
async fn a_tap_tells_only_what_it_changed() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    assert_eq!(pad.day(EVENING).await.rows.len(), 4);
    let tapped = pad.tap(EVENING, LEA, Deed::In).await;
    assert_eq!(tapped.rows.len(), 1);
    let row = &tapped.rows[0];
    assert_eq!(
        (row.state, row.next, row.waiting),
        (State::Present, Some(Deed::Out), true)
    );
    assert_eq!(row.last_mark.as_deref(), Some(tapped.marks[0].as_str()));
    let evening = tapped
        .activities
        .iter()
        .find(|tab| tab.slug == "garderie-soir")
        .unwrap();
    assert_eq!((evening.expected, evening.present), (3, 1));
    assert_eq!(tapped.link.waiting, 1);
    let again = pad.tap(EVENING, LEA, Deed::In).await;
    assert_eq!(again.rows.len(), 1, "its newest mark is another now");
}

#[tokio::test]
async fn everyone_present_in_one_gesture_and_undone_in_one() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let many = TapMany {
        list: pad.list(EVENING),
        children: [LEA, TOM, EMMA, OTHER_EMMA].map(|c| c.to_string()).to_vec(),
        deed: Deed::In,
        reason: None,
    };
    let tapped = pad.app.tap_many(many).await.unwrap();
    assert_eq!((tapped.marks.len(), tapped.rows.len()), (4, 4));
    let undone = pad.app.undo(tapped.marks, pad.ask(EVENING)).await.unwrap();
    assert!(undone.rows.iter().all(|row| row.state == State::Expected));
    assert_eq!(undone.rows.len(), 4);
    let redone = pad.app.undo(undone.marks, pad.ask(EVENING)).await.unwrap();
    assert!(redone.rows.iter().all(|row| row.state == State::Present));
}

#[tokio::test]
async fn siblings_know_each_other_and_leave_together() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    assert_eq!(pad.row(EVENING, LEA).await.siblings, [TOM.to_string()]);
    assert_eq!(pad.row(EVENING, EMMA).await.siblings, [""; 0]);
    let card = pad.app.card(pad.list(EVENING), TOM.to_string()).await.unwrap();
    assert_eq!(card.siblings[0].name, "Léa Martin");
}

#[tokio::test]
async fn a_child_absent_for_the_rest_of_the_day_is_absent_on_the_lists_to_come() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let mut tap = pad.gesture(CANTEEN, LEA, Deed::Absent);
    tap.rest_of_day = true;
    tap.reason = Some(Reason::Illness);
    pad.app.tap(tap).await.unwrap();
    let evening = pad.row(EVENING, LEA).await;
    assert_eq!(
        (evening.state, evening.reason),
        (State::Absent, Some(Reason::Illness))
    );
    // Undone from the evening's row, it is undone everywhere.
    let mark = evening.last_mark.unwrap();
    let undone = pad.app.undo(vec![mark], pad.ask(EVENING)).await.unwrap();
    assert_eq!(undone.rows[0].state, State::Expected);
    assert_eq!(pad.row(CANTEEN, LEA).await.state, State::Expected);
}

#[tokio::test]
async fn a_time_is_corrected_with_a_reason_and_the_story_of_it_stays() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let tapped = pad.tap(MORNING, LEA, Deed::In).await;
    let correct = |at: &str| {
        let correction = Correction {
            mark: tapped.marks[0].clone(),
            at: at.into(),
            why: Because::Forgotten,
        };
        pad.app.correct(correction, pad.ask(MORNING))
    };
    for wrong in ["", "8h", "25:00", "23:59"] {
        correct(wrong).await.unwrap_err();
    }
    let corrected = correct("08:10").await.unwrap();
    assert_eq!(corrected.rows[0].in_at.as_deref(), Some("8\u{a0}h\u{a0}10"));
    let card = pad.app.card(pad.list(MORNING), LEA.to_string()).await.unwrap();
    let told: Vec<_> = card.timeline.iter().map(|e| e.what.as_str()).collect();
    assert_eq!(
        told,
        ["Arrivée", "Heure corrigée\u{a0}: 8\u{a0}h\u{a0}10 (oubli)"]
    );
    assert_eq!(card.timeline[0].at_field, "08:10");
    assert!(card.timeline[0].can_correct && !card.timeline[1].can_correct);
    pad.app.undo(corrected.marks, pad.ask(MORNING)).await.unwrap();
    assert_eq!(
        pad.row(MORNING, LEA).await.in_at.as_deref(),
        Some("8\u{a0}h\u{a0}30")
    );
}

#[tokio::test]
async fn a_child_who_comes_back_is_here_again() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    for deed in [Deed::In, Deed::Out, Deed::In] {
        let row = &pad.tap(EVENING, LEA, deed).await.rows[0];
        let here = deed == Deed::In;
        assert_eq!(row.state, if here { State::Present } else { State::Left });
    }
    assert_eq!(pad.row(EVENING, LEA).await.next, Some(Deed::Out));
}

#[tokio::test]
async fn an_unexpected_child_is_found_by_the_first_letters_of_its_name() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let find = |query: &str| pad.app.find(query.to_owned(), pad.list(EVENING));
    assert_eq!(find("").await.unwrap(), []);
    assert_eq!(
        find("lea").await.unwrap(),
        [],
        "whoever is on the list is found there"
    );
    let ines = find("ines h").await.unwrap();
    assert_eq!(ines.len(), 1, "once, though the town knows her too");
    assert!(ines[0].of_site);
    assert_eq!(ines[0].age_label.as_deref(), Some("8\u{a0}ans"));
    assert_eq!(
        ines[0].detail.as_deref(),
        Some("Prévu\u{a0}: Garderie du matin, Cantine, Sieste")
    );
    let zoe = find("MAR").await.unwrap();
    assert_eq!(zoe.len(), 1);
    assert_eq!(
        (
            zoe[0].first_name.as_str(),
            zoe[0].of_site,
            zoe[0].age_label.as_deref()
        ),
        ("Zoé", false, Some("né(e) en 2017"))
    );
    let tapped = pad.tap(EVENING, ZOE, Deed::In).await;
    let row = &tapped.rows[0];
    assert_eq!(
        (row.first_name.as_str(), row.booked, row.stranger),
        ("Zoé", false, false)
    );
    assert_eq!(tapped.activities.last().unwrap().unexpected, 1);
}

#[tokio::test]
async fn namesakes_are_told_apart() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let found = pad.app.find("emma".into(), pad.list(CANTEEN)).await.unwrap();
    assert_eq!(found.len(), 1, "the other is on the list");
    assert_eq!(found[0].age_label.as_deref(), Some("10\u{a0}ans"));
    let both: Vec<_> = pad.day(EVENING).await.rows;
    let ages: Vec<_> = both
        .iter()
        .filter(|r| r.first_name == "Emma")
        .map(|r| r.age)
        .collect();
    assert_eq!(ages, [Some(7), Some(10)]);
    pad.tap(EVENING, OTHER_EMMA, Deed::In).await;
    assert_eq!(pad.row(EVENING, EMMA).await.state, State::Expected);
}

#[tokio::test]
async fn a_child_nobody_knows_is_pointed_and_named_later() {
    let world = World::without_pins();
    let (pad, other) = (world.tablet("a", &[FERRY]), world.tablet("bb", &[FERRY]));
    pad.app.stranger(pad.list(EVENING), " ".into()).await.unwrap_err();
    let tapped = pad
        .app
        .stranger(pad.list(EVENING), "Garçon, pull rouge".into())
        .await
        .unwrap();
    assert_eq!(tapped.marks.len(), 2);
    let row = tapped.rows[0].clone();
    assert_eq!(
        (row.first_name.as_str(), row.stranger, row.state),
        ("Garçon, pull rouge", true, State::Present)
    );
    meet(&pad, &other);
    let day = other.day(EVENING).await;
    assert!(
        day.rows
            .iter()
            .any(|r| r.child == row.child && r.first_name == "Garçon, pull rouge")
    );
    // The town hall recognises Zoé.
    let mut named = list(FERRY);
    named.aliases = vec![Alias {
        unknown: row.child.parse().unwrap(),
        child: ZOE,
    }];
    world.send_lists(&world.home("a"), 2, &[named]);
    let zoe = pad.row(EVENING, ZOE).await;
    assert_eq!((zoe.first_name.as_str(), zoe.state), ("Zoé", State::Present));
    // Her departure on the other tablet, made under the first id, is hers.
    other.later(60_000);
    let left = other.gesture(EVENING, row.child.parse().unwrap(), Deed::Out);
    other.app.tap(left).await.unwrap();
    meet(&pad, &other);
    assert_eq!(pad.row(EVENING, ZOE).await.state, State::Left);
    assert!(!pad.day(EVENING).await.rows.iter().any(|r| r.child == row.child));
}

#[tokio::test]
async fn a_child_sent_to_the_other_site_stands_on_its_list_until_taken_back() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY, LILAS]);
    let there = super::world::Pad {
        app: pad.app.clone(),
        site: LILAS,
    };
    pad.tap(EVENING, LEA, Deed::In).await;
    let transfer = |to: shared::ids::SiteId| {
        pad.app.transfer(Transfer {
            list: pad.list(EVENING),
            child: LEA.to_string(),
            to: to.to_string(),
        })
    };
    transfer(FERRY).await.unwrap_err();
    let sent = transfer(LILAS).await.unwrap();
    assert_eq!(sent.rows[0].state, State::Left);
    transfer(LILAS).await.unwrap();
    let sent_tom = pad
        .app
        .transfer(Transfer {
            list: pad.list(EVENING),
            child: TOM.to_string(),
            to: LILAS.to_string(),
        })
        .await
        .unwrap();
    let tom = sent_tom.rows.iter().find(|row| row.first_name == "Tom").unwrap();
    assert_eq!(tom.moved_to.as_deref(), Some("Les Lilas"));
    assert_eq!(
        (tom.state, tom.last_mark.as_deref()),
        (State::Expected, Some(sent_tom.marks[0].as_str()))
    );
    let evening = sent_tom.activities.last().unwrap();
    assert_eq!((evening.away, evening.expected), (1, 2));

    let guest = there.row(EVENING, TOM).await;
    assert_eq!(guest.guest_from.as_deref(), Some("Jules-Ferry"));
    there.tap(EVENING, TOM, Deed::In).await;
    assert!(!there.row(EVENING, TOM).await.conflict);
    let closed = pad.app.close_list(pad.list(EVENING)).await.unwrap();
    let row = closed.rows.iter().find(|row| row.first_name == "Tom").unwrap();
    assert_eq!(
        row.state,
        State::Expected,
        "closing leaves whoever is elsewhere alone"
    );

    there
        .app
        .undo(vec![guest_mark(&there, TOM).await], there.ask(EVENING))
        .await
        .unwrap();
    let back = pad.app.undo(sent_tom.marks, pad.ask(EVENING)).await.unwrap();
    assert!(
        back.rows
            .iter()
            .any(|row| row.first_name == "Tom" && row.moved_to.is_none())
    );
    assert!(
        !there
            .day(EVENING)
            .await
            .rows
            .iter()
            .any(|row| row.first_name == "Tom")
    );
}

async fn guest_mark(pad: &Pad, child: shared::ids::ChildId) -> String {
    pad.row(EVENING, child).await.last_mark.unwrap()
}

#[tokio::test]
async fn a_child_who_comes_back_from_the_other_site_is_sent_away_no_longer() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    pad.app
        .transfer(Transfer {
            list: pad.list(EVENING),
            child: TOM.to_string(),
            to: LILAS.to_string(),
        })
        .await
        .unwrap();
    let row = &pad.tap(EVENING, TOM, Deed::In).await.rows[0];
    assert_eq!((row.state, &row.moved_to), (State::Present, &None));
}

#[tokio::test]
async fn rows_with_a_standing_are_told_and_have_their_next_tap() {
    let world = World::without_pins();
    let mut special = list(FERRY);
    for row in &mut special.rows {
        row.standing = match row.child {
            LEA => Some(Standing::Away {
                words: "Sortie au musée".into(),
                picnic: true,
            }),
            TOM => Some(Standing::Free),
            INES => Some(Standing::Guest {
                from: "Les Lilas".into(),
            }),
            _ => None,
        };
    }
    special.notices = vec!["Sortie du CE1.".into()];
    let pad = world.tablet("a", &[FERRY]);
    world.send_lists(&world.home("a"), 2, &[special]);
    let day = pad.day(NAP).await;
    assert_eq!(day.notices, ["Sortie du CE1."]);
    let row = |name: &str| day.rows.iter().find(|row| row.first_name == name).unwrap();
    assert_eq!(
        (row("Léa").away.as_deref(), row("Léa").picnic),
        (Some("Sortie au musée"), true)
    );
    assert!(row("Tom").free);
    assert_eq!(row("Inès").guest_from.as_deref(), Some("Les Lilas"));
    let next: Vec<_> = day.rows.iter().map(|r| (r.first_name.as_str(), r.next)).collect();
    assert_eq!(
        next,
        [
            ("Emma", Some(Deed::Absent)),
            ("Inès", Some(Deed::Absent)),
            ("Léa", Some(Deed::In)),
            ("Tom", Some(Deed::In)),
        ]
    );
    let closed = pad.app.close_list(pad.list(NAP)).await.unwrap();
    let state = |name: &str| closed.rows.iter().find(|r| r.first_name == name).unwrap().state;
    assert_eq!(
        [state("Emma"), state("Inès"), state("Léa"), state("Tom")],
        [State::Present, State::Present, State::Expected, State::Expected]
    );
    let nap = closed.activities.iter().find(|tab| tab.slug == "sieste").unwrap();
    assert_eq!((nap.away, nap.free, nap.unexpected), (1, 1, 0));
}

#[tokio::test]
async fn a_list_past_its_hour_is_called_to_mind_until_it_is_closed() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    assert_eq!(pad.day(MORNING).await.open_lists, []);
    pad.later(45 * 60_000);
    let open = pad.day(MORNING).await.open_lists;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].name, "Garderie du matin");
    let closed = pad.app.close_list(pad.list(MORNING)).await.unwrap();
    assert_eq!(closed.open_lists, []);
    let row = closed.rows.iter().find(|row| row.first_name == "Léa").unwrap();
    assert!(row.absent_by_closing);
    // A closing is undone from the timeline of a child it made absent.
    let card = pad.app.card(pad.list(MORNING), LEA.to_string()).await.unwrap();
    let close = &card.timeline[0];
    assert!(close.can_undo);
    let undone = pad
        .app
        .undo(vec![close.mark.clone()], pad.ask(MORNING))
        .await
        .unwrap();
    assert_eq!(undone.rows.len(), 4);
    assert_eq!(undone.open_lists.len(), 1);
}
