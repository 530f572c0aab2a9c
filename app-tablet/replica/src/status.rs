//! What a tablet holds and owes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::Connection;
use shared::codec::Hash32;
use shared::digest::{SheetRef, sheet_digest};
use shared::fold::Conflict;
use shared::ids::{BranchId, DeviceId, MarkId, SiteId};
use shared::time::UtcMs;

use crate::day::Lists;
use crate::error::ReplicaError;
use crate::store::marks::{self, Counts, MarkState};
use crate::store::meta::Back;
use crate::tablet::Tablet;

/// A tablet's status.
pub struct Status {
    /// The tablet.
    pub device: DeviceId,
    /// Its sites: id and slug where known.
    pub sites: Vec<(SiteId, Option<String>)>,
    /// Own marks by where they stand.
    pub counts: Counts,
    /// Contradictions on its sheets.
    pub conflicts: usize,
    /// Server time of the newest exchange that ended well.
    pub last_sync: Option<UtcMs>,
    /// The branch of the newest answer.
    pub branch: Option<BranchId>,
    /// The newest return of the server from a loss.
    pub back: Option<Back>,
    /// Names are withheld until a person has confirmed this tablet.
    pub withheld: bool,
    /// Sheets with a mark.
    pub sheets: Vec<SheetStatus>,
}

/// One sheet.
pub struct SheetStatus {
    /// The sheet.
    pub sheet: SheetRef,
    /// Distinct mark ids.
    pub marks: usize,
    /// Digest of its marks.
    pub digest: Hash32,
}

/// Digest of a sheet's rows, without those the server keeps aside and those `leave_out` names.
pub(crate) fn digest(
    db: &Connection,
    sheet: &SheetRef,
    leave_out: &BTreeSet<MarkId>,
) -> Result<(Hash32, usize), ReplicaError> {
    let rows = marks::of_sheet(db, sheet)?;
    let counted: BTreeSet<(MarkId, &[u8])> = rows
        .iter()
        .filter(|row| row.state != MarkState::SetAside && !leave_out.contains(&row.id))
        .map(|row| (row.id, &row.value[..]))
        .collect();
    let ids: BTreeSet<MarkId> = counted.iter().map(|(id, _)| *id).collect();
    Ok((sheet_digest(counted.into_iter()), ids.len()))
}

impl Tablet {
    /// Every contradiction on the sheets held, with its date.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn conflicts(&mut self) -> Result<Vec<(NaiveDate, Conflict)>, ReplicaError> {
        self.enrolled()?;
        let mut lists = Lists::default();
        let dates: BTreeSet<NaiveDate> = marks::all_sheets(self.db.reader())?
            .iter()
            .map(|s| s.date)
            .collect();
        let mut all = Vec::new();
        for date in dates {
            let folded = self.fold_of_date(&mut lists, date)?;
            all.extend(folded.conflicts.iter().map(|conflict| (date, conflict.clone())));
        }
        Ok(all)
    }

    /// The status.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn status(&mut self) -> Result<Status, ReplicaError> {
        let enrolled = self.enrolled()?;
        let device = enrolled.device();
        let mut sites = Vec::new();
        for site in enrolled.sites() {
            sites.push((*site, self.site_card(*site)?.map(|card| card.slug.to_string())));
        }
        let conflicts = self.conflicts()?.len();
        let db = self.db.reader();
        let mut sheets = Vec::new();
        for sheet in marks::all_sheets(db)? {
            let (digest, marks) = digest(db, &sheet, &BTreeSet::new())?;
            if marks > 0 {
                sheets.push(SheetStatus { sheet, marks, digest });
            }
        }
        Ok(Status {
            device,
            sites,
            counts: marks::counts(db, self.met.in_backup_to())?,
            conflicts,
            last_sync: self.met.last_sync,
            branch: self.met.branch,
            back: self.met.back,
            withheld: self.met.withheld == Some(true),
            sheets,
        })
    }
}
