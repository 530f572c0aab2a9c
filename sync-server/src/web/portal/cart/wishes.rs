//! What was asked for and is waited for.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::cart::{WishKindShown, WishLine, WishPage, WishStands, left_words, wishes_page};
use shared::booking::{SessionKey, WishKind, WishState};
use shared::ids::{ActivityId, ChildId, FormulaId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::{Authority, Body, Priced};
use shared::time::UtcMs;
use shared::words::{date_time, day};

use super::{Whose, enter, lines};
use crate::letters::recap::{Names, rank};
use crate::record::{self, SeenChild};
use crate::rules::carts::{self, CartKind, CartLine};
use crate::store::{Read, Row, StoreError};
use crate::web::portal::door::Sent;
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};

/// How long an answer stays on the page, in ms.
const ANSWERED_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// A wish of the household.
#[derive(Clone, Debug)]
struct Wish {
    id: WishId,
    kind: WishKind,
    state: WishState,
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    since: UtcMs,
    offered_until: Option<UtcMs>,
    priced: Option<Priced>,
    said: Option<String>,
}

impl Wish {
    fn is_offered(&self, now: UtcMs) -> bool {
        self.state == WishState::Offered && self.offered_until.is_some_and(|until| until > now)
    }
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::SeeBookings)?;
    draw(&family, StatusCode::OK, false).await
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Book)?;
    family.opened(Place::Bookings)?;
    let form = family.own_form(sent)?;
    let Some(id) = form.value("demande").parse().ok().map(WishId) else {
        return draw(&family, StatusCode::CONFLICT, true).await;
    };
    let whose = Whose::of(&family);
    let take = form.value("geste") == "prendre";
    let found = family.visit.app.with(&family.visit.slug, move |commune| {
        let now = commune.clock.now();
        let found = commune.store.read(|tx| own(tx, whose, id, now))?;
        let Some(wish) = found.filter(|wish| !take || wish.is_offered(now)) else {
            return Ok::<_, StoreError>(false);
        };
        if take {
            commune.store.write(move |tx| {
                let line = CartLine {
                    child: wish.child,
                    session: wish.session,
                    kind: CartKind::Add,
                    formula: wish.formula,
                    group: None,
                    about: None,
                    wish: Some(wish.id),
                    shown: None,
                    held_until: None,
                    added_at: now,
                };
                lines::put_offer(tx, whose, line, now)
            })?;
        }
        Ok(true)
    });
    match (found.await?, take) {
        (false, _) => draw(&family, StatusCode::CONFLICT, true).await,
        (true, true) => Ok(family.done("/panier", "place-au-panier")),
        (true, false) => {
            let body = Body::WithdrawWishes { wishes: vec![id] };
            match family.submit(None, body).await? {
                Ok(_) => Ok(family.done("/reservations/demandes", "demande-retiree")),
                Err(_) => draw(&family, StatusCode::CONFLICT, true).await,
            }
        }
    }
}

/// A wish that this guardian may still change: open or offered, of a child that it decides for.
fn own(tx: &mut dyn Read, whose: Whose, id: WishId, now: UtcMs) -> Result<Option<Wish>, StoreError> {
    let seen = record::children_seen(tx, whose.guardian)?;
    let found = all(tx, whose, now)?.into_iter().find(|wish| wish.id == id);
    Ok(found.filter(|wish| {
        matches!(wish.state, WishState::Open | WishState::Offered) && decides(&seen, wish.child)
    }))
}

fn decides(seen: &[SeenChild], child: ChildId) -> bool {
    let child = seen.iter().find(|one| one.id == child);
    child.is_some_and(|child| child.authority != Authority::None)
}

fn all(tx: &mut dyn Read, whose: Whose, now: UtcMs) -> Result<Vec<Wish>, StoreError> {
    let params = [whose.household.into(), now.plus_ms(-ANSWERED_MS).into()];
    let rows = tx.query(include_str!("sql/wishes.sql"), &params)?;
    rows.iter().map(wish_of).collect()
}

fn wish_of(row: &Row) -> Result<Wish, StoreError> {
    let wrong = || StoreError::Shape("wish".into());
    let cents = |i| Ok::<_, StoreError>(row.opt(i, Row::int)?.map(Cents));
    let base = cents(10)?;
    let surcharge = cents(11)?.unwrap_or_default();
    Ok(Wish {
        id: WishId(row.uuid(0)?),
        kind: WishKind::parse(&row.text(1)?).ok_or_else(wrong)?,
        state: WishState::parse(&row.text(2)?).ok_or_else(wrong)?,
        child: ChildId(row.uuid(3)?),
        session: SessionKey {
            activity: ActivityId(row.uuid(4)?),
            site: SiteId(row.uuid(5)?),
            date: row.date(6)?,
        },
        formula: row.opt(7, Row::uuid)?.map(FormulaId),
        since: UtcMs(row.int(8)?),
        offered_until: row.opt(9, Row::int)?.map(UtcMs),
        priced: cents(12)?.map(|total| Priced {
            base,
            surcharge,
            total,
        }),
        said: row.opt(13, Row::text)?,
    })
}

async fn draw(family: &Family, status: StatusCode, overtaken: bool) -> Result<Response, PortalError> {
    let whose = Whose::of(family);
    let frame = family.frame(Some(Place::Bookings));
    let portal_phone = family.ground.portal.phone.clone();
    let open = family.ground.unopened.iter();
    let open = !open
        .into_iter()
        .any(|part| part.capability == shared::operation::Capability::Reservation);
    let may_change = !family.is_agent() && open;
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        let (now, today) = (commune.clock.now(), commune.today());
        commune.store.read(|tx| {
            let seen = record::children_seen(tx, whose.guardian)?;
            let names = Names::read(tx)?;
            let mut lines = Vec::new();
            for wish in all(tx, whose, now)? {
                let Some(child) = seen.iter().find(|child| child.id == wish.child) else {
                    continue;
                };
                let past = wish.session.date < today;
                let stands = match (wish.state, wish.offered_until) {
                    (WishState::Offered, Some(until)) if until > now => {
                        WishStands::Offered(date_time(until, commune.zone), left_words(until.0 - now.0))
                    }
                    (WishState::Offered | WishState::Ended, _) => WishStands::Ended,
                    (WishState::Open, _) if past => WishStands::Ended,
                    (WishState::Open, _) => match (wish.kind, rank(tx, wish.id)?) {
                        (WishKind::Wait, Some(rank)) => WishStands::Waits(rank),
                        _ => WishStands::Open,
                    },
                    (WishState::Accepted, _) => WishStands::Accepted,
                    (WishState::Refused, _) => WishStands::Refused,
                    (WishState::Withdrawn, _) => WishStands::Withdrawn,
                };
                lines.push(WishLine {
                    id: wish.id,
                    child: child.first_name.clone(),
                    what: names.of(wish.session.activity, wish.formula),
                    day: day(wish.session.date),
                    kind: match wish.kind {
                        WishKind::Add => WishKindShown::Add,
                        WishKind::Cancel => WishKindShown::Cancel,
                        WishKind::Wait => WishKindShown::Wait,
                    },
                    stands,
                    since: date_time(wish.since, commune.zone),
                    priced: wish.priced.filter(|_| wish.kind != WishKind::Cancel),
                    said: wish.said.filter(|said| !said.is_empty()),
                    own: decides(&seen, wish.child),
                });
            }
            Ok::<_, StoreError>(WishPage {
                frame,
                lines,
                may_change,
                overtaken,
                phone: carts::settings(tx)?.phone.or(portal_phone),
            })
        })
    });
    Ok(page(status, wishes_page(&view.await?)))
}
