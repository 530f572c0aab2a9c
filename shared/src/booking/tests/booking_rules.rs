//! Rules of real towns, a case each, as data: what is said one second before, at and one second after each deadline.

mod canteens;
mod centres;
mod openings;

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::codec::Minute;
use crate::ids::ActivityId;
use crate::ids::ReservationId;
use crate::money::Cents;
use crate::operation::Entrance::{Desk, Door, Phone, Portal};
use crate::operation::Verdict::{Accept, Request};
use crate::operation::*;
use crate::time::UtcMs;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    Add,
    Cancel,
    /// A reservation, at the instant from which it is possible.
    Opens,
}

/// What becomes of what comes too late.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    /// No, for this reason.
    No(Why),
    /// Yes; so much is due, in cents.
    Yes(i64),
    /// The town hall decides; so much would be due.
    Asks(i64),
}

use After::{Asks, No, Yes};
use Deed::{Add, Cancel, Opens};

/// A deadline: for a session of an activity on a day, the last instant, and what comes after by each way in.
type Edge = (
    Deed,
    ActivityId,
    &'static str,
    &'static str,
    &'static [(Entrance, After)],
);

/// On line it is refused.
const REFUSED: &[(Entrance, After)] = &[(Portal, No(Why::Deadline))];

/// What is due in time: the price of each row's sessions, in cents.
const PRICE: i64 = 350;

fn wanted(deed: Deed, session: SessionKey, ground: &mut Ground) -> Wanted {
    if deed != Cancel {
        return Wanted::Add {
            child: ZOE,
            session,
            formula: None,
            replaces: None,
            wish: None,
        };
    }
    let id = ReservationId(Uuid::from_u128(900));
    ground.standing = vec![Standing {
        id,
        child: ZOE,
        session,
        formula: None,
        group: None,
        household: Some(PETIT),
        priced: Some(Priced {
            base: Some(Cents(PRICE)),
            surcharge: Cents::ZERO,
            total: Cents(PRICE),
        }),
        due_at: None,
        paid: false,
    }];
    Wanted::Cancel { reservation: id }
}

fn outcome(wanted: &Wanted, ground: &Ground, now: UtcMs, entrance: Entrance) -> (After, Judged) {
    let asked = Asked {
        now,
        entrance,
        beyond: false,
    };
    let judged = judge(std::slice::from_ref(wanted), ground, asked).swap_remove(0);
    let after = match &judged.sentence {
        Sentence::Book { priced, .. } => Yes(priced.total.0),
        Sentence::Cancel { due, .. } => Yes(due.0),
        Sentence::Request { priced, .. } => Asks(priced.total.0),
        Sentence::RequestCancel { due, .. } => Asks(due.0),
        Sentence::Refuse(reason) => No(reason.why),
        Sentence::Wait { .. } => panic!("nothing is full here"),
    };
    (after, judged)
}

/// Tries every edge of a town's rules.
fn holds(town_name: &str, set: &RuleSetRecord, edges: &[Edge]) {
    let set = RuleSetRecord {
        from: set.from.min(day("2025-09-01")),
        ..set.clone()
    };
    for (deed, activity, date, last, after) in edges {
        let mut ground = town(vec![set.clone()]);
        let session = session(*activity, date);
        let wanted = wanted(*deed, session, &mut ground);
        let edge = at(last, ground.zone);
        let told = format!("{town_name}: {deed:?} {date}, {last}");
        let in_time = Yes(if *deed == Cancel { 0 } else { PRICE });
        let before = outcome(&wanted, &ground, edge.plus_ms(-1000), Portal);
        let then = outcome(&wanted, &ground, edge, Portal);
        assert_eq!(then.0, in_time, "{told}, at it");
        if *deed == Opens {
            assert_eq!(before.0, No(Why::NotYet), "{told}, a second before");
            let Sentence::Refuse(reason) = before.1.sentence else {
                panic!("refused");
            };
            assert_eq!(reason.at, Some(edge), "{told}, when it opens");
        } else {
            assert_eq!(before.0, in_time, "{told}, a second before");
            assert_eq!(before.1.until, Some(edge), "{told}, what is shown");
        }
        for (entrance, expected) in *after {
            let later = outcome(&wanted, &ground, edge.plus_ms(1000), *entrance);
            assert_eq!(later.0, *expected, "{told}, a second after, {entrance:?}");
        }
    }
}

fn flaws(set: &RuleSetRecord) -> Vec<Flaw> {
    let documents = ["Assurance".to_owned(), "Fiche sanitaire".to_owned()];
    let ground = town(Vec::new());
    let facts = Facts {
        ground: &ground,
        documents: &documents,
    };
    check(set, &[], &facts)
}

fn errors(set: &RuleSetRecord) -> Vec<Flaw> {
    let mut flaws = flaws(set);
    flaws.retain(|flaw| flaw.severity() == Severity::Error);
    flaws
}

fn late(cents: Cost) -> [(Entrance, Verdict, Cost); 3] {
    [
        (Phone, Accept, cents),
        (Desk, Accept, cents),
        (Door, Accept, cents),
    ]
}

const FULL_PRICE: [(Entrance, Verdict, Cost); 3] = [
    (Portal, Accept, Cost::Full),
    (Phone, Accept, Cost::Full),
    (Desk, Accept, Cost::Full),
];
