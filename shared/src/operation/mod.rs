//! The one way to change a commune's record.
//!
//! An operation is made by its caller (portal, desk, tablet, import, job), carries its own id, and
//! is applied once. `docs/formats.md` lists the numbers of its fields and kinds; a number is never
//! used again for something else.

mod account;
mod body;
mod booking;
mod day;
mod discrepancy;
mod family;
mod incident;
mod kinds;
mod merge;
mod notice;
mod outcome;
mod portal;
mod received;
mod record;
mod recovery;
mod rules;
mod unpack;

use minicbor::{Decode, Encode};

pub use account::{
    FamilyCode, Guessing, LinkPurpose, LogInWay, RegistrationChild, RegistrationFate, RegistrationRecord,
    RequestKind, RequestRecord, RequestState,
};
pub use body::{Body, KINDS};
pub use booking::{
    Ask, BookingLine, BookingRecord, BookingSettingsRecord, BookingSettled, Decided, DocumentRecord,
    HouseholdFactsRecord, PlaceOffer, Priced, Why,
};
pub use day::{
    CalendarRecord, ExceptionalDayRecord, ExceptionalKind, LocalKind, LocalPeriod, MealEffect, MinimumService,
};
pub use discrepancy::{Decision, DiscrepancyKind, SettledDiscrepancy, Stated};
pub use family::{
    AuthorityOver, CustodyException, CustodyRecord, HolidaySharing, PayerKind, PayerPeriod, PayerRecord,
    Sharing,
};
pub use incident::{IncidentPost, OutageCause, OutageRecord};
pub use merge::{Choice, Fate, LostEntry};
pub use notice::{
    Fact, LetterFate, LetterKind, LetterNote, LetterRecord, NoticeChoice, NoticeKind, NoticeRecord,
    PushRecord,
};
pub use outcome::{Outcome, Refusal};
pub use portal::{Dish, LogoRecord, MenuRecord, PortalRecord, Tab, TextKind, TextRecord, UnopenedTab};
pub use received::{ReceivedMark, Settlement};
pub use record::{
    ActivityRecord, AgentRecord, Authority, ChildRecord, ClassRecord, FormulaRecord, GuardianRecord,
    HouseholdRecord, Meal, ReservationLine, Role, SchoolKind, SchoolRecord, ServiceRecord, SiteRecord,
    StaffRecord,
};
pub use recovery::{Capability, Cause, Openness, TakenBack};
pub use rules::{
    AgeOn, Case, Condition, ConditionRule, Cost, Count, Counted, Delay, Entrance, Group, Late, Limit, Link,
    LinkKind, Moment, Opening, Payment, Places, Price, RuleSetRecord, Season, Span, Verdict, Waiting, Way,
};
pub use unpack::decode_body;

use crate::ids::{AgentId, DeviceId, GuardianId, OperationId};
use crate::time::UtcMs;

/// One change, asked for once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// UUID of version 7, made by the caller; sending it again changes nothing.
    pub id: OperationId,
    /// When its maker made it.
    pub at: UtcMs,
    /// Who asks.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// The version of the thing changed that the actor had in view.
    pub seen: Option<i64>,
    /// What is asked.
    pub body: Body,
}

/// Who asks for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(flat)]
pub enum Actor {
    /// The host, at the command line.
    #[n(0)]
    Host,
    /// A user of the desk.
    #[n(1)]
    Agent(#[n(0)] AgentId),
    /// A member of a family.
    #[n(2)]
    Guardian(#[n(0)] GuardianId),
    /// A tablet.
    #[n(3)]
    Device(#[n(0)] DeviceId),
    /// The server itself.
    #[n(4)]
    System,
}

/// Through what a change is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Channel {
    /// The command line.
    #[n(0)]
    Command,
    /// The town hall's pages.
    #[n(1)]
    Desk,
    /// The families' pages.
    #[n(2)]
    Portal,
    /// A tablet's push.
    #[n(3)]
    Tablet,
    /// An import.
    #[n(4)]
    Import,
    /// A job of the server.
    #[n(5)]
    Job,
    /// The town hall, for a family on the telephone.
    #[n(6)]
    Phone,
}

impl Channel {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Command,
        Self::Desk,
        Self::Portal,
        Self::Tablet,
        Self::Import,
        Self::Job,
        Self::Phone,
    ];

    /// The channel with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Desk => "desk",
            Self::Portal => "portal",
            Self::Tablet => "tablet",
            Self::Import => "import",
            Self::Job => "job",
            Self::Phone => "phone",
        }
    }
}
