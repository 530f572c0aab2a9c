//! Booking by rules, at the desk: for a family by telephone or in person, what families ask and wait for, how full
//! sessions are, who has not booked, and what rules ask about a household.
//!
//! What becomes of a line is never decided here: `shared::booking::judge` says it on what `crate::rules` reads, once to
//! show it and once more in the transaction that writes it.

mod facts;
mod family;
mod grid;
mod make;
mod occupation;
mod queue;
mod reached;
mod recap;
mod settle;
mod submit;
mod without;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{Datelike, Days, Months, NaiveDate};

use server_ui::desk::booking::cell_words;

use crate::bookings::{month, week};
use crate::web::App;

/// Largest form: a month of several children.
const MAX_FORM: usize = 64 * 1024;
/// How far from today a page may look, in days.
const FAR_DAYS: u64 = 800;

/// What families ask.
const QUEUE: &str = "/demandes-reservations";
/// How full sessions are.
const OCCUPATION: &str = "/occupation";
/// Who has not booked.
const WITHOUT: &str = "/sans-reservation";
/// Where somebody is found.
const FIND: &str = "/reservations";

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/{slug}/gestion/familles/{household}/reservations",
            get(family::show)
                .post(submit::take)
                .layer(DefaultBodyLimit::max(MAX_FORM)),
        )
        .route(
            "/{slug}/gestion/familles/{household}/reservations/recapitulatif/{id}",
            get(recap::show),
        )
        .route(
            "/{slug}/gestion/familles/{household}/regles",
            get(facts::show).post(facts::household),
        )
        .route(
            "/{slug}/gestion/familles/{household}/pieces/{child}",
            post(facts::papers),
        )
        .route(
            "/{slug}/gestion/familles/{household}/reglements",
            post(settle::take),
        )
        .route(
            "/{slug}/gestion/demandes-reservations",
            get(queue::show).post(queue::decide),
        )
        .route("/{slug}/gestion/occupation", get(occupation::show))
        .route("/{slug}/gestion/occupation/fichier", get(occupation::as_file))
        .route("/{slug}/gestion/sans-reservation", get(without::show))
        .route("/{slug}/gestion/sans-reservation/fichier", get(without::as_file))
}

/// Words and addresses of the lists, beside where somebody is found.
pub(super) fn lists(root: &str) -> Vec<(String, String)> {
    let [requests, waiting] = cell_words::queues();
    vec![
        (requests, format!("{root}{QUEUE}")),
        (waiting, format!("{root}{QUEUE}?sorte=attente")),
        (cell_words::occupation(), format!("{root}{OCCUPATION}")),
        (cell_words::without(), format!("{root}{WITHOUT}")),
    ]
}

/// A week or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Week,
    Month,
}

impl Way {
    fn parse(word: &str) -> Self {
        if word == "mois" { Self::Month } else { Self::Week }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Week => "semaine",
            Self::Month => "mois",
        }
    }

    /// The weeks shown, each whole.
    fn weeks(self, date: NaiveDate) -> Vec<Vec<NaiveDate>> {
        match self {
            Self::Week => vec![week(date)],
            Self::Month => month(date),
        }
    }

    /// A date of the span before, and one of the span after.
    fn around(self, date: NaiveDate) -> [NaiveDate; 2] {
        match self {
            Self::Week => [
                date.checked_sub_days(Days::new(7)).unwrap_or(date),
                date.checked_add_days(Days::new(7)).unwrap_or(date),
            ],
            Self::Month => {
                let first = date.with_day(1).unwrap_or(date);
                [
                    first.checked_sub_months(Months::new(1)).unwrap_or(first),
                    first.checked_add_months(Months::new(1)).unwrap_or(first),
                ]
            }
        }
    }
}

/// The date that an address names; nothing where nobody plans for it.
fn date_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text.is_empty() {
        return Some(today);
    }
    let first = today.checked_sub_days(Days::new(FAR_DAYS))?;
    let last = today.checked_add_days(Days::new(FAR_DAYS))?;
    text.parse().ok().filter(|date| (first..=last).contains(date))
}

/// The first and the last date of some weeks.
fn ends(weeks: &[Vec<NaiveDate>], otherwise: NaiveDate) -> (NaiveDate, NaiveDate) {
    let all = || weeks.iter().flatten().copied();
    (all().min().unwrap_or(otherwise), all().max().unwrap_or(otherwise))
}

/// A file that French spreadsheets open at a click.
fn csv(name: &str, rows: &[Vec<String>]) -> Response {
    let mut text = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", harmless(cell))).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, text).into_response()
}

/// A cell that ends no cell and that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    let quoted = cell.replace('"', "\"\"");
    if quoted.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{quoted}")
    } else {
        quoted
    }
}
