//! What the maker of a demo town prints and writes down: who can log in, and who the children are.

use serde::Serialize;
use shared::ids::ChildId;

/// The keys to the town. [`super::town`] leaves `slug` and `tablet_codes` empty for the caller,
/// who names the commune and draws the codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The commune's short name.
    pub slug: String,
    /// Its sites.
    pub sites: Vec<Named>,
    /// Its activities.
    pub activities: Vec<Named>,
    /// Users of the desk, two per role.
    pub agents: Vec<AgentAccount>,
    /// The families that have an account; every guardian listed can log in.
    pub families: Vec<Family>,
    /// Who points, each at the site it works at; a substitute at all of them.
    pub staff: Vec<StaffMember>,
    /// One-time codes to enrol tablets.
    pub tablet_codes: Vec<TabletCode>,
}

/// A thing with a short name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Short name.
    pub slug: String,
    /// Name on screen.
    pub name: String,
}

/// A user of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgentAccount {
    /// Login.
    pub email: String,
    /// Password.
    pub password: String,
    /// Word of [`shared::operation::Role`].
    pub role: String,
}

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffMember {
    /// Name as shown to colleagues.
    pub name: String,
    /// Role: directeur, animateur, atsem, restauration, remplacant.
    pub role: String,
    /// Short name of its site; empty for all of them.
    pub site: String,
    /// Its PIN.
    pub pin: String,
}

/// A household with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Family {
    /// The name on its file.
    pub name: String,
    /// Those who can log in.
    pub guardians: Vec<GuardianAccount>,
    /// Its children.
    pub children: Vec<FamilyChild>,
}

/// A guardian who can log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardianAccount {
    /// Login.
    pub email: String,
    /// Password.
    pub password: String,
}

/// A child of a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FamilyChild {
    /// Its id.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Short name of the site it goes to on school days; its Wednesday site if it comes on no other day.
    pub site: String,
}

/// A one-time code for a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TabletCode {
    /// Short name of the site.
    pub site: String,
    /// The code.
    pub code: String,
}
