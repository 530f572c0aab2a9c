//! A period and its weekdays.

use leptos::prelude::*;

use super::grid::{Tab, tabs};
use crate::desk::form::{Buttons, Checks, Choice, Field, FormState, FormView, Radios, Select, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::t;

/// The page.
#[derive(Clone, Debug)]
pub struct PeriodPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the form.
    pub form: FormState,
    /// Who it is for.
    pub title: String,
    /// Class and school.
    pub home: String,
    /// Where the form goes.
    pub action: String,
    /// Week, month, period.
    pub tabs: Vec<Tab>,
    /// Address of the page to find someone else.
    pub back: String,
    /// Activities with their formulas.
    pub activities: Vec<Choice>,
    /// Sites.
    pub sites: Vec<Choice>,
    /// The children of a class.
    pub children: Vec<Choice>,
}

/// Draws the page.
pub fn period_page(view: &PeriodPage) -> String {
    page(head(t("bookings-period"), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let deeds = [
            Choice::new("reserver", t("bookings-deed-reserve")),
            Choice::new("annuler", t("bookings-deed-cancel")),
        ];
        let when = view! {
            {form.radios(Radios::new("acte", t("bookings-deed"), &deeds))}
            <div class="form-row">
                {form.field(Field::date("du", t("bookings-from")).required())}
                {form.field(Field::date("au", t("bookings-until")).required())}
            </div>
            {form.checks(Checks::weekdays("jours", t("bookings-weekdays")))}
        }
        .into_any();
        let usual = if view.children.is_empty() {
            t("bookings-usual-site-one")
        } else {
            t("bookings-usual-site")
        };
        let what = view! {
            {form.select(Select::new("quoi", t("bookings-what"), &view.activities))}
            {form.select(Select::new("site", t("desk-filter-site"), &view.sites).or_none(usual))}
        }
        .into_any();
        let how = view! {
            <section class="form-part" aria-labelledby="comment">
                <h2 id="comment">{t("bookings-how")}</h2>
                <p class="hint">{t("bookings-how-hint")}</p>
                <div class="form-row">
                    {form.field(Field::time("arrivee", t("desk-lists-in")))}
                    {form.field(Field::time("depart", t("desk-lists-out")))}
                    {form.field(Field::text("groupe", t("desk-lists-group")).max(60))}
                </div>
                <div class="form-row">
                    {form.field(Field::text("vient_de", t("desk-lists-comes-from")).max(80))}
                    {form.field(Field::text("va_a", t("desk-lists-goes-to")).max(80))}
                </div>
                {form.tick("remplacer", t("bookings-replace"), Some(t("bookings-replace-hint")))}
                {form.tick("vacances", t("bookings-vacations"), None)}
            </section>
        }
        .into_any();
        let who = (!view.children.is_empty())
            .then(|| form.checks(Checks::new("enfant", t("bookings-exceptions"), &view.children)));
        let inside = view! { {form.hidden("vue")}{when}{what}{how}{who} }.into_any();
        let buttons = Buttons::named(t("bookings-see")).sends("geste", "apercu");
        view! {
            {heading(view.title.clone(), &[(t("bookings-title"), view.back.clone())], None)}
            <p class="lead">{view.home.clone()}</p>
            {tabs(&view.tabs)}
            {form.sheet(&view.action, buttons, inside)}
        }
        .into_any()
    })
}
