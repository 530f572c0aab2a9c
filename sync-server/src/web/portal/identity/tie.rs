//! An identity is tied to the account that is in, or untied. Tying asks for the password: whoever found an open
//! session, or led this browser to an identity of their own, ties nothing.

use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::Place;
use server_ui::portal::account::{TiePage, TiedPage, tie_page, tied_page};
use server_ui::portal::identity::IdentityTrouble;
use shared::codec::Hash32;
use shared::ids::GuardianId;
use shared::operation::{Body, Refusal};

use super::trip::AWAY_MS;
use super::{provider, trouble};
use crate::identity::Identity;
use crate::store::StoreError;
use crate::web::WebError;
use crate::web::portal::account::allow;
use crate::web::portal::door::{Known, Sent, knows_password};
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};

/// What an identity that waits to be tied is sealed for.
const SEALED: &str = "identity tie";

/// An identity that waits to be tied: for one guardian, and not for long.
#[derive(Serialize, Deserialize)]
struct Waiting {
    guardian: GuardianId,
    identity: String,
    at: i64,
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    provider(&guest)?;
    let family = guest.require(Permit::Secrets)?;
    let tied = family.account().await?.identity;
    let view = TiedPage {
        frame: family.frame(Some(Place::Account)),
        tied,
    };
    Ok(page(StatusCode::OK, tied_page(&view)))
}

/// Asks whoever came back whether this identity is to open their account.
pub(super) fn ask(family: &Family, identity: &Identity) -> Result<Response, PortalError> {
    let waiting = Waiting {
        guardian: family.id(),
        identity: identity.hash.hex(),
        at: family.commune.clock.now().0,
    };
    let bytes = serde_json::to_vec(&waiting).map_err(|error| StoreError::Shape(error.to_string()))?;
    let sealed = data_encoding::BASE64URL_NOPAD.encode(&family.commune.keys.seal(SEALED, &bytes));
    let form = FormState::default()
        .with("identite", sealed)
        .with("nom", identity.name.clone());
    Ok(draw(family, form, StatusCode::OK))
}

fn draw(family: &Family, form: FormState, status: StatusCode) -> Response {
    let view = TiePage {
        frame: family.frame(Some(Place::Account)),
        name: form.value("nom").to_owned(),
        form,
    };
    page(status, tie_page(&view))
}

fn waiting(family: &Family, sealed: &str) -> Option<Hash32> {
    let sealed = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let bytes = family.commune.keys.unseal(SEALED, &sealed)?;
    let waiting: Waiting = serde_json::from_slice(&bytes).ok()?;
    let age_ms = family.commune.clock.now().0.saturating_sub(waiting.at);
    let ours = waiting.guardian == family.id() && (0..AWAY_MS).contains(&age_ms);
    let hash = data_encoding::HEXLOWER.decode(waiting.identity.as_bytes()).ok()?;
    ours.then_some(Hash32(hash.try_into().ok()?))
}

pub(super) async fn tie(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    provider(&guest)?;
    let (family, mut form) = allow(guest, Permit::Secrets, sent)?;
    let password = form.value("mot_de_passe").to_owned();
    form.drop_all("mot_de_passe");
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(identity) = waiting(&family, form.value("identite")) else {
        form.flaw("mot_de_passe", Flaw::Said("account-tie-stale"));
        return Ok(draw(&family, form, unprocessable));
    };
    let guardian = family.id();
    match knows_password(&family, guardian, &password).await? {
        Known::Yes => {}
        Known::No => {
            form.flaw("mot_de_passe", Flaw::Said("account-tie-wrong"));
            return Ok(draw(&family, form, unprocessable));
        }
        Known::Locked(until) => {
            return Err(WebError::wait(until, family.commune.clock.now()).into());
        }
    }
    let identity = Some(identity);
    match family
        .submit(None, Body::LinkIdentity { guardian, identity })
        .await?
    {
        Ok(_) => Ok(family.done("/compte/franceconnect", "lie")),
        Err(Refusal::Taken(_)) => Ok(trouble(&family, IdentityTrouble::Taken)),
        Err(refusal) => {
            form.refuse("mot_de_passe", &refusal);
            Ok(draw(&family, form, unprocessable))
        }
    }
}

pub(super) async fn untie(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (family, _) = allow(guest, Permit::Secrets, sent)?;
    let guardian = family.id();
    let identity = None;
    if family
        .submit(None, Body::LinkIdentity { guardian, identity })
        .await?
        .is_err()
    {
        return Err(family.said(server_ui::portal::Said::PageUnknown));
    }
    Ok(family.done("/compte/franceconnect", "delie"))
}
