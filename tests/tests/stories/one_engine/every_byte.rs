//! A tablet with a genuine key whose payload was damaged before it was signed: every byte of a small
//! payload changed in turn, and the payload cut off before every byte, in every form a payload has.

use std::collections::BTreeSet;

use shared::codec::{Blob, Hash32};
use shared::digest::SheetRef;
use shared::ids::MarkId;
use shared::mark::pack;
use shared::sheet::Sheet;
use shared::wire::{Payload, Verdict};
use system_tests::device::{Device, mark_id};
use system_tests::{Dice, device};

use crate::one_process::{EVENING, Hand, Kept, Line, Server, child, date, scratch, set_up, site};

/// One mark in a document of its own.
struct Tap {
    id: MarkId,
    value: Vec<u8>,
    heads: Vec<Hash32>,
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Tap {
    fn of(device: &mut Device, dice: &mut Dice) -> Self {
        let id = mark_id(dice);
        let value = pack(&device.arrival(child(0), EVENING));
        let mut sheet = Sheet::new(dice.bytes());
        let change = sheet.put(id, &value).expect("a put").expect("a new mark");
        let heads = sheet.heads();
        let mut forms = vec![("a change", change), ("a whole document", sheet.whole().0)];
        if let Payload::Packets(mut packets) = sheet.packet_since(&[]) {
            forms.push(("a packet", packets.remove(0).0));
        }
        Self {
            id,
            value,
            heads,
            forms,
        }
    }
}

fn payload(form: &str, bytes: Vec<u8>) -> Payload {
    match form {
        "a change" => Payload::Changes(vec![Blob(bytes)]),
        "a packet" => Payload::Packets(vec![Blob(bytes)]),
        _ => Payload::Whole(Blob(bytes)),
    }
}

/// Hands a payload in; answers whether it was accepted.
fn hand_in(server: &Server, device: &Device, tap: &Tap, payload: Payload) -> bool {
    let sheet = SheetRef {
        site: site(0),
        date: date(0),
    };
    let answer = device.hand_in(&server.address, sheet, tap.heads.clone(), payload);
    matches!(answer.taken[0].verdict, Verdict::Accepted)
}

/// Hands in every damaged form of one of these names, then the sound ones, and lets another tablet come.
/// Nothing is acknowledged that is not there. Answers the marks that nobody made.
fn hand_in_damaged(names: &[&str]) -> Vec<MarkId> {
    let mut dice = Dice::of(10);
    let (folder, line) = (scratch(), Line::new());
    let kept = Kept::in_files();
    kept.found();
    let server = kept.open(0);
    server.desk(set_up(1));
    let mut device = Device::enrol(&server.address, &server.code(&[site(0)]), &mut dice);
    let tap = Tap::of(&mut device, &mut dice);
    let forms: Vec<_> = tap
        .forms
        .iter()
        .filter(|(form, _)| names.contains(form))
        .collect();
    assert_eq!(forms.len(), names.len(), "every form that was named");
    for (form, bytes) in &forms {
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << dice.below(8);
            for (how, damage) in [("flipped", flipped), ("cut off", bytes[..at].to_vec())] {
                // What came through sound after all, such as a byte that nobody reads, is there.
                if hand_in(&server, &device, &tap, payload(form, damage)) {
                    let there = server.marks().0.contains_key(&tap.id);
                    assert!(there, "{form} {how} at {at}: acknowledged and not there");
                }
            }
        }
    }
    // The tablet goes on, and another one finds what there is.
    for (form, bytes) in &forms {
        assert!(
            hand_in(&server, &device, &tap, payload(form, bytes.clone())),
            "{form}"
        );
    }
    let other = Hand::enrolled(&folder.path().join("other"), 0, &server, &[site(0)], &line);
    let tapped = other.tap(site(0), 1, 0);
    assert_eq!(other.exchange(&line).expect("the server answers").accepted, 1);
    let (stored, digests) = server.marks();
    assert_eq!(other.sheets(), digests);
    assert_eq!(server.verified(), stored.len());
    assert!(
        stored
            .get(&tap.id)
            .is_some_and(|values| values.contains(&tap.value))
    );
    let sound = |id: &MarkId, values: &BTreeSet<Vec<u8>>| {
        *id == tapped || (*id == tap.id && values.iter().eq([&tap.value]))
    };
    stored
        .iter()
        .filter(|(id, values)| !sound(id, values))
        .map(|(id, _)| *id)
        .collect()
}

#[test]
fn no_damaged_byte_is_acknowledged_or_stored() {
    assert_eq!(hand_in_damaged(&["a change", "a whole document", "a packet"]), []);
}

#[test]
fn a_hundred_and_twenty_tablets_at_once_are_all_heard() {
    const TABLETS: usize = 120;
    let mut dice = Dice::of(12);
    let kept = Kept::in_files();
    kept.found();
    let server = kept.open(0);
    let sites: Vec<_> = (0..8).map(site).collect();
    server.desk(set_up(8));
    let mut tablets: Vec<(Device, Tap, SheetRef)> = (0..TABLETS)
        .map(|n| {
            let at = sites[n % sites.len()];
            let mut device = Device::enrol(&server.address, &server.code(&[at]), &mut dice);
            let tap = Tap::of(&mut device, &mut dice);
            let sheet = SheetRef {
                site: at,
                date: date(0),
            };
            (device, tap, sheet)
        })
        .collect();
    let start = std::sync::Barrier::new(TABLETS);
    std::thread::scope(|scope| {
        for (device, tap, sheet) in &mut tablets {
            let (start, server) = (&start, &server);
            scope.spawn(move || {
                let (form, bytes) = tap.forms[0].clone();
                let up = shared::wire::SheetUp {
                    sheet: *sheet,
                    heads: tap.heads.clone(),
                    payload: payload(form, bytes),
                };
                let request = device.request(vec![up]);
                start.wait();
                // Sent away for now, it comes again.
                let answer = system_tests::clock::wait_for("an answer", || {
                    let answer = device.send(&server.address, &request);
                    assert!(matches!(answer.status, 200 | 429 | 503), "{}", answer.status);
                    (answer.status == 200).then_some(answer)
                });
                let taken = device::response_in(&answer.body).taken;
                assert_eq!(taken[0].verdict, Verdict::Accepted);
            });
        }
    });
    let (stored, sheets) = server.marks();
    assert!(tablets.iter().all(|(_, tap, _)| stored.contains_key(&tap.id)));
    assert_eq!((stored.len(), sheets.len()), (TABLETS, sites.len()));
    assert_eq!(server.verified(), TABLETS);
}
