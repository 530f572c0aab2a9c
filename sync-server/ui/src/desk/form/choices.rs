//! Fields in which something is chosen.

use leptos::prelude::*;

use super::view::{FormView, described, label_words, notes};
use crate::words::t;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What it means, where its name does not say it.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice that needs no explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// With what it means.
    #[must_use]
    pub fn explained(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }
}

fn label_of(choices: &[Choice], value: &str) -> String {
    choices
        .iter()
        .find(|choice| choice.value == value)
        .map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

/// One of many, in a list that opens.
pub struct Select<'a> {
    name: String,
    label: String,
    choices: &'a [Choice],
    none: Option<String>,
    hint: Option<String>,
    hides_label: bool,
}

impl<'a> Select<'a> {
    /// Over these choices.
    pub fn new(name: impl Into<String>, label: String, choices: &'a [Choice]) -> Self {
        Self {
            name: name.into(),
            label,
            choices,
            none: None,
            hint: None,
            hides_label: false,
        }
    }

    /// A first line that chooses nothing.
    pub fn or_none(mut self, words: String) -> Self {
        self.none = Some(words);
        self
    }

    /// A sentence that helps to choose.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The label is for those who listen only.
    pub fn unlabelled(mut self) -> Self {
        self.hides_label = true;
        self
    }
}

/// One of few, all in view.
pub struct Radios<'a> {
    name: String,
    legend: String,
    choices: &'a [Choice],
    hint: Option<String>,
}

impl<'a> Radios<'a> {
    /// Over these choices.
    pub fn new(name: impl Into<String>, legend: String, choices: &'a [Choice]) -> Self {
        Self {
            name: name.into(),
            legend,
            choices,
            hint: None,
        }
    }

    /// A sentence that helps to choose.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// Any of several, all in view.
pub struct Checks {
    name: String,
    legend: String,
    choices: Vec<Choice>,
    hint: Option<String>,
    across: bool,
}

impl Checks {
    /// Over these choices.
    pub fn new(name: impl Into<String>, legend: String, choices: &[Choice]) -> Self {
        Self {
            name: name.into(),
            legend,
            choices: choices.to_vec(),
            hint: None,
            across: false,
        }
    }

    /// The days of a week, side by side; see [`super::FormState::weekdays`].
    pub fn weekdays(name: impl Into<String>, legend: String) -> Self {
        let days = [
            t("form-monday"),
            t("form-tuesday"),
            t("form-wednesday"),
            t("form-thursday"),
            t("form-friday"),
            t("form-saturday"),
            t("form-sunday"),
        ];
        let choices: Vec<Choice> = days
            .into_iter()
            .enumerate()
            .map(|(day, label)| Choice::new(day.to_string(), label))
            .collect();
        Self::new(name, legend, &choices).across()
    }

    /// Side by side.
    pub fn across(mut self) -> Self {
        self.across = true;
        self
    }

    /// A sentence that helps to choose.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl FormView<'_> {
    /// Draws a list that opens.
    pub fn select(&self, select: Select<'_>) -> AnyView {
        self.knows(&select.name, &select.label);
        let flaw = self.flaw(&select.name);
        let newer = self.newer(&select.name, |value| label_of(select.choices, value));
        let about = described(
            &select.name,
            select.hint.is_some(),
            newer.is_some(),
            flaw.is_some(),
        );
        let hint_id = format!("{}-aide", select.name);
        let chosen = self.state().value(&select.name).to_owned();
        let options: Vec<_> = select
            .choices
            .iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value.clone() selected=selected>{choice.label.clone()}</option> }
                    .into_any()
            })
            .collect();
        view! {
            <div class="field">
                <label for=select.name.clone() class=select.hides_label.then_some("unseen")>
                    {label_words(select.label, false)}
                </label>
                {select.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <select
                    class="input" id=select.name.clone() name=select.name.clone()
                    aria-invalid=flaw.is_some().then_some("true") aria-describedby=about
                >
                    {select.none.map(|none| view! { <option value="">{none}</option> })}
                    {options}
                </select>
                {notes(&select.name, newer, flaw)}
            </div>
        }
        .into_any()
    }

    /// Draws one of few.
    pub fn radios(&self, radios: Radios<'_>) -> AnyView {
        let group = Group {
            kind: "radio",
            name: radios.name,
            legend: radios.legend,
            choices: radios.choices,
            hint: radios.hint,
            across: false,
        };
        self.group(group)
    }

    /// Draws any of several.
    pub fn checks(&self, checks: Checks) -> AnyView {
        let group = Group {
            kind: "checkbox",
            name: checks.name,
            legend: checks.legend,
            choices: &checks.choices,
            hint: checks.hint,
            across: checks.across,
        };
        self.group(group)
    }

    /// Draws one box to tick; what is sent is `oui`.
    pub fn tick(&self, name: &str, label: String, hint: Option<String>) -> AnyView {
        self.knows(name, &label);
        let flaw = self.flaw(name);
        let newer = self.state().newer(name).map(|now| {
            if now.is_empty() {
                t("form-newer-unticked")
            } else {
                t("form-newer-ticked")
            }
        });
        let about = described(name, hint.is_some(), newer.is_some(), flaw.is_some());
        let hint_id = format!("{name}-aide");
        let ticked = self.state().has(name);
        view! {
            <div class="field">
                <label class="choice">
                    <input
                        type="checkbox" id=name.to_owned() name=name.to_owned() value="oui" checked=ticked
                        aria-describedby=about
                    />
                    <span>{label}</span>
                </label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {notes(name, newer, flaw)}
            </div>
        }
        .into_any()
    }

    fn group(&self, group: Group<'_>) -> AnyView {
        self.knows(&group.name, &group.legend);
        let flaw = self.flaw(&group.name);
        let newer = self.newer(&group.name, |value| label_of(group.choices, value));
        let about = described(&group.name, group.hint.is_some(), newer.is_some(), flaw.is_some());
        let hint_id = format!("{}-aide", group.name);
        let chosen = self.state().all(&group.name);
        let items: Vec<_> = group
            .choices
            .iter()
            .enumerate()
            .map(|(place, choice)| {
                // The summary of errors leads to the first of them.
                let id = if place == 0 {
                    group.name.clone()
                } else {
                    format!("{}-{place}", group.name)
                };
                let checked = chosen.contains(&choice.value.as_str());
                let hint = choice
                    .hint
                    .clone()
                    .map(|hint| view! { <span class="hint">{hint}</span> });
                view! {
                    <label class="choice">
                        <input
                            type=group.kind id=id name=group.name.clone() value=choice.value.clone()
                            checked=checked
                        />
                        <span>{choice.label.clone()}{hint}</span>
                    </label>
                }
                .into_any()
            })
            .collect();
        view! {
            <fieldset class="field group" aria-describedby=about data-across=group.across.then_some("true")>
                <legend>{group.legend}</legend>
                {group.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <div class="choices">{items}</div>
                {notes(&group.name, newer, flaw)}
            </fieldset>
        }
        .into_any()
    }
}

struct Group<'a> {
    kind: &'static str,
    name: String,
    legend: String,
    choices: &'a [Choice],
    hint: Option<String>,
    across: bool,
}
