//! Everything that speaks HTTP: the tablets' endpoint (`/v1/…`) and the town hall's pages
//! (`/{slug}/gestion/…`).

pub mod api;
pub mod desk;
mod error;
mod events;

use std::sync::Arc;

use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;
use tower_http::catch_panic::CatchPanicLayer;

pub use error::WebError;

use crate::commune::Commune;
use crate::host::{Host, HostError};

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// The host.
    pub host: Arc<Host>,
    /// What `/metrics` prints.
    pub metrics: PrometheusHandle,
}

impl App {
    /// Runs work on a commune on the blocking pool: stores are synchronous.
    ///
    /// # Errors
    /// [`WebError`]: the commune is unknown, or what `work` answers.
    pub async fn with<T, E>(
        &self,
        slug: &str,
        work: impl FnOnce(&Arc<Commune>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
    {
        let host = Arc::clone(&self.host);
        let slug = slug.to_owned();
        let run = move || {
            let commune = host.commune(&slug).map_err(|e: HostError| WebError::from(e))?;
            work(&commune).map_err(Into::into)
        };
        tokio::task::spawn_blocking(run)
            .await
            .map_err(|e| WebError::Fault(e.to_string()))?
    }
}

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(api::router())
        .merge(desk::router())
        .layer(CatchPanicLayer::custom(error::panicked))
        .with_state(app)
}
