//! Writing a packet.

use std::collections::BTreeMap;

use super::columns::{packed, put};
use super::{COLUMNS, Dep, Deps, Entry, Packet, Row, Setting, VERSION, Written, check, tag};
use crate::codec::{Blob, encode};
use crate::ids::{ChildId, DeviceId, MarkId};
use crate::mark::{Because, Kind, Mark};

impl Packet {
    /// The packet as it travels.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        for (nth, entry) in self.entries.iter().enumerate() {
            writer.add(nth, entry);
        }
        let columns = writer.columns.iter().map(|column| Blob(packed(column)));
        let written = encode(&Written {
            version: VERSION,
            actors: self.actors.clone(),
            settings: writer.settings.order,
            children: Blob(writer.children.order.iter().flat_map(|c| *c.as_bytes()).collect()),
            tails: Blob(writer.tails),
            columns: columns.collect(),
            numbers: Blob(writer.numbers),
            names: Blob(writer.names),
            kinds: Blob(writer.kinds),
            unread: writer.unread,
        });
        [&check(&written)[..], &written].concat()
    }
}

/// Things numbered in order of appearance.
struct Dictionary<T> {
    places: BTreeMap<T, usize>,
    order: Vec<T>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self {
            places: BTreeMap::new(),
            order: Vec::new(),
        }
    }
}

impl<T: Ord + Clone> Dictionary<T> {
    fn place(&mut self, thing: T) -> i64 {
        let next = self.order.len();
        let place = *self.places.entry(thing.clone()).or_insert(next);
        if place == next {
            self.order.push(thing);
        }
        index(place)
    }
}

fn index(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

#[derive(Default)]
struct Writer {
    settings: Dictionary<Setting>,
    children: Dictionary<ChildId>,
    tails: Vec<u8>,
    columns: [Vec<i64>; COLUMNS],
    numbers: Vec<u8>,
    names: Vec<u8>,
    kinds: Vec<u8>,
    unread: Vec<Blob>,
    /// Where each mark stands that was written.
    places: BTreeMap<MarkId, usize>,
    last_time: i64,
    last_uptime: i64,
    last_seq: BTreeMap<DeviceId, u64>,
    last_stamp: i64,
    changes: super::read::Expected,
}

impl Writer {
    fn add(&mut self, nth: usize, entry: &Entry) {
        let mut row = Row::default();
        let (head, tail) = entry.id.as_bytes().split_at(6);
        let id_ms = head.iter().fold(0_i64, |ms, byte| (ms << 8) | i64::from(*byte));
        self.tails.extend_from_slice(tail);
        match &entry.mark {
            Some(mark) => self.mark(&mut row, mark),
            None => {
                row.tag = tag::UNREAD;
                self.unread.push(Blob(entry.value.clone()));
            }
        }
        row.id_ms = id_ms.wrapping_sub(self.last_time);
        self.change(&mut row, nth, entry);
        self.places.insert(entry.id, nth);
        for (column, number) in self.columns.iter_mut().zip(row.numbers()) {
            column.push(number);
        }
    }

    fn mark(&mut self, row: &mut Row, mark: &Mark) {
        let time = mark.device_time.0;
        let uptime = mark.mono_ms.cast_signed().wrapping_sub(time);
        row.time = time.wrapping_sub(self.last_time);
        row.uptime = uptime.wrapping_sub(self.last_uptime);
        (self.last_time, self.last_uptime) = (time, uptime);
        let last = self.last_seq.insert(mark.device, mark.device_seq).unwrap_or(0);
        row.device_seq = mark.device_seq.wrapping_sub(last).wrapping_sub(1).cast_signed();
        row.setting = self.settings.place(Setting {
            device: mark.device,
            boot: mark.boot,
            activity: mark.activity,
            formula: mark.formula,
            offset_ms: mark.offset_ms,
            staff: mark.staff,
            clock_doubted: mark.clock_doubted,
        });
        row.child = mark.child.map_or(0, |child| self.children.place(child) + 1);
        row.tag = self.kind(&mark.kind, time);
        if let Some(stated) = mark.stated {
            row.tag += tag::STATED;
            put(&mut self.numbers, stated.0.wrapping_sub(time));
        }
        row.after = index(mark.after.len());
        for seen in &mark.after {
            self.name(*seen);
        }
    }

    fn kind(&mut self, kind: &Kind, time: i64) -> i64 {
        match kind {
            Kind::In => tag::IN,
            Kind::Out => tag::OUT,
            Kind::Reopen => tag::REOPEN,
            Kind::Correct { replaces, at, why } => {
                self.name(*replaces);
                put(&mut self.numbers, at.0.wrapping_sub(time));
                put(&mut self.numbers, because(*why));
                tag::CORRECT
            }
            Kind::Void { replaces } => {
                self.name(*replaces);
                tag::VOID
            }
            Kind::Absent { .. }
            | Kind::Close { .. }
            | Kind::Note { .. }
            | Kind::Welcome { .. }
            | Kind::Stranger { .. }
            | Kind::Transfer { .. } => {
                self.kinds.extend(encode(kind));
                tag::OTHER
            }
        }
    }

    /// A mark named by another: its place + 1, or 0 and its id.
    fn name(&mut self, id: MarkId) {
        match self.places.get(&id) {
            Some(place) => put(&mut self.numbers, index(place + 1)),
            None => {
                put(&mut self.numbers, 0);
                self.names.extend_from_slice(id.as_bytes());
            }
        }
    }

    fn change(&mut self, row: &mut Row, nth: usize, entry: &Entry) {
        let link = &entry.link;
        row.actor = index(link.actor);
        row.deps = match &link.deps {
            Deps::Previous => 0,
            Deps::Named(deps) => {
                for dep in deps {
                    match dep {
                        Dep::Here(place) => put(&mut self.numbers, index(place + 1)),
                        Dep::Elsewhere(hash) => {
                            put(&mut self.numbers, 0);
                            self.names.extend_from_slice(&hash.0);
                        }
                    }
                }
                index(deps.len() + 1)
            }
        };
        let (seq, start_op) = self.changes.next(nth, link.actor, &link.deps);
        row.seq = link.seq.wrapping_sub(seq).cast_signed();
        row.start_op = link.start_op.wrapping_sub(start_op).cast_signed();
        self.changes.was(link.actor, link.seq, link.start_op);
        row.stamp = link.time.wrapping_sub(self.last_stamp);
        self.last_stamp = link.time;
    }
}

/// Reasons as the numbers stand for them; 0 for none.
fn because(why: Option<Because>) -> i64 {
    match why {
        None => 0,
        Some(Because::Forgotten) => 1,
        Some(Because::Mistaken) => 2,
        Some(Because::Family) => 3,
        Some(Because::Clock) => 4,
        Some(Because::Other) => 5,
    }
}
