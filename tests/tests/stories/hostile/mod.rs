//! A tablet with a genuine key that sends what was made to do harm, and callers without any. What
//! cannot be taken is set aside and shown; whoever is honest does not notice.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use shared::codec::{Blob, decode};
use shared::digest::SheetRef;
use shared::envelope::deflate;
use shared::ids::MarkId;
use shared::mark::pack;
use shared::sheet::Sheet;
use shared::wire::{Payload, SheetUp, Verdict};
use system_tests::device::{Device, mark_id, post, response_in};
use system_tests::record::{kept_aside, server_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Server, Tablet, Town};

struct Scene {
    town: Town,
    server: Server,
    honest: Tablet,
    forger: Device,
    dice: Dice,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::of(seed).clone();
        let town = Town::new();
        let server = town.server();
        let honest = town.tablet("honest", &server.url(), &["jules-ferry"]);
        let forger = Device::enrol(server.address(), &town.code(&["jules-ferry"]), &mut dice);
        Self {
            town,
            server,
            honest,
            forger,
            dice,
        }
    }

    fn sheet(&self) -> SheetRef {
        SheetRef {
            site: self.forger.site(),
            date: MONDAY.parse().expect("a date"),
        }
    }

    fn up(&self, payload: Payload) -> SheetUp {
        SheetUp {
            sheet: self.sheet(),
            heads: Vec::new(),
            payload,
        }
    }

    /// A sound sheet of another day, with its mark.
    fn sound(&mut self) -> (MarkId, SheetUp) {
        let row = self.honest.list(MONDAY).remove(0);
        let child = text(&row["child"]).parse().expect("an id");
        let activity = shared::ids::ActivityId(mark_id(&mut self.dice).0);
        let (id, mark) = (mark_id(&mut self.dice), self.forger.arrival(child, activity));
        let mut sheet = Sheet::new(self.dice.bytes());
        sheet.put(id, &pack(&mark)).expect("a put");
        let up = SheetUp {
            sheet: SheetRef {
                date: self.sheet().date.succ_opt().expect("a day"),
                ..self.sheet()
            },
            heads: sheet.heads(),
            payload: sheet.packet_since(&[]),
        };
        (id, up)
    }

    fn hand_in(&self, sheets: Vec<SheetUp>) -> Vec<Verdict> {
        let request = self.forger.request(sheets);
        let answer = self.forger.send(self.server.address(), &request);
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let taken = response_in(&answer.body).taken;
        taken.into_iter().map(|taken| taken.verdict).collect()
    }

    /// Whoever is honest taps and is acknowledged, and the record is whole.
    fn goes_on(&self) {
        let child = self.honest.expected(MONDAY, "cantine").remove(0);
        self.honest.in_(&child, "cantine");
        self.honest.sync();
        assert_eq!(self.honest.status()["pending"], 0);
        self.town.verify();
    }
}

/// Every committed payload, the sound and the harmful.
fn corpus() -> Vec<(String, Payload)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/payload");
    let mut all: Vec<(String, Payload)> = std::fs::read_dir(folder)
        .expect("a corpus")
        .filter_map(|file| {
            let file = file.expect("an entry");
            let payload = decode(&std::fs::read(file.path()).expect("a file")).ok()?;
            Some((file.file_name().to_string_lossy().into_owned(), payload))
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn what_once_did_harm_is_set_aside_and_the_sheet_beside_it_is_taken() {
    let mut scene = Scene::new(30);
    let mut aside = 0;
    for (name, payload) in corpus() {
        let (id, sound) = scene.sound();
        let verdicts = scene.hand_in(vec![scene.up(payload), sound]);
        assert_eq!(verdicts[1], Verdict::Accepted, "beside {name}");
        assert!(server_marks(&scene.town).contains_key(&id), "beside {name}");
        if let Verdict::Quarantined { .. } = verdicts[0] {
            aside += 1;
        } else {
            assert!(name.starts_with("sound"), "{name}: {:?}", verdicts[0]);
        }
    }
    assert!(aside > 0);
    assert_eq!(kept_aside(&scene.town).len(), aside, "each with its bytes");
    scene.goes_on();
}

#[test]
fn the_same_payload_a_thousand_times_is_one_row() {
    let scene = Scene::new(31);
    let bad = scene.up(Payload::Changes(vec![Blob(vec![7; 60])]));
    for verdict in scene.hand_in(vec![bad; 1_000]) {
        let Verdict::Quarantined { reason, .. } = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!(reason, "damaged");
    }
    assert_eq!(kept_aside(&scene.town).len(), 1);
    scene.goes_on();
}

#[test]
fn a_tablet_that_floods_fills_no_disk_and_its_sound_marks_are_taken() {
    let mut scene = Scene::new(32);
    for n in 0..20_u8 {
        let fat = scene.up(Payload::Changes(vec![Blob(vec![n; 4_100_000])]));
        let (id, sound) = scene.sound();
        let verdicts = scene.hand_in(vec![fat, sound]);
        assert!(matches!(verdicts[0], Verdict::Quarantined { .. }));
        assert_eq!(verdicts[1], Verdict::Accepted);
        assert!(server_marks(&scene.town).contains_key(&id));
    }
    let kept = kept_aside(&scene.town);
    let bytes: usize = kept.iter().map(|aside| aside.payload.len()).sum();
    assert!(
        kept.len() >= 15 && bytes as u64 <= sync_server::sync::MAX_ASIDE,
        "{bytes}"
    );
    scene.goes_on();
}

#[test]
fn bombs_cost_a_server_neither_its_memory_nor_its_life() {
    let scene = Scene::new(33);
    scene.goes_on();
    let before = scene.server.peak_mib();
    let bomb = deflate(&vec![0; 190 << 20]);
    let whole = Payload::Whole(Blob(bomb.clone()));
    let chunk = [
        &[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 2][..],
        &leb(bomb.len()),
        &bomb,
    ]
    .concat();
    let compressed = Payload::Changes(vec![Blob(chunk)]);
    for payload in [whole, compressed] {
        let verdicts = scene.hand_in(vec![scene.up(payload)]);
        assert!(matches!(verdicts[0], Verdict::Quarantined { .. }));
    }
    // An array of eight million of nothing, from whoever likes to send it.
    let nothing = [&[0x9b, 0, 0, 0, 0, 0, 0x7a, 0x12, 0][..], &vec![0x40; 8_000_000]].concat();
    assert_eq!(post(scene.server.address(), "/v1/sync", &nothing).status, 400);
    let cost = scene.server.peak_mib() - before;
    assert!(cost < 160, "{cost} MiB");
    scene.goes_on();
}

fn leb(mut number: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

#[test]
fn callers_that_never_finish_keep_nobody_waiting() {
    let scene = Scene::new(34);
    let address = scene.server.address();
    let beginnings: [&[u8]; 4] = [
        b"",
        b"POST /v1/sync HTTP/1.1\r\nhost: x\r\n",
        b"POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n\r\nhalf",
        b"POST /v1/enrol HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nha",
    ];
    let mut held = Vec::new();
    for n in 0..400 {
        let mut stream = TcpStream::connect(address).expect("somebody listens");
        stream.write_all(beginnings[n % 4]).expect("written");
        held.push(stream);
    }
    scene.goes_on();
    drop(held);
    let said = |request: &[u8]| {
        let mut stream = TcpStream::connect(address).expect("somebody listens");
        // A server that refuses early may stop reading.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    let heads = "x-a: b\r\n".repeat(20_000);
    let bomb = format!("POST /v1/sync HTTP/1.1\r\nhost: x\r\n{heads}\r\n");
    assert!(!said(bomb.as_bytes()).contains(" 200 "));
    let gzip = b"POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-encoding: gzip\r\nconnection: close\r\ncontent-length: 3\r\n\r\n\x1f\x8b\x08";
    let answer = said(gzip);
    assert!(answer.contains(" 400 "), "nothing is unpacked: {answer}");
    assert_eq!(post(address, "/v1/enrol", &vec![0; 17 << 10]).status, 413);
    assert_eq!(post(address, "/v1/sync", &vec![0; (8 << 20) + 1]).status, 413);
    scene.goes_on();
}
