//! One part of the service: how far it is open, since when, and the form that switches it.

use leptos::prelude::*;
use shared::operation::{Capability, Openness};

use super::names::{effect, part_words, presets, state_words};
use crate::desk::form::{Buttons, Choice, FormState, FormView, Radios, Select, TextArea};
use crate::desk::frame::Bar;
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// A part of the service and its form.
#[derive(Clone, Debug)]
pub struct PartCard {
    /// Which.
    pub capability: Capability,
    /// How far it is open.
    pub state: Openness,
    /// What people are told.
    pub message: String,
    /// When it was switched, and by whom; `None` where it never was.
    pub switched: Option<(String, String)>,
    /// What stands in the form.
    pub form: FormState,
}

/// Draws it; without an `action` it is only looked at. `from` names the page to go back to.
pub fn part_card(bar: &Bar, part: &PartCard, action: Option<&str>, from: &'static str) -> AnyView {
    let (sign, state) = match part.state {
        Openness::Open => ("present", "present"),
        Openness::ReadOnly | Openness::Closed => ("closed", "absent"),
    };
    let since = part
        .switched
        .as_ref()
        .map(|(at, by)| with("service-since", &[("at", at), ("by", by)]));
    let form = action.map(|action| form(bar, part, action, from));
    view! {
        <div class="service-part" id=format!("service-{}", part.capability.as_str())>
            <h3>{part_words(part.capability)}</h3>
            <p class="verdict" data-state=state>{shape(sign)}<span>{state_words(part.state)}</span></p>
            {(part.state != Openness::Open).then(|| view! { <p class="service-said">{part.message.clone()}</p> })}
            <p class="service-effect">{effect(part.capability, part.state)}</p>
            {since.map(|since| view! { <p class="service-since">{since}</p> })}
            {form}
        </div>
    }
    .into_any()
}

fn form(bar: &Bar, part: &PartCard, action: &str, from: &'static str) -> AnyView {
    let word = part.capability.as_str();
    let form = FormView::new(&part.form, bar);
    let choices: Vec<Choice> = Openness::ALL
        .into_iter()
        .map(|state| {
            Choice::new(state.as_str(), state_words(state)).explained(effect(part.capability, state))
        })
        .collect();
    let wordings = presets(part.capability);
    let inside = view! {
        <input type="hidden" name="depuis" value=from />
        {form.radios(Radios::new(format!("etat_{word}"), t("service-state"), &choices))}
        {form.text_area(TextArea::new(format!("message_{word}"), t("service-message"), 3).hint(t("service-message-hint")))}
        {form.select(Select::new(format!("modele_{word}"), t("service-preset"), &wordings).or_none(t("service-preset-none")).hint(t("service-preset-hint")))}
    };
    let drawn = form.sheet(
        &format!("{action}/{word}"),
        Buttons::named(t("service-save")),
        inside.into_any(),
    );
    let open = part.form.is_flawed() || part.form.is_overtaken();
    view! {
        <details class="no-print" open=open>
            <summary>{t1("service-change", "service", part_words(part.capability))}</summary>
            {drawn}
        </details>
    }
    .into_any()
}
