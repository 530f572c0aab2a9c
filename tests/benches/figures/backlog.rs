//! A month of tablets that come home: 26 days at ten sites with three tablets each, one POST per tablet and day,
//! against a server that puts the same marks into rows and does nothing else.

use std::path::Path;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use shared::codec::encode;
use shared::ids::{DeviceId, SiteId};
use shared::receipt::Position;
use shared::sign::SigningKey;
use shared::wire::{SheetUp, Signed, SyncRequest, Verdict};

use crate::floor;
use crate::measure::{Figure, Samples};
use crate::town::{Client, FINE, Serving, Town, monday, site};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};
use sync_server::clock::Stopwatch;
use system_tests::device::response_in;

const DAYS: u64 = 26;
const SITES: usize = 10;
/// Whole backlogs sent by one client, each to new stores.
const ROUNDS: usize = 2;

pub(crate) fn measure() -> Vec<Figure> {
    let mut alone = Run::new();
    for _ in 0..ROUNDS {
        alone.whole(1);
    }
    let mut pair = Run::new();
    pair.whole(2);
    vec![
        alone.figure("month's backlog, one client", ROUNDS),
        pair.figure("month's backlog, two clients", 1),
    ]
}

/// A tablet as far as the server can tell.
struct Sender {
    site: SiteId,
    nth: usize,
    device: DeviceId,
    key: SigningKey,
    known: Option<Position>,
    cursor: u64,
    lists_to: i32,
    made: u64,
}

impl Sender {
    /// One that has met the server before its month away.
    fn new(town: &Town, site: SiteId, nth: usize, client: &Client, server: &[String]) -> Self {
        let (device, key) = town.enrolled(site);
        let mut sender = Self {
            site,
            nth,
            device,
            key,
            known: None,
            cursor: 0,
            lists_to: 0,
            made: 0,
        };
        let frame = sender.frame(Vec::new());
        sender.heard(&client.post(server, "/v1/sync", &frame));
        sender
    }

    fn frame(&self, sheets: Vec<SheetUp>) -> Vec<u8> {
        let request = SyncRequest {
            owed: None,
            version: None,
            commune: "ville".parse().expect(FINE),
            device: self.device,
            known: self.known,
            cursor: self.cursor,
            from: monday().checked_sub_days(Days::new(90)).expect(FINE),
            lists_to: self.lists_to,
            sheets,
            credential: None,
            withdrawals: None,
            compare: None,
            proof: None,
        };
        encode(&Signed::new(&request, &self.key))
    }

    fn heard(&mut self, answer: &[u8]) {
        let answer = response_in(answer);
        assert!(
            answer
                .taken
                .iter()
                .all(|taken| taken.verdict == Verdict::Accepted),
            "all is accepted"
        );
        assert!(
            !answer.more && answer.states.is_none(),
            "the server knows where the tablet stands"
        );
        self.known = Some(answer.receipt.statement.at);
        self.cursor = answer.cursor;
        self.lists_to = answer.lists_to;
    }

    /// What this tablet did on a day, ready to be sent to either side.
    fn day(&mut self, date: NaiveDate) -> (Vec<u8>, Vec<u8>) {
        let day = TabletDay::of(sheet(self.site, date), self.nth, self.device, self.made);
        self.made += MARKS as u64;
        (self.frame(vec![day.sheet_up()]), day.json())
    }
}

/// One client's share of a day, and what came of it.
#[derive(Default)]
struct Sent {
    samples: Samples,
    answers: Vec<Vec<u8>>,
}

fn send(client: &Client, server: &[String], path: &str, bodies: &[Vec<u8>]) -> Sent {
    let mut sent = Sent::default();
    for body in bodies {
        let answer = sent.samples.time(|| client.post(server, path, body));
        sent.answers.push(answer);
    }
    sent
}

struct Run {
    ours: Samples,
    floor: Samples,
    seconds: (f64, f64),
    up: (usize, usize),
    down: usize,
}

impl Run {
    fn new() -> Self {
        Self {
            ours: Samples::default(),
            floor: Samples::default(),
            seconds: (0.0, 0.0),
            up: (0, 0),
            down: 0,
        }
    }

    /// Sends a whole backlog to new stores, day by day, sites shared out between clients.
    fn whole(&mut self, clients: usize) {
        let town = Town::founded(SITES, 0);
        let rows_file = town.folder.path().join("floor.db");
        let (server, bare) = (
            Serving::start(town.router()),
            Serving::start(floor::router(&rows_file)),
        );
        let (server, bare) = ([server.address.clone()], [(bare.address.clone())]);
        let clients: Vec<Client> = (0..clients).map(|_| Client::new()).collect();
        let all = (0..SITES).flat_map(|n| (0..TABLETS).map(move |nth| (site(n), nth)));
        let senders: Vec<Sender> = all
            .map(|(site, nth)| Sender::new(&town, site, nth, &clients[0], &server))
            .collect();
        let mut shares = shared_out(senders, clients.len());
        for day in 0..DAYS {
            let date = monday().checked_sub_days(Days::new(DAYS - day)).expect(FINE);
            let mut frames = vec![Vec::new(); clients.len()];
            let mut bodies = vec![Vec::new(); clients.len()];
            for (share, (frames, bodies)) in shares.iter_mut().zip(frames.iter_mut().zip(&mut bodies)) {
                for (frame, body) in share.iter_mut().map(|sender| sender.day(date)) {
                    self.up.0 += frame.len();
                    self.up.1 += body.len();
                    frames.push(frame);
                    bodies.push(body);
                }
            }
            // Sides take turns at going first, day by day.
            let mut floor_side = || at_once(&clients, &bare, "/rows", &bodies);
            let before = (day % 2 == 0).then(&mut floor_side);
            let (seconds, sent) = at_once(&clients, &server, "/v1/sync", &frames);
            let (floor_seconds, floor_sent) = before.unwrap_or_else(floor_side);
            self.seconds.0 += seconds;
            self.seconds.1 += floor_seconds;
            for sent in floor_sent {
                self.floor.extend(sent.samples);
            }
            for (share, sent) in shares.iter_mut().zip(sent) {
                self.ours.extend(sent.samples);
                for (sender, answer) in share.iter_mut().zip(sent.answers) {
                    self.down += answer.len();
                    sender.heard(&answer);
                }
            }
        }
        let store = town
            .host
            .backend()
            .store_path(&town.commune.slug)
            .expect("a file");
        assert_eq!(
            (count(&store), count(&rows_file)),
            (total(1), total(1)),
            "both sides hold every mark"
        );
    }

    fn figure(self, name: &str, rounds: usize) -> Figure {
        let marks = total(rounds) as f64;
        let (ours, floor) = self.seconds;
        let mib = |bytes: usize| bytes as f64 / rounds as f64 / f64::from(1 << 20);
        let note = format!(
            "{name}: {:.0} marks/s, floor {:.0} marks/s (whole time {:.2} of the floor's); {} marks in {} POSTs; \
             {:.1} MiB up and {:.1} MiB down, floor {:.1} MiB up",
            marks / ours,
            marks / floor,
            ours / floor,
            total(1),
            total(1) / MARKS,
            mib(self.up.0),
            mib(self.down),
            mib(self.up.1),
        );
        Figure {
            name: format!("{name}: one POST"),
            ours: self.ours,
            floor: self.floor,
            goal: Some(1.0),
            notes: vec![note],
        }
    }
}

/// Whole sites to each client.
fn shared_out(senders: Vec<Sender>, clients: usize) -> Vec<Vec<Sender>> {
    let mut shares: Vec<Vec<Sender>> = (0..clients).map(|_| Vec::new()).collect();
    for (n, sender) in senders.into_iter().enumerate() {
        shares[n / TABLETS % clients].push(sender);
    }
    shares
}

/// All clients send their share; answers the time until the last is done.
fn at_once(clients: &[Client], server: &[String], path: &str, bodies: &[Vec<Vec<u8>>]) -> (f64, Vec<Sent>) {
    let watch = Stopwatch::start();
    let sent = std::thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter()
            .zip(bodies)
            .map(|(client, bodies)| scope.spawn(move || send(client, server, path, bodies)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect(FINE))
            .collect()
    });
    (watch.seconds(), sent)
}

/// Marks of so many backlogs.
fn total(rounds: usize) -> usize {
    rounds * DAYS as usize * SITES * TABLETS * MARKS
}

fn count(file: &Path) -> usize {
    let db = Connection::open(file).expect(FINE);
    db.query_row("select count(*) from mark", [], |row| row.get::<_, i64>(0))
        .expect(FINE) as usize
}
