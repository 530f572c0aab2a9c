//! `/healthz` and `/metrics`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;

use crate::web::{App, WebError};

/// Whether the server can answer.
#[utoipa::path(get, path = "/healthz", responses(
    (status = 200, description = "`{\"status\": \"ok\", \"version\": …, \"communes\": …}`"),
    (status = 503, description = "The list of communes cannot be read"),
))]
pub(super) async fn healthz(State(app): State<App>) -> Result<impl IntoResponse, WebError> {
    let host = Arc::clone(&app.host);
    let listed = tokio::task::spawn_blocking(move || host.list())
        .await
        .map_err(|e| WebError::Fault(e.to_string()))?;
    let communes = listed.map_err(|_| WebError::Busy)?.len();
    Ok(Json(
        json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "communes": communes }),
    ))
}

/// Counters and timings for Prometheus; ids and counts only.
#[utoipa::path(get, path = "/metrics", responses((status = 200, content_type = "text/plain")))]
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    app.metrics.render()
}
