//! An agent's one-time link: choosing a password.

use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use server_ui::desk::{ActivationPage, ActivationTrouble, Notice, activation};
use shared::codec::Hash32;
use shared::ids::{AgentId, BranchId};
use shared::operation::{Actor, Body, Channel, Refusal};
use shared::sign::sha256;
use shared::time::UtcMs;

use super::reply::{DeskError, page, see_other};
use super::session;
use super::visit::Visit;
use crate::commune::Commune;
use crate::corridor::{CorridorError, journal};
use crate::passwords::{self, MIN_CHARS};
use crate::store::StoreError;
use crate::web::WebError;
use crate::web::hashing::{self, MAX_CHARS};
use crate::web::throttle::{self, Subject};

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    mot_de_passe: String,
    #[serde(default)]
    encore: String,
    #[serde(default)]
    jeton: String,
}

/// A link that stands.
struct Link {
    token: Hash32,
    agent: AgentId,
    email: String,
    commune: String,
}

pub(super) async fn show(visit: Visit, path: Path<(String, String)>) -> Result<Response, DeskError> {
    let link = link(&visit, &path.1).await?;
    Ok(draw(&visit, &link, &path.1, None))
}

pub(super) async fn submit(
    visit: Visit,
    path: Path<(String, String)>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, DeskError> {
    let link = link(&visit, &path.1).await?;
    let Ok(Form(typed)) = typed else {
        return Err(visit.refuse(Notice::FormUnreadable).await);
    };
    if !visit.form_is_ours(&typed.jeton) {
        return Err(visit.refuse(Notice::FormRefused).await);
    }
    let chars = typed.mot_de_passe.chars().count();
    let trouble = if chars < MIN_CHARS {
        Some(ActivationTrouble::Short)
    } else if chars > MAX_CHARS {
        Some(ActivationTrouble::Long)
    } else if typed.mot_de_passe != typed.encore {
        Some(ActivationTrouble::Differ)
    } else {
        None
    };
    if trouble.is_some() {
        return Ok(draw(&visit, &link, &path.1, trouble));
    }
    let (agent, token) = (link.agent, link.token);
    let place = hashing::place().await?;
    let set = visit.app.with(&visit.slug, move |commune| {
        set_password(commune, agent, token, &typed.mot_de_passe)
    });
    let set = set.await;
    drop(place);
    match set {
        Ok(()) => Ok(see_other(&format!("/{}/gestion/connexion?active=1", visit.slug))),
        // Somebody used the link while this form was being filled in.
        Err(WebError::Refused(Refusal::CodeUsed)) => Err(visit.refuse(Notice::LinkUsed).await),
        Err(WebError::Refused(Refusal::CodeExpired)) => Err(visit.refuse(Notice::LinkExpired).await),
        Err(error) => Err(error.into()),
    }
}

/// Sets the password and ends every session that the old one opened.
fn set_password(
    commune: &Commune,
    agent: AgentId,
    token: Hash32,
    password: &str,
) -> Result<(), CorridorError> {
    let body = Body::SetAgentPassword {
        agent,
        phc: passwords::hash(password),
        token: Some(token),
    };
    commune.submit(commune.operation(Actor::Agent(agent), Channel::Desk, body))?;
    commune.store.write(move |tx| session::end_all_of(tx, agent))?;
    Ok(())
}

async fn link(visit: &Visit, text: &str) -> Result<Link, DeskError> {
    let token = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .ok()
        .filter(|bytes| bytes.len() == 32);
    let from: Vec<Subject> = visit
        .address_of_client()
        .map(Subject::LinksFrom)
        .into_iter()
        .collect();
    let found = visit.app.with(&visit.slug, move |commune| {
        let name = commune.name.clone();
        let found = match token {
            Some(token) => look_up(commune, sha256(&[&token]))?,
            None => Err(Notice::LinkUnknown),
        };
        // A link cannot be found by guessing; whoever tries all the same is told to stop.
        let guessed = matches!(found, Err(Notice::LinkUnknown));
        let found = match guessed.then(|| throttle::attempt(commune, &from)).transpose()? {
            Some(Some(_)) => Err(Notice::TooManyTries),
            _ => found,
        };
        Ok::<_, StoreError>((name, found))
    });
    let (commune, found) = found.await?;
    found.map_err(|what| {
        // Whoever used the link has a password; for all others there is nothing behind the door.
        let back = (what == Notice::LinkUsed).then(|| format!("/{}/gestion", visit.slug));
        DeskError::Said { what, commune, back }
    })
}

fn look_up(commune: &Commune, token: Hash32) -> Result<Result<Link, Notice>, StoreError> {
    let now = commune.clock.now();
    commune.store.read(|tx| {
        let Some(row) = tx.first(include_str!("sql/agent_link.sql"), &[token.into()])? else {
            return Ok(Err(Notice::LinkUnknown));
        };
        let branch = journal::current_branch(tx)?;
        Ok(if !row.is_null(5) {
            Err(Notice::AccountWithdrawn)
        } else if !row.is_null(3) {
            Err(Notice::LinkUsed)
        } else if BranchId(row.uuid(1)?) != branch || UtcMs(row.int(2)?) <= now {
            Err(Notice::LinkExpired)
        } else {
            let agent = AgentId(row.uuid(0)?);
            Ok(Link {
                token,
                agent,
                email: row.text(4)?,
                commune: commune.name.clone(),
            })
        })
    })
}

fn draw(visit: &Visit, link: &Link, text: &str, trouble: Option<ActivationTrouble>) -> Response {
    let (token, cookie) = visit.form_token();
    let status = if trouble.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let view = ActivationPage {
        commune: link.commune.clone(),
        address: format!("/{}/gestion/activer/{text}", visit.slug),
        token,
        email: link.email.clone(),
        trouble,
        min_chars: MIN_CHARS,
    };
    let mut response = page(status, activation(&view));
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
