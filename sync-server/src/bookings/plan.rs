//! The plan: what becomes of each child, activity and date that is asked for.
//!
//! It is a pure function, made twice: to show what would happen, and again, from the record as it
//! is then, to make it happen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use shared::ids::{ActivityId, ChildId, FormulaId, ReservationId, SiteId};

/// What the calendar says of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayIs {
    /// As any other day.
    Usual,
    /// School holidays, by name.
    Vacation(String),
    /// A public holiday, by name.
    Holiday(String),
    /// Closed by the commune, with its reason.
    Closed(String),
}

/// What is wished of one child, activity and date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A reservation with this formula.
    Booked {
        /// The formula.
        formula: Option<FormulaId>,
        /// A reservation with another formula gives way.
        replacing: bool,
    },
    /// No reservation.
    Free,
}

/// One child, activity, site and date that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The child.
    pub child: ChildId,
    /// The activity.
    pub activity: ActivityId,
    /// The site.
    pub site: SiteId,
    /// The date.
    pub date: NaiveDate,
    /// What is wished.
    pub wish: Wish,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Bit 0 is Monday, bit 6 Sunday.
    pub weekdays: u8,
    /// How many children may come to a site, where there is a limit.
    pub capacity: Option<u32>,
    /// Where it takes place.
    pub sites: BTreeSet<SiteId>,
    /// No longer offered.
    pub retired: bool,
}

/// A reservation that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: ReservationId,
    /// Its site.
    pub site: SiteId,
    /// Its formula.
    pub formula: Option<FormulaId>,
}

/// What stands already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    /// The reservations of the children asked for.
    pub of: BTreeMap<(ChildId, ActivityId, NaiveDate), Vec<Standing>>,
    /// How many children of the whole town come.
    pub taken: BTreeMap<(ActivityId, SiteId, NaiveDate), u32>,
}

/// What a wish is judged by.
pub struct Ground<'a> {
    /// The calendar.
    pub day: &'a dyn Fn(NaiveDate) -> DayIs,
    /// Why a child cannot have it there that day: a closure lies over it.
    pub shut: &'a dyn Fn(&Wanted) -> Option<String>,
    /// From which day on a child has left.
    pub left_on: &'a dyn Fn(ChildId) -> Option<NaiveDate>,
    /// What is offered.
    pub offers: &'a BTreeMap<ActivityId, Offer>,
    /// What stands.
    pub standings: &'a Standings,
    /// School holidays are not left aside.
    pub vacations_too: bool,
}

/// Why a date is left aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// A public holiday.
    Holiday(String),
    /// School holidays.
    Vacation(String),
    /// The commune is closed.
    Closed(String),
    /// A closure lies over it.
    Shut(String),
    /// The activity does not take place that weekday.
    Weekday,
    /// The activity does not take place there, or no more.
    NotOffered,
    /// The child has left.
    Left,
    /// The child is expected at another site for the same activity.
    Elsewhere(SiteId),
    /// A rule of booking that knows no exception, in words.
    Rule(String),
}

/// What becomes of one wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A reservation is made.
    Make,
    /// A reservation gives way to another with the formula wished.
    Change(ReservationId),
    /// A reservation is cancelled.
    Cancel(ReservationId),
    /// It is as wished already.
    Already,
    /// Nothing is made, for this reason.
    Skipped(Skip),
}

/// One wish and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was asked for.
    pub wanted: Wanted,
    /// What becomes of it.
    pub fate: Fate,
    /// It would be one child more than there are places.
    pub beyond: bool,
}

/// All steps, by date, then activity, then in the order the children were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
}

/// What a plan comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reservations made within the number of places.
    pub made: usize,
    /// Reservations beyond it.
    pub beyond: usize,
    /// Reservations whose formula changes.
    pub changed: usize,
    /// Reservations cancelled.
    pub cancelled: usize,
    /// As wished already.
    pub already: usize,
    /// Left aside: public holidays.
    pub holidays: usize,
    /// Left aside: school holidays.
    pub vacations: usize,
    /// Left aside: closed by the commune or the school.
    pub closed: usize,
    /// Left aside for another reason.
    pub other: usize,
}

/// Plans.
pub fn plan(wanted: &[Wanted], ground: &Ground<'_>) -> Plan {
    let mut order: BTreeMap<ChildId, usize> = BTreeMap::new();
    for wish in wanted {
        let next = order.len();
        order.entry(wish.child).or_insert(next);
    }
    let mut seen = BTreeSet::new();
    let mut all: Vec<&Wanted> = wanted
        .iter()
        .filter(|w| seen.insert((w.child, w.activity, w.date)))
        .collect();
    all.sort_by_key(|w| (w.date, w.activity, order.get(&w.child).copied()));
    let mut steps: Vec<Step> = all
        .into_iter()
        .map(|wanted| Step {
            wanted: *wanted,
            fate: fate(wanted, ground),
            beyond: false,
        })
        .collect();
    mark_beyond(&mut steps, ground);
    Plan { steps }
}

fn fate(wanted: &Wanted, ground: &Ground<'_>) -> Fate {
    let key = (wanted.child, wanted.activity, wanted.date);
    let standing = ground.standings.of.get(&key).map_or(&[][..], Vec::as_slice);
    let here = standing.iter().find(|s| s.site == wanted.site);
    match (wanted.wish, here) {
        // What stands can always be cancelled, on a day that was closed since too.
        (Wish::Free, Some(standing)) => Fate::Cancel(standing.id),
        (Wish::Free, None) => Fate::Already,
        (Wish::Booked { formula, replacing }, Some(standing)) => {
            if replacing && standing.formula != formula && obstacle(wanted, ground).is_none() {
                Fate::Change(standing.id)
            } else {
                Fate::Already
            }
        }
        (Wish::Booked { .. }, None) => {
            let elsewhere = standing.first().map(|s| Skip::Elsewhere(s.site));
            match obstacle(wanted, ground).or(elsewhere) {
                Some(skip) => Fate::Skipped(skip),
                None => Fate::Make,
            }
        }
    }
}

/// Why nothing can take place for this child then and there.
pub fn obstacle(wanted: &Wanted, ground: &Ground<'_>) -> Option<Skip> {
    let of_the_day = match (ground.day)(wanted.date) {
        DayIs::Holiday(name) => Some(Skip::Holiday(name)),
        DayIs::Closed(why) => Some(Skip::Closed(why)),
        DayIs::Vacation(name) if !ground.vacations_too => Some(Skip::Vacation(name)),
        DayIs::Vacation(_) | DayIs::Usual => None,
    };
    let weekday = 1_u8 << wanted.date.weekday().num_days_from_monday();
    let of_the_offer = || match ground.offers.get(&wanted.activity) {
        Some(offer) if offer.retired || !offer.sites.contains(&wanted.site) => Some(Skip::NotOffered),
        Some(offer) if offer.weekdays & weekday == 0 => Some(Skip::Weekday),
        Some(_) => None,
        None => Some(Skip::NotOffered),
    };
    let left = || {
        (ground.left_on)(wanted.child)
            .filter(|left| wanted.date >= *left)
            .map(|_| Skip::Left)
    };
    let shut = || (ground.shut)(wanted).map(Skip::Shut);
    of_the_day.or_else(of_the_offer).or_else(left).or_else(shut)
}

/// Marks who comes after the last place is taken; places given back by the same plan count.
fn mark_beyond(steps: &mut [Step], ground: &Ground<'_>) {
    let place = |w: &Wanted| (w.activity, w.site, w.date);
    let mut freed: BTreeMap<_, u32> = BTreeMap::new();
    for step in steps.iter().filter(|s| matches!(s.fate, Fate::Cancel(_))) {
        *freed.entry(place(&step.wanted)).or_default() += 1;
    }
    let mut added: BTreeMap<_, u32> = BTreeMap::new();
    for step in steps.iter_mut().filter(|s| s.fate == Fate::Make) {
        let offer = ground.offers.get(&step.wanted.activity);
        let Some(capacity) = offer.and_then(|offer| offer.capacity) else {
            continue;
        };
        let key = place(&step.wanted);
        let taken = ground.standings.taken.get(&key).copied().unwrap_or(0);
        let left = taken.saturating_sub(freed.get(&key).copied().unwrap_or(0));
        let more = added.entry(key).or_default();
        *more += 1;
        step.beyond = left.saturating_add(*more) > capacity;
    }
}

impl Plan {
    /// What it comes to.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for step in &self.steps {
            let count = match &step.fate {
                Fate::Make if step.beyond => &mut tally.beyond,
                Fate::Make => &mut tally.made,
                Fate::Change(_) => &mut tally.changed,
                Fate::Cancel(_) => &mut tally.cancelled,
                Fate::Already => &mut tally.already,
                Fate::Skipped(Skip::Holiday(_)) => &mut tally.holidays,
                Fate::Skipped(Skip::Vacation(_)) => &mut tally.vacations,
                Fate::Skipped(Skip::Closed(_) | Skip::Shut(_)) => &mut tally.closed,
                Fate::Skipped(_) => &mut tally.other,
            };
            *count += 1;
        }
        tally
    }

    /// Which reservations are cancelled.
    pub fn cancels(&self) -> Vec<ReservationId> {
        self.steps
            .iter()
            .filter_map(|step| match step.fate {
                Fate::Cancel(id) | Fate::Change(id) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// Which reservations are made; those beyond the number of places only when that was said.
    pub fn makes(&self, beyond_too: bool) -> impl Iterator<Item = &Wanted> {
        let made = move |step: &&Step| match step.fate {
            Fate::Make => beyond_too || !step.beyond,
            Fate::Change(_) => true,
            _ => false,
        };
        self.steps.iter().filter(made).map(|step| &step.wanted)
    }

    /// Whether carrying it out would change anything.
    pub fn changes(&self, beyond_too: bool) -> bool {
        self.makes(beyond_too).next().is_some() || !self.cancels().is_empty()
    }
}
