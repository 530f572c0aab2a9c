//! What the commune's calendar says of a date, as far as reservations are concerned.

use chrono::NaiveDate;
use shared::calendar::{Calendar, DayKind};
use shared::operation::LocalKind;

use crate::bookings::DayIs;

/// What a date is. Where no calendar is known the agent decides: every date is as any other.
pub(super) fn day_is(calendar: Option<&Calendar>, date: NaiveDate) -> DayIs {
    match calendar.map(|calendar| calendar.day(date)) {
        Some(DayKind::PublicHoliday(name)) => DayIs::Holiday(name.to_owned()),
        Some(DayKind::Vacation(name)) => DayIs::Vacation(name.to_owned()),
        Some(DayKind::Local(name, LocalKind::Closed)) => DayIs::Closed(name),
        Some(DayKind::Local(name, LocalKind::Vacation)) => DayIs::Vacation(name),
        Some(
            DayKind::Local(_, LocalKind::School) | DayKind::WeekEnd | DayKind::School | DayKind::Unknown,
        )
        | None => DayIs::Usual,
    }
}
