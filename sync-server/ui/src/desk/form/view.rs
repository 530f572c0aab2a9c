//! A form as it is drawn: what is wrong with it first, then its fields, then what can be done.

use std::cell::RefCell;

use leptos::prelude::*;

use super::state::FormState;
use crate::desk::frame::Bar;
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// Draws the parts of one form. Every field drawn through it is known to its summary of errors.
pub struct FormView<'a> {
    state: &'a FormState,
    token: &'a str,
    labels: RefCell<Vec<(String, String)>>,
    /// Says of fields that they may be left empty.
    says_optional: bool,
}

/// What stands at the foot of a form.
#[derive(Clone, Debug)]
pub struct Buttons {
    primary: String,
    kind: &'static str,
    cancel: Option<String>,
    name: Option<(&'static str, &'static str)>,
    other: Option<(&'static str, &'static str, String)>,
}

impl Buttons {
    /// « Enregistrer ».
    pub fn save() -> Self {
        Self::named(t("form-save"))
    }

    /// One button with these words.
    pub fn named(primary: String) -> Self {
        Self {
            primary,
            kind: "primary",
            cancel: None,
            name: None,
            other: None,
        }
    }

    /// In the colour of alerts: for what cannot be undone.
    pub fn grave(mut self) -> Self {
        self.kind = "grave";
        self
    }

    /// With a link that leaves everything as it is.
    pub fn cancel(mut self, address: &str) -> Self {
        self.cancel = Some(address.to_owned());
        self
    }

    /// The button sends a name and a value, where a form has several.
    pub fn sends(mut self, name: &'static str, value: &'static str) -> Self {
        self.name = Some((name, value));
        self
    }

    /// A second button, which sends another value and stands beside the first.
    pub fn also(mut self, name: &'static str, value: &'static str, words: String) -> Self {
        self.other = Some((name, value, words));
        self
    }
}

impl<'a> FormView<'a> {
    /// Over what stands in the form, for whoever looks.
    pub fn new(state: &'a FormState, bar: &'a Bar) -> Self {
        Self {
            state,
            token: &bar.token,
            labels: RefCell::new(Vec::new()),
            says_optional: true,
        }
    }

    /// Over what stands in the form of somebody who is given this token: a page that is none of the desk's.
    pub fn with_token(state: &'a FormState, token: &'a str) -> Self {
        Self {
            state,
            token,
            labels: RefCell::new(Vec::new()),
            says_optional: true,
        }
    }

    /// Over what the address of a list asks for: all of it may be left out.
    pub fn of_filters(state: &'a FormState) -> Self {
        Self {
            state,
            token: "",
            labels: RefCell::new(Vec::new()),
            says_optional: false,
        }
    }

    /// Whether a field that may be left empty says so.
    pub(super) fn says_optional(&self) -> bool {
        self.says_optional
    }

    /// What stands in the form.
    pub fn state(&self) -> &FormState {
        self.state
    }

    /// What the summary calls a field.
    pub(super) fn knows(&self, name: &str, label: &str) {
        self.labels.borrow_mut().push((name.to_owned(), label.to_owned()));
    }

    /// The sentence beside a field that does not do.
    pub(super) fn flaw(&self, name: &str) -> Option<String> {
        self.state.flaw_of(name).map(super::flaw::Flaw::words)
    }

    /// What the record holds now, beside what was typed; `word` puts a value in words.
    pub(super) fn newer(&self, name: &str, word: impl Fn(&str) -> String) -> Option<String> {
        let values: Vec<String> = self
            .state
            .newer(name)?
            .into_iter()
            .filter(|value| !value.is_empty())
            .map(word)
            .collect();
        Some(if values.is_empty() {
            t("form-newer-nothing")
        } else {
            t1("form-newer", "value", values.join(", "))
        })
    }

    /// What is wrong with a field that a page draws itself, such as a file.
    pub fn file_flaw(&self, name: &str, label: &str) -> Option<String> {
        self.knows(name, label);
        self.flaw(name)
    }

    /// The whole form, sent to `action`. `inside` holds its fields, drawn through this.
    pub fn sheet(&self, action: &str, buttons: Buttons, inside: AnyView) -> AnyView {
        self.draw(action, "application/x-www-form-urlencoded", buttons, inside)
    }

    /// The same, with files.
    pub fn upload(&self, action: &str, buttons: Buttons, inside: AnyView) -> AnyView {
        self.draw(action, "multipart/form-data", buttons, inside)
    }

    fn draw(&self, action: &str, encoding: &'static str, buttons: Buttons, inside: AnyView) -> AnyView {
        let version = self.state.seen().map(|version| version.to_string());
        let (name, value) = buttons.name.unzip();
        view! {
            {self.summary()}
            {self.state.is_overtaken().then(overtaken)}
            <form class="form" method="post" action=action.to_owned() enctype=encoding novalidate>
                // The first button of a form is the one that the Enter key presses.
                <button class="first-button" tabindex="-1" aria-hidden="true" name=name value=value>{buttons.primary.clone()}</button>
                <input type="hidden" name="jeton" value=self.token.to_owned() />
                {version.map(|version| view! { <input type="hidden" name="version" value=version /> })}
                {inside}
                <div class="buttons">
                    <button class="button" data-kind=buttons.kind name=name value=value>{buttons.primary}</button>
                    {buttons.other.map(|(name, value, words)| view! {
                        <button class="button" name=name value=value>{words}</button>
                    })}
                    {buttons.cancel.map(|cancel| view! {
                        <a class="button" data-kind="quiet" href=cancel>{t("form-cancel")}</a>
                    })}
                </div>
            </form>
        }
        .into_any()
    }

    /// Everything that is wrong, each with a link to its field.
    pub(crate) fn summary(&self) -> Option<AnyView> {
        if !self.state.is_flawed() {
            return None;
        }
        let labels = self.labels.borrow();
        let mut told: Vec<&str> = Vec::new();
        let mut items = Vec::new();
        for (name, flaw) in self.state.flaws() {
            if told.contains(&name.as_str()) {
                continue;
            }
            told.push(name);
            let words = flaw.words();
            let label = labels
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, label)| label.clone());
            items.push(match label {
                Some(label) => {
                    view! { <li><a href=format!("#{name}")>{label}</a>{t("form-colon")}{words}</li> }
                        .into_any()
                }
                None => view! { <li>{words}</li> }.into_any(),
            });
        }
        let title = t1("form-summary", "count", items.len());
        Some(
            view! {
                <div class="notice errors" data-kind="alert" role="alert" id="erreurs" tabindex="-1" autofocus>
                    {shape("alert")}
                    <div class="grow">
                        <p class="errors-title">{title}</p>
                        <ul>{items}</ul>
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

fn overtaken() -> AnyView {
    view! {
        <div class="notice" data-kind="care" role="alert">
            {shape("alert")}
            <div class="grow">
                <p><strong>{t("form-overtaken")}</strong></p>
                <p>{t("form-overtaken-then")}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What stands under a field: what somebody else saved, then what is wrong.
pub(super) fn notes(name: &str, newer: Option<String>, flaw: Option<String>) -> impl IntoView + use<> {
    let newer_id = format!("{name}-entretemps");
    let flaw_id = format!("{name}-erreur");
    view! {
        {newer.map(|newer| view! { <p class="newer" id=newer_id>{shape("alert")}<span>{newer}</span></p> })}
        {flaw.map(|flaw| view! { <p class="error" id=flaw_id>{shape("alert")}<span>{flaw}</span></p> })}
    }
}

/// The ids of everything that describes a field.
pub(super) fn described(name: &str, hint: bool, newer: bool, flaw: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "aide"), (newer, "entretemps"), (flaw, "erreur")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, end)| format!("{name}-{end}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A label's words, and whether the field may be left empty.
pub(super) fn label_words(label: String, optional: bool) -> impl IntoView {
    view! {
        {label}
        {optional.then(|| view! { <span class="optional">{t("form-optional")}</span> })}
    }
}
