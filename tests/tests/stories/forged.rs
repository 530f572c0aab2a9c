//! A tablet with a genuine key that says what no tablet of ours would. The server keeps what it
//! cannot take, with its bytes, keeps every mark it could read, and goes on.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ScalarValue};
use shared::codec::{Blob, Hash32, decode, encode};
use shared::digest::SheetRef;
use shared::envelope::deflate;
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::mark::{Mark, pack};
use shared::sheet::Sheet;
use shared::sign::SigningKey;
use shared::wire::{Payload, Signed, SyncResponse, Verdict};
use system_tests::device::{Device, mark_id, post};
use system_tests::record::{kept_aside, server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Server, Tablet, Town};

struct Scene {
    town: Town,
    server: Server,
    /// An honest tablet of the same school.
    honest: Tablet,
    forger: Device,
    child: ChildId,
    activity: ActivityId,
    sheet: SheetRef,
}

impl Scene {
    fn new(dice: &mut Dice) -> Self {
        let town = Town::new();
        let server = town.server();
        let honest = town.tablet("honest", &server.url(), &["jules-ferry"]);
        let forger = Device::enrol(server.address(), &town.code(&["jules-ferry"]), dice);
        let row = honest
            .list(MONDAY)
            .into_iter()
            .find(|row| row["activity"] == "cantine")
            .expect("a meal");
        let child = text(&row["child"]).parse().expect("an id");
        // What an honest tap says of the activity, so does the forger.
        let tap = honest.in_(text(&row["child"]), "cantine").parse().expect("an id");
        let (values, _) = &tablet_marks(&honest)[&tap];
        let activity = shared::mark::unpack(values.first().expect("a value"))
            .expect("a mark")
            .activity;
        honest.sync();
        let sheet = SheetRef {
            site: forger.site(),
            date: MONDAY.parse().expect("a date"),
        };
        Self {
            town,
            server,
            honest,
            forger,
            child,
            activity,
            sheet,
        }
    }

    fn arrival(&mut self) -> Mark {
        self.forger.arrival(self.child, self.activity)
    }

    fn hand_in(&self, heads: Vec<Hash32>, payload: Payload) -> Verdict {
        let answer = self
            .forger
            .hand_in(self.server.address(), self.sheet, heads, payload);
        verdict(&answer)
    }

    /// The server holds these marks too, the honest tablet gets them, and both agree.
    fn goes_on(&self, kept: &[MarkId]) {
        self.honest.sync();
        let stored = server_marks(&self.town);
        let held = tablet_marks(&self.honest);
        for id in kept {
            assert!(stored.contains_key(id), "a readable mark was lost");
        }
        let held: system_tests::record::Marks =
            held.into_iter().map(|(id, (values, _))| (id, values)).collect();
        assert_eq!(held, stored);
        let child = self.honest.expected(MONDAY, "cantine").remove(0);
        self.honest.in_(&child, "cantine");
        assert_eq!(self.honest.sync()["accepted"], 1);
        self.town.verify();
    }
}

fn verdict(answer: &SyncResponse) -> Verdict {
    answer
        .taken
        .first()
        .expect("a verdict on the sheet")
        .verdict
        .clone()
}

fn quarantined(reason: &str) -> Verdict {
    Verdict::Quarantined {
        reason: reason.to_owned(),
        refused: Vec::new(),
    }
}

/// A change of a document of its own that puts one mark.
fn change(dice: &mut Dice, id: MarkId, packed: &[u8]) -> (Vec<u8>, Vec<Hash32>) {
    let mut sheet = Sheet::new(dice.bytes());
    let bytes = sheet.put(id, packed).expect("a put").expect("a new mark");
    (bytes, sheet.heads())
}

fn changes(all: &[&Vec<u8>]) -> Payload {
    Payload::Changes(all.iter().map(|bytes| Blob((*bytes).clone())).collect())
}

/// The single changes of a document made without our sheet.
fn raw(mut doc: AutoCommit) -> (Payload, Vec<Hash32>) {
    let heads = doc.get_heads().iter().map(|head| Hash32(head.0)).collect();
    let all = doc
        .get_changes(&[])
        .iter()
        .map(|change| Blob(change.raw_bytes().to_vec()))
        .collect();
    (Payload::Changes(all), heads)
}

#[test]
fn heads_that_nobody_holds_are_not_acknowledged() {
    let mut dice = Dice::of(10);
    let mut scene = Scene::new(&mut dice);
    let (id, packed) = (mark_id(&mut dice), pack(&scene.arrival()));
    let (bytes, mut heads) = change(&mut dice, id, &packed);
    heads.push(Hash32(dice.bytes()));
    assert_eq!(
        scene.hand_in(heads, changes(&[&bytes])),
        quarantined("head_missing")
    );
    assert_eq!(kept_aside(&scene.town).len(), 1);
    scene.goes_on(&[id]);
}

#[test]
fn a_damaged_change_is_kept_aside_and_the_sound_ones_beside_it_count() {
    let mut dice = Dice::of(11);
    let mut scene = Scene::new(&mut dice);
    let (sound, lost) = (mark_id(&mut dice), mark_id(&mut dice));
    let (good, heads) = change(&mut dice, sound, &pack(&scene.arrival()));
    let (mut bad, _) = change(&mut dice, lost, &pack(&scene.arrival()));
    let middle = bad.len() / 2;
    bad[middle] ^= 0x40;
    assert_eq!(
        scene.hand_in(heads.clone(), changes(&[&good, &bad])),
        quarantined("damaged")
    );
    assert_eq!(
        scene.hand_in(heads, changes(&[&good, &bad])),
        quarantined("damaged"),
        "said twice"
    );
    let aside = kept_aside(&scene.town);
    assert_eq!(aside.len(), 1, "and kept once");
    assert_eq!(aside[0].device, scene.forger.id.as_bytes());
    let payload: shared::wire::SheetUp = decode(&aside[0].payload).expect("what was sent");
    assert_eq!(payload.payload, changes(&[&good, &bad]), "with its bytes");
    scene.goes_on(&[sound]);
}

#[test]
fn what_is_written_stays_written() {
    let mut dice = Dice::of(12);
    let mut scene = Scene::new(&mut dice);
    let id = mark_id(&mut dice);
    let (first, second) = (pack(&scene.arrival()), pack(&scene.arrival()));
    let put = |doc: &mut AutoCommit, value: &[u8]| {
        doc.put(ROOT, id.key(), ScalarValue::Bytes(value.to_vec()))
            .expect("a put");
        doc.commit();
    };

    let mut overwriting = AutoCommit::new();
    put(&mut overwriting, &first);
    put(&mut overwriting, &second);
    let (payload, heads) = raw(overwriting);
    assert_eq!(scene.hand_in(heads, payload), quarantined("forbidden_change"));
    assert_eq!(
        server_marks(&scene.town)[&id].len(),
        1,
        "the first value stands alone"
    );

    let mut deleting = AutoCommit::new();
    put(&mut deleting, &first);
    deleting.delete(ROOT, id.key()).expect("a delete");
    let (payload, heads) = raw(deleting);
    assert_eq!(scene.hand_in(heads, payload), quarantined("forbidden_change"));

    let mut nesting = AutoCommit::new();
    let inner = nesting.put_object(ROOT, "marks", ObjType::Map).expect("a map");
    nesting
        .put(
            &inner,
            mark_id(&mut dice).key(),
            ScalarValue::Bytes(first.clone()),
        )
        .expect("a put");
    let (payload, heads) = raw(nesting);
    assert_eq!(scene.hand_in(heads, payload), quarantined("forbidden_change"));

    let junk = mark_id(&mut dice);
    let (bytes, heads) = change(&mut dice, junk, b"no mark at all");
    assert_eq!(
        scene.hand_in(heads, changes(&[&bytes])),
        quarantined("malformed_mark")
    );
    assert!(!server_marks(&scene.town).contains_key(&junk));
    assert_eq!(kept_aside(&scene.town).len(), 4);
    scene.goes_on(&[id]);
}

#[test]
fn one_place_in_a_sequence_taken_twice_keeps_both_marks() {
    let mut dice = Dice::of(13);
    let mut scene = Scene::new(&mut dice);
    let actor = dice.bytes();
    let put = |id, mark: Mark| {
        let mut sheet = Sheet::new(actor);
        let bytes = sheet.put(id, &pack(&mark)).expect("a put").expect("a new mark");
        (bytes, sheet.heads())
    };
    let (a, b) = (mark_id(&mut dice), mark_id(&mut dice));
    let (first, first_heads) = put(a, scene.arrival());
    let (second, second_heads) = put(b, scene.arrival());
    assert_eq!(scene.hand_in(first_heads, changes(&[&first])), Verdict::Accepted);
    assert_eq!(
        scene.hand_in(second_heads, changes(&[&second])),
        quarantined("duplicate_sequence")
    );
    scene.goes_on(&[a, b]);
}

#[test]
fn two_values_under_one_id_stand_side_by_side_until_a_person_looks() {
    let mut dice = Dice::of(14);
    let mut scene = Scene::new(&mut dice);
    let id = mark_id(&mut dice);
    let (one, one_heads) = change(&mut dice, id, &pack(&scene.arrival()));
    let (two, two_heads) = change(&mut dice, id, &pack(&scene.arrival()));
    assert_eq!(scene.hand_in(one_heads, changes(&[&one])), Verdict::Accepted);
    assert_eq!(scene.hand_in(two_heads, changes(&[&two])), Verdict::Accepted);
    assert_eq!(server_marks(&scene.town)[&id].len(), 2);
    scene.goes_on(&[id]);
    assert!(
        scene
            .honest
            .conflicts()
            .iter()
            .any(|conflict| conflict["kind"] == "two_values")
    );
}

#[test]
fn a_second_value_in_a_payload_that_is_kept_aside_stands_beside_the_first_too() {
    let mut dice = Dice::of(15);
    let mut scene = Scene::new(&mut dice);
    let id = mark_id(&mut dice);
    let (one, one_heads) = change(&mut dice, id, &pack(&scene.arrival()));
    let (two, _) = change(&mut dice, id, &pack(&scene.arrival()));
    assert_eq!(scene.hand_in(one_heads, changes(&[&one])), Verdict::Accepted);
    let forged = vec![Hash32(dice.bytes())];
    assert_eq!(
        scene.hand_in(forged, changes(&[&two])),
        quarantined("head_missing")
    );
    assert_eq!(server_marks(&scene.town)[&id].len(), 2);
    scene.goes_on(&[id]);
    assert!(
        scene
            .honest
            .conflicts()
            .iter()
            .any(|conflict| conflict["kind"] == "two_values")
    );
}

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
