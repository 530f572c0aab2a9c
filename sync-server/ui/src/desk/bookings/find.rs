//! The first page: a child by name, a class by school.

use leptos::prelude::*;

use crate::desk::form::{Address, Field, FormState, FormView, filters};
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FindPage {
    /// Who looks.
    pub bar: Bar,
    /// Its address, with what is searched for under `q`.
    pub address: Address,
    /// Children found.
    pub children: Vec<FoundChild>,
    /// More were found than are shown.
    pub more: bool,
    /// Words and address of each list by rules: requests, waiting lists, occupancy, who has not booked.
    pub lists: Vec<(String, String)>,
    /// Schools with their classes.
    pub schools: Vec<SchoolClasses>,
}

/// A child that was found.
#[derive(Clone, Debug)]
pub struct FoundChild {
    /// « Martin Léa ».
    pub name: String,
    /// Class and school.
    pub home: String,
    /// Address of its reservations.
    pub address: String,
}

/// A school and its classes.
#[derive(Clone, Debug)]
pub struct SchoolClasses {
    /// The school.
    pub name: String,
    /// Name and address of each class.
    pub classes: Vec<(String, String)>,
}

/// Draws the page.
pub fn find_page(view: &FindPage) -> String {
    let head = Head::titled(t("bookings-title"));
    page(head, &view.bar, || {
        let query = view.address.value("q").to_owned();
        let state = FormState::default().with("q", query.clone());
        let form = FormView::of_filters(&state);
        let field = form.field(Field::search("q", t("bookings-search")));
        let schools: Vec<_> = view.schools.iter().map(school).collect();
        let none = schools.is_empty();
        view! {
            <div class="top"><h1>{t("bookings-title")}</h1></div>
            <p class="lead">{t("bookings-lead")}</p>
            {lists(view)}
            {filters(&view.address, &[], field)}
            {(!query.is_empty()).then(|| found(view, &query))}
            <h2>{t("bookings-classes")}</h2>
            <div class="class-list">{schools}</div>
            {none.then(|| view! { <p class="quiet">{t("bookings-no-class")}</p> })}
        }
        .into_any()
    })
}

fn lists(view: &FindPage) -> AnyView {
    let links: Vec<_> = view
        .lists
        .iter()
        .map(|(label, address)| {
            view! { <li><a class="button" href=address.clone()>{label.clone()}</a></li> }.into_any()
        })
        .collect();
    view! { <nav class="booking-turns no-print" aria-label=t("desk-booking-links")><ul role="list">{links}</ul></nav> }
        .into_any()
}

fn found(view: &FindPage, query: &str) -> AnyView {
    if view.children.is_empty() {
        return view! {
            <div class="empty">
                <p><strong>{t1("bookings-none-found", "query", query.to_owned())}</strong></p>
                <p>{t("bookings-none-found-then")}</p>
            </div>
        }
        .into_any();
    }
    let lines: Vec<_> = view
        .children
        .iter()
        .map(|child| {
            view! {
                <li><a href=child.address.clone()><span class="last">{child.name.clone()}</span><span class="details">{child.home.clone()}</span></a></li>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2>{t1("bookings-found", "count", view.children.len())}</h2>
        <ul class="found-list" role="list">{lines}</ul>
        {view.more.then(|| view! { <p class="quiet">{t("bookings-found-more")}</p> })}
    }
    .into_any()
}

fn school(school: &SchoolClasses) -> AnyView {
    let classes: Vec<_> = school
        .classes
        .iter()
        .map(|(name, address)| view! { <li><a href=address.clone()>{name.clone()}</a></li> }.into_any())
        .collect();
    view! {
        <section>
            <h3>{school.name.clone()}</h3>
            <ul role="list">{classes}</ul>
        </section>
    }
    .into_any()
}
