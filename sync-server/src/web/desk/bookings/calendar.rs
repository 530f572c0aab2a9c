//! What the commune's calendar says of a date, as far as reservations are concerned.

use chrono::NaiveDate;
use shared::operation::{CalendarRecord, LocalKind};

use crate::bookings::DayIs;

/// What a date is. Without a calendar every date is as any other.
pub(super) fn day_is(calendar: Option<&CalendarRecord>, date: NaiveDate) -> DayIs {
    let Some(calendar) = calendar else {
        return DayIs::Usual;
    };
    let local = calendar
        .local
        .iter()
        .find(|period| (period.from..=period.until).contains(&date));
    match local.map(|period| (period.kind, period.name.clone())) {
        Some((LocalKind::Closed, name)) => DayIs::Closed(name),
        Some((LocalKind::Vacation, name)) => DayIs::Vacation(name),
        Some((LocalKind::School, _)) | None => DayIs::Usual,
    }
}
