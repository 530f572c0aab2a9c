//! What lies off-site: where each object of a commune stands, and how it is sealed.
//!
//! Under a target (a folder, a bucket) everything of a commune stands below its short name:
//!
//! ```text
//! SLUG/journal/BRANCH/FIRST-LAST-HASH8.segment
//! SLUG/snapshots/SEQ-BRANCH8-MADEAT.snapshot
//! SLUG/withdrawals/DIGEST16.withdrawals
//! SLUG/addresses
//! SLUG/lists/YYYY-MM-DD/SITE-SEQ.list
//! SLUG/public/index.html
//! SLUG/public/feed.atom
//! ```
//!
//! A [`Segment`] holds consecutive entries of the journal, all of one branch; [`Withdrawals`] the
//! whole grow-only set as it once stood; a [`PrintedList`] what is printed for a site and day. They are
//! sealed ([`seal`], [`open`]) with the commune's shipping key; snapshots have their own format
//! ([`crate::snapshot`]); addresses are signed and in clear; what is public is a page and a feed. Names ([`Name`]) only help to find objects: what the sealed content says counts.
//! `docs/formats.md` has every byte.

mod list;
mod name;
mod sealed;
mod segment;
#[cfg(test)]
mod tests;
mod withdrawals;

pub use list::{Printed, PrintedList};
pub use name::{Name, addresses, branch_journal, journal, lists, lists_of, snapshots, withdrawals};
pub use sealed::{Head, Kind, LARGEST_CONTENT, LARGEST_OBJECT, MAGIC, VERSION, open, seal};
pub use segment::{BranchBirth, MAX_ENTRIES, SEGMENT_BYTES, Segment, Shipped};
pub use withdrawals::{MAX_WITHDRAWN, Withdrawals};

use crate::codec::Unreadable;
use crate::slug::Slug;

/// Why an object is not what it should be. Each says in French what it is, for whoever restores.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Cut, changed, or never written by Préau.
    #[error("abîmé, coupé ou étranger à Préau ({0})")]
    Damaged(String),
    /// Made by a program that knows more.
    #[error("écrit par une version plus récente de Préau ({0}) : mettez d’abord le programme à jour")]
    Newer(u32),
    /// Sealed with another key.
    #[error("scellé avec une autre clé que celle de cette collectivité : il faut la clé d’alors")]
    Key,
    /// It is another commune's.
    #[error("de la collectivité « {0} », pas de celle-ci")]
    Commune(Slug),
    /// It is an object of another kind.
    #[error("un objet d’une autre sorte que ne le dit son nom")]
    Kind,
    /// It opens, but the commune did not sign what is in it.
    #[error("pas signé par la clé de cette collectivité : n’en croyez rien")]
    Signature,
    /// It opens, but its entries are no consecutive piece of one branch.
    #[error("une suite d’opérations qui ne se tient pas ({0})")]
    Chain(String),
}

impl From<Unreadable> for Refused {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::Newer(version) => Self::Newer(version),
            other => Self::Damaged(other.to_string()),
        }
    }
}
