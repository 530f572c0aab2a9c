//! Opaque identifiers. Each is a UUID of its own type, so that a child cannot be passed for a site.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::UtcMs;

/// A new UUID of version 7 from an instant and ten random bytes (RFC 9562, 5.7).
pub fn mint(at: UtcMs, random: [u8; 10]) -> Uuid {
    let ms = u64::try_from(at.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The sixteen bytes, as they stand on disk and wire.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// From sixteen bytes; `None` for another length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(self.0.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let at = d.position();
                Uuid::from_slice(d.bytes()?)
                    .map(Self)
                    .map_err(|_| minicbor::decode::Error::message("an id is 16 bytes").at(at))
            }
        }
    )*};
}

ids! {
    /// A child of the commune's record.
    ChildId;
    /// A place where we point.
    SiteId;
    /// A school a child goes to, ours or not.
    SchoolId;
    /// A class of a school.
    ClassId;
    /// A group of an activity at a site.
    GroupId;
    /// A service: restauration, périscolaire, ALSH.
    ServiceId;
    /// What is pointed: cantine, garderie, étude.
    ActivityId;
    /// How an activity is taken.
    FormulaId;
    /// A foyer.
    HouseholdId;
    /// A responsable.
    GuardianId;
    /// A reservation of one child, activity and date.
    ReservationId;
    /// A member of the staff who points.
    StaffId;
    /// A user of the desk.
    AgentId;
    /// An enrolled tablet, for one enrolment.
    DeviceId;
    /// One immutable fact from a tablet.
    MarkId;
    /// One change of a commune's record.
    OperationId;
    /// One unbroken history of a commune.
    BranchId;
    /// The document of one site and day.
    SheetId;
    /// A closure, strike, absent teacher or outing.
    ExceptionalDayId;
    /// A dated word to families about an incident.
    IncidentId;
    /// The town hall's decision on a discrepancy.
    SettlementId;
    /// A span in which tablets could not reach the server.
    OutageId;
    /// Who owes: a person or an organisation.
    PayerId;
    /// A family that asks to be known.
    RegistrationId;
    /// What a family asks of the town hall.
    RequestId;
    /// Something a guardian is told.
    NoticeId;
    /// A letter that is mailed.
    LetterId;
    /// Letters or codes that were asked for together.
    BatchId;
    /// A text of the town.
    TextId;
    /// A meal of a day.
    MenuId;
    /// A set of rules of booking.
    RuleSetId;
    /// What a family asked for and has not got yet.
    WishId;
    /// What a family gathers before it books.
    CartId;
}

/// Namespace of sheet ids: UUIDv5 of the DNS namespace and `sheets.preau`.
pub const SHEET_NAMESPACE: Uuid = Uuid::from_bytes([
    0x0b, 0xeb, 0xde, 0xa3, 0x1e, 0xd8, 0x50, 0x4c, 0x83, 0x6a, 0x79, 0x7d, 0x25, 0xf6, 0x1a, 0x73,
]);

impl SheetId {
    /// The id of a site's sheet on a date: UUIDv5 of [`SHEET_NAMESPACE`] and `SITE/YYYY-MM-DD`,
    /// so that every tablet can open the day without asking anyone.
    pub fn of(site: SiteId, date: chrono::NaiveDate) -> Self {
        Self(Uuid::new_v5(
            &SHEET_NAMESPACE,
            format!("{site}/{date}").as_bytes(),
        ))
    }
}

impl MarkId {
    /// The key of the mark in its sheet: 22 characters of base64url without padding.
    pub fn key(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(self.0.as_bytes())
    }

    /// Reads a sheet key back; `None` if it is not one.
    pub fn from_key(key: &str) -> Option<Self> {
        if key.len() != 22 {
            return None;
        }
        let bytes = data_encoding::BASE64URL_NOPAD.decode(key.as_bytes()).ok()?;
        Self::from_slice(&bytes)
    }
}
