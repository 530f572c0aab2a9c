//! Getting in with FranceConnect, and tying an identity of it to an account.
//!
//! Somebody leaves with a state, a nonce and a verifier that wait sealed under the state's SHA-256, bound to the
//! browser by a cookie. Whoever comes back takes them up in the transaction that removes them: a state works once,
//! for ten minutes, in one browser. An identity opens an account only once somebody who was in tied it, with the
//! password (docs/adr/0020).

mod back;
mod leave;
mod tie;
mod trip;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use server_ui::portal::Said;
use server_ui::portal::identity::{IdentityTrouble, identity_trouble};

pub(super) use leave::path_of_leaving;

use super::family::Guest;
use super::permit::Permit;
use super::reply::{PortalError, page};
use crate::identity::{Provider, Trouble, Way};
use crate::web::throttle::{self, Subject};
use crate::web::{App, WebError};

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/franceconnect", get(begin))
        .route("/{slug}/franceconnect/retour", get(back::come))
        .route("/{slug}/franceconnect/sortie", get(leave::show))
        .route("/{slug}/compte/franceconnect", get(tie::show))
        .route("/{slug}/compte/franceconnect/lier", post(tie::tie))
        .route("/{slug}/compte/franceconnect/delier", post(tie::untie))
}

/// The provider, where the host knows one and the town offers it.
fn provider(guest: &Guest) -> Result<std::sync::Arc<Provider>, PortalError> {
    let offered = guest.ground.portal.france_connect;
    let provider = guest.visit.app.host.identity.provider().filter(|_| offered);
    provider.ok_or_else(|| guest.said(Said::PageUnknown))
}

/// Where the provider sends people back to.
fn redirect(guest: &Guest) -> String {
    format!("{}{}", guest.visit.origin(), guest.at("/franceconnect/retour"))
}

/// Sends somebody to the provider: to get in, or, with `lier`, to tie who they are to the account that is in.
async fn begin(guest: Guest) -> Result<Response, PortalError> {
    let provider = provider(&guest)?;
    let (guest, tie) = if guest.visit.asked("lier").is_some() {
        let family = guest.require(Permit::Secrets)?;
        let id = family.id();
        (family.into_guest(), Some(id))
    } else {
        (guest, None)
    };
    let from = guest.visit.address_of_client().map(Subject::IdentitiesFrom);
    let from: Vec<_> = from.into_iter().collect();
    let counted = guest.visit.app.with(&guest.visit.slug, move |commune| {
        match throttle::attempt(commune, &from)? {
            Some(until) => Err(WebError::wait(until, commune.clock.now())),
            None => Ok(()),
        }
    });
    counted.await?;
    let (trip, browser) = trip::Trip::new(redirect(&guest), tie);
    let now = guest.commune.clock.now();
    let way = trip.way();
    let address = match provider.begin(&way, now).await {
        Ok(address) => address,
        Err(trouble) => return Ok(said(&guest, trouble)),
    };
    let kept = guest
        .visit
        .app
        .with(&guest.visit.slug, move |commune| trip.keep(commune));
    kept.await?;
    let value = data_encoding::BASE64URL_NOPAD.encode(&browser);
    let cookie = guest.visit.set_cookie("fc", &value, "; Max-Age=600");
    Ok(([(header::SET_COOKIE, cookie)], elsewhere(&address)).into_response())
}

/// To an address of the provider.
fn elsewhere(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// A page that says why nobody got in.
fn trouble(guest: &Guest, what: IdentityTrouble) -> Response {
    let status = match what {
        IdentityTrouble::Down => StatusCode::SERVICE_UNAVAILABLE,
        IdentityTrouble::Cancelled => StatusCode::OK,
        IdentityTrouble::NotOurs | IdentityTrouble::NotTied | IdentityTrouble::Unconfirmed => {
            StatusCode::FORBIDDEN
        }
        IdentityTrouble::Taken => StatusCode::CONFLICT,
    };
    page(status, identity_trouble(&guest.frame(None), what))
}

fn said(guest: &Guest, why: Trouble) -> Response {
    tracing::warn!(%why, "nobody came back from the identity provider");
    trouble(
        guest,
        match why {
            Trouble::Down(_) => IdentityTrouble::Down,
            Trouble::NotOurs(_) => IdentityTrouble::NotOurs,
        },
    )
}
