//! What is printed for a site and day, so that whoever holds the key can print it without any server.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::{Head, Kind, Refused, open, seal};
use crate::codec::{Hash32, date, decode, encode};
use crate::ids::SiteId;
use crate::receipt::Position;
use crate::sign::{PublicKey, Purpose, Signature, SigningKey};
use crate::slug::Slug;
use crate::time::UtcMs;

/// The lists of a site and day as they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Printed {
    /// The site.
    #[n(0)]
    pub site: SiteId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// The day.
    #[cbor(n(2), with = "date")]
    pub date: NaiveDate,
    /// When it was drawn.
    #[n(3)]
    pub made_at: UtcMs,
    /// Up to where the record had been written then.
    #[n(4)]
    pub at: Position,
    /// By which clocks the town lives.
    #[n(5)]
    pub zone: String,
    /// A whole document that loads nothing.
    #[n(6)]
    pub html: String,
}

/// The same, signed by the commune: who can write to the target cannot make one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PrintedList {
    /// What is printed.
    #[n(0)]
    pub printed: Printed,
    /// By the commune's key.
    #[n(1)]
    pub signature: Signature,
}

impl PrintedList {
    /// Signs what is printed.
    pub fn sign(printed: Printed, key: &SigningKey) -> Self {
        let signature = key.sign(Purpose::PrintedList, &encode(&printed));
        Self { printed, signature }
    }

    /// Whether the commune signed it.
    pub fn is_of(&self, commune: &PublicKey) -> bool {
        commune.verifies(Purpose::PrintedList, &encode(&self.printed), &self.signature)
    }

    /// Seals it. `salt` is drawn at random by the caller, for this object alone.
    ///
    /// # Errors
    /// [`Refused::Damaged`] for one that is too long.
    pub fn seal(&self, commune: &Slug, shipping: &Hash32, salt: Hash32) -> Result<Vec<u8>, Refused> {
        let head = Head::new(commune.clone(), shipping, salt, Kind::List);
        seal(shipping, &head, &encode(self))
    }

    /// Opens one that the commune signed.
    ///
    /// # Errors
    /// [`Refused`]; [`Refused::Signature`] where it opens, and another signed it.
    pub fn open(
        commune: &Slug,
        shipping: &Hash32,
        signing: &PublicKey,
        bytes: &[u8],
    ) -> Result<Self, Refused> {
        let read: Self = decode(&open(shipping, commune, Kind::List, bytes)?)?;
        if read.is_of(signing) {
            Ok(read)
        } else {
            Err(Refused::Signature)
        }
    }
}
