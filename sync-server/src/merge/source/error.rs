//! Why nothing can be read from a source. Whatever it was, nothing changed: neither here nor there.

use shared::slug::Slug;

use crate::host::HostError;
use crate::keys::KeyError;
use crate::offsite::TargetError;
use crate::restore::RestoreError;
use crate::snapshot::SnapshotError;
use crate::store::StoreError;

/// What stopped the reading.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The host or the commune is not as it should be.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The living store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key is missing or wrong.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A snapshot cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The off-site target failed.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The off-site target holds something that stops everything.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// It cannot be opened.
    #[error("{from} ne peut pas être lu : {why}. Rien n’a changé.")]
    Unreadable {
        /// As it was given, without a password.
        from: String,
        /// What is wrong.
        why: String,
    },
    /// It is another commune's.
    #[error("Cet instantané est celui de « {other} », pas de « {slug} ». Rien n’a changé.")]
    Another {
        /// Whose it is.
        other: Slug,
        /// Whose it should be.
        slug: Slug,
    },
    /// A store that has nothing in common with the living one.
    #[error(
        "Ce qui est dans {from} n’a rien de commun avec « {slug} » : ni opération, ni branche connue d’elle. C’est l’histoire d’une autre collectivité, ou d’un autre serveur. Rien n’a changé."
    )]
    Unrelated {
        /// Where it was read.
        from: String,
        /// The commune.
        slug: Slug,
    },
    /// There is nothing of this commune.
    #[error("Rien de « {slug} » dans {from}. Vérifiez l’adresse et l’identifiant. Rien n’a changé.")]
    Nothing {
        /// Where it was looked for.
        from: String,
        /// The commune.
        slug: Slug,
    },
    /// Nothing of what is there can be read.
    #[error("Rien de ce qui est dans {from} ne peut être lu. Rien n’a changé.\n{}", .problems.join("\n"))]
    Unusable {
        /// Where.
        from: String,
        /// What is wrong with each.
        problems: Vec<String>,
    },
    /// The living store itself was named.
    #[error(
        "{from} est le stockage en service de « {slug} » : il n’y a rien à y retrouver. Nommez le disque, l’instantané ou le stockage mis à l’écart. Rien n’a changé."
    )]
    Itself {
        /// As it was given.
        from: String,
        /// The commune.
        slug: Slug,
    },
}

impl From<std::io::Error> for SourceError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable {
            from: "Un fichier".into(),
            why: error.to_string(),
        }
    }
}
