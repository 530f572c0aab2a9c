//! Giving a code to a new tablet.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::devices::{CodeFormPage, CodePage, Given, code_form_page, code_page};
use server_ui::desk::form::{Choice, Flaw, FormState};
use shared::addresses::Addresses;
use shared::codec::decode;
use shared::operation::{Body, SiteRecord};

use super::super::day::{day_of, hour_of};
use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::{Desk, Visit};
use crate::clock::random;
use crate::record;
use crate::store::{Read, StoreError};
use crate::sync::{code_hash, new_code};
use crate::web::qr;

/// How long a code lives, in ms: seven days.
const CODE_MS: i64 = 7 * 86_400_000;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageDevices)?;
    draw(&desk, FormState::default(), StatusCode::OK).await
}

/// The code is drawn at once and not after a redirect: the record keeps only its hash, so no later
/// page could show it.
pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageDevices)?;
    let known = sites(&desk).await?;
    let chosen: Vec<&SiteRecord> = known
        .iter()
        .filter(|site| form.all("site").contains(&site.id.to_string().as_str()))
        .collect();
    if chosen.is_empty() {
        form.flaw("site", Flaw::Said("devices-code-sites-none"));
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let code = new_code(&desk.commune.slug, random());
    let expires_at = desk.commune.clock.now().plus_ms(CODE_MS);
    let body = Body::IssueTabletCode {
        code: code_hash(&code),
        sites: chosen.iter().map(|site| site.id).collect(),
        expires_at,
    };
    if let Err(refusal) = desk.submit(None, body).await? {
        form.refuse("site", &refusal);
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let published = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(first_address));
    let server = published.await?.unwrap_or_else(|| reached_at(&desk.visit));
    let (path, squares) = qr::drawn(&format!("preau:{server} {code}"));
    let zone = desk.commune.zone;
    let given = Given {
        code,
        server,
        sites: chosen.iter().map(|site| site.name.clone()).collect(),
        until: format!(
            "{}, {}",
            day_of(expires_at.date_in(zone), desk.commune.today()),
            hour_of(expires_at, &desk.commune)
        ),
        path,
        squares,
    };
    let bar = desk.bar();
    Ok(page(StatusCode::OK, code_page(&CodePage { bar, given })))
}

async fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let sites = sites(desk)
        .await?
        .into_iter()
        .map(|site| Choice::new(site.id.to_string(), site.name))
        .collect();
    let bar = desk.bar();
    Ok(page(status, code_form_page(&CodeFormPage { bar, form, sites })))
}

/// The sites that are still in use.
async fn sites(desk: &Desk) -> Result<Vec<SiteRecord>, DeskError> {
    let all = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(record::sites));
    let sites = all.await?.into_iter().map(|(site, _)| site);
    Ok(sites.filter(|site| !site.retired).collect())
}

/// The first of the addresses that were published.
fn first_address(tx: &mut dyn Read) -> Result<Option<String>, StoreError> {
    let Some(row) = tx.first(include_str!("../../../record/addresses/get.sql"), &[])? else {
        return Ok(None);
    };
    let addresses: Addresses = decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string()))?;
    Ok(addresses.places.servers.into_iter().next())
}

/// The address under which this page was reached.
fn reached_at(visit: &Visit) -> String {
    let scheme = if visit.is_https() { "https" } else { "http" };
    format!("{scheme}://{}", visit.header("host").unwrap_or("localhost"))
}
