//! The grid of a household's children: what stands, what can be booked or cancelled, and at what price.

use leptos::prelude::*;

use super::{Turn, turns};
use crate::desk::form::{Buttons, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FamilyPage {
    /// Who looks.
    pub bar: Bar,
    /// What is ticked.
    pub form: FormState,
    /// The household's name.
    pub family: String,
    /// Where the form goes.
    pub action: String,
    /// The page to find somebody.
    pub back: String,
    /// Where facts and papers of the household stand.
    pub facts: String,
    /// By telephone or at the desk: rules may tell them apart.
    pub entrances: Vec<Turn>,
    /// Week or month.
    pub ways: Vec<Turn>,
    /// The span shown.
    pub span: String,
    /// The span before and the one after.
    pub around: [String; 2],
    /// The children.
    pub children: Vec<ChildGrid>,
    /// Something may be changed.
    pub edits: bool,
}

/// The grid of a child.
#[derive(Clone, Debug)]
pub struct ChildGrid {
    /// « Léa Martin, CP, École Jaurès ».
    pub name: String,
    /// Week by week.
    pub weeks: Vec<WeekGrid>,
}

/// A week.
#[derive(Clone, Debug)]
pub struct WeekGrid {
    /// Of which Monday.
    pub label: String,
    /// Its days.
    pub days: Vec<String>,
    /// Activities by site.
    pub rows: Vec<GridRow>,
}

/// An activity at a site.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// The activity.
    pub activity: String,
    /// The site.
    pub site: String,
    /// One for each day.
    pub cells: Vec<CellView>,
}

/// A session of a child.
#[derive(Clone, Debug)]
pub struct CellView {
    /// The shape by which its state is told.
    pub shape: &'static str,
    /// Its state in a word, for styles.
    pub state: &'static str,
    /// Its state in words.
    pub words: String,
    /// What else is to be known: until when, why, what it costs.
    pub details: Vec<String>,
    /// What can be ticked.
    pub ticks: Vec<Tick>,
}

/// Something that can be ticked.
#[derive(Clone, Debug)]
pub struct Tick {
    /// The field.
    pub name: &'static str,
    /// What is sent.
    pub value: String,
    /// What it does, with its price.
    pub label: String,
    /// The whole of it, for those who listen: whom, what, when.
    pub unseen: String,
}

/// Draws the page.
pub fn family_page(view: &FamilyPage) -> String {
    let title = t1("desk-booking-family", "family", view.family.as_str());
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let children: Vec<_> = view
            .children
            .iter()
            .map(|one| child(&form, one, view.edits))
            .collect();
        let none = children.is_empty();
        let [before, after] = view.around.clone();
        let facts = view.facts.clone();
        let doing = view! { <a class="button" href=facts>{t("desk-booking-facts-link")}</a> }.into_any();
        let inside = view! {
            {form.hidden("vue")}
            {form.hidden("date")}
            {form.hidden("par")}
            {children}
        }
        .into_any();
        view! {
            {heading(title, &[(t("bookings-title"), view.back.clone())], Some(doing))}
            {view.edits.then(|| view! {
                <div class="booking-by no-print">
                    <p><strong>{t("desk-booking-by")}</strong><span class="hint">{t("desk-booking-by-hint")}</span></p>
                    {turns(&view.entrances, t("desk-booking-by"))}
                </div>
            })}
            {turns(&view.ways, t("desk-booking-ways"))}
            <nav class="booking-span no-print" aria-label=t("desk-booking-spans")>
                <a class="button" rel="prev" href=before>{shape("before")}{t("desk-booking-before")}</a>
                <strong>{view.span.clone()}</strong>
                <a class="button" rel="next" href=after>{t("desk-booking-after")}{shape("after")}</a>
            </nav>
            {none.then(|| view! { <div class="empty"><p><strong>{t("desk-booking-no-child")}</strong></p><p>{t("desk-booking-no-child-then")}</p></div> })}
            {if none {
                ().into_any()
            } else if view.edits {
                view! { <div class="wide-form">{form.sheet(&view.action, Buttons::named(t("desk-booking-see")).sends("geste", "voir"), inside)}</div> }.into_any()
            } else {
                inside
            }}
        }
        .into_any()
    })
}

fn child(form: &FormView<'_>, child: &ChildGrid, edits: bool) -> AnyView {
    let weeks: Vec<_> = child
        .weeks
        .iter()
        .map(|one| week(form, child, one, edits))
        .collect();
    view! {
        <section class="booking-child">
            <h2>{child.name.clone()}</h2>
            {weeks}
        </section>
    }
    .into_any()
}

fn week(form: &FormView<'_>, child: &ChildGrid, week: &WeekGrid, edits: bool) -> AnyView {
    let days: Vec<_> = week
        .days
        .iter()
        .map(|day| view! { <th scope="col">{day.clone()}</th> }.into_any())
        .collect();
    let rows: Vec<_> = week
        .rows
        .iter()
        .map(|one| row(form, &week.days, one, edits))
        .collect();
    let none = rows.is_empty();
    view! {
        <div class="booking-week">
            <table class="records booking-grid">
                <caption><span class="unseen">{child.name.clone()}" "</span>{week.label.clone()}</caption>
                <thead><tr><th scope="col">{t("desk-booking-activity")}</th>{days}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {none.then(|| view! { <p class="hint">{t("desk-booking-nothing-offered")}</p> })}
        </div>
    }
    .into_any()
}

fn row(form: &FormView<'_>, days: &[String], row: &GridRow, edits: bool) -> AnyView {
    let cells: Vec<_> = row
        .cells
        .iter()
        .zip(days)
        .map(|(one, day)| cell(form, one, day, edits))
        .collect();
    view! {
        <tr>
            <th scope="row">{row.activity.clone()}<span class="why">{row.site.clone()}</span></th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(form: &FormView<'_>, cell: &CellView, day: &str, edits: bool) -> AnyView {
    let details: Vec<_> = cell
        .details
        .iter()
        .map(|one| view! { <span class="why">{one.clone()}</span> }.into_any())
        .collect();
    let ticks: Vec<_> = cell
        .ticks
        .iter()
        .filter(|_| edits)
        .map(|one| {
            let checked = form.state().all(one.name).contains(&one.value.as_str());
            view! {
                <label class="booking-tick">
                    <input type="checkbox" name=one.name value=one.value.clone() checked=checked />
                    <span>{one.label.clone()}<span class="unseen">{one.unseen.clone()}</span></span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <td data-state=cell.state>
            <span class="said-narrow">{day.to_owned()}</span>
            <span class="mark">{shape(cell.shape)}{cell.words.clone()}</span>
            {details}
            {ticks}
        </td>
    }
    .into_any()
}
