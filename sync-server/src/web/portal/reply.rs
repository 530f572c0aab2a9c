//! What the portal answers: pages, redirects, and pages that say why there is none.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use server_ui::portal::{Said, said};

use crate::store::StoreError;
use crate::web::WebError;
use crate::web::answer::in_query;
pub(super) use crate::web::answer::{page, see_other};

/// All that a page may load or reach is ours; nothing stands inline. `worker-src` and `manifest-src` are for
/// messages on the telephone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Sets what every answer of the portal carries. Whatever sets a header of these itself keeps it.
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
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why a request gets no page of its own.
#[derive(Debug)]
pub(super) enum PortalError {
    /// Nobody is logged in: log in first, then go back.
    LogIn {
        /// The commune.
        slug: String,
        /// Where to go afterwards.
        back: Option<String>,
    },
    /// Somebody stands on the doorstep and has one thing to do first: a path of the commune.
    First(String),
    /// A page that is already drawn.
    Drawn(Box<axum::response::Response>),
    /// A page says why.
    Said {
        /// Why.
        what: Said,
        /// The commune's short name and name, where there is one.
        commune: Option<(String, String)>,
    },
}

impl PortalError {
    fn bare(what: Said) -> Self {
        Self::Said { what, commune: None }
    }
}

impl From<WebError> for PortalError {
    fn from(error: WebError) -> Self {
        match error {
            WebError::CommuneUnknown => Self::bare(Said::CommuneUnknown),
            WebError::Busy | WebError::Moved | WebError::Crowded { .. } => Self::bare(Said::Busy),
            WebError::TooMany { .. } => Self::bare(Said::TooManyTries),
            WebError::Malformed(_) | WebError::TooLarge => Self::bare(Said::FormUnreadable),
            WebError::Refused(_) | WebError::DeviceUnknown | WebError::Withdrawn | WebError::BadSignature => {
                Self::bare(Said::PageUnknown)
            }
            WebError::Fault(why) => {
                tracing::error!(why, "a page failed");
                Self::bare(Said::Fault)
            }
        }
    }
}

impl From<StoreError> for PortalError {
    fn from(error: StoreError) -> Self {
        WebError::from(error).into()
    }
}

fn status(what: Said) -> StatusCode {
    match what {
        Said::CommuneUnknown | Said::PageUnknown | Said::LinkUnknown => StatusCode::NOT_FOUND,
        Said::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Said::FormRefused | Said::OnlyLooking => StatusCode::FORBIDDEN,
        Said::FormUnreadable => StatusCode::BAD_REQUEST,
        Said::LinkUsed | Said::LinkExpired => StatusCode::GONE,
        Said::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        Said::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Said::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for PortalError {
    fn into_response(self) -> Response<Body> {
        match self {
            Self::LogIn { slug, back } => {
                let query = back
                    .map(|back| format!("?retour={}", in_query(&back)))
                    .unwrap_or_default();
                see_other(&format!("/{slug}/connexion{query}"))
            }
            Self::First(path) => see_other(&path),
            Self::Drawn(page) => *page,
            Self::Said { what, commune } => {
                let commune = commune.as_ref().map(|(slug, name)| (&**slug, &**name));
                page(status(what), said(what, commune))
            }
        }
    }
}
