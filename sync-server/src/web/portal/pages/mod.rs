//! What may be read before log-in: news, menus, tariffs, règlement, legal pages; the town's logo and colours.
//!
//! Where nobody is in, whatever lies between may keep a page for a minute: nothing of a session is drawn on it.

mod files;
mod kept;
mod menus;
mod news;
mod ruled;
mod texts;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use server_ui::portal::Place;
use server_ui::portal::pages::unopened_page;
use shared::ids::SiteId;
use shared::time::UtcMs;
use shared::words::day;

use super::family::Guest;
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/actualites", get(news::list))
        .route("/{slug}/actualites/{id}", get(news::show))
        .route("/{slug}/menus", get(menus::show))
        .route("/{slug}/tarifs", get(texts::tariffs))
        .route("/{slug}/reglement", get(texts::rules).post(texts::accept_rules))
        .route("/{slug}/mentions-legales", get(texts::legal))
        .route(
            "/{slug}/conditions",
            get(texts::conditions).post(texts::accept_conditions),
        )
        .route("/{slug}/accessibilite", get(texts::accessibility))
        .route("/{slug}/donnees-personnelles", get(texts::privacy))
        .route("/{slug}/aide", get(texts::help))
        .route("/{slug}/logo", get(files::logo))
        .route("/{slug}/couleurs.css", get(files::colours))
}

/// The page of a tab that the town has not opened; `None` where it has.
pub(super) fn unopened(guest: &Guest, place: Place) -> Option<Response> {
    let html = unopened_page(&guest.frame(Some(place)), place, &guest.ground.portal)?;
    Some(kept::page(guest, html))
}

/// « lundi 23 novembre 2026 », by the clocks of the commune.
fn day_of(at: UtcMs, commune: &Commune) -> String {
    let date = at.date_in(commune.zone);
    format!("{} {}", day(date), chrono::Datelike::year(&date))
}

/// The names of some sites.
fn names_of(tx: &mut dyn Read, of: &[SiteId]) -> Result<Vec<String>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let sites = record::sites(tx)?.into_iter();
    Ok(sites
        .filter(|(site, _)| of.contains(&site.id))
        .map(|(site, _)| site.name)
        .collect())
}
