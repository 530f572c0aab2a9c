//! The first page: for anybody what the town says and how to get in, for a family what is expected of it, what
//! happened, and its children's next days. And everything that ever happened: the feed.

mod after;
mod before;
mod expected;
mod feed;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::family::Guest;
use super::permit::Permit;
use super::reply::PortalError;
use super::session::Stage;
use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}", get(show))
        .route("/{slug}/", get(show))
        .route("/{slug}/fil", get(feed::show))
}

async fn show(guest: Guest) -> Result<Response, PortalError> {
    let is_in = guest
        .session
        .as_ref()
        .is_some_and(|session| session.stage == Stage::In && session.guardian.is_some());
    if is_in {
        after::show(guest.require(Permit::Home)?).await
    } else {
        before::show(guest).await
    }
}
