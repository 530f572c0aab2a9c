//! Everything that a guardian was told, newest first.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use chrono_tz::Tz;
use server_ui::portal::Place;
use server_ui::portal::home::{FeedLine, FeedPage, feed_page};
use shared::codec::decode;
use shared::ids::GuardianId;
use shared::operation::{Capability, NoticeRecord};
use shared::words::{day, hour_or_full};

use super::super::family::Guest;
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use crate::record::{self, SeenChild};
use crate::store::{Read, StoreError};

/// Notices on a page.
const SIZE: usize = 20;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Home)?;
    if let Some(part) = family.shut(Capability::Consultation) {
        return Err(family.shut_page(Place::Home, part));
    }
    let guardian = family.id();
    let frame = family.frame(Some(Place::Home));
    let asked = family.visit.asked("page").and_then(|text| text.parse().ok());
    let nth = asked.filter(|nth| (1..10_000).contains(nth)).unwrap_or(1_usize);
    let view = family.visit.app.look(&family.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let total = tx.first(include_str!("sql/count.sql"), &[guardian.into()])?;
            let total = total.map_or(Ok(0), |row| row.count(0))?;
            let total = usize::try_from(total).unwrap_or(usize::MAX);
            let size = i64::try_from(SIZE).unwrap_or(i64::MAX);
            let offset = i64::try_from((nth - 1) * SIZE).unwrap_or(0);
            let notices = newest(tx, guardian, size, offset)?;
            let children = record::children_seen(tx, guardian)?;
            Ok::<_, StoreError>(FeedPage {
                lines: lines(notices, &children, today, commune.zone),
                frame,
                page: nth,
                pages: total.div_ceil(SIZE).max(1),
            })
        })
    });
    Ok(page(StatusCode::OK, feed_page(&view.await?)))
}

/// Some of what a guardian was told, newest first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn newest(
    tx: &mut dyn Read,
    guardian: GuardianId,
    most: i64,
    after: i64,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let params = [guardian.into(), most.into(), after.into()];
    let rows = tx.query(include_str!("sql/newest.sql"), &params)?;
    rows.iter()
        .map(|row| decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string())))
        .collect()
}

/// As they are shown. Of a child that this guardian sees no more, nothing is said.
pub(super) fn lines(
    notices: Vec<NoticeRecord>,
    children: &[SeenChild],
    today: NaiveDate,
    zone: Tz,
) -> Vec<FeedLine> {
    let seen = |notice: &NoticeRecord| {
        notice
            .child
            .is_none_or(|child| children.iter().any(|one| one.id == child))
    };
    notices
        .into_iter()
        .filter(seen)
        .map(|notice| {
            let date = notice.at.date_in(zone);
            FeedLine {
                date: date.to_string(),
                day: day(date),
                hour: hour_or_full(notice.at.time_in(zone)),
                is_today: date == today,
                notice,
            }
        })
        .collect()
}
