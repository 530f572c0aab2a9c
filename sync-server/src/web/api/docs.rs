//! `GET /v1/openapi.json`: made from the handlers themselves.

use axum::Json;
use axum::response::IntoResponse;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Préau",
        description = "The tablets' endpoint. Frames are CBOR; docs/formats.md gives every field. Errors are JSON: {\"error\": word, \"message\": sentence for a person}."
    ),
    paths(
        super::sync::sync,
        super::enrol::enrol,
        super::events::events,
        super::health::healthz,
        super::health::metrics
    )
)]
struct Docs;

/// The description of this endpoint.
pub(super) async fn openapi() -> impl IntoResponse {
    Json(Docs::openapi())
}
