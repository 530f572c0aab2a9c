//! The second page: what each column says.

use leptos::prelude::*;

use super::under;
use crate::desk::form::{self, Buttons, Choice, FormState, FormView, Select, heading};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// One column of the file.
#[derive(Clone, Debug)]
pub struct ColumnLine {
    /// The name of its choice in the form.
    pub name: String,
    /// What stands above it.
    pub header: String,
    /// The first things that stand in it.
    pub samples: Vec<String>,
}

/// What the second page shows.
#[derive(Clone, Debug)]
pub struct ColumnsPage {
    /// The bar.
    pub bar: Bar,
    /// What is chosen.
    pub form: FormState,
    /// The desk's address.
    pub home: String,
    /// Where the choices go.
    pub action: String,
    /// Where the import is given up.
    pub abandon: String,
    /// The name of the file.
    pub file: String,
    /// How many lines it has.
    pub lines: usize,
    /// Its columns.
    pub columns: Vec<ColumnLine>,
    /// What a column may say.
    pub fields: Vec<Choice>,
    /// Schools that children may go to.
    pub schools: Vec<Choice>,
}

/// Draws it.
pub fn columns_page(view: &ColumnsPage) -> String {
    page(
        form::head(t("desk-import-columns"), &view.form),
        &view.bar,
        || {
            let form = FormView::new(&view.form, &view.bar);
            let rows: Vec<_> = view
                .columns
                .iter()
                .map(|column| row(column, &form, &view.fields))
                .collect();
            let inside = view! {
                <p>{t("desk-import-columns-lead")}</p>
                <div class="scrolls">
                    <table class="list mapping">
                        <thead>
                            <tr>
                                <th scope="col">{t("desk-import-columns-header")}</th>
                                <th scope="col">{t("desk-import-columns-samples")}</th>
                                <th scope="col">{t("desk-import-columns-says")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {form.select(
                    Select::new("ecole", t("desk-import-school"), &view.schools)
                        .or_none(t("desk-import-school-none"))
                        .hint(t("desk-import-school-hint")),
                )}
                {form.tick("creer_classes", t("desk-import-make-classes"), Some(t("desk-import-make-classes-hint")))}
                {form.tick("creer_homonymes", t("desk-import-make-homonyms"), Some(t("desk-import-make-homonyms-hint")))}
            };
            view! {
            {heading(t("desk-import-columns"), &under(&view.home), None)}
            <p class="lead"><strong>{view.file.clone()}</strong>" – "{t1("desk-import-lines", "count", view.lines)}</p>
            {form.sheet(&view.action, Buttons::named(t("desk-import-preview")), inside.into_any())}
            {abandon(&view.abandon, &view.bar)}
        }
        .into_any()
        },
    )
}

fn row(column: &ColumnLine, form: &FormView<'_>, fields: &[Choice]) -> AnyView {
    let header = if column.header.is_empty() {
        t("desk-import-columns-untitled")
    } else {
        column.header.clone()
    };
    let samples: Vec<_> = column
        .samples
        .iter()
        .map(|sample| view! { <li>{sample.clone()}</li> }.into_any())
        .collect();
    let select = Select::new(
        column.name.clone(),
        t1("desk-import-column-says", "header", header.as_str()),
        fields,
    )
    .or_none(t("desk-import-left-out"))
    .unlabelled();
    view! {
        <tr>
            <th scope="row">{header}</th>
            <td><ul class="samples" role="list">{samples}</ul></td>
            <td>{form.select(select)}</td>
        </tr>
    }
    .into_any()
}

/// A way out that leaves everything as it is.
pub(super) fn abandon(action: &str, bar: &Bar) -> AnyView {
    view! {
        <form method="post" action=action.to_owned() class="abandon">
            <input type="hidden" name="jeton" value=bar.token.clone() />
            <button class="button" data-kind="quiet">{t("desk-import-abandon")}</button>
        </form>
    }
    .into_any()
}
