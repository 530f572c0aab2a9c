//! The first page of a family. Five queries of its own, in one transaction, whatever the number of its children.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use server_ui::portal::home::{ChildPanel, HomePage, home_page};
use server_ui::portal::{Frame, Place};
use shared::ids::GuardianId;
use shared::operation::Capability;
use shared::time::UtcMs;

use super::super::days::{TownDays, booked, next_days};
use super::super::family::Family;
use super::super::permit::{Asker, Permit, may, obstacle};
use super::super::reply::{PortalError, page};
use super::super::session::Stage;
use super::{expected, feed};
use crate::record;
use crate::store::{Read, StoreError};

/// How many days of each child are shown.
const DAYS: u64 = 7;
/// How many notices are shown.
const NEWEST: i64 = 3;

/// Whoever looks.
struct Onlooker {
    frame: Frame,
    guardian: GuardianId,
    first_name: String,
    phone: Option<String>,
    bookings_open: bool,
    may_book: bool,
    requests_open: bool,
    shut: Shut,
}

/// What is not shown, as its part of the service is closed.
#[derive(Clone, Copy, Default)]
struct Shut {
    families: bool,
    bookings: bool,
}

pub(super) async fn show(family: Family) -> Result<Response, PortalError> {
    let as_agent = family.session.as_ref().is_some_and(|one| one.agent.is_some());
    let asker = Asker {
        stage: Stage::In,
        as_agent,
    };
    let onlooker = Onlooker {
        frame: family.frame(Some(Place::Home)),
        guardian: family.id(),
        first_name: family.guardian.first_name.clone(),
        phone: family.ground.portal.phone.clone(),
        bookings_open: family.is_open(Place::Bookings),
        may_book: may(asker, Permit::Book) && obstacle(Permit::Book, &family.ground.unopened).is_none(),
        requests_open: may(asker, Permit::Ask) && family.is_open(Place::Requests),
        shut: Shut {
            families: family.shut(Capability::Consultation).is_some(),
            bookings: family.shut(Capability::Consultation).is_some(),
        },
    };
    let view = family.visit.app.look(&family.visit.slug, move |commune| {
        let moment = Moment {
            now: commune.clock.now(),
            today: commune.today(),
            zone: commune.zone,
        };
        commune.store.read(|tx| home(tx, onlooker, moment))
    });
    Ok(page(StatusCode::OK, home_page(&view.await?)))
}

/// When it is looked at.
#[derive(Clone, Copy)]
struct Moment {
    now: UtcMs,
    today: NaiveDate,
    zone: Tz,
}

fn home(tx: &mut dyn Read, onlooker: Onlooker, moment: Moment) -> Result<HomePage, StoreError> {
    let (guardian, today) = (onlooker.guardian, moment.today);
    let until = today + Days::new(DAYS - 1);
    let shut = onlooker.shut;
    let children = if shut.families {
        Vec::new()
    } else {
        record::children_seen(tx, guardian)?
    };
    let town = TownDays::read(tx, today, until)?;
    let all = booked(tx, guardian, today, until)?;
    let found = expected::found(tx, guardian, moment.now)?;
    let notices = if shut.families {
        Vec::new()
    } else {
        feed::newest(tx, guardian, NEWEST, 0)?
    };
    let panels = children
        .iter()
        .filter(|child| child.left_on.is_none_or(|left| left > today))
        .map(|child| ChildPanel {
            id: child.id,
            first_name: child.first_name.clone(),
            symbol: shared::symbol::of(child.id, child.symbol),
            school: child.school.as_ref().map(|(_, name)| name.clone()),
            class: child.class.as_ref().map(|(_, name)| name.clone()),
            days: (!shut.bookings).then(|| next_days(child, &all, &town, today, DAYS)),
        });
    Ok(HomePage {
        children: panels.collect(),
        notices: feed::lines(notices, &children, today, moment.zone),
        expected: found.expected,
        incident: found.incident,
        frame: onlooker.frame,
        first_name: onlooker.first_name,
        phone: onlooker.phone,
        bookings_open: onlooker.bookings_open,
        on_line: town.on_line,
        may_book: onlooker.may_book,
        requests_open: onlooker.requests_open,
        families_open: !shut.families,
    })
}

#[cfg(test)]
mod tests;
