//! The set of withdrawals as it once stood. The set only grows: who reads takes the union of all objects.

use minicbor::{Decode, Encode};

use super::{Head, Kind, Refused, open, seal};
use crate::codec::{Hash32, at_most, decode, encode};
use crate::sign::{PublicKey, sha256};
use crate::slug::Slug;
use crate::withdrawal::Withdrawal;

/// A set holds so many at most.
pub const MAX_WITHDRAWN: usize = 200_000;

/// A set of withdrawals, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Withdrawals {
    #[cbor(n(0), decode_with = "at_most::<MAX_WITHDRAWN, _, _>")]
    set: Vec<Withdrawal>,
}

impl Withdrawals {
    /// The set of these; each stands in it once.
    pub fn of(all: impl IntoIterator<Item = Withdrawal>) -> Self {
        let mut set: Vec<Withdrawal> = all.into_iter().collect();
        set.sort();
        set.dedup();
        Self { set }
    }

    /// Its members.
    pub fn all(&self) -> &[Withdrawal] {
        &self.set
    }

    /// What names it: the same set has the same digest.
    pub fn digest(&self) -> Hash32 {
        sha256(&[b"preau/withdrawals/1\0", &encode(self)])
    }

    /// Those that the commune signed.
    pub fn signed_by(&self, commune: &PublicKey) -> Self {
        Self::of(self.set.iter().copied().filter(|member| member.is_of(commune)))
    }

    /// Both sets together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self::of(self.set.iter().chain(&other.set).copied())
    }

    /// Seals it. `salt` is drawn at random by the caller, for this object alone.
    ///
    /// # Errors
    /// [`Refused::Damaged`] for more than [`MAX_WITHDRAWN`].
    pub fn seal(&self, commune: &Slug, shipping: &Hash32, salt: Hash32) -> Result<Vec<u8>, Refused> {
        if self.set.len() > MAX_WITHDRAWN {
            return Err(Refused::Damaged(format!(
                "{} retraits, c’est trop",
                self.set.len()
            )));
        }
        let head = Head::new(commune.clone(), shipping, salt, Kind::Withdrawals);
        seal(shipping, &head, &encode(self))
    }

    /// Opens one. Whether each member is signed is asked of [`Self::signed_by`].
    ///
    /// # Errors
    /// [`Refused`].
    pub fn open(commune: &Slug, shipping: &Hash32, bytes: &[u8]) -> Result<Self, Refused> {
        let read: Self = decode(&open(shipping, commune, Kind::Withdrawals, bytes)?)?;
        Ok(Self::of(read.set))
    }
}
