//! Handing messages to the services that browsers named, on a thread of its own: a slow one holds no letter up.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use server_ui::portal::notices::notice_words;
use shared::operation::{Actor, Body, Channel, NoticeKind, PushRecord};
use shared::sign::sha256;
use shared::time::UtcMs;

use super::again::{Again, Tried};
use super::key::{self, PushKey};
use super::reach::{self, NotCalled};
use super::seal;
use crate::clock::Stopwatch;
use crate::commune::Commune;
use crate::metrics;
use crate::notices::Buzz;
use crate::store::StoreError;

/// How long one service may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a service keeps a message for a device that is off, in seconds.
const KEEP_SECONDS: u32 = 24 * 60 * 60;
/// Messages that wait at most; what comes on top stands in the feed alone.
const WAITING: usize = 10_000;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The service took it.
    Taken,
    /// The browser takes none any more.
    Gone,
    /// Not now; after so many seconds, where the service said so.
    Later(Option<u64>),
    /// The service did not answer.
    Silent,
    /// Not at all.
    Refused,
}

type Work = (Arc<Commune>, Vec<Buzz>);

/// The thread that hands messages out; dropping it ends it after the message under way.
pub struct Pusher {
    queue: Option<SyncSender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Pusher {
    /// Starts it. `contact` is whom a service may write to, such as `mailto:portail@ville.example`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no thread to be had.
    pub fn start(contact: String) -> Result<Self, StoreError> {
        let (queue, work) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("preau-push".into())
            .spawn(move || run(&work, &contact))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Has messages handed out.
    pub fn hand_out(&self, commune: &Arc<Commune>, buzzes: Vec<Buzz>) {
        if buzzes.is_empty() {
            return;
        }
        if let Some(queue) = &self.queue
            && let Err(TrySendError::Full(_)) = queue.try_send((Arc::clone(commune), buzzes))
        {
            metrics::buzzed("failed");
        }
    }
}

impl Drop for Pusher {
    fn drop(&mut self) {
        self.queue = None;
        // It may wait for a service: nobody waits for that.
        drop(self.thread.take());
    }
}

fn run(work: &Receiver<Work>, contact: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else {
        tracing::error!("no messages are handed out: there is no runtime to be had");
        return;
    };
    hand_all(work, &Stopwatch::start(), |commune, buzz| {
        match key::held(commune) {
            Ok(Some(key)) => runtime.block_on(hand(&key, contact, buzz, commune.clock.now())),
            Ok(None) => Handed::Refused,
            Err(error) => {
                tracing::warn!(commune = %commune.slug, %error, "a message cannot be sealed");
                Handed::Later(None)
            }
        }
    });
}

/// Hands out what comes and, between, what was not taken before, until nobody sends anything more.
pub(super) fn hand_all(
    work: &Receiver<Work>,
    watch: &Stopwatch,
    mut hand: impl FnMut(&Commune, &Buzz) -> Handed,
) {
    let mut again: Again<(Arc<Commune>, Buzz)> = Again::new(WAITING);
    loop {
        let come = match again.rest(now_of(watch)) {
            None => work.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(0) => work.try_recv().map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            }),
            Some(rest) => work.recv_timeout(Duration::from_secs(rest)),
        };
        let now = now_of(watch);
        let mut all = Vec::new();
        match come {
            Ok((commune, buzzes)) => all.extend(buzzes.into_iter().map(|buzz| Tried {
                kind: buzz.notice.kind,
                origin: origin_of(&buzz.to.endpoint),
                message: (Arc::clone(&commune), buzz),
                first: now,
                tries: 0,
            })),
            Err(RecvTimeoutError::Timeout) => all.extend(again.due(now)),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        for one in all {
            one_more(&mut again, one, watch, &mut hand);
        }
    }
}

fn now_of(watch: &Stopwatch) -> u64 {
    watch.seconds() as u64
}

fn origin_of(endpoint: &str) -> String {
    let url = endpoint.parse::<Url>();
    url.map(|url| url.origin().ascii_serialization())
        .unwrap_or_default()
}

/// Tries a message, unless its service is left alone, and keeps it for later where that may help.
fn one_more(
    again: &mut Again<(Arc<Commune>, Buzz)>,
    one: Tried<(Arc<Commune>, Buzz)>,
    watch: &Stopwatch,
    hand: &mut impl FnMut(&Commune, &Buzz) -> Handed,
) {
    let one = match again.admit(one, now_of(watch)) {
        None => return,
        Some(Ok(one)) => one,
        Some(Err(_)) => return metrics::buzzed("failed"),
    };
    let (commune, buzz) = &one.message;
    let handed = hand(commune, buzz);
    let now = now_of(watch);
    let asked = match handed {
        Handed::Taken => return metrics::buzzed("sent"),
        Handed::Refused => return metrics::buzzed("failed"),
        Handed::Gone => return forget(commune, buzz),
        Handed::Silent => {
            again.pause(&one.origin, now);
            None
        }
        Handed::Later(asked) => asked,
    };
    match again.keep(one, asked, now) {
        Ok(()) => metrics::buzzed("later"),
        Err(_) => metrics::buzzed("failed"),
    }
}

fn forget(commune: &Commune, buzz: &Buzz) {
    metrics::buzzed("gone");
    let body = Body::DropPush {
        guardian: buzz.to.guardian,
        endpoint: sha256(&[buzz.to.endpoint.as_bytes()]),
    };
    let operation = commune.operation(Actor::System, Channel::Job, body);
    if let Err(error) = commune.submit(operation) {
        tracing::warn!(commune = %commune.slug, %error, "a device that takes no messages cannot be forgotten");
    }
}

/// What a message says: the words of the feed.
fn said(buzz: &Buzz) -> String {
    let words = notice_words(&buzz.notice);
    let path = words.path.trim_start_matches('/');
    serde_json::json!({
        "id": buzz.notice.id.to_string(),
        "title": words.title,
        "text": words.text,
        "path": path,
    })
    .to_string()
}

async fn hand(key: &PushKey, contact: &str, buzz: &Buzz, now: UtcMs) -> Handed {
    let Some(url) = buzz
        .to
        .endpoint
        .parse::<Url>()
        .ok()
        .filter(|url| url.scheme() == "https")
    else {
        return Handed::Gone;
    };
    let (Some(host), port) = (url.host_str(), url.port_or_known_default().unwrap_or(443)) else {
        return Handed::Gone;
    };
    let host = host.trim_matches(['[', ']']);
    let places = match reach::resolve(host, port).await {
        Ok(places) => places,
        Err(NotCalled::Unknown) => return Handed::Silent,
        Err(NotCalled::Inside) => return Handed::Refused,
    };
    // What was looked up is what is called.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .resolve_to_addrs(host, &places)
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .build();
    match client {
        Ok(client) => {
            deliver(
                &client,
                key,
                contact,
                &buzz.to,
                &said(buzz),
                (buzz.notice.kind, now),
            )
            .await
        }
        Err(_) => Handed::Later(None),
    }
}

/// Seals a text for a browser and hands it to the service that it named.
pub async fn deliver(
    client: &reqwest::Client,
    key: &PushKey,
    contact: &str,
    to: &PushRecord,
    text: &str,
    (kind, now): (NoticeKind, UtcMs),
) -> Handed {
    let Ok(url) = to.endpoint.parse::<Url>() else {
        return Handed::Gone;
    };
    let origin = url.origin().ascii_serialization();
    let Some(body) = seal::seal(&to.key.0, &to.auth.0, text.as_bytes()) else {
        return Handed::Gone;
    };
    let Some(authorization) = key.authorization(&origin, contact, now) else {
        return Handed::Refused;
    };
    let urgency = if kind == NoticeKind::ChildLeft {
        "high"
    } else {
        "normal"
    };
    let sent = client
        .post(url)
        .header("authorization", authorization)
        .header("content-encoding", "aes128gcm")
        .header("content-type", "application/octet-stream")
        .header("ttl", KEEP_SECONDS)
        .header("urgency", urgency)
        .body(body)
        .send();
    let Ok(answer) = sent.await else {
        return Handed::Silent;
    };
    let status = answer.status();
    if status.is_success() {
        return Handed::Taken;
    }
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        return Handed::Gone;
    }
    tracing::warn!(status = status.as_u16(), "a service did not take a message");
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        let asked = answer.headers().get(RETRY_AFTER);
        return Handed::Later(asked.and_then(|seconds| seconds.to_str().ok()?.parse().ok()));
    }
    Handed::Refused
}
