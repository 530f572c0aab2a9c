//! The disk of a server that burnt is found, and what was cut off is merged.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::ids::{ActivityId, BranchId, ChildId, SiteId};
use shared::offsite::BranchBirth;
use shared::operation::{Actor, Body, Capability, Channel, Openness, decode_body};
use shared::receipt::Position;
use shared::time::UtcMs;
use sync_server::commune::Commune;
use sync_server::corridor::{CorridorError, journal};
use sync_server::merge::{self, Lost, MergeError, Report};
use sync_server::store::{Read, Row, Schema, Sqlite, Store, StoreError};

use super::faulty::{Fault, held};
use super::hall::Kept;
use super::world::World;
use super::{Wrong, ground};

impl World {
    /// What the disk of a server that burnt held.
    pub(super) fn keep_ashes(&mut self, folder: PathBuf) {
        let holding = self.hall.holding.clone();
        self.ashes.push(Kept { folder, holding });
    }

    /// One of the disks is found: what is missing is merged, once or twice.
    pub(super) fn merge(&mut self, x: u32, y: u32) -> Result<(), Wrong> {
        if self.hall.burnt || self.ashes.is_empty() {
            return Ok(());
        }
        let nth = x as usize % self.ashes.len();
        let ended = self.merge_ashes(nth, y.is_multiple_of(3))?;
        if ended && y.is_multiple_of(2) {
            let before = self.hall.head()?;
            if self.merge_ashes(nth, false)? && self.hall.head()? != before {
                return Err(Wrong::new("a merge that was done is done again"));
            }
        }
        Ok(())
    }

    /// Every disk is found.
    pub(super) fn merge_all(&mut self) -> Result<(), Wrong> {
        for nth in 0..self.ashes.len() {
            if !self.merge_ashes(nth, true)? {
                return Err(Wrong::new("a merge does not end, and nothing is in its way"));
            }
        }
        Ok(())
    }

    /// Answers whether it ended: its process may die, or find the disk full.
    fn merge_ashes(&mut self, nth: usize, plans: bool) -> Result<bool, Wrong> {
        let Kept { folder, holding } = self.ashes[nth].clone();
        let lost = read(&folder)?;
        let commune = self.hall.commune()?;
        let missing = missing(&commune, &lost)?;
        let planned = if plans && matches!(held(&self.hall.trouble).next, Fault::None) {
            let planned = merge::plan(&commune, &lost).map_err(Wrong::of("the plan of a merge"))?;
            Some(planned)
        } else {
            None
        };
        let done = merge::merge(&commune, lost, Actor::Host, "cendres");
        drop(commune);
        let dead = held(&self.hall.trouble).dead;
        self.hall.bury();
        let report = match done {
            Ok(report) if !dead => report,
            Ok(_) => return Ok(false),
            Err(
                MergeError::Store(StoreError::Unavailable(_))
                | MergeError::Corridor(CorridorError::Store(StoreError::Unavailable(_))),
            ) => {
                return Ok(false);
            }
            Err(error) => return Err(Wrong::new(format!("a merge: {error}"))),
        };
        if planned.is_some_and(|planned| planned != report) {
            return Err(Wrong::new("a merge did something else than was planned"));
        }
        self.tally.merges += 1;
        self.tally.merged += report.lost() - report.earlier;
        self.accounted(&missing, &report)?;
        // What that server held, this one holds.
        self.hall.holding.marks.extend(&holding.marks);
        self.hall.holding.withdrawn.extend(&holding.withdrawn);
        Ok(true)
    }

    /// Every entry that was missing met one fate.
    fn accounted(&mut self, missing: &[Position], report: &Report) -> Result<(), Wrong> {
        let told: BTreeSet<(BranchId, u64, Hash32)> = report
            .lines
            .iter()
            .map(|line| (line.at.branch, line.at.seq, line.at.hash))
            .collect();
        let lost: BTreeSet<(BranchId, u64, Hash32)> =
            missing.iter().map(|at| (at.branch, at.seq, at.hash)).collect();
        if told != lost || report.lost() != lost.len() as u64 || !report.problems.is_empty() {
            return Err(Wrong::new(format!(
                "of {} lost entries a merge tells of {}: {:?}",
                lost.len(),
                told.len(),
                report.problems
            )));
        }
        let commune = self.hall.commune()?;
        let unknown = commune.store.read(|tx| {
            for at in missing {
                if merge::resolve(tx, at)?.is_none() {
                    return Ok::<_, StoreError>(Some(at.seq));
                }
            }
            Ok(None)
        });
        match unknown.map_err(Wrong::of("a receipt"))? {
            None => Ok(()),
            Some(seq) => Err(Wrong::new(format!("nothing is known of lost entry {seq}"))),
        }
    }

    /// A part of the service is opened or closed.
    pub(super) fn switch(&mut self, x: u32, y: u32) -> Result<(), Wrong> {
        if self.hall.burnt {
            return Ok(());
        }
        let capability = Capability::ALL[x as usize % Capability::ALL.len()];
        let state = Openness::ALL[y as usize % Openness::ALL.len()];
        let commune = self.hall.commune()?;
        let found = commune.store.read(|tx| {
            tx.query(
                "select version from capability where name = ?1",
                &[capability.as_str().into()],
            )
        });
        let found = found.map_err(Wrong::of("a part of the service"))?;
        let seen = found.first().map(|row| row.int(0)).transpose();
        let mut operation = commune.operation(
            Actor::Host,
            Channel::Command,
            Body::SetCapability {
                capability,
                state,
                message: "Le service est fermé.".into(),
            },
        );
        operation.seen = seen.map_err(Wrong::of("a version"))?;
        let done = commune.submit(operation);
        drop(commune);
        self.hall.bury();
        match done {
            Ok(_) => {
                self.tally.switched += 1;
                self.hall.switched = true;
                Ok(())
            }
            Err(CorridorError::Store(StoreError::Unavailable(_))) => Ok(()),
            Err(error) => Err(Wrong::new(format!("a switch: {error}"))),
        }
    }

    /// Reservations that a merge left to a person.
    pub(super) fn left_to_a_person(
        &mut self,
    ) -> Result<BTreeSet<(SiteId, NaiveDate, ActivityId, ChildId)>, Wrong> {
        let rows = self
            .hall
            .commune()?
            .store
            .read(|tx| {
                tx.query(
                    "select body from lost where fate = 'to_settle' and settled is null and body is not null",
                    &[],
                )
            })
            .map_err(Wrong::of("what is to settle"))?;
        let mut all = BTreeSet::new();
        for row in rows {
            let bytes = row.bytes(0).map_err(Wrong::of("what is to settle"))?;
            if let Ok(Body::Reserve { lines }) = decode_body(&bytes) {
                let line = |line: shared::operation::ReservationLine| {
                    (line.site, line.date, line.activity, line.child)
                };
                all.extend(lines.into_iter().map(line));
            }
        }
        Ok(all)
    }
}

/// The history that a disk holds.
fn read(folder: &std::path::Path) -> Result<Lost, Wrong> {
    let sqlite = Sqlite::open(&ground::store_file(folder), Schema::Commune)
        .map_err(Wrong::of("the disk that was found"))?;
    let told = |tx: &mut dyn Read| {
        let entries = journal::page(tx, 0, 100_000)?;
        let rows = tx.query(
            "select id, parent, fork_seq, fork_hash, born_at from branch order by born_at, id",
            &[],
        )?;
        let births = rows.iter().map(birth).collect::<Result<_, _>>()?;
        Ok::<_, StoreError>(Lost {
            entries,
            births,
            problems: Vec::new(),
        })
    };
    Store::new(sqlite)
        .read(told)
        .map_err(Wrong::of("the disk that was found"))
}

fn birth(row: &Row) -> Result<BranchBirth, StoreError> {
    let parent = row.opt(1, Row::uuid)?;
    Ok(BranchBirth {
        id: BranchId(row.uuid(0)?),
        parent: match parent {
            Some(branch) => Some(Position {
                branch: BranchId(branch),
                seq: row.count(2)?,
                hash: row.hash(3)?,
            }),
            None => None,
        },
        born_at: UtcMs(row.int(4)?),
    })
}

/// The entries that the record lacks.
fn missing(commune: &Commune, lost: &Lost) -> Result<Vec<Position>, Wrong> {
    let all = lost.entries.iter().map(|(entry, hash)| Position {
        branch: entry.header.branch,
        seq: entry.header.seq,
        hash: *hash,
    });
    let read = commune.store.read(|tx| {
        let mut missing = Vec::new();
        for at in all {
            if !journal::contains(tx, &at)? {
                missing.push(at);
            }
        }
        Ok::<_, StoreError>(missing)
    });
    read.map_err(Wrong::of("the journal"))
}
