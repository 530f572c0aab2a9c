//! The form of an activity, with a line for each formula.

use leptos::prelude::*;
use shared::mode::Mode;
use shared::operation::Meal;

use super::places::short_name;
use super::record::Choices;
use super::words;
use crate::desk::form::{Checks, Choice, Field, FormView, Radios, Select};
use crate::words::{t, t1};

/// Formulas that an activity may have.
pub const FORMULAS_MOST: usize = 20;

pub(super) fn fields(form: &FormView<'_>, choices: &Choices) -> AnyView {
    let modes: Vec<Choice> = [
        Mode::Presence,
        Mode::ArrivalDeparture,
        Mode::DepartureOnly,
        Mode::ByException,
    ]
    .into_iter()
    .map(|mode| Choice::new(mode.as_str(), words::mode(mode)).explained(words::mode_said(mode)))
    .collect();
    let sites = if choices.sites.is_empty() {
        view! { <p class="notice">{t("structure-activity-no-site")}</p> }.into_any()
    } else {
        form.checks(Checks::new(
            "sites",
            t("structure-activity-sites"),
            &choices.sites,
        ))
    };
    view! {
        {form.field(
            Field::text("nom", t("structure-name")).required().max(120).hint(t("structure-activity-name-hint")),
        )}
        {form.select(
            Select::new("service", t("structure-service"), &choices.services)
                .or_none(t("structure-choose-service"))
                .hint(t("structure-activity-service-hint")),
        )}
        {form.radios(Radios::new("mode", t("structure-mode-how"), &modes))}
        {form.checks(Checks::weekdays("jours", t("structure-weekdays")))}
        <div class="form-row">
            {form.field(Field::time("debut", t("structure-opens")).required())}
            {form.field(Field::time("fin", t("structure-closes")).required())}
        </div>
        {sites}
        {form.field(
            Field::number("places", t("structure-capacity-label"), 1, 9_999).hint(t("structure-capacity-hint")),
        )}
        {formulas(form)}
        {short_name(form)}
    }
    .into_any()
}

fn formulas(form: &FormView<'_>) -> AnyView {
    let count: usize = form
        .state()
        .value("formules")
        .parse()
        .unwrap_or(0)
        .min(FORMULAS_MOST);
    let meals: Vec<Choice> = [Meal::None, Meal::Meal, Meal::Picnic, Meal::Basket]
        .into_iter()
        .map(|meal| Choice::new(meal.as_str(), words::meal(meal)))
        .collect();
    let lines: Vec<_> = (0..count)
        .map(|n| {
            let place = n + 1;
            let name = Field::text(
                format!("formule-{n}-nom"),
                t1("structure-formula-name", "n", place),
            )
            .max(120);
            let meal = Select::new(
                format!("formule-{n}-repas"),
                t1("structure-formula-meal", "n", place),
                &meals,
            );
            view! {
                <div class="form-row formula">
                    {form.hidden(&format!("formule-{n}-id"))}
                    {form.hidden(&format!("formule-{n}-mot"))}
                    {form.field(name.required())}
                    {form.select(meal)}
                    <button class="button" data-kind="quiet" name="faire" value=format!("sans-{n}")>
                        {t("structure-formula-without")}
                        <span class="unseen">{t1("structure-formula-which", "n", place)}</span>
                    </button>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="group form-part" id="formules">
            <legend>{t("structure-formulas")}</legend>
            <p class="hint">{t("structure-formulas-hint")}</p>
            <input type="hidden" name="formules" value=count.to_string() />
            {lines}
            {(count < FORMULAS_MOST).then(|| view! {
                <p><button class="button" name="faire" value="formule">{t("structure-formula-add")}</button></p>
            })}
        </fieldset>
    }
    .into_any()
}
