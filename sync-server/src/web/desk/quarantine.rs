//! What tablets sent and the server kept aside, and the children nobody knew.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::{KeptAside, QuarantinePage, quarantine};
use shared::ids::SiteId;
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use super::devices::strangers;
use super::reply::{DeskError, page};
use super::rights::{Right, may};
use super::visit::Desk;
use crate::commune::Commune;
use crate::store::{Row, StoreError};

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeQuarantine)?;
    let bar = desk.bar();
    let base = desk.at("/quarantaine");
    let reach = desk.reach().clone();
    let says = may(desk.session.role, Right::SettleQuarantine);
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (rows, strangers) = commune.store.read(|tx| {
            let rows = tx.query(include_str!("../../record/quarantine/all.sql"), &[])?;
            let says = says.then_some(base.as_str());
            Ok::<_, StoreError>((rows, strangers(tx, &reach, commune, says)?))
        })?;
        let mut kept = Vec::with_capacity(rows.len());
        for row in &rows {
            if reach.has(SiteId(row.uuid(9)?)) {
                kept.push(kept_aside(row, commune, &base)?);
            }
        }
        Ok::<_, StoreError>(QuarantinePage { bar, kept, strangers })
    });
    Ok(page(StatusCode::OK, quarantine(&view.await?)))
}

/// A payload as pages show it; `base` is the address of their list.
pub(super) fn kept_aside(row: &Row, commune: &Commune, base: &str) -> Result<KeptAside, StoreError> {
    let today = commune.today();
    let received = UtcMs(row.int(7)?);
    Ok(KeptAside {
        received: format!(
            "{}, {}",
            day_of(received.date_in(commune.zone), today),
            hour_of(received, commune)
        ),
        tablet: row.text(2)?,
        tablet_id: end_of(row.uuid(1)?),
        site: row.text(3)?,
        date: day_of(row.date(4)?, today),
        reason: row.text(5)?,
        bytes: row.count(6)?,
        settled: row.opt(8, Row::text)?,
        address: format!("{base}/{}", row.hash(0)?.hex()),
    })
}

/// The end of an id: enough to tell two things apart on one page.
pub(super) fn end_of(id: uuid::Uuid) -> String {
    let hex = id.simple().to_string();
    hex[hex.len() - 6..].to_owned()
}
