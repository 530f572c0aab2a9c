//! The dates that a week, a month or a period with weekdays comes to.

use chrono::{Datelike, Days, NaiveDate};

/// The longest period that can be asked for at once: a school year and the summer after it.
pub const MAX_DAYS: u64 = 430;

/// Weekdays: bit 0 is Monday, bit 6 Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(pub u8);

impl Weekdays {
    /// Whether the weekday of a date is among them.
    pub fn has(self, date: NaiveDate) -> bool {
        self.0 & (1 << date.weekday().num_days_from_monday()) != 0
    }
}

/// The dates of a period, both ends included, that fall on these weekdays. Beyond [`MAX_DAYS`]
/// nothing more is counted.
pub fn dates(from: NaiveDate, until: NaiveDate, weekdays: Weekdays) -> Vec<NaiveDate> {
    let limit = usize::try_from(MAX_DAYS).unwrap_or(usize::MAX);
    from.iter_days()
        .take(limit)
        .take_while(|date| *date <= until)
        .filter(|date| weekdays.has(*date))
        .collect()
}

/// The Monday of a date's week, and the six days after it.
pub fn week(date: NaiveDate) -> Vec<NaiveDate> {
    let back = u64::from(date.weekday().num_days_from_monday());
    let monday = date.checked_sub_days(Days::new(back)).unwrap_or(date);
    monday.iter_days().take(7).collect()
}

/// The weeks that touch the month of a date, each whole.
pub fn month(date: NaiveDate) -> Vec<Vec<NaiveDate>> {
    let Some(first) = date.with_day(1) else {
        return vec![week(date)];
    };
    let mut weeks = Vec::new();
    let mut monday = week(first).first().copied();
    while let Some(start) = monday {
        if start > first && start.month() != first.month() {
            break;
        }
        weeks.push(week(start));
        monday = start.checked_add_days(Days::new(7));
    }
    weeks
}
