//! Server-sent events: only "changed up to (branch, seq)", at connect, after each change, and
//! whenever another process has written. Whoever hears it then syncs or reloads.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use shared::receipt::Position;
use tokio::sync::broadcast::error::RecvError;

use crate::commune::Commune;
use crate::metrics::Listening;

/// How often the store is looked at for what other processes wrote.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The stream of a commune. It ends when the listener goes away.
pub(super) fn of(commune: Arc<Commune>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = commune.listen();
    let start = (commune, listener, None::<Position>, Listening::begin());
    let events = stream::unfold(start, |(commune, mut listener, told, listening)| async move {
        loop {
            let head = {
                let commune = Arc::clone(&commune);
                tokio::task::spawn_blocking(move || commune.head()).await
            };
            let Ok(Ok(head)) = head else { return None };
            if told != Some(head) {
                let event = Event::default()
                    .event("changed")
                    .data(format!(r#"{{"branch":"{}","seq":{}}}"#, head.branch, head.seq));
                return Some((Ok(event), (commune, listener, Some(head), listening)));
            }
            if let Ok(Err(RecvError::Closed)) = tokio::time::timeout(LOOK_EVERY, listener.recv()).await {
                return None;
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
