//! How many sessions a child may have.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::when::{period_of, school_year_of};
use super::Reason;
use super::line::Add;
use super::whole::Whole;
use crate::ids::ReservationId;
use crate::operation::{Span, Why};

/// The limit that a line would go beyond.
pub(super) fn beyond_limit(
    whole: &Whole<'_, '_>,
    line: &Add<'_>,
    without: Option<ReservationId>,
) -> Option<Reason> {
    let (set, wish) = (line.set?, &line.wish);
    set.limits.iter().find_map(|limit| {
        let counted = if limit.activities.is_empty() {
            &set.activities
        } else {
            &limit.activities
        };
        if !counted.contains(&wish.session.activity) {
            return None;
        }
        let days = span(limit.per, wish.session.date, whole)?;
        let so_far = whole.count(wish.child, days, without, counted);
        (so_far >= usize::from(limit.most)).then(|| Reason {
            number: Some(limit.most.into()),
            date: Some(days.0),
            words: limit.words.clone(),
            ..Reason::of(Why::Limit)
        })
    })
}

/// The first and the last day of a span around a date; `None` where the calendar does not say.
fn span(span: Span, date: NaiveDate, whole: &Whole<'_, '_>) -> Option<(NaiveDate, NaiveDate)> {
    match span {
        Span::Day => Some((date, date)),
        Span::Week => {
            let monday = date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()))?;
            Some((monday, monday.checked_add_days(Days::new(6))?))
        }
        Span::Month => {
            let first = date.with_day(1)?;
            Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
        }
        Span::Period => period_of(date, whole.index.ground),
        Span::Year => Some(school_year_of(date, whole.index.ground)),
    }
}
