//! Where a lost history is read from: a snapshot, a data folder, a file of which a part is left, what lies
//! off-site, a store that was set aside, another database server. Nothing is ever written there.
//!
//! Every entry is proved by its own hash and commitment before it is handed on, whatever it was read from. What the
//! living history has is left out. A store must be kin to it: share an entry with it, or be of a branch that it
//! has heard of; what the commune sealed with its key needs no other proof.

mod carve;
mod chain;
mod error;
mod file;
mod folder;
mod here;
mod sealed;
mod server;
mod sieve;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::slug::Slug;

pub use error::SourceError;
pub use here::{Here, here};

use super::Lost;
use crate::commune::Commune;
use crate::host::Host;
use crate::keys::Keys;
use crate::offsite::{Target, TargetAddress};
use crate::store::{StoreError, hide_password};
use sieve::Sieve;

/// Under the data folder: copies that last as long as they are read.
pub(super) const PASSING: &str = "fusion";

/// What is to be read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A file, a folder, an address, or the name that a restore answered for what it set aside.
    pub from: String,
    /// A key file or a recovery sheet; the host's own folder of keys if none is given.
    pub key: Option<PathBuf>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it was read, without a password.
    pub source: String,
    /// What the living history lacks, each entry proved; and what is missing, damaged or strange.
    pub lost: Lost,
}

/// What every reader works with.
struct Ground<'g> {
    host: &'g Host,
    slug: &'g Slug,
    keys: &'g Keys,
    /// Where copies may be made.
    passing: &'g Path,
}

/// Reads a source to its end. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`SourceError`]; nothing changed, neither here nor there.
pub fn read(host: &Host, commune: &Arc<Commune>, asked: &Asked) -> Result<Found, SourceError> {
    let named = asked
        .key
        .as_ref()
        .map(|file| Keys::read(file, &commune.slug))
        .transpose()?;
    let passing = host.data().join(PASSING);
    let ground = Ground {
        host,
        slug: &commune.slug,
        keys: named.as_ref().unwrap_or(&commune.keys),
        passing: &passing,
    };
    let mut sieve = Sieve::over(&commune.store);
    let mut problems = Vec::new();
    let from = asked.from.trim();
    let sealed = take(&ground, from, &mut sieve, &mut problems)?;
    let source = hide_password(from);
    if !sealed && !sieve.is_empty() && !is_kin(&sieve, &commune.slug)? {
        return Err(SourceError::Unrelated {
            from: source,
            slug: commune.slug.clone(),
        });
    }
    Ok(Found {
        source,
        lost: sieve.finish(problems)?,
    })
}

/// Answers whether the commune's key proved it.
fn take(
    ground: &Ground<'_>,
    from: &str,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<bool, SourceError> {
    if server::is_address(from) {
        server::read(ground, from, sieve, problems)?;
        return Ok(false);
    }
    if TargetAddress::is_url(from) {
        let address: TargetAddress = from.parse().map_err(|error| SourceError::Unreadable {
            from: hide_password(from),
            why: format!("{error}"),
        })?;
        sealed::target(ground, &Target::open(&address)?, sieve, problems)?;
        return Ok(true);
    }
    let path = PathBuf::from(from);
    let meta = match fs::metadata(&path) {
        Ok(meta) => meta,
        Err(error) => {
            return match ground.host.backend().pool() {
                // What a restore on a database server answered.
                Some(pool) if !from.contains('/') => match server::one(pool, from, sieve) {
                    Ok(()) => Ok(false),
                    Err(SourceError::Store(StoreError::Moved)) => Err(SourceError::Nothing {
                        from: from.to_owned(),
                        slug: ground.slug.clone(),
                    }),
                    Err(error) => Err(error),
                },
                _ => Err(SourceError::Unreadable {
                    from: from.to_owned(),
                    why: error.to_string(),
                }),
            };
        }
    };
    if meta.is_dir() {
        return folder::read(ground, &path, sieve, problems);
    }
    let own = ground.host.backend().store_path(ground.slug);
    if own.is_some_and(|own| folder::same_file(&own, &path)) {
        return Err(SourceError::Itself {
            from: from.to_owned(),
            slug: ground.slug.clone(),
        });
    }
    Ok(file::read(ground, &path, sieve, problems)? == file::Kind::Snapshot)
}

/// A commune that was rebuilt from its key and its tablets shares no entry with what it was: its name must do.
fn is_kin(sieve: &Sieve<'_>, slug: &Slug) -> Result<bool, StoreError> {
    if sieve.is_kin()? {
        return Ok(true);
    }
    Ok(sieve.living.was_rebuilt()? && sieve.founded_as().is_some_and(|name| name == slug.as_str()))
}
