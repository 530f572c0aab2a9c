//! The first page of a family. Five queries of its own, in one transaction, whatever the number of its children.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::Days;
use server_ui::portal::Place;
use server_ui::portal::home::{ChildPanel, HomePage, home_page};
use shared::operation::Tab;

use super::super::days::{TownDays, booked, next_days};
use super::super::family::Family;
use super::super::permit::{Asker, Permit, may};
use super::super::reply::{PortalError, page};
use super::super::session::Stage;
use super::{expected, feed};
use crate::record;
use crate::store::StoreError;

/// How many days of each child are shown.
const DAYS: u64 = 7;
/// How many notices are shown.
const NEWEST: i64 = 3;

pub(super) async fn show(family: Family) -> Result<Response, PortalError> {
    let guardian = family.id();
    let frame = family.frame(Some(Place::Home));
    let first_name = family.guardian.first_name.clone();
    let phone = family.ground.portal.phone.clone();
    let asks = may(
        Asker {
            stage: Stage::In,
            as_agent: family.session.as_ref().is_some_and(|s| s.agent.is_some()),
        },
        Permit::Ask,
    );
    let unopened = |tab| family.ground.portal.unopened.iter().any(|one| one.tab == tab);
    let bookings_open = !unopened(Tab::Bookings);
    let requests_open = asks && !unopened(Tab::Requests);
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        let today = commune.today();
        let now = commune.clock.now();
        let until = today + Days::new(DAYS - 1);
        commune.store.read(|tx| {
            let children = record::children_seen(tx, guardian)?;
            let town = TownDays::read(tx, today, until)?;
            let all = booked(tx, guardian, today, until)?;
            let found = expected::found(tx, guardian, now)?;
            let notices = feed::newest(tx, guardian, NEWEST, 0)?;
            let panels = children
                .iter()
                .filter(|child| child.left_on.is_none_or(|left| left > today))
                .map(|child| ChildPanel {
                    id: child.id,
                    first_name: child.first_name.clone(),
                    symbol: shared::symbol::of(child.id, child.symbol),
                    school: child.school.as_ref().map(|(_, name)| name.clone()),
                    class: child.class.as_ref().map(|(_, name)| name.clone()),
                    days: next_days(child, &all, &town, today, DAYS),
                });
            Ok::<_, StoreError>(HomePage {
                children: panels.collect(),
                notices: feed::lines(notices, &children, today, commune.zone),
                expected: found.expected,
                incident: found.incident,
                frame,
                first_name,
                phone,
                bookings_open,
                requests_open,
            })
        })
    });
    Ok(page(StatusCode::OK, home_page(&view.await?)))
}
