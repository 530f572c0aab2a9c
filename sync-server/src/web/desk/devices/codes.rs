//! Giving a code to a new tablet.

use axum::http::StatusCode;
use axum::response::Response;
use qrcode::{Color, EcLevel, QrCode};
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

/// How long a code lives, in ms: seven days.
const CODE_MS: i64 = 7 * 86_400_000;
/// Light squares around a QR code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

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
    let (path, squares) = drawn(&format!("preau:{server} {code}"));
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

/// The dark squares as a path, and how many squares a side has with its quiet zone. A text too long
/// for a code gives none; addresses are not.
fn drawn(text: &str) -> (String, usize) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return (String::new(), 1);
    };
    let width = code.width();
    let squares: Vec<String> = code
        .to_colors()
        .into_iter()
        .enumerate()
        .filter(|(_, colour)| *colour == Color::Dark)
        .map(|(i, _)| format!("M{} {}h1v1h-1z", i % width + QUIET, i / width + QUIET))
        .collect();
    (squares.concat(), width + 2 * QUIET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_square_by_square_within_its_quiet_zone() {
        let (path, squares) = drawn("preau:https://preau.example.fr ville-3456-789A-BCDE");
        assert_eq!(squares, 33 + 8);
        assert!(path.starts_with("M4 4h1v1h-1z"), "the corner of the first finder");
    }
}
