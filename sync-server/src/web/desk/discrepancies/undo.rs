//! A decision is undone: a whole lot, or one.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::Done;
use shared::operation::Body;

use super::super::posted::Posted;
use super::super::reply::DeskError;
use super::super::rights::Right;
use super::asked::Asked;
use super::decided;
use super::show::{Said, draw};
use crate::store::StoreError;

pub(super) async fn undo(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::SettleDiscrepancies)?;
    let asked = Asked::carried(&desk, &form);
    let reach = desk.reach().clone();
    let lot: Option<u64> = form.value("lot").parse().ok();
    let one = form.value("decision").parse().ok();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            Ok::<_, StoreError>(match (lot, one) {
                (Some(lot), _) => decided::standing(tx, lot, &reach)?,
                (None, Some(id)) => decided::one(tx, id, &reach)?,
                (None, None) => Vec::new(),
            })
        })
    });
    let settlements = found.await?;
    let address = asked.address.to_string();
    if settlements.is_empty() {
        return Ok(desk.done(&address, Done::Unchanged));
    }
    let body = Body::UndoSettlements {
        settlements,
        reason: String::new(),
    };
    match desk.submit(None, body).await? {
        Ok(_) => Ok(desk.done(&address, Done::Undone)),
        Err(refusal) => {
            let said = Said {
                trouble: Some(refusal.to_string()),
                ..Said::default()
            };
            draw(&desk, asked, said, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
