//! Reading a packet. Every number is checked against what is there before anything is made of it.

use std::collections::BTreeMap;

use super::super::{Fault, MAX_COUNTER};
use super::columns::{Column, Numbers};
use super::{COLUMNS, Dep, Deps, Entry, Link, MAX_CHANGES, Packet, Setting, VERSION, Written, check, tag};
use crate::codec::{Blob, Hash32, decode};
use crate::ids::{ChildId, DeviceId, MarkId};
use crate::mark::{Because, Kind, MAX_PACKED, Mark, pack, unpack};
use crate::time::UtcMs;
use uuid::Uuid;

/// Bytes of an id that its time does not give.
const TAIL: usize = 10;
/// Longest name of an actor, in bytes.
const ACTOR: usize = 64;

impl Packet {
    /// Reads a packet.
    ///
    /// # Errors
    /// [`Fault::Damaged`], or [`Fault::TooLarge`] beyond [`MAX_CHANGES`].
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let (sum, written) = bytes.split_first_chunk().ok_or(Fault::Damaged)?;
        if *sum != check(written) {
            return Err(Fault::Damaged);
        }
        let written: Written = decode(written).map_err(|_| Fault::Damaged)?;
        let count = written.tails.0.len() / TAIL;
        let whole = written.version == VERSION
            && written.tails.0.len().is_multiple_of(TAIL)
            && written.children.0.len().is_multiple_of(16)
            && written.columns.len() == COLUMNS
            && written.actors.iter().all(|actor| actor.0.len() <= ACTOR);
        if !whole {
            return Err(Fault::Damaged);
        }
        if count > MAX_CHANGES {
            return Err(Fault::TooLarge);
        }
        let mut reader = Reader::of(&written)?;
        let mut entries = Vec::with_capacity(count);
        let mut ids: Vec<MarkId> = Vec::with_capacity(count);
        for tail in written.tails.0.chunks_exact(TAIL) {
            let entry = reader.entry(tail, &ids, written.actors.len())?;
            ids.push(entry.id);
            entries.push(entry);
        }
        reader.ended()?;
        Ok(Self {
            entries,
            actors: written.actors,
        })
    }
}

/// What the next change of an actor would be numbered.
#[derive(Default)]
pub(super) struct Expected {
    last_seq: BTreeMap<usize, u64>,
    start_ops: Vec<u64>,
}

impl Expected {
    /// The sequence and the operation number to be expected of the nth change.
    pub(super) fn next(&self, nth: usize, actor: usize, deps: &Deps) -> (u64, u64) {
        let seq = self.last_seq.get(&actor).copied().unwrap_or(0);
        let before = |place: usize| self.start_ops.get(place).copied().unwrap_or(0);
        let previous = nth.checked_sub(1).map_or(0, before);
        let stands_on = match deps {
            Deps::Previous => previous,
            Deps::Named(deps) => deps
                .iter()
                .map(|dep| match dep {
                    Dep::Here(place) => before(*place),
                    Dep::Elsewhere(_) => previous,
                })
                .max()
                .unwrap_or(0),
        };
        (seq.wrapping_add(1), stands_on.wrapping_add(1))
    }

    /// How it was numbered.
    pub(super) fn was(&mut self, actor: usize, seq: u64, start_op: u64) {
        self.last_seq.insert(actor, seq);
        self.start_ops.push(start_op);
    }
}

struct Reader<'w> {
    settings: &'w [Setting],
    children: &'w [u8],
    columns: [Column<'w>; COLUMNS],
    numbers: Numbers<'w>,
    names: &'w [u8],
    kinds: minicbor::Decoder<'w>,
    unread: std::slice::Iter<'w, Blob>,
    last_time: i64,
    last_uptime: i64,
    last_seq: BTreeMap<DeviceId, u64>,
    last_stamp: i64,
    changes: Expected,
}

impl<'w> Reader<'w> {
    fn of(written: &'w Written) -> Result<Self, Fault> {
        let columns: Vec<Column<'w>> = written.columns.iter().map(|c| Column::of(&c.0)).collect();
        Ok(Self {
            settings: &written.settings,
            children: &written.children.0,
            columns: columns.try_into().map_err(|_| Fault::Damaged)?,
            numbers: Numbers::of(&written.numbers.0),
            names: &written.names.0,
            kinds: minicbor::Decoder::new(&written.kinds.0),
            unread: written.unread.iter(),
            last_time: 0,
            last_uptime: 0,
            last_seq: BTreeMap::new(),
            last_stamp: 0,
            changes: Expected::default(),
        })
    }

    fn ended(&self) -> Result<(), Fault> {
        for column in &self.columns {
            column.ended()?;
        }
        self.numbers.ended()?;
        let read = self.names.is_empty()
            && self.unread.len() == 0
            && self.kinds.position() == self.kinds.input().len();
        if read { Ok(()) } else { Err(Fault::Damaged) }
    }

    fn entry(&mut self, tail: &[u8], ids: &[MarkId], actors: usize) -> Result<Entry, Fault> {
        let [
            id_ms,
            time,
            uptime,
            device_seq,
            setting,
            child,
            tag,
            after,
            actor,
            seq,
            start_op,
            stamp,
            deps,
        ] = &mut self.columns;
        let (id_ms, time, uptime) = (id_ms.next()?, time.next()?, uptime.next()?);
        let (device_seq, setting, child) = (device_seq.next()?, setting.next_index()?, child.next_index()?);
        let (tag, after) = (tag.next()?, after.next_index()?);
        let (actor, seq, start_op) = (actor.next_index()?, seq.next()?, start_op.next()?);
        let (stamp, deps) = (stamp.next()?, deps.next_index()?);
        let read = if tag == tag::UNREAD {
            if (time, uptime, device_seq, setting, child, after) != (0, 0, 0, 0, 0, 0) {
                return Err(Fault::Damaged);
            }
            None
        } else {
            let setting = self.settings.get(setting).ok_or(Fault::Damaged)?;
            self.last_time = self.last_time.wrapping_add(time);
            self.last_uptime = self.last_uptime.wrapping_add(uptime);
            let last = self.last_seq.entry(setting.device).or_insert(0);
            *last = last.wrapping_add(1).wrapping_add(device_seq.cast_unsigned());
            let device_seq = *last;
            let child = child.checked_sub(1).map(|nth| self.child(nth)).transpose()?;
            let stated_tag = tag >= tag::STATED;
            let kind = self.kind(if stated_tag { tag - tag::STATED } else { tag }, ids)?;
            let stated = if stated_tag { Some(self.time()?) } else { None };
            // A name takes a byte here and seventeen in a packed mark.
            if after > MAX_PACKED / 17 {
                return Err(Fault::Damaged);
            }
            let mut seen = Vec::new();
            for _ in 0..after {
                seen.push(self.name(ids)?);
            }
            Some(Mark {
                kind,
                child,
                activity: setting.activity,
                formula: setting.formula,
                device: setting.device,
                device_seq,
                device_time: UtcMs(self.last_time),
                mono_ms: self.last_uptime.wrapping_add(self.last_time).cast_unsigned(),
                boot: setting.boot,
                offset_ms: setting.offset_ms,
                staff: setting.staff,
                stated,
                after: seen,
                clock_doubted: setting.clock_doubted,
            })
        };
        let id = mark_id(self.last_time.wrapping_add(id_ms), tail)?;
        let (value, mark) = match read {
            Some(mark) => {
                let value = pack(&mark);
                let fits = value.len() <= MAX_PACKED;
                (value, fits.then_some(mark))
            }
            None => {
                let value = self.unread.next().ok_or(Fault::Damaged)?.0.clone();
                let mark = unpack(&value).ok();
                (value, mark)
            }
        };
        let deps = match deps {
            0 => Deps::Previous,
            count => {
                let mut named = Vec::new();
                for _ in 1..count {
                    named.push(self.dep(ids.len())?);
                }
                Deps::Named(named)
            }
        };
        if actor >= actors || (deps == Deps::Previous && ids.is_empty()) {
            return Err(Fault::Damaged);
        }
        let (next_seq, next_op) = self.changes.next(ids.len(), actor, &deps);
        let (seq, start_op) = (
            next_seq.wrapping_add(seq.cast_unsigned()),
            next_op.wrapping_add(start_op.cast_unsigned()),
        );
        // Numbers that no change can have: the marks would stand in a packet nobody can use.
        let fits = |number: u64| number > 0 && number <= MAX_COUNTER;
        if !fits(seq) || !fits(start_op) {
            return Err(Fault::Damaged);
        }
        self.changes.was(actor, seq, start_op);
        self.last_stamp = self.last_stamp.wrapping_add(stamp);
        let link = Link {
            actor,
            seq,
            start_op,
            time: self.last_stamp,
            deps,
        };
        Ok(Entry {
            id,
            value,
            mark,
            link,
        })
    }

    fn child(&self, nth: usize) -> Result<ChildId, Fault> {
        let at = nth.checked_mul(16).ok_or(Fault::Damaged)?;
        let bytes = self.children.get(at..).and_then(|rest| rest.get(..16));
        bytes.and_then(ChildId::from_slice).ok_or(Fault::Damaged)
    }

    fn kind(&mut self, tag: i64, ids: &[MarkId]) -> Result<Kind, Fault> {
        Ok(match tag {
            tag::IN => Kind::In,
            tag::OUT => Kind::Out,
            tag::REOPEN => Kind::Reopen,
            tag::CORRECT => Kind::Correct {
                replaces: self.name(ids)?,
                at: self.time()?,
                why: because(self.numbers.next()?)?,
            },
            tag::VOID => Kind::Void {
                replaces: self.name(ids)?,
            },
            tag::OTHER => self.kinds.decode().map_err(|_| Fault::Damaged)?,
            _ => return Err(Fault::Damaged),
        })
    }

    fn time(&mut self) -> Result<UtcMs, Fault> {
        Ok(UtcMs(self.last_time.wrapping_add(self.numbers.next()?)))
    }

    fn taken<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (bytes, rest) = self.names.split_first_chunk::<N>().ok_or(Fault::Damaged)?;
        self.names = rest;
        Ok(*bytes)
    }

    /// A mark named by another: only one that was read before it.
    fn name(&mut self, ids: &[MarkId]) -> Result<MarkId, Fault> {
        let place = usize::try_from(self.numbers.next()?).map_err(|_| Fault::Damaged)?;
        match place.checked_sub(1) {
            Some(place) => ids.get(place).copied().ok_or(Fault::Damaged),
            None => Ok(MarkId(Uuid::from_bytes(self.taken()?))),
        }
    }

    fn dep(&mut self, so_far: usize) -> Result<Dep, Fault> {
        let place = usize::try_from(self.numbers.next()?).map_err(|_| Fault::Damaged)?;
        match place.checked_sub(1) {
            Some(place) if place < so_far => Ok(Dep::Here(place)),
            Some(_) => Err(Fault::Damaged),
            None => Ok(Dep::Elsewhere(Hash32(self.taken()?))),
        }
    }
}

fn mark_id(ms: i64, tail: &[u8]) -> Result<MarkId, Fault> {
    let ms = u64::try_from(ms)
        .ok()
        .filter(|ms| *ms < 1 << 48)
        .ok_or(Fault::Damaged)?;
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(tail);
    Ok(MarkId(Uuid::from_bytes(bytes)))
}

fn because(number: i64) -> Result<Option<Because>, Fault> {
    Ok(match number {
        0 => None,
        1 => Some(Because::Forgotten),
        2 => Some(Because::Mistaken),
        3 => Some(Because::Family),
        4 => Some(Because::Clock),
        5 => Some(Because::Other),
        _ => return Err(Fault::Damaged),
    })
}
