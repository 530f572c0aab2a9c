//! Addresses of pages with what they ask for: filters, order and page stay in them.

use std::fmt;

/// A path with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// A page of the site, without a query.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            pairs: Vec::new(),
        }
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same page with one thing asked for otherwise; an empty value takes it out.
    #[must_use]
    pub fn with(&self, name: &str, value: impl fmt::Display) -> Self {
        let mut other = self.without(name);
        let value = value.to_string();
        if !value.is_empty() {
            other.pairs.push((name.to_owned(), value));
        }
        other
    }

    /// The same page without a thing.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.pairs.retain(|(n, _)| n != name);
        other
    }

    /// What is asked for under a name; empty where nothing is.
    pub fn value(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Everything asked for.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            f.write_str(if i == 0 { "?" } else { "&" })?;
            escaped(f, name)?;
            f.write_str("=")?;
            escaped(f, value)?;
        }
        Ok(())
    }
}

fn escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            write!(f, "{}", char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_stay_when_the_order_changes() {
        let page = Address::new("/ville/gestion/enfants")
            .with("q", "léa d’arc")
            .with("tri", "nom");
        assert_eq!(
            page.with("tri", "-nom").with("page", "").to_string(),
            "/ville/gestion/enfants?q=l%C3%A9a%20d%E2%80%99arc&tri=-nom"
        );
    }
}
