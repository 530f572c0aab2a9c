//! All requests of a guardian, the one that changed last first.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::requests::{RequestsPage, requests_page};

use super::super::family::Guest;
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::row_of;
use crate::record;
use crate::store::StoreError;

/// Requests on a page.
const SIZE: usize = 20;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeRequests)?;
    family.opened(Place::Requests)?;
    let guardian = family.id();
    let frame = family.frame(Some(Place::Requests));
    let asks = family
        .session
        .as_ref()
        .is_some_and(|session| session.agent.is_none());
    let asked = family.visit.asked("page").and_then(|text| text.parse().ok());
    let nth = asked.filter(|nth| (1..10_000).contains(nth)).unwrap_or(1_usize);
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let total = tx.first(include_str!("sql/count.sql"), &[guardian.into()])?;
            let total = total.map_or(Ok(0), |row| row.count(0))?;
            let total = usize::try_from(total).unwrap_or(usize::MAX);
            let size = i64::try_from(SIZE).unwrap_or(i64::MAX);
            let offset = i64::try_from((nth - 1) * SIZE).unwrap_or(0);
            let params = [guardian.into(), size.into(), offset.into()];
            let rows = tx.query(include_str!("sql/list.sql"), &params)?;
            let children = record::children_seen(tx, guardian)?;
            let rows = rows
                .iter()
                .map(|row| Ok(row_of(record::request_of(row)?, &children, commune)));
            Ok::<_, StoreError>(RequestsPage {
                rows: rows.collect::<Result<_, StoreError>>()?,
                frame,
                asks,
                page: nth,
                pages: total.div_ceil(SIZE).max(1),
            })
        })
    });
    Ok(page(StatusCode::OK, requests_page(&view.await?)))
}
