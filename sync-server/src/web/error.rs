//! The one error that knows HTTP.
//!
//! Three layers: domain enums with facts ([`shared::operation::Refusal`] and its like),
//! [`StoreError`], and this. What a person reads says what happened, what is kept and what to do.

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;
use shared::operation::Refusal;
use shared::time::UtcMs;
use shared::wire::words;

use crate::corridor::CorridorError;
use crate::host::HostError;
use crate::store::StoreError;

/// Why a request has no page or frame.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// No such commune.
    #[error("Cette collectivité n’est pas sur ce serveur. Vérifiez l’adresse.")]
    CommuneUnknown,
    /// The tablet is not known.
    #[error("Cette tablette n’est pas connue de ce serveur. Elle va présenter son titre.")]
    DeviceUnknown,
    /// The tablet's rights were taken away.
    #[error("Cette tablette a été retirée. Ses pointages restent sur elle ; adressez-vous à la mairie.")]
    Withdrawn,
    /// The signature does not hold.
    #[error("La signature de la demande n’est pas celle de la tablette.")]
    BadSignature,
    /// The frame cannot be read.
    #[error("Demande illisible : {0}.")]
    Malformed(String),
    /// Too large.
    #[error("Demande trop grande. Envoyez-la en plusieurs fois.")]
    TooLarge,
    /// Refused by a rule.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too many attempts that may be guesses.
    #[error(
        "Trop d’essais depuis cet endroit. Attendez {} min, vérifiez le code auprès de la mairie, puis réessayez. Les tablettes déjà associées continuent de fonctionner.",
        minutes(*.seconds)
    )]
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// Too much is under way for this to be let in.
    #[error(
        "Beaucoup de tablettes reviennent en même temps. Rien n’est perdu ; celle-ci enverra le reste dans {seconds} s."
    )]
    Crowded {
        /// How long to wait.
        seconds: u64,
    },
    /// Try later.
    #[error("Le serveur est très occupé. Rien n’est perdu ; réessayez dans un moment.")]
    Busy,
    /// The commune's store is no longer here; wherever it went, it answers again in a moment.
    #[error("Le serveur est très occupé. Rien n’est perdu ; réessayez dans un moment.")]
    Moved,
    /// A fault of ours; the text is for the log.
    #[error("Erreur du serveur. Rien n’a été changé ; réessayez, puis prévenez l’hébergeur.")]
    Fault(String),
}

/// Rounded up: when they have passed, another attempt is taken.
fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}

impl WebError {
    /// No attempt is taken before `until`.
    pub(super) fn wait(until: UtcMs, now: UtcMs) -> Self {
        let ms = u64::try_from(until.0.saturating_sub(now.0)).unwrap_or(0);
        Self::TooMany {
            seconds: ms / 1000 + 1,
        }
    }

    fn facts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::CommuneUnknown => (StatusCode::NOT_FOUND, words::COMMUNE_UNKNOWN),
            Self::DeviceUnknown => (StatusCode::UNAUTHORIZED, words::DEVICE_UNKNOWN),
            Self::Withdrawn => (StatusCode::FORBIDDEN, words::WITHDRAWN),
            Self::BadSignature => (StatusCode::UNAUTHORIZED, words::BAD_SIGNATURE),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, words::MALFORMED),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, words::MALFORMED),
            Self::Refused(Refusal::CodeUnknown) => (StatusCode::NOT_FOUND, words::CODE_UNKNOWN),
            Self::Refused(Refusal::CodeUsed) => (StatusCode::CONFLICT, words::CODE_USED),
            Self::Refused(Refusal::CodeExpired) => (StatusCode::GONE, words::CODE_EXPIRED),
            Self::Refused(Refusal::Withdrawn) => (StatusCode::FORBIDDEN, words::WITHDRAWN),
            Self::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, words::TOO_MANY),
            Self::Crowded { .. } => (StatusCode::TOO_MANY_REQUESTS, words::BUSY),
            Self::Busy | Self::Moved => (StatusCode::SERVICE_UNAVAILABLE, words::BUSY),
            Self::Fault(_) => (StatusCode::INTERNAL_SERVER_ERROR, words::FAULT),
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.facts().0
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> axum::response::Response {
        let (status, word) = self.facts();
        if let Self::Fault(why) = &self {
            tracing::error!(why, "a request failed");
        }
        let mut response = (
            status,
            Json(json!({ "error": word, "message": self.to_string() })),
        )
            .into_response();
        let wait = match self {
            Self::Busy | Self::Moved => Some(5),
            Self::TooMany { seconds } | Self::Crowded { seconds } => Some(seconds),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(why) => {
                tracing::error!(why, "the store is unavailable");
                Self::Busy
            }
            StoreError::Moved => {
                tracing::warn!("a request for a commune that is no longer here");
                Self::Moved
            }
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<CorridorError> for WebError {
    fn from(error: CorridorError) -> Self {
        match error {
            CorridorError::Refused(refusal) => Self::Refused(refusal),
            CorridorError::Store(error) => error.into(),
            CorridorError::Replay { .. } => Self::Fault(error.to_string()),
        }
    }
}

impl From<HostError> for WebError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Unknown(_) => Self::CommuneUnknown,
            HostError::Moved { .. } => Self::Moved,
            HostError::Corridor(error) => error.into(),
            HostError::Store(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// A handler panicked: the others go on.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    WebError::Fault("a handler panicked".into()).into_response()
}
