//! The sheet: one automerge document per site and date. ROOT key = mark id, value = packed mark,
//! write-once. Nothing is ever overwritten, deleted or nested.
//!
//! The library's `Ok` is no proof (it applies half of a damaged payload and says `Ok`), so each
//! change is parsed, checked and found again by its hash; a panic inside the library is contained.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{Key, ObjectId, OpType};
use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ChangeHash, ROOT, ReadDoc, SaveOptions, ScalarValue, Value};

use crate::codec::{Blob, Hash32};
use crate::envelope::{deflate, inflate};
use crate::ids::MarkId;
use crate::mark::{Mark, unpack};
use crate::sign::sha256;
use crate::wire::{MAX_PAYLOAD, Payload};

/// Largest document once inflated, in bytes.
pub const MAX_DOCUMENT: u64 = 16 << 20;

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

/// A payload that was read and checked, not yet applied.
#[derive(Clone, Debug)]
pub struct Checked {
    changes: Vec<Change>,
    /// The marks it puts, in order of appearance.
    pub marks: Vec<(MarkId, Vec<u8>, Mark)>,
}

impl Checked {
    /// The changes no other change of the payload stands on.
    pub fn tips(&self) -> Vec<Hash32> {
        let stood_on: BTreeSet<ChangeHash> = self
            .changes
            .iter()
            .flat_map(|c| c.deps().iter().copied())
            .collect();
        self.changes
            .iter()
            .map(Change::hash)
            .filter(|h| !stood_on.contains(h))
            .map(|h| Hash32(h.0))
            .collect()
    }
}

/// What could be read of a payload that must be kept aside.
#[derive(Clone, Debug)]
pub struct Unsound {
    /// Why.
    pub fault: Fault,
    /// Well-formed marks found in it nevertheless.
    pub marks: Vec<(MarkId, Vec<u8>, Mark)>,
}

/// Parses a payload and checks every change: only puts of well-formed marks at ROOT.
///
/// # Errors
/// [`Unsound`] with the marks that could be read all the same.
pub fn check(payload: &Payload) -> Result<Checked, Unsound> {
    let bare = |fault| Unsound {
        fault,
        marks: Vec::new(),
    };
    if payload.size() > MAX_PAYLOAD {
        return Err(bare(Fault::TooLarge));
    }
    match catch_unwind(AssertUnwindSafe(|| parse(payload))) {
        Ok(Ok(changes)) => inspect(changes),
        Ok(Err((fault, changes))) => {
            let marks = match inspect(changes) {
                Ok(checked) => checked.marks,
                Err(unsound) => unsound.marks,
            };
            Err(Unsound { fault, marks })
        }
        Err(_) => Err(bare(Fault::LibraryFault)),
    }
}

type Parsed = Result<Vec<Change>, (Fault, Vec<Change>)>;

fn parse(payload: &Payload) -> Parsed {
    match payload {
        Payload::Changes(chunks) => {
            let mut changes = Vec::with_capacity(chunks.len());
            let mut fault = None;
            for chunk in chunks {
                match Change::from_bytes(chunk.0.clone()) {
                    Ok(change) if is_whole(&change, &chunk.0) => changes.push(change),
                    Ok(_) | Err(_) => fault = Some(Fault::Damaged),
                }
            }
            fault.map_or(Ok(changes.clone()), |fault| Err((fault, changes)))
        }
        Payload::Whole(packed) => {
            let bytes = inflate(&packed.0, MAX_DOCUMENT).map_err(|_| (Fault::Damaged, Vec::new()))?;
            let mut document = AutoCommit::load(&bytes).map_err(|_| (Fault::Damaged, Vec::new()))?;
            Ok(document.get_changes(&[]))
        }
    }
}

/// The library parses a change chunk without comparing its checksum, which is the beginning of its
/// hash. A compressed chunk (type 2) could inflate without bound; tablets never send one.
fn is_whole(change: &Change, chunk: &[u8]) -> bool {
    chunk.get(4..8) == Some(&change.hash().0[..4]) && chunk.get(8) == Some(&1)
}

fn inspect(changes: Vec<Change>) -> Result<Checked, Unsound> {
    let mut marks = Vec::with_capacity(changes.len());
    let mut fault = None;
    for change in &changes {
        let Ok(expanded) = catch_unwind(AssertUnwindSafe(|| change.decode())) else {
            fault = Some(Fault::LibraryFault);
            continue;
        };
        for op in &expanded.operations {
            let (Key::Map(key), ObjectId::Root, OpType::Put(ScalarValue::Bytes(value)), false, true) =
                (&op.key, &op.obj, &op.action, op.insert, op.pred.is_empty())
            else {
                fault = Some(Fault::ForbiddenChange);
                continue;
            };
            match (MarkId::from_key(key), unpack(value)) {
                (Some(id), Ok(mark)) => marks.push((id, value.clone(), mark)),
                _ => fault = Some(Fault::MalformedMark),
            }
        }
    }
    match fault {
        Some(fault) => Err(Unsound { fault, marks }),
        None => Ok(Checked { changes, marks }),
    }
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
            self.doc
                .apply_changes(checked.changes)
                .map_err(|_| Fault::DuplicateSequence)?;
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
            .all(|dep| coming.contains(dep) || self.doc.get_change_by_hash(dep).is_some())
    }

    /// Whether every one of these changes is in the sheet.
    pub fn has(&mut self, hashes: &[Hash32]) -> bool {
        hashes
            .iter()
            .all(|hash| self.doc.get_change_by_hash(&ChangeHash(hash.0)).is_some())
    }

    /// The heads, in order.
    pub fn heads(&mut self) -> Vec<Hash32> {
        let mut heads: Vec<Hash32> = self.doc.get_heads().iter().map(|h| Hash32(h.0)).collect();
        heads.sort_unstable();
        heads
    }

    /// What another copy with these heads lacks. Heads unknown here give the whole document.
    pub fn since(&mut self, heads: &[Hash32], compact_above: usize) -> Payload {
        if self.has(heads) {
            let known: Vec<ChangeHash> = heads.iter().map(|h| ChangeHash(h.0)).collect();
            let changes = self.doc.get_changes(&known);
            if changes.len() <= compact_above {
                return Payload::Changes(changes.iter().map(|c| Blob(c.raw_bytes().to_vec())).collect());
            }
        }
        Payload::Whole(Blob(deflate(&self.doc.save_nocompress())))
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
        for key in self.doc.keys(ROOT) {
            let Some(id) = MarkId::from_key(&key) else {
                continue;
            };
            for (value, _) in self.doc.get_all(ROOT, key.as_str()).unwrap_or_default() {
                if let Value::Scalar(scalar) = value
                    && let ScalarValue::Bytes(bytes) = scalar.as_ref()
                {
                    all.entry(id).or_default().insert(bytes.clone());
                }
            }
        }
        all
    }

    /// Puts what only the rows have; answers whether anything was missing. A second value under one
    /// id is put beside the first by an actor of its own, as two tablets would have done.
    ///
    /// # Errors
    /// [`Fault::LibraryFault`]: the sheet in memory must be dropped and loaded again.
    pub fn complete(&mut self, rows: &Values) -> Result<bool, Fault> {
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
        self.marks() == *rows
    }
}

/// Runs a use of the library; its panic becomes a fault.
fn contained<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Fault::LibraryFault))
}

#[cfg(test)]
mod tests;
