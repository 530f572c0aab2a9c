//! The files that pages refer to. A browser asks again each time and is told when nothing changed.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::assets::{ASSETS, Asset};
use shared::sign::sha256;

static TAGGED: LazyLock<Vec<(Asset, String)>> =
    LazyLock::new(|| ASSETS.into_iter().map(|asset| (asset, tag(asset.text))).collect());

fn tag(text: &str) -> String {
    let hex = sha256(&[text.as_bytes()]).hex();
    format!("\"{}\"", &hex[..16])
}

pub(super) async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((asset, tag)) = TAGGED.iter().find(|(asset, _)| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let held = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let same = held
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*");
    let about = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if same {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, asset.media_type)], asset.text).into_response()
}
