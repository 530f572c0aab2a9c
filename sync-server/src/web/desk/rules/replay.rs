//! Last year's reservations, each judged by a set at the instant at which it was made.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::form::FormState;
use server_ui::desk::rules::{REPLAY_SIZE, ReplayLine, ReplayPage, ReplayTally, Word, answer, replay_page};
use shared::booking::{
    Asked, ChildFacts, Ground, HouseholdFacts, Judged, Sentence, SessionKey, Standing, Wanted, judge,
};
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, ReservationId, RuleSetId, SiteId};
use shared::money::Cents;
use shared::operation::{Entrance, Priced, RuleSetRecord};
use shared::time::UtcMs;
use shared::words::date_time;
use uuid::Uuid;

use super::PATH;
use super::said::FRENCH;
use super::sets::Sets;
use super::try_out::{maybe_id, phone};
use crate::rules::{self, Children, Scope, try_out};
use crate::store::{Read, Row, StoreError, Value};
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Activities that one statement takes; more are asked for in turns.
const AT_ONCE: usize = 8;
/// How far back is looked where nothing is said, in days.
const YEAR_DAYS: u64 = 365;
/// Beyond this page nobody looks.
const PAGES_MOST: usize = 100_000;
/// The longest span, in days.
const MOST_DAYS: i64 = 750;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    desk.require(Right::SeeFamilies)?;
    let id = RuleSetId(desk.uuid("id")?);
    let address = desk.asked(&["du", "au", "par", "page"]);
    let (bar, list) = (desk.bar(), desk.at(PATH));
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let sets = Sets::read(tx, today)?;
            let Some((set, _)) = sets.find(id).cloned() else {
                return Ok(None);
            };
            let mut form = address
                .pairs()
                .iter()
                .fold(FormState::default(), |form, (name, value)| form.with(name, value));
            let until = form.maybe_date("au").unwrap_or(today);
            let from = form.maybe_date("du").unwrap_or(until - Days::new(YEAR_DAYS));
            let from = from.max(until - chrono::Duration::days(MOST_DAYS)).min(until);
            let entrance = form
                .maybe_choice("par", Entrance::parse)
                .unwrap_or(Entrance::Portal);
            let number = address.value("page").parse().unwrap_or(1).clamp(1, PAGES_MOST);
            let replayed = Replay::run(tx, &set, (from, until), entrance)?;
            let phone = phone(tx, &sets)?;
            let form = FormState::default()
                .with("du", from.to_string())
                .with("au", until.to_string())
                .with("par", Word::word(entrance));
            let lines = replayed.page(tx, number, phone.as_deref())?;
            let at = format!("{list}/{id}");
            Ok::<_, StoreError>(Some(ReplayPage {
                bar,
                under: [list, at],
                name: set.name.clone(),
                address,
                form,
                span: [from, until],
                tally: replayed.tally,
                lines,
                page: number,
            }))
        })
    });
    match found.await? {
        Some(view) => Ok(page(StatusCode::OK, replay_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

/// A reservation as it was made.
struct Made {
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    household: Option<HouseholdId>,
    total: Option<Cents>,
    at: Option<UtcMs>,
}

/// One that comes out otherwise.
struct Otherwise {
    child: ChildId,
    session: SessionKey,
    at: UtcMs,
    judged: Judged,
}

/// What became of them.
struct Replay {
    tally: ReplayTally,
    otherwise: Vec<Otherwise>,
    town: Ground,
}

impl Replay {
    /// Child by child, what was made at one instant as one whole, in the light of what the child had by then.
    fn run(
        tx: &mut dyn Read,
        set: &RuleSetRecord,
        (from, until): (NaiveDate, NaiveDate),
        entrance: Entrance,
    ) -> Result<Self, StoreError> {
        let nobody = Scope {
            household: None,
            guardian: None,
            children: Children::All,
            from: until,
            until,
            activities: Some(Vec::new()),
            carts: None,
            now: UtcMs(0),
        };
        let children = rules::ground(tx, &nobody)?.children;
        let homes = homes(tx)?;
        let mut live = rules::town(tx, from, until)?;
        // Places as they were at every instant are not known.
        for activity in live.activities.values_mut() {
            activity.capacity = None;
        }
        for set in &mut live.sets {
            set.places.clear();
        }
        let mut tried = live.clone();
        try_out(
            &mut tried,
            &RuleSetRecord {
                places: Vec::new(),
                ..set.clone()
            },
        );
        let made = made(tx, set, (from, until))?;
        let mut replay = Self {
            tally: ReplayTally::default(),
            otherwise: Vec::new(),
            town: live.clone(),
        };
        for of_child in made.chunk_by(|one, next| one.child == next.child) {
            let Some(facts) = of_child.first().and_then(|one| children.get(&one.child)) else {
                continue;
            };
            for ground in [&mut tried, &mut live] {
                ground.children = BTreeMap::from([(facts.id, facts.clone())]);
                ground.standing.clear();
            }
            for at_once in of_child.chunk_by(|one, next| one.at == next.at && one.household == next.household)
            {
                replay.judge(at_once, facts, &homes, [&mut tried, &mut live], entrance);
            }
        }
        replay
            .otherwise
            .sort_by_key(|one| (one.session.date, one.session.activity, one.child));
        Ok(replay)
    }

    fn judge(
        &mut self,
        made: &[Made],
        facts: &ChildFacts,
        homes: &BTreeMap<HouseholdId, HouseholdFacts>,
        [tried, live]: [&mut Ground; 2],
        entrance: Entrance,
    ) {
        let zone = tried.zone;
        let Some(at) = made.first().and_then(|one| one.at) else {
            self.tally.unknown += made.len();
            return;
        };
        // What was entered after its day says nothing of deadlines.
        let (made, after_the_day): (Vec<&Made>, Vec<&Made>) =
            made.iter().partition(|one| at.date_in(zone) <= one.session.date);
        self.tally.unknown += after_the_day.len();
        let Some(first) = made.first() else { return };
        let household = first.household.or(facts.households.first().copied());
        let home = household.map(|id| {
            homes.get(&id).cloned().unwrap_or(HouseholdFacts {
                id,
                residence: None,
                unpaid: Cents::ZERO,
            })
        });
        let wanted: Vec<Wanted> = made
            .iter()
            .map(|one| Wanted::Add {
                child: one.child,
                session: one.session,
                formula: one.formula,
                replaces: None,
                wish: None,
            })
            .collect();
        let asked = Asked {
            now: at,
            entrance,
            beyond: false,
        };
        tried.household.clone_from(&home);
        live.household = home;
        let by_tried = judge(&wanted, tried, asked);
        let by_live = judge(&wanted, live, asked);
        for ((one, tried_says), live_says) in made.iter().zip(by_tried).zip(by_live) {
            let after = priced(&tried_says).unwrap_or_default();
            let stands = |priced: Option<Priced>| Standing {
                id: ReservationId(Uuid::nil()),
                child: one.child,
                session: one.session,
                formula: one.formula,
                group: None,
                household: one.household,
                priced,
                due_at: None,
                paid: false,
            };
            let usual = base(&live_says)
                .or_else(|| base(&tried_says))
                .or_else(|| in_good_time(one, live))
                .unwrap_or_default();
            self.tally.before = self.tally.before + one.total.unwrap_or(usual);
            match &tried_says.sentence {
                Sentence::Refuse(_) | Sentence::Cancel { .. } | Sentence::RequestCancel { .. } => {
                    self.tally.refused += 1;
                }
                Sentence::Request { .. } | Sentence::Wait { .. } => {
                    self.tally.requested += 1;
                    self.tally.after = self.tally.after + after.total;
                    tried.standing.push(stands(Some(after)));
                }
                Sentence::Book { .. } => {
                    self.tally.after = self.tally.after + after.total;
                    tried.standing.push(stands(Some(after)));
                    if after.surcharge == Cents::ZERO {
                        self.tally.same += 1;
                        continue;
                    }
                    self.tally.surcharged += 1;
                }
            }
            self.otherwise.push(Otherwise {
                child: one.child,
                session: one.session,
                at,
                judged: tried_says,
            });
        }
    }

    fn page(
        &self,
        tx: &mut dyn Read,
        number: usize,
        phone: Option<&str>,
    ) -> Result<Vec<ReplayLine>, StoreError> {
        let zone = self.town.zone;
        let shown = self
            .otherwise
            .iter()
            .skip((number - 1) * REPLAY_SIZE)
            .take(REPLAY_SIZE);
        let mut lines = Vec::new();
        for one in shown {
            let child = crate::record::child(tx, one.child)?;
            let activity = self.town.activities.get(&one.session.activity);
            lines.push(ReplayLine {
                child: child
                    .map(|(child, _)| format!("{} {}", child.first_name, child.last_name))
                    .unwrap_or_default(),
                activity: activity.map(|one| one.name.clone()).unwrap_or_default(),
                date: one.session.date,
                made: date_time(one.at, zone),
                answer: answer(&one.judged, &FRENCH, zone, phone),
            });
        }
        Ok(lines)
    }
}

fn priced(judged: &Judged) -> Option<Priced> {
    match &judged.sentence {
        Sentence::Book { priced, .. } | Sentence::Request { priced, .. } | Sentence::Wait { priced, .. } => {
            Some(*priced)
        }
        _ => None,
    }
}

/// What it would have cost by live rules long before its day, whatever stands in the way.
fn in_good_time(made: &Made, live: &Ground) -> Option<Cents> {
    let wanted = Wanted::Add {
        child: made.child,
        session: made.session,
        formula: made.formula,
        replaces: None,
        wish: None,
    };
    let asked = Asked {
        now: UtcMs(0),
        entrance: Entrance::Desk,
        beyond: true,
    };
    judge(&[wanted], live, asked).first().and_then(base)
}

/// What it costs in time.
fn base(judged: &Judged) -> Option<Cents> {
    priced(judged).and_then(|priced| priced.base)
}

fn made(
    tx: &mut dyn Read,
    set: &RuleSetRecord,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Made>, StoreError> {
    let mut all = Vec::new();
    for activities in set.activities.chunks(AT_ONCE) {
        let mut params: Vec<Value> = vec![from.into(), until.into()];
        let last = activities.last().copied();
        let ids = activities.iter().copied().chain(last.into_iter().cycle());
        params.extend(ids.take(AT_ONCE).map(|activity| Value::from(activity.0)));
        for row in tx.query(include_str!("sql/made.sql"), &params)? {
            all.push(Made {
                child: ChildId(row.uuid(0)?),
                session: SessionKey {
                    activity: ActivityId(row.uuid(1)?),
                    site: SiteId(row.uuid(2)?),
                    date: row.date(3)?,
                },
                formula: maybe_id(&row, 4)?.map(FormulaId),
                household: maybe_id(&row, 5)?.map(HouseholdId),
                total: row.opt(6, Row::int)?.map(Cents),
                at: row.opt(7, Row::int)?.map(UtcMs),
            });
        }
    }
    all.sort_by_key(|one| (one.child, one.at, one.household, one.session));
    Ok(all)
}

fn homes(tx: &mut dyn Read) -> Result<BTreeMap<HouseholdId, HouseholdFacts>, StoreError> {
    let mut homes = BTreeMap::new();
    for row in tx.query(include_str!("sql/facts.sql"), &[])? {
        let id = HouseholdId(row.uuid(0)?);
        homes.insert(
            id,
            HouseholdFacts {
                id,
                residence: row.opt(1, Row::text)?,
                unpaid: Cents(row.int(2)?),
            },
        );
    }
    Ok(homes)
}
