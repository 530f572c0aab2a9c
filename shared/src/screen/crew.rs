//! Who points.

use serde::{Deserialize, Serialize};

/// The staff of this tablet's sites, and who holds it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crew {
    /// Somebody must say who they are before a name is shown; `false` where nobody has a PIN.
    pub needed: bool,
    /// Who holds the tablet.
    pub holder: Option<Person>,
    /// Who may, by name; those of today's sheets included.
    pub people: Vec<Person>,
    /// Names of the tablet's sites.
    pub sites: Vec<String>,
    /// Minutes without a touch after which the screens ask again.
    pub idle_minutes: u32,
}

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Staff id.
    pub id: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// « LM ».
    pub initials: String,
    /// `directeur`, `animateur`, `atsem`, `restauration`, `remplacant`.
    pub role: String,
    /// « Animatrice ou animateur », worded for the screen.
    pub role_label: String,
    /// Has no PIN yet: the town hall gives one.
    pub without_pin: bool,
    /// Locked after too many wrong PINs: a director or the town hall unlocks.
    pub locked: bool,
    /// May take on a substitute and unlock others.
    pub director: bool,
}

/// What came of a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "came", content = "with")]
pub enum Entry {
    /// It is theirs; the staff as it stands now.
    Right(Crew),
    /// It is not; so many attempts are left.
    Wrong(u32),
    /// Too many wrong ones.
    Locked,
}
