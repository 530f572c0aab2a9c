//! Why a turn did not get to its end. Whatever it was, the record is as it was, and nobody waits for it.

use shared::offsite::Refused;

use crate::corridor::CorridorError;
use crate::offsite::TargetError;
use crate::snapshot::SnapshotError;
use crate::store::StoreError;

/// What stopped a turn, in French for the town hall.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// What was put there does not read back as it was.
    #[error(
        "Ce qui vient d’être envoyé se relit mal : {path} est {why}. Rien n’a été effacé ici ; l’envoi est repris."
    )]
    Spoilt {
        /// Which object.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Our own journal is no chain.
    #[error(
        "Le journal de la collectivité ne se tient pas : {0}. Lancez « verify » et gardez toutes les sauvegardes."
    )]
    Journal(Refused),
    /// The snapshot could not be made, or does not read back as it was.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// An operation was refused.
    #[error(transparent)]
    Corridor(#[from] CorridorError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    pub(super) fn spoilt(path: &str, why: impl std::fmt::Display) -> Self {
        Self::Spoilt {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Snapshot(error.into())
    }
}
