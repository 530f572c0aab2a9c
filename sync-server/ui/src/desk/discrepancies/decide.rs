//! A decision that asks for more than a click: why, or what is right.

use leptos::prelude::*;

use super::rows::kept;
use super::words;
use crate::desk::form::{
    Address, Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea, head, heading,
};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct DecidePage {
    /// Who looks.
    pub bar: Bar,
    /// What was typed.
    pub form: FormState,
    /// The decision's word.
    pub decision: &'static str,
    /// How many it is about.
    pub count: usize,
    /// The first of them, a line each.
    pub some: Vec<String>,
    /// Where it goes.
    pub action: String,
    /// The list, with its filter.
    pub address: Address,
}

/// Draws the page.
pub fn decide_page(view: &DecidePage) -> String {
    let title = words::decision(view.decision);
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let reasons = words::reasons();
        let some: Vec<_> = view
            .some
            .iter()
            .map(|line| view! { <li>{line.clone()}</li> }.into_any())
            .collect();
        let more = view.count.saturating_sub(view.some.len());
        let fields = match view.decision {
            "justify" => form.radios(Radios::new("motif", t("discrepancy-why-absent"), &reasons[1..])),
            "correct" => corrected(&form, &reasons),
            _ => ().into_any(),
        };
        let note = TextArea::new("note", t("discrepancy-note"), 3);
        let note = if view.decision == "ignore" {
            note.required().hint(t("discrepancy-note-ignore"))
        } else {
            note
        };
        let carried: Vec<_> = ["choix", "tout", "empreinte"]
            .into_iter()
            .flat_map(|name| {
                view.form
                    .all(name)
                    .into_iter()
                    .map(move |value| (name, value.to_owned()))
            })
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
            .collect();
        let back = view.address.to_string();
        let inside = view! {
            {carried}
            {kept(&view.address)}
            <input type="hidden" name="dit" value="oui" />
            {fields}
            {form.text_area(note)}
        };
        let save = Buttons::named(t1("discrepancy-decide", "count", view.count))
            .sends("faire", view.decision)
            .cancel(&back);
        view! {
            {heading(title, &[(t("discrepancy-title"), back.clone())], None)}
            <p class="lead">{t1("discrepancy-about", "count", view.count)}</p>
            <ul class="discrepancy-some">
                {some}
                {(more > 0).then(|| view! { <li>{t1("discrepancy-more", "count", more)}</li> })}
            </ul>
            {form.sheet(&view.action, save, inside.into_any())}
        }
        .into_any()
    })
}

fn corrected(form: &FormView<'_>, reasons: &[Choice]) -> AnyView {
    let what = [
        Choice::new("present", t("discrepancy-was-present")).explained(t("discrepancy-was-present-hint")),
        Choice::new("absent", t("discrepancy-was-absent")).explained(t("discrepancy-was-absent-hint")),
    ];
    view! {
        {form.radios(Radios::new("fait", t("discrepancy-what-is-right"), &what))}
        <div class="form-row">
            {form.field(Field::time("arrivee", t("discrepancy-arrival")))}
            {form.field(Field::time("depart", t("discrepancy-departure")))}
        </div>
        {form.select(Select::new("motif", t("discrepancy-why-absent"), reasons))}
    }
    .into_any()
}
