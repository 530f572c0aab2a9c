//! Outages as they are shown: those of the record, and returns from a loss.

use shared::ids::{OutageId, SiteId};
use shared::operation::{OutageCause, OutageRecord};
use shared::time::UtcMs;

use crate::returns::{self, Recovery};
use crate::store::{Read, Row, StoreError};

/// An outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// What it was.
    pub record: OutageRecord,
    /// The version a form must have seen; `None` for a return from a loss, which is written elsewhere.
    pub version: Option<i64>,
}

impl Outage {
    /// When it ended, or `now` while it lasts.
    pub fn until(&self, now: UtcMs) -> UtcMs {
        self.record.until.unwrap_or(now).max(self.record.from)
    }
}

fn recorded(row: &Row) -> Result<Outage, StoreError> {
    let site = row.bytes(3)?;
    Ok(Outage {
        record: OutageRecord {
            id: OutageId(row.uuid(0)?),
            from: UtcMs(row.int(1)?),
            until: row.opt(2, Row::int)?.map(UtcMs),
            site: if site.is_empty() {
                None
            } else {
                Some(SiteId(row.uuid(3)?))
            },
            cause: OutageCause::named(&row.text(4)?).ok_or_else(|| StoreError::Shape("cause".into()))?,
            note: row.text(5)?,
        },
        version: Some(row.int(6)?),
    })
}

/// A return from a loss: nothing that came after the copy was there until it began.
fn lost(recovery: &Recovery) -> Outage {
    Outage {
        record: OutageRecord {
            id: OutageId(recovery.branch.0),
            from: recovery
                .restored_to
                .unwrap_or(recovery.began_at)
                .min(recovery.began_at),
            until: Some(recovery.began_at),
            site: None,
            cause: OutageCause::Loss,
            note: recovery.source.clone(),
        },
        version: None,
    }
}

/// All of them, the newest first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn outages(tx: &mut dyn Read) -> Result<Vec<Outage>, StoreError> {
    let rows = tx.query(include_str!("../record/outage/all.sql"), &[])?;
    let mut all = rows.iter().map(recorded).collect::<Result<Vec<_>, _>>()?;
    all.extend(returns::recoveries(tx)?.iter().map(lost));
    all.sort_by_key(|outage| std::cmp::Reverse((outage.record.from, outage.record.id)));
    Ok(all)
}

/// One of them.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn outage(tx: &mut dyn Read, id: OutageId) -> Result<Option<Outage>, StoreError> {
    if let Some(row) = tx.first(include_str!("../record/outage/get.sql"), &[id.into()])? {
        return recorded(&row).map(Some);
    }
    let all = returns::recoveries(tx)?;
    Ok(all.iter().find(|recovery| recovery.branch.0 == id.0).map(lost))
}
