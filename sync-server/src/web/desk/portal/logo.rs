//! The town's logo: its kind is read from its bytes, whatever the browser calls it.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, Flaw, FormState};
use shared::codec::Blob;
use shared::operation::{Body, LogoRecord};

use super::{PATH, settings};
use crate::pictures::picture;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::DeskError;
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Largest logo, in bytes.
const LARGEST: usize = 100 * 1024;
/// Longest of what stands beside the file, in bytes.
const LONGEST: usize = 2_000;

/// What an upload held.
#[derive(Default)]
struct Sent {
    token: String,
    words: String,
    content: Vec<u8>,
    too_large: bool,
}

/// Reads an upload to its end; of a file that is too large only as much as fits is kept.
async fn read(mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(mut part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let most = if name == "fichier" { LARGEST } else { LONGEST };
        let mut content = Vec::new();
        let mut whole = true;
        while let Some(chunk) = part.chunk().await? {
            whole = whole && content.len() + chunk.len() <= most;
            if whole {
                content.extend_from_slice(&chunk);
            }
        }
        match name.as_str() {
            "jeton" => sent.token = String::from_utf8_lossy(&content).into_owned(),
            "mots" => sent.words = String::from_utf8_lossy(&content).into_owned(),
            "fichier" => {
                sent.content = content;
                sent.too_large = !whole;
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
    desk.require(Right::EditPortal)?;
    let Ok(parts) = parts else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let sent = match read(parts).await {
        Ok(sent) => sent,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let mut form = FormState::default();
            form.flaw("fichier", Flaw::Said("desk-portal-logo-too-large"));
            return settings::draw_logo(&desk, form, StatusCode::PAYLOAD_TOO_LARGE).await;
        }
        Err(_) => return Err(desk.said(Notice::FormUnreadable)),
    };
    desk.check_form(&sent.token)?;
    let mut form = FormState::read(vec![("mots".to_owned(), sent.words)]);
    let words = form.text("mots", 120);
    let media_type = picture(&sent.content).map(|found| found.media_type.to_owned());
    if sent.too_large {
        form.flaw("fichier", Flaw::Said("desk-portal-logo-too-large"));
    } else if sent.content.is_empty() {
        form.flaw("fichier", Flaw::Said("desk-portal-logo-missing"));
    } else if media_type.is_none() {
        form.flaw("fichier", Flaw::Said("desk-portal-logo-kind"));
    }
    let logo = media_type.and_then(|media_type| {
        form.sound(LogoRecord {
            media_type,
            bytes: Blob(sent.content),
            words,
        })
    });
    let Some(logo) = logo else {
        return settings::draw_logo(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match desk.submit(None, Body::PutLogo { logo: Some(logo) }).await? {
        Ok(_) => Ok(desk.done(&format!("{}#logo", desk.at(PATH)), Done::Saved)),
        Err(refusal) => {
            form.refuse("fichier", &refusal);
            settings::draw_logo(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub(super) async fn remove(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditPortal)?;
    match desk.submit(None, Body::PutLogo { logo: None }).await? {
        Ok(_) => Ok(desk.done(&format!("{}#logo", desk.at(PATH)), Done::Removed)),
        Err(refusal) => {
            form.refuse("fichier", &refusal);
            settings::draw_logo(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
