//! A segment: consecutive entries of a commune's journal, all of one branch.

use minicbor::{Decode, Encode};

use super::{Head, Kind, Refused, open, seal};
use crate::codec::{Blob, Hash32, at_most, decode, encode};
use crate::ids::BranchId;
use crate::journal::{ENTRY_VERSION, Header, commitment, entry_hash};
use crate::receipt::Position;
use crate::slug::Slug;
use crate::time::UtcMs;

/// Entries of a segment weigh so much at most, in bytes; one larger entry stands alone.
pub const SEGMENT_BYTES: usize = 4 << 20;
/// A segment holds so many entries at most.
pub const MAX_ENTRIES: usize = 5_000;

/// How a branch began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BranchBirth {
    /// The branch.
    #[n(0)]
    pub id: BranchId,
    /// The last entry of the history it goes on from, on the branch that was current there; `None`
    /// for a commune's first branch.
    #[n(1)]
    pub parent: Option<Position>,
    /// Server clock when it began.
    #[n(2)]
    pub born_at: UtcMs,
}

/// One entry of the journal. Its hash follows from the entry before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Shipped {
    /// What the chain hashes.
    #[n(0)]
    pub header: Header,
    /// Salt of the commitment; gone with an erased body.
    #[n(1)]
    pub salt: Option<Hash32>,
    /// The encoded body; `None` once erased.
    #[n(2)]
    pub body: Option<Blob>,
    /// The encoded outcome.
    #[n(3)]
    pub outcome: Blob,
}

impl Shipped {
    /// Whether body and outcome are those committed to; an erased body is.
    pub fn keeps_its_word(&self) -> bool {
        match (&self.salt, &self.body) {
            (Some(salt), Some(body)) => commitment(salt, &body.0, &self.outcome.0) == self.header.commitment,
            (None, None) => true,
            _ => false,
        }
    }

    /// About how many bytes it takes in a segment.
    pub fn weight(&self) -> usize {
        256 + self.body.as_ref().map_or(0, |body| body.0.len()) + self.outcome.0.len()
    }
}

/// Consecutive entries of one branch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Segment {
    /// Their branch.
    #[n(0)]
    pub branch: BranchBirth,
    /// The entry before the first: the branch's parent as it stands there where the first is the
    /// first of its branch, `[branch, 0, zeros]` before the first of all.
    #[n(1)]
    pub before: Position,
    /// The entries, at least one.
    #[cbor(n(2), decode_with = "at_most::<MAX_ENTRIES, _, _>")]
    pub entries: Vec<Shipped>,
}

impl Segment {
    /// Proves that its entries are a consecutive piece of one branch, each true to its commitment.
    /// Answers the last.
    ///
    /// # Errors
    /// [`Refused::Chain`], or [`Refused::Newer`] for an entry of a newer version.
    pub fn check(&self) -> Result<Position, Refused> {
        let wrong = |why: String| Err(Refused::Chain(why));
        let begins_well = match self.branch.parent {
            Some(parent) if self.before.seq == parent.seq => self.before == parent,
            Some(parent) => self.before.seq > parent.seq && self.before.branch == self.branch.id,
            None => {
                self.before.branch == self.branch.id
                    && (self.before.seq > 0 || self.before.hash == Hash32::ZERO)
            }
        };
        if !begins_well {
            return wrong("elle ne commence pas sur sa branche".into());
        }
        let mut last = Position {
            branch: self.branch.id,
            ..self.before
        };
        for entry in &self.entries {
            let header = &entry.header;
            if header.version > ENTRY_VERSION {
                return Err(Refused::Newer(header.version));
            }
            if header.branch != self.branch.id || last.seq.checked_add(1) != Some(header.seq) {
                return wrong(format!("l’opération {} n’y est pas à sa place", header.seq));
            }
            if !entry.keeps_its_word() {
                return wrong(format!("l’opération {} n’est pas celle annoncée", header.seq));
            }
            last.seq = header.seq;
            last.hash = entry_hash(&last.hash, header);
        }
        if self.entries.is_empty() {
            return wrong("elle est vide".into());
        }
        Ok(last)
    }

    /// Its entries, each with the hash of the one before and its own.
    pub fn linked(&self) -> impl Iterator<Item = (Hash32, &Shipped, Hash32)> {
        let mut previous = self.before.hash;
        self.entries.iter().map(move |entry| {
            let before = previous;
            previous = entry_hash(&before, &entry.header);
            (before, entry, previous)
        })
    }

    /// Seals it. `salt` is drawn at random by the caller, for this object alone.
    ///
    /// # Errors
    /// [`Refused`] when it is no consecutive piece of one branch, or too large.
    pub fn seal(&self, commune: &Slug, shipping: &Hash32, salt: Hash32) -> Result<Vec<u8>, Refused> {
        self.check()?;
        let head = Head::new(commune.clone(), shipping, salt, Kind::Segment);
        seal(shipping, &head, &encode(self))
    }

    /// Opens and proves one. Answers it and its last entry.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn open(commune: &Slug, shipping: &Hash32, bytes: &[u8]) -> Result<(Self, Position), Refused> {
        let segment: Self = decode(&open(shipping, commune, Kind::Segment, bytes)?)?;
        let last = segment.check()?;
        Ok((segment, last))
    }
}
