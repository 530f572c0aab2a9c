//! The page.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use server_ui::portal::bookings::{BookingsPage, Choice, Shut, Span, bookings_page};
use server_ui::portal::{Frame, Place, Said};
use shared::booking::{Cells, ChildFacts, Ground, site_of};
use shared::ids::{CartId, ChildId, GuardianId, ServiceId};
use shared::operation::{Capability, Openness};
use shared::time::UtcMs;

use super::super::days::monday_of;
use super::super::family::{Family, Guest};
use super::super::permit::{Asker, Permit, may};
use super::super::reply::{PortalError, page};
use super::super::session::Stage;
use super::beside::Beside;
use super::civil;
use super::grid::{Wanted, grid_of};
use super::pointed::Pointed;
use super::stand::{Seen, on_line};
use crate::rules::{Children, Scope, ground};
use crate::store::{Read, StoreError};

/// How far back and ahead one may look, in days.
const REACH_DAYS: i64 = 800;

/// Which days, of which child.
#[derive(Clone, Debug)]
struct Asked {
    span: Span,
    /// A day of them.
    date: NaiveDate,
    child: Option<ChildId>,
    service: Option<ServiceId>,
    site: Option<String>,
}

/// Whoever looks.
pub(super) struct Onlooker {
    pub(super) frame: Frame,
    pub(super) guardian: GuardianId,
    pub(super) phone: Option<String>,
    /// Goes into the forms; none where nothing may be booked.
    pub(super) token: Option<String>,
    /// Why nothing can be booked, and since when.
    pub(super) shut: Option<(String, Option<UtcMs>)>,
    pub(super) now: UtcMs,
    pub(super) today: NaiveDate,
}

impl Onlooker {
    pub(super) fn of(family: &Family) -> Self {
        let asker = Asker {
            stage: Stage::In,
            as_agent: family.is_agent(),
        };
        let mut parts = family.ground.unopened.iter();
        let shut = parts
            .find(|part| part.capability == Capability::Reservation && part.state != Openness::Open)
            .map(|part| (part.message.clone(), part.switched.map(|(since, _)| since)));
        Self {
            frame: family.frame(Some(Place::Bookings)),
            guardian: family.id(),
            phone: family.ground.portal.phone.clone(),
            token: (shut.is_none() && may(asker, Permit::Book)).then(|| family.token()),
            shut,
            now: family.commune.clock.now(),
            today: family.commune.today(),
        }
    }

    /// Why nothing can be changed now.
    pub(super) fn shut(&self, ground: &Ground) -> Option<Shut> {
        self.shut.as_ref().map(|(message, since)| Shut {
            message: message.clone(),
            since: since.map(|since| civil(since, ground.zone)),
        })
    }

    /// What a page is made of: the cart, what was pointed and the ground, in five queries at most.
    pub(super) fn read(
        &self,
        tx: &mut dyn Read,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<(Beside, Ground), StoreError> {
        let beside = Beside::read(tx, self.guardian, from, until.min(self.today))?;
        let scope = Scope {
            household: None,
            guardian: Some(self.guardian),
            children: Children::OfHousehold,
            from,
            until,
            activities: None,
            carts: Some(beside.cart.unwrap_or(CartId(uuid::Uuid::nil()))),
            now: self.now,
        };
        Ok((beside, ground(tx, &scope)?))
    }
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeBookings)?;
    family.opened(Place::Bookings)?;
    let asked = asked(&family);
    let onlooker = Onlooker::of(&family);
    let view = family.visit.app.look(&family.visit.slug, move |commune| {
        commune.store.read(|tx| bookings(tx, &asked, onlooker))
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, bookings_page(&view))),
        None => Err(family.said(Said::PageUnknown)),
    }
}

/// The page's model; `None` where a child is asked for that is not theirs.
fn bookings(
    tx: &mut dyn Read,
    asked: &Asked,
    onlooker: Onlooker,
) -> Result<Option<BookingsPage>, StoreError> {
    let (from, until) = span_of(asked.span, asked.date);
    let (mut beside, ground) = onlooker.read(tx, from, until)?;
    let mut children: Vec<&ChildFacts> = ground.children.values().collect();
    children.sort_by_key(|child| (child.born, child.id));
    let chosen = |child: &&&ChildFacts| asked.child.is_none_or(|id| id == child.id);
    if asked.child.is_some() && !children.iter().any(|child| chosen(&child)) {
        return Ok(None);
    }
    let marks = std::mem::take(&mut beside.marks);
    let pointed = Pointed::of(marks, &beside.names, &ground.activities);
    let seen = Seen {
        ground: &ground,
        beside: &beside,
        pointed: &pointed,
        cells: Cells::new(&ground, on_line(onlooker.now)),
        today: onlooker.today,
        may_book: onlooker.token.is_some(),
    };
    let (services, sites) = choices(&ground, &children);
    let site = ground
        .sites
        .values()
        .find(|site| asked.site.as_deref() == Some(site.slug.as_str()));
    let wanted = Wanted {
        from,
        until,
        service: asked.service.filter(|id| ground.services.contains_key(id)),
        site: site.map(|site| site.id),
    };
    Ok(Some(BookingsPage {
        children: children
            .iter()
            .filter(chosen)
            .map(|child| grid_of(&seen, child, wanted))
            .collect(),
        all: children
            .iter()
            .map(|child| (child.id, child.first_name.clone()))
            .collect(),
        chosen: asked.child,
        services,
        service: wanted.service.map(|id| id.to_string()),
        sites,
        site: site.map(|site| site.slug.to_string()),
        span: asked.span,
        from,
        until,
        before: before(asked.span, from),
        after: until + Days::new(1),
        today: onlooker.today,
        on_line: ground.sets.iter().any(|set| set.live),
        shut: onlooker.shut(&ground),
        cart: beside.bar(ground.zone, onlooker.now),
        phone: onlooker.phone,
        token: onlooker.token,
        frame: onlooker.frame,
    }))
}

/// The services and the sites that these children may go to, by their names.
fn choices(ground: &Ground, children: &[&ChildFacts]) -> (Vec<Choice>, Vec<Choice>) {
    let open = || ground.activities.values().filter(|one| !one.retired);
    let mut services: Vec<Choice> = Vec::new();
    let mut sites: Vec<Choice> = Vec::new();
    let add = |all: &mut Vec<Choice>, choice: Choice| {
        if !all.contains(&choice) {
            all.push(choice);
        }
    };
    for (activity, child) in open().flat_map(|one| children.iter().map(move |child| (one, *child))) {
        let Some(site) = site_of(ground, child.id, activity.id).and_then(|site| ground.sites.get(&site))
        else {
            continue;
        };
        add(&mut sites, (site.slug.to_string(), site.name.clone()));
        if let Some(name) = ground.services.get(&activity.service) {
            add(&mut services, (activity.service.to_string(), name.clone()));
        }
    }
    services.sort_by(|a, b| a.1.cmp(&b.1));
    sites.sort_by(|a, b| a.1.cmp(&b.1));
    (services, sites)
}

/// What the address asks for; a text that is none of it asks for this week.
fn asked(family: &Family) -> Asked {
    let today = family.commune.today();
    let near = |date: &NaiveDate| (*date - today).num_days().abs() <= REACH_DAYS;
    let date = family.visit.asked("du").and_then(|text| text.parse().ok());
    Asked {
        span: match family.visit.asked("vue") {
            Some("mois") => Span::Month,
            _ => Span::Week,
        },
        date: date.filter(near).unwrap_or(today),
        child: family.visit.asked("enfant").and_then(|text| text.parse().ok()),
        service: family.visit.asked("service").and_then(|text| text.parse().ok()),
        site: family.visit.asked("site").map(str::to_owned),
    }
}

/// The first and the last day.
fn span_of(span: Span, date: NaiveDate) -> (NaiveDate, NaiveDate) {
    match span {
        Span::Week => {
            let monday = monday_of(date);
            (monday, monday + Days::new(6))
        }
        Span::Month => {
            let first = date.with_day(1).unwrap_or(date);
            (first, first + Months::new(1) - Days::new(1))
        }
    }
}

/// A day of what comes before.
fn before(span: Span, from: NaiveDate) -> NaiveDate {
    match span {
        Span::Week => from - Days::new(7),
        Span::Month => from - Months::new(1),
    }
}

#[cfg(test)]
mod tests;
