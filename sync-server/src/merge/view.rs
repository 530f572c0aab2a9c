//! What people worked on here since the histories parted.

use std::collections::BTreeMap;

use shared::ids::{ChildId, ReservationId, SettlementId, SiteId};
use shared::operation::{Body, Channel, DiscrepancyKind, decode_body};
use shared::time::UtcMs;

use super::history::History;
use super::subjects::{Booking, Discrepancy, Names, Subject, subjects};
use crate::corridor::journal::{self, Entry};
use crate::store::{Read, Row, StoreError};

/// Entries read at once.
const PAGE: u64 = 500;

/// What people worked on here, up to an entry.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The newest entry that both histories have.
    pub(super) fork: u64,
    scanned: u64,
    touched: BTreeMap<Subject, UtcMs>,
}

impl View {
    pub(super) fn since(fork: u64) -> Self {
        Self {
            fork,
            scanned: fork,
            touched: BTreeMap::new(),
        }
    }

    /// When somebody last worked on it here.
    pub(super) fn touched(&self, subject: &Subject) -> Option<UtcMs> {
        self.touched.get(subject).copied()
    }

    /// Reads on to the newest entry. What this very history brought is nobody's work of today, nor is what
    /// the machine took back from older proof.
    pub(super) fn look(&mut self, tx: &mut dyn Read, history: &History) -> Result<(), StoreError> {
        loop {
            let params = [self.scanned.into(), PAGE.into()];
            let rows = tx.query(include_str!("../record/merge/changes.sql"), &params)?;
            for row in &rows {
                let (entry, _) = journal::entry_of(row)?;
                self.scanned = entry.header.seq;
                if is_of_people(&entry) && !entry.header.origin.is_some_and(|at| history.holds(&at)) {
                    self.note(tx, &entry)?;
                }
            }
            if (rows.len() as u64) < PAGE {
                break;
            }
        }
        let branch = journal::current_branch(tx)?;
        self.scanned = self.scanned.max(journal::head(tx, branch)?.seq);
        Ok(())
    }

    fn note(&mut self, tx: &mut dyn Read, entry: &Entry) -> Result<(), StoreError> {
        let Some(Ok(mut body)) = entry.body.as_deref().map(decode_body) else {
            return Ok(());
        };
        if let Body::SettleLost { lost, .. } = &body {
            let key = [lost.branch.into(), lost.seq.into(), lost.hash.into()];
            let kept = tx.first(include_str!("../record/lost/get.sql"), &key)?;
            let kept = kept.map(|row| row.opt(2, Row::bytes)).transpose()?.flatten();
            match kept.as_deref().map(decode_body) {
                Some(Ok(inner)) => body = inner,
                _ => return Ok(()),
            }
        }
        let mut names = Found {
            tx,
            history: None,
            failed: None,
        };
        let all = subjects(&body, &mut names);
        names.done()?;
        for subject in all {
            self.touched.insert(subject, entry.header.judged_at());
        }
        Ok(())
    }
}

/// Whether a person stands behind an entry.
pub(super) fn is_of_people(entry: &Entry) -> bool {
    !is_of_the_machine(entry.header.channel, &entry.header.kind)
}

/// Whether the server wrote it by itself, or from what tablets handed back.
pub(super) fn is_of_the_machine(channel: Channel, kind: &str) -> bool {
    channel == Channel::Job || kind == "take_back_reservations"
}

/// Names that the record knows, or the lost history.
pub(super) struct Found<'t> {
    pub(super) tx: &'t mut dyn Read,
    pub(super) history: Option<&'t History>,
    pub(super) failed: Option<StoreError>,
}

impl Found<'_> {
    pub(super) fn done(self) -> Result<(), StoreError> {
        self.failed.map_or(Ok(()), Err)
    }

    fn kept<T>(&mut self, found: Result<Option<T>, StoreError>) -> Option<T> {
        found.unwrap_or_else(|error| {
            self.failed = Some(error);
            None
        })
    }
}

impl Names for Found<'_> {
    fn booking(&mut self, reservation: ReservationId) -> Option<Booking> {
        let found = booking(self.tx, reservation);
        let here = self.kept(found);
        here.or_else(|| self.history.and_then(|history| history.booking(reservation)))
    }

    fn discrepancy(&mut self, settlement: SettlementId) -> Option<Discrepancy> {
        let found = discrepancy(self.tx, settlement);
        self.kept(found)
    }
}

/// What a reservation of the record is of.
pub(super) fn booking(tx: &mut dyn Read, id: ReservationId) -> Result<Option<Booking>, StoreError> {
    let row = tx.first(include_str!("../record/reservation/subject.sql"), &[id.into()])?;
    row.map(|row| {
        Ok(Booking {
            child: ChildId(row.uuid(0)?),
            activity: shared::ids::ActivityId(row.uuid(1)?),
            site: SiteId(row.uuid(2)?),
            date: row.date(3)?,
        })
    })
    .transpose()
}

fn discrepancy(tx: &mut dyn Read, id: SettlementId) -> Result<Option<Discrepancy>, StoreError> {
    let row = tx.first(include_str!("../record/merge/settlement.sql"), &[id.into()])?;
    row.map(|row| {
        let child = row.bytes(3)?;
        Ok(Discrepancy {
            site: SiteId(row.uuid(0)?),
            date: row.date(1)?,
            activity: shared::ids::ActivityId(row.uuid(2)?),
            child: if child.is_empty() {
                None
            } else {
                Some(ChildId(row.uuid(3)?))
            },
            kind: DiscrepancyKind::named(&row.text(4)?)
                .ok_or_else(|| StoreError::Shape("kind of discrepancy".into()))?,
            evidence: row.hash(5)?,
        })
    })
    .transpose()
}
