//! Why a snapshot was not made, read or poured out.

use shared::codec::Unreadable;
use shared::slug::Slug;

use crate::store::StoreError;

/// What stopped a snapshot. Whatever it was, the store it came from is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk, or whatever the snapshot is written to or read from.
    #[error("L’instantané ne peut être écrit ou lu : {0}.")]
    Io(#[from] std::io::Error),
    /// The bytes are not those of a snapshot, or not all of them.
    #[error("L’instantané est abîmé ou incomplet : {0}. Prenez-en un autre.")]
    Damaged(String),
    /// Made by a program that knows more.
    #[error(
        "L’instantané vient d’une version plus récente de Préau ({0}). Mettez d’abord le programme à jour."
    )]
    Newer(String),
    /// Made before the store's migrations.
    #[error(
        "L’instantané est au schéma {snapshot}, le stockage au schéma {store} : ouvrez d’abord un stockage au schéma {snapshot}."
    )]
    Older {
        /// The snapshot's schema.
        snapshot: u32,
        /// The store's.
        store: u32,
    },
    /// Sealed with another key.
    #[error(
        "L’instantané de « {0} » est scellé avec une autre clé que celle de ce serveur. Remettez la clé de « {0} » dans le dossier des clés."
    )]
    Key(Slug),
    /// The store to fill holds rows.
    #[error("Le stockage à remplir n’est pas vide (table « {0} »). Rien n’y a été écrit.")]
    NotEmpty(&'static str),
    /// What was written reads back differently.
    #[error(
        "La table « {0} » relue n’est pas celle de l’instantané. La copie est à jeter ; la source n’a pas changé."
    )]
    Differs(String),
}

impl From<Unreadable> for SnapshotError {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::Newer(version) => Self::Newer(format!("format {version}")),
            other => Self::Damaged(other.to_string()),
        }
    }
}
