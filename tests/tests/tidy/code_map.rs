//! A map that shows what is not there is worse than none.

use std::collections::BTreeSet;

use crate::manifests::members;
use crate::tree;

const MAP: &str = "ARCHITECTURE.md";

/// The words set as code in the section « Code map », or nothing while the document is not written.
fn mapped() -> Option<BTreeSet<String>> {
    if !tree::root().join(MAP).exists() {
        return None;
    }
    let text = tree::read(MAP);
    let section = text
        .split("\n## ")
        .find(|section| section.to_lowercase().starts_with("code map"))
        .unwrap_or_else(|| panic!("Give {MAP} a section `## Code map`."));
    Some(section.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

#[test]
fn every_folder_on_the_map_exists() {
    let gone: Vec<String> = mapped()
        .unwrap_or_default()
        .into_iter()
        .filter(|word| is_path(word) && !tree::root().join(word).exists())
        .collect();
    tree::none(
        &gone,
        &format!("Take these out of the code map of {MAP}, or correct them:"),
    );
}

#[test]
fn every_crate_is_on_the_map() {
    let Some(mapped) = mapped() else { return };
    let absent: Vec<String> = members()
        .into_iter()
        .filter(|manifest| !mapped.contains(&manifest.name))
        .map(|manifest| format!("`{}` ({})", manifest.name, manifest.folder))
        .collect();
    tree::none(&absent, &format!("Name these crates in the code map of {MAP}:"));
}

/// `folder/` or `folder/file`; not a URL, a route or a pattern.
fn is_path(word: &str) -> bool {
    let path = |next: char| next.is_ascii_alphanumeric() || "/._-".contains(next);
    word.contains('/') && !word.starts_with('/') && word.chars().all(path)
}

#[test]
fn paths_are_told_from_other_words() {
    assert!(is_path("shared/") && is_path("sync-server/src/store"));
    assert!(!is_path("/v1/sync") && !is_path("preau-server") && !is_path("tests/*.rs"));
}
