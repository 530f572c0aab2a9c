//! `/healthz` and `/metrics`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::web::{App, WebError};
use crate::{machine, metrics};

/// The media type of Prometheus' text format.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Whether the server can answer.
#[utoipa::path(get, path = "/healthz", responses(
    (status = 200, description = "`{\"status\": \"ok\", \"version\": …, \"communes\": …}`"),
    (status = 503, description = "`{\"status\": \"stopping\", …}`: it still answers and is about to stop, \
        send nobody here any more; or `busy`: the list of communes cannot be read"),
))]
pub(in crate::web) async fn healthz(State(app): State<App>) -> Result<impl IntoResponse, WebError> {
    let host = Arc::clone(&app.host);
    let listed = tokio::task::spawn_blocking(move || host.list())
        .await
        .map_err(|e| WebError::Fault(e.to_string()))?;
    let communes = listed.map_err(|_| WebError::Busy)?.len();
    let (status, word) = if app.host.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else {
        (StatusCode::OK, "ok")
    };
    let told = json!({ "status": word, "version": env!("CARGO_PKG_VERSION"), "communes": communes });
    Ok((status, Json(told)))
}

/// Counters and timings for Prometheus; ids and counts only.
///
/// Served on the listener of `serve --metrics-listen` alone where that is given. Elsewhere it is
/// hidden from whoever comes through a proxy.
#[utoipa::path(get, path = "/metrics", responses(
    (status = 200, content_type = "text/plain", description = "The text format of Prometheus"),
    (status = 404, description = "Asked for through a proxy, or served on a listener of its own"),
))]
pub(in crate::web) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let host = Arc::clone(&app.host);
    let looked = tokio::task::spawn_blocking(move || {
        metrics::host(metrics::Host {
            communes: host.list().ok().map(|listed| listed.len()),
            open: host.held(),
            free: machine::free_bytes(host.data()),
            pool: host.backend().pool().map(|pool| pool.usage()),
        });
        metrics::process(machine::process());
    });
    // What could not be looked at stays as it was; the rest is told.
    let _ = looked.await;
    ([(header::CONTENT_TYPE, TEXT_FORMAT)], app.metrics.render())
}
