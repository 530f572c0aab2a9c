//! Who may do what on the portal: the whole table, as [`crate::web::desk`] has its own for agents.
//!
//! A page asks for a [`Permit`] first. Which children and whose money a guardian sees is asked for beside it, of
//! [`crate::record`]: a permit opens a kind of page, never somebody else's file.

use shared::operation::{Capability, Openness};

use super::session::Stage;
use crate::record::Part;

/// What a page of the portal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permit {
    /// Home and feed.
    Home,
    /// Own reservations are looked at.
    SeeBookings,
    /// Something is booked or cancelled: the cart, and what leads into it.
    Book,
    /// Own bills are looked at.
    SeeBills,
    /// Own requests are looked at.
    SeeRequests,
    /// Something is asked of the town hall.
    Ask,
    /// The file is looked at.
    SeeFile,
    /// The account is looked at: contact, history, choices, sessions.
    SeeAccount,
    /// Contact, choices and acceptances are changed.
    ChangeAccount,
    /// What opens the account: password, second factor, identities, sessions, deletion, a copy of all data.
    Secrets,
    /// A login is chosen after codes on paper.
    Claim,
    /// A second factor is given.
    Factor,
}

impl Permit {
    /// All.
    #[cfg(test)]
    pub(super) const ALL: [Self; 12] = [
        Self::Home,
        Self::SeeBookings,
        Self::Book,
        Self::SeeBills,
        Self::SeeRequests,
        Self::Ask,
        Self::SeeFile,
        Self::SeeAccount,
        Self::ChangeAccount,
        Self::Secrets,
        Self::Claim,
        Self::Factor,
    ];
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asker {
    /// How far they got in.
    pub(super) stage: Stage,
    /// An agent looks through a guardian's eyes.
    pub(super) as_agent: bool,
}

/// Whether somebody gets that far. An agent looks and changes nothing, and does not see what opens the account.
pub(super) fn may(asker: Asker, permit: Permit) -> bool {
    use Permit as P;
    match (asker.stage, permit) {
        (Stage::Codes, P::Claim) | (Stage::Factor, P::Factor) => true,
        (Stage::Codes | Stage::Factor, _) | (Stage::In, P::Claim | P::Factor) => false,
        (Stage::In, P::Book | P::Ask | P::ChangeAccount | P::Secrets) => !asker.as_agent,
        (Stage::In, _) => true,
    }
}

/// The part of the service that keeps somebody from a page now; `parts` are those not open.
pub(super) fn obstacle(permit: Permit, parts: &[Part]) -> Option<&Part> {
    use Permit as P;
    let (capability, looks) = match permit {
        P::Book => (Capability::Reservation, false),
        P::SeeBills => (Capability::Payment, true),
        // What is booked is read whatever is closed; the page says why nothing can be changed.
        P::SeeBookings | P::SeeFile | P::Home | P::SeeRequests => (Capability::Consultation, true),
        P::Ask | P::ChangeAccount => (Capability::Consultation, false),
        // Whoever must change a password or close a session can, whatever else is closed.
        P::SeeAccount | P::Secrets | P::Claim | P::Factor => return None,
    };
    let part = parts.iter().find(|part| part.capability == capability)?;
    let open = part.state == Openness::Open || (part.state == Openness::ReadOnly && looks);
    // Home says itself what is not open; nothing of it is hidden but what that part would show.
    (!open && permit != P::Home).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(stage: Stage, as_agent: bool) -> Vec<Permit> {
        let asker = Asker { stage, as_agent };
        let all = Permit::ALL.into_iter();
        all.filter(|permit| may(asker, *permit)).collect()
    }

    #[test]
    fn on_the_doorstep_there_is_one_thing_to_do() {
        assert_eq!(granted(Stage::Codes, false), [Permit::Claim]);
        assert_eq!(granted(Stage::Factor, false), [Permit::Factor]);
    }

    #[test]
    fn an_agent_looks_and_changes_nothing() {
        use Permit as P;
        assert_eq!(
            granted(Stage::In, true),
            [
                P::Home,
                P::SeeBookings,
                P::SeeBills,
                P::SeeRequests,
                P::SeeFile,
                P::SeeAccount
            ]
        );
        assert_eq!(granted(Stage::In, false).len(), 10);
    }
}
