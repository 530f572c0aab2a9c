//! Through the corridor and the store: a town rebuilt from what its tablets hold, and proposals taken
//! back.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use shared::codec::{Blob, encode};
use shared::day_list::{DayList, Roster, SiteCard};
use shared::envelope::{Envelope, Scope};
use shared::ids::{BranchId, DeviceId, SiteId};
use shared::operation::{Actor, Body, Cause, Channel, Operation};
use shared::time::UtcMs;
use uuid::Uuid;

use crate::clock::Clock;
use crate::commune::Commune;
use crate::host::Host;
use crate::returns::{Weight, accept, ground, proposals, rebuild, withheld};
use crate::store::testing::Place;
use crate::{day_lists, demo, record};

const LOST: BranchId = BranchId(Uuid::from_u128(0x1057));
const TABLET: DeviceId = DeviceId(Uuid::from_u128(0x7ab1));

fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// A place with a commune in it, named or not.
fn commune(name: &str) -> (Place, Arc<Host>, Arc<Commune>) {
    let place = Place::new();
    let clock = Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").unwrap());
    let host = place.host(clock);
    let commune = host
        .create(&"ville".parse().unwrap(), name, "Europe/Paris", "mairie")
        .unwrap();
    (place, host, commune)
}

fn put(commune: &Commune, bodies: Vec<Body>) {
    let make = |body| commune.operation(Actor::Host, Channel::Command, body);
    commune
        .submit_all(bodies.into_iter().map(make).collect())
        .unwrap();
}

/// Half of a whole town before the fire: two sites are enough.
fn before() -> (Place, Arc<Host>, Arc<Commune>) {
    let (place, host, commune) = commune("Ville de Démonstration");
    let town = demo::town(3, monday());
    let days: BTreeSet<NaiveDate> = [monday(), monday().succ_opt().unwrap()].into();
    let bodies = town.bodies.into_iter().filter_map(|body| match body {
        Body::Reserve { mut lines } => {
            lines.retain(|line| days.contains(&line.date));
            (!lines.is_empty()).then_some(Body::Reserve { lines })
        }
        Body::PutExceptionalDay { .. }
        | Body::PutCalendar { .. }
        | Body::PutRules { .. }
        | Body::Book { .. } => None,
        body => Some(body),
    });
    put(&commune, bodies.collect());
    (place, host, commune)
}

fn sites(commune: &Commune) -> Vec<SiteId> {
    let sites = commune.store.read(|tx| record::sites(tx)).unwrap();
    sites.into_iter().map(|(site, _)| site.id).collect()
}

/// A site where children are expected on Monday.
fn busy(commune: &Commune) -> SiteId {
    let mut sites = sites(commune).into_iter();
    sites
        .find(|site| !list(commune, *site, monday()).rows.is_empty())
        .unwrap()
}

fn list(commune: &Commune, site: SiteId, date: NaiveDate) -> DayList {
    commune
        .store
        .read(|tx| day_lists::day_list(tx, site, date))
        .unwrap()
}

fn card(commune: &Commune, site: SiteId) -> SiteCard {
    let key = shared::codec::Hash32::ZERO;
    commune
        .store
        .read(|tx| day_lists::site_card(tx, site, (&commune.name, commune.zone), key, monday()))
        .unwrap()
}

fn roster(commune: &Commune) -> Roster {
    commune.store.read(|tx| day_lists::roster(tx, monday())).unwrap()
}

fn seal_list(commune: &Commune, seq: u64, list: &DayList) -> Envelope {
    let scope = Scope::DayList {
        site: list.site,
        date: list.date,
    };
    Envelope::seal(scope, LOST, seq, list, &commune.keys.signing)
}

/// What the tablets of a site hold: its card and roster, and its lists or none.
fn held_by_tablet(commune: &Commune, site: SiteId, lists: bool) -> Vec<Envelope> {
    let key = &commune.keys.signing;
    let mut all = vec![
        Envelope::seal(Scope::Site { site }, LOST, 900, &card(commune, site), key),
        Envelope::seal(Scope::Roster, LOST, 900, &roster(commune), key),
    ];
    if lists {
        for date in [monday(), monday().succ_opt().unwrap()] {
            all.push(seal_list(commune, 900, &list(commune, site, date)));
        }
    }
    all
}

fn begin(commune: &Commune, cause: Cause, withdrawals_read: bool) {
    put(
        commune,
        vec![Body::BeginRecovery {
            cause,
            source: "essai".into(),
            restored_to: None,
            withdrawals_read,
        }],
    );
}

fn hand_back(commune: &Commune, device: DeviceId, envelopes: &[Envelope]) {
    let envelopes = envelopes.iter().map(|e| Blob(encode(e))).collect();
    let body = Body::ReceiveEnvelopes { device, envelopes };
    let operation = commune.operation(Actor::Device(device), Channel::Tablet, body);
    commune.submit(operation).unwrap();
}

fn head(commune: &Commune) -> u64 {
    commune.head().unwrap().seq
}

#[test]
fn a_town_of_which_nothing_is_left_is_what_its_tablets_knew() {
    let (_place, _host, lost) = before();
    let (_elsewhere, host, new) = commune("ville");
    begin(&new, Cause::Rebuilt, true);
    assert_eq!(rebuild(&new).unwrap(), 0, "nobody handed anything back yet");

    // One tablet without lists first: the sites and the roster are there, as far as it knew.
    let sites = sites(&lost);
    hand_back(&new, TABLET, &held_by_tablet(&lost, sites[0], false));
    assert!(rebuild(&new).unwrap() > 0);
    let at = head(&new);
    assert_eq!(rebuild(&new).unwrap(), 0, "there is nothing more to write");
    assert_eq!(head(&new), at, "and nothing was journaled");
    assert_eq!(
        roster(&new).children.len(),
        roster(&lost).children.len(),
        "every child of the town has a row"
    );

    // Then all of them: fuller sources win.
    for site in &sites {
        hand_back(&new, TABLET, &held_by_tablet(&lost, *site, true));
        rebuild(&new).unwrap();
    }
    let at = head(&new);
    rebuild(&new).unwrap();
    assert_eq!(head(&new), at, "twice is once");
    for site in &sites {
        for date in [monday(), monday().succ_opt().unwrap()] {
            let (was, is) = (list(&lost, *site, date), list(&new, *site, date));
            assert_eq!(was.rows, is.rows, "the rows of {site} on {date}");
            assert_eq!(
                was.activities, is.activities,
                "the activities of {site} on {date}"
            );
            assert_eq!(was.children.len(), is.children.len());
            for (was, is) in was.children.iter().zip(&is.children) {
                let mut is = is.clone();
                let mut expected = was.clone();
                // Whom to call first is known; the order of the others depends on their households.
                for contacts in [&mut is.contacts, &mut expected.contacts] {
                    contacts.sort_by(|a, b| (&a.name, &a.phone).cmp(&(&b.name, &b.phone)));
                }
                expected.households.sort();
                is.households.sort();
                assert_eq!(expected, is);
            }
        }
        let (was, is) = (card(&lost, *site), card(&new, *site));
        assert_eq!((was.slug, was.name, was.staff), (is.slug, is.name, is.staff));
        assert_eq!(was.activities, is.activities);
    }
    drop(new);
    let again = host.commune("ville").unwrap();
    assert_eq!(again.name, "Ville de Démonstration", "its cards know its name");
}

#[test]
fn what_a_person_typed_since_is_not_overwritten() {
    let (_place, _host, lost) = before();
    let (_elsewhere, _other, new) = commune("ville");
    begin(&new, Cause::Rebuilt, true);
    let site = busy(&lost);
    hand_back(&new, TABLET, &held_by_tablet(&lost, site, false));
    rebuild(&new).unwrap();
    let listed = list(&lost, site, monday()).children[0].id;
    let (mut child, version) = new
        .store
        .read(|tx| record::child(tx, listed))
        .unwrap()
        .expect("it is on the roster");
    child.must_know = Some("Asthme : inhalateur dans le cartable".into());
    let typed = Operation {
        seen: Some(version),
        ..new.operation(
            Actor::Host,
            Channel::Command,
            Body::PutChild { child: child.clone() },
        )
    };
    new.submit(typed).unwrap();
    hand_back(&new, TABLET, &held_by_tablet(&lost, site, true));
    rebuild(&new).unwrap();
    let (now, _) = new
        .store
        .read(|tx| record::child(tx, listed))
        .unwrap()
        .expect("a child");
    assert_eq!(now, child);
    assert!(!list(&new, site, monday()).rows.is_empty(), "the rest came");
}

#[test]
fn a_restored_town_asks_before_it_takes_anything_back() {
    let (_place, _host, town) = before();
    let site = busy(&town);
    let whole = list(&town, site, monday());
    // What came back lacks two rows, one child and one formula that the lost branch had.
    begin(&town, Cause::Restored, true);
    let mut told = whole.clone();
    let gone = told.rows.remove(0);
    let mut unknown = told.children[0].clone();
    unknown.id = shared::ids::ChildId(Uuid::from_u128(0xabc));
    unknown.last_name = "Nouvelle".into();
    let mut new_row = told.rows[0].clone();
    new_row.child = unknown.id;
    new_row.group = None;
    told.rows.push(new_row.clone());
    told.children.push(unknown.clone());
    hand_back(&town, TABLET, &[seal_list(&town, 5_000, &told)]);
    assert_eq!(rebuild(&town).unwrap(), 0, "a restored town is not rebuilt");

    let planned = || {
        let ground = town.store.read(|tx| ground(tx)).unwrap();
        proposals(&ground.evidence.lists, &ground.held)
    };
    let before = planned();
    assert_eq!(before.len(), 2, "{before:?}");
    assert!(before.iter().all(|p| p.weight == Weight::Proven));
    assert_eq!(list(&town, site, monday()), whole, "nothing changes by itself");

    let agent = Actor::Agent(shared::ids::AgentId(Uuid::from_u128(0xe1)));
    let one: BTreeSet<String> = before
        .iter()
        .filter(|p| p.line.child == unknown.id)
        .map(crate::returns::Proposal::name)
        .collect();
    let done = accept(&town, agent, Some(&one), |_| true).unwrap();
    assert_eq!((done.taken, done.gone), (1, 0));
    let now = list(&town, site, monday());
    assert!(
        now.child(unknown.id).is_some_and(|c| c.last_name == "Nouvelle"),
        "the child is made again with its reservation"
    );
    let again = accept(&town, agent, Some(&one), |_| true).unwrap();
    assert_eq!((again.taken, again.gone), (0, 1), "a form sent twice");

    let rest = accept(&town, agent, None, |_| true).unwrap();
    assert_eq!(rest.taken, 1);
    let now = list(&town, site, monday());
    assert!(
        !now.rows
            .iter()
            .any(|row| row.child == gone.child && row.activity == gone.activity)
    );
    assert_eq!(planned(), []);
    let at = head(&town);
    hand_back(
        &town,
        DeviceId(Uuid::from_u128(0x7ab2)),
        &[seal_list(&town, 5_000, &told)],
    );
    assert_eq!(
        head(&town),
        at,
        "another tablet brings the same: nothing is written"
    );
}

#[test]
fn whoever_nobody_vouched_for_is_kept_out_even_after_another_fork() {
    let (_place, _host, town) = before();
    let subject = [7; 16];
    let kept_out = |kind| town.store.read(|tx| withheld(tx, kind, subject)).unwrap();
    use shared::withdrawal::{Subject, Withdrawn};
    assert!(!kept_out(Withdrawn::Agent), "there was no loss");
    begin(&town, Cause::Restored, false);
    assert!(kept_out(Withdrawn::Agent) && kept_out(Withdrawn::Device));
    town.store
        .write(|tx| crate::corridor::journal::fork_branch(tx, LOST, UtcMs(1_795_500_000_000)))
        .unwrap();
    assert!(kept_out(Withdrawn::Agent), "a fork vouches for nobody");
    put(
        &town,
        vec![Body::ConfirmAfterLoss {
            kind: Withdrawn::Agent,
            subject: Subject(subject),
        }],
    );
    assert!(!kept_out(Withdrawn::Agent) && kept_out(Withdrawn::Device));
}
