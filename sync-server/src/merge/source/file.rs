//! One file: a snapshot, a SQLite store, or what is left of one.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::carve::{Look, carve};
use super::chain;
use super::sealed;
use super::sieve::Sieve;
use super::{Ground, SourceError};
use crate::clock::random;
use crate::store::{Sqlite, StoreError};

/// What a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Snapshot,
    Store,
}

/// Reads a file into the sieve. What is wrong with it is told.
pub(super) fn read(
    ground: &Ground<'_>,
    path: &Path,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<Kind, SourceError> {
    let wrong = |why: String| SourceError::Unreadable {
        from: path.display().to_string(),
        why,
    };
    let meta = fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if meta.len() == 0 {
        return Err(wrong("il est vide".into()));
    }
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    let wanted = shared::snapshot::MAGIC.len() as u64;
    file.take(wanted)
        .read_to_end(&mut head)
        .map_err(|error| wrong(error.to_string()))?;
    if head == shared::snapshot::MAGIC.as_bytes() {
        sealed::snapshot_file(ground, path, sieve, problems)?;
        return Ok(Kind::Snapshot);
    }
    store(ground, path, sieve, problems)?;
    Ok(Kind::Store)
}

fn store(
    ground: &Ground<'_>,
    path: &Path,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<(), SourceError> {
    let log = beside(path, "-wal");
    let has_log = fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    let (read, copied) = if has_log {
        let copy = Copied::of(ground.passing, path, &log)?;
        (
            Sqlite::look(&copy.file, false, |tx| chain::read(tx, sieve)),
            Some(copy),
        )
    } else {
        (Sqlite::look(path, true, |tx| chain::read(tx, sieve)), None)
    };
    drop(copied);
    let carved = |look: Look, sieve: &mut Sieve<'_>, found: &mut u64| {
        carve::<SourceError>(path, has_log.then_some(log.as_path()), look, |entries| {
            *found += entries.len() as u64;
            sieve.take(entries)?;
            Ok(())
        })
    };
    let mut found = 0;
    let why = match read {
        Ok(true) if !has_log => return Ok(()),
        Ok(true) => {
            let before = sieve.count();
            carved(Look::Log, sieve, &mut found)?;
            sieve.choose();
            let more = sieve.count() - before;
            if more > 0 {
                problems.push(format!(
                    "{} est abîmé : {more} opération(s) y ont été retrouvées page par page.",
                    log.display()
                ));
            }
            return Ok(());
        }
        Ok(false) => "des opérations n’y sont plus à leur place".to_owned(),
        Err(StoreError::Damaged(why) | StoreError::Engine(why) | StoreError::Shape(why)) => why,
        Err(StoreError::Unavailable(why)) => why,
        Err(StoreError::Moved | StoreError::TooNew { .. }) => "ce n’est pas un stockage".to_owned(),
    };
    let nothing_yet = sieve.is_empty();
    let carved = carved(Look::Everywhere, sieve, &mut found)?;
    sieve.choose();
    if found == 0 && nothing_yet {
        return Err(SourceError::Unreadable {
            from: path.display().to_string(),
            why: format!("ni un instantané, ni un stockage de Préau, même abîmé ({why})"),
        });
    }
    let unproved = match carved.unproved {
        0 => String::new(),
        some => format!(" ; {some} ligne(s) illisible(s) ou laissées par un ancien état"),
    };
    problems.push(format!(
        "{} est abîmé ({why}) : ses {} pages ont été lues une à une, chaque opération retrouvée étant prouvée par son empreinte{unproved}.",
        path.display(),
        carved.pages
    ));
    Ok(())
}

/// A file and its log, copied: only a copy may be mended by an engine.
struct Copied {
    folder: PathBuf,
    file: PathBuf,
}

impl Copied {
    /// The log first: what is folded into the file meanwhile is in both.
    fn of(passing: &Path, file: &Path, log: &Path) -> Result<Self, SourceError> {
        let folder = passing.join(data_encoding::HEXLOWER.encode(&random::<8>()));
        make_private(&folder)?;
        let copy = Self {
            file: folder.join("store.db"),
            folder,
        };
        let copied = fs::copy(log, beside(&copy.file, "-wal"))
            .and_then(|_| fs::copy(file, &copy.file))
            .and_then(|_| writable(&copy.file))
            .and_then(|()| writable(&beside(&copy.file, "-wal")));
        copied.map_err(|error| SourceError::Unreadable {
            from: file.display().to_string(),
            why: format!("sa copie dans {} a échoué ({error})", passing.display()),
        })?;
        Ok(copy)
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder that nobody else can look into.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// What was copied from a medium that cannot be written keeps its rights.
fn writable(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
