//! A mark: one immutable fact from a tablet, and how it is packed on disk and wire.
//!
//! A packed mark is the CBOR array `[version, mark]`; `docs/formats.md` lists its fields. It is
//! write-once and canonical: the same mark has one encoding only, and anything else is refused.

mod pack;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

pub use pack::{MARK_VERSION, MAX_PACKED, pack, unpack};

use crate::codec::Blob;
use crate::ids::{ActivityId, ChildId, DeviceId, FormulaId, MarkId, SiteId, StaffId};
use crate::time::UtcMs;

/// One immutable fact from a tablet. It names people by opaque ids only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Mark {
    /// What happened.
    #[n(0)]
    pub kind: Kind,
    /// The child it is about; `None` when the subject is the session.
    #[n(1)]
    pub child: Option<ChildId>,
    /// The activity whose list was being pointed; nil where the whole site is meant.
    #[n(2)]
    pub activity: ActivityId,
    /// How the activity was taken, where known.
    #[n(3)]
    pub formula: Option<FormulaId>,
    /// The tablet that made it.
    #[n(4)]
    pub device: DeviceId,
    /// Position among the marks of that tablet, from 1, without holes.
    #[n(5)]
    pub device_seq: u64,
    /// What the tablet's wall clock said, in UTC.
    #[n(6)]
    pub device_time: UtcMs,
    /// Milliseconds since the tablet was started, by a clock nobody can set.
    #[n(7)]
    pub mono_ms: u64,
    /// Which start of the tablet `mono_ms` counts from.
    #[n(8)]
    pub boot: u64,
    /// Estimated server time minus device time in ms, once the tablet has met the server.
    #[n(9)]
    pub offset_ms: Option<i64>,
    /// The animateur, where the tablet knows who holds it.
    #[n(10)]
    pub staff: Option<StaffId>,
    /// The time a person stated instead of "now".
    #[n(11)]
    pub stated: Option<UtcMs>,
    /// The newest marks of this child and activity that the tablet had in view: whoever sees both
    /// sides of a contradiction settles it.
    #[n(12)]
    pub after: Vec<MarkId>,
    /// The tablet doubted its clock: it disagreed with the last server time and the time elapsed.
    #[n(13)]
    pub clock_doubted: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(flat)]
pub enum Kind {
    /// The child arrived.
    #[n(0)]
    In,
    /// The child left.
    #[n(1)]
    Out,
    /// The child is absent.
    #[n(2)]
    Absent {
        /// From this session only, or for the rest of the day.
        #[n(0)]
        scope: AbsenceScope,
        /// Why.
        #[n(1)]
        reason: Reason,
    },
    /// The list was closed.
    #[n(3)]
    Close {
        /// What those still expected became.
        #[n(0)]
        turned: Closing,
        /// Those who were still expected on that tablet.
        #[n(1)]
        children: Vec<ChildId>,
    },
    /// A closed list was opened again.
    #[n(4)]
    Reopen,
    /// The time of another mark is corrected.
    #[n(5)]
    Correct {
        /// The mark whose time is corrected.
        #[n(0)]
        replaces: MarkId,
        /// The right time.
        #[n(1)]
        at: UtcMs,
        /// Why. Written since version 2.
        #[n(2)]
        why: Option<Because>,
    },
    /// Another mark never was.
    #[n(6)]
    Void {
        /// The mark undone.
        #[n(0)]
        replaces: MarkId,
    },
    /// A memo on the child and day, sealed with the commune's note key ([`crate::seal`]).
    #[n(7)]
    Note {
        /// The sealed text.
        #[n(0)]
        sealed: Blob,
    },
    /// A director takes somebody on for the day: name and PIN stand in a sealed
    /// [`Substitute`]. Since version 2.
    #[n(8)]
    Welcome {
        /// The substitute's id.
        #[n(0)]
        staff: StaffId,
        /// [`Substitute`], encoded and sealed with the commune's note key.
        #[n(1)]
        sealed: Blob,
    },
    /// A child nobody knows is here; the mark's child is a fresh id. Since version 2.
    #[n(9)]
    Stranger {
        /// What it is called or looks like: a text sealed with the commune's note key.
        #[n(0)]
        sealed: Blob,
    },
    /// The child goes to another site for the rest of the day. Since version 2.
    #[n(10)]
    Transfer {
        /// Where to.
        #[n(0)]
        to: SiteId,
    },
}

/// Somebody taken on for the day by a director, off line.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Substitute {
    /// Name as shown to colleagues.
    #[n(0)]
    pub name: String,
    /// The temporary PIN, Argon2id in PHC form.
    #[n(1)]
    pub pin: String,
}

/// Why a time is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Because {
    /// The tap was forgotten and made later.
    #[n(0)]
    Forgotten,
    /// A wrong tap.
    #[n(1)]
    Mistaken,
    /// The family says so.
    #[n(2)]
    Family,
    /// The tablet's clock was wrong.
    #[n(3)]
    Clock,
    /// Another reason.
    #[n(4)]
    Other,
}

/// How far an absence reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum AbsenceScope {
    /// This session.
    #[n(0)]
    Session,
    /// This session and the rest of the day.
    #[n(1)]
    RestOfDay,
}

/// Why a child is absent. Never a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Reason {
    /// Nobody said why.
    #[n(0)]
    Unjustified,
    /// The family announced it.
    #[n(1)]
    Announced,
    /// Ill.
    #[n(2)]
    Illness,
    /// A family reason.
    #[n(3)]
    Family,
    /// With the school: outing, class away.
    #[n(4)]
    School,
    /// Another reason.
    #[n(5)]
    Other,
}

/// What closing a list turns those still expected into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Closing {
    /// Absent, non justifié.
    #[n(0)]
    Absent,
    /// Present (mode *par exception*).
    #[n(1)]
    Present,
}

impl Kind {
    /// The oldest version that can hold it: an older program sees a newer mark, not a damaged one.
    pub fn version(&self) -> u32 {
        match self {
            Self::Welcome { .. }
            | Self::Stranger { .. }
            | Self::Transfer { .. }
            | Self::Correct { why: Some(_), .. } => 2,
            Self::In
            | Self::Out
            | Self::Absent { .. }
            | Self::Close { .. }
            | Self::Reopen
            | Self::Correct { why: None, .. }
            | Self::Void { .. }
            | Self::Note { .. } => 1,
        }
    }
}

impl Mark {
    /// The mark this one corrects or voids.
    pub fn replaces(&self) -> Option<MarkId> {
        match &self.kind {
            Kind::Correct { replaces, .. } | Kind::Void { replaces } => Some(*replaces),
            Kind::In
            | Kind::Out
            | Kind::Absent { .. }
            | Kind::Close { .. }
            | Kind::Reopen
            | Kind::Note { .. }
            | Kind::Welcome { .. }
            | Kind::Stranger { .. }
            | Kind::Transfer { .. } => None,
        }
    }

    /// The name of the kind, as tools print it.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::In => "in",
            Kind::Out => "out",
            Kind::Absent { .. } => "absent",
            Kind::Close { .. } => "close",
            Kind::Reopen => "reopen",
            Kind::Correct { .. } => "correct",
            Kind::Void { .. } => "void",
            Kind::Note { .. } => "note",
            Kind::Welcome { .. } => "welcome",
            Kind::Stranger { .. } => "stranger",
            Kind::Transfer { .. } => "transfer",
        }
    }
}
