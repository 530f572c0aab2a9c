//! `POST /v1/sync`.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chrono_tz::UTC;
use futures_util::StreamExt;
use shared::codec::encode;
use shared::wire::{MAX_REQUEST, MEDIA_TYPE, SignedAnswer};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::clock::Stopwatch;
use crate::metrics;
use crate::sync::{self, SyncError};
use crate::web::gate::{Announced, Gate, Kind};
use crate::web::{App, WebError};

/// How long a body may take to arrive: longer than a tablet waits for its answer, so that only a line that is
/// dead is cut.
const READING: Duration = Duration::from_mins(2);
/// How many refused bodies are read to their end at a time, to be thrown away.
const REFUSED_BODIES: usize = 256;

impl From<SyncError> for WebError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Malformed(why) => Self::Malformed(why),
            SyncError::DeviceUnknown => Self::DeviceUnknown,
            SyncError::Withdrawn => Self::Withdrawn,
            SyncError::BadSignature => Self::BadSignature,
            SyncError::Refused(refusal) => Self::Refused(refusal),
            SyncError::Store(error) => error.into(),
            SyncError::Disagree(sheet) => Self::Fault(format!("rows and sheet {sheet} differ")),
        }
    }
}

/// Hands in marks and fetches what is new.
#[utoipa::path(
    post,
    path = "/v1/sync",
    params(
        ("preau-commune" = Option<String>, Header, description = "A hint: the commune the request is for"),
        ("preau-backlog" = Option<u32>, Header, description = "A hint: how many sheets of other days than today it hands in"),
    ),
    request_body(content_type = "application/cbor", description = "A signed SyncRequest (docs/formats.md)"),
    responses(
        (status = 200, content_type = "application/cbor", description = "A signed SyncResponse (docs/formats.md)"),
        (status = 400, description = "`malformed`: the frame cannot be read"),
        (status = 401, description = "`device_unknown`: send the credential; `bad_signature`"),
        (status = 403, description = "`withdrawn`: the tablet's rights were taken away"),
        (status = 404, description = "`commune_unknown`"),
        (status = 413, description = "Larger than 8 MiB"),
        (status = 429, description = "`busy`: too much is under way, and this is not of the day or there is too much of it too; wait as Retry-After says. Nothing was read of the body"),
        (status = 503, description = "`busy`: wait as Retry-After says"),
    )
)]
pub(super) async fn sync(
    State(app): State<App>,
    Extension(gate): Extension<Arc<Gate>>,
    asked: Request,
) -> Result<impl IntoResponse, WebError> {
    let entered = Announced::by(asked.headers()).and_then(|announced| gate.enter(&announced));
    let pass = match entered {
        Ok(pass) => pass,
        Err(refusal) => {
            throw_away(asked);
            return Err(refusal);
        }
    };
    let body = read(asked).await?;
    let watch = Stopwatch::start();
    let (signed, request) = sync::read(&body)?;
    let slug = sync::commune_of(&request).clone();
    let today = app.host.clock.now().date_in(UTC);
    let pass = pass.judged(Kind::of(&request, today), slug.as_str())?;
    let place = pass.turn().await;
    let (bytes_up, sent) = (body.len() as u64, body);
    let answered = app
        .with(slug.as_str(), move |commune| {
            // Held until the work ends, whether or not anybody still waits for the answer.
            let _place = place;
            let response = sync::answer(commune, &signed, request)?;
            Ok::<_, SyncError>(SignedAnswer::new(&sent, &response, &commune.keys.signing))
        })
        .await;
    metrics::exchanged(answered.is_ok(), watch.seconds());
    let frame = encode(&answered?);
    metrics::exchanged_bytes(bytes_up, frame.len() as u64);
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], frame))
}

/// The body of a request that was let in.
async fn read(asked: Request) -> Result<Bytes, WebError> {
    match timeout(READING, Bytes::from_request(asked, &())).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(rejected)) if rejected.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(WebError::TooLarge),
        Ok(Err(_)) => Err(WebError::Malformed("corps coupé".into())),
        Err(_) => Err(WebError::Busy),
    }
}

/// Reads a refused body to its end and keeps nothing of it: a connection that is closed on somebody
/// who still speaks takes the answer with it. Whoever asks first whether to go on is told by the
/// answer.
fn throw_away(asked: Request) {
    static AT_A_TIME: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(REFUSED_BODIES)));
    if asked.headers().contains_key(header::EXPECT) {
        return;
    }
    let Ok(permit) = Arc::clone(&AT_A_TIME).try_acquire_owned() else {
        return;
    };
    let body: Body = asked.into_body();
    tokio::spawn(async move {
        let to_its_end = async {
            let mut stream = body.into_data_stream();
            let mut left = 2 * MAX_REQUEST;
            while let Some(Ok(piece)) = stream.next().await {
                left = left.saturating_sub(piece.len());
                if left == 0 {
                    break;
                }
            }
        };
        let _ = timeout(READING, to_its_end).await;
        drop(permit);
    });
}
