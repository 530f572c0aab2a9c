//! Mes réservations: a grid in which families read and book. Every cell says where it stands in a word, a shape and a
//! colour; what is tapped goes into the cart, and nothing is booked before the cart is.

mod bar;
mod cell;
mod detail;
mod grid;

pub use bar::CartBar;
pub use cell::{CellState, CellView, Note, Tap};
pub use detail::{Act, ActKind, CellFacts, CellPage, Happened, HistoryLine, Offer, cell_page};
pub use grid::{ChildGrid, DayRow, anchor};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use shared::ids::ChildId;
use shared::words::{day, hour_or_full};

use super::frame::{Frame, page};
use super::home::tel;
use super::prose::typeset;
use crate::desk::shapes::shape;
use crate::words::{t, with};

/// How much is shown at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
}

/// Something to choose from: its short name in addresses, and its name.
pub type Choice = (String, String);

/// Why nothing can be booked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// What the town says.
    pub message: String,
    /// Since when, by its clock.
    pub since: Option<NaiveDateTime>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct BookingsPage {
    /// What stands around it.
    pub frame: Frame,
    /// The children shown.
    pub children: Vec<ChildGrid>,
    /// All children to choose from.
    pub all: Vec<(ChildId, String)>,
    /// The one chosen; all where there is none.
    pub chosen: Option<ChildId>,
    /// All services to choose from.
    pub services: Vec<Choice>,
    /// The one chosen.
    pub service: Option<String>,
    /// All sites to choose from.
    pub sites: Vec<Choice>,
    /// The one chosen.
    pub site: Option<String>,
    /// How much is shown.
    pub span: Span,
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// A day of what comes before.
    pub before: NaiveDate,
    /// A day of what comes after.
    pub after: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// The telephone that families call.
    pub phone: Option<String>,
    /// Something can be booked on line.
    pub on_line: bool,
    /// Why nothing can be changed now.
    pub shut: Option<Shut>,
    /// Goes into the forms; none where whoever looks may change nothing.
    pub token: Option<String>,
    /// What is in the cart.
    pub cart: Option<CartBar>,
}

impl BookingsPage {
    fn address(&self, span: Span, date: NaiveDate, child: Option<ChildId>) -> String {
        let view = match span {
            Span::Week => "",
            Span::Month => "&vue=mois",
        };
        let child = child.map(|id| format!("&enfant={id}")).unwrap_or_default();
        let named = |name: &str, value: &Option<String>| {
            value
                .as_deref()
                .map(|value| format!("&{name}={value}"))
                .unwrap_or_default()
        };
        let (service, site) = (named("service", &self.service), named("site", &self.site));
        self.frame
            .at(&format!("/reservations?du={date}{view}{child}{service}{site}"))
    }

    /// This very page.
    fn here(&self) -> String {
        self.address(self.span, self.from, self.chosen)
    }

    fn title(&self) -> String {
        let year = |date: NaiveDate| format!("{} {}", day(date), date.year());
        match self.span {
            Span::Week => with(
                "portal-home-days",
                &[("from", &day(self.from)), ("until", &year(self.until))],
            ),
            Span::Month => {
                let words = day(self.from);
                let month = words.split(' ').next_back().unwrap_or_default().to_owned();
                format!("{month} {}", self.from.year())
            }
        }
    }
}

/// Draws it.
pub fn bookings_page(view: &BookingsPage) -> String {
    let title = t("portal-place-bookings");
    page(&view.frame, &title.clone(), || {
        let children: Vec<_> = view
            .children
            .iter()
            .map(|child| grid::grid(view, child))
            .collect();
        let none = children.is_empty();
        view! {
            <link rel="stylesheet" href="/static/portal-bookings.css" />
            <h1>{title}</h1>
            {lead(view)}
            {choose(view)}
            {filter(view)}
            {turn(view)}
            {none.then(|| view! { <p class="home-quiet">{t("portal-home-no-child")}</p> })}
            <div class="grids">{children}</div>
            {bar::bar(view.cart.as_ref(), &view.frame, view.shut.is_some())}
        }
        .into_any()
    })
}

/// How one books: here, not now, or on the telephone.
fn lead(view: &BookingsPage) -> AnyView {
    if let Some(shut) = &view.shut {
        return shut_notice(shut, &view.frame);
    }
    if !view.on_line {
        return view! {
            <p class="home-call">{t("portal-home-book-by-phone")}" "{whom(view.phone.as_deref())}</p>
        }
        .into_any();
    }
    let child = view.chosen.map(|id| format!("?enfant={id}")).unwrap_or_default();
    let period = view.frame.at(&format!("/reservations/periode{child}"));
    view! {
        <p class="home-quiet no-print">{t("portal-bookings-lead")}</p>
        {view.token.is_some().then(|| view! {
            <p class="no-print"><a class="button" href=period>{t("portal-bookings-by-period")}</a></p>
        })}
    }
    .into_any()
}

/// Whom to call.
fn whom(phone: Option<&str>) -> AnyView {
    match phone {
        Some(phone) => tel(phone),
        None => t("portal-home-the-town-hall").into_any(),
    }
}

/// Why nothing can be changed now, and since when.
fn shut_notice(shut: &Shut, frame: &Frame) -> AnyView {
    let since = shut.since.map(|at| {
        with(
            "portal-bookings-shut-since",
            &[("day", &day(at.date())), ("hour", &hour_or_full(at.time()))],
        )
    });
    view! {
        <div class="notice" data-kind="care" role="status">
            {shape("closed")}
            <div class="grow">
                <p><strong>{t("portal-bookings-shut")}</strong>{since.map(|since| view! { " "{since} })}</p>
                <p>{typeset(&shut.message)}</p>
                <p><a href=frame.at("/situation")>{t("portal-home-situation")}</a></p>
            </div>
        </div>
    }
    .into_any()
}

/// Which child, where there are several.
fn choose(view: &BookingsPage) -> Option<AnyView> {
    if view.all.len() < 2 {
        return None;
    }
    let one = |id: Option<ChildId>, words: String| {
        let current = (view.chosen == id).then_some("true");
        let href = view.address(view.span, view.from, id);
        view! { <li><a class="button" href=href aria-current=current>{words}</a></li> }.into_any()
    };
    let mut items = vec![one(None, t("portal-home-all-children"))];
    items.extend(view.all.iter().map(|(id, name)| one(Some(*id), name.clone())));
    Some(
        view! {
            <nav class="span-choice" aria-label=t("portal-home-choose-child")><ul role="list">{items}</ul></nav>
        }
        .into_any(),
    )
}

/// Which service and site, where there are several.
fn filter(view: &BookingsPage) -> Option<AnyView> {
    let several = |all: &[Choice]| all.len() > 1;
    if !several(&view.services) && !several(&view.sites) {
        return None;
    }
    let choice = |name: &'static str, label: String, all: &[Choice], chosen: &Option<String>| {
        several(all).then(|| {
            let options: Vec<_> = all
                .iter()
                .map(|(slug, words)| {
                    let selected = chosen.as_ref() == Some(slug);
                    view! { <option value=slug.clone() selected=selected>{words.clone()}</option> }.into_any()
                })
                .collect();
            view! {
                <label>{label}
                    <select class="input" name=name>
                        <option value="">{t("portal-bookings-all")}</option>
                        {options}
                    </select>
                </label>
            }
            .into_any()
        })
    };
    let service = choice(
        "service",
        t("portal-bookings-service"),
        &view.services,
        &view.service,
    );
    let site = choice("site", t("portal-bookings-site"), &view.sites, &view.site);
    Some(
        view! {
            <form class="grid-filter no-print" method="get" action=view.frame.at("/reservations")>
                <input type="hidden" name="du" value=view.from.to_string() />
                {(view.span == Span::Month).then(|| view! { <input type="hidden" name="vue" value="mois" /> })}
                {view.chosen.map(|id| view! { <input type="hidden" name="enfant" value=id.to_string() /> })}
                {service}{site}
                <button class="button">{t("portal-bookings-show")}</button>
            </form>
        }
        .into_any(),
    )
}

/// Earlier, later, and how much at a time.
fn turn(view: &BookingsPage) -> AnyView {
    let (before, after, other, other_words) = match view.span {
        Span::Week => (
            t("portal-home-week-before"),
            t("portal-home-week-after"),
            Span::Month,
            t("portal-home-by-month"),
        ),
        Span::Month => (
            t("portal-home-month-before"),
            t("portal-home-month-after"),
            Span::Week,
            t("portal-home-by-week"),
        ),
    };
    let now = view.from <= view.today && view.today <= view.until;
    let here = if now { view.today } else { view.from };
    view! {
        <h2 class="span-title">{view.title()}</h2>
        <nav class="span-turn no-print" aria-label=t("portal-home-turn")>
            <a class="button" rel="prev" href=view.address(view.span, view.before, view.chosen)>{before}</a>
            {(!now).then(|| view! {
                <a class="button" href=view.address(view.span, view.today, view.chosen)>{t("portal-home-today")}</a>
            })}
            <a class="button" rel="next" href=view.address(view.span, view.after, view.chosen)>{after}</a>
            <a class="button" data-kind="quiet" href=view.address(other, here, view.chosen)>{other_words}</a>
        </nav>
    }
    .into_any()
}
