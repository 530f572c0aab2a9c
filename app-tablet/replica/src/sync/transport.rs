//! HTTP. Addresses are tried in order; the tablet trusts the commune's key, not the name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use shared::wire::{MEDIA_TYPE, words};

use crate::error::ReplicaError;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one trip may take.
const TRIP: Duration = Duration::from_secs(45);

/// How long a stream of changes may last before it is opened again.
const STREAM: Duration = Duration::from_hours(6);

/// How long an address is waited for before the next one is tried beside it.
const PATIENCE: Duration = Duration::from_secs(8);
/// Bytes a second of a slow line: a large request is waited for longer.
const SLOW_LINE: u64 = 32 << 10;
/// For how many trips an address that did not answer is tried last.
const REST_TRIPS: u32 = 16;
/// Largest list of addresses, in bytes.
const LONGEST_LIST: usize = 64 << 10;
/// In the place of a server's word: what answered was not signed by the commune.
pub(crate) const UNSIGNED: &str = "unsigned";

/// A client.
#[derive(Clone)]
pub struct Transport {
    client: reqwest::Client,
    /// Addresses that did not answer, with how many trips they are still tried last.
    resting: Arc<Mutex<BTreeMap<String, u32>>>,
}

/// Why there is no answer to read.
#[derive(Debug)]
pub enum Said {
    /// Nobody answered, or the server could not (5xx): nothing is lost.
    Nothing(String),
    /// The server is there and asks to come back later (429, or 503 with a time): nothing is lost.
    Later {
        /// Its reason.
        why: String,
        /// After how many seconds, where it said so.
        after_s: Option<u64>,
    },
    /// The server refused.
    Refused {
        /// Its word.
        word: String,
        /// Its sentence.
        message: String,
    },
}

/// What is posted.
pub(crate) struct Post<'p> {
    pub(crate) path: &'p str,
    pub(crate) frame: &'p [u8],
    /// Headers by which a busy server judges it before it reads it.
    pub(crate) hints: &'p [(&'p str, String)],
}

fn unsigned() -> Said {
    Said::Refused {
        word: UNSIGNED.into(),
        message: String::new(),
    }
}

impl Said {
    fn is_unsigned(&self) -> bool {
        matches!(self, Self::Refused { word, .. } if word == UNSIGNED)
    }

    /// How much it says of the commune's own server.
    fn weight(&self) -> u8 {
        match self {
            Self::Nothing(_) => 0,
            Self::Refused { word, .. } if word == UNSIGNED || word == words::COMMUNE_UNKNOWN => 1,
            Self::Later { .. } => 2,
            Self::Refused { .. } => 3,
        }
    }

    /// Of two that said nothing to work with, the one that says more; the newer where both say as much.
    fn or(self, other: Self) -> Self {
        if other.weight() >= self.weight() {
            other
        } else {
            self
        }
    }
}

#[derive(serde::Deserialize)]
struct Problem {
    error: String,
    message: String,
}

impl Transport {
    /// A client with this product's time limits.
    ///
    /// # Errors
    /// [`ReplicaError::Fault`] when the machine has no usable TLS.
    pub fn new() -> Result<Self, ReplicaError> {
        // The first client of a process names the library that ciphers; later ones agree.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(TRIP)
            .build()
            .map_err(|e| ReplicaError::Fault(e.to_string()))?;
        Ok(Self {
            client,
            resting: Arc::default(),
        })
    }

    /// Posts a frame to the first address that answers.
    ///
    /// # Errors
    /// [`Said`].
    pub async fn post(&self, servers: &[String], path: &str, frame: &[u8]) -> Result<Vec<u8>, Said> {
        self.post_with(servers, path, frame, &[]).await
    }

    /// The same with headers by which a busy server judges the request before it reads it.
    ///
    /// # Errors
    /// [`Said`].
    pub async fn post_with(
        &self,
        servers: &[String],
        path: &str,
        frame: &[u8],
        hints: &[(&str, String)],
    ) -> Result<Vec<u8>, Said> {
        let mut last = Said::Nothing("aucune adresse de serveur".into());
        for server in servers {
            match self.post_to(server, path, frame, hints).await {
                // A server that is there says more than one that is not.
                Err(Said::Nothing(why)) if !matches!(last, Said::Later { .. }) => last = Said::Nothing(why),
                Err(Said::Nothing(_)) => {}
                Err(later @ Said::Later { .. }) => last = later,
                answered => return answered,
            }
        }
        Err(last)
    }

    /// Posts a frame to the addresses in turn, the next one beside those that let wait, until one answers
    /// with what `ours` says is the commune's. A refusal that `knows_us` does not take for the last word
    /// comes back at once; any other only once all have been asked, for whoever answers at an old address
    /// may be somebody else.
    ///
    /// # Errors
    /// [`Said`]; a refusal under the word [`UNSIGNED`] when answers came, and none was the commune's.
    pub(crate) async fn race(
        &self,
        servers: &[String],
        post: &Post<'_>,
        ours: &impl Fn(&[u8]) -> bool,
        knows_us: &impl Fn(&str) -> bool,
    ) -> Result<Vec<u8>, Said> {
        let patience = PATIENCE + Duration::from_secs(post.frame.len() as u64 / SLOW_LINE);
        let mut waiting = self.in_turn(servers).into_iter();
        let mut asked = FuturesUnordered::new();
        let mut last = Said::Nothing("aucune adresse de serveur".into());
        let ask = |server: String| async move {
            let said = self.post_to(&server, post.path, post.frame, post.hints).await;
            (server, said)
        };
        asked.extend(waiting.next().map(ask));
        while !asked.is_empty() {
            let more = waiting.len() > 0;
            let next = tokio::select! {
                next = asked.next() => next,
                () = tokio::time::sleep(patience), if more => None,
            };
            let heard = match next {
                None => None,
                Some((server, Ok(bytes))) if ours(&bytes) => {
                    self.answered(&server);
                    return Ok(bytes);
                }
                Some((server, Ok(_))) => Some((server, unsigned())),
                Some((_, Err(Said::Refused { word, message }))) if !knows_us(&word) => {
                    return Err(Said::Refused { word, message });
                }
                Some((server, Err(said))) => Some((server, said)),
            };
            if let Some((server, said)) = heard {
                if matches!(said, Said::Nothing(_)) || said.is_unsigned() {
                    self.rests(&server);
                }
                last = last.or(said);
            }
            asked.extend(waiting.next().map(ask));
        }
        Err(last)
    }

    /// The addresses in their order, but for those that did not answer lately: these come last.
    fn in_turn(&self, servers: &[String]) -> Vec<String> {
        let Ok(mut resting) = self.resting.lock() else {
            return servers.to_vec();
        };
        let (late, mut first): (Vec<String>, Vec<String>) = servers
            .iter()
            .cloned()
            .partition(|server| resting.contains_key(server));
        first.extend(late);
        resting.retain(|_, trips| {
            *trips = trips.saturating_sub(1);
            *trips > 0
        });
        first
    }

    fn rests(&self, server: &str) {
        if let Ok(mut resting) = self.resting.lock() {
            resting.insert(server.to_owned(), REST_TRIPS);
        }
    }

    fn answered(&self, server: &str) {
        if let Ok(mut resting) = self.resting.lock() {
            resting.remove(server);
        }
    }

    async fn post_to(
        &self,
        server: &str,
        path: &str,
        frame: &[u8],
        hints: &[(&str, String)],
    ) -> Result<Vec<u8>, Said> {
        let url = format!("{}{path}", server.trim_end_matches('/'));
        let mut request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, MEDIA_TYPE)
            .body(frame.to_vec());
        for (name, value) in hints {
            request = request.header(*name, value);
        }
        let response = request.send().await.map_err(|e| Said::Nothing(brief(&e)))?;
        let status = response.status();
        let frame = response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind == MEDIA_TYPE);
        let after_s = retry_after(response.headers());
        let body = response.bytes().await.map_err(|e| Said::Nothing(brief(&e)))?;
        if status.is_success() && frame {
            return Ok(body.to_vec());
        }
        if status.as_u16() == 429 || (status.as_u16() == 503 && after_s.is_some()) {
            // Somebody in front of the server may answer in its place, without our sentence.
            let why = match serde_json::from_slice::<Problem>(&body) {
                Ok(problem) => problem.message.trim_end_matches('.').to_owned(),
                Err(_) => format!("réponse {}", status.as_u16()),
            };
            return Err(Said::Later { why, after_s });
        }
        if status.is_server_error() {
            return Err(Said::Nothing(format!("réponse {}", status.as_u16())));
        }
        Err(match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => Said::Refused {
                word: problem.error,
                message: problem.message,
            },
            // Something that is not this product answered: a captive portal, another site.
            Err(_) => Said::Nothing(format!("réponse {} d’un autre serveur", status.as_u16())),
        })
    }

    /// Fetches a small file, such as a published list of addresses.
    ///
    /// # Errors
    /// [`Said::Nothing`] when it cannot be had.
    pub(crate) async fn get(&self, url: &str) -> Result<Vec<u8>, Said> {
        let mut response = self
            .client
            .get(url)
            .send()
            .await
            .map_err(|e| Said::Nothing(brief(&e)))?;
        if !response.status().is_success() {
            return Err(Said::Nothing(format!("réponse {}", response.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|e| Said::Nothing(brief(&e)))? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST_LIST {
                return Err(Said::Nothing("fichier trop grand".into()));
            }
        }
        Ok(body)
    }

    /// Opens the stream of changes.
    ///
    /// # Errors
    /// [`Said::Nothing`] when it cannot be opened.
    pub(crate) async fn events(
        &self,
        server: &str,
        query: &[(&str, String)],
    ) -> Result<reqwest::Response, Said> {
        let url =
            reqwest::Url::parse_with_params(&format!("{}/v1/events", server.trim_end_matches('/')), query)
                .map_err(|e| Said::Nothing(e.to_string()))?;
        // A stream lasts: only its connection has a limit.
        let request = self.client.get(url).timeout(STREAM);
        let response = request.send().await.map_err(|e| Said::Nothing(brief(&e)))?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(Said::Nothing(format!("réponse {}", response.status().as_u16())))
        }
    }
}

/// After how many seconds an answer asks to come back; a date is not read.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// What went wrong, without addresses or the library's chain of causes.
fn brief(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "délai dépassé".into()
    } else if error.is_connect() {
        "connexion impossible".into()
    } else {
        "ligne coupée".into()
    }
}
