//! The grid of a child: which activities, which days, and what stands in each cell. Pure.

use chrono::{Datelike, NaiveDate, Weekday};
use server_ui::portal::bookings::{CellState, CellView, ChildGrid, DayRow, Note};
use server_ui::portal::days::DaySaid;
use shared::booking::{ChildFacts, set_for};
use shared::calendar::DayKind;
use shared::ids::{ActivityId, ServiceId, SiteId};
use shared::operation::{ActivityRecord, LocalKind};

use super::civil;
use super::stand::{Seen, Stand, price};

/// Which cells are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The first day.
    pub(super) from: NaiveDate,
    /// The last.
    pub(super) until: NaiveDate,
    /// Of which service.
    pub(super) service: Option<ServiceId>,
    /// At which site.
    pub(super) site: Option<SiteId>,
}

/// Draws it up.
pub(super) fn grid_of(seen: &Seen<'_>, child: &ChildFacts, wanted: Wanted) -> ChildGrid {
    let dates = || wanted.from.iter_days().take_while(|date| *date <= wanted.until);
    let mut found: Vec<(NaiveDate, &ActivityRecord, Stand)> = Vec::new();
    for date in dates() {
        for activity in on(seen, child, date) {
            let there = seen.session(child, activity, date).map(|session| session.site);
            let fits = wanted.service.is_none_or(|service| activity.service == service)
                && wanted.site.is_none_or(|site| there == Some(site));
            if let Some(stand) = fits.then(|| seen.stand(child, activity, date)).flatten() {
                found.push((date, activity, stand));
            }
        }
    }
    let mut columns: Vec<&ActivityRecord> = Vec::new();
    for (_, activity, _) in &found {
        if columns.iter().all(|one| one.id != activity.id) {
            columns.push(activity);
        }
    }
    columns.sort_by(|a, b| (a.opens, &a.slug).cmp(&(b.opens, &b.slug)));
    let place = |id: ActivityId| columns.iter().position(|one| one.id == id).unwrap_or(0) + 1;
    let mut found = found.into_iter().peekable();
    let mut days = Vec::new();
    for date in dates() {
        let mut cells = Vec::new();
        while let Some((_, activity, stand)) = found.next_if(|(day, ..)| *day == date) {
            cells.push(cell_of(seen, place(activity.id), activity, stand));
        }
        cells.sort_by_key(|cell| cell.column);
        let rests = seen
            .ground
            .standing
            .iter()
            .any(|one| one.child == child.id && one.session.date == date);
        let all_closed = !rests && cells.iter().all(|cell| cell.state == CellState::Closed);
        if let (true, Some(Note::Text(name))) = (all_closed, cells.first().and_then(|cell| cell.note.clone()))
        {
            days.push(DayRow {
                date,
                cells: Vec::new(),
                said: Some(DaySaid::Named(name)),
            });
            continue;
        }
        match (cells.is_empty(), said(seen, child, date)) {
            (false, said) => days.push(DayRow {
                date,
                cells,
                said: said.filter(|said| *said == DaySaid::Elsewhere),
            }),
            (true, Some(said)) if said != DaySaid::Rest => days.push(DayRow {
                date,
                cells,
                said: Some(said),
            }),
            (true, _) => {}
        }
    }
    ChildGrid {
        id: child.id,
        first_name: child.first_name.clone(),
        symbol: seen.beside.symbol(child.id),
        columns: columns.iter().map(|one| one.name.clone()).collect(),
        days,
    }
}

/// The activities of which something may stand on a day.
fn on<'a>(seen: &'a Seen<'_>, child: &ChildFacts, date: NaiveDate) -> Vec<&'a ActivityRecord> {
    let pointed = seen.pointed.activities_of(date, child.id);
    let all = seen.ground.activities.values();
    all.filter(|activity| {
        set_for(activity.id, date, seen.ground).is_some()
            || pointed.contains(&activity.id)
            || seen.standing(child, activity, date).is_some()
            || seen.wish(child, activity, date).is_some()
            || seen.beside.line(child.id, activity.id, date).is_some()
    })
    .collect()
}

fn cell_of(seen: &Seen<'_>, column: usize, activity: &ActivityRecord, stand: Stand) -> CellView {
    let mut prices: Vec<_> = stand
        .choices
        .iter()
        .filter_map(|choice| price(&choice.priced))
        .collect();
    prices.dedup();
    CellView {
        is_least: prices.len() > 1,
        column,
        slug: activity.slug.to_string(),
        activity: activity.name.clone(),
        state: stand.state,
        detail: stand.detail,
        note: stand.note,
        until: stand.until.map(|at| civil(at, seen.ground.zone)),
        price: stand.price,
        tap: stand.tap,
    }
}

/// What is said of a day.
fn said(seen: &Seen<'_>, child: &ChildFacts, date: NaiveDate) -> Option<DaySaid> {
    if !seen.is_ours(child, date) {
        return Some(match date.weekday() {
            Weekday::Sat | Weekday::Sun => DaySaid::Rest,
            _ => DaySaid::Elsewhere,
        });
    }
    let kind = seen.ground.calendar.as_ref().map(|calendar| calendar.day(date));
    Some(match kind {
        Some(DayKind::PublicHoliday(name)) => DaySaid::Named(name.to_owned()),
        Some(DayKind::Vacation(name)) => DaySaid::Named(name.to_owned()),
        Some(DayKind::Local(name, LocalKind::Closed | LocalKind::Vacation)) => DaySaid::Named(name),
        Some(DayKind::WeekEnd) => DaySaid::Rest,
        _ if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) => DaySaid::Rest,
        _ if child.left_on.is_some_and(|left| left <= date) || date < seen.today => DaySaid::NothingWasBooked,
        _ => DaySaid::NothingBooked,
    })
}
