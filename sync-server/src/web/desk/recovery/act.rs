//! What is decided on the page.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::recovery::{Current, RecoveryPage, recovery_page};
use server_ui::desk::recovery_words as words;
use shared::operation::{Actor, Body, Refusal};
use shared::withdrawal::{Subject, Withdrawn};
use uuid::Uuid;

use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::proposals::fingerprint;
use super::read::waiting;
use super::show::{eyes, load};
use crate::corridor::CorridorError;
use crate::returns::{self, Weight};
use crate::web::WebError;

fn current(view: &mut RecoveryPage) -> Option<&mut Current> {
    view.current.as_mut()
}

/// What came of a form of proposals.
enum Came {
    Taken,
    Moved,
    Nothing,
    Refused(Refusal),
}

pub(super) async fn propositions(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    let came = take(&desk, &form).await?;
    let (trouble, status) = match came {
        Came::Taken => {
            let back = format!("{}#propositions", desk.at(super::PATH));
            return Ok(desk.done(&back, Done::TakenBack));
        }
        Came::Moved => (None, StatusCode::CONFLICT),
        Came::Nothing => (Some(words::nothing_ticked()), StatusCode::UNPROCESSABLE_ENTITY),
        Came::Refused(refusal) => (Some(refusal.to_string()), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let mut view = load(&desk).await?;
    if let Some(current) = current(&mut view) {
        current.proposals.moved = status == StatusCode::CONFLICT;
        current.proposals.trouble = trouble;
    }
    Ok(page(status, recovery_page(&view)))
}

async fn take(desk: &Desk, form: &FormState) -> Result<Came, DeskError> {
    let chosen: BTreeSet<String> = form.all("proposition").into_iter().map(str::to_owned).collect();
    let all = form.value("geste") == "tout";
    let shown = form.value("empreinte").to_owned();
    let actor = Actor::Agent(desk.session.agent);
    let eyes = eyes(desk);
    let came = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (known, proven) = commune.store.read(|tx| {
            let Some(recovery) = returns::newest(tx)? else {
                return Ok((Vec::new(), String::new()));
            };
            let ground = returns::ground(tx)?;
            let all = waiting(&ground, &recovery, &eyes.reach);
            let print = fingerprint(&all);
            Ok::<_, crate::store::StoreError>((all, print))
        })?;
        if all && proven != shown {
            return Ok(Came::Moved);
        }
        let names: BTreeSet<String> = known
            .iter()
            .filter(|proposal| !all || proposal.weight == Weight::Proven)
            .map(returns::Proposal::name)
            .filter(|name| all || chosen.contains(name))
            .collect();
        if !all && names.len() < chosen.len() {
            return Ok(Came::Moved);
        }
        if names.is_empty() {
            return Ok(Came::Nothing);
        }
        match returns::accept(commune, actor, Some(&names), |_| true) {
            Ok(done) if done.gone > 0 && done.taken == 0 => Ok(Came::Moved),
            Ok(_) => Ok(Came::Taken),
            Err(CorridorError::Refused(refusal)) => Ok(Came::Refused(refusal)),
            Err(error) => Err(WebError::from(error)),
        }
    });
    Ok(came.await?)
}

pub(super) async fn confirm(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    let kind = [Withdrawn::Agent, Withdrawn::Device]
        .into_iter()
        .find(|kind| kind.as_str() == form.value("genre"));
    let subject = form.value("sujet").parse::<Uuid>().ok();
    let (Some(kind), Some(subject)) = (kind, subject) else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let body = Body::ConfirmAfterLoss {
        kind,
        subject: Subject(subject.into_bytes()),
    };
    match desk.submit(None, body).await? {
        Ok(_) => {
            let back = format!("{}#confirmer", desk.at(super::PATH));
            Ok(desk.done(&back, Done::Confirmed))
        }
        Err(_) => Err(desk.said(Notice::Forbidden)),
    }
}

pub(super) async fn sign_off(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Recover)?;
    let newest = desk.visit.app.with(&desk.visit.slug, |commune| {
        commune.store.read(|tx| returns::newest(tx))
    });
    let Some(recovery) = newest.await? else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let body = Body::SignOffRecovery {
        branch: recovery.branch,
        note: form.value("note").trim().to_owned(),
    };
    match desk.submit(form.seen(), body).await? {
        Ok(_) => Ok(desk.done(&desk.at(super::PATH), Done::SignedOff)),
        Err(refusal) => {
            let status = match &refusal {
                Refusal::Changed { .. } => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            form.refuse("note", &refusal);
            let mut view = load(&desk).await?;
            if let Some(current) = current(&mut view) {
                current.sign = form.of_version(recovery.version);
            }
            Ok(page(status, recovery_page(&view)))
        }
    }
}
