//! Server-sent events: only "changed up to (branch, seq)", at connect and after each change of any
//! process. Whoever hears it then syncs or reloads. The stream ends when this process is about to
//! stop; a new one, here or at another process, begins with the newest point again.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};

use crate::commune::Commune;

/// How often something is sent though nothing changed, so that both ends notice a line that was cut.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The stream of a commune.
pub(super) fn of(commune: &Arc<Commune>) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let events = stream::unfold(commune.listen(), |mut listener| async move {
        let head = listener.next().await?;
        let event = Event::default()
            .event("changed")
            .data(format!(r#"{{"branch":"{}","seq":{}}}"#, head.branch, head.seq));
        Some((Ok(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE))
}
