//! Logging in and out.

use std::sync::Arc;

use axum::Form;
use axum::extract::Query;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use server_ui::desk::{KeptForm, LoginPage, LoginTrouble, Notice, ResumePage, login, resume_page};
use shared::ids::AgentId;
use shared::operation::{Actor, Body, Channel};
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;
use shared::words::hour;

use super::reply::{DeskError, page, see_other};
use super::session::Secret;
use super::visit::{Desk, Visit};
use super::{kept, return_path, session};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::passwords;
use crate::returns;
use crate::web::hashing::{self, MAX_CHARS};
use crate::web::throttle::{self, Subject};
use crate::web::{WebError, public};

/// Longest address (RFC 5321).
const MAX_EMAIL: usize = 254;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    retour: Option<String>,
    active: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    mot_de_passe: String,
    #[serde(default)]
    jeton: String,
    retour: Option<String>,
    /// Where a form that waits is to be sent, and what stands in it.
    envoi: Option<String>,
    garde: Option<String>,
}

/// What came of an attempt.
enum Attempt {
    In(Secret),
    Wrong,
    Locked(UtcMs),
    /// After a loss nobody vouched for the account.
    Unconfirmed,
}

pub(super) async fn show(
    visit: Visit,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, DeskError> {
    let Query(asked) = asked.unwrap_or_default();
    let commune = commune_of(&visit).await?;
    let back = asked.retour.and_then(|back| return_path::own(&visit.slug, &back));
    let view = LoginPage {
        back,
        activated: asked.active.is_some(),
        ..LoginPage::default()
    };
    if visit.is_private() {
        Ok(draw(&visit, &commune, StatusCode::OK, view))
    } else {
        let view = LoginPage {
            trouble: Some(LoginTrouble::InClear),
            ..view
        };
        Ok(draw(&visit, &commune, StatusCode::FORBIDDEN, view))
    }
}

pub(super) async fn submit(
    visit: Visit,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, DeskError> {
    let commune = commune_of(&visit).await?;
    let Ok(Form(typed)) = typed else {
        return Err(visit.refuse(Notice::FormUnreadable).await);
    };
    if !visit.form_is_ours(&typed.jeton) {
        return Err(visit.refuse(Notice::FormRefused).await);
    }
    let email = typed.email.replace('\0', "").trim().to_owned();
    let back = typed.retour.and_then(|back| return_path::own(&visit.slug, &back));
    let kept = match (&typed.envoi, &typed.garde) {
        (Some(address), Some(encoded)) => kept::again(&visit.slug, address, encoded),
        _ => None,
    };
    let again = |trouble| LoginPage {
        email: email.clone(),
        back: back.clone(),
        kept: kept.clone(),
        trouble: Some(trouble),
        ..LoginPage::default()
    };
    let unfit = if !visit.is_private() {
        Some((StatusCode::FORBIDDEN, LoginTrouble::InClear))
    } else if email.is_empty() {
        Some((StatusCode::UNPROCESSABLE_ENTITY, LoginTrouble::NoEmail))
    } else if typed.mot_de_passe.is_empty() {
        Some((StatusCode::UNPROCESSABLE_ENTITY, LoginTrouble::NoPassword))
    } else if email.len() > MAX_EMAIL || typed.mot_de_passe.chars().count() > MAX_CHARS {
        Some((StatusCode::UNPROCESSABLE_ENTITY, LoginTrouble::Wrong))
    } else {
        None
    };
    if let Some((status, trouble)) = unfit {
        return Ok(draw(&visit, &commune, status, again(trouble)));
    }
    let mut subjects = vec![Subject::Account(email.to_lowercase())];
    subjects.extend(visit.address_of_client().map(Subject::Address));
    let before = visit.secret();
    let tried = (email.clone(), typed.mot_de_passe);
    let place = hashing::place().await?;
    let attempt = visit.app.with(&visit.slug, move |commune| {
        attempt(commune, &tried.0, &tried.1, subjects, before)
    });
    let attempt = attempt.await?;
    drop(place);
    crate::metrics::logged_in(match attempt {
        Attempt::In(_) => "ok",
        Attempt::Wrong => "wrong",
        Attempt::Locked(_) => "locked",
        Attempt::Unconfirmed => "unconfirmed",
    });
    Ok(match attempt {
        Attempt::In(secret) if kept.is_some() => resume(&visit, &commune.commune, secret, kept).await?,
        Attempt::In(secret) => {
            let home = format!("/{}/gestion", commune.slug);
            (
                [(header::SET_COOKIE, visit.keep(&secret))],
                see_other(back.as_deref().unwrap_or(&home)),
            )
                .into_response()
        }
        Attempt::Wrong => draw(
            &visit,
            &commune,
            StatusCode::UNPROCESSABLE_ENTITY,
            again(LoginTrouble::Wrong),
        ),
        Attempt::Unconfirmed => draw(
            &visit,
            &commune,
            StatusCode::FORBIDDEN,
            again(LoginTrouble::Unconfirmed),
        ),
        Attempt::Locked(until) => {
            let seconds = (until.0 - commune.clock.now().0).max(0) / 1000 + 1;
            // Rounded up: at the hour shown, the lock is open.
            let at = hour(until.plus_ms(59_999).time_in(commune.zone));
            let mut response = draw(
                &visit,
                &commune,
                StatusCode::TOO_MANY_REQUESTS,
                again(LoginTrouble::Locked(at)),
            );
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
    })
}

/// The log-in page with a form that waits on it.
pub(super) async fn keeping(visit: &Visit, kept: KeptForm) -> DeskError {
    let commune = match commune_of(visit).await {
        Ok(commune) => commune,
        Err(error) => return error,
    };
    let view = LoginPage {
        kept: Some(kept),
        trouble: (!visit.is_private()).then_some(LoginTrouble::InClear),
        ..LoginPage::default()
    };
    DeskError::Drawn(Box::new(draw(visit, &commune, StatusCode::UNAUTHORIZED, view)))
}

/// Logged in again: the form that waited is one button away.
async fn resume(
    visit: &Visit,
    commune: &Arc<Commune>,
    secret: Secret,
    kept: Option<KeptForm>,
) -> Result<Response, DeskError> {
    let found = visit
        .app
        .with(&visit.slug, move |commune| session::find(commune, &secret, true));
    let home = format!("/{}/gestion", commune.slug);
    let answer = match (found.await?, kept) {
        (Some(session), Some(kept)) => {
            let view = ResumePage {
                commune: commune.name.clone(),
                token: session.csrf,
                kept,
                home,
            };
            page(StatusCode::OK, resume_page(&view))
        }
        _ => see_other(&home),
    };
    Ok(([(header::SET_COOKIE, visit.keep(&secret))], answer).into_response())
}

pub(super) async fn leave(
    desk: Desk,
    form: Result<Form<Typed>, FormRejection>,
) -> Result<Response, DeskError> {
    let Ok(Form(form)) = form else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    desk.check_form(&form.jeton)?;
    let id = desk.session.id;
    let end = move |commune: &Arc<Commune>| commune.store.write(move |tx| session::end(tx, id));
    desk.visit.app.with(&desk.visit.slug, end).await?;
    let login = format!("/{}/gestion/connexion", desk.commune.slug);
    Ok(([(header::SET_COOKIE, desk.visit.forget())], see_other(&login)).into_response())
}

/// The commune, and what is said of an incident that lasts.
struct Door {
    commune: Arc<Commune>,
    news: Option<String>,
}

impl std::ops::Deref for Door {
    type Target = Commune;

    fn deref(&self) -> &Commune {
        &self.commune
    }
}

async fn commune_of(visit: &Visit) -> Result<Door, DeskError> {
    let door = visit.app.with(&visit.slug, |commune| {
        let situation = commune.store.read(|tx| public::situation(tx, commune))?;
        Ok::<_, WebError>(Door {
            commune: Arc::clone(commune),
            news: server_ui::public::news(&situation),
        })
    });
    Ok(door.await?)
}

fn draw(visit: &Visit, commune: &Door, status: StatusCode, view: LoginPage) -> Response {
    let (token, cookie) = visit.form_token();
    let view = LoginPage {
        slug: commune.slug.to_string(),
        commune: commune.name.clone(),
        token,
        news: commune.news.clone(),
        ..view
    };
    let mut response = page(status, login(&view));
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Counts the attempt, then looks at the password; takes as long whether or not the account exists.
fn attempt(
    commune: &Commune,
    email: &str,
    password: &str,
    subjects: Vec<Subject>,
    before: Option<Secret>,
) -> Result<Attempt, CorridorError> {
    let now = commune.clock.now();
    if let Some(until) = throttle::attempt(commune, &subjects)? {
        return Ok(Attempt::Locked(until));
    }
    let account = account(commune, email)?;
    let phc = account.as_ref().and_then(|(_, phc)| phc.as_deref());
    let agent = account.as_ref().map(|(agent, _)| *agent);
    let (true, Some(agent)) = (passwords::verify(password, phc), agent) else {
        let until = commune
            .store
            .read(|tx| throttle::locked_until(tx, &subjects, now))?;
        return Ok(until.map_or(Attempt::Wrong, Attempt::Locked));
    };
    // Who was dismissed is not known after a loss without the withdrawals: a right password is not enough.
    if commune
        .store
        .read(|tx| returns::withheld(tx, Withdrawn::Agent, *agent.as_bytes()))?
    {
        return Ok(Attempt::Unconfirmed);
    }
    commune.submit(commune.operation(Actor::Agent(agent), Channel::Desk, Body::AgentLoggedIn { agent }))?;
    let secret = commune.store.write(move |tx| {
        throttle::was_right(tx, &subjects)?;
        if let Some(before) = before {
            session::end(tx, session::id_of(&before))?;
        }
        session::begin(tx, agent, now)
    })?;
    Ok(Attempt::In(secret))
}

/// The account of an e-mail and its password, unless it was withdrawn. An e-mail is looked for as it
/// was typed, then in lower case.
fn account(commune: &Commune, email: &str) -> Result<Option<(AgentId, Option<String>)>, CorridorError> {
    let lower = email.to_lowercase();
    let row = commune.store.read(|tx| {
        let by_email = include_str!("sql/agent_by_email.sql");
        match tx.first(by_email, &[email.into()])? {
            Some(row) => Ok(Some(row)),
            None => tx.first(by_email, &[lower.into()]),
        }
    })?;
    let Some(row) = row.filter(|row| row.is_null(2)) else {
        return Ok(None);
    };
    Ok(Some((
        AgentId(row.uuid(0)?),
        row.opt(1, crate::store::Row::text)?,
    )))
}
