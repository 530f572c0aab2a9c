//! Sessions: a random cookie, of which only the SHA-256 is stored.

use shared::codec::Hash32;
use shared::ids::{AgentId, SiteId};
use shared::operation::Role;
use shared::sign::sha256;
use shared::time::UtcMs;

use super::reach::Reach;
use crate::clock::random;
use crate::commune::Commune;
use crate::jobs::ephemera::{SESSION_IDLE_MS, SESSION_WHOLE_MS};
use crate::store::{Row, StoreError, Write};

/// How often the time of the last page is written down.
const SEEN_EVERY_MS: i64 = 60 * 1000;

pub(super) use crate::web::visit::Secret;

/// Someone who is logged in.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// The row.
    pub(super) id: Hash32,
    /// Who.
    pub(super) agent: AgentId,
    /// Name as shown.
    pub(super) name: String,
    /// What the agent may do.
    pub(super) role: Role,
    /// How far the agent reaches.
    pub(super) reach: Reach,
    /// Goes into every form.
    pub(super) csrf: String,
}

/// The row's key for a cookie.
pub(super) fn id_of(secret: &Secret) -> Hash32 {
    sha256(&[b"desk session", secret])
}

/// The session of a cookie, if it still stands. `quietly`: a page that asks by itself does not keep
/// its session alive.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn find(commune: &Commune, secret: &Secret, quietly: bool) -> Result<Option<Session>, StoreError> {
    let id = id_of(secret);
    let now = commune.clock.now();
    let Some(row) = commune
        .store
        .read(|tx| tx.first(include_str!("sql/session_get.sql"), &[id.into()]))?
    else {
        return Ok(None);
    };
    let seen_at = row.int(2)?;
    if !stands(&row, now)? {
        commune
            .store
            .write(move |tx| tx.execute(include_str!("sql/session_end.sql"), &[id.into()]))?;
        return Ok(None);
    }
    if !quietly && now.0.saturating_sub(seen_at) >= SEEN_EVERY_MS {
        let params = [id.into(), now.into()];
        commune
            .store
            .write(move |tx| tx.execute(include_str!("sql/session_seen.sql"), &params))?;
    }
    let role = Role::parse(&row.text(4)?).ok_or_else(|| StoreError::Shape("role".into()))?;
    let agent = AgentId(row.uuid(6)?);
    Ok(Some(Session {
        id,
        agent,
        reach: reach(commune, agent, role)?,
        name: row.text(3)?,
        role,
        csrf: row.text(0)?,
    }))
}

fn reach(commune: &Commune, agent: AgentId, role: Role) -> Result<Reach, StoreError> {
    if role != Role::Directeur {
        return Ok(Reach::All);
    }
    let sites = include_str!("sql/agent_sites.sql");
    let rows = commune.store.read(|tx| tx.query(sites, &[agent.into()]))?;
    let sites = rows
        .iter()
        .map(|row| Ok(SiteId(row.uuid(0)?)))
        .collect::<Result<_, StoreError>>()?;
    Ok(Reach::Sites(sites))
}

fn stands(row: &Row, now: UtcMs) -> Result<bool, StoreError> {
    let (started_at, seen_at, withdrawn) = (row.int(1)?, row.int(2)?, !row.is_null(5));
    Ok(!withdrawn
        && now.0.saturating_sub(seen_at) < SESSION_IDLE_MS
        && now.0.saturating_sub(started_at) < SESSION_WHOLE_MS)
}

/// Begins a session. Those that ended open nothing, and are removed by [`crate::jobs`].
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn begin(tx: &mut dyn Write, agent: AgentId, now: UtcMs) -> Result<Secret, StoreError> {
    let secret: Secret = random();
    let csrf = data_encoding::HEXLOWER.encode(&random::<32>());
    let params = [id_of(&secret).into(), agent.into(), csrf.into(), now.into()];
    tx.execute(include_str!("sql/session_put.sql"), &params)?;
    Ok(secret)
}

/// Ends one session.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn end(tx: &mut dyn Write, id: Hash32) -> Result<(), StoreError> {
    tx.execute(include_str!("sql/session_end.sql"), &[id.into()])
        .map(|_| ())
}

/// Ends all sessions of an agent.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn end_all_of(tx: &mut dyn Write, agent: AgentId) -> Result<(), StoreError> {
    tx.execute(include_str!("sql/session_end_of_agent.sql"), &[agent.into()])
        .map(|_| ())
}
