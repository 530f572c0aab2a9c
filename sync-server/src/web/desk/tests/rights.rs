//! The table of rights, whole.

use shared::operation::Role;

use super::super::rights::{Right, may};

#[test]
fn every_role_reaches_as_far_as_it_should() {
    for role in Role::ALL {
        let (board, quarantine) = match role {
            Role::Administrateur | Role::Gestionnaire | Role::Directeur => (true, true),
            Role::Regisseur | Role::Mandataire | Role::Lecture => (true, false),
        };
        assert_eq!(may(role, Right::SeeBoard), board, "{role:?}");
        assert_eq!(may(role, Right::SeeQuarantine), quarantine, "{role:?}");
    }
}
