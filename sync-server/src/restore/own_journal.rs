//! A snapshot's own journal, replayed from its first entry: how a moment before the snapshot is reached.

use shared::ids::BranchId;
use shared::offsite::BranchBirth;
use shared::slug::Slug;
use shared::snapshot::{Cell, Manifest, TableEnd, TableStart};
use shared::time::UtcMs;

use super::replay::Replayer;
use super::report::Cut;
use super::tree::Tree;
use super::walk::Entries;
use super::{Reached, RestoreError};
use crate::corridor::journal;
use crate::snapshot::{self, SnapshotError, Taker};
use crate::store::{Row, Store, StoreError};

/// Entries replayed in one transaction.
const AT_ONCE: usize = 500;

/// Takes the journal out of a snapshot.
pub(super) struct OwnJournal<'s> {
    slug: &'s Slug,
    /// Where to; a dry run has nowhere.
    store: Option<&'s Store>,
    until: Option<UtcMs>,
    tree: Tree,
    current: Option<BranchId>,
    start: Option<TableStart>,
    waiting: Entries,
    replayer: Option<Replayer<'s>>,
    pub(super) reached: Option<Reached>,
    pub(super) cut: Option<Cut>,
    pub(super) problem: Option<String>,
    /// What stopped the replay: no fault of the snapshot.
    pub(super) stopped: Option<RestoreError>,
}

impl<'s> OwnJournal<'s> {
    pub(super) fn new(slug: &'s Slug, store: Option<&'s Store>, until: Option<UtcMs>) -> Self {
        Self {
            slug,
            store,
            until,
            tree: Tree::default(),
            current: None,
            start: None,
            waiting: Entries::new(),
            replayer: None,
            reached: None,
            cut: None,
            problem: None,
            stopped: None,
        }
    }

    /// How the branches of its history begin.
    pub(super) fn births(&self) -> Vec<BranchBirth> {
        self.current
            .map(|current| self.tree.path(current).births())
            .unwrap_or_default()
    }

    fn is_over(&self) -> bool {
        self.cut.is_some() || self.problem.is_some()
    }

    fn entry(&mut self, row: Vec<Cell>) -> Result<(), SnapshotError> {
        if self.is_over() {
            return Ok(());
        }
        let values = row.into_iter().map(snapshot::value);
        let (entry, hash) = journal::entry_of(&Row(values.collect()))
            .map_err(|error| SnapshotError::Damaged(error.to_string()))?;
        let header = &entry.header;
        if self.until.is_some_and(|until| header.received_at > until) {
            self.cut = Some(Cut {
                seq: header.seq,
                received_at: header.received_at,
            });
            return self.put();
        }
        self.waiting.push((entry, hash));
        if self.waiting.len() >= AT_ONCE {
            self.put()?;
        }
        Ok(())
    }

    fn put(&mut self) -> Result<(), SnapshotError> {
        let entries = std::mem::take(&mut self.waiting);
        let Some((last, hash)) = entries.last() else {
            return Ok(());
        };
        let reached = Reached {
            at: shared::receipt::Position {
                branch: last.header.branch,
                seq: last.header.seq,
                hash: *hash,
            },
            received_at: Some(last.header.received_at),
        };
        let Some(store) = self.store else {
            self.reached = Some(reached);
            return Ok(());
        };
        let births = self.births();
        let replayer = self.replayer.get_or_insert_with(|| Replayer::new(store, births));
        let done = replayer.take(entries).and_then(|problem| {
            self.problem = problem;
            replayer.reached()
        });
        match done {
            Ok(reached) => {
                self.reached = Some(reached);
                Ok(())
            }
            Err(error) => {
                self.stopped = Some(error);
                Err(StoreError::Unavailable("the replay stopped".into()).into())
            }
        }
    }
}

impl Taker for OwnJournal<'_> {
    fn manifest(&mut self, manifest: &Manifest) -> Result<(), SnapshotError> {
        if manifest.commune != *self.slug {
            return Err(SnapshotError::Damaged("another commune’s".into()));
        }
        self.current = Some(manifest.at.branch);
        Ok(())
    }

    fn start(&mut self, table: &TableStart) -> Result<(), SnapshotError> {
        self.start = Some(table.clone());
        Ok(())
    }

    fn rows(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), SnapshotError> {
        let Some(start) = self.start.clone() else {
            return Ok(());
        };
        match start.name.as_str() {
            "branch" => {
                for row in &rows {
                    self.tree.learn([snapshot::birth(&start, row)?]);
                }
            }
            "journal" => {
                for row in rows {
                    self.entry(row)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, _: &TableEnd) -> Result<(), SnapshotError> {
        self.put()
    }
}
