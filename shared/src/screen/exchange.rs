//! The page of exchanges: what became of each tap, and contradictions to settle.

use serde::{Deserialize, Serialize};

use super::{Choice, Fate, Link};
use crate::mark::Because;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncPage {
    /// The line.
    pub link: Link,
    /// Taps with a receipt that are not in the backup.
    pub accepted: usize,
    /// Taps in the backup.
    pub in_backup: usize,
    /// « La tablette avance de 3 minutes sur le serveur. »
    pub clock: Option<String>,
    /// The server spoken to last.
    pub server: Option<String>,
    /// Version of the program.
    pub version: String,
    /// The tablet's number, as the town hall sees it.
    pub device: String,
    /// Own taps, newest first, at most 200; those that wait or were refused come before all others.
    pub marks: Vec<MarkFate>,
    /// Contradictions on this tablet's sheets.
    pub contradictions: Vec<Contradiction>,
}

/// A tap and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkFate {
    /// The mark.
    pub mark: String,
    /// « 8 h 30 ».
    pub at: String,
    /// « lundi 23 novembre ».
    pub day: String,
    /// First and last name; « Liste » for a gesture on the list.
    pub who: String,
    /// « Arrivée ».
    pub what: String,
    /// Name of the activity.
    pub activity: String,
    /// What became of it.
    pub fate: Fate,
}

/// Two marks that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// One sentence: who says what, when, on which tablet.
    pub sentence: String,
    /// First and last name, where it is about a child.
    pub who: Option<String>,
    /// Name of the activity and « lundi 23 novembre ».
    pub place: String,
    /// What settles it: each makes one more mark. Ids are the core's own.
    pub choices: Vec<Choice>,
}

/// The choice of a person between the sides of a contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settling {
    /// Id of the choice.
    pub choice: String,
}

/// A corrected time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The mark corrected.
    pub mark: String,
    /// `HH:MM` in the commune's zone, on the date of the mark's sheet.
    pub at: String,
    /// Why.
    pub why: Because,
}
