//! Somebody comes back from the provider.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::header;
use axum::response::Response;
use server_ui::portal::identity::IdentityTrouble;
use shared::ids::GuardianId;
use shared::operation::LogInWay;

use super::trip::Trip;
use super::{leave, provider, said, tie, trouble};
use crate::identity::Identity;
use crate::web::portal::door::{Arrival, Entered, enter};
use crate::web::portal::family::Guest;
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, see_other};

/// Longest state and code looked at, in bytes.
const LONGEST: usize = 4096;

type Asked = Result<Query<BTreeMap<String, String>>, QueryRejection>;

pub(super) async fn come(guest: Guest, asked: Asked) -> Result<Response, PortalError> {
    let provider = provider(&guest)?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let text = |name: &str| asked.get(name).cloned().filter(|text| text.len() <= LONGEST);
    let state = text("state").unwrap_or_default();
    let browser = guest.visit.cookie(&guest.visit.cookie_name("fc"));
    let taken = guest.visit.app.with(&guest.visit.slug, move |commune| {
        Trip::take(commune, &state, browser.as_ref())
    });
    let Some(trip) = taken.await? else {
        return Ok(over(&guest, trouble(&guest, IdentityTrouble::NotOurs)));
    };
    let Some(code) = text("code") else {
        return Ok(over(&guest, trouble(&guest, IdentityTrouble::Cancelled)));
    };
    let now = guest.commune.clock.now();
    let identity = match provider.finish(&code, &trip.way(), now).await {
        Ok(identity) => identity,
        Err(why) => return Ok(over(&guest, said(&guest, why))),
    };
    match trip.tie {
        None => arrive(&guest, identity).await,
        // Only for whoever left: another account may be in by now.
        Some(guardian) => {
            let family = guest.require(Permit::Secrets)?;
            if family.id() != guardian {
                return Ok(over(&family, trouble(&family, IdentityTrouble::NotOurs)));
            }
            let page = tie::ask(&family, &identity)?;
            Ok(over(&family, page))
        }
    }
}

/// The cookie of the trip has done its work.
fn over(guest: &Guest, mut response: Response) -> Response {
    let cookie = guest.visit.set_cookie("fc", "", "; Max-Age=0");
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// Lets in whoever this identity was tied to.
async fn arrive(guest: &Guest, identity: Identity) -> Result<Response, PortalError> {
    let arrival = Arrival::of(&guest.visit);
    let hash = identity.hash;
    let entered = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let row = commune
            .store
            .read(|tx| tx.first(include_str!("sql/whose.sql"), &[hash.into()]))?;
        let guardian = row.map(|row| row.uuid(0).map(GuardianId)).transpose()?;
        match guardian {
            Some(guardian) => enter(commune, guardian, LogInWay::FranceConnect, None, arrival),
            None => Ok(Entered::Gone),
        }
    });
    let entered = entered.await?;
    crate::metrics::logged_in(match entered {
        Entered::In(_) | Entered::Factor(_) => "ok",
        Entered::Unconfirmed => "unconfirmed",
        Entered::Gone => "wrong",
    });
    let refused = |what| Ok(over(guest, trouble(guest, what)));
    let (secret, next) = match entered {
        Entered::In(secret) => (secret, guest.at("/")),
        Entered::Factor(secret) => (secret, guest.at("/verification")),
        Entered::Unconfirmed => return refused(IdentityTrouble::Unconfirmed),
        Entered::Gone => return refused(IdentityTrouble::NotTied),
    };
    let mut response = over(guest, see_other(&next));
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, guest.visit.keep_family(&secret));
    headers.append(header::SET_COOKIE, leave::keep(guest, &identity.id_token));
    Ok(response)
}
