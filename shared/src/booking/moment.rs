//! When a deadline is, and when booking opens.

mod count;

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime};

use self::count::Counting;
use super::ground::{ChildFacts, Ground, SessionKey};
use super::when::{last_school_day_before, period_start};
use crate::codec::Minute;
use crate::operation::Moment;
use crate::time::UtcMs;

/// How far back a moment is looked for, in days.
pub(super) const LONGEST: usize = 800;

/// The instant that a rule means for a session and a child; `None` where nobody can say, as the calendar of that time
/// is not known or the activity is not either.
///
/// What has an hour is civil time of the town, and so are hours that are counted: 48 hours before 8:30 is 8:30, though
/// the clocks change in between. An hour that the clocks skip is the instant they jump to; in the hour that repeats,
/// the later one is meant, in the family's favour.
pub fn instant(moment: &Moment, session: &SessionKey, child: &ChildFacts, ground: &Ground) -> Option<UtcMs> {
    let civil = civil(moment, session, child, ground)?;
    Some(UtcMs::at_civil_later(civil.date(), civil.time(), ground.zone))
}

/// As [`instant`], for what opens: in the hour that repeats, the earlier one is meant, in the family's favour too.
pub fn opening(moment: &Moment, session: &SessionKey, child: &ChildFacts, ground: &Ground) -> Option<UtcMs> {
    let civil = civil(moment, session, child, ground)?;
    Some(UtcMs::at_civil(civil.date(), civil.time(), ground.zone))
}

/// The moment on the town's clock.
fn civil(
    moment: &Moment,
    session: &SessionKey,
    child: &ChildFacts,
    ground: &Ground,
) -> Option<NaiveDateTime> {
    let counting = |count| Counting {
        count,
        session,
        child,
        ground,
    };
    let date = session.date;
    match *moment {
        Moment::Hours { hours, count } => counting(count).hours_before(starts(session, ground)?, hours),
        Moment::Days { days, count, at } => counting(count).days_before(date, days).map(|day| on(day, at)),
        Moment::Weekday {
            weekday,
            weeks,
            count,
            at,
        } => {
            let monday = monday_of(date)?.checked_sub_days(Days::new(7 * u64::from(weeks)))?;
            let wanted = (weekday < 7).then(|| monday.checked_add_days(Days::new(weekday.into())))??;
            counting(count).last_until(wanted).map(|day| on(day, at))
        }
        Moment::DayOfMonth {
            day,
            months,
            count,
            at,
        } => {
            let month = date.with_day(1)?.checked_sub_months(Months::new(months.into()))?;
            let wanted = month.with_day(day.into()).or_else(|| {
                month
                    .checked_add_months(Months::new(1))?
                    .pred_opt()
                    .filter(|_| day > 0)
            })?;
            counting(count).last_until(wanted).map(|day| on(day, at))
        }
        Moment::LastSchoolDay { at } => last_school_day_before(date, child, ground).map(|day| on(day, at)),
        Moment::Week { hours } => monday_of(date)?
            .and_time(NaiveTime::MIN)
            .checked_sub_signed(Duration::hours(hours.into())),
        Moment::Period { days, count, at } => {
            let start = period_start(date, ground)?;
            counting(count).days_before(start, days).map(|day| on(day, at))
        }
        Moment::At { date, second } => {
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?;
            Some(date.and_time(time))
        }
        Moment::Start => starts(session, ground),
        Moment::End => Some(on(date, ground.activities.get(&session.activity)?.closes)),
    }
}

fn starts(session: &SessionKey, ground: &Ground) -> Option<NaiveDateTime> {
    Some(on(session.date, ground.activities.get(&session.activity)?.opens))
}

fn on(date: NaiveDate, at: Minute) -> NaiveDateTime {
    date.and_time(at.time())
}

/// The Monday of a date's week.
fn monday_of(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()))
}
