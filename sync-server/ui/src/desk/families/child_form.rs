//! Changing a child, or adding one.

use leptos::prelude::*;

use super::{authority_choices, badge_choices, symbol, under};
use crate::desk::form::{
    self, Buttons, Checks, Choice, Field, FormState, FormView, Select, TextArea, heading,
};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// Rows for badges that are drawn at least.
pub const BADGE_ROWS: usize = 3;

/// What the form shows.
#[derive(Clone, Debug)]
pub struct ChildFormPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// What stands in it.
    pub form: FormState,
    /// Where it goes.
    pub action: String,
    /// Where nothing changes.
    pub cancel: String,
    /// The child's name; `None` for a new one.
    pub name: Option<String>,
    /// The household a new child is added to.
    pub into: Option<String>,
    /// Schools.
    pub schools: Vec<Choice>,
    /// Classes.
    pub classes: Vec<Choice>,
    /// The child's households.
    pub homes: Vec<Choice>,
    /// Rows for badges.
    pub badge_rows: usize,
}

/// Draws it.
pub fn child_form_page(view: &ChildFormPage) -> String {
    let title = view.name.clone().unwrap_or_else(|| t("families-new"));
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let kinds = badge_choices();
        let badges: Vec<_> = (0..view.badge_rows)
            .map(|row| {
                let label = t1("families-badge-nth", "nth", row + 1);
                let words = t1("families-badge-words-nth", "nth", row + 1);
                view! {
                    <div class="form-row">
                        {form.select(Select::new(format!("badge-{row}"), label, &kinds).or_none(t("families-badge-none")))}
                        {form.field(Field::text(format!("badge-mots-{row}"), words).max(120))}
                    </div>
                }
                .into_any()
            })
            .collect();
        let homes = (!view.homes.is_empty()).then(|| {
            form.checks(Checks::new("foyer", t("families-homes"), &view.homes).hint(t("families-homes-hint")))
        });
        let is_new = view.name.is_none();
        let inside = view! {
            {view.into.clone().map(|name| view! { <p>{t1("families-into-home", "name", name)}</p> })}
            {is_new.then(|| form.hidden("foyer"))}
            {is_new.then(|| form.hidden("numero"))}
            <fieldset class="form-part">
                <legend>{t("families-identity")}</legend>
                {form.field(Field::text("nom", t("families-last-name")).required().max(120))}
                {form.field(Field::text("prenom", t("families-first-name")).required().max(120))}
                {form.field(Field::date("naissance", t("families-born")).required())}
                {form.field(Field::text("reference", t("families-reference")).hint(t("families-reference-hint")).max(40))}
            </fieldset>
            <fieldset class="form-part">
                <legend>{t("families-schooling")}</legend>
                {form.select(Select::new("classe", t("families-class"), &view.classes).or_none(t("families-no-class")).hint(t("families-class-hint")))}
                {form.select(Select::new("ecole", t("families-school"), &view.schools).or_none(t("families-no-school")))}
                {(!is_new).then(|| form.field(Field::date("depart", t("families-left-on")).hint(t("families-left-on-hint"))))}
            </fieldset>
            {(is_new && view.into.is_none()).then(|| first_guardian(&form))}
            {homes}
            <fieldset class="form-part">
                <legend>{t("families-care")}</legend>
                {form.field(Field::tel("telephone", t("families-phone")))}
                {form.text_area(TextArea::new("a_savoir", t("families-must-know"), 2).hint(t("families-must-know-hint")))}
                {badges}
                {form.text_area(TextArea::new("sante", t("families-health"), 3).hint(t("families-health-hint")))}
            </fieldset>
            {symbol::picker(&form)}
        };
        view! {
            {heading(title, &[under(&view.home)], None)}
            {form.sheet(&view.action, Buttons::save().cancel(&view.cancel), inside.into_any())}
        }
        .into_any()
    })
}

fn first_guardian(form: &FormView<'_>) -> AnyView {
    view! {
        <fieldset class="form-part">
            <legend>{t("families-first-guardian")}</legend>
            <p class="hint">{t("families-first-guardian-hint")}</p>
            {guardian_fields(form, 0)}
        </fieldset>
    }
    .into_any()
}

/// The fields of one guardian.
pub(super) fn guardian_fields(form: &FormView<'_>, row: usize) -> AnyView {
    let authorities = authority_choices();
    view! {
        <div class="form-row">
            {form.field(Field::text(format!("resp-prenom-{row}"), t("families-first-name")).max(120))}
            {form.field(Field::text(format!("resp-nom-{row}"), t("families-last-name")).max(120))}
        </div>
        <div class="form-row">
            {form.field(Field::tel(format!("resp-telephone-{row}"), t("families-guardian-phone")))}
            {form.field(Field::email(format!("resp-courriel-{row}"), t("families-guardian-email")).max(254))}
        </div>
        {form.select(Select::new(format!("resp-autorite-{row}"), t("families-authority"), &authorities))}
    }
    .into_any()
}
