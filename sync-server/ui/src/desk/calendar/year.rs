//! A school year, month by month.

use leptos::prelude::*;
use shared::calendar::{HolidayRegion, SchoolZone};

use super::{region_words, zone_words};
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct YearPage {
    /// Who looks.
    pub bar: Bar,
    /// Which year, and those beside it.
    pub years: Years,
    /// The zone and region followed; nothing until somebody chose them.
    pub follows: Option<(SchoolZone, HolidayRegion)>,
    /// Twelve months; none until the calendar is set.
    pub months: Vec<Month>,
    /// Some days of the year are published nowhere.
    pub has_unknown: bool,
    /// Where the calendar is set, for whoever may.
    pub settings: Option<String>,
    /// Exceptional days.
    pub days: String,
}

/// A year and those beside it.
#[derive(Clone, Debug)]
pub struct Years {
    /// « 2026-2027 », « 2026 ».
    pub label: String,
    /// Address of the one before.
    pub before: String,
    /// Address of the one after.
    pub after: String,
}

/// A month.
#[derive(Clone, Debug)]
pub struct Month {
    /// « novembre 2026 ».
    pub title: String,
    /// Days of the week before its first.
    pub lead: usize,
    /// Its days.
    pub cells: Vec<Cell>,
    /// What has a name in it: « 11 », « Armistice de 1918 ».
    pub named: Vec<(String, String)>,
}

/// A day.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Of the month.
    pub number: u32,
    /// What it is.
    pub kind: CellKind,
    /// Exceptional for a school or class.
    pub exceptional: bool,
    /// Today.
    pub today: bool,
    /// Its name, where it has one.
    pub name: Option<String>,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// School.
    School,
    /// School holidays, published or our own.
    Vacation,
    /// A public holiday.
    Holiday,
    /// Closed by the town.
    Closed,
    /// School by the town's own word.
    OwnSchool,
    /// Saturday or Sunday.
    WeekEnd,
    /// Published nowhere.
    Unknown,
}

impl CellKind {
    fn word(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Vacation => "vacation",
            Self::Holiday => "holiday",
            Self::Closed => "closed",
            Self::OwnSchool => "own",
            Self::WeekEnd => "week-end",
            Self::Unknown => "unknown",
        }
    }

    /// What the legend and those who listen are told.
    fn label(self) -> String {
        t(match self {
            Self::School => "calendar-cell-school",
            Self::Vacation => "calendar-cell-vacation",
            Self::Holiday => "calendar-cell-holiday",
            Self::Closed => "calendar-cell-closed",
            Self::OwnSchool => "calendar-cell-own",
            Self::WeekEnd => "calendar-cell-week-end",
            Self::Unknown => "calendar-cell-unknown",
        })
    }
}

/// Draws the page.
pub fn year_page(view: &YearPage) -> String {
    let title = t1("calendar-title-year", "year", view.years.label.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let doing = view! {
            <a class="button" href=view.days.clone()>{t("calendar-days")}</a>
            {view.settings.clone().map(|address| view! { <a class="button" href=address>{t("calendar-settings")}</a> })}
        };
        let years = view! {
            <nav class="years no-print" aria-label=t("calendar-years")>
                <a class="button" rel="prev" href=view.years.before.clone()>{shape("before")}{t("calendar-year-before")}</a>
                <a class="button" rel="next" href=view.years.after.clone()>{t("calendar-year-after")}{shape("after")}</a>
            </nav>
        };
        let inside = match view.follows {
            None => unset(view),
            Some((zone, region)) => {
                let months: Vec<_> = view.months.iter().map(month).collect();
                let follows = with(
                    "calendar-follows",
                    &[("zone", &zone_words(zone)), ("region", &region_words(region))],
                );
                view! {
                    <p class="follows">{follows}</p>
                    {years}
                    {view.has_unknown.then(|| view! {
                        <div class="notice" data-kind="care">
                            {shape("alert")}
                            <div class="grow">
                                <p><strong>{t("calendar-unknown")}</strong></p>
                                <p>{t("calendar-unknown-then")}</p>
                            </div>
                        </div>
                    })}
                    {legend(view.has_unknown)}
                    <div class="months">{months}</div>
                }
                .into_any()
            }
        };
        view! {
            {heading(title, &[], Some(doing.into_any()))}
            {inside}
        }
        .into_any()
    })
}

fn unset(view: &YearPage) -> AnyView {
    view! {
        <div class="empty">
            <p><strong>{t("calendar-unset")}</strong></p>
            <p>{if view.settings.is_some() { t("calendar-unset-then") } else { t("calendar-unset-ask") }}</p>
            {view.settings.clone().map(|address| view! {
                <p><a class="button" data-kind="primary" href=address>{t("calendar-set")}</a></p>
            })}
        </div>
    }
    .into_any()
}

fn legend(has_unknown: bool) -> AnyView {
    use CellKind as K;
    let kinds = [
        K::School,
        K::Vacation,
        K::Holiday,
        K::Closed,
        K::OwnSchool,
        K::WeekEnd,
    ];
    let more = has_unknown.then_some(K::Unknown);
    let items: Vec<_> = kinds
        .into_iter()
        .chain(more)
        .map(|kind| {
            view! {
                <li><span class="day" data-kind=kind.word() aria-hidden="true"><span>"12"</span></span>{kind.label()}</li>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="calendar-legend">
            <h2 class="unseen">{t("calendar-legend")}</h2>
            <ul role="list">
                {items}
                <li>
                    <span class="day" data-kind="school" data-exceptional="true" aria-hidden="true"><span>"12"</span></span>
                    {t("calendar-cell-exceptional")}
                </li>
            </ul>
        </div>
    }
    .into_any()
}

fn month(month: &Month) -> AnyView {
    let mut weeks = Vec::new();
    let mut week: Vec<AnyView> = (0..month.lead).map(|_| view! { <td></td> }.into_any()).collect();
    for cell in &month.cells {
        week.push(day(cell));
        if week.len() == 7 {
            let full = std::mem::take(&mut week);
            weeks.push(view! { <tr>{full}</tr> }.into_any());
        }
    }
    if !week.is_empty() {
        while week.len() < 7 {
            week.push(view! { <td></td> }.into_any());
        }
        weeks.push(view! { <tr>{week}</tr> }.into_any());
    }
    let named: Vec<_> = month
        .named
        .iter()
        .map(|(days, name)| {
            view! { <li><span class="days">{days.clone()}</span>{name.clone()}</li> }.into_any()
        })
        .collect();
    let has_named = !named.is_empty();
    view! {
        <section class="month">
            <table>
                <caption>{month.title.clone()}</caption>
                <thead><tr>{weekdays()}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
            {has_named.then(|| view! { <ul role="list" class="named">{named}</ul> })}
        </section>
    }
    .into_any()
}

fn weekdays() -> Vec<AnyView> {
    let days = [
        t("form-monday"),
        t("form-tuesday"),
        t("form-wednesday"),
        t("form-thursday"),
        t("form-friday"),
        t("form-saturday"),
        t("form-sunday"),
    ];
    days.into_iter()
        .map(|day| {
            let letter: String = day.chars().take(1).collect();
            view! {
                <th scope="col"><span aria-hidden="true">{letter}</span><span class="unseen">{day}</span></th>
            }
            .into_any()
        })
        .collect()
}

fn day(cell: &Cell) -> AnyView {
    let plain = matches!(cell.kind, CellKind::School | CellKind::WeekEnd);
    let mut said: Vec<String> = Vec::new();
    if cell.today {
        said.push(t("calendar-today"));
    }
    if !plain {
        said.push(cell.kind.label());
    }
    said.extend(cell.name.clone());
    if cell.exceptional {
        said.push(t("calendar-cell-exceptional"));
    }
    let unseen =
        (!said.is_empty()).then(|| view! { <span class="unseen">{format!(", {}", said.join(", "))}</span> });
    view! {
        <td>
            <span
                class="day" data-kind=cell.kind.word() data-exceptional=cell.exceptional.then_some("true")
                data-today=cell.today.then_some("true")
            >
                <span>{cell.number}</span>
                {unseen}
            </span>
        </td>
    }
    .into_any()
}
