//! Who is booked where, on each day of the horizon.

use chrono::{Datelike, Days, NaiveDate};
use shared::codec::Minute;
use shared::ids::ReservationId;
use shared::operation::{Body, ReservationLine};

use super::activities::{CANTEEN, MORNING, Meal, WEDNESDAYS, Wednesday, activity_id, formula_id};
use super::calendar::{is_open, is_school_day, week, weekday_bit};
use super::dice::{Dice, id};
use super::families::{Families, Kid};
use super::habits::{Habit, habit};
use super::places::{CM1, CP, SCHOOLS, SECTORS, SITES, site_id};

/// Reservations begin so many days before today.
const BACK_DAYS: u64 = 14;
/// And end so many days after.
const AHEAD_DAYS: u64 = 49;
/// Children at a table of the canteen.
const SEATS: usize = 8;

/// Adds one operation per household, with all it has booked, in order of dates.
pub(super) fn put_reservations(seed: u64, today: NaiveDate, families: &Families, bodies: &mut Vec<Body>) {
    let first = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    let window = first.iter_days().take((BACK_DAYS + AHEAD_DAYS + 1) as usize);
    let dates: Vec<NaiveDate> = window.filter(|date| is_open(*date)).collect();
    let mut living_in: Vec<Vec<usize>> = vec![Vec::new(); families.homes.len()];
    for (n, kid) in families.kids.iter().enumerate() {
        for home in &kid.homes {
            living_in[*home].push(n);
        }
    }
    let tables = tables(&families.kids);
    for (home, kids) in living_in.iter().enumerate() {
        let only_wednesdays = kids.iter().any(|kid| families.kids[*kid].site.is_none());
        let habit = habit(seed, home, only_wednesdays);
        let mut booking = Booking {
            seed,
            lines: Vec::new(),
        };
        for date in &dates {
            // A day that nobody of the family comes.
            let mut dice = Dice::of(seed, "absence", &[home as u64, day(*date)]);
            if dice.percent(4) {
                continue;
            }
            for n in kids {
                let kid = &families.kids[*n];
                // Parents apart take turns, a week each.
                let turn = week(*date).unsigned_abs() as usize % kid.homes.len();
                if kid.homes[turn] == home {
                    let kid = Booker {
                        n: *n,
                        kid,
                        habit: &habit,
                        table: tables[*n],
                    };
                    booking.day(&kid, *date);
                }
            }
        }
        if !booking.lines.is_empty() {
            bodies.push(Body::Reserve { lines: booking.lines });
        }
    }
}

fn day(date: NaiveDate) -> u64 {
    u64::from(date.num_days_from_ce().unsigned_abs())
}

/// Canteen service: the youngest eat first.
fn sitting(kid: &Kid) -> u8 {
    if kid.level <= CP { 1 } else { 2 }
}

/// Each child's table, the same every day; a class sits together.
fn tables(kids: &[Kid]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kids.len()).collect();
    order.sort_by_key(|n| {
        (
            kids[*n].site,
            sitting(&kids[*n]),
            kids[*n].school,
            kids[*n].level,
            kids[*n].record.class,
        )
    });
    let mut tables = vec![0; kids.len()];
    let mut seated = (None, 0, 0);
    for n in order {
        let here = (kids[n].site, sitting(&kids[n]));
        seated = if (seated.0, seated.1) == here {
            (here.0, here.1, seated.2 + 1)
        } else {
            (here.0, here.1, 0)
        };
        tables[n] = 1 + seated.2 / SEATS;
    }
    tables
}

/// A child and whose week it is.
pub(super) struct Booker<'a> {
    pub(super) n: usize,
    pub(super) kid: &'a Kid,
    pub(super) habit: &'a Habit,
    table: usize,
}

/// What one household books.
pub(super) struct Booking {
    pub(super) seed: u64,
    pub(super) lines: Vec<ReservationLine>,
}

impl Booking {
    fn day(&mut self, who: &Booker<'_>, date: NaiveDate) {
        if !is_school_day(date) {
            self.wednesday(who, date);
        } else if let Some(site) = who.kid.site {
            self.school_day(who, site, date);
        }
    }

    fn school_day(&mut self, who: &Booker<'_>, site: usize, date: NaiveDate) {
        let mut dice = Dice::of(self.seed, "day", &[who.n as u64, day(date)]);
        let Booker { kid, habit, .. } = who;
        let school = &SCHOOLS[kid.school];
        // A school of its own beside the one the site stands in: children walk over, and back.
        let beside = (SITES[site].school != Some(kid.school)).then(|| school.short.to_owned());
        // Now and then a day is not like the others.
        let mut comes =
            |mask: u8, rarely| mask & weekday_bit(date) != 0 && dice.percent(97) || dice.percent(rarely);
        let ours = school.is_ours();
        let (morning, canteen, evening) = (
            comes(habit.morning, 1) && ours,
            comes(habit.canteen, 2),
            comes(habit.evening, 2) && ours,
        );
        if morning {
            let mut line = self.line(who, MORNING, site, date);
            line.group = Some(group(kid).into());
            line.expected_in = Some(habit.arrival);
            line.goes_to.clone_from(&beside);
            self.lines.push(line);
        }
        if canteen {
            let meal = if kid.own_meal {
                Meal::PanierPai
            } else if self.on_an_outing(kid, date) {
                Meal::PiqueNique
            } else {
                Meal::Repas
            };
            let mut line = self.line(who, CANTEEN, site, date);
            line.formula = Some(formula_id(self.seed, CANTEEN, meal as usize));
            line.sitting = Some(sitting(kid));
            line.table = Some(format!("Table {}", who.table));
            line.comes_from.clone_from(&beside);
            line.goes_to.clone_from(&beside);
            self.lines.push(line);
        }
        self.evening(who, site, date, evening, beside);
    }

    fn wednesday(&mut self, who: &Booker<'_>, date: NaiveDate) {
        let Booker { kid, habit, .. } = who;
        let mut dice = Dice::of(self.seed, "day", &[who.n as u64, day(date)]);
        let usual = habit.wednesday.filter(|_| dice.percent(96));
        let Some(formula) = usual.or_else(|| dice.percent(2).then_some(Wednesday::Day)) else {
            return;
        };
        let mut line = self.line(who, WEDNESDAYS, SECTORS[kid.sector].wednesday, date);
        let evening = habit.collected[2];
        let (comes, leaves) = match formula {
            Wednesday::Day => (Minute(habit.arrival.0 + 30), evening),
            Wednesday::Morning => (Minute(habit.arrival.0 + 30), Minute::new(12, 0)),
            Wednesday::MorningMeal => (Minute(habit.arrival.0 + 30), Minute::new(13, 30)),
            Wednesday::Afternoon => (Minute::new(13, 30), evening),
        };
        line.formula = Some(formula_id(self.seed, WEDNESDAYS, formula as usize));
        line.group = Some(group(kid).into());
        line.expected_in = Some(comes);
        line.expected_out = Some(leaves);
        if SCHOOLS[kid.school].site.is_none() && kid.homes[0] % 2 == 0 {
            line.comes_from = Some("Navette Saint-Aubin".into());
        } else if habit.bus {
            line.comes_from = Some("Bus ligne 1".into());
        }
        self.lines.push(line);
    }

    /// A class goes out for the day about once a term.
    fn on_an_outing(&self, kid: &Kid, date: NaiveDate) -> bool {
        let class = kid.record.class.map_or(0, |class| class.0.as_u64_pair().0);
        Dice::of(self.seed, "outing", &[class, day(date)]).percent(2)
    }

    pub(super) fn line(
        &self,
        who: &Booker<'_>,
        activity: usize,
        site: usize,
        date: NaiveDate,
    ) -> ReservationLine {
        ReservationLine {
            id: ReservationId(id(
                self.seed,
                "reservation",
                &[who.n as u64, activity as u64, day(date)],
            )),
            child: who.kid.record.id,
            activity: activity_id(self.seed, activity),
            site: site_id(self.seed, site),
            date,
            formula: None,
            group: None,
            sitting: None,
            table: None,
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            household: None,
        }
    }
}

/// The group a child joins, by age.
pub(super) fn group(kid: &Kid) -> &'static str {
    match kid.level {
        0..CP => "Petits",
        CP..CM1 => "Moyens",
        _ => "Grands",
    }
}
