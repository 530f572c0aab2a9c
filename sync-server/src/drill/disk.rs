//! Folders of the drill.

use std::fs;
use std::path::{Path, PathBuf};

use super::DrillError;
use crate::clock::random;

fn broken(path: &Path, error: &std::io::Error) -> DrillError {
    DrillError::Broken(format!("{} : {error}", path.display()))
}

/// Copies a folder with all it holds.
///
/// # Errors
/// [`DrillError::Broken`] of the disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), DrillError> {
    make(to)?;
    for entry in fs::read_dir(from).map_err(|e| broken(from, &e))? {
        let path = entry.map_err(|e| broken(from, &e))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(|e| broken(&path, &e))?;
        }
    }
    Ok(())
}

/// Makes a folder.
///
/// # Errors
/// [`DrillError::Broken`] of the disk.
pub(super) fn make(folder: &Path) -> Result<(), DrillError> {
    fs::create_dir_all(folder).map_err(|e| broken(folder, &e))
}

/// Takes a folder away to another place of the same disk.
///
/// # Errors
/// [`DrillError::Broken`] of the disk.
pub(super) fn take_away(from: &Path, to: &Path) -> Result<(), DrillError> {
    fs::rename(from, to).map_err(|e| broken(from, &e))
}

/// Reads a file.
///
/// # Errors
/// [`DrillError::Broken`] of the disk.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, DrillError> {
    fs::read(file).map_err(|e| broken(file, &e))
}

/// Writes a file.
///
/// # Errors
/// [`DrillError::Broken`] of the disk.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), DrillError> {
    fs::write(file, bytes).map_err(|e| broken(file, &e))
}

/// The folder in which a world is played: deleted with it, unless it was asked to be kept.
pub(super) struct Root {
    /// Where.
    pub(super) path: PathBuf,
    keep: bool,
}

impl Root {
    /// A folder of its own; `keep` is where it is to stay, which must be empty or not there yet.
    ///
    /// # Errors
    /// [`DrillError::Refused`] when that is in use; [`DrillError::Broken`] of the disk.
    pub(super) fn new(keep: Option<&Path>) -> Result<Self, DrillError> {
        let Some(keep) = keep else {
            let name = data_encoding::HEXLOWER.encode(&random::<6>());
            let path = std::env::temp_dir().join(format!("preau-drill-{name}"));
            make(&path)?;
            return Ok(Self { path, keep: false });
        };
        let used = fs::read_dir(keep).is_ok_and(|mut entries| entries.next().is_some());
        if used || keep.is_file() {
            return Err(DrillError::Refused(format!(
                "{} n’est pas vide : donnez à l’exercice un dossier à lui.",
                keep.display()
            )));
        }
        make(keep)?;
        let path = keep.canonicalize().map_err(|e| broken(keep, &e))?;
        Ok(Self { path, keep: true })
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
