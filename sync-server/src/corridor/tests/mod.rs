//! The corridor's promises: once, all or nothing, and the same again from the journal.

mod accounts;
mod booked;
mod closures;
mod doubles;
mod letters;
mod promises;
mod recovery;
mod replayed;
mod service;
mod settled;
mod texts;

use std::sync::Arc;

use shared::codec::{Blob, Hash32};
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId};
use shared::mark::{Kind, Mark, pack};
use shared::operation::{Actor, Body, Channel, Operation, ReceivedMark};
use shared::snapshot::Class;
use shared::time::UtcMs;
use uuid::Uuid;

use crate::clock::Clock;
use crate::commune::Commune;
use crate::host::Host;
use crate::snapshot::tables::TABLES;
use crate::store::testing::Place;
use crate::store::{Read, Row, StoreError};

/// What is derived from the record in the same transaction.
const DERIVED: [&str; 3] = ["touched", "transfer", "stranger"];

/// Every table of the record and of what is derived with it, but for the sheets, which are made again when first
/// needed.
fn tables() -> impl Iterator<Item = &'static str> {
    let record = TABLES.iter().filter(|table| table.class == Class::Record);
    record.map(|table| table.name).chain(DERIVED)
}

struct Town {
    _place: Place,
    host: Arc<Host>,
    commune: Arc<Commune>,
}

fn town() -> Town {
    let place = Place::new();
    let clock = Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").expect("an instant"));
    let host = place.host(clock);
    let slug = "ville".parse().expect("a slug");
    let commune = host
        .create(&slug, "Ville", "Europe/Paris", "mairie")
        .expect("a commune");
    Town {
        _place: place,
        host,
        commune,
    }
}

impl Town {
    fn operation(&self, body: Body) -> Operation {
        self.commune.operation(Actor::Host, Channel::Command, body)
    }

    fn dump(&self) -> Vec<(String, Vec<Row>)> {
        self.commune.store.read(dump).expect("a dump")
    }
}

fn dump(tx: &mut dyn Read) -> Result<Vec<(String, Vec<Row>)>, StoreError> {
    let mut all = Vec::new();
    for table in tables() {
        let mut rows = tx.query(&format!("select * from {table}"), &[])?;
        rows.sort_by_key(|row| format!("{row:?}"));
        all.push((table.to_owned(), rows));
    }
    Ok(all)
}

fn received(device: DeviceId, seq: u64, kind: Kind) -> ReceivedMark {
    let mark = Mark {
        kind,
        child: Some(ChildId(Uuid::from_u128(7))),
        activity: ActivityId(Uuid::from_u128(8)),
        formula: None,
        device,
        device_seq: seq,
        device_time: UtcMs(1_795_420_800_000),
        mono_ms: seq,
        boot: 1,
        offset_ms: None,
        staff: None,
        stated: None,
        after: vec![],
        clock_doubted: false,
    };
    let id = MarkId(Uuid::from_u128((device.0.as_u128() << 64) | u128::from(seq)));
    ReceivedMark {
        id,
        value: Blob(pack(&mark)),
        returned: false,
    }
}

fn receive(device: DeviceId, site: SiteId, marks: Vec<ReceivedMark>) -> Body {
    Body::ReceiveMarks {
        device,
        site,
        date: 739_943,
        marks,
    }
}

fn salt() -> Hash32 {
    Hash32(crate::clock::random())
}
