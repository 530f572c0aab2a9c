//! Sessions of families: a random cookie, of which only the SHA-256 is stored.

use shared::codec::Hash32;
use shared::ids::{AgentId, GuardianId, HouseholdId};
use shared::sign::sha256;
use shared::time::UtcMs;

use crate::clock::random;
use crate::commune::Commune;
use crate::store::{Row, StoreError, Write};
use crate::web::visit::Secret;

/// How long a session lasts without a page, in milliseconds: a parent comes back the same evening.
pub(crate) const IDLE_MS: i64 = 12 * 60 * 60 * 1000;
/// How long it lasts in any case.
pub(crate) const WHOLE_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long somebody has for a second factor, or to choose a login after codes; and how long an agent looks through
/// a family's eyes.
pub(crate) const DOORSTEP_MS: i64 = 30 * 60 * 1000;
/// How often the time of the last page is written down.
const SEEN_EVERY_MS: i64 = 60 * 1000;
/// Longest name of a browser that is kept, in characters.
const BROWSER_CHARS: usize = 80;

/// How far somebody got in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// In.
    In,
    /// The password was right; a second factor is owed.
    Factor,
    /// Codes on paper were right; there is no login yet.
    Codes,
}

impl Stage {
    fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Factor => "factor",
            Self::Codes => "codes",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::In, Self::Factor, Self::Codes]
            .into_iter()
            .find(|stage| stage.as_str() == word)
    }
}

/// A guardian who is in, or nearly.
#[derive(Clone, Debug)]
pub(super) struct Guardian {
    /// Who.
    pub(super) id: GuardianId,
    /// Whose file the guardian is on.
    pub(super) household: HouseholdId,
    /// First name.
    pub(super) first_name: String,
    /// Last name.
    pub(super) last_name: String,
    /// Login.
    pub(super) login: String,
}

/// What a cookie opens.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// The row.
    pub(super) id: Hash32,
    /// How far.
    pub(super) stage: Stage,
    /// Who; `None` at [`Stage::Codes`].
    pub(super) guardian: Option<Guardian>,
    /// The household that codes opened; `None` otherwise.
    pub(super) household: Option<HouseholdId>,
    /// The pair of codes that opened it.
    pub(super) pair: Option<Hash32>,
    /// The agent who looks at the portal as this guardian sees it.
    pub(super) agent: Option<AgentId>,
    /// Goes into every form.
    pub(super) csrf: String,
}

/// What is to be opened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opening {
    pub(crate) guardian: Option<GuardianId>,
    pub(crate) household: Option<HouseholdId>,
    pub(crate) pair: Option<Hash32>,
    pub(crate) agent: Option<AgentId>,
}

/// The row's key for a cookie.
pub(super) fn id_of(secret: &Secret) -> Hash32 {
    sha256(&[b"portal session", secret])
}

/// The first column of a session's rows that says how pages are drawn.
pub(super) const GROUND_COLUMN: usize = 15;

/// The session of a cookie, if it still stands, and the rows it was found in: what pages are drawn with is read beside
/// it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn find(commune: &Commune, secret: &Secret) -> Result<Found, StoreError> {
    let id = id_of(secret);
    let rows = commune
        .store
        .read(|tx| tx.query(include_str!("sql/session_get.sql"), &[id.into()]))?;
    let (session, due) = match rows.first() {
        Some(row) => of_row(id, row, commune.clock.now())?,
        None => (None, None),
    };
    Ok(Found { session, due, rows })
}

/// What a cookie leads to.
#[derive(Default)]
pub(super) struct Found {
    /// The session, where it stands.
    pub(super) session: Option<Session>,
    /// What is to be written of it.
    pub(super) due: Option<Due>,
    /// The rows it was read from: what every page is drawn with stands in them too.
    pub(super) rows: Vec<Row>,
}

/// What is to be written of a session that was looked at.
#[derive(Clone, Copy)]
pub(super) enum Due {
    /// It is over.
    End(Hash32),
    /// It is seen again.
    Seen(Hash32),
}

impl Due {
    /// Writes it.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn write(self, commune: &Commune) -> Result<(), StoreError> {
        let now = commune.clock.now();
        commune.store.write(move |tx| {
            match self {
                Self::End(id) => tx.execute(include_str!("sql/session_end.sql"), &[id.into()]),
                Self::Seen(id) => tx.execute(include_str!("sql/session_seen.sql"), &[id.into(), now.into()]),
            }
            .map(|_| ())
        })
    }
}

fn of_row(id: Hash32, row: &Row, now: UtcMs) -> Result<(Option<Session>, Option<Due>), StoreError> {
    let stage = Stage::named(&row.text(2)?).ok_or_else(|| StoreError::Shape("stage".into()))?;
    if !stands(row, stage, now)? {
        return Ok((None, Some(Due::End(id))));
    }
    let is_seen_anew = now.0.saturating_sub(row.int(6)?) >= SEEN_EVERY_MS;
    let due = is_seen_anew.then_some(Due::Seen(id));
    let guardian = if row.is_null(7) {
        None
    } else {
        Some(Guardian {
            id: GuardianId(row.uuid(0)?),
            household: HouseholdId(row.uuid(7)?),
            first_name: row.text(8)?,
            last_name: row.text(9)?,
            login: row.opt(10, Row::text)?.unwrap_or_default(),
        })
    };
    let bytes = |i: usize| row.bytes(i);
    let pair: Option<[u8; 32]> = bytes(13)?.try_into().ok();
    let session = Session {
        id,
        stage,
        guardian,
        household: HouseholdId::from_slice(&bytes(1)?),
        pair: pair.map(Hash32),
        agent: AgentId::from_slice(&bytes(3)?),
        csrf: row.text(4)?,
    };
    Ok((Some(session), due))
}

fn stands(row: &Row, stage: Stage, now: UtcMs) -> Result<bool, StoreError> {
    let (started_at, seen_at) = (row.int(5)?, row.int(6)?);
    let gone = !row.is_null(11) || !row.is_null(12) || !row.is_null(14);
    let as_agent = !row.bytes(3)?.is_empty();
    let (idle, whole) = match stage {
        Stage::In if !as_agent => (IDLE_MS, WHOLE_MS),
        Stage::In | Stage::Factor | Stage::Codes => (DOORSTEP_MS, DOORSTEP_MS),
    };
    let somebody = stage == Stage::Codes || !row.is_null(7);
    Ok(somebody && !gone && now.0.saturating_sub(seen_at) < idle && now.0.saturating_sub(started_at) < whole)
}

/// Begins a session; `browser` is what the browser says it is.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn begin(
    tx: &mut dyn Write,
    stage: Stage,
    opening: Opening,
    browser: &str,
    now: UtcMs,
) -> Result<Secret, StoreError> {
    let secret: Secret = random();
    let csrf = data_encoding::HEXLOWER.encode(&random::<32>());
    let none: Vec<u8> = Vec::new();
    let browser: String = browser.chars().take(BROWSER_CHARS).collect();
    let params = [
        id_of(&secret).into(),
        opening.guardian.map_or_else(|| none.clone().into(), Into::into),
        opening.household.map_or_else(|| none.clone().into(), Into::into),
        stage.as_str().into(),
        opening.agent.map_or_else(|| none.clone().into(), Into::into),
        csrf.into(),
        browser.into(),
        now.into(),
        opening.pair.map_or_else(|| none.clone().into(), Into::into),
    ];
    tx.execute(include_str!("sql/session_put.sql"), &params)?;
    Ok(secret)
}

/// Begins the session of an agent who looks at the portal as a guardian sees it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(crate) fn begin_as(
    tx: &mut dyn Write,
    agent: AgentId,
    guardian: GuardianId,
    now: UtcMs,
) -> Result<Secret, StoreError> {
    let opening = Opening {
        guardian: Some(guardian),
        agent: Some(agent),
        ..Opening::default()
    };
    begin(tx, Stage::In, opening, "", now)
}

/// Ends one session.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn end(tx: &mut dyn Write, id: Hash32) -> Result<(), StoreError> {
    tx.execute(include_str!("sql/session_end.sql"), &[id.into()])
        .map(|_| ())
}

/// Ends all sessions of a guardian.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(crate) fn end_all_of(tx: &mut dyn Write, guardian: GuardianId) -> Result<(), StoreError> {
    tx.execute(
        include_str!("sql/session_end_of_guardian.sql"),
        &[guardian.into()],
    )
    .map(|_| ())
}

/// Ends all sessions of a guardian but one, and those in which an agent looks through their eyes.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn end_others(tx: &mut dyn Write, guardian: GuardianId, kept: Hash32) -> Result<(), StoreError> {
    let params = [guardian.into(), kept.into()];
    tx.execute(include_str!("sql/session_end_others.sql"), &params)
        .map(|_| ())
}
