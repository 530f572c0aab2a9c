//! Changing a household and its guardians, or adding one.

use leptos::prelude::*;

use super::child_form::guardian_fields;
use super::under;
use crate::desk::form::{self, Buttons, Field, FormState, FormView, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// What the form shows.
#[derive(Clone, Debug)]
pub struct HomeFormPage {
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
    /// The household's name; `None` for a new one.
    pub name: Option<String>,
    /// The child it belongs to: name and card.
    pub child: Option<(String, String)>,
    /// Rows of guardians.
    pub rows: usize,
}

/// Draws it.
pub fn home_form_page(view: &HomeFormPage) -> String {
    let title = view.name.clone().unwrap_or_else(|| t("families-add-home"));
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let rows: Vec<_> = (0..view.rows)
            .map(|row| {
                let known = !view.form.value(&format!("resp-id-{row}")).is_empty();
                view! {
                    <fieldset class="form-part" id=format!("responsable-{row}")>
                        <legend>{t1("families-guardian-nth", "nth", row + 1)}</legend>
                        {form.hidden(&format!("resp-id-{row}"))}
                        {guardian_fields(&form, row)}
                        {known.then(|| form.tick(
                            &format!("resp-retirer-{row}"),
                            t1("families-guardian-remove", "nth", row + 1),
                            Some(t("families-guardian-remove-hint")),
                        ))}
                    </fieldset>
                }
                .into_any()
            })
            .collect();
        let inside = view! {
            {form.hidden("enfant")}
            {form.hidden("numero")}
            {form.field(Field::text("foyer", t("families-home-name")).required().max(120).hint(t("families-home-name-hint")))}
            {rows}
            <input type="hidden" name="lignes" value=view.rows.to_string() />
            <button class="button" name="ajouter" value="oui">{t("families-guardian-add")}</button>
        };
        let mut crumbs = vec![under(&view.home)];
        crumbs.extend(view.child.clone());
        view! {
            {heading(title, &crumbs, None)}
            {form.sheet(&view.action, Buttons::save().cancel(&view.cancel), inside.into_any())}
        }
        .into_any()
    })
}
