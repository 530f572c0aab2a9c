//! A week or a month: days across, activities down, one choice a cell. What is closed is grey and
//! says why.

use leptos::prelude::*;

use crate::desk::form::{Buttons, Choice, FormState, FormView, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct GridPage {
    /// Who looks.
    pub bar: Bar,
    /// What was typed, and what is wrong with it.
    pub form: FormState,
    /// « Martin Léa » or « CE1 – Mme Petit ».
    pub title: String,
    /// Class and school.
    pub home: String,
    /// Where the form goes.
    pub action: String,
    /// Week, month, period.
    pub tabs: Vec<Tab>,
    /// « semaine du 23 novembre ».
    pub span: String,
    /// Address of the span before.
    pub before: String,
    /// Address of the span after.
    pub after: String,
    /// Address of the page to find someone else.
    pub back: String,
    /// The weeks.
    pub weeks: Vec<GridWeek>,
    /// The children of a class, each with its week; `None` for a single child.
    pub class: Option<Vec<ClassRow>>,
    /// Whether reservations may be changed.
    pub edits: bool,
}

/// A way to look at reservations.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub address: String,
    /// The one shown.
    pub current: bool,
}

/// A week.
#[derive(Clone, Debug)]
pub struct GridWeek {
    /// « semaine du 23 novembre ».
    pub label: String,
    /// Its days.
    pub days: Vec<GridDay>,
    /// Its activities.
    pub rows: Vec<GridRow>,
}

/// A day.
#[derive(Clone, Debug)]
pub struct GridDay {
    /// « lundi 23 novembre ».
    pub label: String,
    /// Why nothing takes place.
    pub closed: Option<String>,
    /// What is special about it.
    pub notes: Vec<String>,
}

/// An activity.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// Its name.
    pub activity: String,
    /// The field of its site, where there is a choice.
    pub site_field: Option<(String, Vec<Choice>)>,
    /// Its site, where there is none.
    pub site: String,
    /// One cell a day.
    pub cells: Vec<GridCell>,
}

/// A day of an activity.
#[derive(Clone, Debug)]
pub enum GridCell {
    /// It does not take place that weekday.
    None,
    /// It does not take place: the head of the day says why.
    Closed,
    /// Something that cannot be changed here, in words.
    Stands(String),
    /// A choice.
    Choice {
        /// Name of the field.
        name: String,
        /// What can be chosen.
        choices: Vec<Choice>,
        /// Something stands.
        booked: bool,
        /// Of a class: how many children have it, of how many.
        counted: Option<(usize, usize)>,
        /// Places, where they are limited.
        places: Option<Places>,
    },
}

/// How many places are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Taken.
    pub taken: u32,
    /// Of how many.
    pub capacity: u32,
}

/// A child of a class and its week.
#[derive(Clone, Debug)]
pub struct ClassRow {
    /// What is sent for it.
    pub id: String,
    /// « Martin Léa ».
    pub name: String,
    /// Address of its own page.
    pub address: String,
    /// What it has each day.
    pub days: Vec<Vec<String>>,
}

/// Draws the page.
pub fn grid_page(view: &GridPage) -> String {
    let title = with(
        "bookings-page-title",
        &[("name", &view.title), ("span", &view.span)],
    );
    let head = Head {
        title: if view.form.is_flawed() {
            t1("form-title-error", "title", title.as_str())
        } else {
            title
        },
        reloads: false,
        scripted: true,
    };
    page(head, &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let weeks: Vec<_> = view
            .weeks
            .iter()
            .enumerate()
            .map(|(n, week)| week_view(view, &form, week, n))
            .collect();
        let class = view.class.as_ref().map(|rows| class_view(view, rows));
        let hint = match view.class {
            Some(_) => t("bookings-class-hint"),
            None => t("bookings-child-hint"),
        };
        let inside = view! {
            {view.edits.then(|| view! { <p class="hint">{hint}</p> })}
            {kept(&form)}
            {weeks}
            {class}
        }
        .into_any();
        let body = if view.edits {
            let buttons = Buttons::named(t("bookings-see")).sends("geste", "apercu");
            view! { <div class="wide-form">{form.sheet(&view.action, buttons, inside)}</div> }.into_any()
        } else {
            inside
        };
        view! {
            {heading(view.title.clone(), &[(t("bookings-title"), view.back.clone())], None)}
            <p class="lead">{view.home.clone()}</p>
            {tabs(&view.tabs)}
            {span(view)}
            {body}
        }
        .into_any()
    })
}

fn kept(form: &FormView<'_>) -> AnyView {
    view! { {form.hidden("vue")}{form.hidden("date")}{form.hidden("vu")} }.into_any()
}

/// Week, month, period.
pub(super) fn tabs(tabs: &[Tab]) -> AnyView {
    let links: Vec<_> = tabs
        .iter()
        .map(|tab| {
            let current = tab.current.then_some("page");
            view! { <li><a href=tab.address.clone() aria-current=current>{tab.label.clone()}</a></li> }
                .into_any()
        })
        .collect();
    view! { <nav class="ways no-print" aria-label=t("bookings-ways")><ul role="list">{links}</ul></nav> }
        .into_any()
}

fn span(view: &GridPage) -> AnyView {
    view! {
        <div class="span">
            <h2>{view.span.clone()}</h2>
            <nav class="days no-print" aria-label=t("bookings-spans")>
                <a class="button" href=view.before.clone()>{shape("before")}<span class="unseen">{t("bookings-before")}</span></a>
                <a class="button" href=view.after.clone()>{shape("after")}<span class="unseen">{t("bookings-after")}</span></a>
                <button class="button" type="button" data-print hidden>{t("desk-print")}</button>
            </nav>
        </div>
    }
    .into_any()
}

fn week_view(view: &GridPage, form: &FormView<'_>, week: &GridWeek, n: usize) -> AnyView {
    let heads: Vec<_> = week.days.iter().map(day_head).collect();
    let first = n == 0;
    let rows: Vec<_> = week
        .rows
        .iter()
        .map(|row| row_view(view, form, week, row, first))
        .collect();
    let alone = view.weeks.len() == 1;
    let caption_class = alone.then_some("unseen");
    view! {
        <div class="grid-scroll" role="region" tabindex="0" aria-label=week.label.clone()>
            <table class="grid">
                <caption class=caption_class>{week.label.clone()}</caption>
                <thead><tr><th scope="col">{t("desk-lists-activity")}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn day_head(day: &GridDay) -> AnyView {
    let notes: Vec<_> = day
        .notes
        .iter()
        .map(|note| view! { <span class="day-note">{note.clone()}</span> }.into_any())
        .collect();
    let closed = day.closed.is_some().then_some("true");
    view! {
        <th scope="col" data-closed=closed>
            {day.label.clone()}
            {day.closed.clone().map(|why| view! { <span class="day-closed">{shape("closed")}<span>{why}</span></span> })}
            {notes}
        </th>
    }
    .into_any()
}

fn row_view(view: &GridPage, form: &FormView<'_>, week: &GridWeek, row: &GridRow, first: bool) -> AnyView {
    let site = match &row.site_field {
        // One field for the whole page: the first week has it, the others only say it.
        Some((name, choices)) if first && view.edits => {
            let label = t1("bookings-site-of", "activity", row.activity.as_str());
            small_select(form, name, label, choices)
        }
        _ => view! { <span class="details">{row.site.clone()}</span> }.into_any(),
    };
    let cells: Vec<_> = row
        .cells
        .iter()
        .zip(&week.days)
        .map(|(cell, day)| cell_view(view, form, cell, &row.activity, &day.label))
        .collect();
    view! { <tr><th scope="row">{row.activity.clone()}{site}</th>{cells}</tr> }.into_any()
}

/// A list that opens, without a label in view: row and column say what it is.
fn small_select(form: &FormView<'_>, name: &str, label: String, choices: &[Choice]) -> AnyView {
    let chosen = form.state().value(name).to_owned();
    let options: Vec<_> = choices
        .iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value.clone() selected=selected>{choice.label.clone()}</option> }
                .into_any()
        })
        .collect();
    view! { <select class="input" name=name.to_owned() aria-label=label>{options}</select> }.into_any()
}

fn cell_view(view: &GridPage, form: &FormView<'_>, cell: &GridCell, activity: &str, day: &str) -> AnyView {
    match cell {
        GridCell::None => view! { <td class="no"><span class="unseen">{t("bookings-not-that-day")}</span></td> }.into_any(),
        GridCell::Closed => view! { <td class="no" data-closed="true"><span class="unseen">{t("bookings-closed")}</span></td> }.into_any(),
        GridCell::Stands(words) => view! { <td><span class="stands">{words.clone()}</span></td> }.into_any(),
        GridCell::Choice { name, choices, booked, counted, places } => {
            let label = with("bookings-cell", &[("activity", activity), ("day", day)]);
            let select = if view.edits {
                small_select(form, name, label, choices)
            } else {
                let value = form.state().value(name).to_owned();
                let chosen = choices.iter().find(|choice| choice.value == value && !value.is_empty());
                let words = chosen.map(|choice| choice.label.clone()).unwrap_or_default();
                view! { <span class="stands">{words}</span> }.into_any()
            };
            // In a class the count says what stands; the field is for what is to change.
            let own = *booked && counted.is_none();
            let counted = counted.map(|(some, all)| {
                let words = with("bookings-counted", &[("some", &some.to_string()), ("all", &all.to_string())]);
                view! { <span class="counted">{words}</span> }
            });
            let places = places.map(|places| {
                let full = (places.taken >= places.capacity).then_some("true");
                let words = with(
                    "bookings-places",
                    &[("taken", &places.taken.to_string()), ("capacity", &places.capacity.to_string())],
                );
                view! { <span class="places-left" data-full=full>{full.map(|_| shape("alert"))}<span>{words}</span></span> }
            });
            view! { <td data-booked=own.then_some("true")>{counted}{select}{places}</td> }.into_any()
        }
    }
}

fn class_view(view: &GridPage, rows: &[ClassRow]) -> AnyView {
    let chosen: Vec<String> = view.form.all("enfant").into_iter().map(str::to_owned).collect();
    let days = view
        .weeks
        .first()
        .map(|week| week.days.clone())
        .unwrap_or_default();
    let heads: Vec<_> = days
        .iter()
        .map(|day| view! { <th scope="col">{day.label.clone()}</th> }.into_any())
        .collect();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let checked = chosen.contains(&row.id);
            let cells: Vec<_> = row
                .days
                .iter()
                .map(|day| {
                    let all: Vec<_> = day
                        .iter()
                        .map(|one| view! { <span class="has">{one.clone()}</span> }.into_any())
                        .collect();
                    view! { <td>{all}</td> }.into_any()
                })
                .collect();
            let box_ = view.edits.then(|| {
                let id = format!("enfant-{}", row.id);
                let label = t1("bookings-with", "name", row.name.as_str());
                view! {
                    <td class="pick">
                        <input type="checkbox" id=id name="enfant" value=row.id.clone() checked=checked aria-label=label />
                    </td>
                }
            });
            view! {
                <tr>
                    {box_}
                    <th scope="row"><a href=row.address.clone()>{row.name.clone()}</a></th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect();
    let pick = view
        .edits
        .then(|| view! { <th scope="col"><span class="unseen">{t("bookings-pick")}</span></th> });
    view! {
        <h2 id="enfant">{t1("bookings-class-week", "count", rows.len())}</h2>
        {view.edits.then(|| view! { <p class="hint">{t("bookings-exceptions")}</p> })}
        <div class="grid-scroll" role="region" tabindex="0" aria-label=t("bookings-class-table")>
            <table class="grid class-grid">
                <caption class="unseen">{t("bookings-class-table")}</caption>
                <thead><tr>{pick}<th scope="col">{t("desk-column-name")}</th>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
