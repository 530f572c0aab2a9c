//! What a tablet remembers of itself and of the server.

use chrono::NaiveDate;
use chrono_tz::Tz;
use minicbor::{Decode, Encode};
use rusqlite::{Connection, OptionalExtension};
use shared::addresses::Addresses;
use shared::codec::{Blob, date, decode, encode};
use shared::credential::Credential;
use shared::ids::{BranchId, DeviceId, SiteId};
use shared::receipt::Receipt;
use shared::sign::{PublicKey, SigningKey};
use shared::time::UtcMs;
use shared::wire::ServiceState;

use super::lost::Lineage;
use crate::error::ReplicaError;

/// An enrolment under way: the same device and key are shown again if the answer was lost.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Pending {
    /// The id chosen.
    #[n(0)]
    pub device: DeviceId,
    /// The secret of the key drawn.
    #[n(1)]
    pub seed: Blob,
}

/// A finished enrolment.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Enrolment {
    /// The secret of the tablet's key.
    #[n(0)]
    pub seed: Blob,
    /// The tablet's credential.
    #[n(1)]
    pub credential: Credential,
    /// The commune's key.
    #[n(2)]
    pub commune_key: PublicKey,
    /// The commune's name.
    #[n(3)]
    pub commune_name: String,
    /// IANA time zone.
    #[n(4)]
    pub zone: String,
}

impl Enrolment {
    /// The tablet's key.
    pub fn key(&self) -> SigningKey {
        SigningKey::from_seed(&self.seed.0.as_slice().try_into().unwrap_or([0; 32]))
    }

    /// The tablet's id.
    pub fn device(&self) -> DeviceId {
        self.credential.grant.device
    }

    /// The sites it points at.
    pub fn sites(&self) -> &[SiteId] {
        &self.credential.grant.sites
    }

    /// The commune's zone.
    pub fn zone(&self) -> Tz {
        self.zone.parse().unwrap_or(chrono_tz::Europe::Paris)
    }
}

/// What the tablet knows of the server.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Met {
    /// The branch of the newest answer.
    #[n(0)]
    pub branch: Option<BranchId>,
    /// The newest receipt.
    #[n(1)]
    pub receipt: Option<Receipt>,
    /// Journal entry up to which everything came down.
    #[n(2)]
    pub cursor: u64,
    /// First date of the sheets kept.
    #[cbor(n(3), with = "date")]
    pub from: NaiveDate,
    /// Last date of the day lists held, as `shared::codec::date` numbers it; 0 when none.
    #[n(4)]
    pub lists_to: i32,
    /// Newest journal entry in a verified off-site segment.
    #[n(5)]
    pub backed_up: u64,
    /// Server time at the newest answer.
    #[n(6)]
    pub server_time: Option<UtcMs>,
    /// Uptime at the newest answer, in ms.
    #[n(7)]
    pub mono_ms: u64,
    /// Start of the tablet in which the newest answer came.
    #[n(8)]
    pub boot: u64,
    /// Server time minus wall clock at the newest answer, in ms.
    #[n(9)]
    pub offset_ms: i64,
    /// The wall clock had been stated: the offset holds for that start only.
    #[n(10)]
    pub clock_stated: bool,
    /// The server took this tablet's rights away.
    #[n(11)]
    pub withdrawn: bool,
    /// Server time of the newest exchange that ended well.
    #[n(12)]
    pub last_sync: Option<UtcMs>,
    /// The newest return of the server from a loss.
    #[n(13)]
    pub back: Option<Back>,
    /// When the oldest off-site snapshot that can still be restored was made.
    #[n(14)]
    pub oldest_backup: Option<UtcMs>,
    /// Names are withheld until a person has confirmed this tablet.
    #[n(15)]
    pub withheld: Option<bool>,
    /// Parts of the service that are not open; nothing while all are.
    #[n(16)]
    pub services: Option<Vec<ServiceState>>,
}

/// A person decided to point although the town hall closed attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Anyway {
    /// The civil day for which that holds.
    #[cbor(n(0), with = "date")]
    pub date: NaiveDate,
}

/// The server came back from a loss: what this tablet hands back, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Back {
    /// Server time when the tablet noticed.
    #[n(0)]
    pub at: UtcMs,
    /// The server is on another branch than before.
    #[n(1)]
    pub moved: bool,
    /// A receipt on the branch of now covers everything.
    #[n(2)]
    pub receipted: bool,
    /// Something may still be left to hand back, or to say.
    #[n(3)]
    pub open: bool,
    /// Marks that a receipt had covered, that the server lacked, and has again.
    #[n(4)]
    pub marks: u64,
    /// Those that it still lacks.
    #[n(5)]
    pub marks_owed: u64,
    /// Day lists that the server wanted, and has again.
    #[n(6)]
    pub lists: u64,
    /// Those that it still wants.
    #[n(7)]
    pub lists_owed: u64,
}

impl Back {
    /// Nothing was handed back yet.
    pub fn begun(at: UtcMs, moved: bool) -> Self {
        Self {
            at,
            moved,
            receipted: false,
            open: true,
            marks: 0,
            marks_owed: 0,
            lists: 0,
            lists_owed: 0,
        }
    }
}

impl Met {
    /// Before the first exchange.
    pub fn nobody(from: NaiveDate) -> Self {
        Self {
            branch: None,
            receipt: None,
            cursor: 0,
            from,
            lists_to: 0,
            backed_up: 0,
            server_time: None,
            mono_ms: 0,
            boot: 0,
            offset_ms: 0,
            clock_stated: false,
            withdrawn: false,
            last_sync: None,
            back: None,
            oldest_backup: None,
            withheld: None,
            services: None,
        }
    }

    /// The newest journal entry that is off-site, for marks accepted up to it: none while no receipt of
    /// the branch of now covers them.
    pub fn in_backup_to(&self) -> Option<u64> {
        let doubted = self.back.is_some_and(|back| !back.receipted);
        (!doubted).then_some(self.backed_up)
    }
}

/// An address that a person gave, and that answered with the commune's signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Given {
    /// The address.
    #[n(0)]
    pub server: String,
    /// When the signed list was made that did not have it.
    #[n(1)]
    pub after: Option<UtcMs>,
}

const PENDING: &str = "pending_enrolment";
const ENROLMENT: &str = "enrolment";
const MET: &str = "met";
const ADDRESSES: &str = "addresses";
const SERVER_TYPED: &str = "server_typed";
const LINEAGE: &str = "lineage";
const GIVEN: &str = "server_given";
const CANDIDATE: &str = "server_candidate";
const EARLIER: &str = "servers_earlier";
const ANYWAY: &str = "point_anyway";

fn get<T: for<'b> Decode<'b, ()>>(db: &Connection, key: &str) -> Result<Option<T>, ReplicaError> {
    let sql = include_str!("sql/meta_get.sql");
    let bytes: Option<Vec<u8>> = db
        .prepare_cached(sql)?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(|bytes| decode(&bytes)).transpose()?)
}

fn put<T: Encode<()>>(db: &Connection, key: &str, value: &T) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/meta_put.sql"))?
        .execute(rusqlite::params![key, encode(value)])?;
    Ok(())
}

macro_rules! kept {
    ($($read:ident $write:ident $key:ident $kind:ty;)*) => {$(
        /// Reads it; `None` before it was first written.
        ///
        /// # Errors
        /// Those of the engine; [`ReplicaError::Damaged`] when it cannot be read.
        pub fn $read(db: &Connection) -> Result<Option<$kind>, ReplicaError> {
            get(db, $key)
        }

        /// Writes it.
        ///
        /// # Errors
        /// Those of the engine.
        pub fn $write(db: &Connection, value: &$kind) -> Result<(), ReplicaError> {
            put(db, $key, value)
        }
    )*};
}

kept! {
    pending put_pending PENDING Pending;
    enrolment put_enrolment ENROLMENT Enrolment;
    met put_met MET Met;
    addresses put_addresses ADDRESSES Addresses;
    server_typed put_server_typed SERVER_TYPED String;
    lineage put_lineage LINEAGE Lineage;
    given put_given GIVEN Given;
    candidate put_candidate CANDIDATE String;
    earlier put_earlier EARLIER Vec<String>;
    anyway put_anyway ANYWAY Anyway;
}
