//! What became of an operation.

use minicbor::{Decode, Encode};

/// The whole answer to an operation that was applied; the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Outcome {
    /// Done; there is nothing more to say.
    #[n(0)]
    Done,
    /// The thing changed is at this version now.
    #[n(1)]
    Version(#[n(0)] i64),
    /// Reservations.
    #[n(2)]
    Reserved {
        /// How many were made or cancelled.
        #[n(0)]
        changed: u32,
        /// How many stood so already.
        #[n(1)]
        already: u32,
    },
    /// Marks.
    #[n(3)]
    Marks {
        /// How many were stored.
        #[n(0)]
        stored: u32,
        /// How many were there already.
        #[n(1)]
        already: u32,
    },
    /// Signed data handed back.
    #[n(4)]
    Envelopes {
        /// How many were kept.
        #[n(0)]
        stored: u32,
        /// How many were there already.
        #[n(1)]
        already: u32,
    },
}

/// Why an operation was not applied. Nothing changed and nothing was journaled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The same id was used for something else.
    #[error("Cette demande porte le numéro d’une autre. Recommencez depuis la page.")]
    IdReused,
    /// What the operation speaks of is not in the record.
    #[error("Introuvable : {0}. Rechargez la page.")]
    NotFound(&'static str),
    /// A short name or login is taken.
    #[error("« {0} » est déjà pris. Choisissez un autre nom.")]
    Taken(String),
    /// Somebody changed the thing meanwhile; it is at this version now.
    #[error("Quelqu’un d’autre vient de modifier cette fiche. Rechargez-la, puis refaites votre changement.")]
    Changed {
        /// The version in the record.
        version: i64,
    },
    /// A field does not fit.
    #[error("{0}")]
    Invalid(String),
    /// The one-time code or link does not exist.
    #[error("Ce code n’existe pas. Vérifiez-le, ou demandez-en un autre à la mairie.")]
    CodeUnknown,
    /// The one-time code or link was used.
    #[error("Ce code a déjà servi. Demandez-en un autre à la mairie.")]
    CodeUsed,
    /// The one-time code or link is too old.
    #[error("Ce code a expiré. Demandez-en un autre à la mairie.")]
    CodeExpired,
    /// A part of the service is closed; what people are told of it.
    #[error("{0}")]
    Closed(String),
    /// The actor has no right to do this.
    #[error("Vous n’avez pas le droit de faire cela. Adressez-vous à l’administrateur.")]
    Forbidden,
    /// The actor's rights were taken away.
    #[error("Cet appareil ou ce compte a été retiré. Adressez-vous à la mairie.")]
    Withdrawn,
}
