//! What a set is called, what it is about and when; and how families book at all.

use leptos::prelude::*;

use super::model::Model;
use super::word::Word;
use crate::desk::form::{Buttons, Checks, Choice, Field, FormState, FormView, TextArea, head, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The form of a set, new or not.
#[derive(Clone, Debug)]
pub struct GeneralPage {
    /// Who looks.
    pub bar: Bar,
    /// The form.
    pub form: FormState,
    /// All activities.
    pub activities: Vec<Choice>,
    /// What a new one begins with.
    pub model: Option<Model>,
    /// Where it is sent.
    pub action: String,
    /// The list of sets, then the set where there is one.
    pub under: Vec<String>,
    /// The set's name.
    pub name: Option<String>,
}

/// Draws it.
pub fn general_page(view: &GeneralPage) -> String {
    let title = view.name.clone().map_or_else(
        || t("desk-rules-new"),
        |name| t1("desk-rules-change-one", "name", name.as_str()),
    );
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            {form.hidden("id")}
            {form.hidden("modele")}
            {form.field(Field::text("nom", t("desk-rules-name")).required().max(120).hint(t("desk-rules-name-hint")))}
            {form.checks(Checks::new("activites", t("desk-rules-activities"), &view.activities))}
            <div class="form-row">
                {form.field(Field::date("du", t("desk-rules-from")).required().hint(t("desk-rules-from-hint")))}
                {form.field(Field::date("au", t("desk-rules-until")).hint(t("desk-rules-until-hint")))}
            </div>
        };
        let labels = [Some(t("desk-rules-title")), view.name.clone()];
        let under: Vec<_> = labels.into_iter().flatten().zip(view.under.clone()).collect();
        let back = view.under.last().cloned().unwrap_or_default();
        let buttons = if view.model.is_some() {
            Buttons::named(t("desk-rules-make"))
        } else {
            Buttons::save()
        };
        view! {
            {heading(title, &under, None)}
            {view.model.map(|model| view! {
                <p class="lead"><strong>{model.said()}</strong>" – "{model.about()}</p>
            })}
            {form.sheet(&view.action, buttons.cancel(&back), inside.into_any())}
        }
        .into_any()
    })
}

/// How families book.
#[derive(Clone, Debug)]
pub struct SettingsPage {
    /// Who looks.
    pub bar: Bar,
    /// The form.
    pub form: FormState,
    /// The list of sets.
    pub list: String,
    /// Whoever looks may change it.
    pub may_edit: bool,
}

/// Draws it.
pub fn settings_page(view: &SettingsPage) -> String {
    let title = t("desk-rules-settings");
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let action = format!("{}/reglages", view.list);
        let inside = if view.may_edit {
            let inside = view! {
                {form.field(
                    Field::number("minutes", t("desk-rules-hold"), 1, 240).required().hint(t("desk-rules-hold-hint")),
                )}
                {form.field(Field::tel("telephone", t("desk-rules-phone")).hint(t("desk-rules-phone-hint")))}
                {form.text_area(
                    TextArea::new("pieces", t("desk-rules-documents"), 5).hint(t("desk-rules-documents-hint")),
                )}
            };
            form.sheet(&action, Buttons::save().cancel(&view.list), inside.into_any())
        } else {
            let of = |name: &str| view.form.value(name).to_owned();
            view! {
                <dl class="rules-facts">
                    <dt>{t("desk-rules-hold")}</dt><dd>{of("minutes")}</dd>
                    <dt>{t("desk-rules-phone")}</dt><dd>{of("telephone")}</dd>
                    <dt>{t("desk-rules-documents")}</dt><dd>{of("pieces")}</dd>
                </dl>
            }
            .into_any()
        };
        view! {
            {heading(title, &[(t("desk-rules-title"), view.list.clone())], None)}
            {inside}
        }
        .into_any()
    })
}
