//! A form of a page, as a browser without scripts would send it.

use super::browser::{Browser, Reply};

/// Names and values of a form, in its order.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) action: String,
    pub(super) pairs: Vec<(String, String)>,
}

impl Filled {
    /// The form of a page whose action ends so.
    pub(super) fn of(page: &Reply, action_ends: &str) -> Self {
        let mut forms = page.text.split("<form ").skip(1);
        let found = forms.find_map(|form| {
            let (head, rest) = form.split_once('>').unwrap();
            let action = attribute(head, "action")?;
            action.ends_with(action_ends).then(|| {
                let inside = rest.split("</form>").next().unwrap();
                Self {
                    action,
                    pairs: controls(inside),
                }
            })
        });
        found.unwrap_or_else(|| panic!("no form to {action_ends} in {}", page.text))
    }

    /// Types a value, chooses, or ticks the only box.
    pub(super) fn set(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(n, _)| n != name);
        self.pairs.push((name.into(), value.into()));
        self
    }

    /// Ticks one box more.
    pub(super) fn tick(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.into(), value.into()));
        self
    }

    /// What stands under a name.
    pub(super) fn value(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value)
    }

    /// Sends it.
    pub(super) fn send(&self, browser: &mut Browser) -> Reply {
        let pairs: Vec<(&str, &str)> = self.pairs.iter().map(|(n, v)| (&**n, &**v)).collect();
        browser.post(&self.action, &pairs)
    }
}

fn controls(form: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut select: Option<(String, Option<String>, bool)> = None;
    for piece in form.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value");
        match tag.split([' ', '/']).next().unwrap() {
            "input" => {
                let boxed = matches!(attribute(tag, "type").as_deref(), Some("checkbox" | "radio"));
                if !boxed || flag(tag, "checked") {
                    pairs.push((name, value.unwrap_or_default()));
                }
            }
            "textarea" => pairs.push((name, unescaped(text))),
            "select" => select = Some((name, None, false)),
            "option" => {
                let (_, chosen, fixed) = select.as_mut().expect("an option stands in a select");
                if flag(tag, "selected") || (chosen.is_none() && !*fixed) {
                    *chosen = value;
                    *fixed = flag(tag, "selected");
                }
            }
            _ if piece.starts_with("/select") => {
                let (name, chosen, _) = select.take().unwrap();
                pairs.push((name, chosen.unwrap_or_default()));
            }
            _ => {}
        }
    }
    pairs
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let after = tag
        .split(&format!(" {name}=\""))
        .nth(1)
        .or_else(|| tag.strip_prefix(&format!("{name}=\"")))?;
    Some(unescaped(after.split('"').next()?))
}

fn flag(tag: &str, name: &str) -> bool {
    tag.split_whitespace()
        .any(|word| word == name || word == format!("{name}=\"\"") || word.trim_end_matches('/') == name)
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
