//! One request, and the town hall's answer.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use server_ui::desk::requests::{Asker, RequestPage, RequestWord, request_page, settled_words};
use shared::ids::{HouseholdId, RequestId};
use shared::operation::{Actor, Body, Refusal, RequestState};
use shared::words::{day, hour_or_full};

use super::{PATH, text_of};
use crate::record::{self, Request, RequestLine};
use crate::store::{Row, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// What the page shows.
struct Thread {
    request: Request,
    version: i64,
    lines: Vec<(RequestLine, Option<String>)>,
    asker: Asker,
    child: Option<(String, String)>,
}

/// What an answer may say of where the request stands.
const ANSWERS: [RequestState; 3] = [RequestState::Done, RequestState::Waiting, RequestState::Refused];

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::AnswerRequests)?;
    let thread = find(&desk).await?;
    let form = FormState::default().of_version(thread.version);
    Ok(draw(&desk, thread, form, StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::AnswerRequests)?;
    let thread = find(&desk).await?;
    let request = thread.request.id;
    let state = form.maybe_choice("etat", |word| {
        RequestState::named(word).filter(|state| ANSWERS.contains(state))
    });
    if state.is_none() && !form.is_flawed() {
        form.flaw("etat", Flaw::Missing);
    }
    let text = text_of(&mut form);
    let answer = state.map(|state| Body::AnswerRequest { request, state, text });
    let Some(Some(answer)) = form.sound(answer) else {
        return Ok(draw(&desk, thread, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match desk.submit(form.seen(), answer).await? {
        Ok(_) => Ok(desk.done(&desk.at(&format!("{PATH}/{request}")), Done::Saved)),
        Err(Refusal::Changed { version }) => {
            // What was said meanwhile stands above the form; what was typed stays in it.
            let typed = FormState::default()
                .with("etat", form.value("etat"))
                .with("texte", form.value("texte"));
            form.overtaken(typed, version);
            let thread = find(&desk).await?;
            Ok(draw(&desk, thread, form, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("texte", &refusal);
            Ok(draw(&desk, thread, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn find(desk: &Desk) -> Result<Thread, DeskError> {
    let id = RequestId(desk.uuid("id")?);
    let home = desk.at("");
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some((request, version)) = record::request(tx, id)? else {
                return Ok::<_, StoreError>(None);
            };
            let agents = record::agents(tx)?;
            let lines = record::request_lines(tx, id)?.into_iter().map(|line| {
                let agent = match line.by {
                    Actor::Agent(id) => agents.iter().find(|(agent, _)| agent.id == id),
                    _ => None,
                };
                let name = agent.map(|(agent, _)| agent.name.clone());
                (line, name)
            });
            let lines = lines.collect();
            let asker = asker(
                tx.first(include_str!("sql/guardian.sql"), &[request.guardian.into()])?
                    .as_ref(),
                &home,
            )?;
            let child = match request.child {
                Some(child) => record::child(tx, child)?,
                None => None,
            };
            let child = child.map(|(child, _)| {
                let name = format!("{} {}", child.first_name, child.last_name);
                (name, format!("{home}/enfants/{}", child.id))
            });
            Ok(Some(Thread {
                request,
                version,
                lines,
                asker,
                child,
            }))
        })
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

/// Who asks, where its file still stands.
fn asker(row: Option<&Row>, home: &str) -> Result<Asker, StoreError> {
    let Some(row) = row else {
        return Ok(Asker::default());
    };
    Ok(Asker {
        name: format!("{} {}", row.text(0)?, row.text(1)?),
        household: row.text(2)?,
        address: Some(format!("{home}/foyers/{}", HouseholdId(row.uuid(3)?))),
        phone: row.opt(4, Row::text)?,
        email: row.opt(5, Row::text)?,
    })
}

fn draw(desk: &Desk, thread: Thread, form: FormState, status: StatusCode) -> Response {
    let zone = desk.commune.zone;
    let id = thread.request.id;
    let lines = thread.lines.into_iter().enumerate();
    let words = lines.map(|(nth, (line, agent))| RequestWord {
        by_phone: nth == 0 && agent.is_some(),
        agent,
        day: day(line.at.date_in(zone)),
        hour: hour_or_full(line.at.time_in(zone)),
        text: line.text,
    });
    let view = RequestPage {
        words: words.collect(),
        answers: ANSWERS
            .map(|state| Choice::new(state.as_str(), settled_words(state)))
            .into(),
        action: desk.at(&format!("{PATH}/{id}")),
        queue: desk.at(PATH),
        title: thread.request.title,
        kind: thread.request.kind,
        state: thread.request.state,
        asker: thread.asker,
        child: thread.child,
        bar: desk.bar(),
        form,
    };
    page(status, request_page(&view))
}
