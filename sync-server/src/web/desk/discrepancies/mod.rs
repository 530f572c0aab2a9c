//! `/{slug}/gestion/ecarts`: what does not agree, what is decided of it, and which sessions are complete.

mod act;
mod asked;
mod attach;
mod decided;
mod lines;
mod names;
mod read;
mod sessions;
mod show;
mod undo;
mod waive;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use chrono::{Days, NaiveDate};
use server_ui::desk::form::Address;
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use super::reach::Reach;
use crate::commune::Commune;
use crate::discrepancies;
use crate::store::StoreError;
use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/ecarts";
/// Largest form, in bytes: a page of boxes that are all ticked.
const MAX_DECISIONS: usize = 64 * 1024;
/// Lines on a page.
const SIZE: usize = 100;
/// Decided at once at most: one operation of the journal holds them.
const MOST: usize = 2_000;
/// The number beside the link to the page counts this many days.
const COUNTED_DAYS: u64 = 28;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/ecarts", get(show::show))
        .route(
            "/{slug}/gestion/ecarts/decider",
            get(show::again)
                .post(act::decide)
                .layer(DefaultBodyLimit::max(MAX_DECISIONS)),
        )
        .route("/{slug}/gestion/ecarts/annuler", post(undo::undo))
        .route(
            "/{slug}/gestion/ecarts/rattacher/{cle}",
            get(attach::show).post(attach::submit),
        )
        .route(
            "/{slug}/gestion/ecarts/seance/{site}/{date}/{activite}",
            get(waive::show).post(waive::submit),
        )
}

/// Where what does not agree on one list is decided.
pub(super) fn of_list(commune: &Commune, date: NaiveDate, site: &str, activity: &str) -> String {
    Address::new(format!("/{}/gestion{PATH}", commune.slug))
        .with("du", date)
        .with("au", date)
        .with("site", site)
        .with("activite", activity)
        .to_string()
}

/// How many of the last weeks are open within reach, as far as they were looked for.
pub(super) fn count_open(commune: &Commune, reach: &Reach) -> Result<u64, StoreError> {
    let today = commune.today();
    let from = today.checked_sub_days(Days::new(COUNTED_DAYS)).unwrap_or(today);
    let open = commune.store.read(|tx| discrepancies::open_since(tx, from))?;
    let within = open.into_iter().filter(|(site, _)| reach.has(*site));
    Ok(within.map(|(_, count)| count).sum())
}

/// « lundi 23 novembre, 16 h 42 ».
fn moment(at: UtcMs, commune: &Commune) -> String {
    let day = day_of(at.date_in(commune.zone), commune.today());
    format!("{day}, {}", hour_of(at, commune))
}
