//! A town, its server and its tablets in this one process, over real stores and a real socket: for tables of many cells, where a
//! process for each gesture would take minutes. Nothing of the product is replaced; only the programs' command lines are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate};
use metrics_exporter_prometheus::PrometheusBuilder;
use shared::addresses::Addresses;
use shared::codec::{Hash32, Minute};
use shared::day_list::DayList;
use shared::digest::{SheetRef, sheet_digest};
use shared::envelope::Scope;
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, MarkId, ReservationId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, Body, Capability, Cause, Channel, ChildRecord, Openness, ReservationLine,
    ServiceRecord, SiteRecord,
};
use shared::screen::{Back, ListSource};
use shared::slug::Slug;
use shared::time::UtcMs;
use shared::withdrawal::Withdrawal;
use sync_server::clock::{Clock, random};
use sync_server::commune::Commune;
use sync_server::corridor::journal;
use sync_server::host::{Host, Setup};
use sync_server::restore::rebuild::rebuild;
use sync_server::store::Row;
use sync_server::sync::{code_hash, new_code};
use sync_server::web::{App, router};
use system_tests::record::{Marks, marks_in};
use system_tests::town::copy;
use tablet_replica::store::{Db, MarkState, marks, meta};
use tablet_replica::sync::transport::Transport;
use tablet_replica::sync::{self, Outcome, SharedTablet, Trust};
use tablet_replica::{ReplicaError, Status, Tablet, Target};
use tempfile::TempDir;
use test_postgres::{Cluster, Database};
use tokio::runtime::Runtime;
use uuid::Uuid;

const FINE: &str = "the town of a test works";
/// Its short name.
const SLUG: &str = "ville";
/// The one activity.
pub(crate) const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xac));
/// Children of the town, all expected on each of the days.
pub(crate) const CHILDREN: usize = 12;

/// The nth site.
pub(crate) fn site(n: u128) -> SiteId {
    SiteId(Uuid::from_u128(0x1_0000 + n))
}

/// The nth child.
pub(crate) fn child(n: usize) -> ChildId {
    ChildId(Uuid::from_u128(0xc0_0000 + n as u128))
}

/// The nth day of a story that begins on a Monday.
pub(crate) fn date(day: u32) -> NaiveDate {
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).expect(FINE);
    monday.checked_add_days(Days::new(day.into())).expect(FINE)
}

/// That morning.
fn morning(day: u32) -> UtcMs {
    UtcMs::parse(&format!("{}T06:00:00Z", date(day))).expect(FINE)
}

/// A folder in memory where the machine has one: none of these stories is about a disk.
pub(crate) fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir());
    folder.expect(FINE)
}

/// A town's record at rest: its folder and, on PostgreSQL, its database.
pub(crate) struct Kept {
    folder: TempDir,
    database: Option<Database>,
}

impl Kept {
    /// Nothing yet, on the engine that [`test_postgres::wanted`] names.
    pub(crate) fn nothing() -> Self {
        let database = test_postgres::wanted().then(|| Cluster::shared().database());
        Self {
            database,
            ..Self::in_files()
        }
    }

    /// Nothing yet, in files.
    pub(crate) fn in_files() -> Self {
        Self {
            folder: scratch(),
            database: None,
        }
    }

    /// Another of the same; nobody may have it open.
    pub(crate) fn copied(&self) -> Self {
        let folder = scratch();
        copy(&self.data(), &folder.path().join("data"));
        Self {
            folder,
            database: self.database.as_ref().map(Database::copy),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// An empty town of the same key, elsewhere: nothing is left but that and its tablets.
    pub(crate) fn rebuilt(&self) -> Self {
        let empty = if self.database.is_some() {
            Self::nothing()
        } else {
            Self::in_files()
        };
        let host = empty.host(0);
        let key = self.data().join("keys").join(format!("{SLUG}.key"));
        rebuild(&host, &SLUG.parse().expect(FINE), &key).expect(FINE);
        rest(&host);
        empty
    }

    fn host(&self, day: u32) -> Arc<Host> {
        let mut setup = Setup::folder(&self.data());
        if let Some(database) = &self.database {
            setup.store = database.url().parse().expect(FINE);
        }
        Host::open(setup, Clock::starting_at(morning(day))).expect(FINE)
    }

    /// Founds the town: its key, and the first entry of its journal.
    pub(crate) fn found(&self) {
        let slug: Slug = SLUG.parse().expect(FINE);
        let host = self.host(0);
        host.create(&slug, "Ville d’Essai", "Europe/Paris", "mairie")
            .expect(FINE);
        rest(&host);
    }

    /// Serves it on a morning, for as long as it is looked at.
    pub(crate) fn open_for_good(self, day: u32) -> (Server, Self) {
        (self.open(day), self)
    }

    /// Serves it on a morning.
    pub(crate) fn open(&self, day: u32) -> Server {
        self.open_at("127.0.0.1:0", day)
    }

    /// The same at this address.
    pub(crate) fn open_at(&self, address: &str, day: u32) -> Server {
        let host = self.host(day);
        let commune = host.commune(SLUG).expect(FINE);
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let routes = router(App {
            host: Arc::clone(&host),
            metrics,
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect(FINE);
        let any: SocketAddr = address.parse().expect(FINE);
        let listener = runtime.block_on(tokio::net::TcpListener::bind(any)).expect(FINE);
        let address = listener.local_addr().expect(FINE).to_string();
        runtime.spawn(async move { axum::serve(listener, routes).await });
        Server {
            address,
            _runtime: runtime,
            commune,
            host,
        }
    }
}

/// A town that is served; it rests again when this goes out of scope.
pub(crate) struct Server {
    /// `host:port`.
    pub(crate) address: String,
    // In this order: who asks goes before what is asked.
    _runtime: Runtime,
    /// The town.
    pub(crate) commune: Arc<Commune>,
    host: Arc<Host>,
}

impl Drop for Server {
    fn drop(&mut self) {
        rest(&self.host);
    }
}

/// What is still to be told to other processes is told: whoever copies the database finds nobody there.
fn rest(host: &Host) {
    if let Some(pool) = host.backend().pool() {
        pool.flush();
    }
}

impl Server {
    /// What the desk writes.
    pub(crate) fn desk(&self, bodies: Vec<Body>) {
        let make = |body| self.commune.operation(Actor::Host, Channel::Command, body);
        self.commune
            .submit_all(bodies.into_iter().map(make).collect())
            .expect(FINE);
    }

    /// See [`comes_back`].
    pub(crate) fn comes_back(&self, withdrawals_read: bool) {
        comes_back(&self.commune, withdrawals_read);
    }

    /// Somebody says that the return is complete.
    pub(crate) fn signed_off(&self) {
        let query = "select branch, version from recovery";
        let row = self.commune.store.read(|tx| tx.first(query, &[])).expect(FINE);
        let row = row.expect(FINE);
        let body = Body::SignOffRecovery {
            branch: BranchId(row.uuid(0).expect(FINE)),
            note: String::new(),
        };
        let mut operation = self.commune.operation(Actor::Host, Channel::Command, body);
        operation.seen = Some(row.int(1).expect(FINE));
        self.commune.submit(operation).expect(FINE);
    }

    /// Hashes of the signed data that tablets handed back, with the tablet that brought each.
    pub(crate) fn returned(&self) -> Vec<(Hash32, DeviceId)> {
        let query = "select hash, device from returned_envelope order by hash";
        let rows = self.commune.store.read(|tx| tx.query(query, &[])).expect(FINE);
        let read = |row: &Row| (row.hash(0).expect(FINE), DeviceId(row.uuid(1).expect(FINE)));
        rows.iter().map(read).collect()
    }

    /// The tablets that are known to hold what the server holds, on the branch of now.
    pub(crate) fn agreed(&self) -> BTreeSet<DeviceId> {
        let query = "select device from device_contact
            where agreed_branch = (select id from branch where is_current = 1)";
        let rows = self.commune.store.read(|tx| tx.query(query, &[])).expect(FINE);
        rows.iter()
            .map(|row| DeviceId(row.uuid(0).expect(FINE)))
            .collect()
    }

    /// How often an operation of that kind stands in the journal.
    pub(crate) fn entries(&self, kind: &str) -> usize {
        let query = "select kind from journal order by seq";
        let rows = self.commune.store.read(|tx| tx.query(query, &[])).expect(FINE);
        rows.iter().filter(|row| row.text(0).expect(FINE) == kind).count()
    }

    /// The number of the newest entry of the journal.
    pub(crate) fn head(&self) -> u64 {
        self.commune.head().expect(FINE).seq
    }

    /// A one-time code for a tablet of these sites.
    pub(crate) fn code(&self, sites: &[SiteId]) -> String {
        let code = new_code(&self.commune.slug, random());
        self.desk(vec![Body::IssueTabletCode {
            code: code_hash(&code),
            sites: sites.to_vec(),
            expires_at: self.commune.clock.now().plus_ms(86_400_000),
        }]);
        code
    }

    /// The marks in the record, and the digests of their sheets.
    pub(crate) fn marks(&self) -> (Marks, BTreeMap<SheetRef, String>) {
        let query = "select id, value, site, date from mark order by id, nth";
        let rows = self.commune.store.read(|tx| tx.query(query, &[])).expect(FINE);
        let mut all = Marks::new();
        let mut sheets: BTreeMap<SheetRef, BTreeSet<(MarkId, Vec<u8>)>> = BTreeMap::new();
        for row in rows {
            let id = MarkId(row.uuid(0).expect(FINE));
            let value = row.bytes(1).expect(FINE);
            let sheet = SheetRef {
                site: SiteId(row.uuid(2).expect(FINE)),
                date: row.date(3).expect(FINE),
            };
            sheets.entry(sheet).or_default().insert((id, value.clone()));
            assert!(
                all.entry(id).or_default().insert(value),
                "one value stands in two rows"
            );
        }
        let digest = |marks: &BTreeSet<(MarkId, Vec<u8>)>| {
            sheet_digest(marks.iter().map(|(id, value)| (*id, &value[..]))).hex()
        };
        let sheets = sheets.iter().map(|(sheet, marks)| (*sheet, digest(marks)));
        (all, sheets.collect())
    }

    /// `verify`, which must be clean; answers how many marks it counts.
    pub(crate) fn verified(&self) -> usize {
        let report = sync_server::verify::verify(&self.commune).expect(FINE);
        assert!(report.ok, "{:#?}", report.problems);
        usize::try_from(report.marks).expect(FINE)
    }
}

/// What a restore does last: a new branch, and the operation that says why. Reservations are opened
/// again at once, so that the desk can go on.
pub(crate) fn comes_back(commune: &Commune, withdrawals_read: bool) {
    let (branch, at) = (BranchId(Uuid::from_bytes(random())), commune.clock.now());
    let forked = commune
        .store
        .write(move |tx| journal::fork_branch(tx, branch, at).map(|_| ()));
    forked.expect(FINE);
    let begins = Body::BeginRecovery {
        cause: Cause::Restored,
        source: "essai".into(),
        restored_to: None,
        withdrawals_read,
    };
    let begins = commune.operation(Actor::Host, Channel::Command, begins);
    commune.submit(begins).expect(FINE);
    let query = "select version from capability where name = 'reservation'";
    let row = commune.store.read(|tx| tx.first(query, &[])).expect(FINE);
    let open = Body::SetCapability {
        capability: Capability::Reservation,
        state: Openness::Open,
        message: String::new(),
    };
    let mut operation = commune.operation(Actor::Host, Channel::Command, open);
    operation.seen = row.map(|row| row.int(0).expect(FINE));
    commune.submit(operation).expect(FINE);
}

/// What the desk writes to set the town up: sites, the activity, children expected on four days.
pub(crate) fn set_up(sites: u128) -> Vec<Body> {
    let service = ServiceId(Uuid::from_u128(0x5e));
    let mut bodies: Vec<Body> = (0..sites).map(put_site).collect();
    bodies.push(Body::PutService {
        service: ServiceRecord {
            retired: false,
            id: service,
            slug: "periscolaire".parse().expect(FINE),
            name: "Périscolaire".into(),
        },
    });
    bodies.push(Body::PutActivity {
        activity: ActivityRecord {
            capacity: None,
            retired: false,
            id: EVENING,
            slug: "garderie-soir".parse().expect(FINE),
            name: "Garderie du soir".into(),
            service,
            mode: Mode::ArrivalDeparture,
            weekdays: 0b1_1111,
            opens: Minute::new(16, 0),
            closes: Minute::new(19, 0),
            sites: (0..sites).map(site).collect(),
            formulas: Vec::new(),
        },
    });
    bodies.extend((0..CHILDREN).map(|n| put_child(n, "Prénom")));
    let days = (0..4).flat_map(|day| (0..CHILDREN).map(move |n| reserved(n, day)));
    bodies.push(Body::Reserve {
        lines: days.collect(),
    });
    bodies
}

fn put_site(n: u128) -> Body {
    Body::PutSite {
        site: SiteRecord {
            nursery: false,
            retired: false,
            id: site(n),
            slug: format!("ecole-{n}").parse().expect(FINE),
            name: format!("École {n}"),
            school: None,
            phone: None,
        },
    }
}

/// A child of this first name.
pub(crate) fn put_child(n: usize, first_name: &str) -> Body {
    Body::PutChild {
        child: ChildRecord {
            symbol: None,
            health: None,
            left_on: None,
            reference: None,
            id: child(n),
            first_name: first_name.to_owned(),
            last_name: format!("Nom{n}"),
            born: NaiveDate::from_ymd_opt(2019, 1, 1).expect(FINE),
            school: None,
            class: None,
            households: Vec::new(),
            badges: Vec::new(),
            must_know: None,
            phone: None,
        },
    }
}

fn reserved(n: usize, day: u32) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(0xe0_0000 + 0x100 * u128::from(day) + n as u128)),
        child: child(n),
        activity: EVENING,
        site: site(0),
        date: date(day),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: Some(Minute::new(16, 30)),
        expected_out: Some(Minute::new(18, 0)),
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// One more child, expected on a day: the day's list changes.
pub(crate) fn one_more_expected(n: usize, day: u32) -> Vec<Body> {
    let line = reserved(n, day);
    vec![put_child(n, "Nouveau"), Body::Reserve { lines: vec![line] }]
}

/// A client on the thread of its caller. Each exchange opens a connection of its own, as a tablet
/// that was off line does.
pub(crate) struct Line(Runtime);

impl Line {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect(FINE);
        Self(runtime)
    }
}

/// A tablet that is switched on.
pub(crate) struct Hand {
    /// Its home folder.
    pub(crate) home: PathBuf,
    tablet: SharedTablet,
    day: u32,
}

impl Hand {
    /// Switches on the tablet of a home folder, on a morning.
    pub(crate) fn on(home: &Path, day: u32) -> Self {
        let clock = tablet_replica::clock::Clock::starting_at(morning(day));
        let tablet = Tablet::open(home, clock).expect(FINE);
        Self {
            home: home.to_owned(),
            tablet: Arc::new(Mutex::new(tablet)),
            day,
        }
    }

    /// Enrols a new one.
    pub(crate) fn enrolled(home: &Path, day: u32, server: &Server, sites: &[SiteId], line: &Line) -> Self {
        let url = format!("http://{}", server.address);
        Self::on(home, day).enrol(&url, &server.code(sites), line)
    }

    /// Enrols it with a code, at an address where it will look for the server from then on.
    pub(crate) fn enrol(self, url: &str, code: &str, line: &Line) -> Self {
        let transport = Transport::new().expect(FINE);
        let enrolled = sync::enrol(&self.tablet, &transport, url, code, "tablette");
        line.0.block_on(enrolled).expect(FINE);
        self
    }

    /// Switches it off and on again.
    pub(crate) fn restarted(self) -> Self {
        let (home, day) = (self.home.clone(), self.day);
        drop(self);
        Self::on(&home, day)
    }

    /// Copies its folder, switched off.
    pub(crate) fn copied_to(self, home: &Path) {
        let from = self.home.clone();
        drop(self);
        copy(&from, home);
    }

    /// What it says of a server that came back.
    pub(crate) fn back(&self) -> Option<Back> {
        self.tablet.lock().expect(FINE).back()
    }

    /// It was told of a withdrawal.
    pub(crate) fn carries(&self, withdrawal: &Withdrawal) {
        let db = Db::open(&self.home).expect(FINE);
        marks::put_withdrawal(db.reader(), withdrawal).expect(FINE);
    }

    /// It takes in a file.
    pub(crate) fn carried(&self, bytes: &[u8]) {
        self.tablet.lock().expect(FINE).import(bytes).expect(FINE);
    }

    /// The list of addresses it holds.
    pub(crate) fn addresses(&self) -> Option<Addresses> {
        let db = Db::open(&self.home).expect(FINE);
        meta::addresses(db.reader()).expect(FINE)
    }

    /// A list on its disk is no longer the one that was signed.
    pub(crate) fn spoils_a_list(&self, at: SiteId, day: u32) {
        let db = Db::open(&self.home).expect(FINE);
        let scope = Scope::DayList {
            site: at,
            date: date(day),
        };
        let held = marks::envelope(db.reader(), &scope, None).expect(FINE);
        let mut spoiled = held.expect(FINE);
        spoiled.header.hash = Hash32([7; 32]);
        marks::put_envelope(db.reader(), &spoiled).expect(FINE);
    }

    /// The same tablet on another morning.
    pub(crate) fn later(self, day: u32) -> Self {
        let home = self.home.clone();
        drop(self);
        Self::on(&home, day)
    }

    /// Says where the server is now, as a person does.
    pub(crate) fn given(&self, address: &str, line: &Line) -> Result<Trust, ReplicaError> {
        let transport = Transport::new().expect(FINE);
        line.0.block_on(sync::give(&self.tablet, &transport, address))
    }

    /// Tells it where the server is to be found now.
    pub(crate) fn finds(&self, address: &str) {
        let db = Db::open(&self.home).expect(FINE);
        meta::put_server_typed(db.reader(), &format!("http://{address}")).expect(FINE);
    }

    /// A child arrives at a site, on the list of a day.
    pub(crate) fn tap(&self, at: SiteId, n: usize, day: u32) -> MarkId {
        let target = Target {
            site: at,
            date: date(day),
            activity: EVENING,
        };
        let mut tablet = self.tablet.lock().expect(FINE);
        tablet.arrive(target, child(n), None, None).expect(FINE)
    }

    /// Several children arrive.
    pub(crate) fn taps(&self, at: SiteId, children: impl IntoIterator<Item = usize>, day: u32) {
        for n in children {
            self.tap(at, n, day);
        }
    }

    /// One exchange.
    pub(crate) fn exchange(&self, line: &Line) -> Result<Outcome, ReplicaError> {
        let transport = Transport::new().expect(FINE);
        line.0.block_on(sync::run(&self.tablet, &transport))
    }

    /// Its marks on the disk, with where each stands.
    pub(crate) fn marks(&self) -> BTreeMap<MarkId, (BTreeSet<Vec<u8>>, MarkState)> {
        marks_in(&self.home)
    }

    /// What it says of itself.
    pub(crate) fn status(&self) -> Status {
        self.tablet.lock().expect(FINE).status().expect(FINE)
    }

    /// Its sheets with their digests.
    pub(crate) fn sheets(&self) -> BTreeMap<SheetRef, String> {
        let sheets = self.status().sheets;
        sheets.iter().map(|one| (one.sheet, one.digest.hex())).collect()
    }

    /// Its list of a site and day.
    pub(crate) fn list(&self, at: SiteId, day: u32) -> (DayList, ListSource) {
        let tablet = self.tablet.lock().expect(FINE);
        tablet.day_list(at, date(day)).expect(FINE)
    }
}
