//! The cart as it is looked at.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::cart::{CartPage, Trouble, cart_page};

use super::check::{Checked, shown};
use super::{Whose, enter, shut_of, view};
use crate::record::{self, Part};
use crate::rules::carts;
use crate::store::StoreError;
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::SeeBookings)?;
    let shut = shut_of(&family, &family.ground.unopened, false);
    draw(&family, StatusCode::OK, None, shut).await
}

/// The cart with a word above it; `parts` are those of the service that are closed by now.
pub(super) async fn with_trouble(
    family: &Family,
    status: StatusCode,
    trouble: Trouble,
) -> Result<Response, PortalError> {
    let shut = shut_of(family, &family.ground.unopened, false);
    draw(family, status, Some(trouble), shut).await
}

/// The cart of somebody who meant to validate it while booking is closed.
pub(super) async fn shut(family: &Family, parts: &[Part]) -> Result<Response, PortalError> {
    draw(family, StatusCode::CONFLICT, None, shut_of(family, parts, true)).await
}

async fn draw(
    family: &Family,
    status: StatusCode,
    trouble: Option<Trouble>,
    shut: Option<server_ui::portal::cart::Shut>,
) -> Result<Response, PortalError> {
    let whose = Whose::of(family);
    let frame = family.frame(Some(Place::Bookings));
    let portal_phone = family.ground.portal.phone.clone();
    let may_change = !family.is_agent();
    let read = family.visit.app.with(&family.visit.slug, move |commune| {
        let now = commune.clock.now();
        let (mut view, moved) = commune.store.read(|tx| {
            let phone = carts::settings(tx)?.phone.or(portal_phone);
            let mut view = CartPage {
                frame,
                cart: None,
                children: Vec::new(),
                trouble,
                shut,
                phone,
                may_change,
            };
            let Some(checked) = Checked::of(tx, whose, now)? else {
                return Ok::<_, StoreError>((view, None));
            };
            let judged = checked.judged(now);
            let seen = record::children_seen(tx, whose.guardian)?;
            view.children = view::children(
                &checked,
                &judged,
                &seen,
                (commune.zone, now, view.phone.as_deref()),
            );
            let mut lines = checked.cart.lines.clone();
            let mut moved = Vec::new();
            for (line, judged) in lines.iter_mut().zip(&judged) {
                let price = checked.price_of(line, &judged.sentence);
                if line.shown != price {
                    line.shown = price;
                    moved.push(line.clone());
                }
            }
            view.cart = Some((checked.cart.id, shown(&lines)));
            Ok((view, Some((checked.cart.id, moved))))
        })?;
        // What is shown now is what counts when it is validated.
        if let Some((id, moved)) = moved
            && !moved.is_empty()
            && may_change
        {
            let still = commune.store.write(move |tx| {
                let Some(cart) = carts::get(tx, whose.owner(), id)? else {
                    return Ok::<_, StoreError>(false);
                };
                for line in &moved {
                    let same = |one: &&carts::CartLine| {
                        (one.child, one.session, one.kind, one.formula)
                            == (line.child, line.session, line.kind, line.formula)
                    };
                    if let Some(now_there) = cart.lines.iter().find(same) {
                        let put = carts::CartLine {
                            shown: line.shown,
                            ..now_there.clone()
                        };
                        carts::put_line(tx, id, &put, cart.changed_at)?;
                    }
                }
                Ok(true)
            })?;
            if !still {
                view.cart = None;
            }
        }
        Ok::<_, StoreError>(view)
    });
    Ok(page(status, cart_page(&read.await?)))
}
