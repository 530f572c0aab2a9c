//! What families are told, and through what.

use minicbor::{Decode, Encode};

use crate::codec::Blob;
use crate::ids::{BatchId, ChildId, GuardianId, LetterId, NoticeId};
use crate::time::UtcMs;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $n:literal $variant:ident $word:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(index_only)]
        pub enum $name {
            $($(#[$one])* #[n($n)] $variant,)*
        }

        impl $name {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word stored in the record.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The one with this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// Kinds of notices.
    NoticeKind {
        /// The town hall looked at a file.
        0 FileReviewed "file_reviewed"
        /// A new piece is asked for.
        1 PieceAsked "piece_asked"
        /// The quotient familial changed.
        2 QuotientChanged "quotient_changed"
        /// School, class or level changed.
        3 SchoolChanged "school_changed"
        /// Reservations were made, changed or cancelled.
        4 Recap "recap"
        /// A service is closed on a day.
        5 Closure "closure"
        /// A place is offered from a waiting list.
        6 PlaceOffered "place_offered"
        /// A child has left.
        7 ChildLeft "child_left"
        /// A new bill.
        8 NewBill "new_bill"
        /// A payment's state changed.
        9 PaymentChanged "payment_changed"
        /// A direct debit was refused.
        10 DebitRefused "debit_refused"
        /// A reminder.
        11 Reminder "reminder"
        /// Payment on line is blocked.
        12 PaymentBlocked "payment_blocked"
        /// The town hall answered a request.
        13 RequestAnswered "request_answered"
        /// The town hall published news.
        14 News "news"
        /// Something about the account itself: cannot be switched off.
        15 Account "account"
    }
}

/// Something a guardian is told: it stands in the feed, whatever else is sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NoticeRecord {
    /// Its id: UUIDv5 of the entry that it comes from, the guardian and the kind, or drawn.
    #[n(0)]
    pub id: NoticeId,
    /// Who is told.
    #[n(1)]
    pub guardian: GuardianId,
    /// Of what kind.
    #[n(2)]
    pub kind: NoticeKind,
    /// Of which child, if of one.
    #[n(3)]
    pub child: Option<ChildId>,
    /// When what it tells happened.
    #[n(4)]
    pub at: UtcMs,
    /// What the sentences of its kind are filled with.
    #[n(5)]
    pub facts: Vec<Fact>,
}

/// A word of a sentence: its name in the texts, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Fact {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// What stands there.
    #[n(1)]
    pub value: String,
}

/// Through what a kind of notice is sent, besides the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NoticeChoice {
    /// The kind.
    #[n(0)]
    pub kind: NoticeKind,
    /// By e-mail.
    #[n(1)]
    pub mail: bool,
    /// On the telephone or the computer (web push).
    #[n(2)]
    pub push: bool,
}

words! {
    /// Kinds of letters.
    LetterKind {
        /// It carries a notice.
        0 Notice "notice"
        /// A link to activate an account.
        1 Activation "activation"
        /// A link to choose another password.
        2 Reset "reset"
        /// A link to say that a new login can be reached.
        3 Login "login"
        /// A link to say that a new contact e-mail can be reached.
        4 Contact "contact"
        /// Somebody asked for a password, and the address has no account.
        5 NoAccount "no_account"
        /// A registration was received.
        6 Registered "registered"
        /// A registration was refused.
        7 RegistrationRefused "registration_refused"
        /// Codes of a child and its payer's side.
        8 Codes "codes"
        /// An account was deleted.
        9 Deleted "deleted"
        /// A link for a user of the desk.
        10 Agent "agent"
        /// What became of each line of a booking: it names the booking.
        11 Booked "booked"
    }
}

/// A letter that is to be mailed. Its text is made when it leaves: no link and no code stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LetterRecord {
    /// Its id; the Message-ID is made of it, so that a letter sent twice is known for the same.
    #[n(0)]
    pub id: LetterId,
    /// Of what kind.
    #[n(1)]
    pub kind: LetterKind,
    /// To which address.
    #[n(2)]
    pub to: String,
    /// To whom, where a guardian is meant.
    #[n(3)]
    pub guardian: Option<GuardianId>,
    /// Which notice it carries.
    #[n(4)]
    pub notice: Option<NoticeId>,
    /// With which others it was asked for.
    #[n(5)]
    pub batch: Option<BatchId>,
    /// What its sentences are filled with.
    #[n(6)]
    pub facts: Vec<Fact>,
}

words! {
    /// What became of a letter.
    LetterFate {
        /// It waits for its turn.
        0 Queued "queued"
        /// The mail server took it.
        1 Sent "sent"
        /// The address does not take it.
        2 Bounced "bounced"
        /// It could not be sent for so long that it was given up.
        3 GivenUp "given_up"
        /// It is not sent: what it told is past, or a person decided so.
        4 Dropped "dropped"
        /// It came back from a loss or a merge and waits for a person.
        5 Held "held"
    }
}

/// What became of one letter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LetterNote {
    /// Which.
    #[n(0)]
    pub letter: LetterId,
    /// What became of it.
    #[n(1)]
    pub fate: LetterFate,
    /// The mail server's word, without an address.
    #[n(2)]
    pub detail: String,
}

/// Where a browser takes messages (RFC 8030, RFC 8291).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PushRecord {
    /// Whose.
    #[n(0)]
    pub guardian: GuardianId,
    /// Its address.
    #[n(1)]
    pub endpoint: String,
    /// The browser's public key, an uncompressed point of P-256.
    #[n(2)]
    pub key: Blob,
    /// The browser's secret, 16 bytes.
    #[n(3)]
    pub auth: Blob,
    /// What the browser is called, such as « Firefox, Android ».
    #[n(4)]
    pub name: String,
}
