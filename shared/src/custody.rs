//! With which household a child is on a date, and whose authority over it counts: pure functions of its custody
//! record and the school calendar.
//!
//! What was agreed for a day wins over everything. Then, where holidays are shared by halves, a stretch of school
//! holidays of a week or more: its first half, the longer one where the days are odd, goes by the year in which the
//! stretch begins. Then weeks alternate, through bridges as well.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::ids::{GuardianId, HouseholdId};
use crate::operation::{Authority, CustodyRecord, HolidaySharing, Sharing};

/// The shortest stretch of holidays that is shared by halves, in days.
const SHORTEST_SHARED_DAYS: i64 = 7;

/// The one household that a child is with on a date; `None` where nothing is shared, and it is with all of its
/// households alike. Without a calendar no holidays are known, and weeks alternate through all.
pub fn household_on(
    custody: &CustodyRecord,
    calendar: Option<&Calendar>,
    date: NaiveDate,
) -> Option<HouseholdId> {
    let mut exceptions = custody.exceptions.iter().rev();
    if let Some(agreed) = exceptions.find(|one| one.from <= date && date <= one.until) {
        return Some(agreed.household);
    }
    let sharing = custody.sharing.as_ref()?;
    let first = is_with_first(sharing, calendar, date);
    Some(if first { sharing.first } else { sharing.second })
}

/// Whether a child of `household` is with it on a date.
pub fn is_with(
    custody: Option<&CustodyRecord>,
    calendar: Option<&Calendar>,
    date: NaiveDate,
    household: HouseholdId,
) -> bool {
    custody
        .and_then(|custody| household_on(custody, calendar, date))
        .is_none_or(|with| with == household)
}

/// What authority a guardian has over a child: what the child's custody record says of them, the last word first, or
/// else what stands in the guardian's own file.
pub fn authority(guardian: GuardianId, own: Authority, custody: Option<&CustodyRecord>) -> Authority {
    let said = custody.map_or(&[][..], |custody| &custody.authorities);
    said.iter()
        .rev()
        .find(|over| over.guardian == guardian)
        .map_or(own, |over| over.authority)
}

fn is_with_first(sharing: &Sharing, calendar: Option<&Calendar>, date: NaiveDate) -> bool {
    let even_years = match sharing.holidays {
        HolidaySharing::AsWeeks => None,
        HolidaySharing::FirstHalfInEvenYears => Some(true),
        HolidaySharing::FirstHalfInOddYears => Some(false),
    };
    let stretch = calendar.and_then(|calendar| calendar.holidays_around(date));
    if let (Some(even_years), Some((from, until))) = (even_years, stretch) {
        let days = (until - from).num_days() + 1;
        if days >= SHORTEST_SHARED_DAYS {
            let in_first_half = 2 * (date - from).num_days() < days;
            let first_has_it = is_even_year(from) == even_years;
            return in_first_half == first_has_it;
        }
    }
    let weeks = (date - sharing.anchor).num_days().div_euclid(7);
    weeks.rem_euclid(2) == 0
}

fn is_even_year(date: NaiveDate) -> bool {
    use chrono::Datelike;
    date.year().rem_euclid(2) == 0
}

#[cfg(test)]
mod tests;
