//! Why a target did not do what it was asked. Each says in French what to do.

use std::error::Error as _;
use std::io::ErrorKind;

/// Characters of a foreign message that are shown.
const SHOWN: usize = 300;

/// What a target could not do. Nothing of the record is lost by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Its settings cannot be used as they are.
    #[error("La destination {place} ne peut pas être utilisée : {why}")]
    Settings {
        /// Which target.
        place: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// It does not answer, or not in time, or with a fault of its own.
    #[error(
        "La destination {place} ne répond pas ({why}). Vérifiez le réseau, l’adresse (AWS_ENDPOINT) ou le montage ; rien n’est perdu."
    )]
    Unreachable {
        /// Which target.
        place: String,
        /// What it said.
        why: String,
    },
    /// It does not let us.
    #[error(
        "La destination {place} refuse l’accès ({why}). Vérifiez AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY et les droits du seau ou du dossier : lire, lister, écrire, effacer."
    )]
    Denied {
        /// Which target.
        place: String,
        /// What it said.
        why: String,
    },
    /// It is full.
    #[error(
        "La destination {place} est pleine. Faites-y de la place ou agrandissez-la ; rien n’y a été écrasé."
    )]
    Full {
        /// Which target.
        place: String,
    },
    /// An object is larger than anything written by Préau.
    #[error("« {path} » est trop gros ({bytes} octets) : ce n’est pas un objet de Préau.")]
    TooLarge {
        /// Which object.
        path: String,
        /// How large.
        bytes: u64,
    },
    /// The process is about to stop.
    #[error("La destination n’est plus sollicitée : le programme s’arrête.")]
    Stopped,
}

impl TargetError {
    /// Reads what the library said.
    pub(super) fn of(place: &str, error: &object_store::Error) -> Self {
        let place = place.to_owned();
        let why = told(error);
        match error {
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
                Self::Denied { place, why }
            }
            // Some questions are refused without the library saying so in its kind.
            _ if ["401 Unauthorized", "403 Forbidden"]
                .iter()
                .any(|status| why.contains(status)) =>
            {
                Self::Denied { place, why }
            }
            _ => match io_kind(error) {
                Some(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
                    Self::Denied { place, why }
                }
                Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => Self::Full { place },
                _ => Self::Unreachable { place, why },
            },
        }
    }
}

/// The innermost cause and its message, without line breaks and not too long.
fn told(error: &object_store::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let text = innermost.to_string();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(SHOWN)
        .collect()
}

fn io_kind(error: &object_store::Error) -> Option<ErrorKind> {
    let mut next = error.source();
    while let Some(source) = next {
        if let Some(io) = source.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        next = source.source();
    }
    None
}
