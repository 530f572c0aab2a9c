//! A store that is filled beside a commune's own, and then takes its place in one step. Whoever
//! is killed at any point leaves the old store or the new one in its place, whole, and can begin anew.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use shared::slug::Slug;

use super::backend::rename_store;
use super::{Backend, HostError};
use crate::store::{self, Postgres, Schema, Sqlite, Store, StoreError};

impl Backend {
    /// An empty store beside a commune's own, with the migrations up to `schema`. What an attempt that
    /// was cut short left there goes: it is a copy.
    ///
    /// # Errors
    /// [`HostError`] when it cannot be made.
    pub fn make_beside(&self, slug: &Slug, schema: u32) -> Result<Store, HostError> {
        let version = i32::try_from(schema).unwrap_or(i32::MAX);
        Ok(match self {
            Self::Files(_) => {
                let file = self.beside(slug);
                clear(&file)?;
                Store::new(Sqlite::make_at(&file, Schema::Commune, version)?)
            }
            Self::Postgres(pool) => Store::new(Postgres::beside(pool, slug.as_str(), version)?),
        })
    }

    /// The store beside a commune's own once more, brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when there is none.
    pub fn open_beside(&self, slug: &Slug) -> Result<Store, StoreError> {
        Ok(match self {
            Self::Files(_) => {
                let file = self.beside(slug);
                if !file.exists() {
                    return Err(StoreError::Moved);
                }
                Store::new(Sqlite::open(&file, Schema::Commune)?)
            }
            Self::Postgres(pool) => Store::new(Postgres::open_beside(pool, slug.as_str())?),
        })
    }

    /// Throws the store beside a commune's own away, if there is one.
    ///
    /// # Errors
    /// [`HostError`] when it cannot be.
    pub fn drop_beside(&self, slug: &Slug) -> Result<(), HostError> {
        match self {
            Self::Files(_) => clear(&self.beside(slug)),
            Self::Postgres(pool) => Ok(store::drop_beside(pool, slug.as_str())?),
        }
    }

    /// A commune's own store, to be looked into before it is set aside: it is not taken for another's,
    /// and no branch of it is begun.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when there is none.
    pub fn open_old(&self, slug: &Slug) -> Result<Store, StoreError> {
        Ok(match self {
            Self::Files(_) => {
                let file = self.file(slug);
                if !file.exists() {
                    return Err(StoreError::Moved);
                }
                Store::new(Sqlite::open(&file, Schema::Commune)?)
            }
            Self::Postgres(pool) => Store::new(Postgres::old(pool, slug.as_str())?),
        })
    }

    /// Whether nothing was set aside under this stamp yet.
    ///
    /// # Errors
    /// [`HostError`] when it cannot be looked at.
    pub fn is_free(&self, slug: &Slug, stamp: &str) -> Result<bool, HostError> {
        Ok(match self {
            Self::Files(folder) => !folder.join("communes").join(aside_file(slug, stamp)).exists(),
            Self::Postgres(pool) => !store::has_schema(pool, &aside_schema(slug, stamp))?,
        })
    }

    /// Puts the store beside a commune's own in its place. Nobody may have either open. The old one, if
    /// there is one, is set aside under a name with `stamp` (16 digits at most), which is answered.
    ///
    /// # Errors
    /// [`HostError`] when they cannot be renamed.
    pub fn swap_in(&self, slug: &Slug, stamp: &str) -> Result<Option<String>, HostError> {
        match self {
            Self::Files(folder) => {
                let name = aside_file(slug, stamp);
                let folder = folder.join("communes");
                let was_there = swap(&folder, &self.file(slug), &self.beside(slug), &folder.join(&name))?;
                let folder = fs::canonicalize(&folder).unwrap_or(folder);
                Ok(was_there.then(|| folder.join(&name).display().to_string()))
            }
            Self::Postgres(pool) => {
                let name = aside_schema(slug, stamp);
                Ok(store::swap(pool, slug.as_str(), &name)?.then_some(name))
            }
        }
    }

    fn beside(&self, slug: &Slug) -> PathBuf {
        let mut name = self.file(slug).into_os_string();
        name.push(".restauration");
        PathBuf::from(name)
    }
}

fn aside_file(slug: &Slug, stamp: &str) -> String {
    format!("{slug}.db.avant-restauration-{stamp}")
}

/// With the longest slug, this is as long as a name may be.
fn aside_schema(slug: &Slug, stamp: &str) -> String {
    format!("avant_{slug}_{stamp}")
}

fn part(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn unusable(file: &Path) -> impl Fn(std::io::Error) -> HostError {
    let file = file.display().to_string();
    move |error| HostError::Folder(format!("Impossible d’utiliser {file} : {error}."))
}

fn clear(file: &Path) -> Result<(), HostError> {
    for suffix in ["", "-wal", "-shm"] {
        match fs::remove_file(part(file, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unusable(file)(error)),
            _ => {}
        }
    }
    Ok(())
}

/// Whether nothing of the store lies beside its file.
fn is_at_rest(file: &Path) -> bool {
    !part(file, "-wal").exists() && !part(file, "-shm").exists()
}

/// Puts `beside` in the place of `own`, which gets the name `aside`; answers whether there was one.
fn swap(folder: &Path, own: &Path, beside: &Path, aside: &Path) -> Result<bool, HostError> {
    if !is_at_rest(beside) {
        return Err(HostError::Folder(format!(
            "{} n’est pas au repos : un autre processus l’utilise.",
            beside.display()
        )));
    }
    if aside.exists() {
        return Err(HostError::Folder(format!(
            "Impossible d’écarter {} : {} existe déjà.",
            own.display(),
            aside.display()
        )));
    }
    let synced = |path: &Path| {
        File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(unusable(path))
    };
    synced(beside)?;
    let suffix = aside.to_string_lossy()[own.to_string_lossy().len()..].to_owned();
    let was_there = own.exists();
    if was_there && is_at_rest(own) && exchange(beside, own, aside)? {
        synced(folder)?;
        return Ok(true);
    }
    // A log that could not be folded in belongs to its file: they leave together, and for an instant
    // the commune has no store.
    rename_store(own, &suffix)?;
    fs::rename(beside, own).map_err(unusable(beside))?;
    synced(folder)?;
    Ok(was_there)
}

/// In one step, where the file system can; answers whether it can. The new store takes the name of the
/// one set aside first: whoever is killed before the exchange leaves a copy under that name.
fn exchange(beside: &Path, own: &Path, aside: &Path) -> Result<bool, HostError> {
    fs::rename(beside, aside).map_err(unusable(beside))?;
    match renameat_with(CWD, aside, CWD, own, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
            fs::rename(aside, beside).map_err(unusable(beside))?;
            Ok(false)
        }
        Err(error) => {
            fs::rename(aside, beside).map_err(unusable(beside))?;
            Err(unusable(own)(error.into()))
        }
    }
}

#[cfg(test)]
mod tests;
