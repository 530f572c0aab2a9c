//! School holidays as published: data, one line a period.
//!
//! A period runs from the first day without school to the last. A departure published for a
//! Saturday begins that Saturday; published for another day it begins after class, so on the next.
//! Where the next rentrée was not found, the last summer ends on 31 July: no school year of ours
//! begins before August. What lies outside `known.csv` is unknown and is asked of the town.
//! `docs/calendar.md` names the source of every line, and the academies that have none.

use chrono::NaiveDate;

use super::SchoolZone;

const PERIODS: &str = include_str!("vacations.csv");
const KNOWN: &str = include_str!("known.csv");

/// A published school holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacation {
    /// The school year as its authority writes it: « 2026-2027 », or « 2026 » in the Pacific.
    pub year: &'static str,
    /// First day without school.
    pub from: NaiveDate,
    /// Last day without school.
    pub until: NaiveDate,
    /// « Vacances de la Toussaint ».
    pub name: &'static str,
}

/// The published holidays of a zone, oldest first.
pub fn vacations(zone: SchoolZone) -> Vec<Vacation> {
    lines(PERIODS, zone)
        .filter_map(|[year, from, until, name]| {
            Some(Vacation {
                year,
                from: from.parse().ok()?,
                until: until.parse().ok()?,
                name,
            })
        })
        .collect()
}

/// The days for which a zone's calendar is known, oldest first.
pub fn known(zone: SchoolZone) -> Vec<(NaiveDate, NaiveDate)> {
    lines(KNOWN, zone)
        .filter_map(|[from, until]| Some((from.parse().ok()?, until.parse().ok()?)))
        .collect()
}

/// The columns after the zone, of the lines of one zone.
fn lines<const N: usize>(table: &'static str, zone: SchoolZone) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter_map(move |line| {
        let (of, columns) = line.split_once(',')?;
        (of == zone.as_str()).then_some(())?;
        columns.splitn(N, ',').collect::<Vec<_>>().try_into().ok()
    })
}
