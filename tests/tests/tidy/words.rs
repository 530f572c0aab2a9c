//! The texts people read: every language says everything, and nothing that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::scan::{Literal, Source, sources};
use crate::tree;

const FOLDER: &str = "shared/src/words";

/// A language's messages: key and text.
type Messages = BTreeMap<String, String>;

fn messages(language: &str) -> Messages {
    let files = tree::files(".ftl")
        .into_iter()
        .filter(|path| path.starts_with(&format!("{FOLDER}/{language}/")));
    files.flat_map(|path| parse(&tree::read(&path))).collect()
}

fn parse(file: &str) -> Messages {
    let mut messages = Messages::new();
    let mut current = None;
    for line in file.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic())
            && let Some((key, text)) = line.split_once('=')
        {
            current = Some(key.trim().to_owned());
            messages.insert(key.trim().to_owned(), text.to_owned());
        } else if line.starts_with([' ', '}'])
            && let Some(text) = current.as_ref().and_then(|key| messages.get_mut(key))
        {
            text.push('\n');
            text.push_str(line);
        } else if !line.is_empty() {
            // A comment, or a term: only messages are asked for by key.
            current = None;
        }
    }
    messages
}

/// The `$names` that a text fills in.
fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.split(|next: char| !next.is_alphanumeric() && next != '_' && next != '-')
                .next()
                .unwrap_or("")
        })
        .collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (french, english) = (messages("fr"), messages("en"));
    let mut missing: Vec<String> = Vec::new();
    missing.extend(
        french
            .keys()
            .filter(|key| !english.contains_key(*key))
            .map(|key| format!("{FOLDER}/en: {key}")),
    );
    missing.extend(
        english
            .keys()
            .filter(|key| !french.contains_key(*key))
            .map(|key| format!("{FOLDER}/fr: {key}")),
    );
    tree::none(&missing, "Write the text that is missing in one language:");
}

#[test]
fn both_languages_fill_in_the_same_facts() {
    let (french, english) = (messages("fr"), messages("en"));
    let differing: Vec<String> = french
        .iter()
        .filter(|(key, text)| {
            english
                .get(*key)
                .is_some_and(|other| variables(text) != variables(other))
        })
        .map(|(key, _)| key.clone())
        .collect();
    tree::none(&differing, "Use the same variables in both languages:");
}

#[test]
fn every_text_is_used() {
    let sources = sources();
    let literals: BTreeSet<&str> = sources
        .iter()
        .flat_map(shipped_literals)
        .map(|literal| literal.value.as_str())
        .collect();
    let unused: Vec<String> = messages("fr")
        .into_keys()
        .filter(|key| !literals.contains(key.as_str()))
        .collect();
    tree::none(
        &unused,
        "Delete these texts, or write their keys whole in the code that needs them (never in pieces):",
    );
}

#[test]
fn every_text_asked_for_exists() {
    let known = messages("fr");
    let mut offences = Vec::new();
    for source in sources() {
        let asked = shipped_literals(&source).filter(|literal| {
            let before = &source.code[..literal.at];
            // Forms and addresses have a method `with` too; what they name has no hyphen, every key has.
            asks_for_text(before) && (literal.value.contains('-') || !is_method(before))
        });
        offences.extend(
            asked
                .filter(|literal| !known.contains_key(&literal.value))
                .map(|literal| format!("{}: {}", source.place(literal.at), literal.value)),
        );
    }
    tree::none(&offences, &format!("Add these texts to {FOLDER}/fr and en:"));
}

fn shipped_literals(source: &Source) -> impl Iterator<Item = &Literal> {
    let shipped = source.shipped();
    source.literals.iter().filter(move |literal| literal.at < shipped)
}

/// Whether the code before a literal is a call of one of those that look a text up.
fn asks_for_text(before: &str) -> bool {
    let Some(call) = before.trim_end().strip_suffix('(') else {
        return false;
    };
    let name = call
        .rsplit(|next: char| !next.is_alphanumeric() && next != '_')
        .next();
    matches!(name, Some("t" | "t1" | "with"))
}

/// Whether the code before a literal calls a method of something.
fn is_method(before: &str) -> bool {
    let call = before.trim_end().trim_end_matches('(');
    call.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_')
        .ends_with('.')
}

#[test]
fn keys_variables_and_calls_are_recognised() {
    let messages = parse(
        "# note = x\nhello = Bonjour { $name }\n    et { $other }\n-term = y\n  .more = z\nbye=Salut\n",
    );
    assert_eq!(messages.keys().collect::<Vec<_>>(), ["bye", "hello"]);
    assert_eq!(variables(&messages["hello"]), BTreeSet::from(["name", "other"]));
    assert!(asks_for_text("let x = words.t(") && asks_for_text("words.t1(\n        "));
    assert!(!asks_for_text("insert(") && !asks_for_text("x = "));
    assert!(is_method("form.with(") && is_method("form\n    .with(\n  ") && !is_method("= with("));
}
