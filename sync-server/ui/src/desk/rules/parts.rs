//! What lines of several tables have in common: a case, an instant, what becomes of what comes late.

use leptos::prelude::*;
use shared::operation::{Counted, Entrance, Season, Verdict};

use super::word::{CostKind, MomentKind, Word};
use crate::desk::form::{Checks, Choice, Field, FormView, Select};
use crate::words::{t, t1};

/// Stages that may follow a deadline.
pub const STAGES_MOST: usize = 4;
/// The names of a line's fields begin so where it has but one instant.
pub const UNTIL: &str = "limite";

/// What can be chosen in the lines of a set.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The set's activities.
    pub activities: Vec<Choice>,
    /// All others.
    pub others: Vec<Choice>,
    /// Sites.
    pub sites: Vec<Choice>,
    /// Formulas of the set's activities.
    pub formulas: Vec<Choice>,
    /// Schools.
    pub schools: Vec<Choice>,
    /// Classes.
    pub classes: Vec<Choice>,
    /// Kinds of documents.
    pub documents: Vec<Choice>,
    /// Groups of the set.
    pub groups: Vec<Choice>,
}

/// The sessions that a line is about.
pub(super) fn case(form: &FormView<'_>, choices: &Choices) -> AnyView {
    let seasons = Season::choices();
    view! {
        <fieldset class="group form-part">
            <legend>{t("desk-rules-case")}</legend>
            <p class="hint">{t("desk-rules-case-hint")}</p>
            {form.checks(Checks::weekdays("jours", t("desk-rules-weekdays")))}
            {form.select(Select::new("saison", t("desk-rules-season"), &seasons))}
            {some(form, "activites", t("desk-rules-activities"), &choices.activities)}
            {some(form, "formules", t("desk-rules-formulas"), &choices.formulas)}
            {some(form, "sites", t("desk-rules-sites"), &choices.sites)}
        </fieldset>
    }
    .into_any()
}

/// Boxes of which none means all; nothing where there is no choice.
pub(super) fn some(form: &FormView<'_>, name: &str, legend: String, choices: &[Choice]) -> Option<AnyView> {
    (choices.len() > 1).then(|| {
        form.checks(
            Checks::new(name, legend, choices)
                .across()
                .hint(t("desk-rules-none-is-all")),
        )
    })
}

/// An instant that follows from a session.
pub(super) fn moment(form: &FormView<'_>, prefix: &str, legend: String, none: Option<String>) -> AnyView {
    let kinds = MomentKind::choices();
    let counted = Counted::choices();
    let weekdays: Vec<Choice> = [
        t("form-monday"),
        t("form-tuesday"),
        t("form-wednesday"),
        t("form-thursday"),
        t("form-friday"),
        t("form-saturday"),
        t("form-sunday"),
    ]
    .into_iter()
    .enumerate()
    .map(|(day, label)| Choice::new(day.to_string(), label))
    .collect();
    let named = |part: &str| format!("{prefix}-{part}");
    let mut kind = Select::new(named("quoi"), t("desk-rules-moment"), &kinds);
    if let Some(none) = none {
        kind = kind.or_none(none);
    }
    view! {
        <fieldset class="group form-part rules-moment">
            <legend>{legend}</legend>
            {form.select(kind)}
            <div class="form-row">
                {form.field(
                    Field::number(named("nombre"), t("desk-rules-moment-number"), 0, 9_999)
                        .hint(t("desk-rules-moment-number-hint")),
                )}
                {form.field(Field::time(named("heure"), t("desk-rules-moment-hour")).hint(t("desk-rules-moment-hour-hint")))}
            </div>
            <div class="form-row">
                {form.select(
                    Select::new(named("compte"), t("desk-rules-moment-counted"), &counted)
                        .hint(t("desk-rules-moment-counted-hint")),
                )}
                {form.select(
                    Select::new(named("semaine"), t("desk-rules-moment-which-weekday"), &weekdays)
                        .or_none(t("desk-rules-moment-no-weekday"))
                        .hint(t("desk-rules-moment-which-weekday-hint")),
                )}
            </div>
            <div class="form-row">
                {form.field(
                    Field::number(named("jour"), t("desk-rules-moment-which-day"), 1, 31)
                        .hint(t("desk-rules-moment-which-day-hint")),
                )}
                {form.field(Field::date(named("date"), t("desk-rules-moment-date")).hint(t("desk-rules-moment-date-hint")))}
            </div>
            {form.checks(
                Checks::weekdays(named("sauf"), t("desk-rules-moment-skipped")).hint(t("desk-rules-moment-skipped-hint")),
            )}
        </fieldset>
    }
    .into_any()
}

/// What becomes of something by where it comes in. `adding` says which costs there are; `prices` whether any is asked.
pub(super) fn ways(form: &FormView<'_>, prefix: &str, costs: &[CostKind]) -> AnyView {
    let verdicts = Verdict::choices();
    let kinds: Vec<Choice> = costs
        .iter()
        .map(|kind| Choice::new(kind.word(), kind.said()))
        .collect();
    let rows: Vec<_> = Entrance::ALL
        .into_iter()
        .map(|entrance| {
            let named = |part: &str| format!("{prefix}-{}-{part}", Word::word(entrance));
            view! {
                <fieldset class="group rules-way">
                    <legend>{Word::said(entrance)}</legend>
                    <div class="form-row">
                        {form.select(Select::new(named("suite"), t("desk-rules-way-verdict"), &verdicts))}
                        {form.select(Select::new(named("cout"), t("desk-rules-way-cost"), &kinds))}
                        {form.field(Field::text(named("montant"), t("desk-rules-way-amount")).narrow().max(20))}
                        {form.field(Field::number(named("certificat"), t("desk-rules-way-excused"), 1, 365))}
                    </div>
                </fieldset>
            }
            .into_any()
        })
        .collect();
    view! { <div class="rules-ways">{rows}</div> }.into_any()
}

/// The stages that follow a deadline.
pub(super) fn stages(form: &FormView<'_>, costs: &[CostKind]) -> AnyView {
    let count = count(form);
    let stages: Vec<_> = (0..count)
        .map(|n| {
            let place = n + 1;
            let prefix = format!("etape-{n}");
            view! {
                <section class="rules-stage">
                    {moment(form, &prefix, t1("desk-rules-stage-until", "n", place), None)}
                    <p class="hint">{t("desk-rules-way-hint")}</p>
                    {ways(form, &prefix, costs)}
                    <p>
                        <button class="button" data-kind="quiet" name="faire" value=format!("sans-{n}")>
                            {t1("desk-rules-stage-without", "n", place)}
                        </button>
                    </p>
                </section>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="group form-part" id="etapes">
            <legend>{t("desk-rules-stages")}</legend>
            <p class="hint">{t("desk-rules-stages-hint")}</p>
            <input type="hidden" name="etapes" value=count.to_string() />
            {stages}
            {(count < STAGES_MOST).then(|| view! {
                <p><button class="button" name="faire" value="etape">{t("desk-rules-stage-add")}</button></p>
            })}
        </fieldset>
    }
    .into_any()
}

fn count(form: &FormView<'_>) -> usize {
    let count = form.state().value("etapes").parse().unwrap_or(0);
    STAGES_MOST.min(count)
}

/// How the town puts it.
pub(super) fn words(form: &FormView<'_>) -> AnyView {
    form.field(
        Field::text("mots", t("desk-rules-words"))
            .max(300)
            .hint(t("desk-rules-words-hint")),
    )
}
