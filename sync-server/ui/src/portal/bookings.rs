//! Mes réservations, to be read.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::ids::ChildId;
use shared::words::day;

use super::days::{DayView, days};
use super::frame::{Frame, page};
use super::home::{symbol, tel};
use crate::words::{t, t1, with};

/// How much is shown at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
}

/// The page.
#[derive(Clone, Debug)]
pub struct BookingsPage {
    /// What stands around it.
    pub frame: Frame,
    /// The children shown.
    pub children: Vec<ChildDays>,
    /// All children to choose from.
    pub all: Vec<(ChildId, String)>,
    /// The one chosen; all where there is none.
    pub chosen: Option<ChildId>,
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
}

/// A child's days.
#[derive(Clone, Debug)]
pub struct ChildDays {
    /// Which child.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// The days.
    pub days: Vec<DayView>,
}

impl BookingsPage {
    fn address(&self, span: Span, date: NaiveDate, child: Option<ChildId>) -> String {
        let view = match span {
            Span::Week => "",
            Span::Month => "&vue=mois",
        };
        let child = child.map(|id| format!("&enfant={id}")).unwrap_or_default();
        self.frame.at(&format!("/reservations?du={date}{view}{child}"))
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
        let children: Vec<_> = view.children.iter().map(child).collect();
        let none = children.is_empty();
        view! {
            <h1>{title}</h1>
            <p class="home-call">
                {t("portal-home-book-by-phone")}" "
                {match &view.phone { Some(phone) => tel(phone), None => t("portal-home-the-town-hall").into_any() }}
            </p>
            {choose(view)}
            {turn(view)}
            {none.then(|| view! { <p class="home-quiet">{t("portal-home-no-child")}</p> })}
            <div class="home-children">{children}</div>
        }
        .into_any()
    })
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

fn child(child: &ChildDays) -> AnyView {
    let title = format!("enfant-{}", child.id);
    let labelled = title.clone();
    let none = child.days.is_empty();
    view! {
        <section class="home-child" aria-labelledby=labelled>
            <div class="home-child-head">{symbol(child.symbol)}<h3 id=title>{child.first_name.clone()}</h3></div>
            {days(&child.days)}
            {none.then(|| view! { <p class="home-quiet">{t1("portal-home-no-day", "name", child.first_name.as_str())}</p> })}
        </section>
    }
    .into_any()
}
