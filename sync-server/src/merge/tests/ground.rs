//! A small town whose history is cut: one line goes on, the other is lost and found again.

use std::sync::Arc;

use chrono::NaiveDate;
use shared::codec::{Blob, Hash32, Minute, encode};
use shared::ids::{
    ActivityId, AgentId, BranchId, ChildId, DeviceId, FormulaId, GuardianId, HouseholdId, MarkId,
    OperationId, ReservationId, SchoolId, ServiceId, SiteId, StaffId, mint,
};
use shared::mark::{Kind, Mark, pack};
use shared::offsite::BranchBirth;
use shared::operation::{
    ActivityRecord, Actor, AgentRecord, Authority, Body, Channel, ChildRecord, Choice, FormulaRecord,
    GuardianRecord, HouseholdRecord, Meal, Operation, ReceivedMark, ReservationLine, Role, SchoolKind,
    SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};
use shared::receipt::Position;
use shared::time::UtcMs;
use uuid::Uuid;

use crate::clock::{Clock, Hands, random};
use crate::commune::Commune;
use crate::corridor::{self, Applied, Context, CorridorError, Mode, journal};
use crate::merge::{self, Lost, Open, Report};
use crate::snapshot::tables::TABLES;
use crate::store::testing::Place;
use crate::store::{Row, Store, StoreError, Value};
use crate::verify::verify;

/// A Monday in November, 06:00 UTC.
pub(super) const START: UtcMs = UtcMs(1_795_413_600_000);
const MINUTE: i64 = 60_000;
/// 23 November 2026, as operations count dates.
pub(super) const DAY: i32 = 739_943;

pub(super) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn date(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).expect("a date")
}

/// A line of the town's history, in a store of its own.
pub(super) struct Town {
    _places: Vec<Place>,
    pub(super) commune: Arc<Commune>,
    pub(super) hands: &'static Hands,
}

impl Town {
    /// A school, a site, a canteen with two places, two children in a household, an agent, an animateur.
    pub(super) fn new() -> Self {
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(START)));
        let place = Place::new();
        let host = place.host(Clock::of(hands));
        let slug = "ville".parse().expect("a slug");
        let commune = host
            .create(&slug, "Ville", "Europe/Paris", "mairie")
            .expect("a commune");
        let town = Self {
            _places: vec![place],
            commune,
            hands,
        };
        for body in [
            school(),
            site(1),
            site(2),
            service(),
            activity(1, Some(2)),
            activity(2, None),
            household(1, "12 rue des Lilas"),
            household(2, "3 place Carnot"),
            child(1, "Léa"),
            child(2, "Tom"),
            child(3, "Zoé"),
            child(4, "Max"),
            agent(1, "Camille", Role::Administrateur),
            staff(1, "Nadia"),
        ] {
            town.does(body);
        }
        town
    }

    /// The same history up to now, on a branch of its own in another store.
    pub(super) fn cut(&self) -> Self {
        let copy = self.copy();
        copy.hands.set(self.commune.clock.now());
        let born_at = copy.commune.clock.now();
        copy.commune
            .store
            .write(move |tx| journal::fork_branch(tx, BranchId(Uuid::from_bytes(random())), born_at))
            .expect("a branch");
        copy
    }

    /// The same history read back in mode recorded, branches and all.
    pub(super) fn copy(&self) -> Self {
        let place = Place::new();
        let store = place.empty_store();
        replayed(&store, self.births(), self.entries());
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(self.commune.clock.now())));
        let commune = Commune::open(
            self.commune.slug.clone(),
            store,
            self.commune.keys.clone(),
            Clock::of(hands),
        )
        .expect("a commune");
        Self {
            _places: vec![place],
            commune,
            hands,
        }
    }

    fn births(&self) -> Vec<BranchBirth> {
        let rows =
            self.rows("select id, parent, fork_seq, fork_hash, born_at from branch order by born_at, id");
        rows.iter()
            .map(|row| BranchBirth {
                id: BranchId(row.uuid(0).expect("an id")),
                parent: row.opt(1, Row::uuid).expect("an id").map(|branch| Position {
                    branch: BranchId(branch),
                    seq: row.count(2).expect("a number"),
                    hash: row.hash(3).expect("a hash"),
                }),
                born_at: UtcMs(row.int(4).expect("an instant")),
            })
            .collect()
    }

    pub(super) fn entries(&self) -> Vec<(journal::Entry, Hash32)> {
        self.commune
            .store
            .read(|tx| journal::page(tx, 0, 100_000))
            .expect("entries")
    }

    /// This line as it is found again.
    pub(super) fn lost(&self) -> Lost {
        Lost {
            entries: self.entries(),
            births: self.births(),
            problems: Vec::new(),
        }
    }

    pub(super) fn head(&self) -> Position {
        self.commune.head().expect("a head")
    }

    pub(super) fn rows(&self, sql: &str) -> Vec<Row> {
        let sql = sql.to_owned();
        self.commune.store.read(|tx| tx.query(&sql, &[])).expect("rows")
    }

    pub(super) fn number(&self, sql: &str) -> i64 {
        self.rows(sql)[0].int(0).expect("a number")
    }

    /// Somebody of the town hall does something, as far as it can be done at all.
    pub(super) fn tries(&self, body: Body) -> Result<Applied, CorridorError> {
        self.by(Actor::Agent(AgentId(id(71))), Channel::Desk, body)
    }

    pub(super) fn does(&self, body: Body) -> Applied {
        self.tries(body).expect("an operation")
    }

    /// The same, whoever does it. Nothing that admits it is asked.
    pub(super) fn by(&self, actor: Actor, channel: Channel, body: Body) -> Result<Applied, CorridorError> {
        self.hands.pass(MINUTE);
        let now = self.commune.clock.now();
        let operation = Operation {
            id: OperationId(mint(now, random())),
            at: now,
            actor,
            channel,
            seen: None,
            body,
        };
        let context = Context {
            now,
            mode: Mode::Recorded,
        };
        let sheets = random();
        self.commune.store.write(move |tx| {
            let applied = corridor::submit(tx, &operation, Hash32(random()), context)?;
            if let Some(seq) = applied.seq {
                crate::sync::derive_since(tx, seq - 1, sheets)?;
            }
            Ok(applied)
        })
    }

    pub(super) fn plans(&self, lost: &Lost) -> Report {
        merge::plan(&self.commune, lost).expect("a plan")
    }

    /// Merges; the plan must have said just that, and the record must be sound afterwards.
    pub(super) fn merges(&self, lost: &Lost) -> Report {
        let before = self.head();
        let planned = self.plans(lost);
        assert_eq!(self.head(), before, "a plan writes nothing");
        let report = merge::merge(&self.commune, lost.clone(), Actor::Host, "test").expect("a merge");
        assert_eq!(planned, report, "the plan says what the run does");
        self.is_sound();
        report
    }

    pub(super) fn is_sound(&self) {
        let report = verify(&self.commune).expect("a record that can be read");
        assert_eq!(report.problems, Vec::<String>::new());
    }

    pub(super) fn open(&self) -> Vec<Open> {
        self.commune
            .store
            .read(|tx| merge::open(tx))
            .expect("what is open")
    }

    pub(super) fn settles(&self, lost: Position, choice: Choice) -> Result<Applied, CorridorError> {
        let body = Body::SettleLost {
            lost,
            choice,
            note: "vu".into(),
        };
        let operation = self
            .commune
            .operation(Actor::Agent(AgentId(id(71))), Channel::Desk, body);
        self.commune.submit(operation)
    }

    /// Every table of the record and of what follows from it without a document.
    pub(super) fn dump(&self) -> Vec<(&'static str, Vec<Row>)> {
        let left = [
            "sheet",
            "sheet_document",
            "sheet_change",
            "discrepancy",
            "discrepancy_day",
        ];
        let names = TABLES
            .iter()
            .filter(|table| table.class != shared::snapshot::Class::Ephemera)
            .map(|table| table.name)
            .filter(|name| !left.contains(name));
        names
            .map(|name| {
                let mut rows = self.rows(&format!("select * from {name}"));
                rows.sort_by_key(|row| format!("{row:?}"));
                (name, rows)
            })
            .collect()
    }
}

fn replayed(store: &Store, births: Vec<BranchBirth>, entries: Vec<(journal::Entry, Hash32)>) {
    store
        .write(move |tx| {
            let mut births = births.into_iter().peekable();
            for (entry, claimed) in &entries {
                loop {
                    match journal::current_branch(tx) {
                        Ok(branch) if branch == entry.header.branch => break,
                        Ok(_) | Err(StoreError::Moved) => {
                            let birth = births.next().expect("how the branch began");
                            journal::enter_branch(tx, &birth)?;
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                corridor::replay::recorded(tx, entry, *claimed)?;
            }
            // A branch may have begun and nothing been written on it.
            for birth in births {
                journal::enter_branch(tx, &birth)?;
            }
            crate::sync::derive_sheets(tx, random())?;
            Ok::<_, CorridorError>(())
        })
        .expect("a replay");
}

pub(super) fn school() -> Body {
    Body::PutSchool {
        school: SchoolRecord {
            id: SchoolId(id(11)),
            name: "École Aristide".into(),
            kind: SchoolKind::Public,
            half_days: 9,
            starts: Minute::new(8, 30),
            ends: Minute::new(16, 30),
            retired: false,
        },
    }
}

pub(super) fn site(n: u128) -> Body {
    Body::PutSite {
        site: SiteRecord {
            id: SiteId(id(20 + n)),
            slug: format!("site-{n}").parse().expect("a slug"),
            name: format!("Accueil {n}"),
            school: Some(SchoolId(id(11))),
            phone: None,
            retired: false,
            nursery: false,
        },
    }
}

pub(super) fn service() -> Body {
    Body::PutService {
        service: ServiceRecord {
            id: ServiceId(id(31)),
            slug: "restauration".parse().expect("a slug"),
            name: "Restauration".into(),
            retired: false,
        },
    }
}

pub(super) fn formula(n: u128) -> FormulaId {
    FormulaId(id(500 + n))
}

pub(super) fn activity(n: u128, capacity: Option<u32>) -> Body {
    let formulas = (10 * n..10 * n + 2).map(|f| FormulaRecord {
        id: formula(f),
        slug: format!("formule-{f}").parse().expect("a slug"),
        name: format!("Formule {f}"),
        meal: Meal::Meal,
    });
    Body::PutActivity {
        activity: ActivityRecord {
            id: ActivityId(id(40 + n)),
            slug: format!("activite-{n}").parse().expect("a slug"),
            name: format!("Activité {n}"),
            service: ServiceId(id(31)),
            mode: shared::mode::Mode::Presence,
            weekdays: 31,
            opens: Minute::new(12, 0),
            closes: Minute::new(14, 0),
            sites: vec![SiteId(id(21)), SiteId(id(22))],
            formulas: formulas.collect(),
            retired: false,
            capacity,
        },
    }
}

/// A household of which something is known: its guardian's number is `word`.
pub(super) fn household(n: u128, word: &str) -> Body {
    Body::PutHousehold {
        household: HouseholdRecord {
            id: HouseholdId(id(50 + n)),
            name: format!("Foyer {n}"),
            guardians: vec![GuardianRecord {
                id: GuardianId(id(55 + n)),
                first_name: "Anne".into(),
                last_name: "Martin".into(),
                email: Some(word.to_owned()),
                phone: None,
                authority: Authority::Full,
            }],
        },
    }
}

pub(super) fn child(n: u128, first_name: &str) -> Body {
    Body::PutChild {
        child: ChildRecord {
            id: ChildId(id(60 + n)),
            first_name: first_name.to_owned(),
            last_name: "Martin".into(),
            born: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date"),
            school: Some(SchoolId(id(11))),
            class: None,
            households: vec![HouseholdId(id(52)), HouseholdId(id(51))],
            badges: Vec::new(),
            must_know: None,
            phone: None,
            symbol: None,
            health: None,
            reference: None,
            left_on: None,
        },
    }
}

pub(super) fn agent(n: u128, name: &str, role: Role) -> Body {
    Body::PutAgent {
        agent: AgentRecord {
            id: AgentId(id(70 + n)),
            email: format!("agent{n}@ville.example"),
            name: name.to_owned(),
            role,
            sites: Vec::new(),
        },
    }
}

pub(super) fn staff(n: u128, name: &str) -> Body {
    Body::PutStaff {
        staff: StaffRecord {
            id: StaffId(id(80 + n)),
            name: name.to_owned(),
            role: "animateur".into(),
            sites: vec![SiteId(id(22)), SiteId(id(21))],
            until: None,
        },
    }
}

/// A reservation of child `c` in activity `a` at site 1 on a day of November.
pub(super) fn line(n: u128, c: u128, a: u128, day: u32) -> ReservationLine {
    ReservationLine {
        id: ReservationId(id(1_000 + n)),
        child: ChildId(id(60 + c)),
        activity: ActivityId(id(40 + a)),
        site: SiteId(id(21)),
        date: date(day),
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

pub(super) fn reserve(lines: Vec<ReservationLine>) -> Body {
    Body::Reserve { lines }
}

pub(super) fn cancel(n: u128) -> Body {
    Body::CancelReservations {
        reservations: vec![ReservationId(id(1_000 + n))],
    }
}

/// The mark `n` of a tablet.
pub(super) fn mark(n: u64) -> ReceivedMark {
    let mark = Mark {
        kind: if n.is_multiple_of(2) { Kind::Out } else { Kind::In },
        child: Some(ChildId(id(61))),
        activity: ActivityId(id(41)),
        formula: None,
        device: DeviceId(id(90)),
        device_seq: n,
        device_time: START.plus_ms(i64::try_from(n).unwrap_or(0)),
        mono_ms: n,
        boot: 1,
        offset_ms: None,
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    };
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    ReceivedMark {
        id: MarkId(mint(START, random)),
        value: Blob(pack(&mark)),
        returned: false,
    }
}

pub(super) fn marks(numbers: &[u64]) -> Body {
    Body::ReceiveMarks {
        device: DeviceId(id(90)),
        site: SiteId(id(21)),
        date: DAY,
        marks: numbers.iter().map(|n| mark(*n)).collect(),
    }
}

/// Marks of a tablet's push, through the tablet's channel.
pub(super) fn hands_in(town: &Town, numbers: &[u64]) {
    let body = marks(numbers);
    town.by(Actor::Device(DeviceId(id(90))), Channel::Tablet, body)
        .expect("marks");
}

/// Every value of a mark that a town has.
pub(super) fn all_marks(town: &Town) -> std::collections::BTreeSet<(Vec<u8>, Vec<u8>)> {
    town.rows("select id, value from mark")
        .iter()
        .map(|row| (row.bytes(0).expect("an id"), row.bytes(1).expect("a value")))
        .collect()
}

/// One value, as SQL reads it.
pub(super) fn one(town: &Town, sql: &str) -> Value {
    town.rows(sql).first().map_or(Value::Null, |row| row.0[0].clone())
}

/// A payload kept aside, by its number.
pub(super) fn aside(n: u8) -> Body {
    Body::Quarantine {
        device: DeviceId(id(90)),
        site: SiteId(id(21)),
        date: DAY,
        reason: "malformed".into(),
        hash: Hash32([n; 32]),
        payload: Blob(encode(&n)),
    }
}
