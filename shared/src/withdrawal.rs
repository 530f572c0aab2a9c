//! Rights taken away: a signed, grow-only set that every tablet carries and that is merged by
//! union, so that no old backup gives a right back.

use minicbor::{Decode, Encode};
use uuid::Uuid;

#[cfg(feature = "sign")]
pub use signed::Withdrawal;

/// From whom or what a right is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Withdrawn {
    /// A tablet.
    #[n(0)]
    Device,
    /// An agent.
    #[n(1)]
    Agent,
    /// A guardian.
    #[n(2)]
    Guardian,
    /// A collector forbidden by a judgment.
    #[n(3)]
    Collector,
    /// A child whose data was erased.
    #[n(4)]
    Child,
}

impl Withdrawn {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Device,
        Self::Agent,
        Self::Guardian,
        Self::Collector,
        Self::Child,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Agent => "agent",
            Self::Guardian => "guardian",
            Self::Collector => "collector",
            Self::Child => "child",
        }
    }
}

/// The id of whoever is withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Subject(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl From<Uuid> for Subject {
    fn from(id: Uuid) -> Self {
        Self(id.into_bytes())
    }
}

/// What it takes keys to make and to check.
#[cfg(feature = "sign")]
mod signed {
    use minicbor::{Decode, Encode};
    use uuid::Uuid;

    use super::{Subject, Withdrawn};
    use crate::codec::encode;
    use crate::sign::{PublicKey, Purpose, Signature, SigningKey};
    use crate::time::UtcMs;

    /// One member of the set.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
    pub struct Withdrawal {
        /// Of which kind.
        #[n(0)]
        pub kind: Withdrawn,
        /// Who or what.
        #[n(1)]
        pub subject: Subject,
        /// Since when.
        #[n(2)]
        pub at: UtcMs,
        /// By the commune's key, over the three fields above.
        #[n(3)]
        pub signature: Signature,
    }

    impl Withdrawal {
        /// Signs a withdrawal.
        pub fn sign(kind: Withdrawn, subject: Uuid, at: UtcMs, key: &SigningKey) -> Self {
            let subject = Subject::from(subject);
            Self {
                kind,
                subject,
                at,
                signature: key.sign(Purpose::Withdrawal, &encode(&(kind, subject, at))),
            }
        }

        /// Whether the commune withdrew it.
        pub fn is_of(&self, commune: &PublicKey) -> bool {
            commune.verifies(
                Purpose::Withdrawal,
                &encode(&(self.kind, self.subject, self.at)),
                &self.signature,
            )
        }

        /// The id of whoever is withdrawn.
        pub fn subject_id(&self) -> Uuid {
            Uuid::from_bytes(self.subject.0)
        }
    }
}
