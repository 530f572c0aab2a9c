//! The drill: March 2021 played with real processes, and an account of what was lost.
//!
//! `preau-server drill` starts its own program and `preau-tablet` again and again, uses the desk over HTTP, burns the
//! server, rebuilds it elsewhere from the backup of the night before, merges the lost disk when it is found, and
//! counts. Nothing here is a rule of the product: what is compared is read from the record as it lies, and judged
//! by identity ([`tally`]).

mod account;
mod acts;
mod calendar;
mod damage;
mod desk;
mod disk;
mod facts;
mod forms;
mod held;
mod http;
mod programs;
mod report;
mod story;
mod tablets;
mod tally;
mod world;

use std::path::PathBuf;

pub use programs::Stopper;
pub use report::Report;

use crate::host::HostError;
use crate::store::StoreError;

/// The commune of the drill.
const SLUG: &str = "demo";

/// How a drill is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Children pointed in a day, at most.
    pub children: usize,
    /// Where the world stays when all is over.
    pub keep: Option<PathBuf>,
    /// The burnt server shipped off-site as it wrote.
    pub offsite: bool,
    /// The lost disk is never found.
    pub without_disk: bool,
    /// It is found damaged.
    pub damaged: bool,
    /// The database that holds the stores, with its password.
    pub store: Option<String>,
    /// What is done behind everybody's back before the account is drawn up: to see that it is noticed.
    pub sabotage: Option<Sabotage>,
}

/// A way to spoil the world, for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// What a tablet holds alone is deleted before it could hand it in.
    Tablet,
    /// The disk is found, and nobody merges it.
    Merge,
}

/// Why a drill did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// Something that it needs is not there.
    #[error("{0}")]
    Refused(String),
    /// A step did not do what it must.
    #[error("L’exercice n’a pas pu aller au bout : {0}.")]
    Broken(String),
    /// Somebody stopped it.
    #[error("L’exercice a été interrompu ; tout ce qu’il avait lancé est arrêté.")]
    Stopped,
}

impl From<StoreError> for DrillError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<HostError> for DrillError {
    fn from(error: HostError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Plays the drill. `tell` is told what happens, a line each.
///
/// # Errors
/// [`DrillError`] when it did not come to its end; what it had started is ended then.
pub fn play(options: &Options, stopper: Stopper, tell: &(dyn Fn(&str) + Sync)) -> Result<Report, DrillError> {
    let programs = programs::Programs::found(stopper)?;
    let world = world::World::new(options, programs, tell)?;
    story::play(world)
}
