//! A session that is billed without waiting, by name and with a reason.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::discrepancies::{WaiveSessionPage, waive_session_page};
use server_ui::desk::form::{Done, Flaw, FormState};
use shared::ids::{ActivityId, SiteId};
use shared::operation::Body;

use super::super::day::day_of;
use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::names::Names;
use super::{PATH, sessions};
use crate::discrepancies::{Completeness, completeness};
use crate::store::StoreError;

/// The session of the path.
struct Session {
    site: SiteId,
    date: NaiveDate,
    activity: ActivityId,
    found: Completeness,
    words: String,
    owed: Vec<String>,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::WaiveSessions)?;
    let session = find(&desk).await?;
    Ok(draw(&desk, session, FormState::default(), StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::WaiveSessions)?;
    let session = find(&desk).await?;
    let ends = form.has("fin");
    let reason = form.value("raison").trim().to_owned();
    if !ends && reason.is_empty() {
        form.flaw("raison", Flaw::Missing);
        return Ok(draw(&desk, session, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let body = Body::WaiveSession {
        site: session.site,
        date: session.date.num_days_from_ce(),
        activity: session.activity,
        reason: (!ends).then_some(reason),
    };
    let done = if ends {
        Done::SessionWaits
    } else {
        Done::SessionWaived
    };
    match desk.submit(None, body).await? {
        Ok(_) => Ok(desk.done(&back(&desk, &session), done)),
        Err(refusal) => {
            form.refuse("raison", &refusal);
            Ok(draw(&desk, session, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn back(desk: &Desk, session: &Session) -> String {
    let date = session.date;
    desk.at(&format!("{PATH}?vue=seances&du={date}&au={date}"))
}

async fn find(desk: &Desk) -> Result<Session, DeskError> {
    let (site, activity) = (SiteId(desk.uuid("site")?), ActivityId(desk.uuid("activite")?));
    let date: NaiveDate = desk
        .word("date")
        .parse()
        .map_err(|_| desk.said(Notice::PageUnknown))?;
    if !desk.reach().has(site) {
        return Err(desk.said(Notice::Forbidden));
    }
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let now = commune.clock.now();
        commune.store.read(|tx| {
            let names = Names::load(tx)?;
            let found = completeness(tx, commune.zone, (site, date, activity), now)?;
            let owed = sessions::owed(&found.owed, commune, &names);
            let words = format!(
                "{}, {}, {}",
                names.activity(activity),
                day_of(date, commune.today()),
                names.site(site)
            );
            let known = !names.site(site).is_empty();
            let session = Session {
                site,
                date,
                activity,
                found,
                words,
                owed,
            };
            Ok::<_, StoreError>(known.then_some(session))
        })
    });
    found.await?.ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn draw(desk: &Desk, session: Session, form: FormState, status: StatusCode) -> Response {
    let view = WaiveSessionPage {
        bar: desk.bar(),
        form,
        back: back(desk, &session),
        action: desk.at(&format!(
            "{PATH}/seance/{}/{}/{}",
            session.site, session.date, session.activity
        )),
        session: session.words,
        open: session.found.open,
        owed: session.owed,
        waived: session.found.waived,
    };
    page(status, waive_session_page(&view))
}
