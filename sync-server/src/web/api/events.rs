//! `GET /v1/events`: server-sent events for tablets.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use serde::Deserialize;
use shared::ids::DeviceId;
use shared::sign::{PublicKey, Purpose, Signature};
use shared::withdrawal::Withdrawn;

use crate::store::StoreError;
use crate::web::gate::Gate;
use crate::web::{App, WebError, events};

/// Who listens.
#[derive(Deserialize)]
pub(super) struct Listener {
    commune: String,
    device: DeviceId,
    /// Base64url of the tablet's signature over `events/COMMUNE/DEVICE`.
    signature: String,
}

/// Says "changed up to (branch, seq)" at connect and on each change; nothing else.
#[utoipa::path(
    get,
    path = "/v1/events",
    params(
        ("commune" = String, Query, description = "The commune's short name"),
        ("device" = String, Query, description = "The tablet's id"),
        ("signature" = String, Query, description = "Base64url of the tablet's signature over `events/COMMUNE/DEVICE`"),
    ),
    responses(
        (status = 200, content_type = "text/event-stream", description = "`changed` events with `{branch, seq}`: at once, then after each change; the stream ends when the server is about to stop"),
        (status = 401, description = "`device_unknown` or `bad_signature`"),
        (status = 403, description = "`withdrawn`"),
        (status = 429, description = "`busy`: too many come at once; wait as Retry-After says"),
    )
)]
pub(super) async fn events(
    State(app): State<App>,
    Extension(gate): Extension<Arc<Gate>>,
    Query(listener): Query<Listener>,
) -> Result<impl IntoResponse, WebError> {
    let slug = listener.commune.clone();
    let place = gate.look(&slug).await?;
    let commune = app
        .with(&slug, move |commune| {
            let _place = place;
            let (row, gone) = commune.store.read(|tx| {
                let id = listener.device.into();
                let row = tx.first(include_str!("../../record/device/get.sql"), &[id])?;
                let params = [Withdrawn::Device.as_str().into(), listener.device.into()];
                let gone = tx
                    .first(include_str!("../../record/withdrawal/get.sql"), &params)?
                    .is_some();
                Ok::<_, StoreError>((row, gone))
            })?;
            let row = row.ok_or(WebError::DeviceUnknown)?;
            let key = PublicKey::from_slice(&row.bytes(0)?).ok_or(WebError::DeviceUnknown)?;
            let signature = data_encoding::BASE64URL_NOPAD
                .decode(listener.signature.as_bytes())
                .unwrap_or_default();
            let message = format!("events/{}/{}", listener.commune, listener.device);
            let genuine = Signature::from_slice(&signature)
                .is_some_and(|signature| key.verifies(Purpose::Request, message.as_bytes(), &signature));
            match (genuine, gone) {
                (false, _) => Err(WebError::BadSignature),
                (true, true) => Err(WebError::Withdrawn),
                (true, false) => Ok(std::sync::Arc::clone(commune)),
            }
        })
        .await?;
    Ok(events::of(&commune))
}
