//! `POST /v1/enrol`.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use shared::codec::{decode, encode};
use shared::operation::Refusal;
use shared::wire::{EnrolRequest, MEDIA_TYPE};

use crate::sync;
use crate::web::forwarded::Caller;
use crate::web::throttle::{self, Subject};
use crate::web::{App, WebError};

/// Enrols a tablet by a one-time code. Codes that are none are counted, by address and for the whole
/// commune: beyond the limit the answer is 429 for a quarter of an hour. Enrolled tablets are not
/// concerned.
#[utoipa::path(
    post,
    path = "/v1/enrol",
    request_body(content_type = "application/cbor", description = "An EnrolRequest (docs/formats.md)"),
    responses(
        (status = 200, content_type = "application/cbor", description = "An EnrolResponse (docs/formats.md)"),
        (status = 400, description = "`malformed`"),
        (status = 401, description = "`bad_signature`"),
        (status = 404, description = "`code_unknown`"),
        (status = 409, description = "`code_used`"),
        (status = 410, description = "`code_expired`"),
        (status = 429, description = "`too_many`: too many codes that are none; wait as Retry-After says"),
        (status = 503, description = "`busy`: wait as Retry-After says"),
    )
)]
pub(super) async fn enrol(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, WebError> {
    let request: EnrolRequest = decode(&body).map_err(|e| WebError::Malformed(e.to_string()))?;
    let (slug, code) = sync::tidy_code(&request.code).ok_or(Refusal::CodeUnknown)?;
    if !request.is_genuine() {
        return Err(WebError::BadSignature);
    }
    let here = address(&headers);
    let from = caller.and_then(|Extension(caller)| caller.address);
    let subjects: Vec<Subject> = from
        .map(Subject::CodesFrom)
        .into_iter()
        .chain([Subject::Codes])
        .collect();
    let enrolled = app
        .with(slug.as_str(), move |commune| {
            if let Some(until) = throttle::attempt(commune, &subjects)? {
                return Err(WebError::wait(until, commune.clock.now()));
            }
            let response = sync::enrol(commune, &request, &code, &here)?;
            commune
                .store
                .write(move |tx| throttle::was_right(tx, &subjects))?;
            Ok(response)
        })
        .await;
    let response = enrolled.map_err(|error| match error {
        // A code of a commune that is not here is a wrong code to whoever types it.
        WebError::CommuneUnknown => Refusal::CodeUnknown.into(),
        other => other,
    })?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], encode(&response)))
}

/// The address at which the tablet reached this server.
fn address(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let scheme = if text("x-forwarded-proto") == Some("https") {
        "https"
    } else {
        "http"
    };
    // A proxy may hand on the name it was called by beside its own.
    let host = text("x-forwarded-host").or_else(|| text("host"));
    format!("{scheme}://{}", host.unwrap_or("localhost"))
}
