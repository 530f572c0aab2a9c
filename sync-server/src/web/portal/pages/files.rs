//! The town's logo and its colour.

use axum::response::Response;
use server_ui::portal::Said;
use server_ui::portal::colours as styles;

use super::kept;
use crate::record;
use crate::web::portal::family::ground;
use crate::web::portal::reply::PortalError;
use crate::web::visit::Visit;

/// The logo, as it was sent: its kind was read from its bytes then.
pub(super) async fn logo(visit: Visit) -> Result<Response, PortalError> {
    let found = visit
        .app
        .with(&visit.slug, |commune| commune.store.read(record::logo));
    let Some((logo, version)) = found.await? else {
        return Err(visit.say(Said::PageUnknown).await);
    };
    Ok(kept::file(
        &visit,
        logo.bytes.0,
        &logo.media_type,
        &version.to_string(),
    ))
}

/// The stylesheet of the town's own colour; empty where it has none.
pub(super) async fn colours(visit: Visit) -> Result<Response, PortalError> {
    let ground = visit.app.with(&visit.slug, |commune| ground(commune)).await?;
    let accent = ground.portal.accent.unwrap_or_default();
    let css = styles::colours(&accent);
    Ok(kept::file(
        &visit,
        css.into_bytes(),
        "text/css; charset=utf-8",
        accent.trim_start_matches('#'),
    ))
}
