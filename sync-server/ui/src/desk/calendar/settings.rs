//! Which calendar the commune follows, and its own periods.

use leptos::prelude::*;
use shared::calendar::{HolidayRegion, SchoolZone};

use super::{region_words, zone_words};
use crate::desk::form::{Buttons, Choice, Field, FormState, FormView, Select, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct SettingsPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the form.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The calendar.
    pub back: String,
    /// Lines for our own periods, the empty ones at the end included.
    pub lines: usize,
}

/// Draws the page.
pub fn settings(view: &SettingsPage) -> String {
    page(head(t("calendar-settings-title"), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let zones: Vec<_> = SchoolZone::ALL
            .into_iter()
            .map(|zone| Choice::new(zone.as_str(), zone_words(zone)))
            .collect();
        let regions: Vec<_> = HolidayRegion::ALL
            .into_iter()
            .map(|region| Choice::new(region.as_str(), region_words(region)))
            .collect();
        // The switch means something in Alsace and Moselle alone, so it is offered there alone.
        let alsace = view.form.value("region") == HolidayRegion::AlsaceMoselle.as_str();
        let periods: Vec<_> = (0..view.lines).map(|line| period(&form, line)).collect();
        let inside = view! {
            {form.hidden("connue")}
            {form.select(Select::new("zone", t("calendar-zone"), &zones).or_none(t("calendar-choose")).hint(t("calendar-zone-hint")))}
            {form.select(Select::new("region", t("calendar-region"), &regions).or_none(t("calendar-choose")).hint(t("calendar-region-hint")))}
            {alsace.then(|| form.tick("vendredi_saint", t("calendar-good-friday"), Some(t("calendar-good-friday-hint"))))}
            <section class="form-part">
                <h2>{t("calendar-periods")}</h2>
                <p class="hint">{t("calendar-periods-hint")}</p>
                {periods}
            </section>
        };
        view! {
            {heading(t("calendar-settings-title"), &[(t("calendar-title"), view.back.clone())], None)}
            {form.sheet(&view.action, Buttons::save().cancel(&view.back), inside.into_any())}
        }
        .into_any()
    })
}

fn period(form: &FormView<'_>, line: usize) -> AnyView {
    let kinds = [
        Choice::new("closed", t("calendar-period-closed")),
        Choice::new("vacation", t("calendar-period-vacation")),
        Choice::new("school", t("calendar-period-school")),
    ];
    let name = |what: &str| format!("{what}-{line}");
    let filled = !form.state().value(&name("nom")).is_empty();
    view! {
        <fieldset class="period">
            <legend>{if filled { t1("calendar-period", "number", line + 1) } else { t("calendar-period-new") }}</legend>
            <div class="form-row">
                {form.field(Field::text(name("nom"), t("calendar-period-name")).max(80))}
                {form.select(Select::new(name("genre"), t("calendar-period-kind"), &kinds))}
            </div>
            <div class="form-row">
                {form.field(Field::date(name("du"), t("calendar-period-from")))}
                {form.field(Field::date(name("au"), t("calendar-period-until")))}
            </div>
            {filled.then(|| form.tick(&name("retirer"), t("calendar-period-remove"), None))}
        </fieldset>
    }
    .into_any()
}
