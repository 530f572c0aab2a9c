//! Who may see what.

use shared::operation::Role;

/// Something that a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// See the day of any site.
    SeeBoard,
    /// See what tablets sent and the server kept aside.
    SeeQuarantine,
}

/// Whether a role reaches that far.
pub(super) fn may(role: Role, right: Right) -> bool {
    match (right, role) {
        (Right::SeeBoard, _) => true,
        (Right::SeeQuarantine, Role::Administrateur | Role::Gestionnaire | Role::Directeur) => true,
        (Right::SeeQuarantine, Role::Regisseur | Role::Mandataire | Role::Lecture) => false,
    }
}
