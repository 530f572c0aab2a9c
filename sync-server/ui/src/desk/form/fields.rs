//! Fields that are typed in.

use leptos::prelude::*;

use super::view::{FormView, described, label_words, notes};

/// A field of one line.
pub struct Field {
    name: String,
    label: String,
    kind: &'static str,
    hint: Option<String>,
    required: bool,
    max: Option<usize>,
    bounds: Option<(String, String)>,
    autocomplete: &'static str,
    narrow: bool,
    hides_label: bool,
}

impl Field {
    fn new(kind: &'static str, name: impl Into<String>, label: String) -> Self {
        Self {
            name: name.into(),
            label,
            kind,
            hint: None,
            required: false,
            max: None,
            bounds: None,
            autocomplete: "off",
            narrow: false,
            hides_label: false,
        }
    }

    /// Any text.
    pub fn text(name: impl Into<String>, label: String) -> Self {
        Self::new("text", name, label)
    }

    /// An e-mail address.
    pub fn email(name: impl Into<String>, label: String) -> Self {
        Self::new("email", name, label)
    }

    /// A password that is known already.
    pub fn password(name: impl Into<String>, label: String) -> Self {
        Self::new("password", name, label).autocomplete("current-password")
    }

    /// A telephone number.
    pub fn tel(name: impl Into<String>, label: String) -> Self {
        Self::new("tel", name, label).narrow()
    }

    /// A date.
    pub fn date(name: impl Into<String>, label: String) -> Self {
        Self::new("date", name, label).narrow()
    }

    /// A time of day.
    pub fn time(name: impl Into<String>, label: String) -> Self {
        Self::new("time", name, label).narrow()
    }

    /// A whole number between two.
    pub fn number(name: impl Into<String>, label: String, least: i64, most: i64) -> Self {
        let mut field = Self::new("number", name, label).narrow();
        field.bounds = Some((least.to_string(), most.to_string()));
        field
    }

    /// What is searched for.
    pub fn search(name: impl Into<String>, label: String) -> Self {
        Self::new("search", name, label)
    }

    /// A sentence that helps to fill it in.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// It must be filled in; all others say that they may be left empty.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// So many characters at most.
    pub fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// What a browser that knows the person may fill in, by HTML's own word for it.
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// As wide as what it holds.
    pub fn narrow(mut self) -> Self {
        self.narrow = true;
        self
    }

    /// The label is for those who listen only: a column says it already.
    pub fn unlabelled(mut self) -> Self {
        self.hides_label = true;
        self
    }
}

impl FormView<'_> {
    /// Draws a field with its label, hint and errors.
    pub fn field(&self, field: Field) -> AnyView {
        self.knows(&field.name, &field.label);
        let flaw = self.flaw(&field.name);
        let newer = self.newer(&field.name, |value| readable(field.kind, value));
        let about = described(&field.name, field.hint.is_some(), newer.is_some(), flaw.is_some());
        // What was typed as a password never goes back on a page.
        let shown = if field.kind == "password" {
            ""
        } else {
            self.state().value(&field.name)
        };
        let value = shown.to_owned();
        let (least, most) = field.bounds.unzip();
        let optional =
            self.says_optional() && !field.required && field.kind != "search" && !field.hides_label;
        let hint_id = format!("{}-aide", field.name);
        view! {
            <div class="field" data-narrow=field.narrow.then_some("true")>
                <label for=field.name.clone() class=field.hides_label.then_some("unseen")>
                    {label_words(field.label, optional)}
                </label>
                {field.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <input
                    class="input" id=field.name.clone() name=field.name.clone() type=field.kind value=value
                    autocomplete=field.autocomplete maxlength=field.max.map(|max| max.to_string())
                    min=least max=most required=field.required
                    aria-invalid=flaw.is_some().then_some("true") aria-describedby=about
                />
                {notes(&field.name, newer, flaw)}
            </div>
        }
        .into_any()
    }

    /// Draws a field of several lines.
    pub fn text_area(&self, area: TextArea) -> AnyView {
        self.knows(&area.name, &area.label);
        let flaw = self.flaw(&area.name);
        let newer = self.newer(&area.name, str::to_owned);
        let about = described(&area.name, area.hint.is_some(), newer.is_some(), flaw.is_some());
        let hint_id = format!("{}-aide", area.name);
        let value = typed(self.state().value(&area.name));
        view! {
            <div class="field">
                <label for=area.name.clone()>{label_words(area.label, self.says_optional() && !area.required)}</label>
                {area.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <textarea
                    class="input" id=area.name.clone() name=area.name.clone() rows=area.rows.to_string()
                    required=area.required
                    aria-invalid=flaw.is_some().then_some("true") aria-describedby=about
                >{value}</textarea>
                {notes(&area.name, newer, flaw)}
            </div>
        }
        .into_any()
    }

    /// A value that the form carries along unseen.
    pub fn hidden(&self, name: &str) -> AnyView {
        let value = self.state().value(name).to_owned();
        view! { <input type="hidden" name=name.to_owned() value=value /> }.into_any()
    }
}

/// A field of several lines.
pub struct TextArea {
    name: String,
    label: String,
    hint: Option<String>,
    required: bool,
    rows: usize,
}

impl TextArea {
    /// So many lines high.
    pub fn new(name: impl Into<String>, label: String, rows: usize) -> Self {
        Self {
            name: name.into(),
            label,
            hint: None,
            required: false,
            rows,
        }
    }

    /// A sentence that helps to fill it in.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// It must be filled in.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// A value as people read it.
fn readable(kind: &str, value: &str) -> String {
    match kind {
        "date" => value
            .parse::<chrono::NaiveDate>()
            .map_or_else(|_| value.to_owned(), |date| date.format("%d/%m/%Y").to_string()),
        _ => value.to_owned(),
    }
}

/// What stands in a field of several lines. The view library writes what such an element holds as it is, and a
/// browser drops a line end at its beginning.
fn typed(value: &str) -> String {
    let held = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    if held.starts_with('\n') {
        format!("\n{held}")
    } else {
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::form::{FormState, FormView};

    #[test]
    fn nothing_typed_ends_its_field() {
        let state = FormState::default().with("texte", "a & b</textarea><script>alert(1)</script>");
        let html = Owner::new().with(|| {
            let form = FormView::with_token(&state, "jeton");
            form.text_area(TextArea::new("texte", "Texte".into(), 3))
                .to_html()
        });
        assert!(
            html.contains("a &amp; b&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
            "{html}"
        );
        assert_eq!(html.matches("</textarea>").count(), 1);
    }
}
