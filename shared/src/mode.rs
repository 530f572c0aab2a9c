//! How an activity is pointed.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The pointing mode of an activity: it decides the tabs, the next tap and what an open row means.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Mode {
    /// One tap, no departure: the canteen.
    #[n(0)]
    Presence,
    /// A tap on arrival and a tap on departure.
    #[n(1)]
    #[default]
    ArrivalDeparture,
    /// Only the departure is tapped; arrival is the end of school.
    #[n(2)]
    DepartureOnly,
    /// All are present when the list is closed but those ticked absent.
    #[n(3)]
    ByException,
}

impl Mode {
    /// Reads the word stored in the record; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Presence,
            Self::ArrivalDeparture,
            Self::DepartureOnly,
            Self::ByException,
        ]
        .into_iter()
        .find(|m| m.as_str() == word)
    }

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::ArrivalDeparture => "arrival_departure",
            Self::DepartureOnly => "departure_only",
            Self::ByException => "by_exception",
        }
    }

    /// What closing the list turns those still expected into.
    pub fn closing(self) -> crate::mark::Closing {
        match self {
            Self::ByException => crate::mark::Closing::Present,
            Self::Presence | Self::ArrivalDeparture | Self::DepartureOnly => crate::mark::Closing::Absent,
        }
    }
}
