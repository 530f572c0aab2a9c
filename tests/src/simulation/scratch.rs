//! Where worlds lie: in memory where the machine has a place for that.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

fn root() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = if fs::create_dir_all(memory.join("preau-worlds")).is_ok() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    base.join("preau-worlds")
}

/// A folder that goes with what is answered. Those of processes that were killed go first.
///
/// # Panics
/// When there is no place for it.
pub(super) fn folder() -> TempDir {
    static SWEPT: std::sync::Once = std::sync::Once::new();
    let root = root();
    SWEPT.call_once(|| {
        for entry in fs::read_dir(&root).into_iter().flatten().flatten() {
            if !Path::new("/proc").join(entry.file_name()).exists() {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    });
    let own = root.join(std::process::id().to_string());
    fs::create_dir_all(&own).expect("a folder for worlds");
    TempDir::new_in(own).expect("a folder for a world")
}
