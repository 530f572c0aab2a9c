//! What the tablet could not do. Each message says what happened, what is kept, and what to do.

use shared::wire::words;

/// What the tablet could not do.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// The tablet is not enrolled.
    #[error("Cette tablette n’est pas encore associée. Demandez un code à la mairie, puis associez-la.")]
    NotEnrolled,
    /// It is enrolled already.
    #[error("Cette tablette est déjà associée à « {0} ». Utilisez un autre dossier pour une autre tablette.")]
    AlreadyEnrolled(String),
    /// Somebody must say who they are first.
    #[error("Dites d’abord qui pointe.")]
    NobodyHolds,
    /// What was asked cannot be done.
    #[error("{0}")]
    Refused(String),
    /// The town hall closed attendance, and nobody decided to point all the same.
    #[error(
        "Le pointage est {}. {message} Rien n’est enregistré.",
        if *.closed { "fermé" } else { "en lecture seule" }
    )]
    Closed {
        /// Closed, not only read-only.
        closed: bool,
        /// What the town hall says.
        message: String,
    },
    /// The rights of this tablet were taken away.
    #[error(
        "Cette tablette a été retirée par la mairie. Ses pointages restent sur elle ; rapportez-la à la mairie."
    )]
    Withdrawn,
    /// No server answered.
    #[error(
        "Le serveur ne répond pas ({0}). Rien n’est perdu : les pointages restent sur la tablette et partiront plus tard."
    )]
    NoNetwork(String),
    /// The server asks to come back later.
    #[error(
        "Le serveur demande d’attendre ({why}). Rien n’est perdu : les pointages restent sur la tablette et partiront plus tard."
    )]
    Later {
        /// Its reason.
        why: String,
        /// After how many seconds, where it said so.
        after_s: Option<u64>,
        /// It took today's marks before.
        today: bool,
    },
    /// What the server said cannot be believed.
    #[error(
        "La réponse du serveur n’est pas signée par la collectivité ({0}). Rien n’a été changé ; prévenez la mairie."
    )]
    Untrusted(String),
    /// Of all that the server said, a list cannot be believed.
    #[error(
        "Une liste reçue n’est pas signée par la collectivité ({0}). La tablette garde celle qu’elle avait, le reste a été échangé. Synchronisez encore ; si cela dure, prévenez la mairie."
    )]
    ListRefused(String),
    /// The disk is full or cannot be written.
    #[error(
        "La tablette ne peut plus écrire sur son disque ({0}). Ce pointage n’est pas enregistré : libérez de la place, puis recommencez."
    )]
    Disk(String),
    /// The file is damaged.
    #[error(
        "Le fichier de la tablette est endommagé ({0}). N’effacez rien : mettez-le de côté et repartez du serveur, ou rapportez la tablette à la mairie."
    )]
    Damaged(String),
    /// A fault of ours.
    #[error("Erreur de la tablette ({0}). Les pointages déjà enregistrés sont gardés.")]
    Fault(String),
}

impl ReplicaError {
    /// The exit code of the command line.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NotEnrolled | Self::AlreadyEnrolled(_) | Self::Refused(_) | Self::Withdrawn => 2,
            Self::Closed { .. } => 2,
            Self::NobodyHolds => 2,
            Self::Untrusted(_) | Self::ListRefused(_) => 2,
            Self::NoNetwork(_) | Self::Later { .. } => 3,
            Self::Damaged(_) => 4,
            Self::Disk(_) | Self::Fault(_) => 1,
        }
    }

    /// The server asks to come back later, and took nothing.
    pub(crate) fn later(why: String, after_s: Option<u64>) -> Self {
        Self::Later {
            why,
            after_s,
            today: false,
        }
    }

    /// What a server's word and sentence mean.
    pub(crate) fn said(word: &str, message: String) -> Self {
        match word {
            words::WITHDRAWN => Self::Withdrawn,
            _ => Self::Refused(message),
        }
    }
}

impl From<rusqlite::Error> for ReplicaError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            Some(Code::DiskFull | Code::CannotOpen | Code::ReadOnly | Code::SystemIoFailure) => {
                Self::Disk(error.to_string())
            }
            _ => Self::Fault(error.to_string()),
        }
    }
}

impl From<shared::sheet::Fault> for ReplicaError {
    fn from(fault: shared::sheet::Fault) -> Self {
        Self::Fault(format!("feuille : {fault}"))
    }
}

impl From<shared::codec::Unreadable> for ReplicaError {
    fn from(error: shared::codec::Unreadable) -> Self {
        Self::Damaged(error.to_string())
    }
}
