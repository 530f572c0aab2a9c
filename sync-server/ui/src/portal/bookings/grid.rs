//! The grid of a child: days one below the other, activities side by side where there is room.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::ids::ChildId;
use shared::words::day;

use super::BookingsPage;
use super::cell::{CellView, cell};
use crate::portal::days::{DaySaid, said_words};
use crate::portal::home::symbol;
use crate::words::{t, t1};

/// The most columns that stand side by side.
const MOST_COLUMNS: usize = 6;

/// A child's days.
#[derive(Clone, Debug)]
pub struct ChildGrid {
    /// Which child.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// The activities' names, from the left.
    pub columns: Vec<String>,
    /// The days.
    pub days: Vec<DayRow>,
}

/// A day of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// Which.
    pub date: NaiveDate,
    /// Its cells, from the left.
    pub cells: Vec<CellView>,
    /// What is said of the day.
    pub said: Option<DaySaid>,
}

/// Draws it.
pub(super) fn grid(page: &BookingsPage, child: &ChildGrid) -> AnyView {
    let title = format!("enfant-{}", child.id);
    let labelled = title.clone();
    let id = child.id.to_string();
    let base = page.frame.at("/reservations");
    // More stand one after the other, each with its name.
    let columns = Some(child.columns.len())
        .filter(|n| *n <= MOST_COLUMNS)
        .unwrap_or(0);
    let class = format!("grid n{columns}");
    let heads: Vec<_> = child
        .columns
        .iter()
        .enumerate()
        .map(|(n, name)| view! { <span class=format!("k{}", n + 1)>{name.clone()}</span> }.into_any())
        .collect();
    let (mut past, mut days) = (Vec::new(), Vec::new());
    let mut week = None;
    for row in &child.days {
        let this = row.date.iso_week();
        let first = week.is_some_and(|week| week != this);
        week = Some(this);
        let drawn = day_row(page, row, first, child, &base);
        if is_over(page, row.date) {
            past.push(drawn);
        } else {
            days.push(drawn);
        }
    }
    let none = child.days.is_empty();
    let past = (!past.is_empty()).then(|| {
        view! { <details class="grid-past"><summary>{t("portal-bookings-past-days")}</summary><ol role="list">{past}</ol></details> }
    });
    let symbol = symbol(child.symbol);
    let inside = view! {
        <div class="home-child-head">{symbol}<h3 id=title>{child.first_name.clone()}</h3></div>
        {(columns > 0).then(|| view! { <p class="grid-heads" aria-hidden="true"><span>{heads}</span></p> })}
        {past}
        <ol role="list">{days}</ol>
        {none.then(|| view! { <p class="home-quiet">{t1("portal-home-no-day", "name", child.first_name.as_str())}</p> })}
    }
    .into_any();
    let inside = match &page.token {
        Some(token) => view! {
            <form method="post" action=page.frame.at("/panier/lignes")>
                <input type="hidden" name="jeton" value=token.clone() />
                <input type="hidden" name="enfant" value=id.clone() />
                <input type="hidden" name="sorte" value="ajout" />
                <input type="hidden" name="retour" value=page.here() />
                {inside}
            </form>
        }
        .into_any(),
        None => inside,
    };
    view! { <section class=class aria-labelledby=labelled>{inside}</section> }.into_any()
}

/// In this month, the weeks before this one are folded: whoever books begins with what is to come.
fn is_over(page: &BookingsPage, date: NaiveDate) -> bool {
    let is_now = page.from <= page.today && page.today <= page.until;
    is_now && date < page.today && date.iso_week() != page.today.iso_week()
}

fn day_row(page: &BookingsPage, row: &DayRow, new_week: bool, child: &ChildGrid, base: &str) -> AnyView {
    let today = (row.date == page.today).then_some("date");
    // A day has one place on a page, that of the first child.
    let is_first = page.children.first().is_some_and(|one| one.id == child.id);
    let id = is_first.then(|| anchor(row.date));
    let child = child.id.to_string();
    let cells: Vec<_> = row
        .cells
        .iter()
        .map(|one| cell(one, row.date, &child, base))
        .collect();
    let class = new_week.then_some("w");
    let words = match today {
        Some(_) => format!("{} {}", t("portal-home-today"), day(row.date)),
        None => short(row.date),
    };
    view! {
        <li class=class aria-current=today>
            <h4 id=id>{words}</h4>
            {(!cells.is_empty()).then(|| view! { <div>{cells}</div> })}
            {row.said.as_ref().map(|said| view! { <p class="day-said">{said_words(said)}</p> })}
        </li>
    }
    .into_any()
}

/// The place of a day on the page.
pub fn anchor(date: NaiveDate) -> String {
    format!("j{}", date.format("%m%d"))
}

/// « mardi 24 »: the month stands above.
fn short(date: NaiveDate) -> String {
    let words = day(date);
    words
        .rsplit_once(' ')
        .map_or(words.clone(), |(short, _)| short.to_owned())
}
