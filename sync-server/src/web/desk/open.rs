//! What a part of the service that is not open takes from agents: the one place that says so.
//!
//! Every handler asks for a [`Right`]; some rights use a part of the service. Where that part is read-only or
//! closed, [`super::visit::Desk::require`] answers with a page that says why, and a form that was sent is
//! handed back by [`super::posted::Posted::allow`]. Attendance is none of these: what is shown of a day stays
//! shown, and whatever a tablet hands in is taken.

use shared::operation::{Capability, Openness, Role};

use super::rights::Right;
use crate::record::Part;

/// What is done with a part of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// Looked at.
    Look,
    /// Changed.
    Change,
}

/// What a right uses.
fn uses(right: Right) -> Option<(Capability, Deed)> {
    match right {
        Right::SeeFamilies => Some((Capability::Consultation, Deed::Look)),
        Right::EditFamilies | Right::Import | Right::ManageAccounts => {
            Some((Capability::Consultation, Deed::Change))
        }
        Right::SeeBookings => Some((Capability::Reservation, Deed::Look)),
        Right::EditBookings => Some((Capability::Reservation, Deed::Change)),
        _ => None,
    }
}

/// Administrators pass: they check what came back, then open. Reservations are the exception, which the
/// corridor refuses whoever asks.
fn passes(role: Role, capability: Capability, deed: Deed) -> bool {
    role == Role::Administrateur && !(capability == Capability::Reservation && deed == Deed::Change)
}

/// The part of the service that keeps a role from using a right now; `parts` are those not open.
pub(super) fn obstacle(role: Role, right: Right, parts: &[Part]) -> Option<&Part> {
    let (capability, deed) = uses(right)?;
    let part = parts.iter().find(|part| part.capability == capability)?;
    let open = part.state == Openness::Open || (part.state == Openness::ReadOnly && deed == Deed::Look);
    (!open && !passes(role, capability, deed)).then_some(part)
}

/// Whether the corridor itself refuses what a form with this right asks for: the form's own page then says
/// why, filled in as it was.
pub(super) fn corridor_refuses(right: Right) -> bool {
    right == Right::EditBookings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(capability: Capability, state: Openness) -> Part {
        Part {
            capability,
            state,
            message: "Nous vérifions.".into(),
            switched: None,
        }
    }

    fn stopped(role: Role, parts: &[Part]) -> Vec<Right> {
        let all = Right::ALL.into_iter();
        all.filter(|right| obstacle(role, *right, parts).is_some())
            .collect()
    }

    #[test]
    fn an_open_service_stops_nobody() {
        for role in Role::ALL {
            assert!(stopped(role, &[]).is_empty());
        }
    }

    #[test]
    fn families_that_are_read_only_are_looked_at_and_not_changed() {
        let parts = [part(Capability::Consultation, Openness::ReadOnly)];
        assert_eq!(
            stopped(Role::Gestionnaire, &parts),
            [Right::EditFamilies, Right::Import, Right::ManageAccounts]
        );
        assert!(stopped(Role::Administrateur, &parts).is_empty());
    }

    #[test]
    fn closed_families_are_for_administrators() {
        let parts = [part(Capability::Consultation, Openness::Closed)];
        assert_eq!(
            stopped(Role::Gestionnaire, &parts),
            [
                Right::SeeFamilies,
                Right::EditFamilies,
                Right::Import,
                Right::ManageAccounts
            ]
        );
        assert!(stopped(Role::Administrateur, &parts).is_empty());
    }

    #[test]
    fn nobody_changes_reservations_that_are_not_open() {
        let closed = [part(Capability::Reservation, Openness::Closed)];
        assert_eq!(
            stopped(Role::Directeur, &closed),
            [Right::SeeBookings, Right::EditBookings]
        );
        assert_eq!(stopped(Role::Administrateur, &closed), [Right::EditBookings]);
        let looked_at = [part(Capability::Reservation, Openness::ReadOnly)];
        assert_eq!(stopped(Role::Directeur, &looked_at), [Right::EditBookings]);
    }

    #[test]
    fn the_day_stays_in_view_whatever_is_closed() {
        let parts = Capability::ALL.map(|capability| part(capability, Openness::Closed));
        for role in Role::ALL {
            let stopped = stopped(role, &parts);
            assert!(!stopped.contains(&Right::SeeBoard) && !stopped.contains(&Right::SeeQuarantine));
            assert!(!stopped.contains(&Right::Recover) && !stopped.contains(&Right::SeeRecovery));
        }
    }
}
