//! Requests counted by class of route.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::clock::Stopwatch;
use crate::metrics::{self, InFlight};

/// Counts a request and its answer.
pub(super) async fn measure(request: Request, next: Next) -> Response {
    let (watch, pending) = (Stopwatch::start(), InFlight::begin());
    let route = class(request.uri().path());
    let response = next.run(request).await;
    metrics::answered(route, response.status().as_u16(), watch.seconds());
    drop(pending);
    response
}

/// The class of a path: few enough for a label, whatever the world asks for.
fn class(path: &str) -> &'static str {
    let mut parts = path.trim_start_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("v1"), Some("sync"), None) => "sync",
        (Some("v1"), Some("enrol"), None) => "enrol",
        (Some("v1"), Some("events"), None) => "events",
        (Some("static"), ..) => "static",
        (Some("healthz" | "metrics"), None, _) => "watch",
        (_, Some("gestion"), Some("evenements")) => "events",
        (_, Some("gestion"), Some("connexion")) => "login",
        (_, Some("gestion"), _) => "desk",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_class_and_an_invented_one_has_no_label_of_its_own() {
        for (path, told) in [
            ("/v1/sync", "sync"),
            ("/v1/enrol", "enrol"),
            ("/v1/events", "events"),
            ("/v1/openapi.json", "other"),
            ("/ville/gestion", "desk"),
            ("/ville/gestion/", "desk"),
            ("/ville/gestion/jour", "desk"),
            ("/ville/gestion/connexion", "login"),
            ("/ville/gestion/evenements", "events"),
            ("/static/desk.css", "static"),
            ("/healthz", "watch"),
            ("/", "other"),
            ("", "other"),
            ("/wp-login.php", "other"),
            ("/v1/sync/../../etc", "other"),
        ] {
            assert_eq!(class(path), told, "{path}");
        }
    }
}
