//! Who pays, where a child lives on which day, and who decides for it.
//!
//! A household, a guardian and a payer are three things. A payer is a person or an organisation and owes for
//! children between two dates. A child may belong to two households; its custody record says which of them it
//! is with on a date, and who of its guardians holds parental authority otherwise than their file says.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{date, maybe_date};
use crate::ids::{ChildId, GuardianId, HouseholdId, PayerId};

use super::record::Authority;

/// Who owes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PayerRecord {
    /// Its id.
    #[n(0)]
    pub id: PayerId,
    /// A person or an organisation.
    #[n(1)]
    pub kind: PayerKind,
    /// The name on bills.
    #[n(2)]
    pub name: String,
    /// The household whose money it is; none for an organisation that pays for children of several.
    #[n(3)]
    pub household: Option<HouseholdId>,
    /// The guardian it is, for a person who is one.
    #[n(4)]
    pub guardian: Option<GuardianId>,
    /// Postal address, a line each.
    #[n(5)]
    pub address: Vec<String>,
    /// Where bills are announced.
    #[n(6)]
    pub email: Option<String>,
    /// Telephone.
    #[n(7)]
    pub phone: Option<String>,
    /// SIRET of an organisation, 14 digits.
    #[n(8)]
    pub siret: Option<String>,
    /// For whom, and when.
    #[n(9)]
    pub children: Vec<PayerPeriod>,
    /// Pays no longer; what stands in its name stays.
    #[n(10)]
    pub retired: bool,
}

/// Kinds of payers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum PayerKind {
    /// A person.
    #[n(0)]
    Person,
    /// An organisation: an employer, a council, child welfare.
    #[n(1)]
    Organisation,
}

impl PayerKind {
    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// From when until when a payer owes for a child.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PayerPeriod {
    /// The child.
    #[n(0)]
    pub child: ChildId,
    /// The first day.
    #[cbor(n(1), with = "date")]
    pub from: NaiveDate,
    /// The last day, where it is known.
    #[cbor(n(2), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
}

/// With whom a child is, and who decides for it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CustodyRecord {
    /// The child.
    #[n(0)]
    pub child: ChildId,
    /// How its days are shared; `None` where it belongs to one household.
    #[n(1)]
    pub sharing: Option<Sharing>,
    /// Days that are otherwise, the newest rule last: it wins.
    #[n(2)]
    pub exceptions: Vec<CustodyException>,
    /// Guardians whose authority over this child is not what their own file says.
    #[n(3)]
    pub authorities: Vec<AuthorityOver>,
    /// What the town hall notes, such as the date of the judgment.
    #[n(4)]
    pub note: String,
}

/// Weeks that alternate between two households.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Sharing {
    /// With whom the child is in the week that begins on [`Sharing::anchor`].
    #[n(0)]
    pub first: HouseholdId,
    /// With whom it is in the week after.
    #[n(1)]
    pub second: HouseholdId,
    /// A day on which a week of `first` begins; weeks change on its weekday.
    #[cbor(n(2), with = "date")]
    pub anchor: NaiveDate,
    /// How school holidays are shared.
    #[n(3)]
    pub holidays: HolidaySharing,
}

/// How school holidays are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum HolidaySharing {
    /// Weeks alternate through holidays as well.
    #[n(0)]
    AsWeeks,
    /// `first` has the first half in even years, the second in odd ones.
    #[n(1)]
    FirstHalfInEvenYears,
    /// `first` has the first half in odd years, the second in even ones.
    #[n(2)]
    FirstHalfInOddYears,
}

/// Days on which a child is with a household whatever else is said.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CustodyException {
    /// The first day.
    #[cbor(n(0), with = "date")]
    pub from: NaiveDate,
    /// The last day.
    #[cbor(n(1), with = "date")]
    pub until: NaiveDate,
    /// With whom.
    #[n(2)]
    pub household: HouseholdId,
}

/// A guardian's authority over one child.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AuthorityOver {
    /// Who.
    #[n(0)]
    pub guardian: GuardianId,
    /// Yes, no, or as a judgment says.
    #[n(1)]
    pub authority: Authority,
}
