//! Checking a payload before it is applied.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{Key, ObjectId, OpType};
use automerge::{AutoCommit, Change, ChangeHash, ScalarValue};

use super::shape::{MAX_COUNTER, Room};
use super::{Fault, MAX_CHANGES, MAX_DOCUMENT, Packet};
use crate::codec::{Blob, Hash32};
use crate::envelope::inflate;
use crate::ids::MarkId;
use crate::mark::{Mark, unpack};
use crate::wire::{MAX_PAYLOAD, Payload};

/// A payload that was read and checked, not yet applied.
#[derive(Clone, Debug)]
pub struct Checked {
    pub(super) changes: Vec<Change>,
    /// The document the changes came in, where they are all of it: an empty sheet takes it as it is.
    pub(super) whole: Option<AutoCommit>,
    /// The marks it puts, in order of appearance.
    pub marks: Vec<(MarkId, Vec<u8>, Mark)>,
}

impl Checked {
    /// Whether it says something and stands on nothing but itself, as a whole document does. One that does not was
    /// cut for a copy that held the rest.
    pub fn stands_alone(&self) -> bool {
        let coming: BTreeSet<ChangeHash> = self.changes.iter().map(Change::hash).collect();
        !coming.is_empty()
            && self
                .changes
                .iter()
                .flat_map(Change::deps)
                .all(|dep| coming.contains(dep))
    }

    /// The changes as they are stored one by one.
    pub fn chunks(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.changes.iter().map(Change::raw_bytes)
    }

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
    if let Payload::Packets(packets) = payload {
        let marks = read_packets(packets)?;
        // Read above; making the changes is the document library's work.
        let changes = catch_unwind(AssertUnwindSafe(|| changes_of(packets)));
        return match changes.unwrap_or(Err(Fault::LibraryFault)) {
            Ok(changes) => Ok(Checked {
                changes,
                whole: None,
                marks,
            }),
            Err(fault) => Err(Unsound { fault, marks }),
        };
    }
    match catch_unwind(AssertUnwindSafe(|| parse(payload))) {
        Ok(Ok((changes, whole))) => inspect(changes, whole),
        Ok(Err((fault, changes))) => {
            let marks = match inspect(changes, None) {
                Ok(checked) => checked.marks,
                Err(unsound) => unsound.marks,
            };
            Err(Unsound { fault, marks })
        }
        Err(_) => Err(bare(Fault::LibraryFault)),
    }
}

fn changes_of(packets: &[Blob]) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for packet in packets {
        changes.extend(Packet::read(&packet.0)?.changes()?);
    }
    Ok(changes)
}

/// The marks of packets, for whoever does not need their changes.
///
/// # Errors
/// [`Unsound`] with the marks that could be read all the same.
pub fn read_packets(packets: &[Blob]) -> Result<Vec<(MarkId, Vec<u8>, Mark)>, Unsound> {
    let mut marks = Vec::new();
    let mut fault = None;
    for packet in packets {
        let entries = match Packet::read(&packet.0) {
            Ok(packet) => packet.entries,
            Err(damage) => {
                fault = Some(damage);
                continue;
            }
        };
        if marks.len() + entries.len() > MAX_CHANGES {
            fault = Some(Fault::TooLarge);
            break;
        }
        for entry in entries {
            match entry.mark {
                Some(mark) => marks.push((entry.id, entry.value, mark)),
                None => fault = Some(Fault::MalformedMark),
            }
        }
    }
    match fault {
        Some(fault) => Err(Unsound { fault, marks }),
        None => Ok(marks),
    }
}

type Parsed = Result<(Vec<Change>, Option<AutoCommit>), (Fault, Vec<Change>)>;

fn parse(payload: &Payload) -> Parsed {
    match payload {
        Payload::Changes(chunks) => {
            let mut changes = Vec::with_capacity(chunks.len());
            let mut fault = None;
            let mut room = Room::new();
            for chunk in chunks {
                match room.change(&chunk.0).and_then(|()| read_change(&chunk.0)) {
                    Ok(change) => changes.push(change),
                    Err(why) => fault = Some(why),
                }
            }
            match fault {
                Some(fault) => Err((fault, changes)),
                None => Ok((changes, None)),
            }
        }
        Payload::Packets(_) => Err((Fault::Damaged, Vec::new())),
        Payload::Whole(packed) => {
            let bytes = inflate(&packed.0, MAX_DOCUMENT).map_err(|_| (Fault::Damaged, Vec::new()))?;
            Room::new().document(&bytes).map_err(|why| (why, Vec::new()))?;
            let mut document = AutoCommit::load(&bytes).map_err(|_| (Fault::Damaged, Vec::new()))?;
            let changes = document.get_changes(&[]);
            // A change that waits for another is not among them, and was not checked.
            let nothing_waits = document.get_missing_deps(&[]).is_empty();
            Ok((changes, nothing_waits.then_some(document)))
        }
    }
}

/// One change; the library's panic over one is no reason to lose the others.
fn read_change(chunk: &[u8]) -> Result<Change, Fault> {
    let read = catch_unwind(AssertUnwindSafe(|| Change::from_bytes(chunk.to_vec())));
    match read {
        Ok(Ok(change)) if is_whole(&change, chunk) => Ok(change),
        Ok(_) => Err(Fault::Damaged),
        Err(_) => Err(Fault::LibraryFault),
    }
}

/// The library parses a change chunk without comparing its checksum, which is the beginning of its
/// hash. A compressed chunk (type 2) could inflate without bound; tablets never send one.
fn is_whole(change: &Change, chunk: &[u8]) -> bool {
    chunk.get(4..8) == Some(&change.hash().0[..4]) && chunk.get(8) == Some(&1)
}

fn inspect(changes: Vec<Change>, whole: Option<AutoCommit>) -> Result<Checked, Unsound> {
    let mut marks = Vec::with_capacity(changes.len());
    let mut fault = None;
    for change in &changes {
        // Too high a number would leave none for the next tap on this sheet.
        if change.seq() > MAX_COUNTER || change.max_op() > MAX_COUNTER {
            fault = Some(Fault::ForbiddenChange);
        }
        let read = || {
            let expanded = change.decode();
            let again = Change::from(expanded.clone()).hash() == change.hash();
            (expanded, again)
        };
        let Ok((expanded, again)) = catch_unwind(AssertUnwindSafe(read)) else {
            fault = Some(Fault::LibraryFault);
            continue;
        };
        // A document keeps what a change says, not how it spelled it. One that would come back under
        // another hash makes the document it is saved in unreadable.
        let bare = expanded.message.is_none() && expanded.extra_bytes.is_empty() && expanded.author.is_none();
        if !again || !bare || expanded.operations.is_empty() {
            fault = Some(Fault::ForbiddenChange);
        }
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
        None => Ok(Checked {
            changes,
            whole,
            marks,
        }),
    }
}
