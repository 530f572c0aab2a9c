//! The life of a small canteen: whatever happens in whatever order, nobody has a place that is not there.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::ids::*;
use crate::operation::*;
use crate::time::UtcMs;

const CHILDREN: u8 = 6;
const DATES: [&str; 2] = ["2026-11-24", "2026-11-26"];
const SMALL: &str = "Petits";
const MINUTE_MS: i64 = 60_000;

#[derive(Clone, Debug)]
enum Event {
    /// Two carts: of the children with an even number, of the others.
    Validate {
        date: usize,
        adds: Vec<u8>,
        cancels: Vec<u8>,
    },
    Hold(u8, usize),
    Let(u8, usize),
    Offer,
    Later(i64),
    Places(u32),
    SmallPlaces(u32),
    ChangesGroup(u8),
    Closes(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let line = || (0..CHILDREN, prop_oneof![3 => Just(0_usize), 1 => Just(1)]);
    prop_oneof![
        8 => (0..DATES.len(), vec(0..CHILDREN, 0..7), vec(0..CHILDREN, 0..3))
            .prop_map(|(date, adds, cancels)| Event::Validate { date, adds, cancels }),
        3 => line().prop_map(|(child, date)| Event::Hold(child, date)),
        1 => line().prop_map(|(child, date)| Event::Let(child, date)),
        2 => Just(Event::Offer),
        2 => (1..90_i64).prop_map(Event::Later),
        1 => (0..5_u32).prop_map(Event::Places),
        1 => (0..3_u32).prop_map(Event::SmallPlaces),
        1 => (0..CHILDREN).prop_map(Event::ChangesGroup),
        1 => (0..DATES.len()).prop_map(Event::Closes),
    ]
}

#[derive(Clone)]
struct Place {
    id: u128,
    child: u8,
    date: usize,
    small: bool,
    /// Until when it is held or offered.
    until: Option<UtcMs>,
}

struct Life {
    bare: Ground,
    now: UtcMs,
    next: u128,
    places: u32,
    small_places: u32,
    small: [bool; CHILDREN as usize],
    booked: Vec<Place>,
    held: Vec<Place>,
    queue: Vec<Place>,
}

fn child(number: u8) -> ChildId {
    ChildId(Uuid::from_u128(1000 + u128::from(number)))
}

fn on(date: usize) -> SessionKey {
    session(CANTINE, DATES[date])
}

fn group(small: bool) -> String {
    if small { SMALL } else { "Grands" }.to_owned()
}

impl Life {
    fn new() -> Self {
        let mut bare = town();
        let rules = rules_of(&mut bare, CANTINE);
        rules.groups = [(SMALL, "GS"), ("Grands", "CE2")]
            .map(|(name, level)| Group {
                name: name.into(),
                levels: vec![level.into()],
                from_months: None,
                under_months: None,
            })
            .into();
        rules.waiting = Some(Waiting {
            offer_minutes: 60,
            most: Some(3),
        });
        Self {
            bare,
            now: at("2026-11-20T08:00"),
            next: 1,
            places: 3,
            small_places: 2,
            small: [true, true, true, false, false, false],
            booked: Vec::new(),
            held: Vec::new(),
            queue: Vec::new(),
        }
    }

    /// As the record is, with what the other cart holds.
    fn ground(&self, cart: u8) -> Ground {
        let mut ground = self.bare.clone();
        let line = |group: Option<&str>, places| Places {
            case: Case::all(),
            group: group.map(Into::into),
            from: None,
            until: None,
            places,
        };
        rules_of(&mut ground, CANTINE).places =
            vec![line(None, self.places), line(Some(SMALL), self.small_places)];
        let like = ground.children[&LEA].clone();
        ground.children = (0..CHILDREN)
            .map(|number| {
                let level = if self.small[usize::from(number)] {
                    "GS"
                } else {
                    "CE2"
                };
                let facts = ChildFacts {
                    id: child(number),
                    levels: vec![level.into()],
                    ..like.clone()
                };
                (facts.id, facts)
            })
            .collect();
        let count = |counts: &mut BTreeMap<_, u32>, one: &Place| {
            *counts.entry((on(one.date), None)).or_default() += 1;
            *counts.entry((on(one.date), Some(group(one.small)))).or_default() += 1;
        };
        for one in &self.booked {
            count(&mut ground.taken, one);
            ground.standing.push(Standing {
                id: ReservationId(Uuid::from_u128(one.id)),
                child: child(one.child),
                session: on(one.date),
                formula: None,
                group: Some(group(one.small)),
                household: Some(MARTIN),
                priced: None,
                due_at: None,
                paid: false,
            });
        }
        let others = self.held.iter().filter(|one| one.child % 2 != cart);
        for one in others.filter(|one| one.until.is_some_and(|until| until > self.now)) {
            count(&mut ground.held, one);
        }
        for one in &self.queue {
            let wish = WishId(Uuid::from_u128(one.id));
            ground.queues.entry(on(one.date)).or_default().push(Queued {
                wish,
                group: Some(group(one.small)),
                since: self.now,
                offered_until: one.until,
            });
            ground.wishes.push(WishFacts {
                id: wish,
                kind: WishKind::Wait,
                state: if one.until.is_some() {
                    WishState::Offered
                } else {
                    WishState::Open
                },
                child: child(one.child),
                session: on(one.date),
                formula: None,
                reservation: None,
                household: Some(MARTIN),
                since: self.now,
                offered_until: one.until,
                words: None,
            });
        }
        ground
    }

    /// Places that are had, held or offered.
    fn load(&self, date: usize, small_only: bool) -> u32 {
        let stands = |one: &&Place| one.until.is_none_or(|until| until > self.now);
        let is = |one: &&Place| one.date == date && (one.small || !small_only);
        let booked = self.booked.iter().filter(is).count();
        let held = self.held.iter().filter(is).filter(stands).count();
        let offered = self
            .queue
            .iter()
            .filter(is)
            .filter(|one| one.until.is_some())
            .filter(stands)
            .count();
        (booked + held + offered) as u32
    }

    fn loads(&self) -> Vec<u32> {
        (0..DATES.len())
            .flat_map(|date| [self.load(date, false), self.load(date, true)])
            .collect()
    }

    fn asks(&self) -> Asked {
        asked(self.now, Entrance::Portal)
    }

    fn validate(&mut self, cart: u8, date: usize, adds: &[u8], cancels: &[u8]) {
        let mut lines: Vec<(Wanted, Option<(u8, usize)>)> = Vec::new();
        for who in adds.iter().filter(|who| *who % 2 == cart) {
            lines.push((add(child(*who), on(date)), Some((*who, date))));
        }
        for who in cancels {
            if let Some(one) = self
                .booked
                .iter()
                .find(|one| (one.child, one.date) == (*who, date))
            {
                let reservation = ReservationId(Uuid::from_u128(one.id));
                lines.push((Wanted::Cancel { reservation }, None));
            }
        }
        let wanted: Vec<Wanted> = lines.iter().map(|(one, _)| one.clone()).collect();
        let judged = judge(&wanted, &self.ground(cart), self.asks());
        self.held.retain(|one| one.child % 2 != cart);
        for ((wanted, place), judged) in lines.iter().zip(judged) {
            match (&judged.sentence, wanted, place) {
                (Sentence::Cancel { .. }, Wanted::Cancel { reservation }, _) => {
                    self.booked.retain(|one| one.id != reservation.0.as_u128());
                }
                (Sentence::Book { .. }, _, Some((who, date))) => {
                    self.queue.retain(|one| (one.child, one.date) != (*who, *date));
                    let place = self.place(*who, *date, judged.group.as_deref() == Some(SMALL));
                    self.booked.push(place);
                }
                (Sentence::Wait { .. }, _, Some((who, date))) => {
                    self.queue.retain(|one| (one.child, one.date) != (*who, *date));
                    let place = self.place(*who, *date, judged.group.as_deref() == Some(SMALL));
                    self.queue.push(place);
                }
                _ => {}
            }
        }
    }

    fn place(&mut self, child: u8, date: usize, small: bool) -> Place {
        self.next += 1;
        Place {
            id: self.next,
            child,
            date,
            small,
            until: None,
        }
    }

    fn holds(&mut self, who: u8, date: usize) {
        self.held.retain(|one| (one.child, one.date) != (who, date));
        let offered = |one: &Place| (one.child, one.date) == (who, date) && one.until.is_some();
        if self.queue.iter().any(offered) {
            return;
        }
        // A cart is judged whole: what it holds already is among its lines, and is held no longer where it would not be
        // booked.
        self.held
            .retain(|one| one.until.is_some_and(|until| until > self.now));
        let (own, others): (Vec<Place>, Vec<Place>) =
            self.held.drain(..).partition(|one| one.child % 2 == who % 2);
        self.held = others;
        let mut lines: Vec<Wanted> = own
            .iter()
            .map(|one| add(child(one.child), on(one.date)))
            .collect();
        lines.push(add(child(who), on(date)));
        let judged = judge(&lines, &self.ground(who % 2), self.asks());
        // Whoever was offered a place meanwhile takes that one, and holds no second.
        let has_offer = |one: &Place| {
            let mut queue = self.queue.iter();
            queue.any(|other| (other.child, other.date) == (one.child, one.date) && other.until.is_some())
        };
        let offers: Vec<bool> = own.iter().map(has_offer).collect();
        let is_booked = |judged: &Judged| matches!(judged.sentence, Sentence::Book { .. });
        let small = |judged: &Judged| judged.group.as_deref() == Some(SMALL);
        for ((one, judged), _) in own
            .into_iter()
            .zip(&judged)
            .zip(offers)
            .filter(|((_, judged), offered)| is_booked(judged) && !offered)
        {
            let small = small(judged);
            self.held.push(Place { small, ..one });
        }
        if let Some(judged) = judged.last().filter(|judged| is_booked(judged)) {
            let until = Some(self.now.plus_ms(15 * MINUTE_MS));
            let place = self.place(who, date, small(judged));
            self.held.push(Place { until, ..place });
        }
    }

    fn offer(&mut self) {
        self.queue
            .retain(|one| one.until.is_none_or(|until| until > self.now));
        for at in 0..self.queue.len() {
            let one = self.queue[at].clone();
            let room = self.load(one.date, false) < self.places;
            let of_group = !one.small || self.load(one.date, true) < self.small_places;
            if one.until.is_none() && room && of_group {
                self.queue[at].until = Some(self.now.plus_ms(60 * MINUTE_MS));
            }
        }
    }

    fn happens(&mut self, event: &Event) {
        match event {
            Event::Validate { date, adds, cancels } => {
                let cart = adds.first().map_or(0, |who| who % 2);
                self.validate(cart, *date, adds, cancels);
            }
            Event::Hold(who, date) => self.holds(*who, *date),
            Event::Let(who, date) => self.held.retain(|one| (one.child, one.date) != (*who, *date)),
            Event::Offer => self.offer(),
            Event::Later(minutes) => self.now = self.now.plus_ms(minutes * MINUTE_MS),
            Event::Places(places) => self.places = *places,
            Event::SmallPlaces(places) => self.small_places = *places,
            Event::ChangesGroup(who) => self.small[usize::from(*who)] ^= true,
            Event::Closes(date) => self.booked.retain(|one| one.date != *date),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_has_a_place_that_is_not_there(events in vec(event(), 1..40)) {
        let mut life = Life::new();
        for event in &events {
            let before = life.loads();
            life.happens(event);
            for (at, (before, after)) in before.iter().zip(life.loads()).enumerate() {
                let places = if at % 2 == 0 { life.places } else { life.small_places };
                // Fewer places than before take nothing from whoever has one.
                prop_assert!(after <= places.max(*before), "{event:?}: {after} of {places}, {before} before");
            }
        }
        // Whatever was held or offered is free when its time is over.
        life.now = life.now.plus_ms(120 * MINUTE_MS);
        life.offer();
        life.queue.clear();
        for date in 0..DATES.len() {
            let newcomer = (0..CHILDREN).find(|who| {
                !life.small[usize::from(*who)]
                    && !life.booked.iter().any(|one| (one.child, one.date) == (*who, date))
            });
            let taken = life.booked.iter().filter(|one| one.date == date).count();
            if let Some(who) = newcomer {
                let judged = one(add(child(who), on(date)), &life.ground(who % 2), life.asks());
                let books = matches!(judged.sentence, Sentence::Book { .. });
                prop_assert_eq!(books, (taken as u32) < life.places);
            }
        }
    }
}
