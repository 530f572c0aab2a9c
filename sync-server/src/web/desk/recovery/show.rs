//! The page, drawn.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::recovery::{RecoveryPage, recovery_fragment, recovery_page};

use super::super::reply::{DeskError, page};
use super::super::rights::{Right, may};
use super::super::service;
use super::super::visit::Desk;
use super::read::{Eyes, whole};

pub(super) fn eyes(desk: &Desk) -> Eyes {
    Eyes {
        reach: desk.reach().clone(),
        may: may(desk.session.role, Right::Recover),
        address: desk.at(super::PATH),
        home: desk.at(""),
    }
}

/// The page as it is now.
pub(super) async fn load(desk: &Desk) -> Result<RecoveryPage, DeskError> {
    let eyes = eyes(desk);
    let bar = desk.bar();
    let merge = may(desk.session.role, Right::Recover).then(|| desk.at(super::super::merge::PATH));
    let events = desk.at("/evenements");
    let service = desk.at(service::PATH);
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (current, past) = commune.store.read(|tx| whole(tx, commune, &eyes))?;
        Ok::<_, crate::store::StoreError>(RecoveryPage {
            bar,
            action: eyes.may.then_some(eyes.address),
            service,
            merge,
            current,
            past,
            events,
        })
    });
    Ok(view.await?)
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeRecovery)?;
    let part_only = desk.visit.header("x-fragment") == Some("board");
    let view = load(&desk).await?;
    let html = match &view.current {
        Some(current) if part_only => recovery_fragment(&current.board),
        _ => recovery_page(&view),
    };
    Ok(page(StatusCode::OK, html))
}
