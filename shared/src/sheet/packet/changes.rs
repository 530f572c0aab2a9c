//! Between packets and the changes of a document.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ScalarValue};

use super::super::Fault;
use super::{Dep, Deps, Entry, Link, MAX_CHANGES, Packet};
use crate::codec::{Blob, Hash32};
use crate::ids::MarkId;
use crate::mark::unpack;

impl Packet {
    /// A packet of these changes, each of which stands behind those it stands on; `None` where one
    /// of them does anything that a packet cannot say, or there are too many.
    pub fn of(changes: &[Change]) -> Option<Self> {
        if changes.len() > MAX_CHANGES {
            return None;
        }
        let mut actors: Vec<ActorId> = Vec::new();
        let mut places: BTreeMap<ChangeHash, usize> = BTreeMap::new();
        let mut entries = Vec::with_capacity(changes.len());
        for (nth, change) in changes.iter().enumerate() {
            let (id, value) = only_mark(change.decode())?;
            let actor = match actors.iter().rposition(|actor| actor == change.actor_id()) {
                Some(known) => known,
                None => {
                    actors.push(change.actor_id().clone());
                    actors.len() - 1
                }
            };
            let deps = change.deps().iter().map(|hash| match places.get(hash) {
                Some(place) => Dep::Here(*place),
                None => Dep::Elsewhere(Hash32(hash.0)),
            });
            let deps = match deps.collect::<Vec<_>>() {
                one if nth > 0 && one == [Dep::Here(nth - 1)] => Deps::Previous,
                named => Deps::Named(named),
            };
            places.insert(change.hash(), nth);
            entries.push(Entry {
                id,
                mark: unpack(&value).ok(),
                value,
                link: Link {
                    actor,
                    seq: change.seq(),
                    start_op: change.start_op().get(),
                    time: change.timestamp(),
                    deps,
                },
            });
        }
        let packet = Self {
            entries,
            actors: actors
                .iter()
                .map(|actor| Blob(actor.to_bytes().to_vec()))
                .collect(),
        };
        // What cannot be made again hash for hash is not sent as a packet.
        let again = packet.changes().ok()?;
        let same = changes
            .iter()
            .map(Change::hash)
            .eq(again.iter().map(Change::hash));
        same.then_some(packet)
    }

    /// The changes, made again.
    ///
    /// # Errors
    /// [`Fault::Damaged`] for numbers that no change can have.
    pub fn changes(&self) -> Result<Vec<Change>, Fault> {
        let actors: Vec<ActorId> = self
            .actors
            .iter()
            .map(|actor| ActorId::from(&actor.0[..]))
            .collect();
        let mut changes: Vec<Change> = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let link = &entry.link;
            let deps = match &link.deps {
                Deps::Previous => vec![changes.last().ok_or(Fault::Damaged)?.hash()],
                Deps::Named(deps) => deps
                    .iter()
                    .map(|dep| match dep {
                        Dep::Here(place) => changes.get(*place).map(Change::hash).ok_or(Fault::Damaged),
                        Dep::Elsewhere(hash) => Ok(ChangeHash(hash.0)),
                    })
                    .collect::<Result<_, _>>()?,
            };
            // The document library counts in 32 bits inside, and in 53 where others read it.
            let fits = |number: u64| number > 0 && number <= u64::from(u32::MAX) / 2;
            if !fits(link.seq) || !fits(link.start_op) {
                return Err(Fault::Damaged);
            }
            changes.push(Change::from(ExpandedChange {
                operations: vec![Op {
                    action: OpType::Put(ScalarValue::Bytes(entry.value.clone())),
                    obj: ObjectId::Root,
                    key: Key::Map(entry.id.key().into()),
                    pred: Vec::new().into(),
                    insert: false,
                }],
                actor_id: actors.get(link.actor).ok_or(Fault::Damaged)?.clone(),
                hash: None,
                seq: link.seq,
                start_op: NonZeroU64::new(link.start_op).ok_or(Fault::Damaged)?,
                time: link.time,
                message: None,
                deps,
                extra_bytes: Vec::new(),
                author: None,
            }));
        }
        Ok(changes)
    }
}

/// The one mark that a change puts at ROOT.
fn only_mark(change: ExpandedChange) -> Option<(MarkId, Vec<u8>)> {
    let bare = change.message.is_none() && change.extra_bytes.is_empty() && change.author.is_none();
    let [op] = <[Op; 1]>::try_from(change.operations).ok()?;
    match (op.key, op.obj, op.action) {
        (Key::Map(key), ObjectId::Root, OpType::Put(ScalarValue::Bytes(value)))
            if bare && !op.insert && op.pred.is_empty() =>
        {
            // A key has one spelling.
            let id = MarkId::from_key(&key).filter(|id| id.key() == *key)?;
            Some((id, value))
        }
        _ => None,
    }
}
