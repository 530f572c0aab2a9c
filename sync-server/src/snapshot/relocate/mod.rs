//! A commune moves from one store to another: from a file into a database, back, or to another
//! folder or database.
//!
//! One write transaction on the source does all that may fail: while it lasts, every writer of every
//! process waits. It ends by sealing the source: from then on every write there, and every
//! answer that would promise something, fails with [`StoreError::Moved`]. What follows the seal (the
//! destination's list, the source's list, the old store set aside) is done again, from the seal, by
//! whoever runs the same move again after it was killed. Before the seal nothing of the source has
//! changed.
//!
//! The branch stays the same: nothing was lost, so tablets have nothing to hand in again.

mod carry;
mod ground;
mod seal;

use std::sync::Arc;

use shared::receipt::Position;
use shared::slug::Slug;

use super::SnapshotError;
use crate::corridor::journal;
use crate::host::{Host, HostError};
use crate::keys::{KeyError, Keys};
use crate::store::{Store, StoreAddress, StoreError};

pub use ground::examine;
pub use seal::Seal;

/// The points at which a move may be killed, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The snapshot is written.
    Written,
    /// The destination is filled.
    Filled,
    /// The destination is verified, and has the key.
    Verified,
    /// The source's seal is written, and not yet committed.
    Sealing,
    /// The source is sealed.
    Sealed,
    /// The destination's list names the commune.
    Listed,
    /// The source's list says where it went.
    Marked,
    /// The old store is set aside.
    SetAside,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 8] = [
        Self::Written,
        Self::Filled,
        Self::Verified,
        Self::Sealing,
        Self::Sealed,
        Self::Listed,
        Self::Marked,
        Self::SetAside,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Filled => "filled",
            Self::Verified => "verified",
            Self::Sealing => "sealing",
            Self::Sealed => "sealed",
            Self::Listed => "listed",
            Self::Marked => "marked",
            Self::SetAside => "set-aside",
        }
    }
}

/// Who is told of each step.
pub type Steps = Arc<dyn Fn(Step) + Send + Sync>;

/// What a move came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it was, without a password.
    pub from: String,
    /// What the source's seal says.
    pub seal: Seal,
    /// Where the old store was set aside.
    pub set_aside: String,
}

/// Why a commune did not move.
#[derive(Debug, thiserror::Error)]
pub enum RelocateError {
    /// A host failed.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The copy failed.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// A key cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The destination cannot take it.
    #[error("{0}")]
    Ground(String),
    /// The destination has another commune of this name.
    #[error("« {slug} » existe déjà à l’arrivée ({to}). Rien n’a changé.")]
    Taken {
        /// The commune.
        slug: Slug,
        /// Where.
        to: String,
    },
    /// The destination's folder has another key of this name.
    #[error("Le dossier {folder} a déjà une autre clé pour « {slug} ». Retirez-la d’abord. Rien n’a changé.")]
    OtherKey {
        /// The commune.
        slug: Slug,
        /// The folder of keys.
        folder: String,
    },
    /// It went elsewhere already.
    #[error("« {slug} » est déjà partie vers {to}. Relancez avec --to {to} pour terminer ce déménagement.")]
    Elsewhere {
        /// The commune.
        slug: Slug,
        /// Where.
        to: String,
    },
    /// Somebody else moves it right now.
    #[error("Un autre déménagement ou une création est en cours. Attendez sa fin, puis recommencez.")]
    Busy,
    /// `verify` found problems in the copy.
    #[error("La copie ne passe pas la vérification ; la source n’a pas changé. « verify » sur la source les montre.\n{}", .0.join("\n"))]
    Unsound(Vec<String>),
    /// The source is sealed, and its destination does not hold what it was given.
    #[error(
        "« {slug} » est scellée depuis son départ vers {to}, mais l’arrivée ne contient pas ce qui y avait été copié. Remettez en place le stockage d’arrivée, puis relancez."
    )]
    Lost {
        /// The commune.
        slug: Slug,
        /// Where it went.
        to: String,
    },
}

/// Moves a commune, or finishes a move that was cut short.
///
/// # Errors
/// [`RelocateError`]. Before the seal nothing of the source has changed; after it, the same call
/// finishes.
pub fn relocate(
    from: &Arc<Host>,
    to: &Arc<Host>,
    slug: &Slug,
    steps: &Steps,
) -> Result<Moved, RelocateError> {
    let place = place_of(to);
    let line = from
        .line(slug)?
        .ok_or_else(|| HostError::Unknown(slug.to_string()))?;
    let _alone = from.backend().try_lock("move")?.ok_or(RelocateError::Busy)?;
    let elsewhere = |to: &str| RelocateError::Elsewhere {
        slug: slug.clone(),
        to: to.to_owned(),
    };
    if let Some((went, at)) = &line.moved {
        if *went != place {
            return Err(elsewhere(went));
        }
        let name = aside(from, slug, *at)?;
        let store = from.backend().open_aside(&name)?;
        let seal = store.read(seal::find)?.ok_or_else(|| unsealed(slug))?;
        return Ok(moved(from, seal, name));
    }
    let store = from.backend().open(slug, from.clock)?;
    let sealed = store.read(seal::find)?;
    if let Some(seal) = &sealed
        && seal.to != place
    {
        return Err(elsewhere(&seal.to));
    }
    let _no_other = to.backend().try_lock("create")?.ok_or(RelocateError::Busy)?;
    let listed = to.line(slug)?.is_some_and(|line| line.moved.is_none());
    let seal = match sealed {
        Some(seal) => {
            holds(to, slug, &seal, &place)?;
            seal
        }
        None if listed => {
            return Err(RelocateError::Taken {
                slug: slug.clone(),
                to: place,
            });
        }
        None => carry::carry(from, to, slug, &store, steps)?,
    };
    steps(Step::Sealed);
    store.announce();
    if !listed {
        to.enlist(slug, &line)?;
    }
    steps(Step::Listed);
    from.mark_moved(slug, &place, seal.at)?;
    steps(Step::Marked);
    // A store at rest is one file: whoever closes it last folds its log in.
    drop(store);
    let name = aside(from, slug, seal.at)?;
    steps(Step::SetAside);
    Ok(moved(from, seal, name))
}

fn moved(from: &Host, seal: Seal, set_aside: String) -> Moved {
    Moved {
        from: place_of(from),
        seal,
        set_aside,
    }
}

fn aside(from: &Host, slug: &Slug, at: shared::time::UtcMs) -> Result<String, RelocateError> {
    // To the hundredth of a second: a town that went away twice left two stores.
    let hundredths = at.0.rem_euclid(1000) / 10;
    let stamp = format!("{}{hundredths:02}", at.utc().format("%Y%m%d%H%M%S"));
    Ok(from.backend().set_moved_aside(slug, &stamp)?)
}

fn unsealed(slug: &Slug) -> StoreError {
    StoreError::Damaged(format!("the store that {slug} left says nothing of it"))
}

/// Whether the destination of an earlier attempt holds what was sealed.
fn holds(to: &Host, slug: &Slug, seal: &Seal, place: &str) -> Result<(), RelocateError> {
    let lost = || RelocateError::Lost {
        slug: slug.clone(),
        to: place.to_owned(),
    };
    Keys::load(&to.setup().keys, slug)?;
    let store: Store = match to.backend().open(slug, to.clock) {
        Err(StoreError::Moved) => return Err(lost()),
        opened => opened?,
    };
    let at = Position {
        branch: seal.branch,
        seq: seal.entries,
        hash: seal.head,
    };
    if store.read(|tx| journal::contains(tx, &at))? {
        Ok(())
    } else {
        Err(lost())
    }
}

/// Where a host's stores lie, in the same words from wherever it is asked, without a password.
pub fn place_of(host: &Host) -> String {
    match &host.setup().store {
        StoreAddress::Folder(folder) => std::fs::canonicalize(folder)
            .unwrap_or_else(|_| folder.clone())
            .display()
            .to_string(),
        address @ StoreAddress::Postgres(_) => address.to_string(),
    }
}
