//! What a judgement depends on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::calendar::Calendar;
use crate::ids::{
    ActivityId, ChildId, ClassId, FormulaId, HouseholdId, ReservationId, SchoolId, ServiceId, SiteId, WishId,
};
use crate::money::Cents;
use crate::operation::{
    ActivityRecord, CustodyRecord, DocumentRecord, ExceptionalDayRecord, Priced, RuleSetRecord, SchoolRecord,
    SiteRecord,
};
use crate::time::UtcMs;

/// One activity at one site on one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The activity.
    pub activity: ActivityId,
    /// The site.
    pub site: SiteId,
    /// The date.
    pub date: NaiveDate,
}

/// The name of a group that places are counted in.
pub type GroupName = String;

/// What a judgement depends on, besides the instant and where the wish comes in.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The town's clock.
    pub zone: Tz,
    /// The town's calendar; none until somebody set it.
    pub calendar: Option<Calendar>,
    /// Closures, strikes, outings.
    pub exceptional: Vec<ExceptionalDayRecord>,
    /// The rules that are live (and, in the simulator, the draft).
    pub sets: Vec<RuleSetRecord>,
    /// All activities.
    pub activities: BTreeMap<ActivityId, ActivityRecord>,
    /// The name of every service.
    pub services: BTreeMap<ServiceId, String>,
    /// All sites.
    pub sites: BTreeMap<SiteId, SiteRecord>,
    /// All schools.
    pub schools: BTreeMap<SchoolId, SchoolRecord>,
    /// The children that may be asked for.
    pub children: BTreeMap<ChildId, ChildFacts>,
    /// For which household it is asked.
    pub household: Option<HouseholdFacts>,
    /// The reservations that stand of these children, those of other households too.
    pub standing: Vec<Standing>,
    /// What these children asked and wait for.
    pub wishes: Vec<WishFacts>,
    /// How many children have a place, in all (`None`) and in each group.
    pub taken: BTreeMap<(SessionKey, Option<GroupName>), u32>,
    /// Who waits for a place of a session, the first first, whoever's child it is.
    pub queues: BTreeMap<SessionKey, Vec<Queued>>,
    /// Places that others hold in their carts for a time, in all and in each group.
    pub held: BTreeMap<(SessionKey, Option<GroupName>), u32>,
}

/// What rules ask about a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildFacts {
    /// Its id.
    pub id: ChildId,
    /// First name, for sentences.
    pub first_name: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// Its school.
    pub school: Option<SchoolId>,
    /// Its class.
    pub class: Option<ClassId>,
    /// The levels of its class, such as CE1 and CE2.
    pub levels: Vec<String>,
    /// From this day on it is on no list.
    pub left_on: Option<NaiveDate>,
    /// The households it belongs to.
    pub households: Vec<HouseholdId>,
    /// With which of them it is when, where they share it.
    pub custody: Option<CustodyRecord>,
    /// Whoever asks decides for it.
    pub decides: bool,
    /// Which documents of it the town hall holds.
    pub documents: Vec<DocumentRecord>,
}

/// What rules ask about a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdFacts {
    /// Its id.
    pub id: HouseholdId,
    /// The INSEE code of where it lives.
    pub residence: Option<String>,
    /// What it owes and has not paid in time.
    pub unpaid: Cents,
}

/// A reservation that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: ReservationId,
    /// Whose.
    pub child: ChildId,
    /// Of what.
    pub session: SessionKey,
    /// How it is taken.
    pub formula: Option<FormulaId>,
    /// The group whose place it takes, where places are counted in groups.
    pub group: Option<GroupName>,
    /// Who booked it, where somebody said.
    pub household: Option<HouseholdId>,
    /// What was agreed; none where it was made without prices.
    pub priced: Option<Priced>,
    /// It is given back unless it is paid by then.
    pub due_at: Option<UtcMs>,
    /// It was paid.
    pub paid: bool,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WishKind {
    /// A reservation, which the town hall decides on.
    Add,
    /// A cancellation, which the town hall decides on.
    Cancel,
    /// A place.
    Wait,
}

impl WishKind {
    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Cancel => "cancel",
            Self::Wait => "wait",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Add, Self::Cancel, Self::Wait]
            .into_iter()
            .find(|one| one.as_str() == word)
    }
}

/// How far a wish is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WishState {
    /// Nobody answered.
    Open,
    /// A place is offered.
    Offered,
    /// Yes.
    Accepted,
    /// No.
    Refused,
    /// The family no longer wants it.
    Withdrawn,
    /// Nobody took the offer in time, or the day is past.
    Ended,
}

impl WishState {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Offered,
        Self::Accepted,
        Self::Refused,
        Self::Withdrawn,
        Self::Ended,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A wish of one of the children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishFacts {
    /// Its id.
    pub id: WishId,
    /// What was asked for.
    pub kind: WishKind,
    /// How far it is.
    pub state: WishState,
    /// Whose.
    pub child: ChildId,
    /// Of what.
    pub session: SessionKey,
    /// How it would be taken.
    pub formula: Option<FormulaId>,
    /// The reservation to be cancelled.
    pub reservation: Option<ReservationId>,
    /// By which household.
    pub household: Option<HouseholdId>,
    /// Since when.
    pub since: UtcMs,
    /// Until when an offered place is kept.
    pub offered_until: Option<UtcMs>,
    /// What the town hall answered.
    pub words: Option<String>,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Which wish.
    pub wish: WishId,
    /// The child's group, where places are counted in groups.
    pub group: Option<GroupName>,
    /// Since when.
    pub since: UtcMs,
    /// Until when a place is kept for it.
    pub offered_until: Option<UtcMs>,
}
