//! Forms as a browser reads them from a page: which fields would be sent, and what stands in them. Pure.

/// A form of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Where it goes.
    pub(super) action: String,
    /// What would be sent if nothing were changed; buttons are not in it.
    pub(super) fields: Vec<(String, String)>,
}

impl Form {
    /// What stands in a field.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The form with this in a field, instead of all that stood there.
    #[must_use]
    pub(super) fn fill(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The form with one more value of a field, as when one more box is ticked.
    #[must_use]
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// All forms of a page, in their order.
pub(super) fn forms(html: &str) -> Vec<Form> {
    let mut all = Vec::new();
    let mut open: Option<Form> = None;
    let mut choice: Option<Select> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some((tag, after)) = Tag::read(&rest[start..]) else {
            break;
        };
        rest = after;
        match tag.name.as_str() {
            "script" | "style" => rest = past(rest, &tag.name),
            "form" => {
                open = Some(Form {
                    action: tag.attribute("action").unwrap_or_default(),
                    fields: Vec::new(),
                });
            }
            "/form" => all.extend(open.take()),
            "select" => choice = tag.sent_name().map(Select::named),
            "option" => {
                if let Some(select) = &mut choice {
                    select.offer(&tag, rest);
                }
            }
            "/select" => {
                if let (Some(form), Some(select)) = (&mut open, choice.take()) {
                    form.fields.extend(select.sent());
                }
            }
            "textarea" => {
                let text = rest.split("</textarea").next().unwrap_or_default();
                if let (Some(form), Some(name)) = (&mut open, tag.sent_name()) {
                    form.fields.push((name, plain(text.trim_start_matches('\n'))));
                }
                rest = past(rest, "textarea");
            }
            "input" => {
                if let (Some(form), Some(field)) = (&mut open, tag.input()) {
                    form.fields.push(field);
                }
            }
            _ => {}
        }
    }
    all
}

/// Choices of a form's list.
struct Select {
    name: String,
    first: Option<String>,
    chosen: Option<String>,
}

impl Select {
    fn named(name: String) -> Self {
        Self {
            name,
            first: None,
            chosen: None,
        }
    }

    fn offer(&mut self, tag: &Tag, rest: &str) {
        let said = || plain(rest.split('<').next().unwrap_or_default().trim());
        let value = tag.attribute("value").unwrap_or_else(said);
        if tag.has("selected") {
            self.chosen = Some(value.clone());
        }
        self.first.get_or_insert(value);
    }

    fn sent(self) -> Option<(String, String)> {
        let value = self.chosen.or(self.first)?;
        Some((self.name, value))
    }
}

/// Behind the end of an element whose inside is no markup.
fn past<'t>(rest: &'t str, name: &str) -> &'t str {
    let end = format!("</{name}");
    rest.split_once(&end).map_or("", |(_, after)| after)
}

/// A tag with its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// Reads the tag at the beginning of a text; what follows it.
    fn read(text: &str) -> Option<(Self, &str)> {
        let inside = text.strip_prefix('<')?;
        if let Some(comment) = inside.strip_prefix('!') {
            let end = if comment.starts_with("--") { "-->" } else { ">" };
            let (_, after) = comment.split_once(end)?;
            let tag = Self {
                name: String::new(),
                attributes: Vec::new(),
            };
            return Some((tag, after));
        }
        let end_of_name = inside.find(|c: char| c.is_whitespace() || c == '>')?;
        let name = inside[..end_of_name].trim_end_matches('/').to_ascii_lowercase();
        let mut rest = &inside[end_of_name..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return Some((Self { name, attributes }, after));
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>' || c == '/')?;
            let attribute = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let Some(value) = rest.strip_prefix('=') else {
                attributes.push((attribute, String::new()));
                continue;
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote)?,
                None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
            };
            attributes.push((attribute, plain(value)));
            rest = after;
        }
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(attribute, _)| attribute == name);
        found.map(|(_, value)| value.clone())
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(attribute, _)| attribute == name)
    }

    /// The name under which it is sent, if it is.
    fn sent_name(&self) -> Option<String> {
        self.attribute("name")
            .filter(|name| !name.is_empty() && !self.has("disabled"))
    }

    /// What an `input` sends.
    fn input(&self) -> Option<(String, String)> {
        let name = self.sent_name()?;
        let kind = self.attribute("type").unwrap_or_default();
        let value = self.attribute("value");
        match kind.as_str() {
            "submit" | "button" | "image" | "reset" | "file" => None,
            "checkbox" | "radio" if !self.has("checked") => None,
            "checkbox" | "radio" => Some((name, value.unwrap_or_else(|| "on".into()))),
            _ => Some((name, value.unwrap_or_default())),
        }
    }
}

/// Text without its entities.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out += &rest[..start];
        rest = &rest[start..];
        let entity = rest
            .find(';')
            .filter(|end| *end < 12)
            .map(|end| (&rest[1..end], end));
        match entity.and_then(|(name, end)| Some((entity_of(name)?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn entity_of(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, value: &str) -> (String, String) {
        (name.into(), value.into())
    }

    #[test]
    fn a_form_sends_what_a_browser_would() {
        let page = r#"<!DOCTYPE html><!-- <form action="/no"> --><script>if (a<b) { "<form>" }</script>
            <form class=who method=post action="/sortir"><input type="hidden" name="jeton" value="a&amp;b"></form>
            <form method="post" action="/foyers/1?x=1&amp;y=2">
              <input type="hidden" name="version" value="7"/>
              <input name='nom' value="L&#x27;Hôte &quot;Père&quot;" required>
              <input type="checkbox" name="jours" value="0" checked><input type="checkbox" name="jours" value="1">
              <input type="radio" name="r" value="oui" checked=""><input type="radio" name="r" value="non">
              <input name="loin" value="x" disabled>
              <select name="autorite"><option value="full">Oui</option><option selected value="none">Non</option></select>
              <select name="site"><option>Ferry</option><option>Curie</option></select>
              <textarea name="note">
deux
lignes &lt;3</textarea>
              <button name="geste" value="tout">Tout</button><input type="submit" name="s" value="v">
            </form>"#;
        let all = forms(page);
        assert_eq!(all.len(), 2, "{all:#?}");
        assert_eq!(all[0].action, "/sortir");
        assert_eq!(all[0].fields, [field("jeton", "a&b")]);
        assert_eq!(all[1].action, "/foyers/1?x=1&y=2");
        let expected = [
            field("version", "7"),
            field("nom", "L'Hôte \"Père\""),
            field("jours", "0"),
            field("r", "oui"),
            field("autorite", "none"),
            field("site", "Ferry"),
            field("note", "deux\nlignes <3"),
        ];
        assert_eq!(all[1].fields, expected);
    }

    #[test]
    fn what_is_typed_takes_the_place_of_what_stood_there() {
        let form = forms("<form action='/a'><input name=a value=1><input name=b value=2></form>").remove(0);
        let sent = form.fill("a", "3").and("b", "4");
        assert_eq!(sent.value("a"), Some("3"));
        assert_eq!(sent.fields, [field("b", "2"), field("a", "3"), field("b", "4")]);
    }

    #[test]
    fn broken_pages_end_somewhere() {
        for page in [
            "<",
            "<form",
            "<form action=\"",
            "<!--",
            "<form><textarea name=a>x",
            "a & b &; &#xZZ;",
        ] {
            assert!(forms(page).is_empty(), "{page}");
        }
        assert_eq!(plain("a & b &; &#xZZ; &eacute;"), "a & b &; &#xZZ; &eacute;");
    }
}
