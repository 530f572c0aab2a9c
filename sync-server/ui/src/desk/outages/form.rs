//! Noting an outage, and changing what was noted.

use leptos::prelude::*;
use shared::operation::OutageCause;

use super::words::cause_words;
use crate::desk::form::{
    Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea, head, heading,
};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The form.
#[derive(Clone, Debug)]
pub struct OutageForm {
    /// What stands in it.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The sites that may be chosen.
    pub sites: Vec<Choice>,
    /// Whether all sites together may be.
    pub everywhere: bool,
    /// What it was may be chosen too: the server knows by itself when it did not run.
    pub causes: bool,
}

/// Changing one.
#[derive(Clone, Debug)]
pub struct OutageFormPage {
    /// Who looks.
    pub bar: Bar,
    /// The form.
    pub form: OutageForm,
    /// The list, then the outage's page.
    pub under: [String; 2],
    /// « lundi 23 novembre à 16 h 42 ».
    pub from: String,
}

pub(super) fn fields(form: &FormView<'_>, of: &OutageForm) -> AnyView {
    let causes: Vec<_> = [OutageCause::Line, OutageCause::Other]
        .into_iter()
        .map(|cause| Choice::new(cause.as_str(), cause_words(cause)))
        .collect();
    let mut site = Select::new("site", t("outages-site"), &of.sites);
    if of.everywhere {
        site = site.or_none(t("outages-everywhere"));
    }
    view! {
        {form.select(site)}
        <div class="form-row">
            {form.field(Field::date("du", t("outages-from-day")).required())}
            {form.field(Field::time("du_heure", t("outages-from-hour")).required())}
        </div>
        <p class="hint">{t("outages-until-hint")}</p>
        <div class="form-row">
            {form.field(Field::date("au", t("outages-until-day")))}
            {form.field(Field::time("au_heure", t("outages-until-hour")))}
        </div>
        {of.causes.then(|| form.radios(Radios::new("cause", t("outages-cause"), &causes)))}
        {form.text_area(TextArea::new("note", t("outages-note"), 3).hint(t("outages-note-hint")))}
    }
    .into_any()
}

/// Draws the page.
pub fn outage_form(view: &OutageFormPage) -> String {
    let title = t("outages-edit");
    page(head(title.clone(), &view.form.form), &view.bar, || {
        let form = FormView::new(&view.form.form, &view.bar);
        let [list, one] = view.under.clone();
        let crumbs = [
            (t("outages-title"), list),
            (t1("outages-one", "from", view.from.as_str()), one.clone()),
        ];
        view! {
            {heading(title, &crumbs, None)}
            {form.sheet(&view.form.action, Buttons::save().cancel(&one), fields(&form, &view.form))}
        }
        .into_any()
    })
}
