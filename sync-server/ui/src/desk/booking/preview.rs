//! What a family's bookings come to, before they are made: what rules say, and what is gone beyond by name.

use leptos::prelude::*;

use super::said_narrow;
use crate::desk::form::{Buttons, FormState, FormView, TextArea, head, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FamilyPreview {
    /// Who looks.
    pub bar: Bar,
    /// What was ticked, carried along.
    pub form: FormState,
    /// The household's name.
    pub family: String,
    /// Where the form goes.
    pub action: String,
    /// The family's grid.
    pub back: String,
    /// By telephone or at the desk.
    pub by: String,
    /// Each line.
    pub lines: Vec<PreviewLine>,
    /// Reservations that were to be cancelled and stand no longer.
    pub gone: usize,
    /// What all that is booked straight away costs.
    pub total: Option<String>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFate {
    /// It is done.
    Done,
    /// It is asked for, or waits.
    Waits,
    /// It is refused.
    Refused,
}

/// A line.
#[derive(Clone, Debug)]
pub struct PreviewLine {
    /// « Léa, Cantine, lundi 23 novembre ».
    pub what: String,
    /// What becomes of it.
    pub fate: LineFate,
    /// The same in words, with its price.
    pub words: String,
    /// What going beyond the rules would override, in words: it can be ticked under this value.
    pub beyond: Option<(String, String)>,
    /// The surcharge, or what a cancellation costs, which can be waived under this value.
    pub waive: Option<(String, String)>,
}

/// Draws the page.
pub fn family_preview(view: &FamilyPreview) -> String {
    let title = t1("desk-booking-preview", "family", view.family.as_str());
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let own = ["geste", "outrepasser", "exonerer", "raison"];
        let carried: Vec<_> = view
            .form
            .pairs()
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .map(|(name, value)| {
                view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
            })
            .collect();
        let lines: Vec<_> = view.lines.iter().map(|one| line(&form, one)).collect();
        let asks = view
            .lines
            .iter()
            .any(|one| one.beyond.is_some() || one.waive.is_some());
        let inside = view! {
            {carried}
            <p>{view.by.clone()}</p>
            {(view.gone > 0).then(|| view! { <p>{t1("desk-booking-gone", "count", view.gone)}</p> })}
            <table class="records booking-records booking-preview">
                <caption>{t("desk-booking-lines")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("desk-booking-line")}</th>
                        <th scope="col">{t("desk-booking-fate")}</th>
                        <th scope="col">{t("desk-booking-by-name")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {view.total.clone().map(|total| view! { <p><strong>{total}</strong></p> })}
            {asks.then(|| form.text_area(TextArea::new("raison", t("desk-booking-why"), 2).hint(t("desk-booking-why-hint"))))}
        };
        let buttons = Buttons::named(t("desk-booking-do"))
            .cancel(&view.back)
            .sends("geste", "faire")
            .also("geste", "modifier", t("desk-booking-change"));
        view! {
            {heading(title, &[(t1("desk-booking-family", "family", view.family.as_str()), view.back.clone())], None)}
            <div class="wide-form">{form.sheet(&view.action, buttons, inside.into_any())}</div>
        }
        .into_any()
    })
}

fn line(form: &FormView<'_>, line: &PreviewLine) -> AnyView {
    let (drawn, state) = match line.fate {
        LineFate::Done => ("present", "done"),
        LineFate::Waits => ("expected", "waits"),
        LineFate::Refused => ("absent", "refused"),
    };
    let tick = |name: &'static str, key: &str, (value, words): (String, String)| {
        let checked = form.state().all(name).contains(&value.as_str());
        view! {
            <label class="booking-tick">
                <input type="checkbox" name=name value=value checked=checked />
                <span>{t(key)}<span class="unseen">{line.what.clone()}</span></span>
            </label>
            {(!words.is_empty()).then(|| view! { <span class="why">{words}</span> })}
        }
        .into_any()
    };
    let beyond = line
        .beyond
        .clone()
        .map(|one| tick("outrepasser", "desk-booking-beyond", one));
    let waive = line
        .waive
        .clone()
        .map(|one| tick("exonerer", "desk-booking-waive", one));
    let named = beyond.is_some() || waive.is_some();
    view! {
        <tr data-state=state>
            <th scope="row">{line.what.clone()}</th>
            <td><span class="mark">{shape(drawn)}{line.words.clone()}</span></td>
            <td>{named.then(|| said_narrow(t("desk-booking-by-name")))}{beyond}{waive}</td>
        </tr>
    }
    .into_any()
}
