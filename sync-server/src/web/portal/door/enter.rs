//! A guardian who has shown who they are comes in, or as far as a second factor that is still owed.

use axum::http::HeaderMap;
use shared::codec::Hash32;
use shared::ids::GuardianId;
use shared::operation::{Actor, Body, Channel, LogInWay};
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use super::super::session::{self, Opening, Stage};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::returns;
use crate::store::{StoreError, Write};
use crate::web::visit::{Secret, Visit};

/// From where somebody comes in.
#[derive(Clone, Debug)]
pub(in crate::web::portal) struct Arrival {
    /// The session that the browser had: it ends, so that nobody can prepare one for somebody else.
    before: Option<Secret>,
    /// What the browser calls itself.
    browser: String,
}

impl Arrival {
    /// Of a request.
    pub(in crate::web::portal) fn of(visit: &Visit) -> Self {
        Self {
            before: visit.family_secret(),
            browser: browser_of(&visit.headers),
        }
    }

    /// Begins a session, and ends the one that the browser had.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn begin(
        &self,
        tx: &mut dyn Write,
        stage: Stage,
        opening: Opening,
        now: UtcMs,
    ) -> Result<Secret, StoreError> {
        if let Some(before) = self.before {
            session::end(tx, session::id_of(&before))?;
        }
        session::begin(tx, stage, opening, &self.browser, now)
    }
}

/// What came of it.
pub(in crate::web::portal) enum Entered {
    /// In.
    In(Secret),
    /// A second factor is owed first.
    Factor(Secret),
    /// After a loss nobody vouched for the guardian.
    Unconfirmed,
    /// The account was deleted or withdrawn meanwhile.
    Gone,
}

/// Begins a session for a guardian who came in that `way`, and journals it. Whoever has a second factor gets a session
/// that opens nothing else, unless `way` is that factor; `recovery` is the code for a lost telephone that is used up.
///
/// # Errors
/// [`CorridorError`]; nobody is in then.
pub(in crate::web::portal) fn enter(
    commune: &Commune,
    guardian: GuardianId,
    way: LogInWay,
    recovery: Option<Hash32>,
    arrival: Arrival,
) -> Result<Entered, CorridorError> {
    let now = commune.clock.now();
    let found = commune.store.read(|tx| {
        let row = tx.first(include_str!("sql/may_enter.sql"), &[guardian.into()])?;
        let withheld = returns::withheld(tx, Withdrawn::Guardian, *guardian.as_bytes())?;
        Ok::<_, StoreError>(row.map(|row| {
            let stands = row.is_null(1) && row.is_null(2);
            (stands, !row.is_null(0), withheld)
        }))
    })?;
    let Some((true, has_factor, withheld)) = found else {
        return Ok(Entered::Gone);
    };
    // Who was withdrawn is not known after a loss without the withdrawals: what somebody knows is not enough.
    if withheld {
        return Ok(Entered::Unconfirmed);
    }
    let proved = matches!(way, LogInWay::SecondFactor | LogInWay::RecoveryCode);
    let stage = if has_factor && !proved {
        Stage::Factor
    } else {
        Stage::In
    };
    if stage == Stage::In {
        let body = Body::GuardianLoggedIn {
            guardian,
            way,
            recovery,
        };
        commune.submit(commune.operation(Actor::Guardian(guardian), Channel::Portal, body))?;
    }
    let opening = Opening {
        guardian: Some(guardian),
        ..Opening::default()
    };
    let secret = commune
        .store
        .write(move |tx| arrival.begin(tx, stage, opening, now))?;
    Ok(match stage {
        Stage::In => Entered::In(secret),
        Stage::Factor | Stage::Codes => Entered::Factor(secret),
    })
}

/// What a browser is called on the list of open sessions, such as « Firefox, Android »: enough to know one's own.
fn browser_of(headers: &HeaderMap) -> String {
    let agent = headers
        .get("user-agent")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // The order matters: almost all call themselves Safari, and most of the rest Chrome.
    let named = |table: &[(&str, &'static str)]| {
        table
            .iter()
            .find(|(sign, _)| agent.contains(sign))
            .map(|(_, name)| *name)
    };
    let program = named(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = named(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        let name = |agent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("user-agent", agent.parse().unwrap());
            browser_of(&headers)
        };
        assert_eq!(
            name("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"),
            "Firefox, Android"
        );
        assert_eq!(
            name(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 \
                 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone"
        );
        assert_eq!(
            name(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 \
                 Safari/537.36 Edg/129.0.0.0"
            ),
            "Edge, Windows"
        );
        assert_eq!(name("curl/8.5.0"), "");
        assert_eq!(browser_of(&HeaderMap::new()), "");
    }
}
