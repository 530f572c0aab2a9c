//! Why a commune did not come back. Whatever it was, the old store is as it was.

use shared::slug::Slug;
use shared::time::UtcMs;

use crate::corridor::CorridorError;
use crate::host::HostError;
use crate::keys::KeyError;
use crate::offsite::TargetError;
use crate::snapshot::SnapshotError;
use crate::store::StoreError;

/// What stopped a restore.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The host failed, or is served.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A key is missing or wrong.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The new branch could not be begun.
    #[error(transparent)]
    Corridor(#[from] CorridorError),
    /// A snapshot cannot be read or poured out.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The target failed.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// What to restore from cannot be opened.
    #[error("{from} ne peut être lu : {why}.")]
    Source {
        /// As it was given.
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
    /// There is nothing of this commune.
    #[error(
        "Rien de « {slug} » dans {from} : ni instantané, ni journal. Vérifiez l’adresse et l’identifiant. Rien n’a changé."
    )]
    Nothing {
        /// The commune.
        slug: Slug,
        /// Where it was looked for.
        from: String,
    },
    /// Nothing of what is there can be used.
    #[error("Rien de ce qui est dans {from} ne peut être repris. Rien n’a changé.\n{}", .problems.join("\n"))]
    Unusable {
        /// Where.
        from: String,
        /// What is wrong with each.
        problems: Vec<String>,
    },
    /// The moment asked for is before the first entry.
    #[error(
        "À cet instant ({at}) il n’y avait encore rien : la première opération est du {first}. Rien n’a changé."
    )]
    TooEarly {
        /// The moment.
        at: UtcMs,
        /// When the first entry had been received.
        first: UtcMs,
    },
    /// Written by a newer program.
    #[error(
        "{object} vient d’une version plus récente de Préau : mettez d’abord ce programme à jour. Rien n’a changé."
    )]
    Newer {
        /// What.
        object: String,
    },
    /// Somebody else restores, creates or moves right now.
    #[error(
        "Une autre restauration, une création ou un déménagement est en cours sur ces données. Attendez sa fin, puis recommencez. Rien n’a changé."
    )]
    Busy,
    /// The commune to rebuild has a record.
    #[error(
        "« {0} » existe ici et n’est pas vide : « commune rebuild » ne reconstruit que ce qui n’est plus. Si ces données sont bonnes, lancez simplement le serveur ; sinon « restore » les remplace en les gardant à l’écart. Rien n’a changé."
    )]
    NotEmpty(Slug),
}
