//! Small inputs that would be large. Each is taken by a process of its own, whose highest mark of
//! memory is read from /proc: what an input costs is stated in docs/formats.md, "Limits".

use std::io::{Cursor, Write};
use std::process::Command;

use shared::codec::{Blob, decode, encode};
use shared::envelope::{MAX_CONTENT, deflate, inflate};
use shared::sheet::check;
use shared::wire::{Payload, SyncRequest};
use sync_server::import;
use system_tests::clock::Stopwatch;

use crate::{cbor, chunks};

/// Most memory that a bomb may cost above its own weight, in MiB.
const MOST_MIB: u64 = 192;

struct Bomb {
    name: &'static str,
    made: fn() -> Vec<u8>,
    taken: fn(&[u8]),
}

const BOMBS: &[Bomb] = &[
    Bomb {
        name: "a document that inflates to 190 MB",
        made: || encode(&Payload::Whole(Blob(deflate(&vec![0; 190 << 20])))),
        taken: refused,
    },
    Bomb {
        name: "a column that inflates to 190 MB inside a document",
        made: || {
            let column = (0x42 | 8, deflate(&vec![0; 190 << 20]));
            encode(&Payload::Whole(Blob(deflate(&chunks::document(&[column])))))
        },
        taken: refused,
    },
    Bomb {
        name: "a thousand million operations in nine bytes",
        made: || {
            let run = [chunks::signed(1_000_000_000), vec![1]].concat();
            let flags = chunks::unsigned(1_000_000_000);
            let columns = [
                (0x15, [chunks::signed(1_000_000_000), vec![1, b'k']].concat()),
                (0x34, flags),
                (0x42, run),
            ];
            encode(&Payload::Changes(vec![Blob(chunks::change(&columns))]))
        },
        taken: refused,
    },
    Bomb {
        name: "a change in a compressed chunk",
        made: || {
            encode(&Payload::Changes(vec![Blob(chunks::chunk(
                2,
                &deflate(&vec![0; 190 << 20]),
            ))]))
        },
        taken: refused,
    },
    Bomb {
        name: "a key of a megabyte, a hundred thousand times",
        made: || {
            let key = [
                chunks::signed(99_000),
                chunks::unsigned(1 << 20),
                vec![b'k'; 1 << 20],
            ]
            .concat();
            let run = [chunks::signed(99_000), vec![1]].concat();
            let columns = [(0x15, key), (0x34, chunks::unsigned(99_000)), (0x42, run)];
            encode(&Payload::Changes(vec![Blob(chunks::change(&columns))]))
        },
        taken: refused,
    },
    Bomb {
        name: "eight million empty changes",
        made: || {
            [
                &[0x82, 0][..],
                &cbor::written(4, 8_000_000),
                &vec![0x40; 8_000_000],
            ]
            .concat()
        },
        taken: unread::<Payload>,
    },
    Bomb {
        name: "four million actors of a packet",
        made: || {
            let packet = [
                &[0x8a, 1][..],
                &cbor::written(4, 4_000_000),
                &vec![0x40; 4_000_000],
            ]
            .concat();
            encode(&Payload::Packets(vec![Blob(chunks::packet(&packet))]))
        },
        taken: refused,
    },
    Bomb {
        name: "an array that announces 2^60 items",
        made: || [&[0x82, 0][..], &cbor::written(4, 1 << 60)].concat(),
        taken: unread::<Payload>,
    },
    Bomb {
        name: "eight million arrays in each other",
        made: || vec![0x81; 8_000_000],
        taken: unread::<SyncRequest>,
    },
    Bomb {
        name: "an envelope that inflates to 190 MB",
        made: || deflate(&vec![0; 190 << 20]),
        taken: |bytes| assert!(inflate(bytes, MAX_CONTENT).is_err()),
    },
    Bomb {
        name: "a workbook that announces a million million texts",
        made: || workbook(|| b"<sst uniqueCount=\"1000000000000\"></sst>".to_vec()),
        taken: no_table,
    },
    Bomb {
        name: "a workbook with 190 MB of texts",
        made: || workbook(|| [b"<sst>".to_vec(), b"<si/>".repeat(38 << 20)].concat()),
        taken: no_table,
    },
    Bomb {
        name: "sixteen million cells",
        made: || vec![b';'; import::MAX_BYTES],
        taken: no_table,
    },
    Bomb {
        name: "a hundred children on each of forty thousand lines",
        made: || {
            let header = ["a;".repeat(100), "Prénom enfant;".repeat(100)].concat();
            [
                header,
                "\n".to_owned(),
                ["x;".repeat(199), "\n".to_owned()].concat().repeat(20_000),
            ]
            .concat()
            .into_bytes()
        },
        taken: no_table,
    },
];

fn refused(bytes: &[u8]) {
    let payload: Payload = decode(bytes).expect("a payload");
    check(&payload).expect_err("a bomb");
}

fn unread<T: for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) {
    assert!(decode::<T>(bytes).is_err());
}

fn no_table(bytes: &[u8]) {
    import::read(bytes).expect_err("a bomb");
}

/// A workbook whose shared texts are these.
fn workbook(texts: fn() -> Vec<u8>) -> Vec<u8> {
    let sound = crate::targets::workbook();
    let mut from = zip::ZipArchive::new(Cursor::new(sound)).expect("a workbook");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for nth in 0..from.len() {
        let part = from.by_index_raw(nth).expect("a part");
        if part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml")) {
            continue;
        }
        to.raw_copy_file(part).expect("a copy");
    }
    to.start_file("xl/sharedStrings.xml", options).expect("a part");
    to.write_all(&texts()).expect("written");
    to.finish().expect("a file").into_inner()
}

/// A figure of this process, in KiB.
fn status(name: &str) -> u64 {
    let all = std::fs::read_to_string("/proc/self/status").expect("/proc");
    let line = all.lines().find(|line| line.starts_with(name)).expect("a figure");
    let number: String = line.chars().filter(char::is_ascii_digit).collect();
    number.parse().expect("a number")
}

#[test]
fn no_bomb_costs_more_than_it_may() {
    let own = std::env::current_exe().expect("this program");
    let folder = tempfile::tempdir().expect("a folder");
    for (nth, bomb) in BOMBS.iter().enumerate() {
        let file = folder.path().join(nth.to_string());
        std::fs::write(&file, (bomb.made)()).expect("a written file");
        let taken = Command::new(&own)
            .args(["--ignored", "--exact", "bombs::one", "--nocapture"])
            .env("PREAU_BOMB", &file)
            .output()
            .expect("this program, again");
        let said = String::from_utf8_lossy(&taken.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&taken.stderr).into_owned();
        assert!(taken.status.success(), "{}:\n{said}\n{complaint}", bomb.name);
        let cost = said
            .lines()
            .find_map(|line| line.split("cost ").nth(1))
            .expect("what it cost");
        let mib: u64 = cost
            .split(' ')
            .next()
            .expect("a number")
            .parse()
            .expect("a number");
        println!("{}: {cost}", bomb.name);
        assert!(mib <= MOST_MIB, "{}: {mib} MiB", bomb.name);
    }
}

#[test]
#[ignore = "one bomb, in a process of its own"]
fn one() {
    #[expect(clippy::disallowed_methods, reason = "read once, where the process starts")]
    let file = std::env::var("PREAU_BOMB").expect("a file");
    let nth: usize = file
        .rsplit('/')
        .next()
        .and_then(|name| name.parse().ok())
        .expect("a number");
    let bytes = std::fs::read(&file).expect("a readable file");
    let before = status("VmRSS");
    let watch = Stopwatch::start();
    (BOMBS[nth].taken)(&bytes);
    let cost = status("VmHWM").saturating_sub(before) >> 10;
    println!(
        "cost {cost} MiB, {} ms, of {} bytes",
        watch.elapsed().as_millis(),
        bytes.len()
    );
}
