//! The forms of schools, sites, classes and services.

use leptos::prelude::*;

use super::record::Choices;
use super::words;
use crate::desk::form::{Choice, Field, FormView, Radios, Select};
use crate::words::t;

const NAME_MOST: usize = 120;

fn name(form: &FormView<'_>, hint: String) -> AnyView {
    form.field(
        Field::text("nom", t("structure-name"))
            .required()
            .max(NAME_MOST)
            .hint(hint),
    )
}

/// The short name for addresses: made from the name unless somebody wants another.
pub(super) fn short_name(form: &FormView<'_>) -> AnyView {
    form.field(
        Field::text("identifiant", t("structure-slug"))
            .max(40)
            .narrow()
            .hint(t("structure-slug-hint")),
    )
}

pub(super) fn school(form: &FormView<'_>) -> AnyView {
    use shared::operation::SchoolKind as K;
    let explained =
        |kind: K, said: String| Choice::new(kind.as_str(), words::kind_of_school(kind)).explained(said);
    let kinds = [
        explained(K::Public, t("structure-school-public-said")),
        explained(K::Private, t("structure-school-private-said")),
        explained(K::Outside, t("structure-school-outside-said")),
    ];
    let weeks = [
        Choice::new("8", words::week(8)).explained(t("structure-week-eight-said")),
        Choice::new("9", words::week(9)).explained(t("structure-week-nine-said")),
    ];
    view! {
        {name(form, t("structure-school-name-hint"))}
        {form.radios(Radios::new("genre", t("structure-school-kind"), &kinds))}
        {form.radios(Radios::new("semaine", t("structure-school-week"), &weeks))}
        <div class="form-row">
            {form.field(Field::time("debut", t("structure-school-starts")).required())}
            {form.field(Field::time("fin", t("structure-school-ends")).required())}
        </div>
    }
    .into_any()
}

pub(super) fn site(form: &FormView<'_>, choices: &Choices) -> AnyView {
    view! {
        {name(form, t("structure-site-name-hint"))}
        {form.select(
            Select::new("ecole", t("structure-school"), &choices.schools)
                .or_none(t("structure-site-no-school"))
                .hint(t("structure-site-school-hint")),
        )}
        {form.field(Field::tel("telephone", t("structure-phone")).max(30).hint(t("structure-site-phone-hint")))}
        {form.tick("maternelle", t("structure-nursery"), Some(t("structure-nursery-hint")))}
        {short_name(form)}
    }
    .into_any()
}

pub(super) fn class(form: &FormView<'_>, choices: &Choices) -> AnyView {
    view! {
        {form.select(
            Select::new("ecole", t("structure-school"), &choices.schools).or_none(t("structure-choose-school")),
        )}
        {name(form, t("structure-class-name-hint"))}
        {form.field(
            Field::text("niveau", t("structure-level")).required().max(40).narrow().hint(t("structure-level-hint")),
        )}
    }
    .into_any()
}

pub(super) fn service(form: &FormView<'_>) -> AnyView {
    view! {
        {name(form, t("structure-service-name-hint"))}
        {short_name(form)}
    }
    .into_any()
}
