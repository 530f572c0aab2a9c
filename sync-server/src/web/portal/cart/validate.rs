//! The cart is validated: one transaction, one operation under the cart's own id.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::cart::{Trouble, reason_words};
use shared::booking::{GroupName, SessionKey};
use shared::booking::{Judged, Sentence};
use shared::ids::{CartId, OperationId, ReservationId, WishId, mint};
use shared::operation::{
    Actor, Ask, Body, BookingLine, BookingRecord, Channel, Decided, Openness, Operation, ReservationLine, Why,
};
use shared::time::UtcMs;

use super::check::{Checked, Settled, shown};
use super::{Whose, enter, look, recap};
use crate::clock::random;
use crate::commune::Door;
use crate::corridor::CorridorError;
use crate::record::{self, Part};
use crate::rules::carts::{self, CartKind, CartLine};
use crate::rules::usual::Usual;
use crate::store::{Read, Write};
use crate::web::WebError;
use crate::web::portal::door::Sent;
use crate::web::portal::family::Guest;
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, see_other};

/// What came of it.
enum Answer {
    /// It is booked, now or before: the recap says what.
    Booked(OperationId),
    /// Nothing was booked, and the page says why.
    Not(Trouble),
    /// Booking is closed.
    Shut(Vec<Part>),
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::Book)?;
    let form = family.own_form(sent)?;
    let Some(id) = form.value("panier").parse().ok().map(CartId) else {
        return look::with_trouble(&family, StatusCode::CONFLICT, Trouble::Over).await;
    };
    let seen = form.value("vu").to_owned();
    let whose = Whose::of(&family);
    let portal_phone = family.ground.portal.phone.clone();
    let worked = family.visit.app.with(&family.visit.slug, move |commune| {
        let town = Town {
            zone: commune.zone,
            phone: portal_phone,
        };
        commune.work(move |tx, door| validate(tx, door, whose, (id, &seen), &town))
    });
    let answer = match worked.await {
        Ok(answer) => answer,
        // What was judged a moment ago is judged otherwise by now: nothing is changed, and the cart says so.
        Err(WebError::Refused(_)) => Answer::Not(Trouble::Changed),
        Err(error) => return Err(error.into()),
    };
    match answer {
        Answer::Booked(id) => Ok(see_other(&family.at(&recap::path_of(id)))),
        Answer::Not(Trouble::Nothing) => {
            look::with_trouble(&family, StatusCode::UNPROCESSABLE_ENTITY, Trouble::Nothing).await
        }
        Answer::Not(trouble) => look::with_trouble(&family, StatusCode::CONFLICT, trouble).await,
        Answer::Shut(parts) => look::shut(&family, &parts).await,
    }
}

/// What sentences are filled with.
struct Town {
    zone: chrono_tz::Tz,
    phone: Option<String>,
}

fn validate(
    tx: &mut dyn Write,
    door: &Door,
    whose: Whose,
    (id, seen): (CartId, &str),
    town: &Town,
) -> Result<Answer, CorridorError> {
    let now = door.now();
    let operation = OperationId(id.0);
    if recap::of(&mut *tx, whose, operation)?.is_some() {
        return Ok(Answer::Booked(operation));
    }
    let parts = record::parts(&mut *tx)?;
    let closed = |part: &Part| {
        part.capability == shared::operation::Capability::Reservation && part.state != Openness::Open
    };
    if parts.iter().any(closed) {
        return Ok(Answer::Shut(parts));
    }
    let reader: &mut dyn Read = &mut *tx;
    let Some(checked) = Checked::of(reader, whose, now)?.filter(|checked| checked.cart.id == id) else {
        return Ok(Answer::Not(Trouble::Over));
    };
    if !seen.is_empty() && seen != shown(&checked.cart.lines) {
        return Ok(Answer::Not(Trouble::Changed));
    }
    let phone = carts::settings(&mut *tx)?.phone.or_else(|| town.phone.clone());
    let settled = checked.settled(now);
    let children = checked.cart.lines.iter().map(|line| line.child).collect();
    let made = Made {
        checked: &checked,
        usual: Usual::read(&mut *tx, &children)?,
        whose,
        now,
        zone: town.zone,
        phone: phone.as_deref(),
    };
    let lines: Vec<BookingLine> = checked
        .cart
        .lines
        .iter()
        .zip(&settled)
        .flat_map(|(line, settled)| made.lines(line, settled))
        .collect();
    let passes = |line: &BookingLine| !matches!(line.decided, Decided::Refused { .. });
    if !lines.iter().any(passes) {
        return Ok(Answer::Not(Trouble::Nothing));
    }
    let booking = BookingRecord {
        household: whose.household,
        guardian: Some(whose.guardian),
        lines,
        beyond: None,
        told_with: None,
    };
    door.submit(
        tx,
        &Operation {
            id: operation,
            at: now,
            actor: Actor::Guardian(whose.guardian),
            channel: Channel::Portal,
            seen: None,
            body: Body::Book { booking },
        },
    )?;
    keep_refused(tx, whose, &checked, &settled, now)?;
    Ok(Answer::Booked(operation))
}

/// The cart is gone; what was refused lies in a new one, to be changed or dropped.
fn keep_refused(
    tx: &mut dyn Write,
    whose: Whose,
    checked: &Checked,
    settled: &[Settled],
    now: UtcMs,
) -> Result<(), CorridorError> {
    let taken_out = carts::TakenOut::of(tx, checked.cart.id)?;
    carts::clear(tx, checked.cart.id)?;
    let kept: Vec<CartLine> = checked
        .cart
        .lines
        .iter()
        .zip(settled)
        .filter_map(|(line, settled)| {
            let price = match settled {
                Settled::Moved(price) => Some(*price),
                Settled::Judged(Judged {
                    sentence: Sentence::Refuse(_),
                    ..
                }) => None,
                Settled::Judged(_) => return None,
            };
            Some(CartLine {
                shown: price,
                held_until: None,
                ..line.clone()
            })
        })
        .collect();
    if kept.is_empty() && taken_out.is_empty() {
        return Ok(());
    }
    let cart = carts::open(
        tx,
        whose.owner(),
        whose.household,
        CartId(mint(now, random())),
        now,
    )?;
    for line in &kept {
        carts::put_line(tx, cart.id, line, now)?;
    }
    Ok(taken_out.remember(tx, cart.id)?)
}

/// What lines of a booking are made with.
struct Made<'a> {
    checked: &'a Checked,
    /// Table and hours, which families do not choose.
    usual: Usual,
    whose: Whose,
    now: UtcMs,
    zone: chrono_tz::Tz,
    phone: Option<&'a str>,
}

impl Made<'_> {
    /// What a line comes to. One that moves and pays for what it leaves is a cancellation and a reservation.
    fn lines(&self, line: &CartLine, settled: &Settled) -> Vec<BookingLine> {
        let booked = match settled {
            Settled::Judged(judged) => matches!(judged.sentence, Sentence::Book { .. }),
            Settled::Moved(_) => false,
        };
        let (Some(leaving), Some(reservation), true) = (self.checked.leaving(line), line.about, booked)
        else {
            return self.line(line, settled).into_iter().collect();
        };
        let left = BookingLine {
            ask: Ask::Cancel { reservation },
            decided: Decided::Cancelled {
                due: leaving.due,
                credited: leaving.credited,
            },
            others_held: 0,
            others_held_of_group: 0,
            overruled: None,
        };
        let there = CartLine {
            about: None,
            ..line.clone()
        };
        std::iter::once(left).chain(self.line(&there, settled)).collect()
    }

    fn line(&self, line: &CartLine, settled: &Settled) -> Option<BookingLine> {
        let group = match settled {
            Settled::Judged(judged) => judged.group.clone(),
            Settled::Moved(_) => None,
        };
        let ask = match line.kind {
            CartKind::Add => Ask::Add {
                line: self.reservation(line, group.clone()),
                replaces: line.about,
                wish: line.wish,
            },
            // There is nothing that could be cancelled.
            CartKind::Cancel => Ask::Cancel {
                reservation: line.about?,
            },
        };
        Some(BookingLine {
            ask,
            decided: self.decided(line, settled),
            others_held: self.held(line.session, None),
            others_held_of_group: group.map_or(0, |group| self.held(line.session, Some(group))),
            overruled: None,
        })
    }

    fn held(&self, session: SessionKey, group: Option<GroupName>) -> u32 {
        self.checked
            .ground
            .held
            .get(&(session, group))
            .copied()
            .unwrap_or(0)
    }

    fn reservation(&self, line: &CartLine, group: Option<GroupName>) -> ReservationLine {
        let mut made = ReservationLine {
            id: ReservationId(mint(self.now, random())),
            child: line.child,
            activity: line.session.activity,
            site: line.session.site,
            date: line.session.date,
            formula: line.formula,
            group,
            sitting: None,
            table: None,
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            household: Some(self.whose.household),
        };
        self.usual.complete(&mut made);
        made
    }

    fn decided(&self, line: &CartLine, settled: &Settled) -> Decided {
        let wish = || WishId(mint(self.now, random()));
        let judged = match settled {
            Settled::Moved(price) => {
                return Decided::Refused {
                    why: Why::PriceChanged,
                    words: server_ui::portal::cart::price_moved(line.shown, *price),
                };
            }
            Settled::Judged(judged) => judged,
        };
        match &judged.sentence {
            Sentence::Book { priced, due_at } => Decided::Booked {
                priced: *priced,
                due_at: *due_at,
            },
            Sentence::Request { priced, .. } => Decided::Requested {
                wish: wish(),
                priced: *priced,
            },
            Sentence::Wait { priced, .. } => Decided::Waiting {
                wish: wish(),
                priced: *priced,
            },
            Sentence::Cancel { due, credited, .. } => Decided::Cancelled {
                due: *due,
                credited: *credited,
            },
            Sentence::RequestCancel { due, .. } => Decided::CancelRequested {
                wish: wish(),
                due: *due,
            },
            Sentence::Refuse(reason) => Decided::Refused {
                why: reason.why,
                words: reason_words(reason, self.zone, self.phone),
            },
        }
    }
}
