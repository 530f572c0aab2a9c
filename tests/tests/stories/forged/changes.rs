//! Changes that a sheet cannot take.

use super::*;

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
