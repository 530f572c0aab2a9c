use shared::codec::{Blob, Hash32, encode};
use shared::ids::DeviceId;
use shared::mark::Kind;
use shared::operation::Body;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use super::{dump, receive, received, salt, town};
use crate::commune::Commune;
use crate::corridor::replay::recorded;
use crate::corridor::{Context, CorridorError, Mode, journal, submit};
use crate::demo;
use crate::store::testing::Place;
use crate::store::{Store, StoreError};
use crate::verify::verify;

type Entries = Vec<(journal::Entry, Hash32)>;

pub(super) fn entries(town: &super::Town) -> Entries {
    let mut all: Entries = Vec::new();
    loop {
        let after = all.last().map_or(0, |(entry, _)| entry.header.seq);
        let page = town
            .commune
            .store
            .read(|tx| journal::page(tx, after, 500))
            .unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

pub(super) fn replay(town: &super::Town, entries: Entries) -> Result<Store, CorridorError> {
    let place = Place::new();
    let store = place.empty_store();
    let branch = town.commune.branch()?;
    let born_at = entries[0].0.header.received_at;
    store.write(move |tx| {
        journal::begin_branch(tx, branch, born_at)?;
        for (entry, claimed) in &entries {
            recorded(tx, entry, *claimed)?;
        }
        crate::sync::derive_sheets(tx, [5; 16])?;
        Ok::<_, CorridorError>(())
    })?;
    // It lasts as long as the tests.
    std::mem::forget(place);
    Ok(store)
}

/// A whole town, tablets, marks, a withdrawal, codes long expired: read back in mode *recorded*.
#[test]
fn a_journal_read_into_an_empty_store_gives_the_same_store() {
    let town = town();
    demo::fill(&town.host, &town.commune, 3).unwrap();
    let device = DeviceId(Uuid::from_u128(3));
    let code = Hash32([9; 32]);
    let site = town
        .commune
        .store
        .read(|tx| tx.query("select id from site order by slug", &[]))
        .unwrap()[0]
        .uuid(0)
        .map(shared::ids::SiteId)
        .unwrap();
    let expires_at = town.commune.clock.now().plus_ms(60_000);
    let gone = Withdrawal::sign(
        Withdrawn::Device,
        device.0,
        expires_at,
        &town.commune.keys.signing,
    );
    for body in [
        Body::IssueTabletCode {
            code,
            sites: vec![site],
            expires_at,
        },
        Body::EnrolDevice {
            code,
            device,
            key: [7; 32],
            name: "Tablette".into(),
        },
        receive(
            device,
            site,
            vec![received(device, 1, Kind::In), received(device, 2, Kind::Out)],
        ),
        receive(device, site, vec![received(device, 1, Kind::Out)]),
        Body::Withdraw {
            withdrawal: Blob(encode(&gone)),
        },
    ]
    .into_iter()
    .chain(super::settled::decisions(device, site))
    {
        town.commune.submit(town.operation(body)).unwrap();
    }
    let copy = replay(&town, entries(&town)).unwrap();
    let copied = copy.read(dump).unwrap();
    for (original, copied) in town.dump().into_iter().zip(copied) {
        assert_eq!(original.0, copied.0);
        assert!(
            original.1 == copied.1,
            "table {} differs after a replay",
            original.0
        );
    }
    let keys = town.commune.keys.clone();
    let again = Commune::open(town.commune.slug.clone(), copy, keys, town.commune.clock).unwrap();
    let report = verify(&again).unwrap();
    assert_eq!(
        (report.problems, report.marks, report.sheets),
        (Vec::<String>::new(), 6, 1)
    );
}

#[test]
fn a_replay_stops_loudly_at_an_entry_that_was_changed() {
    let town = town();
    for n in 1..5 {
        let device = DeviceId(Uuid::from_u128(3));
        let site = shared::ids::SiteId(Uuid::from_u128(4));
        town.commune
            .submit(town.operation(receive(device, site, vec![received(device, n, Kind::In)])))
            .unwrap();
    }
    let good = entries(&town);
    assert!(replay(&town, good.clone()).is_ok());
    type Harm = fn(&mut Entries);
    let harms: [Harm; 6] = [
        |all| drop(all.remove(2)),
        |all| all.swap(1, 2),
        |all| all[2].0.body.as_mut().unwrap()[20] ^= 1,
        |all| all[2].0.header.received_at.0 += 1,
        |all| all[2].0.header.seen = Some(1),
        |all| all[2].0.outcome = vec![0x81, 0],
    ];
    for harm in harms {
        let mut bad = good.clone();
        harm(&mut bad);
        assert!(matches!(replay(&town, bad), Err(CorridorError::Replay { .. })));
    }
}

#[test]
fn an_erased_body_leaves_the_chain_whole() {
    let town = town();
    let mut all = entries(&town);
    let (entry, claimed) = all.remove(0);
    let blank = journal::Entry {
        body: None,
        salt: None,
        ..entry
    };
    assert!(blank.keeps_its_word());
    assert_eq!(blank.hash(), claimed);
}

/// What a live commune refuses today, a recorded one accepts: it was admitted then.
#[test]
fn recorded_does_not_ask_again_what_was_admitted_then() {
    let town = town();
    let code = Hash32([9; 32]);
    let device = DeviceId(Uuid::from_u128(3));
    let slug = "ici".parse().unwrap();
    let site = shared::ids::SiteId(Uuid::from_u128(4));
    let record = shared::operation::SiteRecord {
        nursery: false,
        retired: false,
        id: site,
        slug,
        name: "Ici".into(),
        school: None,
        phone: None,
    };
    town.commune
        .submit(town.operation(Body::PutSite { site: record }))
        .unwrap();
    let old = town.commune.clock.now().plus_ms(-1);
    let issue = Body::IssueTabletCode {
        code,
        sites: vec![site],
        expires_at: old,
    };
    town.commune.submit(town.operation(issue)).unwrap();
    let enrol = town.operation(Body::EnrolDevice {
        code,
        device,
        key: [7; 32],
        name: "T".into(),
    });
    assert!(
        town.commune.submit(enrol.clone()).is_err(),
        "expired for whoever comes now"
    );
    let context = Context {
        now: town.commune.clock.now(),
        mode: Mode::Recorded,
    };
    let applied = town
        .commune
        .store
        .write(move |tx| submit(tx, &enrol, salt(), context));
    assert!(applied.is_ok());
    let known = town
        .commune
        .store
        .read(|tx| tx.query("select id from device", &[]));
    assert_eq!(known.map_err(|e: StoreError| e.to_string()).unwrap().len(), 1);
}
