//! The queue: what waits for an answer first, the one that waits longest at its head.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Choice, FormState};
use server_ui::desk::requests::{QueuePage, kind_words, queue_page, state_words};
use shared::operation::{RequestKind, RequestState};

use super::{PATH, line_of};
use crate::store::StoreError;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Requests on a page.
const SIZE: usize = 25;
/// The word that asks for all states.
const ALL: &str = "toutes";

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::AnswerRequests)?;
    let address = desk.asked(&["etat", "sujet", "page"]);
    let (bar, home) = (desk.bar(), desk.at(""));
    let state = match address.value("etat") {
        ALL => "",
        word => RequestState::named(word).unwrap_or(RequestState::Open).as_str(),
    };
    let kind = RequestKind::named(address.value("sujet")).map_or("", RequestKind::as_str);
    let nth = address.value("page").parse().ok();
    let nth: usize = nth.filter(|nth| (1..10_000).contains(nth)).unwrap_or(1);
    let form = FormState::default()
        .with("etat", if state.is_empty() { ALL } else { state })
        .with("sujet", kind);
    let mut states = RequestState::ALL
        .map(|state| Choice::new(state.as_str(), state_words(state)))
        .to_vec();
    states.push(Choice::new(ALL, server_ui::desk::requests::all_words()));
    let kinds = RequestKind::ALL.map(|kind| Choice::new(kind.as_str(), kind_words(kind)));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let total = tx.first(include_str!("sql/count.sql"), &[state.into(), kind.into()])?;
            let total = total.map_or(Ok(0), |row| row.count(0))?;
            let size = i64::try_from(SIZE).unwrap_or(i64::MAX);
            let offset = i64::try_from((nth - 1) * SIZE).unwrap_or(0);
            let (kind, size, offset) = (kind.into(), size.into(), offset.into());
            let rows = if state == RequestState::Open.as_str() {
                tx.query(include_str!("sql/open.sql"), &[kind, size, offset])?
            } else {
                let params = [kind, size, offset, state.into()];
                tx.query(include_str!("sql/page.sql"), &params)?
            };
            let rows = rows.iter().map(|row| line_of(row, commune, &home));
            Ok::<_, StoreError>(QueuePage {
                rows: rows.collect::<Result<_, _>>()?,
                new: format!("{home}{PATH}/nouvelle"),
                states,
                kinds: kinds.into(),
                total: usize::try_from(total).unwrap_or(usize::MAX),
                page: nth,
                size: SIZE,
                address,
                form,
                bar,
            })
        })
    });
    Ok(page(StatusCode::OK, queue_page(&view.await?)))
}
