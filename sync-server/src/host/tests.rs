//! Communes opened, closed and looked at, on a host of files.

use std::fs;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use shared::ids::SiteId;
use shared::operation::SiteRecord;
use uuid::Uuid;

use super::*;
use crate::store::StoreError;

fn slug(n: usize) -> Slug {
    format!("ville-{n}").parse().unwrap()
}

/// A host of so many towns.
fn host_of(towns: usize) -> (tempfile::TempDir, Arc<Host>) {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::open(Setup::folder(&folder.path().join("data")), Clock::system()).unwrap();
    for n in 0..towns {
        host.create(&slug(n), "Ville", "Europe/Paris", "mairie").unwrap();
    }
    (folder, host)
}

fn put_site(commune: &Commune, n: usize) -> Operation {
    let site = SiteRecord {
        nursery: false,
        retired: false,
        id: SiteId(Uuid::from_u128(n as u128)),
        slug: format!("ecole-{n}").parse().unwrap(),
        name: format!("École {n}"),
        school: None,
        phone: None,
    };
    commune.operation(Actor::Host, Channel::Command, Body::PutSite { site })
}

/// Entries of the journal.
fn entries(host: &Host, n: usize) -> u64 {
    host.commune(slug(n).as_str()).unwrap().head().unwrap().seq
}

/// Files of the folder of stores that are no store at rest.
fn left_open(host: &Host) -> Vec<String> {
    let folder = host.data().join("communes");
    let names = fs::read_dir(folder).unwrap().flatten();
    let mut open: Vec<String> = names
        .filter(|entry| entry.path().extension().is_none_or(|kind| kind != "db"))
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    open.sort();
    open
}

#[test]
fn nothing_is_lost_while_communes_are_closed_under_many_threads() {
    const TOWNS: usize = 5;
    const THREADS: usize = 8;
    const TURNS: usize = 30;
    let (_folder, host) = host_of(TOWNS);
    host.keep_open(2);
    let before: Vec<u64> = (0..TOWNS).map(|n| entries(&host, n)).collect();
    let (together, written) = (Barrier::new(THREADS), [const { AtomicUsize::new(0) }; TOWNS]);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (host, together, written) = (&host, &together, &written);
            scope.spawn(move || {
                together.wait();
                for turn in 0..TURNS {
                    let town = (thread + turn * (1 + thread % 3)) % TOWNS;
                    let commune = host.commune(slug(town).as_str()).unwrap();
                    let applied = commune
                        .submit(put_site(&commune, 1 + thread * TURNS + turn))
                        .unwrap();
                    assert!(applied.seq.is_some());
                    written[town].fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    for (n, before) in before.iter().enumerate() {
        let written = written[n].load(Ordering::SeqCst) as u64;
        assert_eq!(
            entries(&host, n),
            before + written,
            "every acknowledged write of {n} is there"
        );
    }
    assert!(host.held() <= 2, "{}", host.held());
    (0..TOWNS).for_each(|n| assert!(host.close_unused(&slug(n))));
    assert_eq!(left_open(&host), [""; 0], "a store at rest is one file");
}

#[tokio::test]
async fn a_commune_that_somebody_listens_to_stays_open_and_hears_of_every_write() {
    let (_folder, host) = host_of(4);
    host.keep_open(1);
    let mut listener = host.commune(slug(0).as_str()).unwrap().listen();
    let before = listener.next().await.unwrap();
    (1..4).for_each(|n| drop(host.commune(slug(n).as_str()).unwrap()));
    // Had it been closed, this would be another, whose listeners are none.
    let again = host.commune(slug(0).as_str()).unwrap();
    again.submit(put_site(&again, 1)).unwrap();
    let heard = listener.next().await.unwrap();
    assert_eq!((heard.branch, heard.seq), (before.branch, before.seq + 1));
}

#[test]
fn a_survey_tells_of_what_cannot_be_served_and_leaves_nothing_open() {
    let (_folder, host) = host_of(5);
    (0..5).for_each(|n| assert!(host.close_unused(&slug(n))));
    fs::remove_file(host.setup().keys.join("ville-1.key")).unwrap();
    fs::write(
        host.backend().store_path(&slug(3)).unwrap(),
        b"no store at all, but long enough",
    )
    .unwrap();
    let opened = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&opened);
    host.at_opening(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let in_use = host.commune(slug(0).as_str()).unwrap();
    assert_eq!(host.survey().unwrap(), Surveyed { sound: 3, unfit: 2 });
    assert_eq!(opened.load(Ordering::SeqCst), 3);
    assert_eq!(host.held(), 1, "the one in use");
    assert_eq!(in_use.head().unwrap().seq, 1);
    assert!(matches!(host.commune(slug(1).as_str()), Err(HostError::Key(_))));
    assert!(matches!(
        host.commune(slug(3).as_str()),
        Err(HostError::Store(StoreError::Damaged(_)))
    ));
    host.close();
    assert_eq!(
        host.survey().unwrap(),
        Surveyed::default(),
        "a host that closes looks at nothing"
    );
}
