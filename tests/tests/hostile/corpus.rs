//! The committed inputs: `tests/corpus/TARGET/…`, sound ones and those that once did harm.

use std::path::PathBuf;

use crate::Target;

/// Where the inputs of a target lie.
pub(crate) fn folder(target: &Target) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target.name)
}

/// The committed inputs of a target with their names, in order of name.
pub(crate) fn inputs(target: &Target) -> Vec<(String, Vec<u8>)> {
    let Ok(files) = std::fs::read_dir(folder(target)) else {
        return Vec::new();
    };
    let mut all: Vec<(String, Vec<u8>)> = files
        .map(|file| {
            let file = file.expect("an entry");
            let name = file.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(file.path()).expect("a readable file"))
        })
        .collect();
    all.sort();
    all
}

/// Keeps an input; answers where.
pub(crate) fn keep(target: &Target, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = folder(target);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a written file");
    path
}
