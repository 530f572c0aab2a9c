//! The form of one line of a table.

use leptos::prelude::*;
use shared::operation::{AgeOn, LinkKind, Span};

use super::parts::{self, Choices, UNTIL};
use super::word::{ConditionKind, CostKind, PaymentKind, Table, Word};
use crate::desk::form::{Buttons, Checks, Field, FormState, FormView, Radios, Select, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// What something late may cost that is added.
const ADDING: [CostKind; 3] = [CostKind::Free, CostKind::Adds, CostKind::Replaces];
/// What something late may cost that is cancelled.
const CANCELLING: [CostKind; 4] = [CostKind::Free, CostKind::Full, CostKind::Part, CostKind::Due];

/// The form of one line.
#[derive(Clone, Debug)]
pub struct LinePage {
    /// Who looks.
    pub bar: Bar,
    /// Of which table.
    pub table: Table,
    /// Which, from 1; none: a new one.
    pub place: Option<usize>,
    /// The set's name.
    pub set: String,
    /// What stands in the form.
    pub form: FormState,
    /// What can be chosen.
    pub choices: Choices,
    /// Where it is sent.
    pub action: String,
    /// The list of sets, then the set.
    pub under: [String; 2],
    /// The line as families read it, as it stands in the record.
    pub said: Option<String>,
}

/// Draws it.
pub fn line_page(view: &LinePage) -> String {
    let table = view.table;
    let title = match view.place {
        _ if table.is_single() => table.said(),
        Some(place) => format!("{} – {}", table.said(), t1("desk-rules-line", "n", place)),
        None => format!("{} – {}", table.said(), t("desk-rules-line-new")),
    };
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = fields(&form, table, &view.choices);
        let under = [
            (t("desk-rules-title"), view.under[0].clone()),
            (view.set.clone(), view.under[1].clone()),
        ];
        let back = format!("{}#{}", view.under[1], table.word());
        view! {
            {heading(title, &under, None)}
            <p class="lead">{table.about()}</p>
            {view.said.clone().map(|said| view! {
                <p class="rules-said"><span class="hint">{t("desk-rules-read-as")}</span>{said}</p>
            })}
            {form.sheet(&view.action, Buttons::save().cancel(&back), inside)}
        }
        .into_any()
    })
}

fn fields(form: &FormView<'_>, table: Table, choices: &Choices) -> AnyView {
    match table {
        Table::Openings => view! {
            {parts::moment(form, "ouvre", t("desk-rules-opens"), Some(t("desk-rules-opens-none")))}
            {parts::moment(form, "ferme", t("desk-rules-closes"), Some(t("desk-rules-closes-none")))}
            {parts::case(form, choices)}
            {parts::words(form)}
        }
        .into_any(),
        Table::Add => delay(form, choices, &ADDING, t("desk-rules-add-until")),
        Table::Cancel => delay(form, choices, &CANCELLING, t("desk-rules-cancel-until")),
        Table::Conditions => condition(form, choices),
        Table::Limits => {
            let spans = Span::choices();
            view! {
                <div class="form-row">
                    {form.field(Field::number("nombre", t("desk-rules-most"), 1, 999).required())}
                    {form.select(Select::new("par", t("desk-rules-per"), &spans))}
                </div>
                {parts::some(form, "activites", t("desk-rules-counted-together"), &choices.activities)}
                {parts::words(form)}
            }
            .into_any()
        }
        Table::Links => {
            let kinds = LinkKind::choices();
            view! {
                {form.select(
                    Select::new("activite", t("desk-rules-link-activity"), &choices.activities)
                        .or_none(t("desk-rules-choose")),
                )}
                {form.radios(Radios::new("lien", t("desk-rules-link"), &kinds))}
                {form.select(
                    Select::new("autre", t("desk-rules-link-other"), &choices.others).or_none(t("desk-rules-choose")),
                )}
            }
            .into_any()
        }
        Table::Groups => view! {
            {form.field(Field::text("nom", t("desk-rules-group-name")).required().max(60))}
            {ages(form)}
            {levels(form)}
        }
        .into_any(),
        Table::Places => view! {
            {form.field(Field::number("places", t("desk-rules-places"), 0, 99_999).required())}
            {(!choices.groups.is_empty()).then(|| form.select(
                Select::new("groupe", t("desk-rules-group"), &choices.groups).or_none(t("desk-rules-group-none")),
            ))}
            <div class="form-row">
                {form.field(Field::date("du", t("desk-rules-places-from")))}
                {form.field(Field::date("au", t("desk-rules-places-until")))}
            </div>
            {parts::case(form, choices)}
        }
        .into_any(),
        Table::Waiting => view! {
            {form.tick("attente", t("desk-rules-waiting-is"), None)}
            <div class="form-row">
                {form.field(
                    Field::number("minutes", t("desk-rules-offer-minutes"), 10, 43_200)
                        .hint(t("desk-rules-offer-minutes-hint")),
                )}
                {form.field(Field::number("nombre", t("desk-rules-waiting-most"), 1, 9_999))}
            </div>
        }
        .into_any(),
        Table::Prices => view! {
            {form.field(Field::text("prix", t("desk-rules-price")).required().narrow().max(20).hint(t("desk-rules-price-hint")))}
            {parts::case(form, choices)}
        }
        .into_any(),
        Table::Payment => {
            let kinds = PaymentKind::choices();
            view! {
                {form.radios(Radios::new("paiement", t("desk-rules-payment"), &kinds))}
                {form.field(
                    Field::number("minutes", t("desk-rules-pay-minutes"), 5, 43_200).hint(t("desk-rules-pay-minutes-hint")),
                )}
                {form.tick("avoir", t("desk-rules-credited"), Some(t("desk-rules-credited-hint")))}
            }
            .into_any()
        }
    }
}

fn delay(form: &FormView<'_>, choices: &Choices, costs: &[CostKind], legend: String) -> AnyView {
    view! {
        {parts::moment(form, UNTIL, legend, None)}
        {parts::stages(form, costs)}
        {parts::case(form, choices)}
        {parts::words(form)}
        {form.tick("strict", t("desk-rules-strict"), Some(t("desk-rules-strict-hint")))}
    }
    .into_any()
}

fn condition(form: &FormView<'_>, choices: &Choices) -> AnyView {
    let kinds = ConditionKind::choices();
    let on = AgeOn::choices();
    let boxes = |name: &str, legend: String, choices: &[crate::desk::form::Choice]| {
        (!choices.is_empty()).then(|| form.checks(Checks::new(name, legend, choices).across()))
    };
    view! {
        {form.select(Select::new("quoi", t("desk-rules-condition"), &kinds).hint(t("desk-rules-condition-hint")))}
        <fieldset class="group form-part">
            <legend>{t("desk-rules-condition-age")}</legend>
            {ages(form)}
            {form.select(Select::new("le", t("desk-rules-age-on"), &on))}
        </fieldset>
        {boxes("ecoles", t("desk-rules-condition-schools"), &choices.schools)}
        {boxes("classes", t("desk-rules-condition-classes"), &choices.classes)}
        {levels(form)}
        {form.field(
            Field::text("communes", t("desk-rules-condition-residence")).max(400).hint(t("desk-rules-residence-hint")),
        )}
        {boxes("pieces", t("desk-rules-condition-documents"), &choices.documents)}
        {form.field(
            Field::text("impayes", t("desk-rules-unpaid")).narrow().max(20).hint(t("desk-rules-price-hint")),
        )}
        <fieldset class="group form-part">
            <legend>{t("desk-rules-otherwise")}</legend>
            <p class="hint">{t("desk-rules-way-hint")}</p>
            {parts::ways(form, "sinon", &ADDING)}
        </fieldset>
        {parts::some(form, "activites", t("desk-rules-activities"), &choices.activities)}
        {parts::words(form)}
    }
    .into_any()
}

fn ages(form: &FormView<'_>) -> AnyView {
    view! {
        <div class="form-row">
            {form.field(Field::text("des", t("desk-rules-from-age")).narrow().max(20).hint(t("desk-rules-age-hint")))}
            {form.field(Field::text("avant", t("desk-rules-under-age")).narrow().max(20).hint(t("desk-rules-under-age-hint")))}
        </div>
    }
    .into_any()
}

fn levels(form: &FormView<'_>) -> AnyView {
    form.field(
        Field::text("niveaux", t("desk-rules-levels"))
            .max(120)
            .hint(t("desk-rules-levels-hint")),
    )
}
