//! One cell of the matrix: a server put back, what it wrote then, the tablets that come, and what
//! all of them must hold in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use shared::day_list::DayList;
use shared::ids::MarkId;
use shared::screen::ListSource;
use sync_server::store::StoreError;
use system_tests::record::Marks;
use system_tests::town::copy;
use tablet_replica::ReplicaError;
use tablet_replica::sync::Outcome;

use super::ground::Ground;
use super::{Age, Cell, State, Wrote};
use crate::one_process::{
    CHILDREN, Hand, Kept, Line, Server, date, one_more_expected, put_child, scratch, set_up, site,
};

/// The day on which the server is put back: that of the fire.
const DAY: u32 = 3;

/// What the dearest exchange of a cell cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) round_trips: u32,
    pub(super) bytes: u64,
}

impl Cost {
    pub(super) fn or(self, outcome: &Outcome) -> Self {
        Self {
            round_trips: self.round_trips.max(outcome.round_trips),
            bytes: self.bytes.max(outcome.bytes_up + outcome.bytes_down),
        }
    }
}

/// The tablets of a cell that are in somebody's hands, with their marks as they must come back.
struct World<'w> {
    folder: &'w Path,
    server: Server,
    line: Line,
    cell: Cell,
    /// Everything that must be on the server and on every tablet in the end.
    owed: Marks,
}

/// Plays a cell; answers what its dearest exchange cost.
pub(super) fn play(ground: &Ground, cell: Cell) -> Cost {
    let folder = scratch();
    let kept: Kept = ground.kept(cell.age).copied();
    let server = kept.open(DAY);
    if cell.forked {
        server.comes_back(true);
    }
    let mut world = World {
        folder: folder.path(),
        owed: server.marks().0,
        server,
        line: Line::new(),
        cell,
    };
    let other = world.takes("other", &ground.other(cell.state));
    world.owes(&other);
    let mut subjects = vec![world.takes("subject", &ground.subject(cell.state))];
    if cell.state == State::Cloned {
        subjects.push(world.takes("clone", &ground.subject(cell.state)));
    }
    let mut subjects = world.taps(subjects);
    if cell.state != State::Withdrawn {
        for hand in &subjects {
            world.owes(hand);
        }
    }
    let mut cost = Cost::default();
    let newcomer = world.server_goes_on(&other, ground.lost_head, &mut cost);
    if cell.wrote == Wrote::SameTablet {
        for (n, hand) in subjects.iter().enumerate() {
            hand.tap(site(0), 2 + n, DAY);
            hand.tap(site(0), 3 + n, 2);
        }
    }
    if cell.state == State::Withdrawn {
        world.exchange(&other, &mut cost);
        subjects.drain(..).for_each(|hand| world.is_refused(&hand));
    } else {
        for hand in &subjects {
            world.owes(hand);
        }
    }
    let mut living: Vec<Hand> = subjects;
    living.push(other);
    living.extend(newcomer);
    for _ in 0..2 {
        for hand in &living {
            world.exchange(hand, &mut cost);
        }
    }
    world.ends_well(&living);
    cost
}

impl World<'_> {
    /// A tablet as the fire found it, in a folder of this cell.
    fn takes(&self, name: &str, home: &Path) -> Hand {
        let here = self.folder.join(name);
        copy(home, &here);
        let hand = Hand::on(&here, DAY);
        hand.finds(&self.server.address);
        hand
    }

    /// Whatever a living tablet holds must come back, whether it was green or waits.
    fn owes(&mut self, hand: &Hand) {
        for (id, (values, _)) in hand.marks() {
            self.owed.entry(id).or_default().extend(values);
        }
    }

    /// What was tapped on the subject between the fire and its first exchange.
    fn taps(&self, subjects: Vec<Hand>) -> Vec<Hand> {
        match self.cell.state {
            State::Pending | State::Withdrawn | State::SetBack => {
                subjects[0].tap(site(0), 10, DAY);
                subjects[0].tap(site(0), 11, 1);
                subjects
            }
            State::Cloned => {
                for (n, hand) in subjects.iter().enumerate() {
                    hand.tap(site(0), n, DAY);
                    hand.tap(site(0), 10 + n, DAY);
                }
                subjects
            }
            State::Restarted => subjects
                .into_iter()
                .map(|hand| {
                    hand.tap(site(0), 10, DAY);
                    let hand = hand.restarted();
                    hand.tap(site(0), 11, DAY);
                    hand
                })
                .collect(),
            State::Acknowledged | State::AnswerLost | State::OffLine | State::NewerLists => subjects,
        }
    }

    /// What the server wrote between the backup and the subject's first exchange. Answers a new
    /// tablet, if one came.
    fn server_goes_on(&mut self, other: &Hand, lost_head: u64, cost: &mut Cost) -> Option<Hand> {
        let desk_writes = matches!(
            self.cell.wrote,
            Wrote::Lists | Wrote::PastTheHead | Wrote::NewActor
        );
        if self.cell.age == Age::Founding && desk_writes {
            // Nothing is there to be written on: the desk sets the town up again first.
            self.server.desk(set_up(1));
        }
        match self.cell.wrote {
            Wrote::Nothing | Wrote::SameTablet => {}
            Wrote::OthersFirst => {
                other.tap(site(0), 0, DAY);
                other.tap(site(0), 6, DAY);
                self.owes(other);
                self.exchange(other, cost);
            }
            Wrote::Lists => self.server.desk(one_more_expected(60, DAY)),
            Wrote::PastTheHead => {
                let missing = lost_head.saturating_sub(self.server.head()) + 3;
                let name = |n| put_child(100 + n, "Prénom");
                self.server
                    .desk((0..usize::try_from(missing).unwrap_or(0)).map(name).collect());
                assert!(self.server.head() > lost_head);
            }
            Wrote::NewActor => {
                let home = self.folder.join("new");
                let new = Hand::enrolled(&home, DAY, &self.server, &[site(0)], &self.line);
                for (n, day) in [(0, DAY), (8, DAY), (1, 2)] {
                    new.tap(site(0), n, day);
                }
                self.owes(&new);
                new.exchange(&self.line).expect("the server answers");
                return Some(new);
            }
        }
        None
    }

    fn exchange(&self, hand: &Hand, cost: &mut Cost) {
        match hand.exchange(&self.line) {
            Ok(outcome) => {
                assert_eq!(outcome.quarantined, 0, "{outcome:?}");
                *cost = cost.or(&outcome);
            }
            Err(error) => panic!("{}: {error}", hand.home.display()),
        }
    }

    /// A tablet withdrawn after the backup: another one brought that along.
    fn is_refused(&self, hand: &Hand) {
        let said = hand.exchange(&self.line);
        assert!(matches!(said, Err(ReplicaError::Withdrawn)), "{said:?}");
    }

    /// All that was owed is everywhere, once, and nobody has anything left to say.
    fn ends_well(&self, living: &[Hand]) {
        if self.cell.forked {
            let devices = living.iter().map(|hand| hand.status().device).collect();
            assert!(
                self.server.agreed().is_superset(&devices),
                "all are known to agree"
            );
        }
        let before = self.server.head();
        let (stored, digests) = self.server.marks();
        self.same("the server", &stored);
        assert!(
            stored.values().all(|values| values.len() == 1),
            "a mark has one value"
        );
        for hand in living {
            let quiet = hand.exchange(&self.line).expect("the server answers");
            let said = (quiet.round_trips, quiet.accepted, quiet.received);
            assert_eq!(
                said,
                (1, 0, 0),
                "{} has something left to say",
                hand.home.display()
            );
            let held = hand.marks().into_iter().map(|(id, (values, _))| (id, values));
            self.same(&hand.home.display().to_string(), &held.collect());
            assert_eq!(hand.sheets(), digests, "digests of {}", hand.home.display());
            let counts = hand.status().counts;
            assert_eq!((counts.pending, counts.set_aside), (0, 0), "{counts:?}");
        }
        self.lists_are_the_servers(living);
        assert_eq!(self.server.head(), before, "nothing is written twice");
        assert_eq!(self.server.verified(), self.owed.len());
    }

    /// The day's list is the server's, however much newer the lost one was. A server that knows no
    /// list of the site leaves the tablets those they have.
    fn lists_are_the_servers(&self, living: &[Hand]) {
        let list = self.server.commune.store.read(|tx| {
            let known = sync_server::record::sites(tx)?;
            let knows = known.iter().any(|(record, _)| record.id == site(0));
            knows
                .then(|| sync_server::day_lists::day_list(tx, site(0), date(DAY)))
                .transpose()
        });
        let list: Option<DayList> = list.map_err(|e: StoreError| e).expect("the server's list");
        for hand in living {
            let (held, source) = hand.list(site(0), DAY);
            assert!(held.rows.len() >= CHILDREN, "{} rows are left", held.rows.len());
            if self.cell.forked && source == ListSource::BeforeLoss {
                assert_ne!(self.cell.wrote, Wrote::Lists, "the desk's word is the newest");
                continue;
            }
            assert_eq!(source, ListSource::Confirmed);
            match &list {
                Some(list) => assert_eq!(&held, list, "the list of {}", hand.home.display()),
                None => assert!(
                    !self.cell.forked,
                    "without a list since, that of before is said to be so"
                ),
            }
        }
    }

    fn same(&self, whose: &str, held: &Marks) {
        let ids = |marks: &Marks| marks.keys().copied().collect::<BTreeSet<MarkId>>();
        let (owed, found) = (ids(&self.owed), ids(held));
        let missing: Vec<_> = owed.difference(&found).collect();
        let unknown: Vec<_> = found.difference(&owed).collect();
        assert!(missing.is_empty(), "{whose} lacks {missing:?}");
        assert!(
            unknown.is_empty(),
            "{whose} holds what nobody tapped: {unknown:?}"
        );
        let differ: BTreeMap<_, _> = held
            .iter()
            .filter(|(id, values)| self.owed.get(id) != Some(values))
            .collect();
        assert!(differ.is_empty(), "{whose} holds other values: {differ:?}");
    }
}
