//! A commune with its key, its lists, and tablets that meet by carried files.

use std::path::Path;

use chrono::NaiveDate;
use shared::codec::{Blob, Hash32, Minute};
use shared::credential::{Credential, Grant};
use shared::day_list::{
    Badge, BadgeKind, Contact, DayList, ListedActivity, ListedChild, ListedRow, OtherSite, Roster,
    RosterChild, SiteActivity, SiteCard, SiteStaff,
};
use shared::envelope::{Envelope, Scope};
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, HouseholdId, SiteId, StaffId};
use shared::mode::Mode;
use shared::screen::{Ask, Crew, Day, Deed, Entry, ListRef, Row, Tap, Tapped};
use shared::sign::SigningKey;
use shared::time::UtcMs;
use tempfile::TempDir;
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::crew::hashed;
use crate::store::meta::{self, Enrolment, Met};
use crate::store::{Db, marks};

pub(super) const FERRY: SiteId = SiteId(Uuid::from_u128(1));
pub(super) const LILAS: SiteId = SiteId(Uuid::from_u128(2));
pub(super) const MORNING: ActivityId = ActivityId(Uuid::from_u128(11));
pub(super) const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(12));
pub(super) const NAP: ActivityId = ActivityId(Uuid::from_u128(13));
pub(super) const EVENING: ActivityId = ActivityId(Uuid::from_u128(14));
pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(21));
pub(super) const TOM: ChildId = ChildId(Uuid::from_u128(22));
pub(super) const INES: ChildId = ChildId(Uuid::from_u128(23));
/// Two children of one name.
pub(super) const EMMA: ChildId = ChildId(Uuid::from_u128(24));
pub(super) const OTHER_EMMA: ChildId = ChildId(Uuid::from_u128(25));
/// Of another school.
pub(super) const ZOE: ChildId = ChildId(Uuid::from_u128(26));
pub(super) const NADIA: StaffId = StaffId(Uuid::from_u128(31));
pub(super) const LUC: StaffId = StaffId(Uuid::from_u128(32));
pub(super) const PAUL: StaffId = StaffId(Uuid::from_u128(33));
pub(super) const NADIA_PIN: &str = "246810";
pub(super) const LUC_PIN: &str = "1357";

pub(super) fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// 8 h 30 that Monday.
pub(super) fn start() -> UtcMs {
    UtcMs::parse("2026-11-23T08:30:00+01:00").unwrap()
}

/// The commune.
pub(super) struct World {
    folder: TempDir,
    key: SigningKey,
    pub(super) staff: Vec<SiteStaff>,
}

/// A tablet of it.
pub(super) struct Pad {
    pub(super) app: App,
    pub(super) site: SiteId,
}

impl World {
    /// Where nobody has a PIN.
    pub(super) fn without_pins() -> Self {
        let member = |id, name: &str, role: &str| SiteStaff {
            id,
            name: name.into(),
            role: role.into(),
            pin: None,
            until: None,
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            key: SigningKey::from_seed(&[7; 32]),
            staff: vec![
                member(NADIA, "Nadia Benali", "directeur"),
                member(LUC, "Luc Moreau", "animateur"),
                member(PAUL, "Paul Roy", "atsem"),
            ],
        }
    }

    /// Where Nadia and Luc have one.
    pub(super) fn new() -> Self {
        let mut world = Self::without_pins();
        world.staff[0].pin = Some(hashed(NADIA_PIN));
        world.staff[1].pin = Some(hashed(LUC_PIN));
        world
    }

    pub(super) fn home(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A tablet enrolled for these sites, its lists fetched.
    pub(super) fn tablet(&self, name: &str, sites: &[SiteId]) -> Pad {
        self.tablet_at(name, sites, Clock::starting_at(start()))
    }

    pub(super) fn tablet_at(&self, name: &str, sites: &[SiteId], clock: Clock) -> Pad {
        let home = self.home(name);
        let device = DeviceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()));
        let db = Db::open(&home).unwrap();
        let seed = [u8::try_from(name.len()).unwrap(); 32];
        let grant = Grant {
            commune: "ville".parse().unwrap(),
            device,
            key: SigningKey::from_seed(&seed).public(),
            sites: sites.to_vec(),
            since: start(),
        };
        let enrolment = Enrolment {
            seed: Blob(seed.to_vec()),
            credential: Credential::sign(grant, &self.key),
            commune_key: self.key.public(),
            commune_name: "Ville d’Essai".into(),
            zone: "Europe/Paris".into(),
        };
        meta::put_enrolment(db.reader(), &enrolment).unwrap();
        meta::put_met(db.reader(), &Met::nobody(monday())).unwrap();
        self.send_down(&home, 1);
        drop(db);
        Pad {
            app: App::with_clock(&home, clock).unwrap(),
            site: sites[0],
        }
    }

    /// Lists, cards and roster as the server would send them, from another process.
    pub(super) fn send_down(&self, home: &Path, seq: u64) {
        let lists = [FERRY, LILAS].map(list);
        self.send_lists(home, seq, &lists);
    }

    pub(super) fn send_lists(&self, home: &Path, seq: u64, lists: &[DayList]) {
        let db = Db::open(home).unwrap();
        let branch = BranchId(Uuid::from_u128(99));
        let keep = |envelope| marks::put_envelope(db.reader(), &envelope).unwrap();
        for list in lists {
            let scope = Scope::DayList {
                site: list.site,
                date: list.date,
            };
            keep(Envelope::seal(scope, branch, seq, list, &self.key));
        }
        for site in [FERRY, LILAS] {
            keep(Envelope::seal(
                Scope::Site { site },
                branch,
                seq,
                &self.card(site),
                &self.key,
            ));
        }
        keep(Envelope::seal(Scope::Roster, branch, seq, &roster(), &self.key));
    }

    fn card(&self, site: SiteId) -> SiteCard {
        let name = |site| if site == FERRY { "Jules-Ferry" } else { "Les Lilas" };
        let other = if site == FERRY { LILAS } else { FERRY };
        SiteCard {
            site,
            slug: if site == FERRY { "jules-ferry" } else { "les-lilas" }
                .parse()
                .unwrap(),
            name: name(site).into(),
            commune: "Ville d’Essai".into(),
            zone: "Europe/Paris".into(),
            activities: activities()
                .into_iter()
                .map(|activity| SiteActivity {
                    activity,
                    weekdays: 0b1_1111,
                })
                .collect(),
            staff: self.staff.clone(),
            note_key: Hash32([9; 32]),
            nursery: false,
            others: vec![OtherSite {
                site: other,
                name: name(other).into(),
            }],
        }
    }
}

fn activity(
    id: ActivityId,
    slug: &str,
    name: &str,
    mode: Mode,
    (opens, closes): (u16, u16),
) -> ListedActivity {
    ListedActivity {
        id,
        slug: slug.parse().unwrap(),
        name: name.into(),
        mode,
        opens: Minute::new(opens, 0),
        closes: Minute::new(closes, 0),
        formulas: Vec::new(),
    }
}

fn activities() -> Vec<ListedActivity> {
    vec![
        activity(
            MORNING,
            "garderie-matin",
            "Garderie du matin",
            Mode::ArrivalDeparture,
            (7, 9),
        ),
        activity(CANTEEN, "cantine", "Cantine", Mode::Presence, (12, 14)),
        activity(NAP, "sieste", "Sieste", Mode::ByException, (13, 15)),
        activity(
            EVENING,
            "garderie-soir",
            "Garderie du soir",
            Mode::ArrivalDeparture,
            (16, 19),
        ),
    ]
}

fn child(id: ChildId, first_name: &str, last_name: &str, born: &str, home: u128) -> ListedChild {
    ListedChild {
        id,
        first_name: first_name.into(),
        last_name: last_name.into(),
        born: born.parse().unwrap(),
        school: Some("École Jules-Ferry".into()),
        class: Some("CE1".into()),
        households: vec![HouseholdId(Uuid::from_u128(home))],
        badges: Vec::new(),
        must_know: None,
        phone: Some("06 39 98 00 01".into()),
        contacts: Vec::new(),
        health: None,
        symbol: None,
    }
}

pub(super) fn reserved(child: ChildId, activity: ActivityId) -> ListedRow {
    ListedRow {
        child,
        activity,
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        standing: None,
        note: None,
    }
}

/// The Monday's list of a site. At the Lilas nobody is expected.
pub(super) fn list(site: SiteId) -> DayList {
    let mut children = vec![
        child(EMMA, "Emma", "Durand", "2019-02-01", 52),
        child(OTHER_EMMA, "Emma", "Durand", "2016-05-01", 53),
        child(INES, "Inès", "Haddad", "2018-09-09", 51),
        child(LEA, "Léa", "Martin", "2018-03-02", 50),
        child(TOM, "Tom", "Martin", "2020-11-23", 50),
    ];
    children[3].badges = vec![Badge {
        kind: BadgeKind::Allergy,
        text: "arachide".into(),
    }];
    children[3].must_know = Some("Adrénaline dans le sac rouge.".into());
    children[3].health = Some("PAI arachide : voir le protocole.".into());
    children[3].contacts = vec![Contact {
        name: "Claire Martin".into(),
        phone: "06 39 98 00 02".into(),
    }];
    let mut rows = Vec::new();
    for activity in [MORNING, CANTEEN, NAP, EVENING] {
        for id in [EMMA, INES, LEA, TOM] {
            // Inès goes home before the evening.
            if (id, activity) != (INES, EVENING) {
                rows.push(reserved(id, activity));
            }
        }
    }
    rows.push(reserved(OTHER_EMMA, EVENING));
    let here = site == FERRY;
    DayList {
        site,
        date: monday(),
        activities: activities(),
        children: if here { children } else { Vec::new() },
        rows: if here { rows } else { Vec::new() },
        aliases: Vec::new(),
        notices: Vec::new(),
    }
}

fn roster() -> Roster {
    let of_town = |id, first_name: &str, last_name: &str, year| RosterChild {
        id,
        first_name: first_name.into(),
        last_name: last_name.into(),
        birth_year: year,
        school: Some("École du Centre".into()),
        allergy: None,
        phone: Some("06 39 98 00 03".into()),
    };
    Roster {
        children: vec![
            of_town(INES, "Inès", "Haddad", 2018),
            of_town(LEA, "Léa", "Martin", 2018),
            of_town(ZOE, "Zoé", "Martin", 2017),
        ],
    }
}

impl Pad {
    pub(super) fn list(&self, activity: ActivityId) -> ListRef {
        ListRef {
            site: self.site.to_string(),
            date: monday().to_string(),
            activity: activity.to_string(),
        }
    }

    pub(super) fn ask(&self, activity: ActivityId) -> Ask {
        let list = self.list(activity);
        Ask {
            site: Some(list.site),
            date: Some(list.date),
            activity: Some(list.activity),
        }
    }

    pub(super) fn gesture(&self, activity: ActivityId, child: ChildId, deed: Deed) -> Tap {
        let list = self.list(activity);
        Tap {
            site: list.site,
            date: list.date,
            activity: list.activity,
            child: child.to_string(),
            deed,
            reason: None,
            rest_of_day: false,
        }
    }

    pub(super) async fn tap(&self, activity: ActivityId, child: ChildId, deed: Deed) -> Tapped {
        self.app.tap(self.gesture(activity, child, deed)).await.unwrap()
    }

    pub(super) async fn day(&self, activity: ActivityId) -> Day {
        self.app.day(self.ask(activity)).await.unwrap()
    }

    pub(super) async fn row(&self, activity: ActivityId, child: ChildId) -> Row {
        let day = self.day(activity).await;
        let found = day.rows.into_iter().find(|row| row.child == child.to_string());
        found.expect("the child is on the list")
    }

    /// Somebody takes the tablet.
    pub(super) async fn held_by(&self, staff: StaffId, pin: &str) -> Crew {
        match self.app.enter(staff.to_string(), pin.into()).await.unwrap() {
            Entry::Right(crew) => crew,
            other => panic!("{other:?}"),
        }
    }

    /// Sets the tablet's clock forward or back.
    pub(super) fn later(&self, ms: i64) {
        let mut tablet = self.app.0.tablet.lock().unwrap();
        tablet.clock = tablet.clock.later(ms);
    }

    /// Takes in what another tablet holds.
    pub(super) fn meets(&self, other: &Self) {
        let carried = other.app.0.tablet.lock().unwrap().export().unwrap();
        self.app.0.tablet.lock().unwrap().import(&carried).unwrap();
    }
}

/// Both tablets end with the marks of both.
pub(super) fn meet(one: &Pad, two: &Pad) {
    one.meets(two);
    two.meets(one);
}
