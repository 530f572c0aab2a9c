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

use crate::hosts::{Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, FINE, Serving, Town, monday, site};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};
use crate::{floor, floor_postgres};
use sync_server::clock::Stopwatch;
use system_tests::device::response_in;

const DAYS: u64 = 26;
const SITES: usize = 10;
/// Days of a backlog that goes to real processes.
const DAYS_OF_PROCESSES: u64 = 8;
/// Clients of the processes.
const CLIENTS_OF_PROCESSES: usize = 4;

pub(crate) fn measure() -> Vec<Figure> {
    let own = |clients, name| {
        let place = Place::files();
        let town = Town::founded_in(&place, SITES, 0);
        let server = Serving::start(town.router());
        let mut run = Run::new(DAYS);
        run.whole(&town, &place, clients, std::slice::from_ref(&server.address));
        run.figure(name)
    };
    let mut figures = vec![
        own(1, "month's backlog, one client"),
        own(2, "month's backlog, two clients"),
        processes(&Place::files(), 1),
    ];
    for count in [1, 2, 4] {
        figures.push(processes(&Place::postgres(), count));
    }
    figures
}

/// A shorter backlog, sent to real servers in turn.
fn processes(place: &Place, count: usize) -> Figure {
    let town = Town::founded_in(place, SITES, 0);
    let servers: Vec<Process> = (0..count).map(|_| Process::start(place)).collect();
    let addresses: Vec<String> = servers
        .iter()
        .map(|server| format!("http://{}", server.address()))
        .collect();
    let mut run = Run::new(DAYS_OF_PROCESSES);
    run.whole(&town, place, CLIENTS_OF_PROCESSES, &addresses);
    run.figure(&format!(
        "backlog of {DAYS_OF_PROCESSES} days, {CLIENTS_OF_PROCESSES} clients, {}, {count} process(es)",
        place.engine()
    ))
}

/// A tablet as far as the server can tell.
pub(crate) struct Sender {
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
        Self::met(site, nth, (device, key), client, server)
    }

    /// The same, with an id and a key that the town knows already.
    pub(crate) fn met(
        site: SiteId,
        nth: usize,
        (device, key): (DeviceId, SigningKey),
        client: &Client,
        server: &[String],
    ) -> Self {
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

    /// A request with the 90 days before the bench's own as its window.
    pub(crate) fn frame(&self, sheets: Vec<SheetUp>) -> Vec<u8> {
        self.frame_of(monday(), sheets)
    }

    /// The same, as it is on a date.
    pub(crate) fn frame_of(&self, today: NaiveDate, sheets: Vec<SheetUp>) -> Vec<u8> {
        let request = SyncRequest {
            owed: None,
            unite: None,
            held: None,
            returned: None,
            addresses: None,
            version: None,
            commune: "ville".parse().expect(FINE),
            device: self.device,
            known: self.known,
            cursor: self.cursor,
            from: today.checked_sub_days(Days::new(90)).expect(FINE),
            lists_to: self.lists_to,
            sheets,
            credential: None,
            withdrawals: None,
            compare: None,
            proof: None,
        };
        encode(&Signed::new(&request, &self.key))
    }

    /// Takes in an answer: what the next request has to say.
    pub(crate) fn heard(&mut self, answer: &[u8]) {
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

/// Sends bodies one after the other, to each server in turn.
fn send(client: &Client, servers: &[String], path: &str, bodies: &[Vec<u8>]) -> Sent {
    let mut sent = Sent::default();
    for (nth, body) in bodies.iter().enumerate() {
        let server = std::slice::from_ref(&servers[nth % servers.len()]);
        let answer = sent.samples.time(|| client.post(server, path, body));
        sent.answers.push(answer);
    }
    sent
}

struct Run {
    days: u64,
    ours: Samples,
    floor: Samples,
    seconds: (f64, f64),
    up: (usize, usize),
    down: usize,
}

impl Run {
    fn new(days: u64) -> Self {
        Self {
            days,
            ours: Samples::default(),
            floor: Samples::default(),
            seconds: (0.0, 0.0),
            up: (0, 0),
            down: 0,
        }
    }

    /// Sends a whole backlog to new stores, day by day, sites shared out between clients.
    fn whole(&mut self, town: &Town, place: &Place, clients: usize, servers: &[String]) {
        let rows_file = place.data().with_file_name("floor.db");
        let rows = match place.database() {
            None => Serving::start(floor::router(&rows_file)),
            Some(database) => Serving::start(floor_postgres::router(database, clients)),
        };
        let bare = [rows.address.clone()];
        let clients: Vec<Client> = (0..clients).map(|_| Client::new()).collect();
        let all = (0..SITES).flat_map(|n| (0..TABLETS).map(move |nth| (site(n), nth)));
        let senders: Vec<Sender> = all
            .map(|(site, nth)| Sender::new(town, site, nth, &clients[0], &servers[..1]))
            .collect();
        let mut shares = shared_out(senders, clients.len());
        for day in 0..self.days {
            let date = monday().checked_sub_days(Days::new(self.days - day)).expect(FINE);
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
            let (seconds, sent) = at_once(&clients, servers, "/v1/sync", &frames);
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
        let held = match place.database() {
            None => (count(&place.data().join("communes/ville.db")), count(&rows_file)),
            Some(database) => (
                floor_postgres::count(database, "commune_ville"),
                floor_postgres::count(database, "floor"),
            ),
        };
        assert_eq!(held, (self.marks(), self.marks()), "both sides hold every mark");
    }

    /// Marks of the backlog.
    fn marks(&self) -> usize {
        self.days as usize * SITES * TABLETS * MARKS
    }

    fn figure(self, name: &str) -> Figure {
        let marks = self.marks() as f64;
        let (ours, floor) = self.seconds;
        let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
        let note = format!(
            "{name}: {:.0} marks/s, floor {:.0} marks/s (whole time {:.2} of the floor's); {} marks in {} POSTs; \
             {:.1} MiB up and {:.1} MiB down, floor {:.1} MiB up",
            marks / ours,
            marks / floor,
            ours / floor,
            self.marks(),
            self.marks() / MARKS,
            mib(self.up.0),
            mib(self.down),
            mib(self.up.1),
        );
        Figure {
            name: format!("{name}: one POST"),
            ours: self.ours,
            floor: self.floor,
            goal: Some(1.0),
            unit: Unit::Ms,
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

/// Marks in a commune's file.
pub(crate) fn count(file: &Path) -> usize {
    let db = Connection::open(file).expect(FINE);
    db.query_row("select count(*) from mark", [], |row| row.get::<_, i64>(0))
        .expect(FINE) as usize
}
