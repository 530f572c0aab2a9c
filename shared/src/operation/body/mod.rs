//! What an operation asks: every kind, with its number.

mod bookings;
mod families;
mod town;

use minicbor::{Decode, Encode};

use super::account::{
    FamilyCode, Guessing, LinkPurpose, LogInWay, RegistrationFate, RegistrationRecord, RequestRecord,
    RequestState,
};
use super::booking::{
    BookingRecord, BookingSettingsRecord, BookingSettled, DocumentRecord, HouseholdFactsRecord, PlaceOffer,
};
use super::day::{CalendarRecord, ExceptionalDayRecord};
use super::discrepancy::SettledDiscrepancy;
use super::family::{CustodyRecord, PayerRecord};
use super::incident::{IncidentPost, OutageRecord};
use super::kinds::bodies;
use super::merge::{Choice, LostEntry};
use super::notice::{LetterNote, LetterRecord, NoticeChoice, NoticeRecord, PushRecord};
use super::portal::{LogoRecord, MenuRecord, PortalRecord, TextRecord};
use super::received::{ReceivedMark, Settlement};
use super::record::{
    ActivityRecord, AgentRecord, ChildRecord, ClassRecord, HouseholdRecord, ReservationLine, SchoolRecord,
    ServiceRecord, SiteRecord, StaffRecord,
};
use super::recovery::{Capability, Cause, Openness, TakenBack};
use super::rules::RuleSetRecord;
use crate::codec::{Blob, Hash32};
use crate::ids::{
    ActivityId, AgentId, BatchId, BranchId, ChildId, DeviceId, ExceptionalDayId, GuardianId, HouseholdId,
    IncidentId, RegistrationId, RequestId, ReservationId, RuleSetId, SettlementId, SiteId, StaffId, TextId,
    WishId,
};
use crate::position::Position;
use crate::time::UtcMs;
use crate::withdrawal::{Subject, Withdrawn};
use bookings::bookings;
use families::families;
use town::town;

town! { families bookings bodies; }
