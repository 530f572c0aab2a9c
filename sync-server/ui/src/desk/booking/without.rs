//! Who has not booked.

use leptos::prelude::*;

use crate::desk::form::{Address, Choice, Field, FormState, FormView, Select, filters, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct WithoutPage {
    /// Who looks.
    pub bar: Bar,
    /// Its address, with what it asks for.
    pub address: Address,
    /// What the filters hold.
    pub filter: FormState,
    /// The page to find somebody.
    pub back: String,
    /// The same as a file.
    pub file: String,
    /// Activities to choose from.
    pub activities: Vec<Choice>,
    /// Schools and classes to choose from.
    pub whose: Vec<Choice>,
    /// The span, in words.
    pub span: String,
    /// One line for each child; none while nobody chose an activity.
    pub lines: Option<Vec<WithoutLine>>,
}

/// A child without a reservation.
#[derive(Clone, Debug)]
pub struct WithoutLine {
    /// « Martin Léa ».
    pub name: String,
    /// Its class.
    pub class: String,
    /// Its school.
    pub school: String,
    /// Its family's grid, where it has a family.
    pub family: Option<String>,
}

/// Draws the page.
pub fn without_page(view: &WithoutPage) -> String {
    let title = t("desk-booking-without");
    page(Head::titled(title.clone()), &view.bar, || {
        let filter = FormView::of_filters(&view.filter);
        let fields = view! {
            {filter.select(Select::new("activite", t("desk-booking-activity"), &view.activities).or_none(t("desk-booking-choose")))}
            {filter.select(Select::new("qui", t("desk-booking-school"), &view.whose).or_none(t("desk-booking-all")))}
            {filter.field(Field::date("du", t("desk-booking-from")))}
            {filter.field(Field::date("au", t("desk-booking-until")))}
        };
        let file = view.file.clone();
        let doing = view
            .lines
            .is_some()
            .then(|| view! { <a class="button" href=file>{t("desk-booking-file")}</a> }.into_any());
        view! {
            {heading(title, &[(t("bookings-title"), view.back.clone())], doing)}
            <p class="lead">{t("desk-booking-without-lead")}</p>
            {filters(&view.address, &[], fields.into_any())}
            {match &view.lines {
                None => view! { <p class="hint">{t("desk-booking-without-choose")}</p> }.into_any(),
                Some(lines) if lines.is_empty() => view! { <div class="empty"><p><strong>{t("desk-booking-without-none")}</strong></p></div> }.into_any(),
                Some(lines) => table(view, lines),
            }}
        }
        .into_any()
    })
}

fn table(view: &WithoutPage, lines: &[WithoutLine]) -> AnyView {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let name = match &line.family {
                Some(address) => view! { <a href=address.clone()>{line.name.clone()}</a> }.into_any(),
                None => line.name.clone().into_any(),
            };
            view! { <tr><th scope="row">{name}</th><td>{line.class.clone()}</td><td>{line.school.clone()}</td></tr> }
                .into_any()
        })
        .collect();
    view! {
        <table class="records booking-records">
            <caption>{format!("{} · {}", t1("desk-booking-without-count", "count", lines.len()), view.span)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("desk-booking-child")}</th>
                    <th scope="col">{t("desk-booking-class")}</th>
                    <th scope="col">{t("desk-booking-school-name")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
