//! `GET /v1/openapi.json`: made from the handlers themselves.

use axum::Json;
use axum::response::IntoResponse;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Préau",
        description = "The tablets' endpoint, and what may be read before anybody logs in. Frames are CBOR; docs/formats.md gives every field. Errors are JSON: {\"error\": word, \"message\": sentence for a person}."
    ),
    paths(
        super::sync::sync,
        super::enrol::enrol,
        super::events::events,
        super::health::healthz,
        super::health::metrics,
        crate::web::public::situation_page,
        crate::web::public::situation_feed
    )
)]
struct Docs;

/// The description of this endpoint.
pub(super) async fn openapi() -> impl IntoResponse {
    Json(Docs::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described() {
        let described = serde_json::to_value(Docs::openapi()).unwrap();
        let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
        assert_eq!(
            paths,
            [
                "/healthz",
                "/metrics",
                "/v1/enrol",
                "/v1/events",
                "/v1/sync",
                "/{slug}/situation",
                "/{slug}/situation.atom"
            ]
        );
        for (path, method) in [("/v1/sync", "post"), ("/v1/enrol", "post"), ("/v1/events", "get")] {
            let answers = &described["paths"][path][method]["responses"];
            assert!(answers["200"].is_object() && answers["401"].is_object(), "{path}");
        }
    }
}
