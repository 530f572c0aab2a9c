//! `/{slug}/gestion/retour-apres-incident`: what came back, what is still owed, what is decided.

mod act;
mod proposals;
mod read;
mod show;
mod waive;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use shared::operation::Openness;
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use crate::commune::Commune;
use crate::offsite::{self, Trouble};
use crate::record::{self, Part};
use crate::returns;
use crate::store::{Read, StoreError};
use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/retour-apres-incident";
/// Largest form of proposals, in bytes: each box is forty.
const MAX_PROPOSALS: usize = 512 * 1024;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/retour-apres-incident", get(show::show))
        .route(
            "/{slug}/gestion/retour-apres-incident/propositions",
            post(act::propositions).layer(DefaultBodyLimit::max(MAX_PROPOSALS)),
        )
        .route(
            "/{slug}/gestion/retour-apres-incident/confirmer",
            post(act::confirm),
        )
        .route(
            "/{slug}/gestion/retour-apres-incident/signature",
            post(act::sign_off),
        )
        .route(
            "/{slug}/gestion/retour-apres-incident/tablettes/{id}",
            get(waive::show).post(waive::submit),
        )
}

/// What every page of the desk says while the server is not as usual.
#[derive(Clone, Debug, Default)]
pub(super) struct Unusual {
    /// A return from a loss is not signed off.
    pub(super) recovering: bool,
    /// Since when off-site copies fail.
    pub(super) offsite: Option<String>,
    /// Parts of the service that are not open.
    pub(super) unopened: Vec<Part>,
    /// How much of a history that was found again waits for a decision.
    pub(super) to_settle: u64,
}

/// Looked up for every page: a few rows of small tables.
pub(super) fn unusual(commune: &Commune) -> Result<Unusual, StoreError> {
    let since = offsite::status(commune)?.trouble.map(|trouble| match trouble {
        Trouble::Failing { since, .. } | Trouble::Late { since } => since,
    });
    commune.store.read(|tx| read(tx, commune, since))
}

fn read(tx: &mut dyn Read, commune: &Commune, failing: Option<UtcMs>) -> Result<Unusual, StoreError> {
    let recovery = returns::newest(tx)?;
    let mut unopened = record::parts(tx)?;
    unopened.retain(|part| part.state != Openness::Open);
    Ok(Unusual {
        recovering: recovery.is_some_and(|recovery| recovery.signed_off.is_none()),
        offsite: failing.map(|at| moment(at, commune)),
        unopened,
        to_settle: super::merge::waiting(tx)?,
    })
}

/// « lundi 23 novembre, 16 h 42 ».
pub(super) fn moment(at: UtcMs, commune: &Commune) -> String {
    let day = day_of(at.date_in(commune.zone), commune.today());
    format!("{day}, {}", hour_of(at, commune))
}
