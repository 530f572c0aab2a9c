//! A link that was mailed, looked up when it is opened. Opening it uses nothing up: mail programs open links by
//! themselves. A form does.

use server_ui::portal::Said;
use shared::codec::Hash32;
use shared::ids::{BranchId, GuardianId};
use shared::operation::LinkPurpose;
use shared::sign::sha256;
use shared::time::UtcMs;

use super::super::family::Guest;
use super::super::reply::PortalError;
use super::guessing;
use crate::commune::Commune;
use crate::corridor::{CorridorError, journal};
use crate::store::{Row, StoreError};
use crate::web::WebError;
use crate::web::throttle::{self, Subject};

/// A link that stands.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// SHA-256 of what stands in its address.
    pub(super) token: Hash32,
    /// Of whom.
    pub(super) guardian: GuardianId,
    /// First name.
    pub(super) first_name: String,
    /// What it is for.
    pub(super) purpose: LinkPurpose,
    /// Where it was mailed to.
    pub(super) address: String,
    /// The guardian's login, where there is one.
    pub(super) login: Option<String>,
}

/// The link of this page, if it is for one of these.
///
/// # Errors
/// [`PortalError`]: a page that says why there is none.
pub(super) async fn find(guest: &Guest, purposes: &'static [LinkPurpose]) -> Result<Link, PortalError> {
    let text = guest.visit.names.get("token").map(String::as_str);
    let token = data_encoding::BASE64URL_NOPAD
        .decode(text.unwrap_or_default().as_bytes())
        .ok()
        .filter(|bytes| bytes.len() == 32);
    let client = guest.visit.address_of_client();
    let found = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let found = match token {
            Some(token) => look_up(commune, sha256(&[&token]), purposes)?,
            None => Err(Said::LinkUnknown),
        };
        // A link cannot be found by guessing; whoever tries all the same is told to stop.
        if matches!(found, Err(Said::LinkUnknown)) {
            let from: Vec<Subject> = client.map(Subject::LinksFrom).into_iter().collect();
            if throttle::attempt(commune, &from)?.is_some() {
                guessing::note(commune, shared::operation::Guessing::Links, 30, client)?;
                return Ok(Err(Said::TooManyTries));
            }
        }
        Ok::<_, CorridorError>(found)
    });
    found.await?.map_err(|what| guest.said(what))
}

fn look_up(
    commune: &Commune,
    token: Hash32,
    purposes: &[LinkPurpose],
) -> Result<Result<Link, Said>, StoreError> {
    let now = commune.clock.now();
    commune.store.read(|tx| {
        let Some(row) = tx.first(include_str!("sql/link.sql"), &[token.into()])? else {
            return Ok(Err(Said::LinkUnknown));
        };
        let Some(purpose) = LinkPurpose::named(&row.text(1)?).filter(|one| purposes.contains(one)) else {
            return Ok(Err(Said::LinkUnknown));
        };
        let (deleted, withdrawn) = (!row.is_null(9), !row.is_null(10));
        Ok(if withdrawn || (deleted && purpose != LinkPurpose::Activate) {
            Err(Said::LinkUnknown)
        } else if !row.is_null(5) {
            Err(Said::LinkUsed)
        } else if !row.is_null(6)
            || BranchId(row.uuid(3)?) != journal::current_branch(tx)?
            || UtcMs(row.int(4)?) <= now
        {
            Err(Said::LinkExpired)
        } else {
            Ok(Link {
                token,
                guardian: GuardianId(row.uuid(0)?),
                first_name: row.text(7)?,
                purpose,
                address: row.text(2)?,
                login: row.opt(8, Row::text)?,
            })
        })
    })
}

/// What is said when the corridor does not take a link that stood a moment ago.
pub(super) fn refused(guest: &Guest, error: WebError) -> PortalError {
    use shared::operation::Refusal;
    match error {
        WebError::Refused(Refusal::CodeUsed) => guest.said(Said::LinkUsed),
        WebError::Refused(Refusal::CodeExpired) => guest.said(Said::LinkExpired),
        WebError::Refused(Refusal::CodeUnknown | Refusal::NotFound(_)) => guest.said(Said::LinkUnknown),
        error => error.into(),
    }
}
