//! The list, and noting one.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::outages::{OutagesPage, outages_page};
use shared::ids::{OutageId, mint};
use shared::operation::{Body, OutageCause};

use super::{PATH, Sites, entry, line};
use crate::clock::random;
use crate::outages::outages;
use crate::store::StoreError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeRecovery)?;
    let form = FormState::default().with("cause", OutageCause::Line.as_str());
    draw(&desk, form, StatusCode::OK).await
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::NoteOutages)?;
    let reach = desk.reach().clone();
    let sites = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| Sites::read(tx, &reach))
    });
    let sites = sites.await?;
    let id = OutageId(mint(desk.commune.clock.now(), random()));
    let Some(outage) = entry::understood(&mut form, id, None, &sites, &desk.commune) else {
        return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match desk.submit(None, Body::PutOutage { outage }).await? {
        Ok(_) => Ok(desk.done(&desk.at(&format!("{PATH}/{id}")), Done::Created)),
        Err(refusal) => {
            form.refuse("au", &refusal);
            draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let bar = desk.bar();
    let list = desk.at(PATH);
    let reach = desk.reach().clone();
    let notes = may(desk.session.role, Right::NoteOutages);
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (sites, all) = commune
            .store
            .read(|tx| Ok::<_, StoreError>((Sites::read(tx, &reach)?, outages(tx)?)))?;
        let seen = all.iter().filter(|outage| sites.sees(outage));
        Ok::<_, StoreError>(OutagesPage {
            bar,
            lines: seen.map(|outage| line(outage, &sites, commune, &list)).collect(),
            new: notes.then(|| entry::drawn(form, list, &sites, OutageCause::Line)),
        })
    });
    Ok(page(status, outages_page(&view.await?)))
}
