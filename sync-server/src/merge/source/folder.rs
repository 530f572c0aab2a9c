//! A folder: a server's data folder, its folder of stores, or an off-site target.

use std::fs;
use std::path::{Path, PathBuf};

use shared::slug::Slug;

use super::sieve::Sieve;
use super::{Ground, SourceError, file, sealed};
use crate::offsite::{Target, TargetAddress};

/// Reads all that a folder holds of the commune.
pub(super) fn read(
    ground: &Ground<'_>,
    folder: &Path,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<bool, SourceError> {
    let from = folder.display().to_string();
    let mut sealed_too = false;
    let mut read = 0;
    let found = stores(ground.slug, folder)?;
    let own = ground.host.backend().store_path(ground.slug);
    let is_own = |path: &PathBuf| own.as_ref().is_some_and(|own| same_file(own, path));
    let (living, others): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(is_own);
    for path in &others {
        match file::read(ground, path, sieve, problems) {
            Ok(_) => read += 1,
            Err(error @ SourceError::Store(_)) => return Err(error),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if let Some(target) = target(ground.slug, folder)? {
        sealed::target(ground, &target, sieve, problems)?;
        sealed_too = true;
        read += 1;
    }
    if read > 0 {
        return Ok(sealed_too);
    }
    Err(match (living.is_empty(), problems.is_empty()) {
        (_, false) => SourceError::Unusable {
            from,
            problems: std::mem::take(problems),
        },
        (false, true) => SourceError::Itself {
            from,
            slug: ground.slug.clone(),
        },
        (true, true) => SourceError::Nothing {
            from,
            slug: ground.slug.clone(),
        },
    })
}

/// The commune's stores under a folder: its own, and those set aside beside it.
pub(super) fn stores(slug: &Slug, folder: &Path) -> Result<Vec<PathBuf>, SourceError> {
    let name = format!("{slug}.db");
    let set_aside = format!("{name}.");
    let mut found = Vec::new();
    for place in [folder.join("communes"), folder.to_owned()] {
        let Ok(entries) = fs::read_dir(&place) else {
            continue;
        };
        for entry in entries.flatten() {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            let is_part = file.ends_with("-wal") || file.ends_with("-shm");
            let is_passing = file.ends_with(".restauration");
            if (*file == *name || file.starts_with(&set_aside)) && !is_part && !is_passing {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What was shipped into a folder; whoever names the folder of the commune itself is understood.
fn target(slug: &Slug, folder: &Path) -> Result<Option<Target>, SourceError> {
    let holds = |folder: &Path| folder.join("journal").is_dir() || folder.join("snapshots").is_dir();
    let root = if holds(&folder.join(slug.as_str())) {
        folder.to_owned()
    } else if holds(folder) && folder.file_name().is_some_and(|name| name == slug.as_str()) {
        folder.join("..")
    } else {
        return Ok(None);
    };
    Ok(Some(Target::open(&TargetAddress::Folder(root))?))
}

/// Whether both are one file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}
