//! One more tap, handed in when everything before has been.

use sync_server::clock::random;
use tablet_replica::Target;
use tablet_replica::sync::run;

use crate::floor::{self, TwoRows};
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, site, tablet};

/// Taps handed in before.
const BEFORE: usize = 200;
/// Taps handed in one by one.
const ROUNDS: usize = 200;
/// Bytes up that one tap may cost.
const GOAL_UP: u64 = 600;

pub(crate) fn measure() -> Vec<Figure> {
    let town = Town::founded(1, BEFORE + ROUNDS);
    let (server, client) = (Serving::start(town.router()), Client::new());
    let home = folder();
    let tablet = tablet(home.path(), &town, &server, &client);
    let target = Target {
        site: site(0),
        date: monday(),
        activity: EVENING,
    };
    let tap = |n| {
        tablet
            .lock()
            .expect(FINE)
            .arrive(target, child(n), None, None)
            .expect(FINE)
    };
    let exchange = || {
        client
            .runtime
            .block_on(run(&tablet, &client.transport))
            .expect(FINE)
    };
    for n in 0..BEFORE {
        tap(n);
    }
    exchange();
    let bare = Serving::start(floor::router(&town.folder.path().join("floor.db")));
    let bare_at = [bare.address.clone()];
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    let (mut taps, mut bare_taps) = (Samples::default(), Samples::default());
    let mut file = TwoRows::open(&town.folder.path().join("two-rows.db"));
    let (mut requests, mut up, mut down) = (0, 0, 0);
    for n in BEFORE..BEFORE + ROUNDS {
        taps.time(|| tap(n));
        bare_taps.time(|| file.write(&random(), &[0x5a; 86], &[0xa5; 198]));
        let outcome = ours.time(exchange);
        assert_eq!(
            (outcome.accepted, outcome.received),
            (1, 0),
            "one tap was handed in"
        );
        requests = requests.max(outcome.round_trips);
        up = up.max(outcome.bytes_up);
        down = down.max(outcome.bytes_down);
        let (frame, path) = (
            vec![0; outcome.bytes_up as usize],
            format!("/echo/{}", outcome.bytes_down),
        );
        floor.time(|| client.post(&bare_at, &path, &frame));
    }
    let verdict = if requests == 1 && up <= GOAL_UP {
        "met"
    } else {
        "MISSED"
    };
    let note = format!(
        "one more tap: at most {requests} request, {up} bytes up, {down} bytes down (goal 1 request, ≤ {GOAL_UP} bytes up: {verdict}); \
         two commits, the server's and the tablet's, against one"
    );
    let after = format!(
        "tap after an exchange: the sheet grows from {BEFORE} marks to {}",
        BEFORE + ROUNDS
    );
    vec![
        Figure {
            name: "one more tap handed in".into(),
            ours,
            floor,
            goal: None,
            unit: Unit::Ms,
            notes: vec![note],
        },
        Figure {
            name: "the first tap after an exchange".into(),
            ours: taps,
            floor: bare_taps,
            goal: None,
            unit: Unit::Ms,
            notes: vec![after],
        },
    ]
}
