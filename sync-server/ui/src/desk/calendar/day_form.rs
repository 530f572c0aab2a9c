//! An exceptional day, being entered.

use leptos::prelude::*;
use shared::operation::{ExceptionalKind, MealEffect};

use super::{kind_effect, kind_words, meal_effect, meal_words};
use crate::desk::form::{Buttons, Checks, Choice, Field, FormState, FormView, Radios, Select, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct DayFormPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the form.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The calendar, then the list of exceptional days.
    pub under: [String; 2],
    /// The day exists already.
    pub exists: bool,
    /// Schools.
    pub schools: Vec<Choice>,
    /// Classes, school by school; the field of each is named by its school.
    pub classes: Vec<SchoolClasses>,
    /// Services, for a closure.
    pub services: Vec<Choice>,
    /// Sites, for a closure.
    pub places: Vec<Choice>,
    /// Sites, for a minimum service.
    pub sites: Vec<Choice>,
}

/// The classes of a school.
#[derive(Clone, Debug)]
pub struct SchoolClasses {
    /// The school's name.
    pub school: String,
    /// What their field is called.
    pub field: String,
    /// The classes.
    pub classes: Vec<Choice>,
}

/// What becomes of reservations.
fn fates() -> [Choice; 2] {
    [
        Choice::new("suspendre", t("calendar-fate-freeze")).explained(t("calendar-fate-freeze-effect")),
        Choice::new("annuler", t("calendar-fate-cancel")).explained(t("calendar-fate-cancel-effect")),
    ]
}

/// The classes of a school, folded away while none of them is ticked: a town has dozens.
fn classes(form: &FormView<'_>, of: &SchoolClasses) -> AnyView {
    let open = form.state().has(&of.field) || form.state().is_overtaken();
    view! {
        <details class="school-classes" open=open>
            <summary>{t1("calendar-day-classes-of", "school", of.school.as_str())}</summary>
            {form.checks(Checks::new(of.field.clone(), t("calendar-day-classes"), &of.classes))}
        </details>
    }
    .into_any()
}

/// Draws the page.
pub fn day_form(view: &DayFormPage) -> String {
    let title = if view.exists {
        t("calendar-day-edit")
    } else {
        t("calendar-day-new")
    };
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let kinds: Vec<_> = ExceptionalKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), kind_words(kind)).explained(kind_effect(kind)))
            .collect();
        let meals: Vec<_> = MealEffect::ALL
            .into_iter()
            .map(|meals| Choice::new(meals.as_str(), meal_words(meals)).explained(meal_effect(meals)))
            .collect();
        let [calendar, list] = view.under.clone();
        let inside = view! {
            {form.radios(Radios::new("genre", t("calendar-day-kind"), &kinds))}
            {form.field(Field::text("motif", t("calendar-day-words")).required().max(80).hint(t("calendar-day-words-hint")))}
            <div class="form-row day-dates">
                {form.field(Field::date("du", t("calendar-day-from")).required())}
                {form.field(Field::date("au", t("calendar-day-until")).hint(t("calendar-day-until-hint")))}
            </div>
            {form.checks(Checks::new("ecoles", t("calendar-day-schools"), &view.schools))}
            <div>
                <p class="hint">{t("calendar-day-classes-hint")}</p>
                {view.classes.iter().map(|of| classes(&form, of)).collect::<Vec<_>>()}
            </div>
            <section class="form-part">
                <h2>{t("calendar-narrow")}</h2>
                <p class="hint">{t("calendar-narrow-hint")}</p>
                {form.checks(Checks::new("services", t("calendar-day-services"), &view.services))}
                {form.checks(Checks::new("lieux", t("calendar-day-sites"), &view.places))}
                {form.radios(Radios::new("sort", t("calendar-fate"), &fates()).hint(t("calendar-fate-hint")))}
            </section>
            {form.radios(Radios::new("repas", t("calendar-day-meals"), &meals).hint(t("calendar-day-meals-hint")))}
            <section class="form-part">
                <h2>{t("calendar-service")}</h2>
                <p class="hint">{t("calendar-service-hint")}</p>
                {form.select(Select::new("sma_site", t("calendar-service-site"), &view.sites).or_none(t("calendar-service-none")))}
                <div class="form-row">
                    {form.field(Field::time("sma_ouvre", t("calendar-service-opens")))}
                    {form.field(Field::time("sma_ferme", t("calendar-service-closes")))}
                </div>
            </section>
        };
        let buttons = Buttons::named(t("calendar-day-see"))
            .cancel(&list)
            .sends("etape", "apercu");
        view! {
            {heading(title, &[(t("calendar-title"), calendar), (t("calendar-days"), list.clone())], None)}
            {form.sheet(&view.action, buttons, inside.into_any())}
        }
        .into_any()
    })
}
