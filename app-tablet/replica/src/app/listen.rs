//! Listening to the server's stream of changes: one that the tablet does not have wakes the exchange.

use std::sync::Mutex;
use std::time::Duration;

use futures_util::StreamExt;
use serde::Deserialize;
use shared::ids::BranchId;
use shared::sign::Purpose;
use tokio::sync::Notify;

use super::App;
use crate::clock::random;
use crate::error::ReplicaError;

/// Wait before the stream is opened again, in ms; up to twice as long, for a server that restarts
/// lets everybody go at once.
const AGAIN_MS: u64 = 2_000;
/// How long a tablet waits at most before it looks what became of a stream that ended, in ms.
const LOOK_WITHIN_MS: u64 = 2_000;

/// What was heard last and nobody has looked at yet.
#[derive(Default)]
pub(super) struct Heard {
    newest: Mutex<News>,
    told: Notify,
}

/// What a tablet may hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum News {
    /// Nothing that can be told: the stream ended, or says something new.
    #[default]
    Unknown,
    /// The record of that branch changed up to this entry.
    Changed(BranchId, u64),
}

impl Heard {
    fn tell(&self, news: News) {
        if let Ok(mut newest) = self.newest.lock() {
            *newest = news;
        }
        self.told.notify_one();
    }

    /// Waits until something is heard.
    pub(super) async fn next(&self) -> News {
        self.told.notified().await;
        self.newest.lock().map_or(News::Unknown, |newest| *newest)
    }
}

/// The newest change that a piece of the stream tells; `None` where it tells none.
fn news(piece: &[u8]) -> Option<News> {
    #[derive(Deserialize)]
    struct Changed {
        branch: String,
        seq: u64,
    }
    let text = String::from_utf8_lossy(piece);
    let told = text.lines().rev().find_map(|line| line.strip_prefix("data:"))?;
    let read = serde_json::from_str::<Changed>(told).ok();
    let changed = read.and_then(|told| Some(News::Changed(told.branch.parse().ok()?, told.seq)));
    Some(changed.unwrap_or(News::Unknown))
}

/// Any time up to `most_ms`, in ms.
fn within(most_ms: u64) -> u64 {
    u64::from(u16::from_be_bytes(random())) * most_ms / u64::from(u16::MAX)
}

impl App {
    /// Listens for ever. While the line is dead, the exchange's own waits find it again.
    pub(super) async fn listen(&self) {
        loop {
            if self.is_online() {
                self.hear().await;
            }
            tokio::time::sleep(Duration::from_millis(AGAIN_MS + within(AGAIN_MS))).await;
        }
    }

    /// Opens the stream and wakes the exchange at each event, until it ends.
    async fn hear(&self) {
        let asked = self.with(|_, tablet| {
            let enrolled = tablet.enrolled()?;
            let (commune, device) = (
                enrolled.credential.grant.commune.to_string(),
                enrolled.device().to_string(),
            );
            let message = format!("events/{commune}/{device}");
            let signature = enrolled.key().sign(Purpose::Request, message.as_bytes());
            let signature = data_encoding::BASE64URL_NOPAD.encode(&signature.0);
            Ok::<_, ReplicaError>((tablet.servers()?, commune, device, signature))
        });
        let Ok((servers, commune, device, signature)) = asked.await else {
            return;
        };
        for server in servers {
            let query = [
                ("commune", commune.clone()),
                ("device", device.clone()),
                ("signature", signature.clone()),
            ];
            let Ok(response) = self.0.transport.events(&server, &query).await else {
                continue;
            };
            let mut stream = response.bytes_stream();
            let heard = self.heard();
            while let Some(Ok(chunk)) = stream.next().await {
                if let Some(news) = news(&chunk) {
                    heard.tell(news);
                }
            }
            // The stream broke: the line may be dead. The exchange finds out, not all tablets at once.
            tokio::time::sleep(Duration::from_millis(within(LOOK_WITHIN_MS))).await;
            heard.tell(News::Unknown);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_change_of_a_piece_of_the_stream_is_heard() {
        let branch = "0193b1a0-0000-7000-8000-000000000001";
        let line = |seq| format!("event: changed\ndata: {{\"branch\":\"{branch}\",\"seq\":{seq}}}\n\n");
        let changed = News::Changed(branch.parse().unwrap(), 8);
        assert_eq!(news((line(7) + &line(8)).as_bytes()), Some(changed));
        assert_eq!(news(b":\n\n"), None, "the line is only kept alive");
        assert_eq!(
            news(b"data: {\"bra"),
            Some(News::Unknown),
            "half a message calls for a look"
        );
    }
}
