//! The files of the repository, by their path from its root.

use std::fs;
use std::path::{Path, PathBuf};

/// What is built, fetched or made by running, and so is nobody's to keep tidy.
const SKIPPED: [&str; 5] = [".git", "dist", "gen", "node_modules", "demo-data"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate of these tests lies in the workspace's folder")
        .to_path_buf()
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
}

/// Every file whose name ends so, sorted.
pub(crate) fn files(ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root(), ending, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<String>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder that opens can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !SKIPPED.contains(&&*name) && !name.starts_with("target") {
                collect(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            let path = path.strip_prefix(root()).expect("the walk began at the root");
            found.push(path.to_string_lossy().into_owned());
        }
    }
}

/// Fail with what to do, and where.
pub(crate) fn none(offences: &[String], advice: &str) {
    assert!(offences.is_empty(), "{advice}\n  {}", offences.join("\n  "));
}
