//! The form: from when until when, which weekdays, which activities, which children.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::frame::{Frame, page};
use super::{Way, short, ways};
use crate::desk::form::{Checks, Choice, Field, FormState, FormView, Select};
use crate::words::{t, t1, with};

/// An activity that can be asked for.
#[derive(Clone, Debug)]
pub struct ActivityChoice {
    /// Its short name: what is sent.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// « 16 h 30 – 18 h 30 ».
    pub hours: String,
    /// How it may be taken, where there are several ways: short names and names.
    pub formulas: Vec<Choice>,
}

/// Spans that are one tap away: the last day of each.
#[derive(Clone, Copy, Debug)]
pub struct Spans {
    /// The stretch of school or the holidays that today is in.
    pub period: NaiveDate,
    /// This month.
    pub month: NaiveDate,
    /// The school year.
    pub year: NaiveDate,
}

/// The page.
#[derive(Clone, Debug)]
pub struct PeriodPage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// The children.
    pub children: Vec<Choice>,
    /// The one of several that is meant.
    pub chosen: Option<String>,
    /// What can be asked for.
    pub activities: Vec<ActivityChoice>,
    /// The weekdays on which any of it takes place: bit 0 is Monday.
    pub weekdays: u8,
    /// Spans that are one tap away.
    pub spans: Spans,
}

/// Draws it.
pub fn period_page(view: &PeriodPage) -> String {
    let title = t("portal-period-title");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let form = FormView::of_filters(&view.form);
        let inside = if view.children.is_empty() {
            view! { <p class="home-quiet">{t("portal-period-nobody")}</p> }.into_any()
        } else if view.activities.is_empty() {
            view! { <p class="home-quiet">{t("portal-period-nothing-on-line")}</p> }.into_any()
        } else {
            fields(view, &form)
        };
        view! {
            <p class="crumb"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            {ways(frame, Way::Period, view.children.len() > 1, view.chosen.as_deref())}
            <p class="home-quiet">{t("portal-period-nothing-yet")}</p>
            {form.summary()}
            {inside}
        }
        .into_any()
    })
}

fn fields(view: &PeriodPage, form: &FormView<'_>) -> AnyView {
    let days = weekday_choices(view.weekdays);
    let children = (view.children.len() > 1)
        .then(|| form.checks(Checks::new("enfant", t("portal-period-children"), &view.children)));
    let only = (view.children.len() == 1).then(|| form.hidden("enfant"));
    view! {
        <form class="form period-form" method="get" action=view.frame.at("/reservations/periode/apercu")>
            {only}
            {children}
            {activities(form, &view.activities, true)}
            {form.checks(Checks::new("jour", t("portal-period-weekdays"), &days).across())}
            {spans(form, view.spans)}
        </form>
    }
    .into_any()
}

/// The days of a week on which something takes place.
fn weekday_choices(weekdays: u8) -> Vec<Choice> {
    let names = weekday_names();
    let on = names
        .into_iter()
        .enumerate()
        .filter(|(day, _)| weekdays & (1 << day) != 0);
    on.map(|(day, name)| Choice::new(day.to_string(), name)).collect()
}

/// From Monday to Sunday.
pub(super) fn weekday_names() -> [String; 7] {
    [
        t("form-monday"),
        t("form-tuesday"),
        t("form-wednesday"),
        t("form-thursday"),
        t("form-friday"),
        t("form-saturday"),
        t("form-sunday"),
    ]
}

/// The activities to tick, and how those are taken that may be taken in several ways.
pub(super) fn activities(form: &FormView<'_>, all: &[ActivityChoice], ticked: bool) -> AnyView {
    let choices: Vec<Choice> = all
        .iter()
        .map(|one| Choice::new(one.slug.clone(), one.name.clone()).explained(one.hours.clone()))
        .collect();
    let formulas: Vec<_> = all
        .iter()
        .filter(|one| one.formulas.len() > 1)
        .map(|one| {
            let label = t1("portal-period-formula", "activity", one.name.as_str());
            form.select(Select::new(format!("formule-{}", one.slug), label, &one.formulas))
        })
        .collect();
    let checks =
        ticked.then(|| form.checks(Checks::new("activite", t("portal-period-activities"), &choices)));
    view! { {checks}{formulas} }.into_any()
}

/// From when until when, and the buttons: each leads to the preview.
pub(super) fn spans(form: &FormView<'_>, spans: Spans) -> AnyView {
    let button = |word: &'static str, words: String, until: NaiveDate| {
        let words = with("portal-period-until", &[("span", &words), ("day", &short(until))]);
        view! { <button class="button" name="sur" value=word>{words}</button> }.into_any()
    };
    view! {
        <div class="form-row">
            {form.field(Field::date("du", t("portal-period-from")))}
            {form.field(Field::date("au", t("portal-period-to")))}
        </div>
        <div class="buttons period-spans">
            <button class="button" data-kind="primary" name="sur" value="dates">{t("portal-period-see")}</button>
        </div>
        <fieldset class="field group period-quick">
            <legend>{t("portal-period-or-see")}</legend>
            <div class="buttons">
                {button("periode", t("portal-period-this-period"), spans.period)}
                {button("mois", t("portal-period-this-month"), spans.month)}
                {button("annee", t("portal-period-this-year"), spans.year)}
            </div>
        </fieldset>
    }
    .into_any()
}
