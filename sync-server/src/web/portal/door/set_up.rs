//! A second factor is set up, renewed or given up by somebody who is in and knows the password.
//!
//! The secret of an app that is being set up travels in the form, as it stands on the page to be read: it opens nothing
//! until a code of it was typed, together with the password. Codes for a lost telephone are on one answer alone, since
//! the record keeps only what they hash to.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::Place;
use server_ui::portal::door::{GivenCodesPage, SetUpPage, Setting, given_codes_page, set_up_page};
use shared::codec::Blob;
use shared::operation::Body;

use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::password::is_known;
use super::{Sent, factor, recovery, totp};
use crate::clock::random;
use crate::store::StoreError;
use crate::web::qr;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    family.require_private()?;
    let setting = current(&family).await?;
    Ok(draw(&family, StatusCode::OK, FormState::default(), setting, None))
}

/// Whether there is a second factor.
async fn current(family: &Family) -> Result<Setting, PortalError> {
    let guardian = family.id();
    let found = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let row = tx.first(include_str!("sql/may_enter.sql"), &[guardian.into()])?;
            let left = tx.query(include_str!("sql/factor_codes_left.sql"), &[guardian.into()])?;
            let on = row.is_some_and(|row| !row.is_null(0));
            Ok::<_, StoreError>(if on {
                Setting::On { left: left.len() }
            } else {
                Setting::Off
            })
        })
    });
    Ok(found.await?)
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    family.require_private()?;
    let mut form = family.own_form(sent)?;
    let password = form.value("actuel").to_owned();
    form.drop_all("actuel");
    let setting = current(&family).await?;
    let wish = form.value("souhait").to_owned();
    match (wish.as_str(), setting) {
        ("activer", Setting::Off) => turn_on(&family, form, &password).await,
        ("codes", Setting::On { .. }) => renew(&family, form, &password, setting).await,
        ("retirer", Setting::On { .. }) => turn_off(&family, form, &password, setting).await,
        // The form was sent twice, or is of another time: the page says how it is now.
        _ => Ok(family.done("/compte/double-authentification", "deja")),
    }
}

async fn turn_on(family: &Family, mut form: FormState, password: &str) -> Result<Response, PortalError> {
    let secret = totp::secret_of(form.value("secret"));
    let typed: String = form.value("code").trim().chars().take(20).collect();
    form.drop_all("code");
    let now = family.commune.clock.now();
    let step = secret
        .as_ref()
        .and_then(|secret| totp::step_of(secret, &typed, now));
    if step.is_none() {
        form.flaw("code", Flaw::Said("portal-door-set-up-code-wrong"));
    }
    let status = ask_password(family, &mut form, password).await?;
    let (Some(secret), Some(step), false) = (&secret, step, form.is_flawed()) else {
        return Ok(draw(family, status, form, Setting::Off, secret));
    };
    let guardian = family.id();
    let sealed = family.commune.keys.seal(&factor::purpose(guardian), secret);
    set(family, Some(sealed), Some(step)).await
}

async fn renew(
    family: &Family,
    mut form: FormState,
    password: &str,
    setting: Setting,
) -> Result<Response, PortalError> {
    let status = ask_password(family, &mut form, password).await?;
    if form.is_flawed() {
        return Ok(draw(family, status, form, setting, None));
    }
    let guardian = family.id();
    let sealed = family.visit.app.with(&family.visit.slug, move |commune| {
        let row = commune
            .store
            .read(|tx| tx.first(include_str!("sql/may_enter.sql"), &[guardian.into()]))?;
        row.map(|row| row.bytes(0)).transpose()
    });
    let sealed = sealed.await?;
    set(family, sealed, None).await
}

async fn turn_off(
    family: &Family,
    mut form: FormState,
    password: &str,
    setting: Setting,
) -> Result<Response, PortalError> {
    let status = ask_password(family, &mut form, password).await?;
    if form.is_flawed() {
        return Ok(draw(family, status, form, setting, None));
    }
    let body = Body::SetSecondFactor {
        guardian: family.id(),
        sealed: None,
        recovery: Vec::new(),
    };
    match family.submit(None, body).await? {
        Ok(_) => Ok(family.done("/compte/double-authentification", "facteur-retire")),
        Err(refusal) => {
            form.refuse("actuel", &refusal);
            Ok(draw(
                family,
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                setting,
                None,
            ))
        }
    }
}

async fn ask_password(
    family: &Family,
    form: &mut FormState,
    password: &str,
) -> Result<StatusCode, PortalError> {
    if password.is_empty() {
        form.flaw("actuel", Flaw::Said("portal-door-no-current"));
    } else if !form.is_flawed() {
        return is_known(family, form, password).await;
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Sets the factor with new codes for a lost telephone, and shows these this once.
async fn set(family: &Family, sealed: Option<Vec<u8>>, step: Option<i64>) -> Result<Response, PortalError> {
    let guardian = family.id();
    let codes = recovery::draw();
    let hashes = codes.iter().filter_map(|code| recovery::hash(guardian, code));
    let body = Body::SetSecondFactor {
        guardian,
        sealed: sealed.map(Blob),
        recovery: hashes.collect(),
    };
    if let Err(refusal) = family.submit(None, body).await? {
        let mut form = FormState::default();
        form.refuse("actuel", &refusal);
        let setting = current(family).await?;
        return Ok(draw(
            family,
            StatusCode::UNPROCESSABLE_ENTITY,
            form,
            setting,
            None,
        ));
    }
    if let Some(step) = step {
        let take = family.visit.app.with(&family.visit.slug, move |commune| {
            commune.store.write(move |tx| factor::take(tx, guardian, step))
        });
        take.await?;
    }
    let view = GivenCodesPage {
        frame: family.frame(Some(Place::Account)),
        codes,
    };
    Ok(page(StatusCode::OK, given_codes_page(&view)))
}

/// `secret` is that of the app that is being set up; another is drawn where there is none yet.
fn draw(
    family: &Family,
    status: StatusCode,
    form: FormState,
    setting: Setting,
    secret: Option<Vec<u8>>,
) -> Response {
    let secret = secret.unwrap_or_else(|| random::<{ totp::SECRET }>().to_vec());
    let text = totp::text(&secret);
    let address = totp::address(&family.commune.name, &family.guardian.login, &secret);
    let (path, squares) = qr::drawn(&address);
    let mut form = form;
    form.set("secret", text.as_str());
    let view = SetUpPage {
        frame: family.frame(Some(Place::Account)),
        form,
        setting,
        secret: text,
        address,
        path,
        squares,
    };
    page(status, set_up_page(&view))
}
