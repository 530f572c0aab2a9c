//! What the record says of sites, children, families and reservations.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::codec::{Minute, date, is_false, maybe_date};
use crate::day_list::{Badge, Symbol};
use crate::ids::{
    ActivityId, AgentId, ChildId, ClassId, FormulaId, GuardianId, HouseholdId, ReservationId, SchoolId,
    ServiceId, SiteId, StaffId,
};
use crate::mode::Mode;
use crate::slug::Slug;

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SchoolRecord {
    /// Its id.
    #[n(0)]
    pub id: SchoolId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Ours, private, or of another town.
    #[n(2)]
    pub kind: SchoolKind,
    /// Half days of school a week: 8 or 9 (4 or 4.5 days).
    #[n(3)]
    pub half_days: u8,
    /// When school begins.
    #[n(4)]
    pub starts: Minute,
    /// When school ends.
    #[n(5)]
    pub ends: Minute,
    /// No longer offered; what stands with it stays.
    #[cbor(n(6), skip_if = "is_false")]
    pub retired: bool,
}

/// Kinds of schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum SchoolKind {
    /// Public, of the town.
    #[n(0)]
    Public,
    /// Private.
    #[n(1)]
    Private,
    /// Of another town.
    #[n(2)]
    Outside,
}

impl SchoolKind {
    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Outside => "outside",
        }
    }
}

/// A place where we point.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SiteRecord {
    /// Its id.
    #[n(0)]
    pub id: SiteId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// The school whose children it takes in, if it stands in one.
    #[n(3)]
    pub school: Option<SchoolId>,
    /// Its telephone.
    #[n(4)]
    pub phone: Option<String>,
    /// No longer offered; what stands with it stays.
    #[cbor(n(5), skip_if = "is_false")]
    pub retired: bool,
    /// Children who cannot say their name: lists by class, with colour and symbol.
    #[cbor(n(6), skip_if = "is_false")]
    pub nursery: bool,
}

/// A class.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ClassRecord {
    /// Its id.
    #[n(0)]
    pub id: ClassId,
    /// Its school.
    #[n(1)]
    pub school: SchoolId,
    /// Its name, such as « CE1 – Mme Petit ».
    #[n(2)]
    pub name: String,
    /// Its level: PS, MS, GS, CP, CE1, CE2, CM1, CM2, or several parted by a hyphen.
    #[n(3)]
    pub level: String,
    /// No longer offered; what stands with it stays.
    #[cbor(n(4), skip_if = "is_false")]
    pub retired: bool,
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ServiceRecord {
    /// Its id.
    #[n(0)]
    pub id: ServiceId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// No longer offered; what stands with it stays.
    #[cbor(n(3), skip_if = "is_false")]
    pub retired: bool,
}

/// An activity with its formulas.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ActivityRecord {
    /// Its id.
    #[n(0)]
    pub id: ActivityId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// The service it belongs to.
    #[n(3)]
    pub service: ServiceId,
    /// How it is pointed.
    #[n(4)]
    pub mode: Mode,
    /// Bit 0 is Monday, bit 6 Sunday.
    #[n(5)]
    pub weekdays: u8,
    /// When it opens.
    #[n(6)]
    pub opens: Minute,
    /// When it closes.
    #[n(7)]
    pub closes: Minute,
    /// The sites it takes place at.
    #[n(8)]
    pub sites: Vec<SiteId>,
    /// How it may be taken.
    #[n(9)]
    pub formulas: Vec<FormulaRecord>,
    /// No longer offered; what stands with it stays.
    #[cbor(n(10), skip_if = "is_false")]
    pub retired: bool,
    /// How many children may come, where there is a limit.
    #[n(11)]
    pub capacity: Option<u32>,
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FormulaRecord {
    /// Its id.
    #[n(0)]
    pub id: FormulaId,
    /// Its short name.
    #[n(1)]
    pub slug: Slug,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// What is eaten with it.
    #[cbor(n(3), skip_if = "Meal::is_none")]
    pub meal: Meal,
}

/// What is eaten with a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Meal {
    /// Nothing.
    #[n(0)]
    #[default]
    None,
    /// A meal is ordered.
    #[n(1)]
    Meal,
    /// A picnic is ordered.
    #[n(2)]
    Picnic,
    /// The family brings it (panier repas).
    #[n(3)]
    Basket,
}

impl Meal {
    /// Whether nothing is eaten.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Meal => "meal",
            Self::Picnic => "picnic",
            Self::Basket => "basket",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::None, Self::Meal, Self::Picnic, Self::Basket]
            .into_iter()
            .find(|meal| meal.as_str() == word)
    }
}

/// A member of the staff who points.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct StaffRecord {
    /// Its id.
    #[n(0)]
    pub id: StaffId,
    /// Name as shown to colleagues.
    #[n(1)]
    pub name: String,
    /// Role: directeur, animateur, atsem, restauration, remplacant.
    #[n(2)]
    pub role: String,
    /// The sites where it works.
    #[n(3)]
    pub sites: Vec<SiteId>,
    /// Its last day, where it is known.
    #[cbor(n(4), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
}

/// A household with its guardians.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct HouseholdRecord {
    /// Its id.
    #[n(0)]
    pub id: HouseholdId,
    /// The name on its file.
    #[n(1)]
    pub name: String,
    /// Its guardians.
    #[n(2)]
    pub guardians: Vec<GuardianRecord>,
}

/// A guardian.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct GuardianRecord {
    /// Its id.
    #[n(0)]
    pub id: GuardianId,
    /// First name.
    #[n(1)]
    pub first_name: String,
    /// Last name.
    #[n(2)]
    pub last_name: String,
    /// Contact e-mail.
    #[n(3)]
    pub email: Option<String>,
    /// Telephone.
    #[n(4)]
    pub phone: Option<String>,
    /// Parental authority.
    #[cbor(n(5), skip_if = "Authority::is_full")]
    pub authority: Authority,
}

/// Whether a guardian holds parental authority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Authority {
    /// Yes.
    #[n(0)]
    #[default]
    Full,
    /// No.
    #[n(1)]
    None,
    /// As a judgment says.
    #[n(2)]
    ByJudgment,
}

impl Authority {
    /// Whether it is the usual case.
    pub fn is_full(&self) -> bool {
        *self == Self::Full
    }

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::None => "none",
            Self::ByJudgment => "by_judgment",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Full, Self::None, Self::ByJudgment]
            .into_iter()
            .find(|authority| authority.as_str() == word)
    }
}

/// A child.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ChildRecord {
    /// Its id.
    #[n(0)]
    pub id: ChildId,
    /// First name.
    #[n(1)]
    pub first_name: String,
    /// Last name.
    #[n(2)]
    pub last_name: String,
    /// Date of birth.
    #[cbor(n(3), with = "date")]
    pub born: NaiveDate,
    /// School, ours or not.
    #[n(4)]
    pub school: Option<SchoolId>,
    /// Class.
    #[n(5)]
    pub class: Option<ClassId>,
    /// The households it belongs to.
    #[n(6)]
    pub households: Vec<HouseholdId>,
    /// What is shown on its row.
    #[n(7)]
    pub badges: Vec<Badge>,
    /// What staff must know and do.
    #[n(8)]
    pub must_know: Option<String>,
    /// Number to call first.
    #[n(9)]
    pub phone: Option<String>,
    /// The colour and symbol it knows as its own, where one was chosen.
    #[n(10)]
    pub symbol: Option<Symbol>,
    /// Health details for the staff of its sites, shown after a PIN only.
    #[n(11)]
    pub health: Option<String>,
    /// Its number in another register, such as the INE.
    #[n(12)]
    pub reference: Option<String>,
    /// From this day on it is on no list and no roster.
    #[cbor(n(13), with = "maybe_date", has_nil)]
    pub left_on: Option<NaiveDate>,
}

/// One reservation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReservationLine {
    /// Its id.
    #[n(0)]
    pub id: ReservationId,
    /// The child.
    #[n(1)]
    pub child: ChildId,
    /// The activity.
    #[n(2)]
    pub activity: ActivityId,
    /// The site.
    #[n(3)]
    pub site: SiteId,
    /// The date.
    #[cbor(n(4), with = "date")]
    pub date: NaiveDate,
    /// The formula.
    #[n(5)]
    pub formula: Option<FormulaId>,
    /// The group it joins.
    #[n(6)]
    pub group: Option<String>,
    /// Canteen service: 1 or 2.
    #[n(7)]
    pub sitting: Option<u8>,
    /// Canteen table.
    #[n(8)]
    pub table: Option<String>,
    /// Expected arrival.
    #[n(9)]
    pub expected_in: Option<Minute>,
    /// Expected departure.
    #[n(10)]
    pub expected_out: Option<Minute>,
    /// Where the child comes from.
    #[n(11)]
    pub comes_from: Option<String>,
    /// Where the child goes to.
    #[n(12)]
    pub goes_to: Option<String>,
    /// The household that booked it, and pays; none where nobody said.
    #[n(13)]
    pub household: Option<HouseholdId>,
}

/// A user of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AgentRecord {
    /// Its id.
    #[n(0)]
    pub id: AgentId,
    /// Login.
    #[n(1)]
    pub email: String,
    /// Name as shown.
    #[n(2)]
    pub name: String,
    /// What it may do.
    #[n(3)]
    pub role: Role,
    /// A director's sites; the other roles reach all of them.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    pub sites: Vec<SiteId>,
}

/// Roles of the desk.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Role {
    /// Administrateur.
    #[n(0)]
    Administrateur,
    /// Gestionnaire.
    #[n(1)]
    Gestionnaire,
    /// Directeur de site.
    #[n(2)]
    Directeur,
    /// Régisseur.
    #[n(3)]
    Regisseur,
    /// Mandataire suppléant.
    #[n(4)]
    Mandataire,
    /// Lecture seule.
    #[n(5)]
    Lecture,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] = [
        Self::Administrateur,
        Self::Gestionnaire,
        Self::Directeur,
        Self::Regisseur,
        Self::Mandataire,
        Self::Lecture,
    ];

    /// The word stored in the record and typed at the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrateur => "administrateur",
            Self::Gestionnaire => "gestionnaire",
            Self::Directeur => "directeur",
            Self::Regisseur => "regisseur",
            Self::Mandataire => "mandataire",
            Self::Lecture => "lecture",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}
