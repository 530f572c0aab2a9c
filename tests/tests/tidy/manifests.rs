//! Who may depend on whom.

use std::collections::BTreeMap;

use crate::tree;

/// Each crate of the workspace with the others that it may name, tests included.
const MAY_NAME: [(&str, &[&str]); 8] = [
    ("shared", &[]),
    ("server-ui", &["shared"]),
    ("sync-server", &["shared", "server-ui", "test-postgres"]),
    ("tablet-replica", &["shared"]),
    ("app-tablet", &["shared", "tablet-replica"]),
    ("tablet-ui", &["shared"]),
    ("test-postgres", &[]),
    (
        "system-tests",
        &[
            "shared",
            "server-ui",
            "sync-server",
            "tablet-replica",
            "app-tablet",
            "test-postgres",
        ],
    ),
];

/// All that the domain stands on. None of it opens a file or a socket, reads a clock or draws a random number.
const UNDER_SHARED: [&str; 14] = [
    "automerge",
    "chacha20poly1305",
    "chrono",
    "chrono-tz",
    "data-encoding",
    "ed25519-dalek",
    "flate2",
    "fluent-bundle",
    "minicbor",
    "serde",
    "sha2",
    "thiserror",
    "unicode-normalization",
    "uuid",
];

/// What a crate that only draws screens has no business with.
const NOT_UNDER_A_VIEW: [&str; 9] = [
    "automerge",
    "axum",
    "postgres",
    "refinery",
    "reqwest",
    "rusqlite",
    "tauri",
    "tokio",
    "getrandom",
];

pub(crate) struct Manifest {
    pub(crate) folder: String,
    text: String,
    pub(crate) name: String,
    /// By kind (`dependencies`, `dev-dependencies`, …): name and what the manifest says of it.
    dependencies: BTreeMap<String, BTreeMap<String, String>>,
}

impl Manifest {
    fn read(folder: &str) -> Self {
        let text = tree::read(&format!("{folder}/Cargo.toml"));
        let name = text
            .lines()
            .find_map(|line| line.strip_prefix("name = "))
            .unwrap_or_else(|| panic!("{folder}/Cargo.toml begins with the crate's name"))
            .trim_matches('"')
            .to_owned();
        let dependencies = dependencies(&text);
        Self {
            folder: folder.to_owned(),
            text,
            name,
            dependencies,
        }
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.dependencies.values().flat_map(BTreeMap::keys)
    }
}

/// The dependency tables of a manifest. It reads what this workspace writes (a key at the start of a line), not all
/// of TOML.
fn dependencies(manifest: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut tables: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut kind = None;
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            // Also `target.'cfg(…)'.dependencies`.
            kind = header
                .rsplit('.')
                .next()
                .filter(|kind| kind.ends_with("dependencies"))
                .map(str::to_owned);
            assert!(
                kind.is_some() || !header.contains("dependencies."),
                "Write [{header}] as one line in its table, which is what this test reads."
            );
        } else if let Some(kind) = &kind
            && line.starts_with(|first: char| first.is_ascii_alphanumeric())
            && let Some((key, value)) = line.split_once(['.', ' ', '='])
        {
            tables
                .entry(kind.clone())
                .or_default()
                .insert(key.to_owned(), value.to_owned());
        }
    }
    tables
}

pub(crate) fn members() -> Vec<Manifest> {
    list("members")
        .iter()
        .map(|folder| Manifest::read(folder))
        .collect()
}

/// A list of strings in the root manifest.
fn list(key: &str) -> Vec<String> {
    let root = tree::read("Cargo.toml");
    let start = root
        .find(&format!("\n{key} = ["))
        .unwrap_or_else(|| panic!("Cargo.toml has a list {key}"));
    let list = root[start..].split(['[', ']']).nth(1).unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn member(name: &str) -> Manifest {
    members()
        .into_iter()
        .find(|manifest| manifest.name == name)
        .unwrap_or_else(|| panic!("The workspace has a crate {name}."))
}

#[test]
fn crates_name_only_those_they_may() {
    let mut offences = Vec::new();
    for manifest in members() {
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == manifest.name) else {
            offences.push(format!(
                "{} is not in the table of this test: say what it may depend on",
                manifest.name
            ));
            continue;
        };
        let ours = manifest
            .names()
            .filter(|name| MAY_NAME.iter().any(|(ours, _)| ours == name));
        offences.extend(
            ours.filter(|name| !allowed.contains(&name.as_str()))
                .map(|name| format!("{} depends on {name}", manifest.name)),
        );
    }
    tree::none(
        &offences,
        "Turn these dependencies round, or move the code they are for:",
    );
}

#[test]
fn the_domain_stands_on_nothing_that_does_io() {
    let shared = member("shared");
    let under = shared
        .dependencies
        .iter()
        .filter(|(kind, _)| *kind != "dev-dependencies");
    let strange: Vec<String> = under
        .flat_map(|(_, table)| table.keys())
        .filter(|name| !UNDER_SHARED.contains(&name.as_str()))
        .cloned()
        .collect();
    tree::none(
        &strange,
        "`shared` is pure. If one of these does no I/O, reads no clock and draws no random number, add it to this test:",
    );
}

#[test]
fn views_do_no_io() {
    let mut offences = Vec::new();
    for name in ["server-ui", "tablet-ui"] {
        let manifest = member(name);
        let wrong = manifest
            .names()
            .filter(|dependency| NOT_UNDER_A_VIEW.contains(&dependency.as_str()));
        offences.extend(wrong.map(|dependency| format!("{name} depends on {dependency}")));
    }
    tree::none(
        &offences,
        "A view takes what it shows and returns it drawn; do this work in the crate that calls it:",
    );
}

#[test]
fn screens_take_the_domain_without_its_features() {
    let root = dependencies(&tree::read("Cargo.toml"));
    let pinned = &root["dependencies"]["shared"];
    assert!(
        pinned.contains("default-features = false"),
        "Pin `shared` without default features in Cargo.toml."
    );
    let taken = &member("tablet-ui").dependencies["dependencies"]["shared"];
    assert!(
        !taken.contains("features"),
        "tablet-ui takes `shared` bare: signatures and sheets stay in the replica."
    );
}

#[test]
fn default_members_need_neither_wasm_nor_webkit() {
    let wrong: Vec<String> = list("default-members")
        .into_iter()
        .filter(|folder| ["app-tablet/src-tauri", "app-tablet/ui", "tests"].contains(&folder.as_str()))
        .collect();
    tree::none(
        &wrong,
        "Take these out of default-members: a server needs Rust, a C compiler, make and perl, no more.",
    );
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    let deaf: Vec<String> = members()
        .into_iter()
        .filter(|manifest| !manifest.text.contains("[lints]\nworkspace = true"))
        .map(|manifest| format!("{}/Cargo.toml", manifest.folder))
        .collect();
    tree::none(&deaf, "Add `[lints]` with `workspace = true` to:");
}

#[test]
fn tables_are_read_as_written() {
    let tables = dependencies(
        "[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\nc = { version = \"1\", features = [\n  \"d\",\n] }\n\
         [target.'cfg(unix)'.dev-dependencies]\ne = \"1\"\n[lints]\nworkspace = true\n",
    );
    assert_eq!(tables["dependencies"].keys().collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(tables["dev-dependencies"].keys().collect::<Vec<_>>(), ["e"]);
    assert_eq!(tables.len(), 2);
}
