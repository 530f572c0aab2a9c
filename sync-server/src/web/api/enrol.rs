//! `POST /v1/enrol`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use shared::codec::{decode, encode};
use shared::operation::Refusal;
use shared::wire::{EnrolRequest, MEDIA_TYPE};

use crate::sync;
use crate::web::{App, WebError};

/// Enrols a tablet by a one-time code.
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
    )
)]
pub(super) async fn enrol(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, WebError> {
    let request: EnrolRequest = decode(&body).map_err(|e| WebError::Malformed(e.to_string()))?;
    let (slug, code) = sync::tidy_code(&request.code).ok_or(Refusal::CodeUnknown)?;
    let here = address(&headers);
    let enrolled = app
        .with(slug.as_str(), move |commune| {
            sync::enrol(commune, &request, &code, &here)
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
