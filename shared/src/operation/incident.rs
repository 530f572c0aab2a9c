//! What families are told of an incident, and the spans in which tablets could not reach the server.

use minicbor::{Decode, Encode};

use crate::ids::{IncidentId, OutageId, SiteId};
use crate::time::UtcMs;

/// « Point de situation du … ».
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct IncidentPost {
    /// Its id.
    #[n(0)]
    pub id: IncidentId,
    /// The instant it speaks of.
    #[n(1)]
    pub published_at: UtcMs,
    /// A few words: what works and what does not.
    #[n(2)]
    pub title: String,
    /// The text, in paragraphs.
    #[n(3)]
    pub text: String,
    /// Everything works again.
    #[n(4)]
    pub over: bool,
}

/// A span in which tablets could not reach the server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OutageRecord {
    /// Its id.
    #[n(0)]
    pub id: OutageId,
    /// When it began.
    #[n(1)]
    pub from: UtcMs,
    /// When it ended; `None` while it lasts.
    #[n(2)]
    pub until: Option<UtcMs>,
    /// The site whose line was dead; all of them if none is named.
    #[n(3)]
    pub site: Option<SiteId>,
    /// Of which kind.
    #[n(4)]
    pub cause: OutageCause,
    /// What is known of it.
    #[n(5)]
    pub note: String,
}

/// Why tablets could not reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum OutageCause {
    /// The server did not run; it found that out itself when it started again.
    #[n(0)]
    Server,
    /// A loss: the server came back from a copy.
    #[n(1)]
    Loss,
    /// A line was dead.
    #[n(2)]
    Line,
    /// Another reason.
    #[n(3)]
    Other,
}

impl OutageCause {
    /// All.
    pub const ALL: [Self; 4] = [Self::Server, Self::Loss, Self::Line, Self::Other];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Loss => "loss",
            Self::Line => "line",
            Self::Other => "other",
        }
    }

    /// The cause with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}
