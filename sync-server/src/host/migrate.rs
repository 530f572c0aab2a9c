//! Every commune's schema brought up to date, one after the other. A town that fails stops nobody;
//! a run that was cut short is run again, and goes on where it stopped.

use serde::Serialize;
use shared::slug::Slug;

use super::{Backend, HostError};
use crate::clock::Clock;
use crate::store::{Standing, StoreError};

/// What became of one store.
#[derive(Debug, Serialize)]
pub struct Migrated {
    /// The commune; absent for the list of communes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<Slug>,
    /// The newest migration it had; 0 where it had none.
    pub from: i32,
    /// The newest that it has.
    pub to: i32,
    /// Names of the migrations that were run; those that would be, in a dry run.
    pub applied: Vec<String>,
    /// What went wrong, if anything.
    pub error: Option<String>,
    /// Whether the store is damaged.
    #[serde(skip)]
    pub damaged: bool,
}

/// What became of all.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Nothing went wrong.
    pub ok: bool,
    /// Nothing was changed.
    pub dry_run: bool,
    /// The list of communes.
    pub control: Migrated,
    /// The communes, by slug.
    pub communes: Vec<Migrated>,
}

/// Migrates all stores of a host; with `dry_run`, says what would be done.
///
/// # Errors
/// [`HostError`] when the list of communes cannot be read or migrated; what happens to a commune is
/// in the report.
pub fn migrate(backend: &Backend, clock: Clock, dry_run: bool) -> Result<Report, HostError> {
    let standing = backend.standing_of_control()?;
    if !dry_run {
        backend.control()?;
    }
    let control = done(None, standing, dry_run);
    let communes: Vec<Migrated> = backend
        .slugs()?
        .into_iter()
        .map(|slug| one(backend, slug, clock, dry_run))
        .collect();
    Ok(Report {
        ok: communes.iter().all(|commune| commune.error.is_none()),
        dry_run,
        control,
        communes,
    })
}

fn one(backend: &Backend, slug: Slug, clock: Clock, dry_run: bool) -> Migrated {
    let standing = match backend.standing(&slug) {
        Ok(standing) => standing,
        Err(error) => return failed(slug, 0, &error),
    };
    if !dry_run && let Err(error) = backend.open(&slug, clock) {
        return failed(slug, standing.has, &error);
    }
    done(Some(slug), standing, dry_run)
}

fn done(slug: Option<Slug>, standing: Standing, dry_run: bool) -> Migrated {
    let reached = standing.has.max(standing.wants);
    Migrated {
        slug,
        from: standing.has,
        to: if dry_run { standing.has } else { reached },
        applied: standing.pending,
        error: None,
        damaged: false,
    }
}

fn failed(slug: Slug, from: i32, error: &StoreError) -> Migrated {
    tracing::error!(commune = %slug, %error, "a commune could not be migrated; the others go on");
    Migrated {
        slug: Some(slug),
        from,
        to: from,
        applied: Vec::new(),
        error: Some(error.to_string()),
        damaged: matches!(error, StoreError::Damaged(_)),
    }
}

#[cfg(test)]
mod tests;
