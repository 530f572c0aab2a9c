//! The child's card and the page of exchanges.

use shared::screen::{Deed, Fate};

use super::world::*;
use crate::store::marks;

#[tokio::test]
async fn a_card_tells_the_day_the_week_and_whom_to_call() {
    let world = World::new();
    let pad = world.tablet("a", &[FERRY]);
    pad.held_by(LUC, LUC_PIN).await;
    let tapped = pad.tap(EVENING, LEA, Deed::In).await;
    pad.app.undo(tapped.marks, pad.ask(EVENING)).await.unwrap();
    let list = pad.list(EVENING);
    let card = pad
        .app
        .note(list.clone(), LEA.to_string(), "Doudou oublié".into())
        .await
        .unwrap();
    assert_eq!(card.age_label.as_deref(), Some("8\u{a0}ans"));
    assert_eq!(card.contacts[0].name, "Claire Martin");
    assert_eq!(card.badges[0].label, "Allergie arachide");
    assert!(card.has_health);
    let told: Vec<_> = card
        .timeline
        .iter()
        .map(|e| (e.what.as_str(), e.undone))
        .collect();
    assert_eq!(
        told,
        [
            ("Arrivée", true),
            ("Annulation\u{a0}: Arrivée", false),
            ("Mémo", false)
        ]
    );
    let event = &card.timeline[0];
    assert_eq!(
        (event.author.as_deref(), event.device.as_str(), event.fate),
        (Some("Luc Moreau"), "Cette tablette", Fate::Waiting)
    );
    assert_eq!(
        (card.memos[0].text.as_str(), card.memos[0].author.as_deref()),
        ("Doudou oublié", Some("Luc Moreau"))
    );
    assert_eq!(pad.row(EVENING, LEA).await.memo.as_deref(), Some("Doudou oublié"));
    assert_eq!(card.week.len(), 1);
    assert!(card.week[0].shown);
    assert_eq!(card.week[0].lines.len(), 4);
    assert_eq!(card.other_sites[0].name, "Les Lilas");
    // A child of the town has a card too, before it is pointed.
    let zoe = pad.app.card(list, ZOE.to_string()).await.unwrap();
    assert_eq!((zoe.row.first_name.as_str(), zoe.row.booked), ("Zoé", false));
    assert_eq!(zoe.age_label.as_deref(), Some("né(e) en 2017"));
    assert_eq!(zoe.contacts[0].phone, "06 39 98 00 03");
}

#[tokio::test]
async fn each_tap_has_its_fate_and_what_is_owed_comes_first() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let mut made = Vec::new();
    for child in [LEA, TOM, EMMA, OTHER_EMMA] {
        made.extend(pad.tap(EVENING, child, Deed::In).await.marks);
    }
    pad.app.close_list(pad.list(EVENING)).await.unwrap();
    {
        let mut tablet = pad.app.0.tablet.lock().unwrap();
        let db = tablet.db.reader();
        let id = |n: usize| made[n].parse().unwrap();
        marks::accept(db, id(0), 5).unwrap();
        marks::accept(db, id(1), 9).unwrap();
        marks::set_aside(db, id(2)).unwrap();
        tablet.met.backed_up = 7;
        tablet.sheets.forget_all();
    }
    let page = pad.app.sync_page().await.unwrap();
    let fates: Vec<_> = page.marks.iter().map(|m| (m.who.as_str(), m.fate)).collect();
    assert_eq!(
        fates,
        [
            ("Liste", Fate::Waiting),
            ("Emma Durand", Fate::Waiting),
            ("Emma Durand", Fate::Refused),
            ("Tom Martin", Fate::Accepted),
            ("Léa Martin", Fate::InBackup),
        ]
    );
    assert_eq!((page.accepted, page.in_backup, page.link.waiting), (1, 1, 2));
    assert_eq!(page.marks[1].activity, "Garderie du soir");
    assert_eq!(page.marks[1].day, "lundi 23 novembre");
    assert_eq!(page.device.len(), 4);
    assert_eq!(page.clock, None);
}

#[tokio::test]
async fn a_clock_that_stands_apart_from_the_server_is_said() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    {
        let mut tablet = pad.app.0.tablet.lock().unwrap();
        let moment = tablet.clock.now();
        tablet.met.server_time = Some(moment.wall.plus_ms(-180_000));
        tablet.met.offset_ms = -180_000;
        tablet.met.boot = moment.boot;
        tablet.met.mono_ms = moment.mono_ms;
    }
    let said = pad.app.sync_page().await.unwrap().clock.unwrap();
    assert!(
        said.starts_with("La tablette avance de 3 minutes sur le serveur."),
        "{said}"
    );
}
