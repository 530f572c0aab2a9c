//! The day of a site: the list beside what was pointed.

use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use server_ui::desk::{
    Bar, Board, BoardPage, BoardRow, Choice, Listing, Notice, RowStanding, Tab, board_fragment, board_page,
};
use shared::codec::Minute;
use shared::day_list::{ListedActivity, Standing};
use shared::day_view::DayRow;
use shared::words::hour;

use super::contradictions;
use super::day::{Day, Pointed, Site, crew, day_of, head, hour_of, is_unexpected, sites};
use super::discrepancies;
use super::quarantine::end_of;
use super::reach::Reach;
use super::reply::{DeskError, page};
use super::rights::Right;
use super::visit::Desk;
use crate::commune::Commune;
use crate::store::{Read, StoreError};

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    site: Option<String>,
    date: Option<String>,
    activite: Option<String>,
}

/// Where a list is to be found.
pub(super) fn address(commune: &Commune, site: &str, date: NaiveDate, activity: Option<&str>) -> String {
    let activity = activity
        .map(|slug| format!("&activite={slug}"))
        .unwrap_or_default();
    format!("/{}/gestion/jour?site={site}&date={date}{activity}", commune.slug)
}

pub(super) async fn show(
    desk: Desk,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::SeeBoard)?;
    let Query(asked) = asked.unwrap_or_default();
    let (bar, part_only) = (desk.bar(), desk.visit.header("x-fragment") == Some("board"));
    let reach = desk.reach().clone();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| find(tx, commune, bar, &reach, &asked))
    });
    let view = match found.await? {
        Found::Page(view) => view,
        Found::Nothing => return Err(desk.said(Notice::PageUnknown)),
        Found::OutOfReach => return Err(desk.said(Notice::Forbidden)),
    };
    let html = if part_only {
        board_fragment(&view.board)
    } else {
        board_page(&view)
    };
    Ok(page(StatusCode::OK, html))
}

/// What an address leads to.
enum Found {
    Page(Box<BoardPage>),
    /// It names a site, a date or an activity that does not exist.
    Nothing,
    /// The site is not one of the director's.
    OutOfReach,
}

/// The page asked for.
fn find(
    tx: &mut dyn Read,
    commune: &Arc<Commune>,
    bar: Bar,
    reach: &Reach,
    asked: &Asked,
) -> Result<Found, StoreError> {
    let today = commune.today();
    let date = match asked.date.as_deref().filter(|text| !text.is_empty()) {
        None => today,
        Some(text) => match text.parse::<NaiveDate>() {
            // Years beyond these have no weekday anyone plans for, and some no day before.
            Ok(date) if (1..=9998).contains(&chrono::Datelike::year(&date)) => date,
            _ => return Ok(Found::Nothing),
        },
    };
    let sites = sites(tx)?;
    let site = match asked.site.as_deref() {
        None => sites.iter().find(|site| reach.has(site.id) && !site.retired),
        Some(slug) => sites.iter().find(|site| site.slug == slug),
    };
    let Some(site) = site else {
        return Ok(Found::Nothing);
    };
    if !reach.has(site.id) {
        return Ok(Found::OutOfReach);
    }
    let crew = crew(tx)?;
    let pointed = Pointed::load(tx, date)?;
    let day = pointed.at(tx, site.id, commune)?;
    let activity = match asked.activite.as_deref() {
        None => of_the_hour(&day.list.activities, commune, date == today),
        Some(slug) => match day.list.activity(slug) {
            None if !exists(tx, slug)? => return Ok(Found::Nothing),
            found => found,
        },
    };
    let shown = activity.map(|a| a.slug.as_str()).or(asked.activite.as_deref());
    let to = |date: NaiveDate| address(commune, &site.slug, date, shown);
    Ok(Found::Page(Box::new(BoardPage {
        bar,
        site: choice(site),
        sites: sites
            .iter()
            .filter(|other| reach.has(other.id) && (!other.retired || other.id == site.id))
            .map(choice)
            .collect(),
        date: date.to_string(),
        date_label: day_of(date, today),
        before: to(date - Days::new(1)),
        today: (date != today).then(|| to(today)),
        after: to(date + Days::new(1)),
        events: format!("/{}/gestion/evenements", commune.slug),
        board: Board {
            address: to(date),
            head: head(tx).map(|head| format!("{}:{}", head.branch, head.seq))?,
            as_of: hour_of(commune.clock.now(), commune),
            notices: day.list.notices.clone(),
            tabs: tabs(&pointed, &day, site, activity, commune),
            listing: activity.map(|activity| Listing {
                closed_by: pointed.closed_by(site.id, activity.id, &crew, commune),
                ..listing(&pointed, &day, activity, &sites, commune)
            }),
        },
    })))
}

fn exists(tx: &mut dyn Read, slug: &str) -> Result<bool, StoreError> {
    Ok(tx
        .first(include_str!("../../record/activity/by_slug.sql"), &[slug.into()])?
        .is_some())
}

/// Today, the first activity that has not ended; otherwise the first of the day.
fn of_the_hour<'a>(
    all: &'a [ListedActivity],
    commune: &Commune,
    is_today: bool,
) -> Option<&'a ListedActivity> {
    let now = Minute::of(commune.clock.now().time_in(commune.zone));
    all.iter()
        .find(|activity| !is_today || activity.closes > now)
        .or(all.last())
}

fn choice(site: &Site) -> Choice {
    Choice {
        slug: site.slug.clone(),
        name: site.name.clone(),
    }
}

fn tabs(
    pointed: &Pointed,
    day: &Day,
    site: &Site,
    shown: Option<&ListedActivity>,
    commune: &Commune,
) -> Vec<Tab> {
    let tab = |activity: &ListedActivity| Tab {
        slug: activity.slug.to_string(),
        name: activity.name.clone(),
        address: address(commune, &site.slug, pointed.date, Some(activity.slug.as_str())),
        current: shown.is_some_and(|shown| shown.id == activity.id),
        tally: day.tally(activity.id),
        closing: pointed.closing(site.id, activity.id, commune),
        conflicts: contradictions::count(pointed, site.id, activity.id),
    };
    day.list.activities.iter().map(tab).collect()
}

fn listing(
    pointed: &Pointed,
    day: &Day,
    activity: &ListedActivity,
    sites: &[Site],
    commune: &Commune,
) -> Listing {
    let (booked, others): (Vec<&DayRow>, Vec<&DayRow>) =
        day.of(activity.id).partition(|row| !is_unexpected(row));
    let rows = |rows: Vec<&DayRow>| {
        rows.into_iter()
            .map(|row| BoardRow {
                described: pointed.described(row.child, commune),
                standing: standing(row, sites),
                ..board_row(row, commune)
            })
            .collect()
    };
    Listing {
        activity: activity.name.clone(),
        slug: activity.slug.to_string(),
        hours: format!(
            "{} – {}",
            hour(activity.opens.time()),
            hour(activity.closes.time())
        ),
        closing: pointed.closing(day.list.site, activity.id, commune),
        closed_by: None,
        tally: day.tally(activity.id),
        conflicts: contradictions::of_list(pointed, day, activity.id, sites, commune),
        decide: discrepancies::of_list(
            commune,
            pointed.date,
            site_slug(day, sites),
            activity.slug.as_str(),
        ),
        expected: rows(booked),
        unexpected: rows(others),
    }
}

fn site_slug<'s>(day: &Day, sites: &'s [Site]) -> &'s str {
    let site = sites.iter().find(|site| site.id == day.list.site);
    site.map_or("", |site| site.slug.as_str())
}

/// Why a child is not simply expected.
fn standing(row: &DayRow, sites: &[Site]) -> Option<RowStanding> {
    if let Some(to) = row.moved_to {
        let site = sites.iter().find(|site| site.id == to);
        return Some(RowStanding::Moved(
            site.map(|site| site.name.clone()).unwrap_or_default(),
        ));
    }
    Some(match row.standing()? {
        Standing::Away { words, picnic } => RowStanding::Away(words.clone(), *picnic),
        Standing::Free => RowStanding::Free,
        Standing::Guest { from } => RowStanding::Guest(from.clone()),
    })
}

fn board_row(row: &DayRow, commune: &Commune) -> BoardRow {
    let listed = row.listed.as_ref();
    let planned = |minute: Option<Minute>| minute.map(|minute| hour(minute.time()));
    // A class says it better than its school; a child of elsewhere has only the school.
    let home = row.class.clone().or_else(|| row.school.clone());
    let group = listed
        .and_then(|l| l.group.clone())
        .filter(|group| home.as_ref() != Some(group));
    let stay = |(from, to): &(Option<shared::time::UtcMs>, Option<shared::time::UtcMs>)| {
        let at = |t: &Option<shared::time::UtcMs>| t.map(|t| hour_of(t, commune)).unwrap_or_default();
        format!("{} – {}", at(from), at(to)).trim().to_owned()
    };
    BoardRow {
        last_name: row.last_name.clone(),
        first_name: row.first_name.clone(),
        id_end: end_of(row.child.0),
        details: [home, group, row.formula.clone()].into_iter().flatten().collect(),
        sitting: listed.and_then(|l| l.sitting),
        table: listed.and_then(|l| l.table.clone()),
        comes_from: listed.and_then(|l| l.comes_from.clone()),
        goes_to: listed.and_then(|l| l.goes_to.clone()),
        badges: row.badges.clone(),
        state: row.state,
        reason: row.reason,
        by_closing: row.absent_by_closing,
        in_at: row.in_at.map(|at| hour_of(at, commune)),
        out_at: row.out_at.map(|at| hour_of(at, commune)),
        in_expected: planned(listed.and_then(|l| l.expected_in)),
        out_expected: planned(listed.and_then(|l| l.expected_out)),
        stays: row.intervals.iter().map(stay).collect(),
        conflict: row.conflict,
        standing: None,
        note: listed.and_then(|l| l.note.clone()),
        described: None,
    }
}
