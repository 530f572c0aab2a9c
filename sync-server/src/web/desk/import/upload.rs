//! The file: chosen, read, kept as a draft.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::desk::Notice;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::import::{UploadPage, upload_page};

use super::draft;
use crate::import::{self, MAX_BYTES, MAX_LINES, Table};
use crate::web::WebError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

const MB: usize = 1024 * 1024;
/// Longest name of a file that is shown.
const NAME_CHARS: usize = 120;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    Ok(draw(&desk, FormState::default(), StatusCode::OK))
}

fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Response {
    let view = UploadPage {
        bar: desk.bar(),
        form,
        home: desk.at(""),
        most_mb: MAX_BYTES / MB,
        most_lines: MAX_LINES,
    };
    page(status, upload_page(&view))
}

/// What an upload held.
#[derive(Default)]
struct Sent {
    token: String,
    name: String,
    content: Vec<u8>,
    too_large: bool,
}

/// Reads an upload to its end; of a file that is too large only as much as fits is kept.
async fn read(mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(mut part) = parts.next_field().await? {
        match part.name() {
            Some("jeton") => {
                while let Some(chunk) = part.chunk().await? {
                    if sent.token.len() + chunk.len() <= 256 {
                        sent.token.push_str(&String::from_utf8_lossy(&chunk));
                    }
                }
            }
            Some("fichier") => {
                sent.name = part
                    .file_name()
                    .unwrap_or_default()
                    .chars()
                    .filter(|c| *c != '\0')
                    .take(NAME_CHARS)
                    .collect();
                while let Some(chunk) = part.chunk().await? {
                    if sent.content.len() + chunk.len() <= MAX_BYTES {
                        sent.content.extend_from_slice(&chunk);
                    } else {
                        sent.too_large = true;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(sent)
}

pub(super) async fn take(
    desk: Desk,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    let Ok(parts) = parts else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let mut form = FormState::default();
    let sent = match read(parts).await {
        Ok(sent) => sent,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Ok(too_large(&desk, form));
        }
        Err(_) => return Err(desk.said(Notice::FormUnreadable)),
    };
    desk.check_form(&sent.token)?;
    if sent.too_large {
        return Ok(too_large(&desk, form));
    }
    if sent.name.is_empty() && sent.content.is_empty() {
        form.flaw("fichier", Flaw::Said("desk-import-file-missing"));
        return Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let agent = desk.session.agent;
    let kept = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let table: Result<Table, _> = import::read(&sent.content);
        let table = match table {
            Ok(table) => table,
            Err(why) => return Ok(Err(why)),
        };
        let mapping = import::recognise(&table);
        draft::keep(commune, agent, sent.name, sent.content, mapping)
            .map(Ok)
            .map_err(WebError::from)
    });
    match kept.await? {
        Ok(token) => Ok(see_other(&desk.at(&format!("/import/{token}/colonnes")))),
        Err(why) => {
            form.flaw("fichier", Flaw::Words(import::unreadable_words(why)));
            Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn too_large(desk: &Desk, mut form: FormState) -> Response {
    form.flaw("fichier", Flaw::Words(import::too_large_words(MAX_BYTES / MB)));
    draw(desk, form, StatusCode::PAYLOAD_TOO_LARGE)
}

/// An empty file to fill in.
pub(super) async fn model(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    Ok(file("modele.csv", import::model()))
}

/// A file for spreadsheets.
pub(super) fn file(name: &str, content: Vec<u8>) -> Response {
    let about = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (about, content).into_response()
}

pub(super) async fn abandon(posted: Posted) -> Result<Response, DeskError> {
    let (desk, _) = posted.allow(Right::Import)?;
    draft::with(&desk, |commune, draft| {
        draft::forget(commune, draft.token, draft.agent).map_err(WebError::from)
    })
    .await?;
    Ok(see_other(&desk.at("/import")))
}
