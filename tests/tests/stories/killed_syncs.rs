//! Tablets and server die in the middle of exchanges, again and again. What one side was told
//! is true on the other, once.

use std::collections::BTreeSet;
use std::time::Duration;

use shared::ids::MarkId;
use system_tests::clock::{Stopwatch, pause};
use system_tests::record::{server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Said, Server, Tablet, Town};

/// Two tablets of one school that tap between exchanges.
struct Pair {
    tablets: [Tablet; 2],
    children: Vec<String>,
    dice: Dice,
    tapped: BTreeSet<MarkId>,
}

impl Pair {
    fn of(town: &Town, server: &Server, dice: Dice) -> Self {
        let tablets = ["a", "b"].map(|name| town.tablet(name, &server.url(), &["jules-ferry"]));
        let rows = tablets[0].list(MONDAY);
        let children = rows.iter().map(|row| text(&row["child"]).to_owned()).collect();
        Self {
            tablets,
            children,
            dice,
            tapped: BTreeSet::new(),
        }
    }

    fn tap(&mut self, which: usize) {
        let child = self.dice.pick(&self.children).clone();
        let what = *self.dice.pick(&["in", "out", "absent"]);
        let mark = self.tablets[which].tap(what, &child, "cantine", &["--date", MONDAY]);
        self.tapped.insert(mark.parse().expect("an id"));
    }

    /// How long an exchange with something to say takes.
    fn lifetime(&mut self) -> usize {
        let watch = Stopwatch::start();
        for n in 0..4 {
            self.tap(n % 2);
            self.tablets[n % 2].sync();
        }
        usize::try_from(watch.elapsed().as_micros() / 8).unwrap_or(0)
    }

    fn instant(&mut self, lifetime: usize) -> Duration {
        Duration::from_micros(self.dice.below(lifetime * 5 / 4) as u64)
    }

    /// Everything that was tapped is everywhere, once.
    fn agree(&self, town: &Town) {
        for tablet in self.tablets.iter().chain(&self.tablets) {
            tablet.sync();
        }
        let [a, b] = &self.tablets;
        assert_eq!(a.sheets(), b.sheets());
        let stored = server_marks(town);
        assert_eq!(stored.keys().copied().collect::<BTreeSet<_>>(), self.tapped);
        assert!(
            stored.values().all(|values| values.len() == 1),
            "a mark has one value"
        );
        for tablet in &self.tablets {
            assert_eq!(tablet.status()["pending"], 0);
            let held: BTreeSet<MarkId> = tablet_marks(tablet).into_keys().collect();
            assert_eq!(held, self.tapped);
        }
        assert_eq!(town.verified_marks(), self.tapped.len());
    }
}

#[test]
fn exchanges_of_tablets_that_die_lose_and_double_nothing() {
    let mut dice = Dice::of(4);
    let town = Town::new();
    let server = town.server();
    let mut pair = Pair::of(&town, &server, dice.split(0));
    let lifetime = pair.lifetime();
    let mut ended = 0;
    for n in 0..100 {
        pair.tap(n % 2);
        let mut sync = pair.tablets[n % 2].start(&["sync"]);
        pause(pair.instant(lifetime));
        sync.kill().expect("one's own child can be killed");
        let said = Said::of(sync.wait_with_output().expect("a killed exchange ends"));
        assert!(matches!(said.code, None | Some(0)), "{said:#?}");
        ended += usize::from(said.code == Some(0));
    }
    assert!(ended < 100, "some were killed");
    pair.agree(&town);
}

#[test]
fn a_server_that_dies_in_the_middle_of_exchanges_keeps_what_it_acknowledged() {
    let mut dice = Dice::of(5);
    let town = Town::new();
    let mut server = town.server();
    let mut pair = Pair::of(&town, &server, dice.split(0));
    let lifetime = pair.lifetime();
    let mut cut = 0;
    for n in 0..30 {
        pair.tap(n % 2);
        pair.tap((n + 1) % 2);
        let syncs = [0, 1].map(|which| pair.tablets[which].start(&["sync"]));
        pause(pair.instant(lifetime));
        server.kill9();
        for sync in syncs {
            let said = Said::of(sync.wait_with_output().expect("an exchange ends"));
            if said.code != Some(0) {
                assert!(said.stopped(3).contains("Rien n’est perdu"), "{said:#?}");
                cut += 1;
            }
        }
        let told: BTreeSet<MarkId> = pair.tablets.iter().flat_map(acknowledged).collect();
        server.restart();
        let stored = server_marks(&town);
        assert!(
            told.iter().all(|id| stored.contains_key(id)),
            "acknowledged and lost"
        );
    }
    assert!(cut > 0, "some exchanges were cut");
    pair.agree(&town);
}

/// The marks for which a tablet holds a receipt.
fn acknowledged(tablet: &Tablet) -> Vec<MarkId> {
    let marks = tablet_marks(tablet).into_iter();
    marks
        .filter(|(_, (_, state))| *state == tablet_replica::store::MarkState::Accepted)
        .map(|(id, _)| id)
        .collect()
}
