//! What the desk answers: pages, redirects, and pages that say why there is none.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use server_ui::desk::{Notice, notice};

use crate::store::StoreError;
use crate::web::answer::in_query;
pub(super) use crate::web::answer::{page, see_other};
use crate::web::{WebError, throttle};

/// All that a page may load or reach is ours; nothing stands inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Sets what every answer under `/gestion` carries.
pub(super) async fn guarded(mut response: axum::response::Response) -> axum::response::Response {
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request gets no page of its own.
#[derive(Debug)]
pub(super) enum DeskError {
    /// Nobody is logged in: log in first, then go back.
    LogIn {
        /// The commune.
        slug: String,
        /// Where to go afterwards.
        back: Option<String>,
    },
    /// A page that is already drawn.
    Drawn(Box<axum::response::Response>),
    /// A script asked, and nobody is logged in any more.
    Ended,
    /// A page says why.
    Said {
        /// Why.
        what: Notice,
        /// The commune's name, where there is one.
        commune: String,
        /// Where its link leads.
        back: Option<String>,
    },
}

impl DeskError {
    fn bare(what: Notice) -> Self {
        Self::Said {
            what,
            commune: String::new(),
            back: None,
        }
    }
}

impl From<WebError> for DeskError {
    fn from(error: WebError) -> Self {
        match error {
            WebError::CommuneUnknown => Self::bare(Notice::CommuneUnknown),
            WebError::Busy | WebError::Moved | WebError::Crowded { .. } => Self::bare(Notice::Busy),
            WebError::TooMany { .. } => Self::bare(Notice::TooManyTries),
            WebError::Malformed(_) | WebError::TooLarge => Self::bare(Notice::FormUnreadable),
            WebError::Refused(_) | WebError::DeviceUnknown | WebError::Withdrawn | WebError::BadSignature => {
                Self::bare(Notice::Forbidden)
            }
            WebError::Fault(why) => {
                tracing::error!(why, "a page failed");
                Self::bare(Notice::Fault)
            }
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        WebError::from(error).into()
    }
}

fn status(what: Notice) -> StatusCode {
    match what {
        Notice::CommuneUnknown | Notice::PageUnknown | Notice::LinkUnknown => StatusCode::NOT_FOUND,
        Notice::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Notice::FormRefused | Notice::Forbidden | Notice::AccountWithdrawn => StatusCode::FORBIDDEN,
        Notice::FormUnreadable => StatusCode::BAD_REQUEST,
        Notice::LinkUsed | Notice::LinkExpired => StatusCode::GONE,
        Notice::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        Notice::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Notice::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for DeskError {
    fn into_response(self) -> Response<Body> {
        match self {
            Self::LogIn { slug, back } => {
                let query = back
                    .map(|back| format!("?retour={}", in_query(&back)))
                    .unwrap_or_default();
                see_other(&format!("/{slug}/gestion/connexion{query}"))
            }
            Self::Drawn(page) => *page,
            Self::Ended => StatusCode::UNAUTHORIZED.into_response(),
            Self::Said { what, commune, back } => {
                let mut response = page(status(what), notice(what, &commune, back.as_deref()));
                if what == Notice::TooManyTries {
                    let seconds = throttle::LOCK_MS / 1000;
                    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
                }
                response
            }
        }
    }
}
