//! The forms of staff and agents.

use leptos::prelude::*;
use shared::operation::Role;

use super::record::{Choices, Known, RecordPage, small_form};
use super::words;
use crate::desk::form::{Checks, Choice, Field, FormView, Radios};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

pub(super) fn staff(form: &FormView<'_>, choices: &Choices) -> AnyView {
    let roles: Vec<Choice> = ["directeur", "animateur", "atsem", "restauration", "remplacant"]
        .into_iter()
        .map(|word| Choice::new(word, words::staff_role(word)))
        .collect();
    view! {
        {form.field(
            Field::text("nom", t("structure-name")).required().max(120).hint(t("structure-staff-name-hint")),
        )}
        {form.radios(Radios::new("role", t("structure-role"), &roles))}
        {form.checks(Checks::new("sites", t("structure-staff-sites"), &choices.sites))}
        {form.field(Field::date("jusqu", t("structure-until")).hint(t("structure-until-hint")))}
    }
    .into_any()
}

/// The PIN of a member of the staff.
pub(super) fn below_staff(known: &Known, base: &str) -> AnyView {
    let address = format!("{base}/{}/code", known.id);
    let (state, said, doing) = if known.has_secret {
        ("present", t("structure-code-has-said"), t("structure-code-reset"))
    } else {
        (
            "expected",
            t("structure-code-none-said"),
            t("structure-code-give"),
        )
    };
    view! {
        <section class="further" data-state=state>
            <h2>{t("structure-code-title")}</h2>
            <p class="state"><span class="mark">{shape(state)}<span class="word">{said}</span></span></p>
            <p class="hint">{t("structure-code-locked-said")}</p>
            <p><a class="button" href=address>{doing}</a></p>
        </section>
    }
    .into_any()
}

pub(super) fn agent(form: &FormView<'_>, choices: &Choices) -> AnyView {
    let roles: Vec<Choice> = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.as_str(), words::role(role)).explained(words::role_said(role)))
        .collect();
    view! {
        {form.field(Field::text("nom", t("structure-name")).required().max(120))}
        {form.field(
            Field::email("courriel", t("structure-email")).required().max(254).hint(t("structure-email-hint")),
        )}
        {form.radios(Radios::new("role", t("structure-role"), &roles))}
        {form.checks(
            Checks::new("sites", t("structure-agent-sites"), &choices.sites).hint(t("structure-agent-sites-hint")),
        )}
    }
    .into_any()
}

/// A new link for an agent, and taking its rights away.
pub(super) fn below_agent(view: &RecordPage, known: &Known, base: &str) -> AnyView {
    if known.retired {
        return view! { <p class="hint further">{t("structure-agent-dismissed-said")}</p> }.into_any();
    }
    let (title, said) = if known.has_secret {
        (t("structure-link-again-title"), t("structure-link-again-said"))
    } else {
        (t("structure-link-title"), t("structure-link-waiting"))
    };
    let dismiss = format!("{base}/{}/revoquer", known.id);
    view! {
        {small_form(view, known, &format!("{base}/{}/lien", known.id), title, said, t("structure-link-make"))}
        <section class="further">
            <h2>{t("structure-dismiss-title")}</h2>
            <p>{t1("structure-dismiss-said", "name", known.name.as_str())}</p>
            <p><a class="button" href=dismiss>{t("structure-dismiss-go")}</a></p>
        </section>
    }
    .into_any()
}
