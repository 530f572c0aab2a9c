//! The first page: which file.

use leptos::prelude::*;

use super::under;
use crate::desk::form::{self, Buttons, FormState, FormView, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct UploadPage {
    /// The bar.
    pub bar: Bar,
    /// What was wrong with the file that was sent.
    pub form: FormState,
    /// The desk's address.
    pub home: String,
    /// Largest file, in megabytes.
    pub most_mb: usize,
    /// Most lines.
    pub most_lines: usize,
}

/// Draws it.
pub fn upload_page(view: &UploadPage) -> String {
    page(form::head(t("desk-import-title"), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let flaw = form.file_flaw("fichier", &t("desk-import-file"));
        let invalid = flaw.is_some().then_some("true");
        let about = if flaw.is_some() {
            "fichier-aide fichier-erreur"
        } else {
            "fichier-aide"
        };
        let hint = t1("desk-import-file-hint", "mb", view.most_mb);
        let lines = t1("desk-import-file-lines", "lines", view.most_lines);
        let inside = view! {
            <div class="field">
                <label for="fichier">{t("desk-import-file")}</label>
                <p class="hint" id="fichier-aide">{hint}" "{lines}</p>
                <input
                    class="input" type="file" id="fichier" name="fichier" required
                    accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    aria-invalid=invalid aria-describedby=about
                />
                {flaw.map(|flaw| view! {
                    <p class="error" id="fichier-erreur">{shape("alert")}<span>{flaw}</span></p>
                })}
            </div>
        };
        let action = format!("{}/import", view.home);
        let model = format!("{}/import/modele.csv", view.home);
        view! {
            {heading(t("desk-import-title"), &under(&view.home), None)}
            <p class="lead">{t("desk-import-lead")}</p>
            {form.upload(&action, Buttons::named(t("desk-import-send")), inside.into_any())}
            <section class="import-help" aria-labelledby="aide">
                <h2 id="aide">{t("desk-import-help")}</h2>
                <ul>
                    <li>{t("desk-import-help-onde")}</li>
                    <li>{t("desk-import-help-own")}" "<a href=model>{t("desk-import-model")}</a></li>
                    <li>{t("desk-import-help-twice")}</li>
                    <li>{t("desk-import-help-empty")}</li>
                </ul>
            </section>
        }
        .into_any()
    })
}
