//! Senders who reach for what is not theirs.

use super::*;

#[test]
fn the_sheet_of_another_site_is_not_for_this_tablet() {
    let mut dice = Dice::of(16);
    let mut scene = Scene::new(&mut dice);
    let other = Device::enrol(
        scene.server.address(),
        &scene.town.code(&["louise-michel"]),
        &mut dice,
    );
    let foreign = SheetRef {
        site: other.site(),
        ..scene.sheet
    };
    let nowhere = SheetRef {
        site: SiteId(shared::ids::mint(shared::time::UtcMs(1), dice.bytes())),
        ..scene.sheet
    };
    for sheet in [foreign, nowhere] {
        let id = mark_id(&mut dice);
        let (bytes, heads) = change(&mut dice, id, &pack(&scene.arrival()));
        let answer = scene
            .forger
            .hand_in(scene.server.address(), sheet, heads, changes(&[&bytes]));
        let refused = Verdict::Quarantined {
            reason: "foreign_site".into(),
            refused: vec![id],
        };
        assert_eq!(verdict(&answer), refused);
        assert!(
            answer
                .sheets
                .iter()
                .all(|down| down.sheet.site == scene.forger.site()),
            "and nothing leaks"
        );
        assert!(!server_marks(&scene.town).contains_key(&id));
    }
    assert_eq!(kept_aside(&scene.town).len(), 2);
    scene.goes_on(&[]);
}

#[test]
fn a_payload_that_swells_or_is_too_large_does_not_weigh_on_the_server() {
    let mut dice = Dice::of(17);
    let scene = Scene::new(&mut dice);
    let bomb = Payload::Whole(Blob(deflate(&vec![0; 64 << 20])));
    assert_eq!(scene.hand_in(Vec::new(), bomb), quarantined("damaged"));
    let fat = Payload::Changes(vec![Blob(vec![0x85; 5 << 20])]);
    assert_eq!(scene.hand_in(Vec::new(), fat), quarantined("too_large"));
    let flood = post(scene.server.address(), "/v1/sync", &vec![0; 9 << 20]);
    assert_eq!(flood.status, 413);
    scene.goes_on(&[]);
}

#[test]
fn nobody_speaks_for_another_tablet() {
    let mut dice = Dice::of(18);
    let mut scene = Scene::new(&mut dice);
    let address = scene.server.address().to_owned();
    let before = scene.town.verify()["journal"].clone();
    let honest = text(&scene.honest.status()["device"]).parse().expect("an id");

    let mut request = scene.forger.request(Vec::new());
    request.device = honest;
    assert_eq!(
        scene.forger.send(&address, &request).status,
        401,
        "another's id, one's own key"
    );
    let stranger = SigningKey::from_seed(&dice.bytes());
    let frame = encode(&Signed::new(&scene.forger.request(Vec::new()), &stranger));
    assert_eq!(
        post(&address, "/v1/sync", &frame).status,
        401,
        "one's own id, another key"
    );
    let mut forged = scene.forger.enrolment.credential.clone();
    forged.grant.device = shared::ids::DeviceId(mark_id(&mut dice).0);
    let mut request = scene.forger.request(Vec::new());
    request.device = forged.grant.device;
    request.credential = Some(forged);
    assert_eq!(
        scene.forger.send(&address, &request).status,
        401,
        "a title that was changed"
    );
    assert_eq!(post(&address, "/v1/sync", b"no frame").status, 400);
    assert_eq!(scene.town.verify()["journal"], before, "nothing was written");

    // A mark in another's name is taken, as one that came back after a loss, for a person to see.
    let mut mark = scene.arrival();
    mark.device = honest;
    let id = mark_id(&mut dice);
    let (bytes, heads) = change(&mut dice, id, &pack(&mark));
    assert_eq!(scene.hand_in(heads, changes(&[&bytes])), Verdict::Accepted);
    assert_eq!(system_tests::record::returned(&scene.town), [id]);
    scene.goes_on(&[id]);
}
