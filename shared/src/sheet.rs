//! The sheet: one automerge document per site and date. ROOT key = mark id, value = packed mark,
//! write-once. Nothing is ever overwritten, deleted or nested.
//!
//! The library's `Ok` is no proof (it applies half of a damaged payload and says `Ok`), so each
//! change is parsed, checked and found again by its hash; a panic inside the library is contained.

mod check;
mod packet;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::transaction::Transactable;
use automerge::{
    ActorId, AutoCommit, Change, ChangeHash, ROOT, ReadDoc, SaveOptions, ScalarValue, ScalarValueRef, Value,
    ValueRef,
};

use crate::codec::{Blob, Hash32};
use crate::envelope::deflate;
use crate::ids::MarkId;
use crate::sign::sha256;
use crate::wire::{COMPACT_ABOVE, Payload};

pub use check::{Checked, Unsound, check, read_packets};
pub use packet::{Entry, MAX_CHANGES, Packet};
pub use shape::{MAX_COUNTER, MAX_ROWS, MAX_TEXT};

/// Largest document once inflated, in bytes.
pub const MAX_DOCUMENT: u64 = 8 << 20;

/// Every value of every mark of a sheet: the rows that are the record.
pub type Values = BTreeMap<MarkId, BTreeSet<Vec<u8>>>;

/// What is wrong with a payload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a change or document, or a damaged one.
    #[error("damaged")]
    Damaged,
    /// Larger than the limit.
    #[error("too_large")]
    TooLarge,
    /// A change does something else than put a new mark at ROOT.
    #[error("forbidden_change")]
    ForbiddenChange,
    /// A value is not a well-formed mark.
    #[error("malformed_mark")]
    MalformedMark,
    /// The document holds two different changes for one place in an actor's sequence.
    #[error("duplicate_sequence")]
    DuplicateSequence,
    /// A claimed head is not there after applying.
    #[error("head_missing")]
    HeadMissing,
    /// The document library gave up.
    #[error("library_fault")]
    LibraryFault,
}

/// The document of one site and date.
pub struct Sheet {
    doc: AutoCommit,
}

impl Sheet {
    /// An empty sheet. `actor` is drawn afresh at each start of a program, never stored.
    pub fn new(actor: [u8; 16]) -> Self {
        Self {
            doc: AutoCommit::new().with_actor(ActorId::from(actor)),
        }
    }

    /// Loads a saved sheet and the changes stored since.
    ///
    /// # Errors
    /// [`Fault`] when what was stored cannot be read.
    pub fn load(saved: Option<&[u8]>, since: &[Vec<u8>], actor: [u8; 16]) -> Result<Self, Fault> {
        contained(|| {
            let mut doc = match saved {
                Some(bytes) => AutoCommit::load(bytes).map_err(|_| Fault::Damaged)?,
                None => AutoCommit::new(),
            };
            if !since.is_empty() {
                let changes: Vec<Change> = since
                    .iter()
                    .map(|bytes| Change::from_bytes(bytes.clone()).map_err(|_| Fault::Damaged))
                    .collect::<Result<_, _>>()?;
                doc.apply_changes(changes).map_err(|_| Fault::DuplicateSequence)?;
            }
            doc.set_actor(ActorId::from(actor));
            Ok(Self { doc })
        })
    }

    /// The same sheet, writing under another actor.
    #[must_use]
    pub fn under(&self, actor: [u8; 16]) -> Self {
        let mut doc = self.doc.clone();
        doc.set_actor(ActorId::from(actor));
        Self { doc }
    }

    /// Puts a mark; returns the change to store. `None` when the sheet has the mark already.
    ///
    /// # Errors
    /// [`Fault::LibraryFault`]: the sheet in memory must be dropped and loaded again.
    pub fn put(&mut self, id: MarkId, packed: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        contained(|| {
            let key = id.key();
            if self
                .doc
                .get(ROOT, key.as_str())
                .map_err(|_| Fault::LibraryFault)?
                .is_some()
            {
                return Ok(None);
            }
            self.doc
                .put(ROOT, key, ScalarValue::Bytes(packed.to_vec()))
                .map_err(|_| Fault::LibraryFault)?;
            self.doc.commit();
            let change = self.doc.get_last_local_change().ok_or(Fault::LibraryFault)?;
            Ok(Some(change.raw_bytes().to_vec()))
        })
    }

    /// Applies a checked payload and finds every claimed head.
    ///
    /// # Errors
    /// [`Fault`]; the sheet in memory must then be dropped and loaded again.
    pub fn apply(&mut self, checked: Checked, claimed: &[Hash32]) -> Result<(), Fault> {
        contained(|| {
            match checked.whole {
                Some(mut whole) if self.is_empty() => {
                    whole.set_actor(self.doc.get_actor().clone());
                    self.doc = whole;
                }
                _ => self
                    .doc
                    .apply_changes(checked.changes)
                    .map_err(|_| Fault::DuplicateSequence)?,
            }
            if self.has(claimed) {
                Ok(())
            } else {
                Err(Fault::HeadMissing)
            }
        })
    }

    /// Whether every change a payload stands on is here or comes with it.
    pub fn can_take(&mut self, checked: &Checked) -> bool {
        let coming: BTreeSet<ChangeHash> = checked.changes.iter().map(Change::hash).collect();
        checked
            .changes
            .iter()
            .flat_map(|c| c.deps().iter())
            .all(|dep| coming.contains(dep) || self.doc.get_change_meta_by_hash(dep).is_some())
    }

    /// Whether a claimed head is neither here nor coming.
    pub fn misses(&mut self, checked: &Checked, claimed: &[Hash32]) -> bool {
        let coming: BTreeSet<ChangeHash> = checked.changes.iter().map(Change::hash).collect();
        claimed
            .iter()
            .any(|head| !coming.contains(&ChangeHash(head.0)) && !self.has(&[*head]))
    }

    /// Whether every one of these changes is in the sheet.
    pub fn has(&mut self, hashes: &[Hash32]) -> bool {
        hashes
            .iter()
            .all(|hash| self.doc.get_change_meta_by_hash(&ChangeHash(hash.0)).is_some())
    }

    /// The heads, in order.
    pub fn heads(&mut self) -> Vec<Hash32> {
        let mut heads: Vec<Hash32> = self.doc.get_heads().iter().map(|h| Hash32(h.0)).collect();
        heads.sort_unstable();
        heads
    }

    /// What another copy with these heads lacks. Heads unknown here give the whole document.
    pub fn since(&mut self, heads: &[Hash32], compact_above: usize) -> Payload {
        match self.changes_since(heads, compact_above) {
            Some(changes) => Payload::Changes(changes),
            None => Payload::Whole(self.whole()),
        }
    }

    /// The same as a packet; as changes or document where a packet cannot say it.
    pub fn packet_since(&mut self, heads: &[Hash32]) -> Payload {
        let known: Vec<ChangeHash> = if self.has(heads) {
            heads.iter().map(|h| ChangeHash(h.0)).collect()
        } else {
            Vec::new()
        };
        let changes = self.doc.get_changes(&known);
        let packet = contained(|| Ok(Packet::of(&changes))).unwrap_or_default();
        match packet {
            Some(packet) => Payload::Packets(vec![Blob(packet.write())]),
            None => self.since(heads, COMPACT_ABOVE),
        }
    }

    /// The changes that another copy with these heads lacks; `None` when there are more than
    /// `at_most`, or when the heads are unknown here.
    pub fn changes_since(&mut self, heads: &[Hash32], at_most: usize) -> Option<Vec<Blob>> {
        if !self.has(heads) {
            return None;
        }
        let known: Vec<ChangeHash> = heads.iter().map(|h| ChangeHash(h.0)).collect();
        // Counting is cheap, encoding every change again is not.
        if self.doc.get_changes_meta(&known).len() > at_most {
            return None;
        }
        let changes = self.doc.get_changes(&known);
        Some(changes.iter().map(|c| Blob(c.raw_bytes().to_vec())).collect())
    }

    /// The whole document as [`Payload::Whole`] carries it.
    pub fn whole(&mut self) -> Blob {
        Blob(deflate(&self.doc.save_nocompress()))
    }

    /// The sheet in compact form, for the disk.
    pub fn save(&mut self) -> Vec<u8> {
        self.doc.save_with_options(SaveOptions {
            deflate: true,
            retain_orphans: false,
        })
    }

    /// How many changes it holds.
    pub fn len(&mut self) -> usize {
        self.doc.get_changes_meta(&[]).len()
    }

    /// Whether it holds no change.
    pub fn is_empty(&mut self) -> bool {
        self.doc.get_heads().is_empty()
    }

    /// All values of every mark, conflicting ones too; ill-formed keys and values are left out.
    pub fn marks(&self) -> Values {
        let mut all = Values::new();
        for item in self.doc.map_range(ROOT, ..) {
            let Some(id) = MarkId::from_key(&item.key) else {
                continue;
            };
            if item.conflict {
                for (value, _) in self.doc.get_all(ROOT, &*item.key).unwrap_or_default() {
                    if let Value::Scalar(scalar) = value
                        && let ScalarValue::Bytes(bytes) = scalar.as_ref()
                    {
                        all.entry(id).or_default().insert(bytes.clone());
                    }
                }
            } else if let ValueRef::Scalar(ScalarValueRef::Bytes(bytes)) = &item.value {
                all.entry(id).or_default().insert(bytes.to_vec());
            }
        }
        all
    }

    /// Whether rows and document hold the same marks, each with one value. `false` says nothing.
    fn mirrors(&self, rows: &Values) -> bool {
        let mut found = 0;
        // No two keys read as one id, so that as many as there are rows are all of them.
        let each_has_its_row = self.doc.map_range(ROOT, ..).all(|item| {
            let ValueRef::Scalar(ScalarValueRef::Bytes(bytes)) = &item.value else {
                return false;
            };
            found += 1;
            let values = MarkId::from_key(&item.key).and_then(|id| rows.get(&id));
            !item.conflict && values.is_some_and(|v| v.len() == 1 && v.contains(bytes.as_ref()))
        });
        each_has_its_row && found == rows.len()
    }

    /// Puts what only the rows have; answers whether anything was missing. A second value under one
    /// id is put beside the first by an actor of its own, as two tablets would have done.
    ///
    /// # Errors
    /// [`Fault::LibraryFault`]: the sheet in memory must be dropped and loaded again.
    pub fn complete(&mut self, rows: &Values) -> Result<bool, Fault> {
        if self.mirrors(rows) {
            return Ok(false);
        }
        let held = self.marks();
        let mut missing = false;
        for (id, values) in rows {
            for value in values
                .iter()
                .filter(|value| !held.get(id).is_some_and(|h| h.contains(*value)))
            {
                missing = true;
                if self.put(*id, value)?.is_none() {
                    self.put_beside(*id, value)?;
                }
            }
        }
        Ok(missing)
    }

    fn put_beside(&mut self, id: MarkId, packed: &[u8]) -> Result<(), Fault> {
        contained(|| {
            let own = sha256(&[self.doc.get_actor().to_bytes(), id.as_bytes(), packed]);
            let mut beside = AutoCommit::new().with_actor(ActorId::from(&own.0[..16]));
            let value = ScalarValue::Bytes(packed.to_vec());
            beside
                .put(ROOT, id.key(), value)
                .map_err(|_| Fault::LibraryFault)?;
            beside.commit();
            self.doc.merge(&mut beside).map_err(|_| Fault::LibraryFault)?;
            Ok(())
        })
    }

    /// Whether rows and document hold the same marks.
    pub fn agrees(&self, rows: &Values) -> bool {
        self.mirrors(rows) || self.marks() == *rows
    }
}

/// Runs a use of the library; its panic becomes a fault.
fn contained<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Fault::LibraryFault))
}

#[cfg(test)]
mod tests;
