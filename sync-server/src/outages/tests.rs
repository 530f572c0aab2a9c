//! What a host finds out of its own silence, and what an outage's account counts.

use std::sync::Arc;

use shared::codec::{Blob, Hash32};
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, OutageId, SchoolId, SiteId, mint};
use shared::mark::{Kind, Mark, pack};
use shared::operation::{
    Actor, Body, Channel, OutageCause, OutageRecord, ReceivedMark, SchoolKind, SchoolRecord, SiteRecord,
};
use shared::sign::SigningKey;
use shared::time::UtcMs;
use uuid::Uuid;

use super::*;
use crate::commune::Commune;
use crate::jobs::ground::Ground;

const NOW: UtcMs = UtcMs(1_795_420_800_000);
const MINUTE: i64 = 60_000;
const SITE: SiteId = SiteId(Uuid::from_u128(1));
const OTHER_SITE: SiteId = SiteId(Uuid::from_u128(2));

fn told(commune: &Commune) -> Vec<(i64, i64, OutageCause)> {
    let all = commune.store.read(outages).unwrap();
    all.iter()
        .map(|outage| {
            let record = &outage.record;
            (record.from.0 - NOW.0, outage.until(NOW).0 - NOW.0, record.cause)
        })
        .collect()
}

/// A process begins to serve at an instant, and opens the town.
fn served(ground: &Ground, at: UtcMs) -> (Alive, Arc<Commune>) {
    let host = ground.host(at);
    let (alive, silences) = Alive::begin(&host).unwrap();
    let commune = host.commune("ville").unwrap();
    tell(&commune, &silences).unwrap();
    (alive, commune)
}

#[test]
fn a_span_without_any_server_is_written_once() {
    for ground in Ground::both(NOW) {
        let (alive, commune) = served(&ground, NOW.plus_ms(MINUTE));
        assert_eq!(told(&commune), []);
        drop((alive, commune));
        // A short stop is none; the end of a process is noted, so the next span begins there.
        let (alive, commune) = served(&ground, NOW.plus_ms(5 * MINUTE));
        assert_eq!(told(&commune), []);
        drop((alive, commune));
        let (_alive, commune) = served(&ground, NOW.plus_ms(45 * MINUTE));
        let all = told(&commune);
        assert_eq!(all.len(), 1);
        let (from, until, cause) = all[0];
        assert_eq!(cause, OutageCause::Server);
        assert!((5 * MINUTE..6 * MINUTE).contains(&from), "{from}");
        assert!((45 * MINUTE..46 * MINUTE).contains(&until), "{until}");
        let head = commune.head().unwrap();
        // Another process begins beside it, and finds it alive; the span that it knows of is there.
        let (_other, beside) = served(&ground, NOW.plus_ms(46 * MINUTE));
        assert_eq!(told(&beside), all);
        assert_eq!(beside.head().unwrap(), head, "nothing was written again");
    }
}

#[test]
fn it_begins_at_the_last_thing_that_was_heard() {
    for ground in Ground::both(NOW) {
        drop(served(&ground, NOW.plus_ms(MINUTE)));
        school(&ground.process(NOW.plus_ms(2 * MINUTE)), Channel::Desk);
        let (_alive, commune) = served(&ground, NOW.plus_ms(40 * MINUTE));
        let (from, ..) = told(&commune)[0];
        assert!((2 * MINUTE..3 * MINUTE).contains(&from), "{from}");
    }
}

#[test]
fn a_town_founded_just_after_the_minute_that_was_noted_is_told_too() {
    for ground in Ground::both(NOW) {
        let commune = ground.process(NOW.plus_ms(MINUTE));
        school(&commune, Channel::Desk);
        let silence = Silence {
            from: NOW.plus_ms(-MINUTE),
            until: NOW.plus_ms(40 * MINUTE),
        };
        tell(&commune, &[silence]).unwrap();
        let (from, ..) = told(&commune)[0];
        assert!((MINUTE..2 * MINUTE).contains(&from), "{from}");
    }
}

#[test]
fn two_processes_that_tell_at_a_time_write_one_outage() {
    for ground in Ground::both(NOW) {
        drop(served(&ground, NOW.plus_ms(MINUTE)));
        let host = ground.host(NOW.plus_ms(40 * MINUTE));
        let (_alive, silences) = Alive::begin(&host).unwrap();
        let processes = [0, 1].map(|_| ground.process(NOW.plus_ms(40 * MINUTE)));
        std::thread::scope(|scope| {
            for commune in &processes {
                let silences = &silences;
                scope.spawn(move || tell(commune, silences).unwrap());
            }
        });
        assert_eq!(told(&processes[0]).len(), 1);
    }
}

#[test]
fn a_town_that_was_not_there_or_was_served_elsewhere_had_no_outage() {
    for ground in Ground::both(NOW) {
        let commune = ground.process(NOW);
        let before = Silence {
            from: NOW.plus_ms(-60 * MINUTE),
            until: NOW.plus_ms(-10 * MINUTE),
        };
        tell(&commune, &[before]).unwrap();
        assert_eq!(told(&commune), [], "it was founded later");
        let elsewhere = ground.process(NOW.plus_ms(20 * MINUTE));
        school(&elsewhere, Channel::Desk);
        let meanwhile = Silence {
            from: NOW.plus_ms(10 * MINUTE),
            until: NOW.plus_ms(30 * MINUTE),
        };
        tell(&commune, &[meanwhile]).unwrap();
        assert_eq!(told(&commune), [], "somebody served it then");
        // What is done at the command line needs no server.
        let late = ground.process(NOW.plus_ms(50 * MINUTE));
        school(&late, Channel::Command);
        let silence = Silence {
            from: NOW.plus_ms(40 * MINUTE),
            until: NOW.plus_ms(60 * MINUTE),
        };
        tell(&commune, &[silence]).unwrap();
        assert_eq!(told(&commune).len(), 1);
    }
}

fn school(commune: &Commune, channel: Channel) {
    let school = SchoolRecord {
        id: SchoolId(Uuid::from_bytes(crate::clock::random())),
        name: "École".into(),
        kind: SchoolKind::Public,
        half_days: 9,
        starts: shared::codec::Minute::new(8, 30),
        ends: shared::codec::Minute::new(16, 30),
        retired: false,
    };
    let body = Body::PutSchool { school };
    commune
        .submit(commune.operation(Actor::Host, channel, body))
        .unwrap();
}

const A: DeviceId = DeviceId(Uuid::from_u128(0xA));
const B: DeviceId = DeviceId(Uuid::from_u128(0xB));

/// A tap of a tablet, `minutes` after [`NOW`] by the server's clock; the tablet's own is an hour slow.
fn tap(device: DeviceId, seq: u64, minutes: i64) -> ReceivedMark {
    let at = NOW.plus_ms(minutes * MINUTE);
    let mark = Mark {
        kind: Kind::In,
        child: Some(ChildId(Uuid::from_u128(u128::from(seq)))),
        activity: ActivityId(Uuid::from_u128(9)),
        formula: None,
        device,
        device_seq: seq,
        device_time: at.plus_ms(-60 * MINUTE),
        mono_ms: seq,
        boot: 1,
        offset_ms: Some(60 * MINUTE),
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    };
    ReceivedMark {
        id: MarkId(mint(at.plus_ms(-60 * MINUTE), crate::clock::random())),
        value: Blob(pack(&mark)),
        returned: false,
    }
}

/// A tablet hands in marks of a site, so many minutes after [`NOW`].
fn hands_in(ground: &Ground, minutes: i64, site: SiteId, bearer: DeviceId, marks: Vec<ReceivedMark>) {
    let commune = ground.process(NOW.plus_ms(minutes * MINUTE));
    let date = NOW.date_in(commune.zone);
    let body = Body::ReceiveMarks {
        device: bearer,
        site,
        date: chrono::Datelike::num_days_from_ce(&date),
        marks,
    };
    commune
        .submit(commune.operation(Actor::Device(bearer), Channel::Tablet, body))
        .unwrap();
}

fn site(ground: &Ground, id: SiteId, slug: &str) {
    let commune = ground.process(NOW);
    let body = Body::PutSite {
        site: SiteRecord {
            id,
            slug: slug.parse().unwrap(),
            name: slug.into(),
            school: None,
            phone: None,
            retired: false,
            nursery: false,
        },
    };
    commune
        .submit(commune.operation(Actor::Host, Channel::Desk, body))
        .unwrap();
}

fn enrolled(ground: &Ground, device: DeviceId, name: &str, sites: Vec<SiteId>) {
    let commune = ground.process(NOW);
    let code = Hash32([name.as_bytes()[0]; 32]);
    let given = Body::IssueTabletCode {
        code,
        sites,
        expires_at: NOW.plus_ms(60 * MINUTE),
    };
    let enrol = Body::EnrolDevice {
        code,
        device,
        key: SigningKey::from_seed(&code.0).public().0,
        name: name.into(),
    };
    for (actor, body) in [(Actor::Host, given), (Actor::Device(device), enrol)] {
        commune
            .submit(commune.operation(actor, Channel::Command, body))
            .unwrap();
    }
}

/// A lost entry is written: marks of the site that the lost server had received then.
fn merge(commune: &Commune, marks: Vec<ReceivedMark>, received_at: UtcMs) {
    let date = NOW.date_in(commune.zone);
    let body = Body::ReceiveMarks {
        device: A,
        site: SITE,
        date: chrono::Datelike::num_days_from_ce(&date),
        marks,
    };
    let operation = commune.operation(Actor::Device(A), Channel::Tablet, body);
    let (now, at) = (commune.clock.now(), commune.head().unwrap());
    let origin = crate::corridor::Origin { at, received_at };
    commune
        .store
        .write(move |tx| crate::corridor::submit_merged(tx, &operation, Hash32([1; 32]), now, origin))
        .unwrap();
}

fn of(cause: OutageCause, site: Option<SiteId>) -> Outage {
    Outage {
        record: OutageRecord {
            id: OutageId(Uuid::from_u128(7)),
            from: NOW.plus_ms(10 * MINUTE),
            until: Some(NOW.plus_ms(50 * MINUTE)),
            site,
            cause,
            note: String::new(),
        },
        version: None,
    }
}

fn minutes(came: &Came) -> (u64, Option<(i64, i64)>) {
    let since = |at: UtcMs| (at.0 - NOW.0) / MINUTE;
    (came.count, came.span.map(|(a, b)| (since(a), since(b))))
}

#[test]
fn the_account_of_an_outage_counts_what_was_made_in_it_and_received_late() {
    for ground in Ground::both(NOW) {
        site(&ground, SITE, "un");
        site(&ground, OTHER_SITE, "deux");
        enrolled(&ground, A, "a", vec![SITE]);
        enrolled(&ground, B, "b", vec![SITE, OTHER_SITE]);
        // Before, within, and within but on line; then another brings what A made.
        hands_in(&ground, 5, SITE, A, vec![tap(A, 1, 5)]);
        hands_in(&ground, 20, SITE, B, vec![tap(B, 1, 20)]);
        let late = vec![tap(A, 2, 12), tap(A, 3, 30), tap(A, 4, 49), tap(A, 5, 51)];
        hands_in(&ground, 60, SITE, A, late);
        hands_in(&ground, 70, SITE, B, vec![tap(A, 6, 40), tap(B, 2, 11)]);
        hands_in(&ground, 71, OTHER_SITE, B, vec![tap(B, 3, 15)]);

        let commune = ground.process(NOW.plus_ms(80 * MINUTE));
        let of = |outage: &Outage, sites: &[SiteId]| {
            let now = commune.clock.now();
            let read = |tx: &mut dyn crate::store::Read| account(tx, outage, now, commune.zone, sites);
            commune.store.read(read).unwrap()
        };
        let all = of(&super::tests::of(OutageCause::Server, None), &[SITE, OTHER_SITE]);
        let a = &all.tablets[&A];
        assert_eq!(minutes(&a.made), (4, Some((12, 49))));
        assert_eq!(minutes(&a.back), (4, Some((60, 70))));
        assert_eq!(a.by_others.clone().into_iter().collect::<Vec<_>>(), [(B, 1)]);
        assert_eq!((a.name.as_str(), a.sites.as_slice()), ("a", [SITE].as_slice()));
        assert_eq!(minutes(&all.tablets[&B].made), (2, Some((11, 15))));
        assert_eq!((all.made.count, all.back.count, all.from_disk), (6, 6, 0));
        assert_eq!(all.awaited, 2, "neither said what it still holds");

        let line = of(
            &super::tests::of(OutageCause::Line, Some(OTHER_SITE)),
            &[OTHER_SITE],
        );
        assert!(!line.tablets.contains_key(&A), "it was never there");
        assert_eq!(line.made.count, 1);
        // The lost disk brings one more: it was received late there too, and so it was made off line.
        let merged = vec![tap(A, 7, 25)];
        merge(&commune, merged, NOW.plus_ms(40 * MINUTE));
        let with_disk = of(&super::tests::of(OutageCause::Server, None), &[SITE]);
        assert_eq!((with_disk.made.count, with_disk.from_disk), (6, 1));
        assert_eq!(with_disk.tablets[&A].from_disk, 1);
        // A loss takes along what had been received before it.
        let loss = of(&super::tests::of(OutageCause::Loss, None), &[SITE, OTHER_SITE]);
        assert_eq!(loss.made.count, 8);
    }
}
