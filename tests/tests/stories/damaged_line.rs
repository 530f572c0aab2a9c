//! A line that cuts and flips bytes, up and down. The tablet keeps its taps, says one clear
//! sentence, and the next exchange heals everything.

use system_tests::town::MONDAY;
use system_tests::{Dice, Proxy, Said, Server, Tablet, Town, Trouble};

struct BadLine {
    town: Town,
    _server: Server,
    line: Proxy,
    tablet: Tablet,
    other: Tablet,
    children: Vec<String>,
    taps: usize,
}

impl BadLine {
    fn new() -> Self {
        let town = Town::new();
        let server = town.server();
        let line = Proxy::to(server.address());
        let tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
        let other = town.tablet("b", &server.url(), &["jules-ferry"]);
        let children = tablet.expected(MONDAY, "cantine");
        Self {
            town,
            _server: server,
            line,
            tablet,
            other,
            children,
            taps: 0,
        }
    }

    /// One tap here, one there, and an exchange in trouble. It ends in 0, 2 or 3, never otherwise.
    fn exchange(&mut self, n: usize, trouble: Trouble) -> Said {
        let child = &self.children[n % self.children.len()];
        self.other.in_(child, "cantine");
        self.other.sync();
        self.tablet.out(child, "cantine");
        self.taps += 2;
        self.line.next(trouble);
        let said = self.tablet.run(&["sync"]);
        self.line.calm();
        match said.code {
            Some(0) => drop(said.done()),
            Some(2) => drop(said.stopped(2)),
            _ => drop(said.stopped(3)),
        }
        said
    }

    /// After everything: all marks everywhere, and lists as if nothing had been.
    fn healed(self) {
        let Self {
            town,
            tablet,
            other,
            taps,
            ..
        } = self;
        tablet.sync();
        other.sync();
        assert_eq!(tablet.sheets(), other.sheets());
        let status = tablet.status();
        assert_eq!(
            (&status["pending"], &status["quarantined"]),
            (&0.into(), &0.into()),
            "{status:#}"
        );
        assert_eq!(
            status["in_backup"], 0,
            "nothing is in backup that nobody backed up"
        );
        for date in [MONDAY, "2026-11-27", "2026-12-07"] {
            assert!(tablet.list(date) == other.list(date), "the lists of {date}");
        }
        assert_eq!(town.verified_marks(), taps);
    }
}

#[test]
fn a_line_cut_at_any_byte_costs_a_retry_and_nothing_else() {
    let mut dice = Dice::of(6);
    let mut bad = BadLine::new();
    for n in 0..40 {
        let at = dice.below(1 << 20);
        let up = n % 2 == 0;
        let said = bad.exchange(
            n,
            if up {
                Trouble::CutUp(at)
            } else {
                Trouble::CutDown(at)
            },
        );
        assert_eq!(said.code, Some(3), "{said:#?}");
    }
    bad.healed();
}

#[test]
fn a_request_with_flipped_bytes_changes_nothing_on_the_server_but_what_was_signed() {
    let mut dice = Dice::of(7);
    let mut bad = BadLine::new();
    let mut refused = 0;
    for n in 0..40 {
        let places = (0..=dice.below(3))
            .map(|_| (dice.below(1 << 20), 1 << dice.below(8)))
            .collect();
        let said = bad.exchange(n, Trouble::DamageUp(places));
        refused += usize::from(said.code != Some(0));
    }
    assert!(refused > 20, "most damage is noticed: {refused}");
    assert_eq!(
        system_tests::record::kept_aside(&bad.town),
        [],
        "nobody's payload was taken for another"
    );
    bad.healed();
}

#[test]
fn an_answer_with_flipped_bytes_is_not_believed_and_does_no_lasting_harm() {
    let mut dice = Dice::of(8);
    let mut bad = BadLine::new();
    let mut refused = 0;
    for n in 0..60 {
        let places = (0..=dice.below(3))
            .map(|_| (dice.below(1 << 20), 1 << dice.below(8)))
            .collect();
        let said = bad.exchange(n, Trouble::DamageDown(places));
        refused += usize::from(said.code != Some(0));
    }
    assert!(refused > 10, "much damage is noticed: {refused}");
    bad.healed();
}
