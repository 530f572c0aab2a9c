//! What the desk answers: pages, redirects, and pages that say why there is none.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use server_ui::desk::{Notice, notice};

use crate::store::StoreError;
use crate::web::{WebError, throttle};

/// All that a page may load or reach is ours; nothing stands inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page with its status.
pub(super) fn page(status: StatusCode, html: String) -> axum::response::Response {
    (status, Html(html)).into_response()
}

/// After a form that was taken: the browser asks for another page.
pub(super) fn see_other(address: &str) -> axum::response::Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

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
                    .map(|back| format!("?retour={}", encoded(&back)))
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

/// A path of ours as the value of a query: the few characters that have a meaning there are escaped.
fn encoded(path: &str) -> String {
    path.chars()
        .fold(String::with_capacity(path.len() + 16), |mut out, c| {
            match c {
                '/' => out.push_str("%2F"),
                '?' => out.push_str("%3F"),
                '=' => out.push_str("%3D"),
                '&' => out.push_str("%26"),
                '%' => out.push_str("%25"),
                '+' => out.push_str("%2B"),
                c => out.push(c),
            }
            out
        })
}
