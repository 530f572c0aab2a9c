//! The sessions that are open, and their end.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::Place;
use server_ui::portal::door::{OpenSession, SessionsPage, sessions_page};
use shared::codec::Hash32;
use shared::time::UtcMs;
use shared::words::{day, hour};

use super::super::family::Guest;
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::super::session::{self, IDLE_MS, WHOLE_MS};
use super::Sent;
use crate::store::StoreError;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    let guardian = family.id();
    let rows = family.visit.app.with(&family.visit.slug, move |commune| {
        let now = commune.clock.now();
        let params = [
            guardian.into(),
            now.plus_ms(-IDLE_MS).into(),
            now.plus_ms(-WHOLE_MS).into(),
        ];
        commune
            .store
            .read(|tx| tx.query(include_str!("sql/sessions_of.sql"), &params))
    });
    let here = family.session.as_ref().map(|session| session.id);
    let zone = family.commune.zone;
    let when = |at: i64| {
        let at = UtcMs(at);
        format!("{}, {}", day(at.date_in(zone)), hour(at.time_in(zone)))
    };
    let sessions = rows.await?.into_iter().map(|row| {
        let id: Option<[u8; 32]> = row.bytes(0)?.try_into().ok();
        let id = Hash32(id.ok_or_else(|| StoreError::Shape("session".into()))?);
        Ok(OpenSession {
            id: id.hex(),
            browser: row.text(1)?,
            since: when(row.int(2)?),
            seen: when(row.int(3)?),
            here: Some(id) == here,
        })
    });
    let view = SessionsPage {
        frame: family.frame(Some(Place::Account)),
        sessions: sessions.collect::<Result<_, StoreError>>()?,
    };
    Ok(page(StatusCode::OK, sessions_page(&view)))
}

/// Ends one session, or all but this one. The one that asks is ended by logging out.
pub(super) async fn end(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    let form = family.own_form(sent)?;
    let guardian = family.id();
    let all = form.has("toutes");
    let which = form.value("session").to_owned();
    let which = data_encoding::HEXLOWER
        .decode(which.as_bytes())
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    if which.is_none() && !all {
        return Err(family.said(server_ui::portal::Said::FormUnreadable));
    }
    let here = family
        .session
        .as_ref()
        .map(|session| session.id)
        .unwrap_or(Hash32([0; 32]));
    let ended = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.write(move |tx| match which {
            Some(which) if !all => {
                let params = [Hash32(which).into(), guardian.into()];
                tx.execute(include_str!("sql/session_end_own.sql"), &params)
                    .map(|_| ())
            }
            _ => session::end_others(tx, guardian, here),
        })
    });
    ended.await?;
    Ok(family.done("/compte/sessions", "session-fermee"))
}
