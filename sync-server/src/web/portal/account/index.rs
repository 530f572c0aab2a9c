//! The first page of the account.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::account::{AccountPage, account_page};

use crate::web::portal::family::Guest;
use crate::web::portal::permit::{Asker, Permit, may};
use crate::web::portal::reply::{PortalError, page};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeAccount)?;
    let account = family.account().await?;
    let secrets = family.session.as_ref().is_some_and(|session| {
        let asker = Asker {
            stage: session.stage,
            as_agent: session.agent.is_some(),
        };
        may(asker, Permit::Secrets)
    });
    let view = AccountPage {
        frame: family.frame(Some(Place::Account)),
        login: account.login,
        town_hall: family.commune.label.clone(),
        email: account.email,
        phone: account.phone,
        france_connect: family.ground.portal.france_connect && family.visit.app.host.identity.is_offered(),
        secrets,
    };
    Ok(page(StatusCode::OK, account_page(&view)))
}
