//! A copy of all data: asked for, noted, handed over.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::portal::account::{DataPage, data_page};
use server_ui::portal::{Place, Said};
use shared::operation::Body;

use super::{Sent, allow, copy};
use crate::about;
use crate::web::portal::family::Guest;
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    let view = DataPage {
        frame: family.frame(Some(Place::Account)),
    };
    Ok(page(StatusCode::OK, data_page(&view)))
}

pub(super) async fn take(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (family, _) = allow(guest, Permit::Secrets, sent)?;
    let guardian = family.id();
    // It is noted before anything is handed over.
    if family.submit(None, Body::ExportData { guardian }).await?.is_err() {
        return Err(family.said(Said::PageUnknown));
    }
    let (who, portal) = (family.guardian.clone(), family.ground.portal.clone());
    let made = family.visit.app.with(&family.visit.slug, move |commune| {
        about::fill(commune, || true)?;
        copy::archive(commune, &who, &portal)
    });
    let bytes = made.await?;
    let name = format!("attachment; filename=\"preau-{}.zip\"", family.commune.slug);
    let named = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, named),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}
