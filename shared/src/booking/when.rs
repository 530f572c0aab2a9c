//! What a date is for rules: which line speaks of it, in which period and school year it is, what takes place.

use std::iter::successors;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::ground::{ChildFacts, Ground, SessionKey};
use super::moment::LONGEST;
use crate::calendar::{Calendar, DayKind, SchoolDay};
use crate::exceptional::{self, Met};
use crate::ids::{ActivityId, FormulaId};
use crate::operation::{Case, ExceptionalDayRecord, LocalKind, RuleSetRecord, Season};

/// The month in which a school year begins where no calendar says otherwise.
const SEPTEMBER: u32 = 9;

/// The rules that count for an activity on a date: of the live sets that cover it, the one that begins last, and of
/// several that begin together the one with the greatest id.
pub fn set_for(activity: ActivityId, date: NaiveDate, ground: &Ground) -> Option<&RuleSetRecord> {
    ground
        .sets
        .iter()
        .filter(|set| set.live && set.activities.contains(&activity))
        .filter(|set| set.from <= date && set.until.is_none_or(|until| date <= until))
        .max_by_key(|set| (set.from, set.id))
}

/// Whether a line speaks of a session, taken in a formula, for a child. Where no calendar is known, lines about a part
/// of the school year speak of nothing: see [`calendar_known`].
pub fn fits(
    case: &Case,
    session: &SessionKey,
    formula: Option<FormulaId>,
    child: &ChildFacts,
    ground: &Ground,
) -> bool {
    let in_formula =
        case.formulas.is_empty() || formula.is_some_and(|formula| case.formulas.contains(&formula));
    in_formula && speaks_of(case, session, child, ground)
}

/// As [`fits`], in whatever formula.
pub fn speaks_of(case: &Case, session: &SessionKey, child: &ChildFacts, ground: &Ground) -> bool {
    on_weekday(case.weekdays, session.date)
        && (case.sites.is_empty() || case.sites.contains(&session.site))
        && (case.activities.is_empty() || case.activities.contains(&session.activity))
        && in_season(case.season, session.date, child, ground)
}

/// Whether anything is known of the school year on a date.
pub fn calendar_known(date: NaiveDate, ground: &Ground) -> bool {
    ground
        .calendar
        .as_ref()
        .is_some_and(|calendar| calendar.knows(date))
}

/// Whether a date is one of these weekdays; bit 0 is Monday.
pub fn on_weekday(weekdays: u8, date: NaiveDate) -> bool {
    weekdays >> date.weekday().num_days_from_monday() & 1 == 1
}

/// Whether a date is in a part of the school year of a child.
fn in_season(season: Season, date: NaiveDate, child: &ChildFacts, ground: &Ground) -> bool {
    let calendar = || ground.calendar.as_ref().filter(|calendar| calendar.knows(date));
    match season {
        Season::Any => true,
        Season::School => calendar().is_some_and(|calendar| !calendar.is_holiday(date)),
        Season::Holidays => calendar().is_some_and(|calendar| calendar.is_holiday(date)),
        Season::FirstDayBack => calendar()
            .zip(half_days(child, ground))
            .is_some_and(|(calendar, half_days)| is_first_day_back(calendar, half_days, date)),
    }
}

fn is_first_day_back(calendar: &Calendar, half_days: u8, date: NaiveDate) -> bool {
    has_class(calendar, half_days, date) == Some(true)
        && successors(date.pred_opt(), NaiveDate::pred_opt)
            .take(LONGEST)
            .find(|day| calendar.is_holiday(*day) || has_class(calendar, half_days, *day) != Some(false))
            .is_some_and(|day| calendar.is_holiday(day))
}

fn has_class(calendar: &Calendar, half_days: u8, date: NaiveDate) -> Option<bool> {
    match calendar.school_day(date, half_days) {
        SchoolDay::No => Some(false),
        SchoolDay::Morning | SchoolDay::Whole => Some(true),
        SchoolDay::Unknown => None,
    }
}

/// How many half-days a week a child has class: as its school has, and where none is known, as all schools of the town
/// that are in use have; `None` where they differ.
pub fn half_days(child: &ChildFacts, ground: &Ground) -> Option<u8> {
    if let Some(school) = child.school.and_then(|school| ground.schools.get(&school)) {
        return Some(school.half_days);
    }
    let mut all = ground
        .schools
        .values()
        .filter(|school| !school.retired)
        .map(|school| school.half_days);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// The last day of class of a child before the school holidays that a date is in, or that come before it.
pub fn last_school_day_before(date: NaiveDate, child: &ChildFacts, ground: &Ground) -> Option<NaiveDate> {
    let calendar = ground.calendar.as_ref()?;
    let half_days = half_days(child, ground)?;
    let mut in_holidays = false;
    for day in successors(Some(date), NaiveDate::pred_opt).take(LONGEST) {
        if calendar.is_holiday(day) {
            in_holidays = true;
        } else if !calendar.knows(day) {
            return None;
        } else if in_holidays && has_class(calendar, half_days, day)? {
            return Some(day);
        }
    }
    None
}

/// The first and the last day of the school holidays, or of the stretch of school between them, that a date is in.
/// A stretch of school does not reach beyond its school year. `None` where the calendar is not known so far.
pub fn period_of(date: NaiveDate, ground: &Ground) -> Option<(NaiveDate, NaiveDate)> {
    let calendar = ground.calendar.as_ref()?;
    if let Some(holidays) = calendar.holidays_around(date) {
        return Some(holidays);
    }
    let (_, last) = school_year_of(date, ground);
    let days = successors(Some(date), NaiveDate::succ_opt);
    Some((period_start(date, ground)?, edge(calendar, days, last)?))
}

/// The first day of the school holidays, or of the stretch of school between them, that a date is in.
pub fn period_start(date: NaiveDate, ground: &Ground) -> Option<NaiveDate> {
    let calendar = ground.calendar.as_ref()?;
    if let Some((first, _)) = calendar.holidays_around(date) {
        return Some(first);
    }
    let (first, _) = school_year_of(date, ground);
    edge(calendar, successors(Some(date), NaiveDate::pred_opt), first)
}

/// The last of these days before holidays begin, or the one that ends the school year.
fn edge(calendar: &Calendar, days: impl Iterator<Item = NaiveDate>, of_year: NaiveDate) -> Option<NaiveDate> {
    let mut last = None;
    for day in days.take(LONGEST) {
        if calendar.is_holiday(day) {
            return last;
        }
        if !calendar.knows(day) {
            return None;
        }
        last = Some(day);
        if day == of_year {
            return last;
        }
    }
    None
}

/// The first and the last day of the school year that a date is in: from the first of the month in which the zone's
/// begins, or from 1 September where no calendar is set.
pub fn school_year_of(date: NaiveDate, ground: &Ground) -> (NaiveDate, NaiveDate) {
    let zone = ground.calendar.as_ref().map(Calendar::zone);
    let month = zone.map_or(SEPTEMBER, crate::calendar::SchoolZone::first_month);
    let year = date.year() - i32::from(date.month() < month);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(date);
    let last = first
        .checked_add_months(Months::new(12))
        .and_then(|next| next.checked_sub_days(Days::new(1)));
    (first, last.unwrap_or(date))
}

/// Whether a session takes place for a child: on a weekday of its activity, at one of its sites, on a day that is
/// neither a public holiday nor closed, by the calendar or exceptionally, and in a part of the school year for which
/// its rules leave room. `None` where the calendar of that day is not known.
pub fn takes_place(session: &SessionKey, child: &ChildFacts, ground: &Ground) -> Option<bool> {
    let activity = ground.activities.get(&session.activity)?;
    let date = session.date;
    if !on_weekday(activity.weekdays, date) || !activity.sites.contains(&session.site) {
        return Some(false);
    }
    let calendar = ground.calendar.as_ref().filter(|calendar| calendar.knows(date))?;
    let set = set_for(session.activity, date, ground);
    let held = match calendar.day(date) {
        DayKind::PublicHoliday(_) | DayKind::Local(_, LocalKind::Closed) => false,
        DayKind::Vacation(_) | DayKind::Local(_, LocalKind::Vacation) => {
            set.is_some_and(|set| held_in_holidays(set, session, child, ground))
        }
        DayKind::Local(_, LocalKind::School) | DayKind::WeekEnd | DayKind::School | DayKind::Unknown => {
            set.is_none_or(|set| held_in_school(set, session, child, ground))
        }
    };
    Some(held && closed_by(session, child, ground).is_none())
}

fn cases(set: &RuleSetRecord) -> impl Iterator<Item = &Case> {
    let prices = set.prices.iter().map(|line| &line.case);
    let places = set.places.iter().map(|line| &line.case);
    prices
        .chain(places)
        .chain(set.openings.iter().map(|line| &line.case))
}

/// Whether rules say that a session takes place in school holidays: an opening, a price or a number of places of
/// theirs speaks of holidays by name, and of this session.
pub(super) fn held_in_holidays(
    set: &RuleSetRecord,
    session: &SessionKey,
    child: &ChildFacts,
    ground: &Ground,
) -> bool {
    cases(set).any(|case| case.season == Season::Holidays && speaks_of(case, session, child, ground))
}

/// Whether rules leave room for a session outside school holidays: some opening speaks of it, where there are any, and
/// not all of its prices are for holidays.
pub(super) fn held_in_school(
    set: &RuleSetRecord,
    session: &SessionKey,
    child: &ChildFacts,
    ground: &Ground,
) -> bool {
    let open = set.openings.is_empty()
        || set
            .openings
            .iter()
            .any(|line| speaks_of(&line.case, session, child, ground));
    let mut of_it = set
        .prices
        .iter()
        .map(|line| &line.case)
        .filter(|case| case.activities.is_empty() || case.activities.contains(&session.activity))
        .filter(|case| case.sites.is_empty() || case.sites.contains(&session.site))
        .peekable();
    open && (of_it.peek().is_none() || of_it.any(|case| case.season != Season::Holidays))
}

/// The closure that a session falls under for a child: of its school or class, where the closure names some, and at
/// its site and of its service, where the closure names some.
pub fn closed_by<'g>(
    session: &SessionKey,
    child: &ChildFacts,
    ground: &'g Ground,
) -> Option<&'g ExceptionalDayRecord> {
    let met = Met {
        school: child.school,
        class: child.class,
        site: session.site,
        service: ground
            .activities
            .get(&session.activity)
            .map(|activity| activity.service),
    };
    exceptional::closed_by(&ground.exceptional, session.date, &met)
}
