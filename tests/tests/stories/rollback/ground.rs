//! What all cells stand on: four days of a town with three tablets, kept at every moment to which a
//! server is set back, and the tablets as the fire finds them.

use std::path::{Path, PathBuf};

use shared::operation::Body;
use shared::withdrawal::{Withdrawal, Withdrawn};
use system_tests::{Proxy, Trouble};
use tempfile::TempDir;

use super::{Age, State};
use crate::one_process::{Hand, Kept, Line, Server, one_more_expected, scratch, set_up, site};

/// The town at each age, and the folders of its tablets.
pub(super) struct Ground {
    ages: Vec<(Age, Kept)>,
    folder: TempDir,
    /// Number of the newest entry of the journal that burnt.
    pub(super) lost_head: u64,
}

impl Ground {
    /// The backup of that age.
    pub(super) fn kept(&self, age: Age) -> &Kept {
        let found = self.ages.iter().find(|(one, _)| *one == age);
        &found.expect("a backup of every age").1
    }

    /// The home folder in which the fire finds the tablet that a state is about.
    pub(super) fn subject(&self, state: State) -> PathBuf {
        self.home(match state {
            State::AnswerLost => "a answered",
            State::OffLine => "far",
            State::SetBack => "a old",
            State::NewerLists => "a listed",
            State::Acknowledged | State::Pending | State::Cloned | State::Withdrawn | State::Restarted => "a",
        })
    }

    /// That of the other tablet of the site.
    pub(super) fn other(&self, state: State) -> PathBuf {
        self.home(match state {
            State::Withdrawn => "b told",
            State::NewerLists => "b listed",
            _ => "b",
        })
    }

    fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lives the four days. `a` and `b` meet the server daily, `far` on the first day only. The last
    /// marks of `a` were acknowledged and fetched by nobody.
    pub(super) fn lived() -> Self {
        let folder = scratch();
        let home = |name: &str| folder.path().join(name);
        let line = Line::new();
        let now = Kept::nothing();
        let mut ages = Vec::new();
        now.found();
        ages.push((Age::Founding, now.copied()));
        now.open(0).desk(set_up(1));
        ages.push((Age::BeforeEnrolment, now.copied()));

        let server = now.open(0);
        let new = |name: &str| Hand::enrolled(&home(name), 0, &server, &[site(0)], &line);
        let (a, b, far) = (new("a"), new("b"), new("far"));
        for (hand, children) in [(&a, 0..3), (&b, 3..5), (&far, 5..7)] {
            hand.taps(site(0), children, 0);
            meet(hand, &line);
        }
        meet(&a, &line);
        meet(&b, &line);
        far.tap(site(0), 7, 0);
        drop((a, b, far, server));
        ages.push((Age::Days, now.copied()));

        a_day(&now, folder.path(), 1, &line);
        Hand::on(&home("a"), 1).copied_to(&home("a old"));
        a_day(&now, folder.path(), 2, &line);
        ages.push((Age::OneDay, now.copied()));
        a_day(&now, folder.path(), 3, &line);
        ages.push((Age::LastExchange, now.copied()));
        let server = now.open(3);
        let a = on(folder.path(), "a", 3, &server);
        a.taps(site(0), 8..10, 3);
        meet(&a, &line);
        let lost_head = server.head();
        drop((a, server));
        other_ends(&now, folder.path(), &line);
        Self {
            ages,
            folder,
            lost_head,
        }
    }
}

/// Switches on the tablet of that name, which finds the server where it listens now.
fn on(folder: &Path, name: &str, day: u32, server: &Server) -> Hand {
    let hand = Hand::on(&folder.join(name), day);
    hand.finds(&server.address);
    hand
}

fn meet(hand: &Hand, line: &Line) {
    hand.exchange(line).expect("the server answers");
}

/// A day on which `a` and `b` tap and meet the server, and `far` taps.
fn a_day(now: &Kept, folder: &Path, day: u32, line: &Line) {
    let server = now.open(day);
    let a = on(folder, "a", day, &server);
    let b = on(folder, "b", day, &server);
    let far = on(folder, "far", day, &server);
    a.taps(site(0), 0..3, day);
    b.taps(site(0), 2..5, day);
    far.tap(site(0), 6, day);
    for hand in [&a, &b, &a] {
        meet(hand, line);
    }
}

/// The ends that some states need: each on a copy of its own of the last evening.
fn other_ends(now: &Kept, folder: &Path, line: &Line) {
    let again = |name: &str, other: &str, server: &Server| {
        Hand::on(&folder.join(name), 3).copied_to(&folder.join(other));
        on(folder, other, 3, server)
    };
    // The server has committed, and its answer never came.
    {
        let end = now.copied();
        let server = end.open(3);
        let a = again("a", "a answered", &server);
        a.taps(site(0), 10..12, 3);
        a.tap(site(0), 10, 1);
        let broken = Proxy::to(&server.address);
        a.finds(broken.url().trim_start_matches("http://"));
        broken.next(Trouble::LoseAnswer);
        a.exchange(line).expect_err("the answer is lost");
        assert!(
            server.marks().0.len() == a.marks().len(),
            "the server had committed"
        );
    }
    // The desk withdrew `a`, and `b` was told.
    {
        let end = now.copied();
        let server = end.open(3);
        let id = again("a", "a gone", &server).status().device;
        let key = &server.commune.keys.signing;
        let withdrawal = Withdrawal::sign(Withdrawn::Device, id.0, server.commune.clock.now(), key);
        let withdrawal = shared::codec::Blob(shared::codec::encode(&withdrawal));
        server.desk(vec![Body::Withdraw { withdrawal }]);
        meet(&again("b", "b told", &server), line);
    }
    // The desk changed lists, and both have the new ones.
    {
        let end = now.copied();
        let server = end.open(3);
        server.desk(one_more_expected(50, 3));
        for (name, other) in [("a", "a listed"), ("b", "b listed")] {
            meet(&again(name, other, &server), line);
        }
    }
}
