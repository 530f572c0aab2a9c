//! What holds of every plan, whatever is asked for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use shared::ids::{ActivityId, ChildId, FormulaId, ReservationId, SiteId};
use uuid::Uuid;

use super::*;

const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
const WEDNESDAYS: ActivityId = ActivityId(Uuid::from_u128(0xa2));
const JAURES: SiteId = SiteId(Uuid::from_u128(0x51));
const CURIE: SiteId = SiteId(Uuid::from_u128(0x52));
const MEAL: FormulaId = FormulaId(Uuid::from_u128(0xf1));
const BASKET: FormulaId = FormulaId(Uuid::from_u128(0xf2));

fn child(n: u8) -> ChildId {
    ChildId(Uuid::from_u128(0xc0 + u128::from(n)))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Monday 2 November 2026.
fn first() -> NaiveDate {
    date("2026-11-02")
}

/// Armistice day, a bridge, and Christmas holidays.
fn day(date: NaiveDate) -> DayIs {
    match (date.month(), date.day()) {
        (11, 11) => DayIs::Holiday("Armistice".into()),
        (11, 12) => DayIs::Closed("Pont".into()),
        (12, 19..) => DayIs::Vacation("Noël".into()),
        _ => DayIs::Usual,
    }
}

/// The school of the second child is closed on two Tuesdays.
fn shut(who: ChildId, on: NaiveDate) -> Option<String> {
    let closed = [date("2026-11-17"), date("2026-11-24")].contains(&on);
    (who == child(1) && closed).then(|| "Travaux".to_owned())
}

/// The third child leaves in December.
fn left_on(who: ChildId) -> Option<NaiveDate> {
    (who == child(2)).then(|| date("2026-12-01"))
}

/// A town that remembers what was carried out.
#[derive(Clone, Debug)]
struct Town {
    offers: BTreeMap<ActivityId, Offer>,
    standings: Standings,
    made: u128,
}

type Booked = BTreeSet<(ChildId, ActivityId, SiteId, NaiveDate, Option<FormulaId>)>;

impl Town {
    fn new(capacity: Option<u32>) -> Self {
        let offer = |weekdays| Offer {
            weekdays,
            capacity,
            sites: BTreeSet::from([JAURES, CURIE]),
            retired: false,
        };
        Self {
            offers: BTreeMap::from([(CANTEEN, offer(0b1_1011)), (WEDNESDAYS, offer(0b0_0100))]),
            standings: Standings::default(),
            made: 0,
        }
    }

    fn plan(&self, wanted: &[Wanted]) -> Plan {
        let ground = Ground {
            day: &day,
            shut: &|wanted| shut(wanted.child, wanted.date),
            left_on: &left_on,
            offers: &self.offers,
            standings: &self.standings,
            vacations_too: false,
        };
        plan(wanted, &ground)
    }

    fn carry_out(&mut self, wanted: &[Wanted], beyond_too: bool) {
        let plan = self.plan(wanted);
        let gone: BTreeSet<ReservationId> = plan.cancels().into_iter().collect();
        for ((_, activity, date), standing) in &mut self.standings.of {
            for one in standing.iter().filter(|one| gone.contains(&one.id)) {
                *self
                    .standings
                    .taken
                    .get_mut(&(*activity, one.site, *date))
                    .unwrap() -= 1;
            }
            standing.retain(|one| !gone.contains(&one.id));
        }
        self.standings.of.retain(|_, standing| !standing.is_empty());
        self.standings.taken.retain(|_, taken| *taken > 0);
        for w in plan.makes(beyond_too) {
            let Wish::Booked { formula, .. } = w.wish else {
                panic!("a reservation without a wish for one")
            };
            self.made += 1;
            let standing = Standing {
                id: ReservationId(Uuid::from_u128(self.made)),
                site: w.site,
                formula,
            };
            let key = (w.child, w.activity, w.date);
            self.standings.of.entry(key).or_default().push(standing);
            *self
                .standings
                .taken
                .entry((w.activity, w.site, w.date))
                .or_default() += 1;
        }
    }

    fn booked(&self) -> Booked {
        let of = self.standings.of.iter();
        of.flat_map(|((child, activity, date), all)| {
            all.iter()
                .map(move |s| (*child, *activity, s.site, *date, s.formula))
        })
        .collect()
    }
}

/// A period for some children, as a form asks for it.
#[derive(Clone, Debug)]
struct Period {
    children: u8,
    activity: ActivityId,
    site: SiteId,
    from: u64,
    days: u64,
    weekdays: u8,
    formula: Option<FormulaId>,
    replacing: bool,
}

impl Period {
    fn wanted(&self, wish: Wish) -> Vec<Wanted> {
        self.between(self.from, self.days, wish)
    }

    fn between(&self, from: u64, days: u64, wish: Wish) -> Vec<Wanted> {
        let from = first() + Days::new(from);
        if days == 0 {
            return Vec::new();
        }
        let until = from + Days::new(days - 1);
        let children = (0..3).filter(|n| self.children & (1 << n) != 0).map(child);
        let all = dates(from, until, Weekdays(self.weekdays));
        children
            .flat_map(|child| {
                all.iter().map(move |date| Wanted {
                    child,
                    activity: self.activity,
                    site: self.site,
                    date: *date,
                    wish,
                })
            })
            .collect()
    }

    fn booked(&self) -> Wish {
        Wish::Booked {
            formula: self.formula,
            replacing: self.replacing,
        }
    }
}

fn period() -> impl Strategy<Value = Period> {
    (
        1..8_u8,
        prop::bool::ANY,
        prop::bool::weighted(0.8),
        0..70_u64,
        0..30_u64,
        0..128_u8,
        prop::sample::select(vec![None, Some(MEAL), Some(BASKET)]),
        any::<bool>(),
    )
        .prop_map(
            |(children, canteen, at_jaures, from, days, weekdays, formula, replacing)| Period {
                children,
                activity: if canteen { CANTEEN } else { WEDNESDAYS },
                site: if at_jaures { JAURES } else { CURIE },
                from,
                days,
                weekdays,
                formula,
                replacing,
            },
        )
}

fn town() -> impl Strategy<Value = Town> {
    let capacity = prop::option::of(0..4_u32);
    let before = prop::collection::vec(period(), 0..4);
    (capacity, before).prop_map(|(capacity, before)| {
        let mut town = Town::new(capacity);
        for period in before {
            town.carry_out(&period.wanted(period.booked()), true);
        }
        town
    })
}

proptest! {
    #[test]
    fn twice_is_once(mut town in town(), period in period(), beyond in any::<bool>(), free in any::<bool>()) {
        let wish = if free { Wish::Free } else { period.booked() };
        town.carry_out(&period.wanted(wish), beyond);
        let after = town.booked();
        let again = town.plan(&period.wanted(wish));
        prop_assert!(!again.changes(beyond), "{:?}", again.tally());
        town.carry_out(&period.wanted(wish), beyond);
        prop_assert_eq!(town.booked(), after);
    }

    #[test]
    fn nothing_is_made_on_a_day_that_is_closed(mut town in town(), period in period()) {
        town.carry_out(&period.wanted(period.booked()), true);
        for (child, activity, _, date, _) in town.booked() {
            prop_assert_eq!(day(date), DayIs::Usual);
            prop_assert!(shut(child, date).is_none());
            prop_assert!(left_on(child).is_none_or(|left| date < left));
            prop_assert!(Weekdays(town.offers[&activity].weekdays).has(date));
        }
    }

    #[test]
    fn what_is_cancelled_can_be_reserved_again(period in period()) {
        let mut town = Town::new(None);
        town.carry_out(&period.wanted(period.booked()), false);
        let before = town.booked();
        town.carry_out(&period.wanted(Wish::Free), false);
        prop_assert!(town.booked().is_empty());
        town.carry_out(&period.wanted(period.booked()), false);
        prop_assert_eq!(town.booked(), before);
    }

    #[test]
    fn two_halves_make_the_whole(town in town(), period in period(), cut in 0..30_u64, beyond in any::<bool>()) {
        let cut = cut.min(period.days);
        let (mut whole, mut halves) = (town.clone(), town);
        whole.carry_out(&period.wanted(period.booked()), beyond);
        halves.carry_out(&period.between(period.from + cut, period.days - cut, period.booked()), beyond);
        halves.carry_out(&period.between(period.from, cut, period.booked()), beyond);
        prop_assert_eq!(whole.booked(), halves.booked());
    }

    #[test]
    fn no_place_is_given_twice_unless_that_was_said(mut town in town(), period in period()) {
        let before = town.standings.taken.clone();
        town.carry_out(&period.wanted(period.booked()), false);
        for (key, taken) in &town.standings.taken {
            let had = before.get(key).copied().unwrap_or(0);
            let capacity = town.offers[&key.0].capacity.unwrap_or(u32::MAX);
            prop_assert!(*taken <= capacity.max(had), "{taken} of {capacity}, {had} before");
        }
    }

    #[test]
    fn every_date_asked_for_has_one_answer(town in town(), period in period()) {
        let wanted = period.wanted(period.booked());
        let plan = town.plan(&wanted);
        let t = plan.tally();
        let sum = t.made + t.beyond + t.changed + t.cancelled + t.already + t.holidays + t.vacations + t.closed + t.other;
        prop_assert_eq!(sum, wanted.len());
        let places: BTreeSet<_> = plan.steps.iter().map(|s| (s.wanted.child, s.wanted.date)).collect();
        prop_assert_eq!(places.len(), wanted.len());
    }
}

fn canteen(formula: Option<FormulaId>, replacing: bool) -> Period {
    Period {
        children: 1,
        activity: CANTEEN,
        site: JAURES,
        from: 0,
        days: 54,
        weekdays: 0b1_1111,
        formula,
        replacing,
    }
}

#[test]
fn a_preview_says_what_is_left_aside_and_why() {
    let town = Town::new(None);
    let period = canteen(Some(MEAL), false);
    let tally = town.plan(&period.wanted(period.booked())).tally();
    // 2 November to 25 December: 32 Mondays, Tuesdays, Thursdays and Fridays, of which 12 November
    // is a bridge and 21, 22, 24 and 25 December are holidays; 8 Wednesdays, one of them Armistice
    // day and one in the holidays.
    assert_eq!(
        tally,
        Tally {
            made: 27,
            holidays: 1,
            vacations: 5,
            closed: 1,
            other: 6,
            ..Tally::default()
        }
    );
}

#[test]
fn a_child_has_one_place_a_day() {
    let mut town = Town::new(None);
    let period = canteen(None, false);
    town.carry_out(&period.wanted(period.booked()), false);
    let there = Period {
        site: CURIE,
        ..period
    };
    let plan = town.plan(&there.wanted(there.booked()));
    assert!(!plan.changes(true));
    let said = |step: &Step| step.fate == Fate::Skipped(Skip::Elsewhere(JAURES));
    assert_eq!(plan.steps.iter().filter(|step| said(step)).count(), 27);
}

#[test]
fn another_formula_gives_way_only_when_that_was_wished() {
    let mut town = Town::new(Some(1));
    let meal = canteen(Some(MEAL), false);
    town.carry_out(&meal.wanted(meal.booked()), false);
    let (kept, changed) = (canteen(Some(BASKET), false), canteen(Some(BASKET), true));
    assert_eq!(town.plan(&kept.wanted(kept.booked())).tally().already, 27);
    let tally = town.plan(&changed.wanted(changed.booked())).tally();
    assert_eq!((tally.changed, tally.beyond), (27, 0));
    town.carry_out(&changed.wanted(changed.booked()), false);
    assert!(town.booked().iter().all(|(.., formula)| *formula == Some(BASKET)));
}

#[test]
fn the_last_place_goes_to_the_first_child_and_a_place_given_back_counts() {
    let mut town = Town::new(Some(1));
    let both = Period {
        children: 0b11,
        days: 1,
        ..canteen(None, false)
    };
    let plan = town.plan(&both.wanted(both.booked()));
    assert_eq!(
        plan.steps.iter().map(|s| s.beyond).collect::<Vec<_>>(),
        [false, true]
    );
    town.carry_out(&both.wanted(both.booked()), false);
    let one = |n: u8, wish| Wanted {
        child: child(n),
        activity: CANTEEN,
        site: JAURES,
        date: first(),
        wish,
    };
    let swap = [one(1, both.booked()), one(0, Wish::Free)];
    assert_eq!(town.plan(&swap).tally().beyond, 0);
}

#[test]
fn weeks_and_months_are_whole() {
    assert_eq!(week(date("2026-11-25"))[0], date("2026-11-23"));
    let weeks = month(date("2026-11-23"));
    assert_eq!(weeks.len(), 6);
    assert_eq!(
        (weeks[0][0], weeks[5][6]),
        (date("2026-10-26"), date("2026-12-06"))
    );
    assert_eq!(month(date("2027-02-10")).len(), 4);
    let long = dates(first(), date("9998-12-31"), Weekdays(0x7f));
    assert_eq!(long.len() as u64, MAX_DAYS);
    assert!(dates(first(), date("2026-11-01"), Weekdays(0x7f)).is_empty());
}
