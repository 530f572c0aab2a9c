//! Notes which server-owned data an operation changed, so that tablets get just that.

use chrono::NaiveDate;
use shared::ids::SiteId;

use super::Stage;
use crate::store::{StoreError, Value};

const NOWHERE: &[u8] = &[];

fn put(stage: &mut Stage<'_>, kind: &str, site: Value, date: &str) -> Result<(), StoreError> {
    let seq = stage.seq;
    stage.tx.execute(
        include_str!("../record/touched/put.sql"),
        &[kind.into(), site, date.into(), seq.into()],
    )?;
    Ok(())
}

/// The day list of a site and date.
pub(super) fn day(stage: &mut Stage<'_>, site: SiteId, date: NaiveDate) -> Result<(), StoreError> {
    put(stage, "day", site.into(), &date.to_string())
}

/// Every day list: something that all of them show.
pub(super) fn all_days(stage: &mut Stage<'_>) -> Result<(), StoreError> {
    put(stage, "all_days", NOWHERE.into(), "")
}

/// The cards of all sites.
pub(super) fn sites(stage: &mut Stage<'_>) -> Result<(), StoreError> {
    put(stage, "sites", NOWHERE.into(), "")
}

/// The town's roster.
pub(super) fn roster(stage: &mut Stage<'_>) -> Result<(), StoreError> {
    put(stage, "roster", NOWHERE.into(), "")
}
