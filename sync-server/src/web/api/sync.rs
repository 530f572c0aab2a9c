//! `POST /v1/sync`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::codec::encode;
use shared::wire::{MEDIA_TYPE, SignedAnswer};

use crate::clock::Stopwatch;
use crate::metrics;
use crate::sync::{self, SyncError};
use crate::web::{App, WebError};

impl From<SyncError> for WebError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Malformed(why) => Self::Malformed(why),
            SyncError::DeviceUnknown => Self::DeviceUnknown,
            SyncError::Withdrawn => Self::Withdrawn,
            SyncError::BadSignature => Self::BadSignature,
            SyncError::Refused(refusal) => Self::Refused(refusal),
            SyncError::Store(error) => error.into(),
            SyncError::Disagree(sheet) => Self::Fault(format!("rows and sheet {sheet} differ")),
        }
    }
}

/// Hands in marks and fetches what is new.
#[utoipa::path(
    post,
    path = "/v1/sync",
    request_body(content_type = "application/cbor", description = "A signed SyncRequest (docs/formats.md)"),
    responses(
        (status = 200, content_type = "application/cbor", description = "A signed SyncResponse (docs/formats.md)"),
        (status = 400, description = "`malformed`: the frame cannot be read"),
        (status = 401, description = "`device_unknown`: send the credential; `bad_signature`"),
        (status = 403, description = "`withdrawn`: the tablet's rights were taken away"),
        (status = 404, description = "`commune_unknown`"),
        (status = 413, description = "Larger than 8 MiB"),
        (status = 503, description = "`busy`: wait as Retry-After says"),
    )
)]
pub(super) async fn sync(State(app): State<App>, body: Bytes) -> Result<impl IntoResponse, WebError> {
    let watch = Stopwatch::start();
    let (signed, request) = sync::read(&body)?;
    let slug = sync::commune_of(&request).clone();
    let (bytes_up, sent) = (body.len() as u64, body);
    let answered = app
        .with(slug.as_str(), move |commune| {
            let response = sync::answer(commune, &signed, request)?;
            Ok::<_, SyncError>(SignedAnswer::new(&sent, &response, &commune.keys.signing))
        })
        .await;
    metrics::exchanged(answered.is_ok(), watch.seconds());
    let frame = encode(&answered?);
    metrics::exchanged_bytes(bytes_up, frame.len() as u64);
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], frame))
}
