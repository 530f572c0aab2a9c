//! A second factor that is owed: a code of an app, or one of those kept for a lost telephone.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::door::{FactorPage, FactorTrouble, factor_page};
use shared::ids::GuardianId;
use shared::operation::{Guessing, LogInWay, Refusal};
use shared::time::UtcMs;
use std::collections::BTreeMap;

use super::super::family::Guest;
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::super::return_path;
use super::super::session::Session;
use super::log_in::came_in;
use super::{Arrival, Entered, Sent, enter, guessing, recovery, retry_after, totp};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::store::{StoreError, Write};
use crate::web::throttle::{self, Subject};

/// What a secret of a second factor is sealed for.
pub(super) fn purpose(guardian: GuardianId) -> String {
    format!("second factor {guardian}")
}

/// What came of a code.
enum Attempt {
    Entered(Entered),
    Wrong,
    /// It was taken before.
    Used,
    Locked(UtcMs),
}

/// The session of whoever owes a factor.
fn owing(guest: &Guest) -> Result<(Session, GuardianId), PortalError> {
    let session = guest.admit(Permit::Factor)?;
    match &session.guardian {
        Some(guardian) => Ok((session.clone(), guardian.id)),
        None => Err(PortalError::First(guest.at("/connexion"))),
    }
}

pub(super) async fn show(
    guest: Guest,
    asked: Result<Query<BTreeMap<String, String>>, QueryRejection>,
) -> Result<Response, PortalError> {
    let (session, _) = owing(&guest)?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let back = asked
        .get("retour")
        .and_then(|back| return_path::page(&guest.visit.slug, back));
    let form = FormState::default().with_maybe("retour", back);
    Ok(draw(&guest, StatusCode::OK, &session, form, None))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (session, guardian) = owing(&guest)?;
    let mut form = guest.own_form(sent)?;
    let back = return_path::page(&guest.visit.slug, form.value("retour"));
    let typed: String = form.value("code").trim().chars().take(40).collect();
    form.drop_all("code");
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    if typed.is_empty() {
        form.flaw("code", Flaw::Said("portal-door-factor-missing"));
        return Ok(draw(&guest, unprocessable, &session, form, None));
    }
    let client = guest.visit.address_of_client();
    let arrival = Arrival::of(&guest.visit);
    let tried = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let attempt = attempt(commune, guardian, &typed, arrival)?;
        if matches!(attempt, Attempt::Locked(_)) {
            guessing::note(commune, Guessing::SecondFactor, 6, client)?;
        }
        Ok::<_, CorridorError>(attempt)
    });
    Ok(match tried.await? {
        Attempt::Entered(entered) => came_in(&guest, entered, back, FormState::default()),
        Attempt::Wrong => draw(&guest, unprocessable, &session, form, Some(FactorTrouble::Wrong)),
        Attempt::Used => draw(&guest, unprocessable, &session, form, Some(FactorTrouble::Used)),
        Attempt::Locked(until) => {
            let trouble = FactorTrouble::Locked(guest.opens_again(until));
            let drawn = draw(
                &guest,
                StatusCode::TOO_MANY_REQUESTS,
                &session,
                form,
                Some(trouble),
            );
            retry_after(&guest, until, drawn)
        }
    })
}

fn attempt(
    commune: &Commune,
    guardian: GuardianId,
    typed: &str,
    arrival: Arrival,
) -> Result<Attempt, CorridorError> {
    let now = commune.clock.now();
    let subjects = [Subject::Factor(guardian)];
    if let Some(until) = throttle::attempt(commune, &subjects)? {
        return Ok(Attempt::Locked(until));
    }
    let entered = match way_of(commune, guardian, typed, now)? {
        Way::Step(step) => {
            if !commune.store.write(move |tx| take(tx, guardian, step))? {
                return Ok(Attempt::Used);
            }
            enter(commune, guardian, LogInWay::SecondFactor, None, arrival)?
        }
        Way::Recovery(code) => match enter(commune, guardian, LogInWay::RecoveryCode, Some(code), arrival) {
            Ok(entered) => entered,
            Err(CorridorError::Refused(Refusal::CodeUsed)) => return Ok(Attempt::Used),
            Err(CorridorError::Refused(Refusal::CodeUnknown)) => {
                return locked(commune, &subjects, now);
            }
            Err(error) => return Err(error),
        },
        Way::None => return locked(commune, &subjects, now),
    };
    commune
        .store
        .write(move |tx| throttle::was_right(tx, &subjects))?;
    Ok(Attempt::Entered(entered))
}

fn locked(commune: &Commune, subjects: &[Subject], now: UtcMs) -> Result<Attempt, CorridorError> {
    let until = commune
        .store
        .read(|tx| throttle::locked_until(tx, subjects, now))?;
    Ok(until.map_or(Attempt::Wrong, Attempt::Locked))
}

/// What was typed.
enum Way {
    Step(i64),
    Recovery(shared::codec::Hash32),
    None,
}

fn way_of(commune: &Commune, guardian: GuardianId, typed: &str, now: UtcMs) -> Result<Way, StoreError> {
    if let Some(code) = recovery::hash(guardian, typed) {
        return Ok(Way::Recovery(code));
    }
    let secret = secret(commune, guardian)?;
    let step = secret.and_then(|secret| totp::step_of(&secret, typed, now));
    Ok(step.map_or(Way::None, Way::Step))
}

/// The secret that a guardian's app holds; `None` where there is none, or where it was sealed by keys that are lost.
pub(super) fn secret(commune: &Commune, guardian: GuardianId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = commune
        .store
        .read(|tx| tx.first(include_str!("sql/may_enter.sql"), &[guardian.into()]))?;
    let Some(row) = row.filter(|row| !row.is_null(0)) else {
        return Ok(None);
    };
    Ok(commune.keys.unseal(&purpose(guardian), &row.bytes(0)?))
}

/// Takes a step, unless it or a later one was taken: a code that somebody looked at over a shoulder is worth nothing.
pub(super) fn take(tx: &mut dyn Write, guardian: GuardianId, step: i64) -> Result<bool, StoreError> {
    let params = [guardian.into(), step.into()];
    let changed = tx.execute(include_str!("sql/factor_step_take.sql"), &params)?;
    Ok(changed > 0)
}

fn draw(
    guest: &Guest,
    status: StatusCode,
    session: &Session,
    form: FormState,
    trouble: Option<FactorTrouble>,
) -> Response {
    let view = FactorPage {
        frame: guest.door_frame(),
        token: session.csrf.clone(),
        form,
        trouble,
        phone: guest.ground.portal.phone.clone(),
    };
    page(status, factor_page(&view))
}
