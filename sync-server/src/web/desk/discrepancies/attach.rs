//! Who a child is that nobody knew.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::discrepancies::{AttachPage, attach_page};
use server_ui::desk::form::FormState;
use shared::ids::{SettlementId, mint};
use shared::operation::{Body, Decision, DiscrepancyKind, Refusal, SettledDiscrepancy};

use super::super::devices::{SHOWN, matching};
use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::asked::Asked;
use super::lines::Found;
use super::names::Names;
use super::{PATH, act, read};
use crate::clock::random;
use crate::discrepancies::refresh;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SettleDiscrepancies)?;
    let asked = Asked::of(&desk);
    let search = FormState::default().with("q", desk.asked(&["q"]).value("q"));
    draw(&desk, asked, search, None, StatusCode::OK).await
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::SettleDiscrepancies)?;
    let asked = Asked::carried(&desk, &form);
    let (one, _) = find(&desk, &asked).await?;
    let refusal = match form.value("enfant").parse() {
        Ok(child) => {
            let line = SettledDiscrepancy {
                id: SettlementId(mint(desk.commune.clock.now(), random())),
                kind: one.kind,
                site: one.site,
                date: one.date,
                activity: one.activity,
                child: one.child,
                evidence: one.digest,
                decision: Decision::Attach { child },
                note: String::new(),
            };
            match desk
                .submit(None, Body::SettleDiscrepancies { lines: vec![line] })
                .await?
            {
                Ok(outcome) => return act::done(&desk, &asked, &outcome).await,
                Err(refusal) => refusal,
            }
        }
        Err(_) => Refusal::NotFound("cet enfant"),
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    draw(
        &desk,
        asked,
        FormState::default(),
        Some(refusal.to_string()),
        wrong,
    )
    .await
}

/// The unknown child of the path, if it is still open within reach.
async fn find(desk: &Desk, asked: &Asked) -> Result<(Found, Names), DeskError> {
    let (asked, key) = (asked.clone(), desk.word("cle").to_owned());
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        refresh::refresh(commune, asked.period(today), refresh::AT_ONCE)?;
        commune.store.read(|tx| {
            let names = Names::load(tx)?;
            let filter = asked.filter(today, &names);
            let all = read::all(tx, &filter, usize::MAX)?;
            Ok::<_, crate::store::StoreError>((all, names))
        })
    });
    let (all, names) = found.await?;
    let found = all
        .into_iter()
        .find(|one| one.kind == DiscrepancyKind::UnknownChild && one.key() == key);
    match found {
        Some(found) => Ok((found, names)),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

async fn draw(
    desk: &Desk,
    asked: Asked,
    search: FormState,
    trouble: Option<String>,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let (one, names) = find(desk, &asked).await?;
    let query = search.value("q").trim().to_owned();
    let mut found = if query.is_empty() {
        Vec::new()
    } else {
        let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
            let today = commune.today();
            commune.store.read(|tx| matching(tx, &query, today))
        });
        found.await?
    };
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let view = AttachPage {
        bar: desk.bar(),
        words: one.who(&desk.commune).unwrap_or_default(),
        place: one.place(&names, &desk.commune),
        action: desk.at(&format!("{PATH}/rattacher/{}", one.key())),
        address: asked.address,
        search,
        found,
        more,
        trouble,
    };
    Ok(page(status, attach_page(&view)))
}
