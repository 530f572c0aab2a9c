//! What tablets sent and the server kept aside.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::{KeptAside, QuarantinePage, quarantine};
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use super::reply::{DeskError, page};
use super::rights::Right;
use super::visit::Desk;
use crate::commune::Commune;
use crate::store::{Row, StoreError};

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeQuarantine)?;
    let bar = desk.bar();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let rows = commune
            .store
            .read(|tx| tx.query(include_str!("../../record/quarantine/all.sql"), &[]))?;
        let kept = rows
            .iter()
            .map(|row| kept_aside(row, commune))
            .collect::<Result<_, _>>()?;
        Ok::<_, StoreError>(QuarantinePage { bar, kept })
    });
    Ok(page(StatusCode::OK, quarantine(&view.await?)))
}

fn kept_aside(row: &Row, commune: &Commune) -> Result<KeptAside, StoreError> {
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
    })
}

/// The end of an id: enough to tell two things apart on one page.
pub(super) fn end_of(id: uuid::Uuid) -> String {
    let hex = id.simple().to_string();
    hex[hex.len() - 6..].to_owned()
}
