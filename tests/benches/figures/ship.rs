//! What shipping costs whoever writes, and how much a fire would cost: the age of the oldest operation that is not
//! proved to be off-site, while two hundred operations come every second.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use shared::codec::Minute;
use shared::ids::SchoolId;
use shared::offsite::LARGEST_OBJECT;
use shared::operation::{Actor, Body, Channel, SchoolKind, SchoolRecord};
use sync_server::clock::{Clock, Stopwatch, processor_seconds, random};
use sync_server::commune::Commune;
use sync_server::host::{Host, Setup};
use sync_server::offsite::{Progress, Put, Shipper, Target, TargetAddress};
use system_tests::ObjectStore;
use system_tests::clock::{pause, wait_for};
use uuid::Uuid;

use crate::measure::{Figure, Samples};
use crate::town::{FINE, folder};

/// Operations a second.
const RATE: usize = 200;
/// Who writes at the same time.
const WRITERS: usize = 4;
/// How long, in seconds.
const SECONDS: usize = 15;
/// How often the age is looked at, in ms.
const LOOK_MS: u64 = 20;
/// A segment may be so old, in seconds.
const GOAL_S: f64 = 5.0;
/// For how long what is there stays, in ms.
const KEEP_MS: i64 = 35 * 86_400_000;

/// What one load of operations showed.
#[derive(Default)]
struct Seen {
    operations: Samples,
    /// Of the whole process, for each operation, in ms.
    processor_ms: f64,
    /// In ms.
    age: Samples,
    segments: usize,
    bytes: usize,
}

pub(crate) fn measure() -> Vec<Figure> {
    let alone = load(|_| None);
    let place = folder();
    let (to_folder, bare_folder) = shipped(place.path(), |at| {
        Target::open(&TargetAddress::Folder(at.to_owned())).expect(FINE)
    });
    let place = folder();
    let store = ObjectStore::start(place.path());
    let (to_bucket, bare_bucket) = shipped(&store.files("preau"), |_| {
        Target::open_with(&store.target("preau"), &store.access()).expect(FINE)
    });
    let mut figures = vec![
        Figure {
            name: format!(
                "an operation, {RATE} a second, shipped to a folder; floor: the same without shipping"
            ),
            ours: to_folder.operations.clone(),
            floor: alone.operations.clone(),
            goal: Some(1.2),
            ..Figure::default()
        },
        Figure {
            name: format!(
                "an operation, {RATE} a second, shipped to a bucket on this machine; floor: the same without shipping"
            ),
            ours: to_bucket.operations.clone(),
            floor: alone.operations.clone(),
            ..Figure::default()
        },
    ];
    let mut processor = Figure {
        name: "processor time of an operation, shipped to a folder; floor: the same without shipping".into(),
        notes: vec![format!(
            "shipping {} operations made {} segments, {:.0} bytes an operation.",
            RATE * SECONDS,
            to_folder.segments,
            to_folder.bytes as f64 / (RATE * SECONDS) as f64
        )],
        ..Figure::default()
    };
    processor.ours.count(to_folder.processor_ms);
    processor.floor.count(alone.processor_ms);
    figures.push(processor);
    for (what, seen, bare) in [
        ("a folder", to_folder, bare_folder),
        ("a bucket", to_bucket, bare_bucket),
    ] {
        let most = seen.age.quantile(1.0) / 1e3;
        let verdict = if most <= GOAL_S { "met" } else { "MISSED" };
        figures.push(Figure {
            name: format!(
                "age of the oldest operation that is not proved to be off-site, {RATE} a second, {what}; floor: one \
                 segment put and read back"
            ),
            notes: vec![format!("{what}: {most:.2} s at most, goal ≤ {GOAL_S:.0} s {verdict}.")],
            ours: seen.age,
            floor: bare,
            ..Figure::default()
        });
    }
    figures
}

/// The load with shipping to a target; and one segment of it, put and read back by itself.
fn shipped(at: &Path, open: impl Fn(&Path) -> Target) -> (Seen, Samples) {
    std::fs::create_dir_all(at).expect(FINE);
    let mut seen = load(|host| Some(Shipper::start(host, open(at), KEEP_MS).expect(FINE)));
    let target = open(at);
    let listed = target.list("ville/journal", None).expect(FINE);
    seen.segments = listed.len();
    seen.bytes = listed.iter().map(|object| object.bytes as usize).sum();
    let largest = listed
        .iter()
        .max_by_key(|object| object.bytes)
        .expect("a segment");
    let segment = target
        .get(&largest.path, LARGEST_OBJECT as u64)
        .expect(FINE)
        .expect(FINE);
    let mut bare = Samples::default();
    for n in 0..50 {
        let name = format!("ville/bare/{n}");
        let back = bare.time(|| {
            assert_eq!(target.put_new(&name, segment.clone()), Ok(Put::Written));
            target.get(&name, LARGEST_OBJECT as u64)
        });
        assert_eq!(back.expect(FINE).as_deref(), Some(&segment[..]));
    }
    (seen, bare)
}

fn load(start: impl FnOnce(&Arc<Host>) -> Option<Shipper>) -> Seen {
    let place = folder();
    let host = Host::open(Setup::folder(place.path()), Clock::system()).expect(FINE);
    let shipper = start(&host);
    let slug = "ville".parse().expect(FINE);
    let commune = host.create(&slug, "Ville", "Europe/Paris", "mairie").expect(FINE);
    if shipper.is_some() {
        // The first snapshot is of the founding, not of the load.
        wait_for("the first snapshot", || progress(&commune)?.snapshot);
    }
    let before = commune.head().expect(FINE).seq;
    let (watch, processor) = (Stopwatch::start(), processor_seconds());
    let committed: Mutex<Vec<(u64, f64)>> = Mutex::default();
    let over = AtomicBool::new(false);
    let mut seen = Seen::default();
    std::thread::scope(|scope| {
        let (commune, committed) = (&commune, &committed);
        let writers: Vec<_> = (0..WRITERS)
            .map(|nth| scope.spawn(move || write(commune, nth, watch, committed)))
            .collect();
        let looker = shipper
            .is_some()
            .then(|| scope.spawn(|| look(commune, before, watch, committed, &over)));
        for writer in writers {
            seen.operations.extend(writer.join().expect(FINE));
        }
        seen.processor_ms = (processor_seconds() - processor) * 1e3 / (RATE * SECONDS) as f64;
        over.store(true, Ordering::Relaxed);
        if let Some(looker) = looker {
            seen.age = looker.join().expect(FINE);
        }
    });
    if let Some(shipper) = shipper {
        shipper.finish(Duration::from_secs(10));
        let head = commune.head().expect(FINE);
        let reached = progress(&commune).map_or(0, |progress| progress.seq());
        assert_eq!(reached, head.seq, "everything is off-site in the end");
    }
    seen
}

fn progress(commune: &Commune) -> Option<Progress> {
    commune.store.read(|tx| Progress::read(tx)).expect(FINE)
}

/// One writer: at its own instants, whether the last one was slow or not.
fn write(commune: &Commune, nth: usize, watch: Stopwatch, committed: &Mutex<Vec<(u64, f64)>>) -> Samples {
    let mut samples = Samples::default();
    for n in 0..RATE * SECONDS / WRITERS {
        let due = (n * WRITERS + nth) as f64 / RATE as f64;
        pause(Duration::from_secs_f64((due - watch.seconds()).max(0.0)));
        let school = SchoolRecord {
            id: SchoolId(Uuid::from_bytes(random())),
            name: "École Aristide-Briand".into(),
            kind: SchoolKind::Public,
            half_days: 9,
            starts: Minute::new(8, 30),
            ends: Minute::new(16, 30),
            retired: false,
        };
        let body = Body::PutSchool { school };
        let operation = commune.operation(Actor::Host, Channel::Desk, body);
        let applied = samples.time(|| commune.submit(operation)).expect(FINE);
        let mut committed = committed.lock().expect(FINE);
        committed.push((applied.seq.expect("an entry"), watch.seconds()));
    }
    samples
}

/// How old the oldest operation is that was answered and is not off-site.
fn look(
    commune: &Commune,
    before: u64,
    watch: Stopwatch,
    committed: &Mutex<Vec<(u64, f64)>>,
    over: &AtomicBool,
) -> Samples {
    let mut ages = Samples::default();
    while !over.load(Ordering::Relaxed) {
        pause(Duration::from_millis(LOOK_MS));
        let reached = progress(commune).map_or(0, |progress| progress.seq()).max(before);
        let now = watch.seconds();
        let committed = committed.lock().expect(FINE);
        let waiting = committed.iter().rev().filter(|(seq, _)| *seq > reached);
        let oldest = waiting.map(|(_, at)| *at).fold(now, f64::min);
        ages.add(now - oldest);
    }
    ages
}
