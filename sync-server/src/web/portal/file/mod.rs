//! Mon dossier: the household, its guardians, and of each child what the guardian who looks may see.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::Datelike;
use server_ui::portal::Place;
use server_ui::portal::file::{ChildFile, ChildView, CustodyView, FilePage, GuardianView, file_page};
use shared::operation::{CustodyRecord, HolidaySharing, PortalRecord, Tab};
use shared::words::day;

use super::family::Guest;
use super::permit::Permit;
use super::reply::{PortalError, page};
use crate::record::{self, SeenChild};
use crate::store::{Read, StoreError};
use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/dossier", get(show))
}

async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeFile)?;
    family.opened(Place::File)?;
    let (guardian, own_household) = (family.id(), family.guardian.household);
    let frame = family.frame(Some(Place::File));
    let as_agent = family
        .session
        .as_ref()
        .is_some_and(|session| session.agent.is_some());
    let asks = !as_agent && requests_open(&family.ground.portal);
    let phone = family.ground.portal.phone.clone();
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let household = record::household(tx, own_household)?.map(|(household, _)| household);
            let (name, guardians) = household.map_or_else(Default::default, |h| (h.name, h.guardians));
            let children = record::children_seen(tx, guardian)?;
            let children = children
                .into_iter()
                .map(|child| child_view(tx, child))
                .collect::<Result<_, _>>()?;
            let guardians = guardians.into_iter().map(|one| GuardianView {
                is_own: one.id == guardian,
                name: format!("{} {}", one.first_name, one.last_name).trim().to_owned(),
                authority: one.authority,
                phone: one.phone,
                // Where others are written to is theirs to say.
                email: one.email.filter(|_| one.id == guardian),
            });
            Ok::<_, StoreError>(FilePage {
                household: name,
                guardians: guardians.collect(),
                children,
                frame,
                asks,
                phone,
            })
        })
    });
    Ok(page(StatusCode::OK, file_page(&view.await?)))
}

fn requests_open(portal: &PortalRecord) -> bool {
    !portal.unopened.iter().any(|one| one.tab == Tab::Requests)
}

/// A child, with its file only where the guardian who looks has a right to it.
fn child_view(tx: &mut dyn Read, child: SeenChild) -> Result<ChildView, StoreError> {
    let file = if child.file() {
        record::child(tx, child.id)?.map(|(record, _)| record)
    } else {
        None
    };
    let custody = child.custody().filter(|_| child.file()).and_then(custody_view);
    Ok(ChildView {
        symbol: shared::symbol::of(child.id, child.symbol),
        id: child.id,
        first_name: child.first_name,
        last_name: child.last_name,
        school: child.school.map(|(_, name)| name),
        class: child.class.map(|(_, name)| name),
        left: child.left_on.map(|date| format!("{} {}", day(date), date.year())),
        authority: child.authority,
        custody,
        file: file.map(|record| ChildFile {
            born: format!("{} {}", day(record.born), record.born.year()),
            reference: record.reference,
            phone: record.phone,
            badges: record.badges,
            must_know: record.must_know,
            health: record.health,
        }),
    })
}

/// How its weeks are shared, where they are; nothing of the other household.
fn custody_view(custody: &CustodyRecord) -> Option<CustodyView> {
    let sharing = custody.sharing.as_ref()?;
    let words = day(sharing.anchor);
    Some(CustodyView {
        changes_on: words.split(' ').next().unwrap_or_default().to_owned(),
        holidays_halved: sharing.holidays != HolidaySharing::AsWeeks,
    })
}
