//! Whether what comes in costs the same when much lies there already: a month's POSTs on one, three and ten times the
//! history, and one more tap on a window of nine days and of ninety. The stores take turns, day by day and tap by tap.

use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate};
use shared::ids::DeviceId;
use shared::sign::SigningKey;
use shared::wire::SheetUp;
use sync_server::clock::random;
use tablet_replica::sync::run;
use tablet_replica::{Tablet, Target};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Scale;
use crate::backlog::Sender;
use crate::hosts::{Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::peers::at_rest;
use crate::town::{Client, EVENING, FINE, Town, child, folder, monday, site, tablet_of};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};

/// Days of a month.
const MONTH: u64 = 26;
/// Sites: with the three tablets of each, a month is 43,680 marks.
const SITES: usize = 4;
/// Months that lie there already. Ten are a school year.
const MONTHS: [u64; 3] = [1, 3, 10];
/// Days in the window of a tablet before it taps: the window is ninety days long.
const WINDOWS: [u64; 2] = [9, 90];
/// Taps that are handed in one by one.
const TAPS: usize = 200;
/// More than this times the cost of the small store is not flat.
const FLAT: f64 = 1.2;

/// A tablet by its id and key; all stores know the same.
struct Enrolled {
    site: usize,
    nth: usize,
    device: DeviceId,
    key: SigningKey,
    made: u64,
}

impl Enrolled {
    fn of(sites: usize) -> Vec<Self> {
        let all = (0..sites).flat_map(|site| (0..TABLETS).map(move |nth| (site, nth)));
        let one = |(site, nth)| Self {
            site,
            nth,
            device: DeviceId(Uuid::from_bytes(random())),
            key: SigningKey::from_seed(&random()),
            made: 0,
        };
        all.map(one).collect()
    }

    fn day(&mut self, date: NaiveDate) -> SheetUp {
        let day = TabletDay::of(sheet(site(self.site), date), self.nth, self.device, self.made);
        self.made += MARKS as u64;
        day.sheet_up()
    }
}

/// A server with its store, and the tablets that feed it.
struct Store {
    server: Process,
    senders: Vec<Sender>,
    samples: Samples,
    /// Seconds of work after answers.
    after: f64,
    /// Kept for its files and its tablets' codes.
    town: Town,
    place: Place,
}

impl Store {
    fn over(place: Place, sites: usize, children: usize, tablets: &[Enrolled], client: &Client) -> Self {
        let town = Town::founded_in(&place, sites, children);
        for tablet in tablets {
            town.enrol(site(tablet.site), tablet.device, &tablet.key);
        }
        let server = Process::start(&place);
        let address = [format!("http://{}", server.address())];
        let met = |tablet: &Enrolled| {
            let title = (tablet.device, tablet.key.clone());
            Sender::met(site(tablet.site), tablet.nth, title, client, &address)
        };
        let senders = tablets.iter().map(met).collect();
        Self {
            server,
            senders,
            samples: Samples::default(),
            after: 0.0,
            town,
            place,
        }
    }

    /// Every tablet hands in its sheet of a day, on that day.
    fn take(&mut self, client: &Client, date: NaiveDate, sheets: &[SheetUp]) {
        let address = [format!("http://{}", self.server.address())];
        for (sender, sheet) in self.senders.iter_mut().zip(sheets) {
            let frame = sender.frame_of(date, vec![sheet.clone()]);
            let answer = self.samples.time(|| client.post(&address, "/v1/sync", &frame));
            sender.heard(&answer);
        }
    }
}

/// Makes an empty place of either engine.
const PLACES: [fn() -> Place; 2] = [Place::files, Place::postgres];

/// A month on stores of different age.
pub(crate) fn months(scale: Scale) -> Vec<Figure> {
    let (month, sites) = (scale.days.unwrap_or(MONTH), scale.sites.unwrap_or(SITES));
    let client = Client::new();
    let mut tablets = Enrolled::of(sites);
    let mut stores: Vec<(u64, Store)> = Vec::new();
    for place in PLACES {
        for months in MONTHS {
            stores.push((months, Store::over(place(), sites, 0, &tablets, &client)));
        }
    }
    let oldest = MONTHS[MONTHS.len() - 1] * month;
    for day in 0..oldest + month {
        let before = oldest + month - day;
        let date = monday().checked_sub_days(Days::new(before)).expect(FINE);
        let sheets: Vec<SheetUp> = tablets.iter_mut().map(|tablet| tablet.day(date)).collect();
        let measured = before <= month;
        // Who goes first changes from day to day.
        let shift = day as usize % stores.len();
        stores.rotate_left(shift);
        for (months, store) in &mut stores {
            if before > (*months + 1) * month {
                continue;
            }
            if before == month {
                store.samples = Samples::default();
            }
            store.take(&client, date, &sheets);
            if measured {
                store.after += at_rest(store.server.pid());
            }
        }
        stores.rotate_right(shift);
    }
    let marks = month as usize * sites * TABLETS * MARKS;
    let mut figures = Vec::new();
    for of_engine in stores.chunks(MONTHS.len()) {
        let (_, young) = &of_engine[0];
        for (months, store) in &of_engine[1..] {
            let engine = store.place.engine();
            let [p50, young_p50] =
                [store, young].map(|store| store.samples.quantile(0.5) * 1e3 / MARKS as f64);
            let name = format!("a month's POST, {engine}, on {months} times the history");
            let note = format!(
                "{name}: {p50:.1} µs a mark at the median where {} marks lie already, {young_p50:.1} µs where {marks} do; \
                 the servers went on working after their answers for {:.1} s and {:.1} s",
                *months as usize * marks,
                store.after,
                young.after,
            );
            figures.push(figure(name, &store.samples, &young.samples, note));
        }
    }
    figures
}

fn figure(name: String, old: &Samples, young: &Samples, note: String) -> Figure {
    Figure {
        name,
        ours: old.clone(),
        floor: young.clone(),
        goal: Some(FLAT),
        unit: Unit::Ms,
        notes: vec![note],
    }
}

/// A tablet with its window behind it.
struct Tapping {
    store: Store,
    tablet: Arc<Mutex<Tablet>>,
    taps: Samples,
    exchanges: Samples,
    up: u64,
    /// Its files.
    _home: TempDir,
}

impl Tapping {
    fn after(days: u64, place: Place, client: &Client) -> Self {
        let mut tablets = Enrolled::of(1);
        let mut store = Store::over(place, 1, TAPS, &tablets, client);
        for day in 0..days {
            let date = monday().checked_sub_days(Days::new(days - day)).expect(FINE);
            let sheets: Vec<SheetUp> = tablets.iter_mut().map(|tablet| tablet.day(date)).collect();
            store.take(client, date, &sheets);
        }
        let home = folder();
        let address = format!("http://{}", store.server.address());
        let tablet = tablet_of(home.path(), &store.town, &address, client);
        at_rest(store.server.pid());
        Self {
            store,
            tablet,
            taps: Samples::default(),
            exchanges: Samples::default(),
            up: 0,
            _home: home,
        }
    }

    fn tap(&mut self, nth: usize, client: &Client) {
        let target = Target {
            site: site(0),
            date: monday(),
            activity: EVENING,
        };
        let tap = || {
            let mut tablet = self.tablet.lock().expect(FINE);
            tablet.arrive(target, child(nth), None, None).expect(FINE)
        };
        self.taps.time(tap);
        let exchange = || client.runtime.block_on(run(&self.tablet, &client.transport));
        let outcome = self.exchanges.time(exchange).expect(FINE);
        assert_eq!(
            (outcome.round_trips, outcome.accepted),
            (1, 1),
            "one tap was handed in"
        );
        self.up = self.up.max(outcome.bytes_up);
    }
}

/// One more tap, behind a short window and a whole one.
pub(crate) fn taps(scale: Scale) -> Vec<Figure> {
    let client = Client::new();
    let mut figures = Vec::new();
    for place in PLACES {
        let windows = WINDOWS.map(|days| {
            scale
                .days
                .map_or(days, |wanted| days.min(wanted * days / MONTH).max(1))
        });
        let [mut young, mut old] = windows.map(|days| Tapping::after(days, place(), &client));
        for nth in 0..TAPS {
            let mut both = [&mut young, &mut old];
            both.rotate_left(nth % 2);
            for tapping in both {
                tapping.tap(nth, &client);
            }
        }
        let [short, long] = windows;
        let engine = old.store.place.engine();
        let held = |days: u64| days as usize * TABLETS * MARKS;
        let name = format!("one more tap handed in, {engine}, {long} days in the window against {short}");
        let note = format!(
            "{name}: {} marks in the window against {}; at most {} and {} bytes up",
            held(long),
            held(short),
            old.up,
            young.up
        );
        figures.push(figure(name, &old.exchanges, &young.exchanges, note));
        let name = format!("the tap itself, {engine}, {long} days in the window against {short}");
        let note = format!("{name}: from the call to the tablet until it is durable there");
        figures.push(figure(name, &old.taps, &young.taps, note));
    }
    figures
}
