//! Why keys cannot be had or kept.

use std::path::PathBuf;

use shared::slug::Slug;

/// What is wrong with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no key file.
    #[error(
        "La clé de « {slug} » manque : {path} n’existe pas. Remettez-y la copie gardée ailleurs, ou ressaisissez la fiche de secours (« key import {slug} »)."
    )]
    Missing {
        /// The commune.
        slug: Slug,
        /// Where it should be.
        path: PathBuf,
    },
    /// The key file cannot be read or is not one.
    #[error("La clé {path} est illisible : {why}. Remettez la copie gardée ailleurs.")]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A key file cannot be written.
    #[error("La clé ne peut être écrite dans {path} : {why}. Rien n’a changé.")]
    Unwritable {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The key is of another commune.
    #[error("La clé {path} est celle de « {other} », pas de « {slug} ».")]
    Another {
        /// Where.
        path: PathBuf,
        /// Whose it is.
        other: String,
        /// Whose it should be.
        slug: Slug,
    },
    /// Another key is in its place.
    #[error(
        "{path} contient déjà une autre clé de « {slug} » : elle n’est jamais remplacée. Si elle n’est plus bonne, mettez-la de côté vous-même, puis recommencez. Rien n’a changé."
    )]
    Taken {
        /// The commune.
        slug: Slug,
        /// Where.
        path: PathBuf,
    },
    /// What is to be opened was sealed with a key that is not there.
    #[error(
        "Il faut la clé d’expédition {needed} de « {commune} ». Dans {place} ne se trouve que {}. Retrouvez la copie de cette clé ou sa fiche de secours, et donnez-la avec « key import {commune} » ou --key.",
        .has.join(", ")
    )]
    NotAmong {
        /// The commune.
        commune: String,
        /// The fingerprint of the key that is needed.
        needed: String,
        /// Where it was looked for.
        place: String,
        /// The fingerprints of those that are there.
        has: Vec<String>,
    },
    /// A recovery sheet was typed with faults.
    #[error("La fiche de secours ne peut être lue. Rien n’a changé.\n{}", .0.join("\n"))]
    Sheet(Vec<String>),
    /// Somebody else changes a key of this folder right now.
    #[error("Une autre commande change une clé de {0} en ce moment. Attendez sa fin, puis recommencez.")]
    Busy(PathBuf),
}
