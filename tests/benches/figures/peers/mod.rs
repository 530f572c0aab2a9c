//! The whole backlog of a month, through our server, through a server of rows and through PouchDB, in one run: the
//! same marks, the same machine, turn by turn, every byte counted by the same relay.

mod node;
mod parties;
mod relay;
mod rollback;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::Days;
use shared::ids::{DeviceId, MarkId};
use shared::sign::SigningKey;
use sync_server::clock::{Stopwatch, random};
use uuid::Uuid;

use crate::Scale;
use crate::hosts::Place;
use crate::measure::{Figure, Unit};
use crate::town::{FINE, folder, monday, site};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};
use node::Pouch;
pub(crate) use parties::at_rest;
use parties::{Day, Enrolled, Ours, Party, Peer, Pouches, Rows, Tally, local};
pub(crate) use rollback::measure as set_back;

const DAYS: u64 = 26;
const SITES: usize = 40;
/// Documents of a batch: what the fastest run of PouchDB took, and its own default.
const BATCHES: [usize; 2] = [1000, 100];
/// One site in so many pulls with PouchDB what its other tablets did.
const PULLED: usize = 10;
/// How many times PouchDB's rate is wanted.
const TIMES_THE_PEER: f64 = 15.0;
/// The share of PouchDB's bytes that is allowed.
const SHARE_OF_BYTES: f64 = 0.1;

/// What everyone hands in.
struct Backlog {
    tablets: Vec<Enrolled>,
    /// By day, then by tablet.
    days: Vec<Vec<TabletDay>>,
}

impl Backlog {
    fn made(days: u64, sites: usize) -> Self {
        let tablet = |of: usize, nth| Enrolled {
            site: site(of),
            nth,
            device: DeviceId(Uuid::from_bytes(random())),
            key: SigningKey::from_seed(&random()),
            of,
        };
        let tablets: Vec<Enrolled> = (0..sites)
            .flat_map(|of| (0..TABLETS).map(move |nth| (of, nth)))
            .map(|(of, nth)| tablet(of, nth))
            .collect();
        let day = |day: u64| {
            let date = monday().checked_sub_days(Days::new(days - day)).expect(FINE);
            let of = |t: &Enrolled| TabletDay::of(sheet(t.site, date), t.nth, t.device, day * MARKS as u64);
            tablets.iter().map(of).collect()
        };
        let days = (0..days).map(day).collect();
        Self { tablets, days }
    }

    /// Every tablet's month in a local database of PouchDB.
    fn in_pouches(&self, pouch: &mut Pouch) {
        for nth in 0..self.tablets.len() {
            let days = self.days.iter();
            let documents: Vec<u8> = days.flat_map(|tablets| tablets[nth].documents()).collect();
            pouch.write(&local(nth), &documents);
        }
    }

    fn ids(&self) -> BTreeSet<MarkId> {
        self.days.iter().flatten().flat_map(TabletDay::ids).collect()
    }
}

/// Once, whole.
pub(crate) fn measure(scale: Scale) -> Vec<Figure> {
    let (days, sites) = (scale.days.unwrap_or(DAYS), scale.sites.unwrap_or(SITES));
    let backlog = Backlog::made(days, sites);
    let all = backlog.ids();
    let home = folder();
    let pouches: Pouches = Rc::new(RefCell::new(Pouch::start(home.path())));
    backlog.in_pouches(&mut pouches.borrow_mut());
    println!("peers: {} marks lie ready, in PouchDB too", all.len());

    let mut files = Ours::over(Place::files(), sites, &backlog.tablets);
    let mut rows = Rows::over(Place::files());
    let mut postgres = Ours::over(Place::postgres(), sites, &backlog.tablets);
    let mut rows_postgres = Rows::over(Place::postgres());
    let [mut large, mut small] = BATCHES.map(|batch| Peer::over(&pouches, batch, &backlog.tablets));
    let turns = backlog.days.len();
    let mut packing = 0.0;
    for (turn, tablets) in backlog.days.iter().enumerate() {
        let watch = Stopwatch::start();
        let sheets = tablets.iter().map(TabletDay::sheet_up).collect();
        packing += watch.seconds();
        let day = Day {
            turn: (turn, turns),
            sheets,
            bodies: tablets.iter().map(TabletDay::json).collect(),
        };
        let mut parties: [&mut dyn Party; 6] = [
            &mut files,
            &mut rows,
            &mut postgres,
            &mut rows_postgres,
            &mut large,
            &mut small,
        ];
        // Who goes first changes from turn to turn.
        parties.rotate_left(turn % 6);
        for party in parties {
            party.take(&day);
        }
    }

    files.catch_up();
    postgres.catch_up();

    println!("\n{TABLE}");
    let parties: [&mut dyn Party; 6] = [
        &mut files,
        &mut rows,
        &mut postgres,
        &mut rows_postgres,
        &mut large,
        &mut small,
    ];
    for party in parties {
        let held = party.held();
        println!("{}", row(&party.name(), party.tally(), all.len(), held == all));
        assert!(held == all, "{} holds every mark and no other", party.name());
    }
    let pulling = (sites / PULLED).max(1);
    let (pulled, came) = large.pull(pulling);
    let others = pulling * TABLETS * (TABLETS - 1) * turns * MARKS;
    let name = format!(
        "{}: pulling what others did, {pulling} of {sites} sites",
        large.name()
    );
    println!("{}", row(&name, &pulled, came, came == others));

    let peer = large.tally().clone();
    let both_ways = peer.up + peer.down + (pulled.up + pulled.down) * sites as u64 / pulling as u64;
    let figure = |ours: &Ours, rows: &Rows| Figure {
        name: format!(
            "whole backlog, {}: one POST",
            ours.name().trim_start_matches("Préau, ")
        ),
        ours: ours.tally().posts.clone(),
        floor: rows.tally().posts.clone(),
        goal: Some(1.0),
        unit: Unit::Ms,
        notes: verdicts(ours, rows.tally(), &peer, both_ways, all.len(), packing),
    };
    vec![figure(&files, &rows), figure(&postgres, &rows_postgres)]
}

const TABLE: &str = "| whole backlog | marks/s | time, s | server at work after, s | requests | MiB up | MiB down | every mark in the end |\n\
     | --- | --- | --- | --- | --- | --- | --- | --- |";

fn row(name: &str, tally: &Tally, marks: usize, whole: bool) -> String {
    format!(
        "| {name} | {:.0} | {:.1} | {:.1} | {} | {:.1} | {:.1} | {} |",
        marks as f64 / tally.seconds,
        tally.seconds,
        tally.after,
        tally.requests,
        mib(tally.up),
        mib(tally.down),
        if whole { "yes" } else { "NO" },
    )
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// What came of the goals.
fn verdicts(
    ours: &Ours,
    floor: &Tally,
    peer: &Tally,
    both_ways: u64,
    marks: usize,
    packing: f64,
) -> Vec<String> {
    let (name, tally) = (ours.name(), ours.tally());
    let word = |met: bool| if met { "met" } else { "MISSED" };
    let rate = floor.seconds / tally.seconds;
    let after = floor.seconds / (tally.seconds + tally.after);
    let times = peer.seconds / tally.seconds;
    let share = tally.up as f64 / peer.up as f64;
    let whole = (tally.up + tally.down) as f64 / both_ways as f64;
    let made = packing + ours.signing;
    vec![
        format!(
            "{name}: {rate:.2} of the floor's rate (goal at least 1: {}); {after:.2} with what its server did after its answers, \
             the documents of sheets that are due within the hour ({:.1} s) among it",
            word(rate >= 1.0),
            ours.documents,
        ),
        format!(
            "{name}: {times:.1} times PouchDB's rate in batches of {} (goal at least {TIMES_THE_PEER}: {}); {:.0} marks/s \
             with the {made:.1} s in which the requests were made, packed and signed, which no clock counts",
            BATCHES[0],
            word(times >= TIMES_THE_PEER),
            marks as f64 / (tally.seconds + made),
        ),
        format!(
            "{name}: {share:.3} of PouchDB's bytes up (goal at most {SHARE_OF_BYTES}: {}); {whole:.3} of its bytes up and \
             down, when it pulls too what others did, as Préau's answers bring it",
            word(share <= SHARE_OF_BYTES)
        ),
    ]
}
