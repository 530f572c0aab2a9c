//! A tap as the window makes it: from the command until its answer is worded, on a long list; and
//! what thirty arrivals and thirty departures weigh on the line.

use chrono::Days;
use shared::screen::{Deed, ListRef, Tap, TapMany};
use tablet_replica::app::App;
use tablet_replica::clock::Clock;

use crate::floor::TwoRows;
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, morning, site, tablet};

/// Children on the list.
const CHILDREN: usize = 400;
/// Children whose morning is weighed.
const WEIGHED: usize = 30;
/// A mark and its change, in bytes: see the figure of the durable tap.
const SIZES: (usize, usize) = (150, 300);

fn list() -> ListRef {
    ListRef {
        site: site(0).to_string(),
        date: monday().to_string(),
        activity: EVENING.to_string(),
    }
}

fn tap(n: usize, deed: Deed) -> Tap {
    let list = list();
    Tap {
        site: list.site,
        date: list.date,
        activity: list.activity,
        child: child(n).to_string(),
        deed,
        reason: None,
        rest_of_day: false,
    }
}

pub(crate) fn measure() -> Vec<Figure> {
    let town = Town::founded(1, CHILDREN);
    let (server, client) = (Serving::start(town.router()), Client::new());
    let home = folder();
    drop(tablet(home.path(), &town, &server, &client));
    let app = App::with_clock(home.path(), Clock::starting_at(morning())).expect(FINE);
    let mut floor_file = TwoRows::open(&home.path().join("floor.db"));
    let (mark, change) = (vec![0x5a; SIZES.0], vec![0xa5; SIZES.1]);
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    let mut answer_bytes = 0;
    for turn in 0..CHILDREN * 2 {
        let (n, deed) = if turn < CHILDREN {
            (turn, Deed::In)
        } else {
            (turn - CHILDREN, Deed::Out)
        };
        ours.time(|| {
            let tapped = client.runtime.block_on(app.tap(tap(n, deed))).expect(FINE);
            answer_bytes = serde_json::to_vec(&tapped).expect(FINE).len();
            assert_eq!(tapped.rows.len(), 1, "a tap changes one row");
        });
        let id = shared::ids::mint(morning().plus_ms(turn as i64), sync_server::clock::random());
        floor.time(|| floor_file.write(id.as_bytes(), &mark, &change));
    }
    let mut many = Samples::default();
    let mut bare = Samples::default();
    for turn in 0..20 {
        let gesture = TapMany {
            list: ListRef {
                date: monday()
                    .checked_add_days(Days::new(1 + turn))
                    .expect(FINE)
                    .to_string(),
                ..list()
            },
            children: (0..WEIGHED).map(|n| child(n).to_string()).collect(),
            deed: Deed::In,
            reason: None,
        };
        many.time(|| client.runtime.block_on(app.tap_many(gesture)).expect(FINE));
        let id = shared::ids::mint(
            morning().plus_ms(9_000_000 + turn as i64),
            sync_server::clock::random(),
        );
        bare.time(|| floor_file.write(id.as_bytes(), &mark, &change));
    }
    let up = weighed(&town, &server, &client);
    vec![
        Figure {
            name: format!("tap on a list of {CHILDREN}, command to answer"),
            ours,
            floor,
            goal: None,
            unit: Unit::Ms,
            notes: vec![
                format!(
                    "gesture: the answer to a tap is {answer_bytes} bytes of JSON, one row of {CHILDREN}"
                ),
                format!(
                    "gesture: {WEIGHED} arrivals and {WEIGHED} departures sent {up} bytes (goal: at most 8192)"
                ),
            ],
        },
        Figure {
            name: format!("{WEIGHED} children in one gesture"),
            ours: many,
            floor: bare,
            goal: None,
            unit: Unit::Ms,
            notes: Vec::new(),
        },
    ]
}

/// Bytes of requests for a morning of arrivals, then an evening of departures, each handed in once.
fn weighed(town: &Town, server: &Serving, client: &Client) -> u64 {
    let home = folder();
    let shared_tablet = tablet(home.path(), town, server, client);
    let target = tablet_replica::Target {
        site: site(0),
        date: monday(),
        activity: EVENING,
    };
    let mut bytes = 0;
    for deed in [Deed::In, Deed::Out] {
        for n in 0..WEIGHED {
            let mut tablet = shared_tablet.lock().expect(FINE);
            let made = match deed {
                Deed::In => tablet.arrive(target, child(n), None, None),
                Deed::Out | Deed::Absent => tablet.leave(target, child(n), None),
            };
            made.expect(FINE);
        }
        let synced = tablet_replica::sync::run(&shared_tablet, &client.transport);
        bytes += client.runtime.block_on(synced).expect(FINE).bytes_up;
    }
    bytes
}
