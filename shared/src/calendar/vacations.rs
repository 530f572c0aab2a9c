//! School holidays as published: data, one line a period.
//!
//! A period runs from the first day without school to the last. A departure published for a
//! Saturday begins that Saturday; published for another day it begins after class, so on the next.
//! Where the next rentrée was not found, the last summer ends on 31 July: no school year of ours
//! begins before August. What lies outside `known.csv` is unknown and is asked of the town.
//! `docs/calendar.md` names the source of every line, and the academies that have none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// By the name of their zone.
type ByZone<T> = LazyLock<BTreeMap<&'static str, Vec<T>>>;

static VACATIONS: ByZone<Vacation> = LazyLock::new(|| {
    by_zone(PERIODS, |[year, from, until, name]| {
        Some(Vacation {
            year,
            from: from.parse().ok()?,
            until: until.parse().ok()?,
            name,
        })
    })
});

static SPANS: ByZone<(NaiveDate, NaiveDate)> = LazyLock::new(|| {
    by_zone(KNOWN, |[from, until]| {
        Some((from.parse().ok()?, until.parse().ok()?))
    })
});

/// The published holidays of a zone, oldest first.
pub fn vacations(zone: SchoolZone) -> &'static [Vacation] {
    VACATIONS.get(zone.as_str()).map_or(&[], Vec::as_slice)
}

/// The days for which a zone's calendar is known, oldest first.
pub fn known(zone: SchoolZone) -> &'static [(NaiveDate, NaiveDate)] {
    SPANS.get(zone.as_str()).map_or(&[], Vec::as_slice)
}

/// The lines of a table by their zone, which is the first column; a line that cannot be read is left out.
fn by_zone<const N: usize, T>(
    table: &'static str,
    read: impl Fn([&'static str; N]) -> Option<T>,
) -> BTreeMap<&'static str, Vec<T>> {
    let mut all: BTreeMap<_, Vec<T>> = BTreeMap::new();
    for line in table.lines() {
        let Some((zone, columns)) = line.split_once(',') else {
            continue;
        };
        let columns: Option<[&str; N]> = columns.splitn(N, ',').collect::<Vec<_>>().try_into().ok();
        if let Some(one) = columns.and_then(&read) {
            all.entry(zone).or_default().push(one);
        }
    }
    all
}
