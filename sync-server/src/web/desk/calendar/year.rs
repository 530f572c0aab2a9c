//! A school year.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::calendar::{Cell, CellKind, Month, YearPage, Years, year_page};
use shared::calendar::{Calendar, DayKind};
use shared::exceptional::lies_over;
use shared::operation::{ExceptionalDayRecord, LocalKind};

use super::{CALENDAR, DAYS};
use crate::record;
use crate::store::StoreError;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

/// The years whose calendar can be looked at.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2150;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeStructure)?;
    let asked = desk.asked(&["annee"]);
    let asked = match asked.value("annee") {
        "" => None,
        text => match text.parse().ok().filter(|year| YEARS.contains(year)) {
            Some(year) => Some(year),
            None => return Err(desk.said(Notice::PageUnknown)),
        },
    };
    let bar = desk.bar();
    let settings =
        may(desk.session.role, Right::EditCalendar).then(|| desk.at(&format!("{CALENDAR}/reglages")));
    let (here, days) = (desk.at(CALENDAR), desk.at(DAYS));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let calendar = record::calendar(tx)?.map(|(calendar, _)| calendar);
            let exceptional: Vec<_> = record::exceptional_days(tx)?
                .into_iter()
                .map(|(day, _)| day)
                .collect();
            let first = calendar.as_ref().map_or(9, |c| c.zone.first_month());
            let year = asked.unwrap_or_else(|| today.year() - i32::from(today.month() < first));
            let address = |year: i32| format!("{here}?annee={year}");
            let months = calendar.as_ref().map_or_else(Vec::new, |record| {
                months(&Calendar::of(record), &exceptional, year, first, today)
            });
            Ok::<_, StoreError>(YearPage {
                years: Years {
                    label: label(year, first),
                    before: address(year - 1),
                    after: address(year + 1),
                },
                has_unknown: months
                    .iter()
                    .any(|month| month.cells.iter().any(|cell| cell.kind == CellKind::Unknown)),
                months,
                follows: calendar.map(|calendar| (calendar.zone, calendar.region)),
                bar,
                settings,
                days,
            })
        })
    });
    Ok(page(StatusCode::OK, year_page(&view.await?)))
}

/// A school year that begins in summer lies in two years.
fn label(year: i32, first_month: u32) -> String {
    if first_month > 6 {
        format!("{year}-{}", year + 1)
    } else {
        year.to_string()
    }
}

fn months(
    calendar: &Calendar,
    exceptional: &[ExceptionalDayRecord],
    year: i32,
    first_month: u32,
    today: NaiveDate,
) -> Vec<Month> {
    let Some(start) = NaiveDate::from_ymd_opt(year, first_month, 1) else {
        return Vec::new();
    };
    (0..12)
        .filter_map(|n| start.checked_add_months(Months::new(n)))
        .map(|first| month(calendar, exceptional, first, today))
        .collect()
}

fn month(
    calendar: &Calendar,
    exceptional: &[ExceptionalDayRecord],
    first: NaiveDate,
    today: NaiveDate,
) -> Month {
    let mut cells = Vec::new();
    let mut named: Vec<(u32, u32, String)> = Vec::new();
    let days = first.iter_days().take_while(|date| date.month() == first.month());
    for date in days {
        let kind = calendar.day(date);
        let words: Vec<&str> = exceptional
            .iter()
            .filter(|day| lies_over(day, date))
            .map(|day| day.words.as_str())
            .collect();
        let name = kind.name().map(str::to_owned);
        // Holidays run on over a public holiday within them.
        let around = match &kind {
            DayKind::PublicHoliday(_) => calendar.vacation_on(date).map(|period| period.name),
            _ => None,
        };
        for name in name
            .iter()
            .map(String::as_str)
            .chain(around)
            .chain(words.iter().copied())
        {
            let number = date.day();
            match named
                .iter_mut()
                .find(|(_, last, known)| known == name && *last + 1 == number)
            {
                Some((_, last, _)) => *last = number,
                None => named.push((number, number, name.to_owned())),
            }
        }
        cells.push(Cell {
            number: date.day(),
            kind: cell_kind(&kind),
            exceptional: !words.is_empty(),
            today: date == today,
            name: name
                .into_iter()
                .chain(words.into_iter().map(str::to_owned))
                .reduce(|a, b| format!("{a}, {b}")),
        });
    }
    Month {
        title: title(first),
        lead: first.weekday().num_days_from_monday() as usize,
        cells,
        named: named
            .into_iter()
            .map(|(from, until, name)| (span(from, until), name))
            .collect(),
    }
}

fn cell_kind(kind: &DayKind) -> CellKind {
    match kind {
        DayKind::PublicHoliday(_) => CellKind::Holiday,
        DayKind::Vacation(_) | DayKind::Local(_, LocalKind::Vacation) => CellKind::Vacation,
        DayKind::Local(_, LocalKind::Closed) => CellKind::Closed,
        DayKind::Local(_, LocalKind::School) => CellKind::OwnSchool,
        DayKind::WeekEnd => CellKind::WeekEnd,
        DayKind::School => CellKind::School,
        DayKind::Unknown => CellKind::Unknown,
    }
}

fn span(from: u32, until: u32) -> String {
    if from == until {
        from.to_string()
    } else {
        format!("{from}\u{a0}–\u{a0}{until}")
    }
}

/// « novembre 2026 »: what stands after the number in « lundi 2 novembre ».
fn title(first: NaiveDate) -> String {
    let second = first.checked_add_days(Days::new(1)).unwrap_or(first);
    let words = shared::words::day(second);
    let month = words.split(' ').next_back().unwrap_or_default();
    format!("{month} {}", first.year())
}
