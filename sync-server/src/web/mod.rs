//! Everything that speaks HTTP: the tablets' endpoint (`/v1/…`) and the town hall's pages
//! (`/{slug}/gestion/…`), what may be read before anybody logs in (`/{slug}/situation`), and
//! the families' portal (`/{slug}/…`).

mod answer;
pub mod api;
#[cfg(test)]
mod browser;
pub mod desk;
mod error;
mod events;
mod forwarded;
mod gate;
mod guard;
mod hashing;
mod measured;
pub mod portal;
pub mod public;
mod qr;
mod throttle;
mod visit;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::runtime::Handle;
use tower_http::catch_panic::CatchPanicLayer;

pub use error::WebError;
pub use forwarded::{Network, NetworkError, Proxies};

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
    /// Runs work that only reads. Where the commune is open and its store answers without a trip, it runs at once, on
    /// the thread that asks: handing it to another costs more than it does. One thread at least is always left for
    /// everybody else; who finds none goes by [`Self::with`].
    ///
    /// # Errors
    /// See [`Self::with`].
    pub async fn look<T, E>(
        &self,
        slug: &str,
        work: impl FnOnce(&Arc<Commune>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
    {
        let at_hand = || {
            let commune = self.host.at_hand(slug)?;
            commune.store.answers_at_once().then_some(commune)
        };
        if let Some(_look) = LOOKING.begin()
            && let Some(commune) = at_hand()
        {
            return done(&self.host, &commune, work);
        }
        self.with(slug, work).await
    }

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
            done(&host, &commune, work)
        };
        tokio::task::spawn_blocking(run)
            .await
            .map_err(|e| WebError::Fault(e.to_string()))?
    }
}

/// Runs work; a commune that turns out to have moved is let go of.
fn done<T, E: Into<WebError>>(
    host: &Host,
    commune: &Arc<Commune>,
    work: impl FnOnce(&Arc<Commune>) -> Result<T, E>,
) -> Result<T, WebError> {
    let done = work(commune).map_err(Into::into);
    if matches!(done, Err(WebError::Moved)) {
        host.forget(commune.slug.as_str());
    }
    done
}

/// Threads that answer requests and read a store meanwhile.
struct Looking(AtomicUsize);

static LOOKING: Looking = Looking(AtomicUsize::new(0));

/// One of them, as long as it reads.
struct Look<'l>(&'l Looking);

impl Looking {
    /// One more of the threads of this runtime.
    fn begin(&self) -> Option<Look<'_>> {
        self.begin_of(Handle::try_current().ok()?.metrics().num_workers())
    }

    /// One more of so many, unless it were the last that is free.
    fn begin_of(&self, threads: usize) -> Option<Look<'_>> {
        let more = |so_far: usize| (so_far + 1 < threads).then_some(so_far + 1);
        let begun = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        begun.ok().map(|_| Look(self))
    }
}

impl Drop for Look<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What stands before this server.
#[derive(Clone, Debug)]
pub struct Front {
    /// Who is believed about where a request began.
    pub proxies: Proxies,
    /// Whether `/metrics` is among the routes: not where it has a listener of its own.
    pub metrics: bool,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            proxies: Proxies::default(),
            metrics: true,
        }
    }
}

/// All routes, behind a proxy of this machine or none.
pub fn router(app: App) -> Router {
    router_behind(app, Front::default())
}

/// All routes.
pub fn router_behind(app: App, front: Front) -> Router {
    let api = api::router(gate::Gate::of(&app.host));
    let mut routes = Router::new()
        .merge(api)
        .merge(desk::router())
        .merge(public::router())
        .merge(portal::router());
    if front.metrics {
        let metrics = get(api::metrics).layer(from_fn(forwarded::not_handed_on));
        routes = routes.route("/metrics", metrics);
    }
    routes
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn(measured::measure))
        .layer(from_fn_with_state(Arc::new(front.proxies), forwarded::judge))
        .with_state(app)
}

/// What watches the server, for a listener that the public does not reach.
pub fn watch_router(app: App) -> Router {
    Router::new()
        .route("/metrics", get(api::metrics))
        .route("/healthz", get(api::healthz))
        .with_state(app)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_is_always_left_for_everybody_else() {
        let looking = Looking(AtomicUsize::new(0));
        assert!(looking.begin_of(1).is_none(), "the only one");
        let first = looking.begin_of(3).expect("one of three");
        let second = looking.begin_of(3).expect("two of three");
        assert!(looking.begin_of(3).is_none());
        drop(first);
        let third = looking.begin_of(3).expect("whoever is done makes room");
        assert!(looking.begin_of(3).is_none());
        drop((second, third));
        assert_eq!(looking.0.into_inner(), 0);
    }
}
