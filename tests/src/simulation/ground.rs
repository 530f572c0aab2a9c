//! The small commune that worlds are played in: three sites, four activities, a few children. Made once for a
//! process; each world begins with a copy.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::{Days, NaiveDate};
use shared::codec::{Hash32, Minute};
use shared::ids::{
    ActivityId, BranchId, ChildId, HouseholdId, OperationId, ReservationId, ServiceId, SiteId, mint,
};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, Body, Channel, ChildRecord, HouseholdRecord, Operation, ReservationLine,
    ServiceRecord, SiteRecord,
};
use shared::slug::Slug;
use shared::time::UtcMs;
use sync_server::clock::draw_from;
use sync_server::corridor::{self, Context, journal};
use sync_server::keys::Keys;
use sync_server::store::{Schema, Sqlite, Store};
use uuid::Uuid;

use super::scratch;
use crate::Dice;

/// Its short name.
pub(super) const SLUG: &str = "monde";
/// 23 November 2026, 7 o'clock in Paris: a Monday.
pub(super) const START: UtcMs = UtcMs(1_795_413_600_000);
const PARIS: chrono_tz::Tz = chrono_tz::Europe::Paris;

/// Children of the town.
pub(super) const CHILDREN: u32 = 9;
/// Activities, one for each way to point.
pub(super) const ACTIVITIES: u32 = 4;

pub(super) fn site(n: usize) -> SiteId {
    SiteId(Uuid::from_u128(0x1000 + n as u128))
}

pub(super) fn child(n: u32) -> ChildId {
    ChildId(Uuid::from_u128(0x2000 + u128::from(n % CHILDREN)))
}

pub(super) fn activity(n: u32) -> ActivityId {
    ActivityId(Uuid::from_u128(0x3000 + u128::from(n % ACTIVITIES)))
}

const MODES: [Mode; 4] = [
    Mode::Presence,
    Mode::ArrivalDeparture,
    Mode::DepartureOnly,
    Mode::ByException,
];

/// How each activity is pointed.
pub(super) fn modes() -> BTreeMap<ActivityId, Mode> {
    (0_u32..).map(activity).zip(MODES).collect()
}

pub(super) fn slug() -> Slug {
    SLUG.parse().expect("a slug")
}

pub(super) fn store_file(data: &Path) -> PathBuf {
    data.join("communes").join(format!("{SLUG}.db"))
}

/// The files of a fresh commune.
pub(super) fn made() -> &'static [(PathBuf, Vec<u8>)] {
    static MADE: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
    MADE.get_or_init(make)
}

/// Puts a fresh commune into a folder.
pub(super) fn lay(data: &Path) {
    for (name, bytes) in made() {
        let file = data.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
}

fn make() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = scratch::folder();
    let data = folder.path();
    let mut dice = Dice::from_seed(7);
    #[expect(clippy::disallowed_methods, reason = "a simulated world")]
    let drawn = draw_from(Box::new(move |bytes| dice.fill(bytes)));
    fs::create_dir_all(data.join("communes")).expect("a folder");
    Keys::create(&data.join("keys"), &slug()).expect("keys");
    let store = Store::new(Sqlite::open(&store_file(data), Schema::Commune).expect("a store"));
    store
        .write(|tx| {
            let branch = BranchId(Uuid::from_u128(0x9000));
            journal::begin_branch(tx, branch, START)?;
            for body in bodies() {
                let operation = Operation {
                    id: OperationId(mint(START, sync_server::clock::random())),
                    at: START,
                    actor: Actor::Host,
                    channel: Channel::Command,
                    seen: None,
                    body,
                };
                let context = Context {
                    now: START,
                    mode: corridor::Mode::Live,
                };
                corridor::submit(tx, &operation, Hash32(sync_server::clock::random()), context)?;
            }
            Ok::<_, corridor::CorridorError>(())
        })
        .expect("the commune is founded");
    drop(store);
    drop(drawn);
    let mut all = Vec::new();
    for name in [format!("communes/{SLUG}.db"), format!("keys/{SLUG}.key")] {
        let bytes = fs::read(data.join(&name)).expect("what was made");
        all.push((PathBuf::from(name), bytes));
    }
    all
}

fn bodies() -> Vec<Body> {
    let word = |text: String| text.parse::<Slug>().expect("a slug");
    let service = ServiceId(Uuid::from_u128(0x4000));
    let mut all = vec![
        Body::FoundCommune {
            slug: SLUG.into(),
            name: "Ville du Monde".into(),
            zone: "Europe/Paris".into(),
            label: "mairie".into(),
        },
        Body::PutService {
            service: ServiceRecord {
                id: service,
                slug: word("accueil".into()),
                name: "Accueil".into(),
                retired: false,
            },
        },
    ];
    for n in 0..3 {
        all.push(put_site(n));
    }
    for (n, mode) in (0_u32..).zip(MODES) {
        all.push(Body::PutActivity {
            activity: ActivityRecord {
                id: activity(n),
                slug: word(format!("activite-{n}")),
                name: format!("Activité {n}"),
                service,
                mode,
                weekdays: 0b111_1111,
                opens: Minute::new(7, 0),
                closes: Minute::new(19, 0),
                sites: (0..3).map(site).collect(),
                formulas: Vec::new(),
                retired: false,
                capacity: None,
            },
        });
    }
    let household = HouseholdId(Uuid::from_u128(0x5000));
    all.push(Body::PutHousehold {
        household: HouseholdRecord {
            id: household,
            name: "Foyer".into(),
            guardians: Vec::new(),
        },
    });
    for n in 0..CHILDREN {
        all.push(Body::PutChild {
            child: ChildRecord {
                id: child(n),
                first_name: format!("Enfant{n}"),
                last_name: "Dumonde".into(),
                born: NaiveDate::from_ymd_opt(2019, 3, 1).expect("a date"),
                school: None,
                class: None,
                households: vec![household],
                badges: Vec::new(),
                must_know: None,
                phone: None,
                symbol: None,
                health: None,
                reference: None,
                left_on: None,
            },
        });
    }
    all.push(Body::Reserve { lines: lines() });
    all
}

fn lines() -> Vec<ReservationLine> {
    let first = START.date_in(PARIS);
    let mut lines = Vec::new();
    for day in 0_u64..3 {
        let date = first.checked_add_days(Days::new(day)).expect("a date");
        for n in 0..4_u32 {
            let id = ReservationId(Uuid::from_u128(0x6000 + u128::from(day) * 16 + u128::from(n)));
            lines.push(line(id, n, n, site(0), date));
        }
    }
    lines
}

fn line(id: ReservationId, who: u32, what: u32, site: SiteId, date: NaiveDate) -> ReservationLine {
    ReservationLine {
        id,
        child: child(who),
        activity: activity(what),
        site,
        date,
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// One more reservation of the coming weeks.
pub(super) fn reserve(now: UtcMs, x: u32, y: u32) -> Body {
    let today = now.date_in(PARIS);
    let date = today
        .checked_add_days(Days::new(u64::from(x % 30)))
        .unwrap_or(today);
    let id = ReservationId(mint(now, sync_server::clock::random()));
    Body::Reserve {
        lines: vec![line(id, y, y / 9, site(x as usize / 30 % 3), date)],
    }
}

fn put_site(n: usize) -> Body {
    Body::PutSite {
        site: SiteRecord {
            id: site(n),
            slug: format!("site-{n}").parse().expect("a slug"),
            name: format!("Site {n}"),
            school: None,
            phone: None,
            retired: false,
            nursery: false,
        },
    }
}
