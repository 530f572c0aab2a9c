//! How families get in, and what they ask of the town hall.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{Hash32, date};
use crate::ids::{ChildId, GuardianId, HouseholdId, RegistrationId, RequestId};

/// What a link that was mailed is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum LinkPurpose {
    /// To choose a login and a password.
    #[n(0)]
    Activate,
    /// To choose another password.
    #[n(1)]
    Reset,
    /// To say that a new login, given by the town hall, can be reached.
    #[n(2)]
    Login,
    /// To say that a new contact e-mail can be reached.
    #[n(3)]
    Contact,
}

impl LinkPurpose {
    /// All.
    pub const ALL: [Self; 4] = [Self::Activate, Self::Reset, Self::Login, Self::Contact];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activate => "activate",
            Self::Reset => "reset",
            Self::Login => "login",
            Self::Contact => "contact",
        }
    }

    /// The purpose with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A pair of codes on paper: one of a child, one of the payer's side it opens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FamilyCode {
    /// SHA-256 of the pair, as `docs/formats.md` writes it.
    #[n(0)]
    pub pair: Hash32,
    /// The child.
    #[n(1)]
    pub child: ChildId,
    /// The household whose side it opens, with all its children.
    #[n(2)]
    pub household: HouseholdId,
}

/// Through what somebody logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum LogInWay {
    /// Login and password.
    #[n(0)]
    Password,
    /// The same, and a code of an app.
    #[n(1)]
    SecondFactor,
    /// The same, and one of the codes kept for a lost telephone.
    #[n(2)]
    RecoveryCode,
    /// FranceConnect.
    #[n(3)]
    FranceConnect,
    /// The link that set the password.
    #[n(4)]
    Link,
}

/// A family that is not known yet asks to be.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RegistrationRecord {
    /// Its id.
    #[n(0)]
    pub id: RegistrationId,
    /// First name of who asks.
    #[n(1)]
    pub first_name: String,
    /// Last name.
    #[n(2)]
    pub last_name: String,
    /// E-mail; what is sent goes there.
    #[n(3)]
    pub email: String,
    /// Telephone.
    #[n(4)]
    pub phone: Option<String>,
    /// The children.
    #[n(5)]
    pub children: Vec<RegistrationChild>,
    /// What they say.
    #[n(6)]
    pub message: String,
}

/// A child of a family that asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RegistrationChild {
    /// First name.
    #[n(0)]
    pub first_name: String,
    /// Last name.
    #[n(1)]
    pub last_name: String,
    /// Date of birth.
    #[cbor(n(2), with = "date")]
    pub born: NaiveDate,
    /// The school, in the family's words.
    #[n(3)]
    pub school: String,
}

/// What becomes of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum RegistrationFate {
    /// A guardian of the record stands for who asked.
    #[n(0)]
    Accepted {
        /// Who.
        #[n(0)]
        guardian: GuardianId,
    },
    /// It is refused.
    #[n(1)]
    Refused {
        /// Why, for the family.
        #[n(0)]
        reason: String,
    },
}

/// A family asks something, or adds to what it asked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestRecord {
    /// Its id.
    #[n(0)]
    pub id: RequestId,
    /// Who asks.
    #[n(1)]
    pub guardian: GuardianId,
    /// Of what kind.
    #[n(2)]
    pub kind: RequestKind,
    /// Of which child, if of one.
    #[n(3)]
    pub child: Option<ChildId>,
    /// A few words.
    #[n(4)]
    pub title: String,
    /// The text.
    #[n(5)]
    pub text: String,
}

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum RequestKind {
    /// Something in the file is to be changed.
    #[n(0)]
    File,
    /// Reservations.
    #[n(1)]
    Booking,
    /// Bills and payments.
    #[n(2)]
    Bill,
    /// Something else.
    #[n(3)]
    Other,
}

impl RequestKind {
    /// All.
    pub const ALL: [Self; 4] = [Self::File, Self::Booking, Self::Bill, Self::Other];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Booking => "booking",
            Self::Bill => "bill",
            Self::Other => "other",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum RequestState {
    /// The town hall has not answered.
    #[n(0)]
    Open,
    /// The town hall asks the family something back.
    #[n(1)]
    Waiting,
    /// It was done.
    #[n(2)]
    Done,
    /// It was refused.
    #[n(3)]
    Refused,
}

impl RequestState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Open, Self::Waiting, Self::Done, Self::Refused];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// The state with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// What looks like guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Guessing {
    /// Passwords of one account.
    #[n(0)]
    Passwords,
    /// Passwords of many accounts from one place.
    #[n(1)]
    Accounts,
    /// Codes on paper.
    #[n(2)]
    Codes,
    /// Links.
    #[n(3)]
    Links,
    /// Codes of a second factor.
    #[n(4)]
    SecondFactor,
}

impl Guessing {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Passwords,
        Self::Accounts,
        Self::Codes,
        Self::Links,
        Self::SecondFactor,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passwords => "passwords",
            Self::Accounts => "accounts",
            Self::Codes => "codes",
            Self::Links => "links",
            Self::SecondFactor => "second_factor",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}
