//! What desk and portal answer alike: pages, and the way to the next one.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// A page with its status.
pub(in crate::web) fn page(status: StatusCode, html: String) -> Response {
    (status, Html(html)).into_response()
}

/// After a form that was taken: the browser asks for another page.
pub(in crate::web) fn see_other(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// A path of ours as the value of a query: the few characters that have a meaning there are escaped.
pub(in crate::web) fn in_query(path: &str) -> String {
    path.chars()
        .fold(String::with_capacity(path.len() + 16), |mut out, c| {
            match c {
                '/' => out.push_str("%2F"),
                '?' => out.push_str("%3F"),
                '=' => out.push_str("%3D"),
                '&' => out.push_str("%26"),
                '#' => out.push_str("%23"),
                '%' => out.push_str("%25"),
                '+' => out.push_str("%2B"),
                c => out.push(c),
            }
            out
        })
}
