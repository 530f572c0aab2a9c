//! Short names for addresses, made from the names people give.

use shared::slug::Slug;
use shared::text::search_key;

/// Longest short name.
const MOST: usize = 40;

/// A short name made from a name, unlike all of `taken`; `otherwise` stands in where a name has no
/// letter or digit of ours.
pub(crate) fn made_from(name: &str, otherwise: &str, taken: &[&str]) -> Option<Slug> {
    let key = search_key(name);
    let words: String = key
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect();
    let base = trimmed(&words, MOST);
    let base = if base.is_empty() {
        otherwise.to_owned()
    } else {
        base
    };
    let numbered = |n: usize| {
        let end = format!("-{n}");
        format!("{}{end}", trimmed(&base, MOST - end.len()))
    };
    std::iter::once(base.clone())
        .chain((2..1_000).map(numbered))
        .find(|slug| !taken.contains(&slug.as_str()))?
        .parse()
        .ok()
}

/// At most so many characters, no hyphen at an end nor beside another.
fn trimmed(words: &str, most: usize) -> String {
    let mut text = String::new();
    for part in words.split('-').filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push('-');
        }
        text.push_str(part);
    }
    text.truncate(most);
    text.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str, taken: &[&str]) -> String {
        made_from(name, "site", taken).unwrap().to_string()
    }

    #[test]
    fn names_become_short_names() {
        assert_eq!(made("Accueil Jean-Jaurès", &[]), "accueil-jean-jaures");
        assert_eq!(made("  L’Œuvre – n° 2 ", &[]), "l-oeuvre-n-2");
        assert_eq!(made("Cantine", &["cantine", "cantine-2"]), "cantine-3");
        assert_eq!(made("学校", &[]), "site");
        let long = "École ".repeat(12);
        let taken = made(&long, &[]);
        assert!(taken.len() <= 40);
        let second = made(&long, &[&taken]);
        assert!(second.len() <= 40 && second.ends_with("-2"));
    }
}
