//! Listening to the server's stream of changes: each wakes the exchange.

use std::time::Duration;

use futures_util::StreamExt;
use shared::sign::Purpose;

use super::App;
use crate::error::ReplicaError;

/// Wait before the stream is opened again, in ms.
const AGAIN_MS: u64 = 3_000;

impl App {
    /// Listens for ever. While the line is dead, the exchange's own waits find it again.
    pub(super) async fn listen(&self) {
        loop {
            if self.is_online() {
                self.hear().await;
            }
            tokio::time::sleep(Duration::from_millis(AGAIN_MS)).await;
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
            while let Some(Ok(chunk)) = stream.next().await {
                if chunk.windows(5).any(|part| part == b"data:") {
                    self.0.wake.notify_one();
                }
            }
            // The stream broke: the line may be dead. The exchange finds out at once.
            self.0.wake.notify_one();
            return;
        }
    }
}
