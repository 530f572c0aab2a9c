//! Schools, sites, classes, services, activities, staff and agents.
//!
//! [`records`] has the handlers that all parts share; each part says in [`records::Kind`] what its
//! form holds. Staff codes and agents' links have pages of their own.

mod activities;
mod agents;
mod codes;
mod index;
mod places;
mod records;
mod staff;
mod town;

use axum::Router;
use axum::routing::{get, post};
use shared::operation::{
    ActivityRecord, AgentRecord, ClassRecord, SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};

use crate::web::App;
use records::{Kind, change, create, list, new, restore, retire, show};

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/reglages", get(index::show))
        .merge(part::<SchoolRecord>())
        .merge(part::<SiteRecord>())
        .merge(part::<ClassRecord>())
        .merge(part::<ServiceRecord>())
        .merge(part::<ActivityRecord>())
        .merge(part::<StaffRecord>())
        .merge(part::<AgentRecord>())
        .route(
            "/{slug}/gestion/reglages/personnel/{id}/code",
            get(codes::ask).post(codes::give),
        )
        .route(
            "/{slug}/gestion/reglages/personnel/{id}/code/enlever",
            post(codes::take),
        )
        .route("/{slug}/gestion/reglages/agents/{id}/lien", post(agents::link))
        .route(
            "/{slug}/gestion/reglages/agents/{id}/revoquer",
            get(agents::ask).post(agents::dismiss),
        )
}

/// The pages that every part has.
fn part<K: Kind>() -> Router<App> {
    let base = format!("/{{slug}}/gestion/reglages/{}", K::PART.word());
    let router = Router::new()
        .route(&base, get(list::<K>))
        .route(&format!("{base}/nouveau"), get(new::<K>).post(create::<K>))
        .route(&format!("{base}/{{id}}"), get(show::<K>).post(change::<K>));
    if K::RETIRES {
        router
            .route(&format!("{base}/{{id}}/retirer"), post(retire::<K>))
            .route(&format!("{base}/{{id}}/remettre"), post(restore::<K>))
    } else {
        router
    }
}
