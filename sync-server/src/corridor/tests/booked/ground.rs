//! A small town that books: a canteen with two places, families of one child each, a clock that a test moves.

use std::sync::Arc;

use chrono::NaiveDate;
use shared::booking::{Asked, Sentence, SessionKey, Wanted, judge};
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{
    ActivityId, CartId, ChildId, ClassId, GuardianId, HouseholdId, OperationId, ReservationId, RuleSetId,
    SchoolId, ServiceId, SiteId, WishId, mint,
};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Actor, Ask, Authority, Body, BookingLine, BookingRecord, CalendarRecord, Case, Channel,
    ChildRecord, ClassRecord, Cost, Count, Counted, Decided, Delay, Entrance, Group, GuardianRecord,
    HouseholdRecord, Late, Moment, Operation, Outcome, Payment, Places, Price, Refusal, ReservationLine,
    RuleSetRecord, SchoolKind, SchoolRecord, ServiceRecord, SiteRecord, Verdict, Waiting, Way, Why,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::super::Town;
use crate::clock::{Clock, Hands, random};
use crate::corridor::{Applied, CorridorError};
use crate::rules::carts::{self, CartKind, CartLine, Owner};
use crate::rules::{self, Children, Scope, holds};
use crate::store::testing::Place;
use crate::store::{Read, Row, StoreError, Write};

pub(super) const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
pub(super) const SITE: SiteId = SiteId(Uuid::from_u128(0x51));
pub(super) const RULES: RuleSetId = RuleSetId(Uuid::from_u128(0x52));
const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x53));
pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// The 30th of November 2026, a Monday, and the days after it.
pub(super) fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap() + chrono::Days::new(n)
}

pub(super) fn child_of(n: u128) -> ChildId {
    ChildId(Uuid::from_u128(0xc000 + n))
}

pub(super) fn home_of(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(0xf000 + n))
}

pub(super) fn guardian_of(n: u128) -> GuardianId {
    GuardianId(Uuid::from_u128(0x9000 + n))
}

pub(super) fn class_of(level: &str) -> ClassId {
    ClassId(Uuid::from_u128(if level == "CP" { 0xd1 } else { 0xd2 }))
}

pub(super) fn canteen(date: NaiveDate) -> SessionKey {
    SessionKey {
        activity: CANTEEN,
        site: SITE,
        date,
    }
}

/// A town with a clock of its own.
pub(super) struct Booked {
    pub(super) town: Town,
    pub(super) hands: &'static Hands,
}

/// Until the eve at noon; later the town hall decides, at 2 € more. Cancelled late, half is due.
pub(super) fn rules() -> RuleSetRecord {
    let eve = Moment::Days {
        days: 1,
        count: Count {
            days: Counted::Calendar,
            skipped: 0,
        },
        at: Minute::new(12, 0),
    };
    let late = |verdict, cost| Late {
        until: Moment::Start,
        ways: vec![
            Way {
                entrance: Entrance::Portal,
                verdict,
                cost,
                excused_within_days: None,
            },
            Way {
                entrance: Entrance::Desk,
                verdict: Verdict::Accept,
                cost,
                excused_within_days: None,
            },
        ],
    };
    let delay = |late| Delay {
        case: Case::all(),
        until: eve,
        late: vec![late],
        words: None,
        strict: false,
    };
    RuleSetRecord {
        id: RULES,
        name: "Cantine".into(),
        activities: vec![CANTEEN],
        from: day(0),
        until: None,
        live: true,
        openings: vec![],
        add: vec![delay(late(Verdict::Request, Cost::Adds(Cents(200))))],
        cancel: vec![delay(late(Verdict::Accept, Cost::Part(50)))],
        conditions: vec![],
        limits: vec![],
        links: vec![],
        groups: vec![],
        places: vec![places(None, 2)],
        waiting: Some(Waiting {
            offer_minutes: 60,
            most: None,
        }),
        prices: vec![Price {
            case: Case::all(),
            cents: Cents(400),
        }],
        payment: Payment::Billed,
    }
}

pub(super) fn places(group: Option<&str>, places: u32) -> Places {
    Places {
        case: Case::all(),
        group: group.map(str::to_owned),
        from: None,
        until: None,
        places,
    }
}

pub(super) fn group(level: &str) -> Group {
    Group {
        name: level.into(),
        levels: vec![level.into()],
        from_months: None,
        under_months: None,
    }
}

impl Booked {
    /// Families 1 to 4; the children of odd ones are in CP, the others in CM2. It is Sunday, a week before.
    pub(super) fn new() -> Self {
        let place = Place::new();
        let start = UtcMs::parse("2026-11-22T12:00:00Z").unwrap();
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(start)));
        let host = place.host(Clock::of(hands));
        let slug = "ville".parse().unwrap();
        let commune = host.create(&slug, "Ville", "Europe/Paris", "mairie").unwrap();
        let town = Town {
            _place: place,
            host,
            commune,
        };
        let booked = Self { town, hands };
        for body in bodies() {
            booked.does(body).unwrap();
        }
        for n in 1..=4 {
            booked.does(Body::PutHousehold { household: home(n) }).unwrap();
            booked.does(Body::PutChild { child: child(n) }).unwrap();
        }
        booked.does(Body::PutRules { rules: rules() }).unwrap();
        booked
    }

    pub(super) fn now(&self) -> UtcMs {
        self.town.commune.clock.now()
    }

    pub(super) fn at(&self, instant: &str) {
        self.hands.set(UtcMs::parse(instant).unwrap());
    }

    /// The host does it.
    pub(super) fn does(&self, body: Body) -> Result<Applied, CorridorError> {
        self.town.commune.submit(self.town.operation(body))
    }

    /// Rules as they stand now are replaced.
    pub(super) fn rule(&self, rules: RuleSetRecord) {
        let seen = self
            .read(|tx| tx.first("select version from rule_set", &[]))
            .unwrap();
        let mut operation = self.town.operation(Body::PutRules { rules });
        operation.seen = Some(seen.int(0).unwrap());
        self.town.commune.submit(operation).unwrap();
    }

    pub(super) fn of_guardian(&self, n: u128, body: Body) -> Operation {
        let actor = Actor::Guardian(guardian_of(n));
        self.town.commune.operation(actor, Channel::Portal, body)
    }

    /// A guardian sends it; how many were changed.
    pub(super) fn sends(&self, n: u128, body: Body) -> Result<u32, Refusal> {
        count(self.town.commune.submit(self.of_guardian(n, body)))
    }

    /// What a family's lines come to now, as the portal would send them.
    pub(super) fn decided(&self, n: u128, wanted: &[Wanted]) -> BookingRecord {
        let now = self.now();
        self.read(|tx| decided(tx, n, wanted, now))
    }

    /// A family books, as things are now.
    pub(super) fn books(&self, n: u128, wanted: &[Wanted]) -> Vec<Decided> {
        let booking = self.decided(n, wanted);
        let all = booking.lines.iter().map(|line| line.decided.clone()).collect();
        self.sends(n, Body::Book { booking }).unwrap();
        all
    }

    pub(super) fn read<T>(&self, work: impl FnOnce(&mut dyn Read) -> Result<T, StoreError>) -> T {
        self.town.commune.store.read(work).unwrap()
    }

    pub(super) fn rows(&self, sql: &str) -> Vec<Row> {
        self.read(|tx| tx.query(sql, &[]))
    }

    pub(super) fn number(&self, sql: &str) -> i64 {
        self.rows(sql)[0].int(0).unwrap()
    }

    /// The reservation of a family's child that stands on a day.
    pub(super) fn standing(&self, n: u128, date: NaiveDate) -> Option<ReservationId> {
        let sql = "select id from reservation where child = ?1 and date = ?2 and cancelled_at is null";
        let row = self.read(|tx| tx.first(sql, &[child_of(n).into(), date.into()]));
        row.map(|row| ReservationId(row.uuid(0).unwrap()))
    }

    /// The state of a family's newest wish of a day.
    pub(super) fn wish(&self, n: u128, date: NaiveDate) -> Option<(WishId, String)> {
        let sql = "select id, state from wish where child = ?1 and date = ?2 order by since desc, id desc";
        let row = self.read(|tx| tx.first(sql, &[child_of(n).into(), date.into()]));
        row.map(|row| (WishId(row.uuid(0).unwrap()), row.text(1).unwrap()))
    }

    /// Lays a day's canteen into a family's cart and holds its place; until when.
    pub(super) fn holds(&self, n: u128, date: NaiveDate) -> Option<UtcMs> {
        let now = self.now();
        let work = move |tx: &mut dyn Write| hold(tx, n, date, now);
        self.town.commune.store.write(work).unwrap()
    }

    /// A family validates its cart in one transaction, as the portal does.
    pub(super) fn validates(&self, n: u128) -> Vec<Decided> {
        let work = self.town.commune.work(move |tx, door| {
            let owner = Owner::Guardian(guardian_of(n));
            let Some(cart) = carts::of(&mut *tx, owner, home_of(n))? else {
                return Ok(Vec::new());
            };
            let wanted: Vec<Wanted> = cart.lines.iter().filter_map(CartLine::wanted).collect();
            if wanted.is_empty() {
                return Ok(Vec::new());
            }
            let booking = judged(&mut *tx, n, &wanted, (door.now(), Some(cart.id)))?;
            let all = booking.lines.iter().map(|line| line.decided.clone()).collect();
            let operation = Operation {
                id: OperationId(cart.id.0),
                at: door.now(),
                actor: Actor::Guardian(guardian_of(n)),
                channel: Channel::Portal,
                seen: None,
                body: Body::Book { booking },
            };
            door.submit(tx, &operation)?;
            carts::clear(tx, cart.id)?;
            Ok(all)
        });
        work.unwrap()
    }

    /// The journal read into an empty store gives the same record.
    pub(super) fn is_the_same_again(&self) {
        let copy = super::super::replayed::replay(&self.town, super::super::replayed::entries(&self.town));
        let copied = copy.unwrap().read(super::super::dump).unwrap();
        for (original, copied) in self.town.dump().into_iter().zip(copied) {
            assert!(original == copied, "table {} differs after a replay", original.0);
        }
    }
}

pub(super) fn count(applied: Result<Applied, CorridorError>) -> Result<u32, Refusal> {
    match applied {
        Ok(Applied {
            outcome: Outcome::Reserved { changed, .. },
            ..
        }) => Ok(changed),
        Err(CorridorError::Refused(refusal)) => Err(refusal),
        other => panic!("neither booked nor refused: {other:?}"),
    }
}

pub(super) fn add(n: u128, date: NaiveDate) -> Wanted {
    Wanted::Add {
        child: child_of(n),
        session: canteen(date),
        formula: None,
        replaces: None,
        wish: None,
    }
}

pub(super) fn decided(
    tx: &mut dyn Read,
    n: u128,
    wanted: &[Wanted],
    now: UtcMs,
) -> Result<BookingRecord, StoreError> {
    let cart = carts::of(&mut *tx, Owner::Guardian(guardian_of(n)), home_of(n))?;
    let own = cart.map_or(CartId(Uuid::nil()), |cart| cart.id);
    judged(tx, n, wanted, (now, Some(own)))
}

fn scope(n: u128, (now, cart): (UtcMs, Option<CartId>)) -> Scope {
    Scope {
        household: Some(home_of(n)),
        guardian: Some(guardian_of(n)),
        children: Children::OfHousehold,
        from: day(0),
        until: day(30),
        activities: None,
        carts: cart,
        now,
    }
}

fn judged(
    tx: &mut dyn Read,
    n: u128,
    wanted: &[Wanted],
    (now, cart): (UtcMs, Option<CartId>),
) -> Result<BookingRecord, StoreError> {
    let ground = rules::ground(tx, &scope(n, (now, cart)))?;
    let asked = Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    };
    let all = judge(wanted, &ground, asked);
    let lines = wanted.iter().zip(all).map(|(wanted, judged)| {
        let held = |group: Option<String>| match wanted {
            Wanted::Add { session, .. } => ground.held.get(&(*session, group)).copied().unwrap_or(0),
            Wanted::Cancel { .. } => 0,
        };
        BookingLine {
            ask: ask(n, wanted, now),
            decided: outcome(judged.sentence, now),
            others_held: held(None),
            others_held_of_group: judged.group.map_or(0, |group| held(Some(group))),
            overruled: None,
        }
    });
    Ok(BookingRecord {
        household: home_of(n),
        guardian: Some(guardian_of(n)),
        lines: lines.collect(),
        beyond: None,
        told_with: None,
    })
}

fn ask(n: u128, wanted: &Wanted, now: UtcMs) -> Ask {
    match wanted {
        Wanted::Add {
            child,
            session,
            formula,
            replaces,
            wish,
        } => Ask::Add {
            line: ReservationLine {
                id: ReservationId(mint(now, random())),
                child: *child,
                activity: session.activity,
                site: session.site,
                date: session.date,
                formula: *formula,
                group: None,
                sitting: None,
                table: None,
                expected_in: None,
                expected_out: None,
                comes_from: None,
                goes_to: None,
                household: Some(home_of(n)),
            },
            replaces: *replaces,
            wish: *wish,
        },
        Wanted::Cancel { reservation } => Ask::Cancel {
            reservation: *reservation,
        },
    }
}

fn outcome(sentence: Sentence, now: UtcMs) -> Decided {
    let wish = WishId(mint(now, random()));
    match sentence {
        Sentence::Book { priced, due_at } => Decided::Booked { priced, due_at },
        Sentence::Request { priced, .. } => Decided::Requested { wish, priced },
        Sentence::Wait { priced, .. } => Decided::Waiting { wish, priced },
        Sentence::Cancel { due, credited, .. } => Decided::Cancelled { due, credited },
        Sentence::RequestCancel { due, .. } => Decided::CancelRequested { wish, due },
        Sentence::Refuse(reason) => Decided::Refused {
            why: reason.why,
            words: String::new(),
        },
    }
}

pub(super) fn why(decided: &Decided) -> Option<Why> {
    match decided {
        Decided::Refused { why, .. } => Some(*why),
        _ => None,
    }
}

fn hold(tx: &mut dyn Write, n: u128, date: NaiveDate, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
    let owner = Owner::Guardian(guardian_of(n));
    let fresh = CartId(mint(now, random()));
    let cart = carts::open(tx, owner, home_of(n), fresh, now)?;
    let line = CartLine {
        child: child_of(n),
        session: canteen(date),
        kind: CartKind::Add,
        formula: None,
        group: None,
        about: None,
        wish: None,
        shown: None,
        held_until: None,
        added_at: now,
    };
    carts::put_line(tx, cart.id, &line, now)?;
    let Some(mut cart) = carts::of(&mut *tx, owner, home_of(n))? else {
        return Ok(None);
    };
    let ground = rules::ground(&mut *tx, &scope(n, (now, Some(cart.id))))?;
    let wanted: Vec<Wanted> = cart.lines.iter().filter_map(CartLine::wanted).collect();
    let asked = Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    };
    let judged = judge(&wanted, &ground, asked);
    let minutes = carts::settings(&mut *tx)?.hold_minutes;
    let planned = holds::plan(&cart.lines, &judged, &ground, (now, minutes, true));
    carts::hold(tx, &mut cart, &planned)?;
    let held = cart.lines.iter().find(|line| line.session.date == date);
    Ok(held.and_then(|line| line.held_until))
}

fn bodies() -> Vec<Body> {
    let class = |level: &str| Body::PutClass {
        class: ClassRecord {
            id: class_of(level),
            school: SCHOOL,
            name: level.into(),
            level: level.into(),
            retired: false,
        },
    };
    let service = ServiceId(Uuid::from_u128(0x5e));
    vec![
        Body::PutCalendar {
            calendar: CalendarRecord {
                zone: SchoolZone::A,
                region: HolidayRegion::Metropole,
                good_friday: false,
                local: vec![],
            },
        },
        Body::PutSchool {
            school: SchoolRecord {
                id: SCHOOL,
                name: "Jaurès".into(),
                kind: SchoolKind::Public,
                half_days: 8,
                starts: Minute::new(8, 30),
                ends: Minute::new(16, 30),
                retired: false,
            },
        },
        Body::PutSite {
            site: SiteRecord {
                id: SITE,
                slug: "jaures".parse().unwrap(),
                name: "Jaurès".into(),
                school: Some(SCHOOL),
                phone: None,
                retired: false,
                nursery: false,
            },
        },
        class("CP"),
        class("CM2"),
        Body::PutService {
            service: ServiceRecord {
                id: service,
                slug: "repas".parse().unwrap(),
                name: "Repas".into(),
                retired: false,
            },
        },
        Body::PutActivity {
            activity: ActivityRecord {
                id: CANTEEN,
                slug: "cantine".parse().unwrap(),
                name: "Cantine".into(),
                service,
                mode: Mode::Presence,
                weekdays: 0b001_1011,
                opens: Minute::new(12, 0),
                closes: Minute::new(14, 0),
                sites: vec![SITE],
                formulas: vec![],
                retired: false,
                capacity: None,
            },
        },
    ]
}

fn home(n: u128) -> HouseholdRecord {
    let names = ["", "Julie", "Karim", "Inès", "Paul"];
    HouseholdRecord {
        id: home_of(n),
        name: format!("Famille {n}"),
        guardians: vec![GuardianRecord {
            id: guardian_of(n),
            first_name: names[n as usize].into(),
            last_name: format!("Nom{n}"),
            email: None,
            phone: None,
            authority: Authority::Full,
        }],
    }
}

pub(super) fn child(n: u128) -> ChildRecord {
    let names = ["", "Léa", "Sami", "Noé", "Zoé"];
    ChildRecord {
        id: child_of(n),
        first_name: names[n as usize].into(),
        last_name: format!("Nom{n}"),
        born: NaiveDate::from_ymd_opt(2018, 5, 1).unwrap(),
        school: Some(SCHOOL),
        class: Some(class_of(if n % 2 == 1 { "CP" } else { "CM2" })),
        households: vec![home_of(n)],
        badges: vec![],
        must_know: None,
        phone: None,
        symbol: None,
        health: None,
        reference: None,
        left_on: None,
    }
}

/// Both halves of what runs by itself, as the job does.
pub(super) fn by_itself(booked: &Booked) {
    let commune = Arc::clone(&booked.town.commune);
    let mut jobs = crate::jobs::Jobs::default();
    jobs.round(&[commune], booked);
}

impl crate::jobs::Course for Booked {
    fn now(&self) -> UtcMs {
        self.town.commune.clock.now()
    }

    fn is_over(&self) -> bool {
        false
    }
}
