//! Jobs of two processes over one store, by a clock that is set by hand.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use shared::codec::Hash32;
use shared::ids::{AgentId, GuardianId, HouseholdId, SiteId};
use shared::operation::{
    Actor, AgentRecord, Authority, Body, Channel, GuardianRecord, HouseholdRecord, Role,
};

use super::ground::Ground;
use super::*;
use crate::clock::random;
use crate::commune::Commune;
use crate::store::Value;

const MONDAY: &str = "2026-11-23T12:00:00+01:00";
const HOUR_MS: i64 = 60 * 60 * 1000;

struct Town {
    ground: Ground,
    now: AtomicI64,
    over: AtomicBool,
}

impl Course for Town {
    fn now(&self) -> UtcMs {
        UtcMs(self.now.load(Ordering::Relaxed))
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

impl Town {
    /// One on each engine.
    fn both() -> [Self; 2] {
        let monday = UtcMs::parse(MONDAY).unwrap();
        Ground::both(monday).map(|ground| Self {
            ground,
            now: AtomicI64::new(monday.0),
            over: AtomicBool::new(false),
        })
    }

    fn host(&self) -> Arc<Host> {
        self.ground.host(self.now())
    }

    fn process(&self) -> Process {
        Process {
            commune: self.host().commune("ville").unwrap(),
            jobs: Jobs::default(),
        }
    }

    fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }
}

struct Process {
    commune: Arc<Commune>,
    jobs: Jobs,
}

impl Process {
    fn round(&mut self, town: &Town) {
        self.jobs.round(&[Arc::clone(&self.commune)], town);
    }

    /// How often a job was taken, and when it was done last.
    fn told(&self, job: &'static str) -> (i64, Option<UtcMs>) {
        let held = self.commune.store.read(|tx| lease::held(tx, job)).unwrap();
        held.map_or((0, None), |held| (held.token, held.done_at))
    }

    fn log_in(&self, at: UtcMs) {
        let params: [Value; 4] = [
            Hash32(random()).into(),
            AgentId(uuid::Uuid::from_u128(1)).into(),
            "jeton".into(),
            at.into(),
        ];
        self.commune
            .store
            .write(move |tx| tx.execute(include_str!("../web/desk/sql/session_put.sql"), &params))
            .unwrap();
    }

    fn sessions(&self) -> bool {
        let now = UtcMs(i64::MAX);
        self.commune.store.read(|tx| ephemera::any(tx, now)).unwrap()
    }

    fn write(&self) {
        let id = AgentId(uuid::Uuid::from_bytes(random()));
        let agent = AgentRecord {
            sites: Vec::new(),
            id,
            email: format!("{id}@mairie.example"),
            name: "Agent".into(),
            role: Role::Lecture,
        };
        let body = Body::PutAgent { agent };
        self.commune
            .submit(self.commune.operation(Actor::Host, Channel::Command, body))
            .unwrap();
    }
}

#[test]
fn what_is_too_old_goes_within_an_hour_once_whoever_comes_first() {
    for town in Town::both() {
        let (mut a, mut b) = (town.process(), town.process());
        a.round(&town);
        assert_eq!(a.told("tidy"), (0, None), "nothing is there, nothing is written");
        a.log_in(town.now());
        town.pass(HOUR_MS);
        a.round(&town);
        assert!(a.sessions(), "a session that stands stays");
        town.pass(8 * HOUR_MS);
        for process in [&mut b, &mut a] {
            process.round(&town);
        }
        assert_eq!(a.told("tidy"), (1, Some(town.now())));
        assert!(!a.sessions());
    }
}

#[test]
fn a_night_after_a_day_with_writes_the_record_is_checked_once() {
    for town in Town::both() {
        let (mut a, mut b) = (town.process(), town.process());
        a.round(&town);
        assert_eq!(
            a.told("check").0,
            0,
            "a town made today was not written to before last night"
        );
        town.pass(24 * HOUR_MS);
        for process in [&mut a, &mut b] {
            process.round(&town);
        }
        let first = town.now();
        assert_eq!(a.told("check"), (1, Some(first)));
        town.pass(24 * HOUR_MS);
        a.round(&town);
        assert_eq!(a.told("check").0, 1, "nothing was written since");
        a.commune = town.host().commune("ville").unwrap();
        a.write();
        town.pass(24 * HOUR_MS);
        b.round(&town);
        assert_eq!(b.told("check"), (2, Some(town.now())));
    }
}

#[test]
fn a_process_that_stops_gives_its_job_back_undone() {
    for town in Town::both() {
        let (mut a, mut b) = (town.process(), town.process());
        town.pass(24 * HOUR_MS);
        town.over.store(true, Ordering::Relaxed);
        a.jobs.check_now(&a.commune, &town);
        assert_eq!(a.told("check"), (1, None));
        town.over.store(false, Ordering::Relaxed);
        b.round(&town);
        assert_eq!(b.told("check"), (2, Some(town.now())));
    }
}

#[test]
fn a_process_that_died_at_work_holds_nobody_up_for_long() {
    for town in Town::both() {
        let (dead, mut b) = (town.process(), town.process());
        town.pass(24 * HOUR_MS);
        let now = town.now();
        let taken = dead
            .commune
            .store
            .write(move |tx| lease::Lease::take(tx, "check", lease::Holder::drawn(), now, lease::LONGEST_MS));
        assert!(matches!(taken, Ok(lease::Taken::Ours(_))));
        b.round(&town);
        assert_eq!(b.told("check"), (1, None), "it may still be at work");
        town.pass(HOUR_MS);
        b.round(&town);
        assert_eq!(b.told("check"), (2, Some(town.now())));
    }
}

#[test]
fn a_sheet_that_lost_its_document_is_found_and_left_as_it_is() {
    for town in Town::both() {
        let process = town.process();
        let store = &process.commune.store;
        let none = check::check(store, || Ok(true)).unwrap().unwrap();
        assert_eq!((none.sheets, none.problems), (0, Vec::new()));
        let site = SiteId(uuid::Uuid::from_u128(7));
        let params: [Value; 9] = [
            site.into(),
            "2026-11-23".into(),
            uuid::Uuid::from_u128(8).into(),
            0_i64.into(),
            vec![1_u8].into(),
            uuid::Uuid::from_u128(9).into(),
            uuid::Uuid::from_u128(9).into(),
            0_i64.into(),
            1_i64.into(),
        ];
        store
            .write(move |tx| tx.execute(include_str!("../record/mark/insert.sql"), &params))
            .unwrap();
        let found = check::check(store, || Ok(true)).unwrap().unwrap();
        assert_eq!(found.sheets, 1);
        assert!(
            found.problems.iter().any(|p| p.contains("le document manque")),
            "{found:?}"
        );
        let report = crate::verify::verify(&process.commune).unwrap();
        assert_eq!(report.problems, found.problems, "verify says the same");
    }
}

#[test]
fn the_thread_runs_what_is_due_and_ends_when_it_is_told_to() {
    for town in Town::both() {
        town.pass(24 * HOUR_MS);
        let host = town.host();
        let process = Process {
            commune: host.commune("ville").unwrap(),
            jobs: Jobs::default(),
        };
        let runner = Runner::start(&host).unwrap();
        while process.told("check").1.is_none() {
            std::thread::yield_now();
        }
        runner.stop();
        assert_eq!(process.told("check").0, 1);
        assert_eq!(Arc::strong_count(&host), 1, "it keeps nothing open");
    }
}

/// A family whose guardian has an account.
fn family(commune: &Commune, guardian: GuardianId) {
    let household = HouseholdRecord {
        id: HouseholdId(uuid::Uuid::from_u128(0xf1)),
        name: "Martin".into(),
        guardians: vec![GuardianRecord {
            id: guardian,
            first_name: "Claire".into(),
            last_name: "Martin".into(),
            email: None,
            phone: None,
            authority: Authority::Full,
        }],
    };
    let login = Body::SetGuardianLogin {
        guardian,
        login: "claire".into(),
        phc: "phc".into(),
        token: None,
    };
    for body in [
        Body::PutHousehold { household },
        login,
        Body::DeleteAccount { guardian },
    ] {
        commune
            .submit(commune.operation(Actor::Host, Channel::Command, body))
            .unwrap();
    }
}

#[test]
fn a_deleted_account_is_forgotten_when_nobody_restores_it_any_more() {
    for town in Town::both() {
        let claire = GuardianId(uuid::Uuid::from_u128(0x91));
        let mut a = town.process();
        family(&a.commune, claire);
        let login = |process: &Process| {
            let sql = include_str!("../record/guardian/account.sql");
            let store = &process.commune.store;
            let row = store.read(|tx| tx.first(sql, &[claire.into()])).unwrap().unwrap();
            (!row.is_null(1), !row.is_null(8))
        };
        town.pass(29 * 24 * HOUR_MS);
        a.round(&town);
        assert_eq!(login(&a), (true, true), "it can be restored for thirty days");
        town.pass(25 * HOUR_MS);
        let mut b = town.process();
        b.round(&town);
        assert_eq!(login(&b), (false, false));
        let head = b.commune.head().unwrap().seq;
        town.pass(2 * HOUR_MS);
        a.round(&town);
        assert_eq!(b.commune.head().unwrap().seq, head, "once");
        let behind = b.commune.store.read(crate::about::is_behind).unwrap();
        assert!(!behind, "its history was looked through as well");
    }
}
