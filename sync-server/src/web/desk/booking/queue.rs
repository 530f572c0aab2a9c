//! What families asked for, decided on several at once, and who waits for a place.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::booking::{
    QueuePage, Turn, WishLine, cell_words as say, kind_words, queue_page, state_words,
};
use server_ui::desk::form::{Address, Choice, Done, Flaw, FormState};
use shared::booking::{Ground, SessionKey, WishKind, WishState};
use shared::ids::{ActivityId, HouseholdId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::{Body, PlaceOffer};
use shared::time::UtcMs;
use shared::words::money;

use super::family::Eyes;
use super::occupation::{Nobody, groups};
use super::{FIND, QUEUE};
use crate::rules::{self, Children, Scope};
use crate::store::{Read, Row, StoreError};
use crate::web::desk::day::day_of;
use crate::web::desk::posted::Posted;
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Lines on a page.
const SIZE: usize = 50;
/// The word that asks for waiting lists.
const WAITING: &str = "attente";
/// How long an offered place is kept where the rules say nothing, in minutes.
const OFFER_MINUTES: u32 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

/// A wish of the record.
struct Wish {
    id: WishId,
    kind: WishKind,
    state: WishState,
    name: String,
    session: SessionKey,
    household: Option<HouseholdId>,
    since: UtcMs,
    offered_until: Option<UtcMs>,
    total: Option<Cents>,
}

fn wish(row: &Row) -> Result<Wish, StoreError> {
    let shape = |what: &str| StoreError::Shape(what.to_owned());
    Ok(Wish {
        id: WishId(row.uuid(0)?),
        kind: WishKind::parse(&row.text(1)?).ok_or_else(|| shape("kind of wish"))?,
        state: WishState::parse(&row.text(2)?).ok_or_else(|| shape("state of a wish"))?,
        name: format!("{} {}", row.text(4)?, row.text(5)?),
        session: SessionKey {
            activity: ActivityId(row.uuid(6)?),
            site: SiteId(row.uuid(7)?),
            date: row.date(8)?,
        },
        household: row.opt(9, Row::uuid)?.map(HouseholdId),
        since: UtcMs(row.int(10)?),
        offered_until: row.opt(11, Row::int)?.map(UtcMs),
        total: row.opt(12, Row::int)?.map(Cents),
    })
}

/// Those that are open, within reach, of the sort asked for: those that wait, or those to decide on.
fn open(tx: &mut dyn Read, reach: &Reach, waiting: bool, today: NaiveDate) -> Result<Vec<Wish>, StoreError> {
    let rows = tx.query(include_str!("sql/wishes.sql"), &[today.into()])?;
    let mut all = Vec::new();
    for row in &rows {
        let one = wish(row)?;
        if (one.kind == WishKind::Wait) == waiting && reach.has(one.session.site) {
            all.push(one);
        }
    }
    if waiting {
        all.sort_by_key(|one| {
            (
                one.session.date,
                one.session.activity,
                one.session.site,
                one.since,
                one.id,
            )
        });
    }
    Ok(all)
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeBookings)?;
    let address = desk.asked(&["sorte", "activite", "site", "page"]);
    draw(&desk, address, FormState::default(), StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    address: Address,
    form: FormState,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let eyes = Eyes::of(desk);
    let home = desk.at("");
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (today, now) = (commune.today(), commune.clock.now());
        commune.store.read(|tx| {
            let waiting = address.value("sorte") == WAITING;
            let all = open(tx, &eyes.reach, waiting, today)?;
            let dates = || all.iter().map(|one| one.session.date);
            let scope = Scope {
                household: None,
                guardian: None,
                children: Children::Listed(Vec::new()),
                from: dates().min().unwrap_or(today),
                until: dates().max().unwrap_or(today),
                activities: Some(activities_of(&all)),
                carts: Some(shared::ids::CartId(uuid::Uuid::nil())),
                now,
            };
            let ground = rules::ground(tx, &scope)?;
            let name = |id: ActivityId| {
                ground
                    .activities
                    .get(&id)
                    .map_or_else(String::new, |a| a.name.clone())
            };
            let place = |id: SiteId| ground.sites.get(&id).map_or_else(String::new, |s| s.name.clone());
            let mut activities: BTreeMap<ActivityId, String> = BTreeMap::new();
            let mut sites: BTreeMap<SiteId, String> = BTreeMap::new();
            for one in &all {
                activities.insert(one.session.activity, name(one.session.activity));
                sites.insert(one.session.site, place(one.session.site));
            }
            let ranks = ranks(&all);
            let fits = |one: &&Wish| {
                let asked =
                    |name: &str, id: String| address.value(name).is_empty() || address.value(name) == id;
                asked("activite", one.session.activity.to_string())
                    && asked("site", one.session.site.to_string())
            };
            let chosen: Vec<&Wish> = all.iter().filter(fits).collect();
            let nth = address
                .value("page")
                .parse()
                .ok()
                .filter(|nth| (1..10_000).contains(nth));
            let nth: usize = nth.unwrap_or(1);
            let zone = commune.zone;
            let lines = chosen.iter().skip((nth - 1) * SIZE).take(SIZE).map(|one| {
                let whole = groups(&Nobody::default(), &one.session, &ground)
                    .into_iter()
                    .next();
                let left = whole.as_ref().and_then(server_ui::desk::booking::Group::left);
                WishLine {
                    id: one.id.to_string(),
                    child: one.name.clone(),
                    family: one.household.map(|home| {
                        Address::new(eyes.grid_of(home))
                            .with("date", one.session.date)
                            .to_string()
                    }),
                    what: format!("{}, {}", name(one.session.activity), place(one.session.site)),
                    date: day_of(one.session.date, today),
                    kind: if one.state == WishState::Offered {
                        format!("{}, {}", kind_words(one.kind), state_words(one.state))
                    } else {
                        kind_words(one.kind)
                    },
                    since: match one.offered_until.filter(|_| one.state == WishState::Offered) {
                        Some(until) => say::until(&shared::words::date_time(until, zone)),
                        None => say::since(&shared::words::date_time(one.since, zone)),
                    },
                    places: whole.map_or_else(String::new, |group| say::places(group.taken, group.places)),
                    full: left == Some(0),
                    rank: ranks.get(&one.id).map(|rank| say::rank(*rank)),
                    price: one.total.map(money),
                }
            });
            let lines = lines.collect();
            let total = chosen.len();
            let turn = |label: String, sort: &str| Turn {
                label,
                address: Address::new(format!("{home}{QUEUE}"))
                    .with("sorte", sort)
                    .to_string(),
                current: (sort == WAITING) == waiting,
            };
            let [requests, queues] = say::queues();
            let choices = |all: BTreeMap<String, String>| {
                all.into_iter()
                    .map(|(id, name)| Choice::new(id, name))
                    .collect::<Vec<_>>()
            };
            Ok::<_, StoreError>(QueuePage {
                bar: eyes.bar.clone(),
                filter: FormState::default()
                    .with("activite", address.value("activite"))
                    .with("site", address.value("site")),
                form,
                action: Address::new(format!("{home}{QUEUE}"))
                    .with("sorte", if waiting { WAITING } else { "" })
                    .to_string(),
                back: format!("{home}{FIND}"),
                kinds: vec![turn(requests, ""), turn(queues, WAITING)],
                activities: choices(
                    activities
                        .into_iter()
                        .map(|(id, n)| (id.to_string(), n))
                        .collect(),
                ),
                sites: choices(sites.into_iter().map(|(id, n)| (id.to_string(), n)).collect()),
                lines,
                pages: (nth, SIZE, total),
                waiting,
                edits: eyes.edits,
                address,
            })
        })
    });
    Ok(page(status, queue_page(&view.await?)))
}

fn activities_of(all: &[Wish]) -> Vec<ActivityId> {
    let mut ids: Vec<ActivityId> = all.iter().map(|one| one.session.activity).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// As the how many-th each waits, those with an offer aside.
fn ranks(all: &[Wish]) -> BTreeMap<WishId, u32> {
    let mut waits: BTreeMap<SessionKey, Vec<(UtcMs, WishId)>> = BTreeMap::new();
    for one in all {
        if one.kind == WishKind::Wait && one.state == WishState::Open {
            waits.entry(one.session).or_default().push((one.since, one.id));
        }
    }
    let mut ranks = BTreeMap::new();
    for mut queue in waits.into_values() {
        queue.sort_unstable();
        ranks.extend(queue.into_iter().zip(1..).map(|((_, id), rank)| (id, rank)));
    }
    ranks
}

pub(super) async fn decide(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditBookings)?;
    let address = desk.asked(&["sorte"]);
    let waiting = address.value("sorte") == WAITING;
    let reach = desk.reach().clone();
    let known = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (today, now) = (commune.today(), commune.clock.now());
        commune.store.read(|tx| {
            let all = open(tx, &reach, waiting, today)?;
            let dates = || all.iter().map(|one| one.session.date);
            let (from, until) = (dates().min().unwrap_or(today), dates().max().unwrap_or(today));
            let town = rules::town(tx, from, until)?;
            let offers = all.iter().map(|one| (one.id, offered_until(one, &town, now)));
            Ok::<_, StoreError>(offers.collect::<Vec<_>>())
        })
    });
    let known = known.await?;
    let wishes = form.choices("souhait", |word| {
        let id = WishId(word.parse().ok()?);
        known.iter().find(|(one, _)| *one == id).copied()
    });
    if wishes.is_empty() {
        form.flaw("souhait", Flaw::Said("desk-booking-nothing-ticked"));
    }
    let words = form.maybe_lines("mots", 500);
    let ids: Vec<WishId> = wishes.iter().map(|(id, _)| *id).collect();
    let beyond = form.has("au_dela");
    let body = match form.value("geste") {
        "proposer" => Body::OfferPlaces {
            offers: wishes
                .iter()
                .map(|(wish, until)| PlaceOffer {
                    wish: *wish,
                    until: *until,
                })
                .collect(),
        },
        "retirer" => Body::WithdrawWishes { wishes: ids },
        "refuser" => Body::DecideWishes {
            wishes: ids,
            accepted: false,
            words,
            beyond: false,
        },
        _ => Body::DecideWishes {
            wishes: ids,
            accepted: true,
            words,
            beyond,
        },
    };
    let Some(body) = form.sound(body) else {
        return draw(&desk, address, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match desk.submit(None, body).await? {
        Ok(_) => {
            let back = Address::new(desk.at(QUEUE))
                .with("sorte", address.value("sorte"))
                .to_string();
            Ok(desk.done(&back, Done::Saved))
        }
        Err(refusal) => {
            form.refuse("souhait", &refusal);
            draw(&desk, address, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Until when a place that is offered by hand is kept: as the rules say, and no longer than until its session begins.
fn offered_until(wish: &Wish, ground: &Ground, now: UtcMs) -> UtcMs {
    let session = &wish.session;
    let set = shared::booking::set_for(session.activity, session.date, ground);
    let minutes = set
        .and_then(|set| set.waiting)
        .map_or(OFFER_MINUTES, |waiting| waiting.offer_minutes);
    let until = now.plus_ms(i64::from(minutes) * MINUTE_MS);
    let begins = ground
        .activities
        .get(&session.activity)
        .map(|activity| UtcMs::at_civil(session.date, activity.opens.time(), ground.zone));
    begins.map_or(until, |begins| until.min(begins))
}
