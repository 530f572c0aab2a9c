//! The tablets' endpoint and what watches the server.

mod docs;
mod enrol;
mod events;
mod health;
mod sync;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router};
use shared::wire::{MAX_ENROLMENT, MAX_REQUEST};

use super::App;
use super::gate::Gate;
pub(super) use health::{healthz, metrics};

/// Routes under `/v1`, and `/healthz`. Where `/metrics` stands is decided by the host.
pub(super) fn router(gate: Arc<Gate>) -> Router<App> {
    Router::new()
        .route("/v1/sync", post(sync::sync))
        .route(
            "/v1/enrol",
            post(enrol::enrol).layer(DefaultBodyLimit::max(MAX_ENROLMENT)),
        )
        .route("/v1/events", get(events::events))
        .route("/v1/openapi.json", get(docs::openapi))
        .route("/healthz", get(health::healthz))
        .layer(Extension(gate))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
}
