//! The page.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use server_ui::portal::bookings::{BookingsPage, ChildDays, Span, bookings_page};
use server_ui::portal::{Place, Said};
use shared::ids::ChildId;

use super::super::days::{TownDays, booked, monday_of};
use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::lines::{Ground, day_of};
use super::pointed::Pointed;
use crate::record::{self, SeenChild};
use crate::store::StoreError;

/// How far back and ahead one may look, in days.
const REACH_DAYS: i64 = 800;

/// Which days, of which child.
struct Asked {
    span: Span,
    /// A day of them.
    date: NaiveDate,
    child: Option<ChildId>,
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeBookings)?;
    family.opened(Place::Bookings)?;
    let asked = asked(&family);
    let guardian = family.id();
    let frame = family.frame(Some(Place::Bookings));
    let phone = family.ground.portal.phone.clone();
    let view = family.visit.app.with(&family.visit.slug, move |commune| {
        let today = commune.today();
        let (from, until) = span_of(asked.span, asked.date);
        commune.store.read(|tx| {
            let children = record::children_seen(tx, guardian)?;
            let chosen = |child: &&SeenChild| asked.child.is_none_or(|id| id == child.id);
            if asked.child.is_some() && !children.iter().any(|child| chosen(&child)) {
                return Ok::<_, StoreError>(None);
            }
            let town = TownDays::read(tx, from, until)?;
            let booked = booked(tx, guardian, from, until)?;
            // Nothing is pointed ahead of its day.
            let pointed = Pointed::read(tx, guardian, from, until.min(today))?;
            let days = |child: &SeenChild| {
                let ground = Ground {
                    child,
                    booked: &booked,
                    town: &town,
                    pointed: &pointed,
                    today,
                    zone: commune.zone,
                };
                let dates = from.iter_days().take_while(|date| *date <= until);
                ChildDays {
                    id: child.id,
                    first_name: child.first_name.clone(),
                    symbol: shared::symbol::of(child.id, child.symbol),
                    days: dates.filter_map(|date| day_of(&ground, date)).collect(),
                }
            };
            let names = children.iter().map(|child| (child.id, child.first_name.clone()));
            Ok(Some(BookingsPage {
                children: children.iter().filter(chosen).map(days).collect(),
                all: names.collect(),
                chosen: asked.child,
                span: asked.span,
                from,
                until,
                before: before(asked.span, from),
                after: until + Days::new(1),
                today,
                frame,
                phone,
            }))
        })
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, bookings_page(&view))),
        None => Err(family.said(Said::PageUnknown)),
    }
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
