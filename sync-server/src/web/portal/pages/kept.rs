//! Answers that may be kept for a while, and asked about afterwards.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::sign::sha256;

use crate::web::portal::family::Guest;
use crate::web::portal::reply;
use crate::web::visit::Visit;

/// How long whatever lies between may keep a page, in seconds.
const PAGE_SECONDS: u32 = 60;
/// How long it may keep a file whose address changes with what it holds, in seconds.
const FILE_SECONDS: u32 = 24 * 60 * 60;

/// A page: kept where nobody is in.
pub(super) fn page(guest: &Guest, html: String) -> Response {
    if guest.session.is_some() {
        return reply::page(StatusCode::OK, html);
    }
    let mut response = answer(
        &guest.visit,
        html.into_bytes(),
        "text/html; charset=utf-8",
        PAGE_SECONDS,
    );
    // Whoever logs in asks again.
    let cookie = HeaderValue::from_static("cookie");
    response.headers_mut().insert(header::VARY, cookie);
    response
}

/// A file whose address names what it holds under `v`; `current` is what that would be now. Under another address it
/// is kept no longer than a page.
pub(super) fn file(visit: &Visit, bytes: Vec<u8>, media_type: &str, current: &str) -> Response {
    let seconds = if visit.asked("v") == Some(current) {
        FILE_SECONDS
    } else {
        PAGE_SECONDS
    };
    answer(visit, bytes, media_type, seconds)
}

fn answer(visit: &Visit, bytes: Vec<u8>, media_type: &str, seconds: u32) -> Response {
    let hex = sha256(&[&bytes]).hex();
    let tag = format!("\"{}\"", hex.get(..16).unwrap_or_default());
    let held = visit.header("if-none-match").unwrap_or_default();
    let same = held
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == tag);
    let about = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, format!("public, max-age={seconds}")),
    ];
    if same {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (
        about,
        [(header::CONTENT_TYPE, media_type.to_owned())],
        Body::from(bytes),
    )
        .into_response()
}
