//! Who takes part: our server, the floor, PouchDB. Each takes the same marks in turns and counts what that took.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use rusqlite::Connection;
use shared::ids::{DeviceId, MarkId, SiteId};
use shared::sign::SigningKey;
use shared::time::UtcMs;
use shared::wire::SheetUp;
use sync_server::clock::Stopwatch;
use sync_server::jobs::{Course, catch_up};
use system_tests::clock::pause;
use tempfile::TempDir;

use super::node::{Couch, Pouch, Replicated};
use super::relay::Relay;
use crate::backlog::Sender;
use crate::hosts::{Place, Process, processor_ms};
use crate::measure::Samples;
use crate::town::{Client, FINE, Serving, Town, folder, morning};
use crate::{floor, floor_postgres};

/// How long a server has to do next to nothing to count as at rest.
const REST: Duration = Duration::from_millis(100);
/// Processor time in that while that counts as nothing, in ms: one tick of Linux.
const NEXT_TO_NOTHING_MS: f64 = 10.0;

/// A tablet of the backlog; all parties know the same.
#[derive(Clone)]
pub(crate) struct Enrolled {
    pub(crate) site: SiteId,
    /// Of its site.
    pub(crate) nth: usize,
    pub(crate) device: DeviceId,
    pub(crate) key: SigningKey,
    /// Its site's number.
    pub(crate) of: usize,
}

/// One turn's share: a day of every tablet, in their order.
pub(crate) struct Day {
    /// Which turn of how many.
    pub(crate) turn: (usize, usize),
    pub(crate) sheets: Vec<SheetUp>,
    pub(crate) bodies: Vec<Vec<u8>>,
}

/// What a party took.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    /// From the first request of a turn to its last answer, all turns together.
    pub(crate) seconds: f64,
    /// How long its server went on working after last answers.
    pub(crate) after: f64,
    pub(crate) requests: usize,
    /// Bytes from the client, heads of requests included.
    pub(crate) up: u64,
    /// Bytes to the client, heads of answers included.
    pub(crate) down: u64,
    /// Time of each POST, where a POST is a tablet's day.
    pub(crate) posts: Samples,
}

impl Tally {
    fn carried(&mut self, before: (u64, u64), relay: &Relay) {
        let (up, down) = relay.carried();
        self.up += up - before.0;
        self.down += down - before.1;
    }

    fn add(&mut self, done: &Replicated) {
        self.seconds += done.seconds;
        self.requests += done.requests;
    }
}

/// One that takes the backlog.
pub(crate) trait Party {
    fn name(&self) -> String;
    /// Takes its share of a turn.
    fn take(&mut self, day: &Day);
    fn tally(&self) -> &Tally;
    /// The marks that its server's store holds.
    fn held(&mut self) -> BTreeSet<MarkId>;
}

/// Waits until a process rests; answers how long it went on working.
pub(crate) fn at_rest(pid: u32) -> f64 {
    let watch = Stopwatch::start();
    let (mut worked, mut spent) = (0.0, processor_ms(pid));
    loop {
        pause(REST);
        let now = processor_ms(pid);
        if now - spent <= NEXT_TO_NOTHING_MS {
            return worked;
        }
        (worked, spent) = (watch.seconds(), now);
    }
}

/// `preau-server` and its tablets.
pub(crate) struct Ours {
    place: Place,
    /// Until it is stopped for what it does hourly to be done at once.
    server: Option<Process>,
    relay: Relay,
    client: Client,
    senders: Vec<Sender>,
    tally: Tally,
    /// Seconds that encoding and signing the requests took, before any clock was started.
    pub(crate) signing: f64,
    /// Seconds that bringing up the documents took, when all was in.
    pub(crate) documents: f64,
}

impl Ours {
    pub(crate) fn over(place: Place, sites: usize, tablets: &[Enrolled]) -> Self {
        let town = Town::founded_in(&place, sites, 0);
        for tablet in tablets {
            town.enrol(tablet.site, tablet.device, &tablet.key);
        }
        drop(town);
        let server = Process::start(&place);
        server.surveyed(1);
        let (relay, client) = (Relay::to(server.address()), Client::new());
        let address = [relay.url()];
        let met = |tablet: &Enrolled| {
            let title = (tablet.device, tablet.key.clone());
            Sender::met(tablet.site, tablet.nth, title, &client, &address)
        };
        let senders = tablets.iter().map(met).collect();
        Self {
            place,
            server: Some(server),
            relay,
            client,
            senders,
            tally: Tally::default(),
            signing: 0.0,
            documents: 0.0,
        }
    }

    /// Does what the server put off until its hour comes: documents of sheets are brought up to their marks.
    pub(crate) fn catch_up(&mut self) {
        self.server.take();
        let host = self.place.host();
        let commune = host.commune("ville").expect(FINE);
        let watch = Stopwatch::start();
        catch_up(&commune, &ToTheEnd).expect(FINE);
        self.documents = watch.seconds();
        self.tally.after += self.documents;
    }
}

/// A job that nobody ends.
struct ToTheEnd;

impl Course for ToTheEnd {
    fn now(&self) -> UtcMs {
        morning()
    }

    fn is_over(&self) -> bool {
        false
    }
}

impl Party for Ours {
    fn name(&self) -> String {
        format!("Préau, {}", self.place.engine())
    }

    fn take(&mut self, day: &Day) {
        let signing = Stopwatch::start();
        let frames: Vec<Vec<u8>> = self
            .senders
            .iter()
            .zip(&day.sheets)
            .map(|(sender, sheet)| sender.frame(vec![sheet.clone()]))
            .collect();
        self.signing += signing.seconds();
        let address = [self.relay.url()];
        let before = self.relay.carried();
        let mut answers = Vec::with_capacity(frames.len());
        let watch = Stopwatch::start();
        for frame in &frames {
            let post = || self.client.post(&address, "/v1/sync", frame);
            answers.push(self.tally.posts.time(post));
        }
        self.tally.seconds += watch.seconds();
        self.tally.after += self.server.as_ref().map_or(0.0, |server| at_rest(server.pid()));
        self.tally.carried(before, &self.relay);
        self.tally.requests += frames.len();
        for (sender, answer) in self.senders.iter_mut().zip(answers) {
            sender.heard(&answer);
        }
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }

    fn held(&mut self) -> BTreeSet<MarkId> {
        match self.place.database() {
            None => {
                let file = self.place.data().join("communes/ville.db");
                let db = Connection::open(file).expect(FINE);
                let mut query = db.prepare("select id from mark").expect(FINE);
                let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect(FINE);
                rows.map(|id| MarkId::from_slice(&id.expect(FINE)).expect(FINE))
                    .collect()
            }
            Some(database) => {
                let sql = "select id from commune_ville.mark";
                let rows = database.client().query(sql, &[]).expect(FINE);
                rows.iter()
                    .map(|row| MarkId::from_slice(row.get(0)).expect(FINE))
                    .collect()
            }
        }
    }
}

/// A server that puts JSON into rows.
pub(crate) struct Rows {
    place: Place,
    file: PathBuf,
    /// Kept, as it serves.
    _server: Serving,
    relay: Relay,
    client: Client,
    tally: Tally,
}

impl Rows {
    pub(crate) fn over(place: Place) -> Self {
        let file = place.data().with_file_name("floor.db");
        let server = match place.database() {
            None => Serving::start(floor::router(&file)),
            Some(database) => Serving::start(floor_postgres::router(database, 1)),
        };
        let relay = Relay::to(server.address.trim_start_matches("http://"));
        Self {
            place,
            file,
            _server: server,
            relay,
            client: Client::new(),
            tally: Tally::default(),
        }
    }
}

impl Party for Rows {
    fn name(&self) -> String {
        format!("JSON to rows, {}", self.place.engine())
    }

    fn take(&mut self, day: &Day) {
        let address = [self.relay.url()];
        let before = self.relay.carried();
        let watch = Stopwatch::start();
        for body in &day.bodies {
            let post = || self.client.post(&address, "/rows", body);
            self.tally.posts.time(post);
        }
        self.tally.seconds += watch.seconds();
        self.tally.carried(before, &self.relay);
        self.tally.requests += day.bodies.len();
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }

    fn held(&mut self) -> BTreeSet<MarkId> {
        let ids: Vec<String> = match self.place.database() {
            None => {
                let db = Connection::open(&self.file).expect(FINE);
                let mut query = db.prepare("select id from mark").expect(FINE);
                let rows = query.query_map([], |row| row.get(0)).expect(FINE);
                rows.map(|id| id.expect(FINE)).collect()
            }
            Some(database) => {
                let rows = database
                    .client()
                    .query("select id from floor.mark", &[])
                    .expect(FINE);
                rows.iter().map(|row| row.get(0)).collect()
            }
        };
        ids.iter().map(|id| id.parse().expect(FINE)).collect()
    }
}

/// Tablets that hold their marks in PouchDB already; servers of several parties may be fed from them.
pub(crate) type Pouches = Rc<RefCell<Pouch>>;

/// express-pouchdb, to which tablets replicate their month, one after the other.
pub(crate) struct Peer {
    pouches: Pouches,
    batch: usize,
    tablets: Vec<Enrolled>,
    server: Couch,
    relay: Relay,
    tally: Tally,
    /// Kept, as its files lie there.
    _folder: TempDir,
}

/// The local database of a tablet.
pub(crate) fn local(nth: usize) -> String {
    format!("tablet-{nth}")
}

impl Peer {
    pub(crate) fn over(pouches: &Pouches, batch: usize, tablets: &[Enrolled]) -> Self {
        let folder = folder();
        let server = Couch::start(&folder.path().join("server"));
        Self {
            pouches: Rc::clone(pouches),
            batch,
            tablets: tablets.to_vec(),
            relay: Relay::to(&server.address()),
            server,
            tally: Tally::default(),
            _folder: folder,
        }
    }

    fn database(&self, site: usize) -> String {
        format!("{}/site-{site}", self.relay.url())
    }

    /// The tablets of the first sites fetch what the others of their site did; answers what that took, and how many
    /// documents came.
    pub(crate) fn pull(&self, sites: usize) -> (Tally, usize) {
        let (mut tally, mut came) = (Tally::default(), 0);
        let before = self.relay.carried();
        for (nth, tablet) in self.tablets.iter().enumerate() {
            if tablet.of < sites {
                let from = self.database(tablet.of);
                let done = self.pouches.borrow_mut().pull(&local(nth), &from, self.batch);
                tally.add(&done);
                came += done.written;
            }
        }
        tally.carried(before, &self.relay);
        (tally, came)
    }
}

impl Party for Peer {
    fn name(&self) -> String {
        format!("PouchDB, batches of {}", self.batch)
    }

    fn take(&mut self, day: &Day) {
        let (turn, turns) = day.turn;
        let before = self.relay.carried();
        for nth in self.tablets.len() * turn / turns..self.tablets.len() * (turn + 1) / turns {
            let to = self.database(self.tablets[nth].of);
            let done = self
                .pouches
                .borrow_mut()
                .push(&local(nth), &to, self.batch, "both");
            self.tally.add(&done);
        }
        self.tally.after += at_rest(self.server.pid());
        self.tally.carried(before, &self.relay);
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }

    fn held(&mut self) -> BTreeSet<MarkId> {
        let sites: BTreeSet<usize> = self.tablets.iter().map(|tablet| tablet.of).collect();
        let mut all = BTreeSet::new();
        for site in sites {
            all.extend(self.pouches.borrow_mut().list(&self.database(site)));
        }
        all
    }
}
