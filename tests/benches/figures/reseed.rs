//! A server goes back to before it all: what its tablets then give it again, against the first time they did. A month
//! of one site, and of a town; under the old branch, as after a copy of the disk, and under a new one, as after a restore.

use std::fs;
use std::sync::{Arc, Mutex};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use shared::codec::Minute;
use shared::ids::{BranchId, ChildId, MarkId, ReservationId, mint};
use shared::operation::{Actor, Body, Cause, Channel, ReservationLine};
use shared::time::UtcMs;
use sync_server::clock::{Stopwatch, random};
use sync_server::corridor::journal;
use system_tests::town::copy;
use tablet_replica::clock::{Clock, Hands};
use tablet_replica::sync::run;
use tablet_replica::{Tablet, Target};
use tempfile::TempDir;
use test_postgres::Database;
use uuid::Uuid;

use crate::backlog::count;
use crate::hosts::{Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::peers::at_rest;
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, morning, put_child, site};
use crate::workload::{CHILDREN, MARKS, TABLETS};
use crate::{Scale, floor_postgres};

/// Days of a month.
const DAYS: u64 = 26;
/// Sites of a town.
const SITES: usize = 40;
/// Days of reservations that the lists tell, from the day on which everybody comes home.
const BOOKED: u64 = 14;
/// Rounds of exchanges after which nothing may be left to say.
const ROUNDS: usize = 8;
/// Between two taps, in ms, as in the workload of the others.
const APART_MS: u64 = 20_000;

/// A month of one site, then of a town, on either engine.
pub(crate) fn measure(scale: Scale) -> Vec<Figure> {
    let days = scale.days.unwrap_or(DAYS);
    let towns = match scale.sites {
        Some(sites) => vec![sites],
        None => vec![1, SITES],
    };
    let places: [fn() -> Place; 2] = [Place::files, Place::postgres];
    let one = |sites: usize| places.map(move |place| (place, sites));
    let all = towns.into_iter().flat_map(one);
    all.flat_map(|(place, sites)| Month::pointed(place(), sites, days).figures())
        .collect()
}

/// What all tablets together needed until nothing was left to say.
#[derive(Clone, Copy, Default)]
struct Cost {
    seconds: f64,
    after: f64,
    up: u64,
    down: u64,
    trips: u32,
}

impl Cost {
    fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.up += other.up;
        self.down += other.down;
        self.trips += other.trips;
    }
}

/// Where a copy of the server lies.
enum Kept {
    Folder,
    Database(Database),
}

/// A server that knows its tablets and nothing else, and tablets with a month behind them.
struct Month {
    place: Place,
    kept: Kept,
    copies: TempDir,
    homes: TempDir,
    hands: &'static Hands,
    days: u64,
    sites: usize,
    port: u16,
}

impl Month {
    fn pointed(place: Place, sites: usize, days: u64) -> Self {
        let town = Town::founded_in(&place, sites, 0);
        let home_from = monday().checked_add_days(Days::new(days)).expect(FINE);
        people(&town, sites, home_from);
        let (homes, copies, client) = (folder(), folder(), Client::new());
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(morning())));
        let port = free_port();
        let address = format!("http://127.0.0.1:{port}");
        {
            let server = Serving::start_on(town.router(), port);
            assert_eq!(server.address, address);
            for n in 0..sites * TABLETS {
                hands.set(morning());
                let tablet = Tablet::open(&homes.path().join(n.to_string()), Clock::of(hands)).expect(FINE);
                let tablet = Arc::new(Mutex::new(tablet));
                let code = town.code(site(n / TABLETS));
                let enrolled =
                    tablet_replica::sync::enrol(&tablet, &client.transport, &address, &code, "tablette");
                client.runtime.block_on(enrolled).expect(FINE);
                client
                    .runtime
                    .block_on(run(&tablet, &client.transport))
                    .expect(FINE);
            }
        }
        drop(town);
        let memory = memory();
        for n in 0..sites * TABLETS {
            // In memory nobody waits for a disk: a month of taps is not what is measured here.
            let (home, aside) = (
                homes.path().join(n.to_string()),
                memory.path().join(n.to_string()),
            );
            copy(&home, &aside);
            let mut tablet = Tablet::open(&aside, Clock::of(hands)).expect(FINE);
            for day in 0..days {
                hands.set(morning().plus_ms(i64::try_from(day).expect(FINE) * 86_400_000));
                let date = monday().checked_add_days(Days::new(day)).expect(FINE);
                point(&mut tablet, hands, n, date);
            }
            drop(tablet);
            fs::remove_dir_all(&home).expect(FINE);
            copy(&aside, &home);
            fs::remove_dir_all(&aside).expect(FINE);
        }
        hands.set(morning().plus_ms(i64::try_from(days).expect(FINE) * 86_400_000));
        let kept = match place.database() {
            None => Kept::Folder,
            Some(database) => Kept::Database(database.copy()),
        };
        copy(&place.data(), &copies.path().join("data"));
        Self {
            place,
            kept,
            copies,
            homes,
            hands,
            days,
            sites,
            port,
        }
    }

    /// The server is as it was before the month; with a fork, it says so.
    fn set_back(&self, fork: bool) {
        fs::remove_dir_all(self.place.data()).expect(FINE);
        copy(&self.copies.path().join("data"), &self.place.data());
        if let (Kept::Database(kept), Some(database)) = (&self.kept, self.place.database()) {
            database.put_back(kept);
        }
        if !fork {
            return;
        }
        let host = self.place.host();
        let commune = host.commune("ville").expect(FINE);
        let branch = BranchId(Uuid::from_bytes(random()));
        let now = self.now();
        commune
            .store
            .write(move |tx| journal::fork_branch(tx, branch, now))
            .expect(FINE);
        let body = Body::BeginRecovery {
            cause: Cause::Restored,
            source: "banc d’essai".into(),
            restored_to: None,
            withdrawals_read: true,
        };
        commune
            .submit(commune.operation(Actor::Host, Channel::Command, body))
            .expect(FINE);
    }

    fn now(&self) -> UtcMs {
        morning().plus_ms(i64::try_from(self.days).expect(FINE) * 86_400_000)
    }

    /// Every tablet exchanges in turn until nobody has anything to say.
    fn comes_home(&self) -> Cost {
        let server = Process::start_at(&self.place, self.port, self.now());
        server.surveyed(1);
        // A connection that was kept to the server of before leads nowhere.
        let client = Client::new();
        let mut cost = Cost::default();
        let mut quiet = false;
        for _ in 0..ROUNDS {
            quiet = true;
            let mut round = Cost::default();
            for n in 0..self.sites * TABLETS {
                let home = self.homes.path().join(n.to_string());
                let tablet = Arc::new(Mutex::new(
                    Tablet::open(&home, Clock::of(self.hands)).expect(FINE),
                ));
                let watch = Stopwatch::start();
                let outcome = client
                    .runtime
                    .block_on(run(&tablet, &client.transport))
                    .expect(FINE);
                round.seconds += watch.seconds();
                round.up += outcome.bytes_up;
                round.down += outcome.bytes_down;
                round.trips += outcome.round_trips;
                quiet &= (outcome.round_trips, outcome.accepted, outcome.received) == (1, 0, 0);
            }
            // The last round, in which nobody finds anything, costs the same in either case and is not counted.
            if quiet {
                break;
            }
            cost.add(round);
        }
        assert!(quiet, "something is left to say after {ROUNDS} rounds");
        cost.after = at_rest(server.pid());
        drop(server);
        let held = match self.place.database() {
            None => count(&self.place.data().join("communes/ville.db")),
            Some(database) => floor_postgres::count(database, "commune_ville"),
        };
        assert_eq!(held, self.marks(), "every mark is there");
        cost
    }

    fn marks(&self) -> usize {
        usize::try_from(self.days).expect(FINE) * self.sites * TABLETS * MARKS
    }

    fn figures(&self) -> Vec<Figure> {
        let first = self.comes_home();
        let mut figures = Vec::new();
        for (fork, how) in [(false, "the same branch"), (true, "a new branch")] {
            self.set_back(fork);
            let again = self.comes_home();
            let name = format!(
                "re-seeding {} site(s) × {} days, {}, {how}",
                self.sites,
                self.days,
                self.place.engine()
            );
            let told = |cost: Cost| {
                format!(
                    "{:.2} s, {} bytes up, {} bytes down, {} trips, {:.1} s of work after the last answer",
                    cost.seconds, cost.up, cost.down, cost.trips, cost.after
                )
            };
            let note = format!(
                "{name}: {} marks of {} tablets: {}; the first time: {}",
                self.marks(),
                self.sites * TABLETS,
                told(again),
                told(first)
            );
            let mut seconds = (Samples::default(), Samples::default());
            seconds.0.add(again.seconds);
            seconds.1.add(first.seconds);
            let mut bytes = (Samples::default(), Samples::default());
            bytes.0.count((again.up + again.down) as f64 / 1024.0);
            bytes.1.count((first.up + first.down) as f64 / 1024.0);
            figures.push(figure(format!("{name}: time"), Unit::Ms, seconds, vec![note]));
            figures.push(figure(format!("{name}: bytes"), Unit::Kib, bytes, Vec::new()));
        }
        figures
    }
}

fn figure(name: String, unit: Unit, (ours, floor): (Samples, Samples), notes: Vec<String>) -> Figure {
    Figure {
        name,
        unit,
        ours,
        floor,
        goal: None,
        notes,
    }
}

/// The child that stands at this place of a site's list.
fn of_site(site: usize, nth: usize) -> ChildId {
    child(site * CHILDREN + nth)
}

/// Two hundred children for each site, booked for the days after everybody came home.
fn people(town: &Town, sites: usize, from: NaiveDate) {
    let submit = |bodies: Vec<Body>| {
        let make = |body| town.commune.operation(Actor::Host, Channel::Command, body);
        town.commune
            .submit_all(bodies.into_iter().map(make).collect())
            .expect(FINE);
    };
    let dates: Vec<NaiveDate> = (0..BOOKED)
        .map(|day| from.checked_add_days(Days::new(day)).expect(FINE))
        .filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    for nth in 0..sites {
        submit((0..CHILDREN).map(|n| put_child(nth * CHILDREN + n)).collect());
        for date in &dates {
            let lines = (0..CHILDREN).map(|n| ReservationLine {
                id: ReservationId(mint(morning(), random())),
                child: of_site(nth, n),
                activity: EVENING,
                site: site(nth),
                date: *date,
                formula: None,
                group: None,
                sitting: None,
                table: None,
                expected_in: Some(Minute::new(16, 30)),
                expected_out: Some(Minute::new(18, 0)),
                comes_from: None,
                goes_to: None,
                household: None,
            });
            submit(vec![Body::Reserve {
                lines: lines.collect(),
            }]);
        }
    }
}

/// A tablet's share of a day: a third of the arrivals, departures and corrections of its site.
fn point(tablet: &mut Tablet, hands: &Hands, n: usize, date: NaiveDate) {
    let target = Target {
        site: site(n / TABLETS),
        date,
        activity: EVENING,
    };
    let mut made: Vec<MarkId> = Vec::with_capacity(MARKS);
    for tap in (0..2 * CHILDREN).filter(|tap| tap % TABLETS == n % TABLETS) {
        hands.pass(APART_MS);
        let who = of_site(n / TABLETS, tap % CHILDREN);
        let mark = if tap < CHILDREN {
            tablet.arrive(target, who, None, None)
        } else {
            tablet.leave(target, who, None)
        };
        made.push(mark.expect(FINE));
    }
    for nth in 0..MARKS - made.len() {
        hands.pass(APART_MS);
        let at = tablet.now().plus_ms(-3_600_000);
        tablet.correct(made[nth * 3], at, None).expect(FINE);
    }
}

/// A folder in memory, where the machine has one.
fn memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| folder())
}

/// A port that nobody listens on: the server comes back where it was.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect(FINE);
    listener.local_addr().expect(FINE).port()
}
