//! What may be read before anybody logs in: `/{slug}/situation` and its Atom feed. Nothing of families, no
//! cookie; any cache between may keep it for a minute.
//!
//! What is shown is [`situation`]; how, the two pure functions of [`server_ui::public`]. Whoever puts the same
//! off-site calls these three and needs no server.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use server_ui::desk::{Notice, notice};
use server_ui::public::{Part, Post, Shelf, Situation, feed, page};
use shared::sign::sha256;
use shared::time::UtcMs;
use uuid::Uuid;

use super::forwarded::origin;
use super::{App, WebError};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};

/// How long whatever lies between may keep a page, in seconds.
const KEPT_SECONDS: u32 = 60;
/// A page of files and styles of ours alone, where no form is sent.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// The routes of this area.
pub fn router() -> Router<App> {
    Router::new()
        .route("/{slug}/situation", get(situation_page))
        .route("/{slug}/situation.atom", get(situation_feed))
}

/// All that is public of a commune, as the record has it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn situation(tx: &mut dyn Read, commune: &Commune) -> Result<Situation, StoreError> {
    let parts = record::parts(tx)?.into_iter().map(|part| Part {
        capability: part.capability,
        state: part.state,
        since: part.switched.map(|(at, _)| at),
        message: part.message,
    });
    let posts = record::incidents(tx)?
        .into_iter()
        .map(|((post, _), updated_at)| Post {
            id: post.id,
            published_at: post.published_at,
            updated_at,
            title: post.title,
            text: post.text,
            over: post.over,
        });
    let began = tx.first(include_str!("../../record/journal/began.sql"), &[])?;
    let since = began.map(|row| row.int(0)).transpose()?.unwrap_or_default();
    Ok(Situation {
        slug: commune.slug.to_string(),
        commune: commune.name.clone(),
        zone: commune.zone,
        feed: feed_id(commune),
        since: UtcMs(since),
        parts: parts.collect(),
        posts: posts.collect(),
    })
}

/// The same feed is the same commune, wherever its server stands: its key outlives a fire.
fn feed_id(commune: &Commune) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"situation.preau");
    Uuid::new_v5(&namespace, &commune.keys.signing.public().0)
}

/// The page: what is open, what is not, and the town hall's words on incidents.
#[utoipa::path(
    get, path = "/{slug}/situation", tag = "public",
    params(("slug" = String, Path, description = "The commune's short name")),
    responses(
        (status = 200, description = "For people; may be kept for a minute", content_type = "text/html"),
        (status = 304, description = "As the caller has it"),
        (status = 404, description = "No such commune", content_type = "text/html"),
        (status = 503, description = "Busy; Retry-After says when", content_type = "text/html"),
    )
)]
pub(super) async fn situation_page(
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    shown(&app, &slug, &headers, "text/html; charset=utf-8", page).await
}

/// The same words as an Atom feed.
#[utoipa::path(
    get, path = "/{slug}/situation.atom", tag = "public",
    params(("slug" = String, Path, description = "The commune's short name")),
    responses(
        (status = 200, description = "Atom (RFC 4287); may be kept for a minute", content_type = "application/atom+xml"),
        (status = 304, description = "As the caller has it"),
        (status = 404, description = "No such commune", content_type = "text/html"),
        (status = 503, description = "Busy; Retry-After says when", content_type = "text/html"),
    )
)]
pub(super) async fn situation_feed(
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    shown(&app, &slug, &headers, "application/atom+xml; charset=utf-8", feed).await
}

async fn shown(
    app: &App,
    slug: &str,
    headers: &HeaderMap,
    media_type: &'static str,
    draw: fn(&Situation, Shelf<'_>) -> String,
) -> Response {
    let origin = origin(headers);
    let drawn = app.with(slug, move |commune| {
        let situation = commune.store.read(|tx| situation(tx, commune))?;
        Ok::<_, StoreError>(draw(&situation, Shelf::Server { origin: &origin }))
    });
    let mut response = match drawn.await {
        Ok(text) => kept(text, headers, media_type),
        Err(error) => instead(error),
    };
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// An answer that may be kept for a while, and asked about afterwards.
fn kept(text: String, headers: &HeaderMap, media_type: &'static str) -> Response {
    let hex = sha256(&[text.as_bytes()]).hex();
    let tag = format!("\"{}\"", &hex[..16]);
    let held = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let same = held
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == tag);
    let about = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, format!("public, max-age={KEPT_SECONDS}")),
    ];
    if same {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, media_type)], text).into_response()
}

fn instead(error: WebError) -> Response {
    let what = match &error {
        WebError::CommuneUnknown => Notice::CommuneUnknown,
        WebError::Busy | WebError::Moved | WebError::Crowded { .. } => Notice::Busy,
        _ => Notice::Fault,
    };
    // The error knows its status, whether to come back later, and what to log.
    let mut response = error.into_response();
    *response.body_mut() = notice(what, "", None).into();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let uncached = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response.headers_mut().insert(header::CACHE_CONTROL, uncached);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}
