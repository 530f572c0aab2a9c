//! Mon compte: contact, history, a copy of all data, the end of the account.

mod booked;
mod contact;
mod copy;
mod data;
mod delete;
mod history;
mod index;
mod lines;
mod sight;

use axum::Router;
use axum::routing::{get, post};
use server_ui::desk::form::FormState;
use shared::ids::GuardianId;
use shared::operation::Refusal;
use shared::time::UtcMs;

pub(super) use self::lines::origin_of;
pub(super) use super::door::Sent;
use super::family::{Family, Guest};
use super::permit::Permit;
use super::reply::PortalError;
use crate::corridor::CorridorError;
use crate::store::{Read, Row, StoreError};
use crate::web::{App, WebError};

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/compte", get(index::show))
        .route("/{slug}/compte/contact", get(contact::show).post(contact::phone))
        .route("/{slug}/compte/contact/email", post(contact::email))
        .route("/{slug}/compte/historique", get(history::show))
        .route("/{slug}/compte/donnees", get(data::show).post(data::take))
        .route("/{slug}/compte/supprimer", get(delete::show).post(delete::submit))
}

/// Hands the form out to whoever has a permit, when it came from a page of their session.
///
/// # Errors
/// [`PortalError`]: the permit is missing, or the form is not ours or cannot be read.
pub(super) fn allow(guest: Guest, permit: Permit, sent: Sent) -> Result<(Family, FormState), PortalError> {
    let family = guest.require(permit)?;
    let form = family.own_form(sent)?;
    Ok((family, form))
}

/// What the record has of a guardian's account.
pub(super) struct Account {
    pub(super) login: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) activated_at: Option<UtcMs>,
    pub(super) second_factor: bool,
    pub(super) identity: bool,
}

/// Reads it.
///
/// # Errors
/// [`StoreError`] of the engine, or where there is no such guardian.
pub(super) fn account(tx: &mut dyn Read, guardian: GuardianId) -> Result<Account, StoreError> {
    let sql = include_str!("../../../record/guardian/account.sql");
    let row = tx.first(sql, &[guardian.into()])?;
    let row = row.ok_or_else(|| StoreError::Shape("guardian".into()))?;
    Ok(Account {
        login: row.opt(1, Row::text)?.unwrap_or_default(),
        email: row.opt(3, Row::text)?,
        phone: row.opt(4, Row::text)?,
        activated_at: row.opt(5, Row::int)?.map(UtcMs),
        second_factor: !row.is_null(6),
        identity: !row.is_null(7),
    })
}

impl Family {
    /// The own account.
    pub(super) async fn account(&self) -> Result<Account, PortalError> {
        let id = self.id();
        let read = self.visit.app.with(&self.visit.slug, move |commune| {
            commune.store.read(|tx| account(tx, id))
        });
        Ok(read.await?)
    }

    /// Work on the commune; what the corridor refuses is an answer.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&std::sync::Arc<crate::commune::Commune>) -> Result<T, CorridorError> + Send + 'static,
    ) -> Result<Result<T, Refusal>, PortalError> {
        match self.visit.app.with(&self.visit.slug, work).await {
            Ok(done) => Ok(Ok(done)),
            Err(WebError::Refused(refusal)) => Ok(Err(refusal)),
            Err(error) => Err(error.into()),
        }
    }
}
