//! The packet: marks in columns, each with what is needed to make its change again, hash for hash.
//!
//! A packet can say one thing only: this change puts this mark at ROOT. Whatever else a document
//! could do cannot be written in it, and nothing in it inflates, so that a stranger's packet is read
//! without the document library. Who only needs the marks reads [`Packet::read`] and no further;
//! who wants the document makes the changes with [`Packet::changes`].
//!
//! A mark costs about 30 bytes where its change costs 200: ten of its id cannot be foretold, sixteen
//! name its child once, the rest follows from the mark before it. `docs/formats.md` lists the columns.

mod changes;
mod columns;
mod read;
mod write;

use minicbor::{Decode, Encode};

use crate::codec::{Blob, Hash32, at_most};
use crate::ids::{ActivityId, DeviceId, FormulaId, MarkId, StaffId};
use crate::mark::Mark;
use crate::sign::sha256;

/// The version written by this program.
const VERSION: u32 = 1;
/// Most changes of one packet: the fullest day of the largest site, several times over.
pub const MAX_CHANGES: usize = 50_000;
/// Columns of a packet, in the order of [`Row`].
const COLUMNS: usize = 13;

/// Marks, each with the place of its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The changes, each behind those it stands on.
    pub entries: Vec<Entry>,
    actors: Vec<Blob>,
}

/// One change: a mark put at ROOT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The mark's id.
    pub id: MarkId,
    /// The packed mark.
    pub value: Vec<u8>,
    /// The same, read; `None` where this program cannot: damaged, or of a newer version.
    pub mark: Option<Mark>,
    link: Link,
}

/// Where a change stands among others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Link {
    /// Index of its actor.
    actor: usize,
    /// Position among the changes of that actor, from 1.
    seq: u64,
    /// Number of its operation.
    start_op: u64,
    /// What the document library calls its time.
    time: i64,
    deps: Deps,
}

/// What a change stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deps {
    /// The change before it in the packet, and nothing else.
    Previous,
    /// These, in this order.
    Named(Vec<Dep>),
}

/// One change that another stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dep {
    /// One of the packet, by its index.
    Here(usize),
    /// One that is not in the packet, by its hash.
    Elsewhere(Hash32),
}

/// What marks made in one go on one tablet have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
struct Setting {
    #[n(0)]
    device: DeviceId,
    #[n(1)]
    boot: u64,
    #[n(2)]
    activity: ActivityId,
    #[n(3)]
    formula: Option<FormulaId>,
    #[n(4)]
    offset_ms: Option<i64>,
    #[n(5)]
    staff: Option<StaffId>,
    #[n(6)]
    clock_doubted: bool,
}

/// Bytes in front of a packet: the beginning of SHA-256 over the rest. What was damaged before it was
/// signed is not taken for a mark.
const CHECK: usize = 8;

fn check(written: &[u8]) -> [u8; CHECK] {
    let mut sum = [0; CHECK];
    sum.copy_from_slice(&sha256(&[written]).0[..CHECK]);
    sum
}

/// A packet as it is written, behind its check.
#[derive(Encode, Decode)]
struct Written {
    #[n(0)]
    version: u32,
    /// The actors of the changes, in order of appearance.
    #[cbor(n(1), decode_with = "at_most::<MAX_CHANGES, _, _>")]
    actors: Vec<Blob>,
    /// The settings of the marks, in order of appearance.
    #[cbor(n(2), decode_with = "at_most::<MAX_CHANGES, _, _>")]
    settings: Vec<Setting>,
    /// The children, sixteen bytes each, in order of appearance.
    #[n(3)]
    children: Blob,
    /// The last ten bytes of each mark's id.
    #[n(4)]
    tails: Blob,
    /// Columns of one number a mark ([`Row`]).
    #[cbor(n(5), decode_with = "at_most::<COLUMNS, _, _>")]
    columns: Vec<Blob>,
    /// Numbers that only some marks have, in reading order.
    #[n(6)]
    numbers: Blob,
    /// Ids (16 bytes) and hashes (32) of what is not in the packet, in reading order.
    #[n(7)]
    names: Blob,
    /// Kinds that have no tag of their own, one CBOR value after the other.
    #[n(8)]
    kinds: Blob,
    /// Marks that the writer could not read, as they are.
    #[cbor(n(9), decode_with = "at_most::<MAX_CHANGES, _, _>")]
    unread: Vec<Blob>,
}

/// One row across the columns.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    /// First six bytes of the id, minus the device time.
    id_ms: i64,
    /// Device time in ms, minus that of the mark before.
    time: i64,
    /// Uptime minus device time, minus the same of the mark before.
    uptime: i64,
    /// Device sequence, minus the one to be expected.
    device_seq: i64,
    /// Index of the setting.
    setting: i64,
    /// 0 for none, else index of the child + 1.
    child: i64,
    /// Kind ([`tag`]), plus [`tag::STATED`] where a time was stated.
    tag: i64,
    /// How many marks it had in view.
    after: i64,
    /// Index of the actor.
    actor: i64,
    /// Sequence of the change, minus the one to be expected.
    seq: i64,
    /// Number of its operation, minus the one to be expected.
    start_op: i64,
    /// Its time, minus that of the change before.
    stamp: i64,
    /// 0 for the change before it, else how many it names + 1.
    deps: i64,
}

impl Row {
    fn numbers(self) -> [i64; COLUMNS] {
        [
            self.id_ms,
            self.time,
            self.uptime,
            self.device_seq,
            self.setting,
            self.child,
            self.tag,
            self.after,
            self.actor,
            self.seq,
            self.start_op,
            self.stamp,
            self.deps,
        ]
    }
}

/// Kinds as the tag column numbers them.
mod tag {
    /// [`crate::mark::Kind::In`].
    pub(super) const IN: i64 = 0;
    /// [`crate::mark::Kind::Out`].
    pub(super) const OUT: i64 = 1;
    /// [`crate::mark::Kind::Reopen`].
    pub(super) const REOPEN: i64 = 2;
    /// [`crate::mark::Kind::Correct`].
    pub(super) const CORRECT: i64 = 3;
    /// [`crate::mark::Kind::Void`].
    pub(super) const VOID: i64 = 4;
    /// A kind written out.
    pub(super) const OTHER: i64 = 5;
    /// A mark that the writer could not read.
    pub(super) const UNREAD: i64 = 6;
    /// Added where a time was stated.
    pub(super) const STATED: i64 = 8;
}

#[cfg(test)]
mod tests;
