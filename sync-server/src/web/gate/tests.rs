//! The gate is a machine of pure parts: any story can be told to it and its promises looked at.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;

use super::lane::{Bounds, Lane, Ticket, Town};
use super::returns::Returns;
use super::*;

const SMALL: Bounds = Bounds {
    places: 3,
    places_each: 2,
    room: 12,
    room_each: 6,
    bytes: 1_000,
    bytes_each: 600,
};

fn town(n: u8) -> Town {
    format!("ville-{n}").into()
}

/// Somebody who was let into a lane.
#[derive(Clone, Debug)]
struct Guest {
    town: Town,
    bytes: usize,
    ticket: Option<Ticket>,
    working: bool,
}

/// What a story may do: somebody comes, the nth asks for a turn, goes, or is done.
#[derive(Clone, Debug)]
enum Step {
    Come(u8, usize),
    Ask(usize),
    Go(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..4_u8, 0..400_usize).prop_map(|(town, bytes)| Step::Come(town, bytes)),
        3 => any::<usize>().prop_map(Step::Ask),
        2 => any::<usize>().prop_map(Step::Go),
    ];
    prop::collection::vec(step, 1..200)
}

/// A lane with those who are in it.
struct Story {
    lane: Lane,
    guests: Vec<Guest>,
    tickets: Ticket,
}

impl Story {
    fn new() -> Self {
        Self {
            lane: Lane::new(SMALL),
            guests: Vec::new(),
            tickets: 0,
        }
    }

    fn tell(&mut self, step: &Step) {
        match *step {
            Step::Come(n, bytes) => {
                let here: Vec<usize> = self.guests.iter().map(|guest| guest.bytes).collect();
                let of_town = self.guests.iter().filter(|guest| guest.town == town(n));
                let theirs: Vec<usize> = of_town.map(|guest| guest.bytes).collect();
                let fits = |here: &[usize], room: usize, most: usize| {
                    here.len() < room && (here.is_empty() || here.iter().sum::<usize>() + bytes <= most)
                };
                let room =
                    fits(&here, SMALL.room, SMALL.bytes) && fits(&theirs, SMALL.room_each, SMALL.bytes_each);
                assert_eq!(
                    self.lane.enter(&town(n), bytes),
                    room,
                    "let in if, and only if, there is room"
                );
                if room {
                    self.guests.push(Guest {
                        town: town(n),
                        bytes,
                        ticket: None,
                        working: false,
                    });
                }
            }
            Step::Ask(nth) => {
                let idle: Vec<usize> = (0..self.guests.len())
                    .filter(|n| self.guests[*n].ticket.is_none())
                    .collect();
                if !idle.is_empty() {
                    let guest = &mut self.guests[idle[nth % idle.len()]];
                    self.tickets += 1;
                    guest.ticket = Some(self.tickets);
                    self.lane.wait(&guest.town, self.tickets);
                }
            }
            Step::Go(nth) => {
                if !self.guests.is_empty() {
                    let guest = self.guests.swap_remove(nth % self.guests.len());
                    match guest.ticket {
                        Some(_) if guest.working => self.lane.done(&guest.town),
                        Some(ticket) => self.lane.give_up(&guest.town, ticket),
                        None => {}
                    }
                    self.lane.leave(&guest.town, guest.bytes);
                }
            }
        }
        self.settle();
    }

    fn settle(&mut self) {
        while let Some(ticket) = self.lane.next() {
            let guest = self.guests.iter_mut().find(|guest| guest.ticket == Some(ticket));
            let guest = guest.expect("only who waits is called");
            assert!(!guest.working, "and only once");
            guest.working = true;
        }
    }

    /// What must hold whatever happens.
    fn look(&self) {
        let working = self.guests.iter().filter(|guest| guest.working).count();
        assert_eq!(
            (self.lane.working(), self.lane.inside()),
            (working, self.guests.len())
        );
        assert_eq!(
            self.lane.bytes(),
            self.guests.iter().map(|guest| guest.bytes).sum::<usize>()
        );
        assert!(working <= SMALL.places, "never more than there are places");
        let mut each: BTreeMap<&Town, (usize, usize)> = BTreeMap::new();
        for guest in &self.guests {
            let (working, waiting) = each.entry(&guest.town).or_default();
            *working += usize::from(guest.working);
            *waiting += usize::from(guest.ticket.is_some() && !guest.working);
        }
        for (town, (working, waiting)) in each {
            assert_eq!(self.lane.working_of(town), working);
            assert!(working <= SMALL.places_each, "nor of one commune");
            let may = self.lane.working() < SMALL.places && working < SMALL.places_each;
            assert!(!may || waiting == 0, "nobody waits before a free place");
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_bounds_hold_and_no_place_stays_free_while_somebody_waits(steps in steps()) {
        let mut story = Story::new();
        for step in &steps {
            story.tell(step);
            story.look();
        }
        while !story.guests.is_empty() {
            story.tell(&Step::Go(0));
            story.look();
        }
        prop_assert!(story.lane.is_forgotten(), "when all have gone nothing is remembered");
    }

    #[test]
    fn who_waits_is_called_after_as_many_others_as_there_are_communes(crowd in prop::collection::vec(0..3_u8, 0..6)) {
        let mut lane = Lane::new(SMALL);
        let mut tickets = 0;
        for n in crowd.iter().chain([&9]) {
            prop_assert!(lane.enter(&town(*n), 1));
            tickets += 1;
            lane.wait(&town(*n), tickets);
        }
        let mut before = 0;
        loop {
            let called = lane.next().expect("somebody waits");
            if called == tickets {
                break;
            }
            before += 1;
            lane.done(&town(crowd[usize::try_from(called).unwrap() - 1]));
        }
        prop_assert!(before <= 3, "at most one of each of the three others goes before: {before}");
    }

    #[test]
    fn returns_are_spread_and_nobody_is_sent_away_for_long(
        calls in prop::collection::vec((0..500_u64, 0..64_usize, any::<u16>(), 0..2_000_u64), 1..300),
    ) {
        let mut returns = Returns::default();
        let mut now_ms = 0;
        for (later_ms, waiting, dice, took_ms) in calls {
            now_ms += later_ms;
            returns.took(took_ms);
            let seconds = returns.after_s(now_ms, waiting, 2, dice);
            prop_assert!((1..=120).contains(&seconds), "{seconds}");
        }
    }
}

#[test]
fn two_thousand_who_are_turned_away_at_once_do_not_return_at_once() {
    let mut returns = Returns::default();
    let mut at = BTreeMap::new();
    for n in 0..2_000_u32 {
        let dice = u16::try_from(n * 40_503 % 65_536).unwrap();
        *at.entry(returns.after_s(0, 64, 2, dice)).or_insert(0_u32) += 1;
    }
    assert!(at.len() > 60, "they come back in {} different seconds", at.len());
    let most = at.values().max().copied().unwrap_or_default();
    assert!(most < 100, "{most} of them in the same second");
}

fn head(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        )
    };
    pairs.iter().map(pair).collect()
}

#[test]
fn a_head_is_judged_by_its_length_and_what_it_does_not_tell_counts_as_heavy() {
    let judged = |pairs: &[(&'static str, &str)]| {
        let told = Announced::by(&head(pairs)).unwrap();
        (told.kind, told.town.to_string(), told.bytes)
    };
    let tap = [("content-length", "430"), (hints::COMMUNE, "ville")];
    assert_eq!(judged(&tap), (Kind::Day, "ville".into(), 430));
    assert_eq!(
        judged(&[("content-length", "200000")]),
        (Kind::Backlog, String::new(), 200_000)
    );
    let light_backlog = [("content-length", "5000"), (hints::BACKLOG, "3")];
    assert_eq!(judged(&light_backlog).0, Kind::Backlog);
    assert_eq!(
        judged(&[("content-length", "5000"), (hints::BACKLOG, "2")]).0,
        Kind::Day
    );
    assert_eq!(
        judged(&[(hints::COMMUNE, "Pas un nom !")]),
        (Kind::Backlog, String::new(), MAX_REQUEST)
    );
    let huge = head(&[("content-length", "8388609")]);
    assert!(matches!(Announced::by(&huge), Err(WebError::TooLarge)));
}

fn announced(kind: Kind, town: &str) -> Announced {
    Announced {
        kind,
        town: town.into(),
        bytes: 1_000,
    }
}

#[test]
fn taps_find_room_while_backlogs_hold_all_of_theirs() {
    let gate = Gate::with(Limits::of(2, None));
    let mut held = Vec::new();
    let refused = loop {
        match gate.enter(&announced(Kind::Backlog, &format!("ville-{}", held.len() % 9))) {
            Ok(pass) => held.push(pass),
            Err(refused) => break refused,
        }
    };
    assert_eq!(held.len(), 64, "it is full at some point");
    assert!(matches!(refused, WebError::Crowded { seconds: 1..=120 }));
    let taps: Vec<_> = (0..200)
        .map(|_| gate.enter(&announced(Kind::Day, "ville-0")))
        .collect();
    assert!(taps.iter().all(Result::is_ok));
    // What came as a tap and is a backlog finds no more room than a backlog.
    let disguised = gate.enter(&announced(Kind::Day, "ville-1")).unwrap();
    assert!(disguised.judged(Kind::Backlog, "ville-1").is_err());
    drop(held.pop());
    assert!(gate.enter(&announced(Kind::Backlog, "ville-10")).is_ok());
}

#[tokio::test]
async fn a_place_is_held_until_the_work_ends_and_passes_to_the_next() {
    let gate = Gate::with(Limits::of(2, Some(4)));
    let backlog = || gate.enter(&announced(Kind::Backlog, "ville")).unwrap();
    let first = backlog().turn().await;
    let (second, third) = (tokio::spawn(backlog().turn()), tokio::spawn(backlog().turn()));
    let tap = gate.enter(&announced(Kind::Day, "ville")).unwrap().turn().await;
    tokio::task::yield_now().await;
    assert!(
        !second.is_finished() && !third.is_finished(),
        "one connection of four is for backlogs"
    );
    // Whoever hangs up while they wait takes nobody's turn.
    second.abort();
    assert!(second.await.is_err());
    drop(first);
    let third = third.await.unwrap();
    drop((tap, third));
    let mut core = gate.core();
    for kind in Kind::ALL {
        assert!(core.lane(kind).is_forgotten());
    }
    assert!(core.waiting.is_empty());
}
