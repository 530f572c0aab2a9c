//! All tablets of a host return at once, each with a month, while one of another school taps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use chrono::Days;
use shared::codec::encode;
use shared::wire::{Signed, SyncRequest, Verdict, hints};
use sync_server::clock::Stopwatch;
use system_tests::clock::pause;
use system_tests::device::response_in;
use tablet_replica::Target;
use tablet_replica::sync::run;
use tablet_replica::sync::transport::{Said, Transport};

use crate::backlog::count;
use crate::hosts::{Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Town, child, folder, monday, site, tablet_of};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};
use crate::{Scale, floor_postgres};

/// Sites that return, each with three tablets.
const SITES: usize = 40;
/// Days that each tablet brings.
const DAYS: u64 = 26;
/// Taps before the storm, and children who can be tapped in all.
const QUIET_TAPS: usize = 100;
/// Between two taps: a hand that hurries.
const HAND: Duration = Duration::from_millis(100);
/// Taps at most: a storm that lasts longer is watched no further.
const CHILDREN: usize = 2_000;

pub(crate) fn measure(scale: Scale) -> Vec<Figure> {
    let (sites, days) = (scale.sites.unwrap_or(SITES), scale.days.unwrap_or(DAYS));
    let on = |place: &Place| one(place, sites, days);
    [Place::files(), Place::postgres()].iter().map(on).collect()
}

fn one(place: &Place, sites: usize, days: u64) -> Figure {
    let tablets = sites * TABLETS;
    // The first site is the tapping tablet's.
    let town = Town::founded_in(place, sites + 1, CHILDREN);
    let returning: Vec<Vec<u8>> = (0..tablets).map(|n| weeks(&town, n, days)).collect();
    let server = Process::start(place);
    server.surveyed(1);
    let address = format!("http://{}", server.address());
    let client = Client::new();
    let home = folder();
    let tablet = tablet_of(home.path(), &town, &address, &client);
    let target = Target {
        site: site(0),
        date: monday(),
        activity: EVENING,
    };
    let mut taps = 0;
    let mut tap = |samples: &mut Samples| {
        let mark = tablet.lock().expect(FINE).arrive(target, child(taps), None, None);
        mark.expect(FINE);
        taps += 1;
        let outcome = samples.time(|| client.runtime.block_on(run(&tablet, &client.transport)));
        assert_eq!(outcome.expect("a tap of the day is taken").accepted, 1);
        pause(HAND);
    };
    let (mut quiet, mut during) = (Samples::default(), Samples::default());
    for _ in 0..QUIET_TAPS {
        tap(&mut quiet);
    }
    let storm = Arc::new(Storm::default());
    let watch = Stopwatch::start();
    let returned = {
        let (storm, address) = (Arc::clone(&storm), address.clone());
        std::thread::spawn(move || storm.breaks(&address, returning))
    };
    let mut watched = 0;
    while !storm.over.load(Ordering::Acquire) && watched < CHILDREN - QUIET_TAPS {
        tap(&mut during);
        watched += 1;
    }
    returned.join().expect(FINE);
    let seconds = watch.seconds();
    let held = match place.database() {
        None => count(&place.data().join("communes/ville.db")),
        Some(database) => floor_postgres::count(database, "commune_ville"),
    };
    let brought = tablets * days as usize * MARKS;
    assert_eq!(held, brought + QUIET_TAPS + watched, "every mark is in");
    let name = format!(
        "a tap of the day handed in while {} tablets return, {}",
        tablets,
        place.engine()
    );
    let note = format!(
        "{name} (beside the same without them): {brought} marks of {days} days came back in {seconds:.1} s; {} requests were \
         sent away and came back when they were told; {watched} taps meanwhile, none was sent away",
        storm.refused.load(Ordering::Relaxed)
    );
    Figure {
        name,
        ours: during,
        floor: quiet,
        goal: None,
        unit: Unit::Ms,
        notes: vec![note],
    }
}

/// What one tablet brings, in one request.
fn weeks(town: &Town, n: usize, days: u64) -> Vec<u8> {
    let site = site(1 + n / TABLETS);
    let (device, key) = town.enrolled(site);
    let dates = (1..=days)
        .rev()
        .map(|day| monday().checked_sub_days(Days::new(day)).expect(FINE));
    let sheets = dates
        .zip((0..).step_by(MARKS))
        .map(|(date, before)| TabletDay::of(sheet(site, date), n % TABLETS, device, before).sheet_up())
        .collect();
    let request = SyncRequest {
        owed: None,
        unite: None,
        held: None,
        returned: None,
        addresses: None,
        version: None,
        commune: "ville".parse().expect(FINE),
        device,
        known: None,
        cursor: 0,
        from: monday().checked_sub_days(Days::new(90)).expect(FINE),
        lists_to: 0,
        sheets,
        credential: None,
        withdrawals: None,
        compare: None,
        proof: None,
    };
    encode(&Signed::new(&request, &key))
}

#[derive(Default)]
struct Storm {
    refused: AtomicUsize,
    over: AtomicBool,
}

impl Storm {
    /// All tablets come at once, on one thread; each comes back when it is told.
    fn breaks(self: &Arc<Self>, address: &str, returning: Vec<Vec<u8>>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect(FINE);
        let transport = Transport::new().expect(FINE);
        runtime.block_on(async {
            let tablets: Vec<_> = returning
                .into_iter()
                .map(|body| {
                    let (storm, transport) = (Arc::clone(self), transport.clone());
                    let server = [address.to_owned()];
                    tokio::spawn(async move { storm.comes_back(&transport, &server, &body).await })
                })
                .collect();
            for tablet in tablets {
                tablet.await.expect(FINE);
            }
        });
        self.over.store(true, Ordering::Release);
    }

    async fn comes_back(&self, transport: &Transport, server: &[String], body: &[u8]) {
        let told = [
            (hints::COMMUNE, "ville".to_owned()),
            (hints::BACKLOG, DAYS.to_string()),
        ];
        loop {
            match transport.post_with(server, "/v1/sync", body, &told).await {
                Ok(answer) => {
                    let taken = response_in(&answer).taken;
                    assert!(taken.iter().all(|taken| taken.verdict == Verdict::Accepted));
                    return;
                }
                Err(Said::Later { after_s, .. }) => {
                    self.refused.fetch_add(1, Ordering::Relaxed);
                    let seconds = after_s.expect("it says for how long");
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                Err(said) => panic!("{said:?}"),
            }
        }
    }
}
