//! The days of a family's children: what is booked, and what the town's calendar and exceptional days make of it.
//!
//! A few queries for all children of a guardian, whatever their number; the rest is pure.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use server_ui::portal::days::{DayView, LineState, LineView};
use shared::calendar::{Calendar, DayKind};
use shared::codec::{Minute, decode};
use shared::exceptional::{DayEffect, Met, Row as Judged, effect, lies_over};
use shared::ids::{ChildId, GuardianId, ServiceId, SiteId};
use shared::operation::{CalendarRecord, ExceptionalDayRecord, LocalKind};
use shared::words::{day, hour_or_full};

use crate::record::SeenChild;
use crate::store::{Read, Row, StoreError};

/// A reservation that stands.
#[derive(Clone, Debug)]
pub(super) struct Booked {
    pub(super) date: NaiveDate,
    pub(super) child: ChildId,
    pub(super) name: String,
    pub(super) opens: Minute,
    pub(super) closes: Minute,
    pub(super) formula: Option<String>,
    pub(super) meal: bool,
    pub(super) site: SiteId,
    pub(super) service: ServiceId,
}

/// The reservations of all children of a guardian's household between two dates, by date and hour. Which of them
/// belong to this household is asked of [`SeenChild::is_ours_on`].
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub(super) fn booked(
    tx: &mut dyn Read,
    guardian: GuardianId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Booked>, StoreError> {
    let params = [guardian.into(), from.into(), until.into()];
    let rows = tx.query(include_str!("booked.sql"), &params)?;
    rows.iter().map(booked_of).collect()
}

fn booked_of(row: &Row) -> Result<Booked, StoreError> {
    let minute = |i| {
        let wrong = || StoreError::Shape("minute".into());
        u16::try_from(row.int(i)?).map(Minute).map_err(|_| wrong())
    };
    Ok(Booked {
        date: row.date(0)?,
        child: ChildId(row.uuid(1)?),
        name: row.text(3)?,
        opens: minute(4)?,
        closes: minute(5)?,
        formula: row.opt(6, Row::text)?,
        meal: row.opt(7, Row::text)?.is_some_and(|meal| meal != "none"),
        site: SiteId(row.uuid(8)?),
        service: ServiceId(row.uuid(9)?),
    })
}

/// What the town says of its days.
pub(super) struct TownDays {
    /// Its calendar; `None` until somebody set it.
    pub(super) calendar: Option<Calendar>,
    /// Families book something themselves.
    pub(super) on_line: bool,
    exceptional: Vec<ExceptionalDayRecord>,
}

impl TownDays {
    /// Between two dates.
    ///
    /// # Errors
    /// See [`booked`].
    pub(super) fn read(tx: &mut dyn Read, from: NaiveDate, until: NaiveDate) -> Result<Self, StoreError> {
        let mut town = Self {
            calendar: None,
            on_line: false,
            exceptional: Vec::new(),
        };
        let damaged = |error: shared::codec::Unreadable| StoreError::Shape(error.to_string());
        for row in tx.query(include_str!("town.sql"), &[from.into(), until.into()])? {
            match row.int(0)? {
                0 => {
                    let calendar: CalendarRecord = decode(&row.bytes(2)?).map_err(damaged)?;
                    town.calendar = Some(Calendar::of(&calendar));
                }
                1 => town.exceptional.push(decode(&row.bytes(2)?).map_err(damaged)?),
                _ => town.on_line = true,
            }
        }
        Ok(town)
    }

    /// What becomes of a reservation.
    pub(super) fn effect(&self, child: &SeenChild, booked: &Booked) -> DayEffect {
        let over = self.exceptional.iter().filter(|one| lies_over(one, booked.date));
        let days: Vec<ExceptionalDayRecord> = over.cloned().collect();
        let judged = Judged {
            met: Met {
                school: child.school.as_ref().map(|(id, _)| *id),
                class: child.class.as_ref().map(|(id, _)| *id),
                site: booked.site,
                service: Some(booked.service),
            },
            hours: child.hours,
            opens: booked.opens,
            closes: booked.closes,
            meal: booked.meal,
        };
        effect(&days, &judged)
    }

    /// Why nothing is booked on a day, where the calendar knows; `None` on a day of rest that needs no word.
    pub(super) fn why_nothing(&self, date: NaiveDate) -> Nothing {
        let kind = self.calendar.as_ref().map(|calendar| calendar.day(date));
        match kind {
            Some(DayKind::PublicHoliday(name)) => Nothing::Named(name.to_owned()),
            Some(DayKind::Vacation(name)) => Nothing::Named(name.to_owned()),
            Some(DayKind::Local(name, LocalKind::Closed | LocalKind::Vacation)) => Nothing::Named(name),
            Some(DayKind::Local(_, LocalKind::School) | DayKind::School) => Nothing::Booked,
            Some(DayKind::WeekEnd) => Nothing::Rest,
            Some(DayKind::Unknown) | None => match date.weekday() {
                Weekday::Sat | Weekday::Sun => Nothing::Rest,
                _ => Nothing::Booked,
            },
        }
    }
}

/// Why a day is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// Nobody booked anything.
    Booked,
    /// A week-end.
    Rest,
    /// A holiday, by its name.
    Named(String),
}

/// How a reservation that is still to come is shown.
pub(super) fn to_come(booked: &Booked, effect: DayEffect) -> LineView {
    let (state, note) = match effect {
        DayEffect::Keep => (LineState::Booked, None),
        DayEffect::Note(words) => (LineState::Booked, Some(words)),
        DayEffect::Away { words, .. } => (LineState::Away, Some(words)),
        DayEffect::Drop => (LineState::Closed, None),
    };
    LineView {
        activity: booked.name.clone(),
        detail: Some(hours_of(booked)),
        formula: booked.formula.clone(),
        state,
        note,
    }
}

/// « 16 h 30 – 18 h 30 ».
fn hours_of(booked: &Booked) -> String {
    let at = |minute: Minute| hour_or_full(minute.time());
    format!("{} – {}", at(booked.opens), at(booked.closes))
}

/// The next days of a child, today first; days of rest without anything are left out, and a run of days of which
/// the same is said stands in one line.
pub(super) fn next_days(
    child: &SeenChild,
    all: &[Booked],
    town: &TownDays,
    today: NaiveDate,
    days: u64,
) -> Vec<DayView> {
    let mut views: Vec<(NaiveDate, DayView)> = Vec::new();
    for date in (0..days).map(|ahead| today + Days::new(ahead)) {
        if child.left_on.is_some_and(|left| left <= date) {
            break;
        }
        let ours = child.is_ours_on(town.calendar.as_ref(), date);
        let lines: Vec<LineView> = all
            .iter()
            .filter(|one| ours && one.child == child.id && one.date == date)
            .map(|one| to_come(one, town.effect(child, one)))
            .collect();
        let said = match (lines.is_empty(), ours, town.why_nothing(date)) {
            (false, ..) => None,
            (true, _, Nothing::Rest) if date != today => continue,
            (true, _, Nothing::Named(name)) => Some(DaySaid::Named(name)),
            (true, false, _) => Some(DaySaid::Elsewhere),
            (true, true, Nothing::Rest) => Some(DaySaid::Rest),
            (true, true, Nothing::Booked) => Some(DaySaid::NothingBooked),
        };
        if let Some((last, view)) = views.last_mut()
            && said.is_some()
            && view.said == said
            && *last != today
        {
            view.until = Some(day(date));
            *last = date;
            continue;
        }
        views.push((
            date,
            DayView {
                date: date.to_string(),
                label: day(date),
                until: None,
                nearness: nearness(date, today),
                lines,
                said,
            },
        ));
    }
    views.into_iter().map(|(_, view)| view).collect()
}

/// Today, tomorrow, or neither.
pub(super) fn nearness(date: NaiveDate, today: NaiveDate) -> Option<Near> {
    match (date - today).num_days() {
        0 => Some(Near::Today),
        1 => Some(Near::Tomorrow),
        _ => None,
    }
}

/// The Monday of a date's week.
pub(super) fn monday_of(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

pub(super) use server_ui::portal::days::{DaySaid, Near};
