//! Whom an operation speaks of.

use std::collections::BTreeSet;

use shared::ids::{RequestId, ReservationId, WishId};
use shared::mark::{Kind, unpack};
use shared::operation::{
    Ask, Body, Decision, NoticeKind, ReceivedMark, RegistrationFate, Settlement, TakenBack,
};
use uuid::Uuid;

/// Whom an operation speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Guardians, households and children, by their ids.
    pub people: BTreeSet<Uuid>,
    /// Reservations that it only names: the record knows whose they are.
    pub reservations: Vec<ReservationId>,
    /// Requests that it only names.
    pub requests: Vec<RequestId>,
    /// What was asked or waited for, that it only names.
    pub wishes: Vec<WishId>,
}

impl Spoken {
    fn marks(&mut self, marks: &[ReceivedMark]) {
        for mark in marks {
            let Ok(mark) = unpack(&mark.value.0) else { continue };
            self.people.extend(mark.child.map(|child| child.0));
            if let Kind::Close { children, .. } = mark.kind {
                self.people.extend(children.iter().map(|child| child.0));
            }
        }
    }
}

/// The people of families that an operation speaks of. What families are told (notices, letters) is no deed of
/// theirs and stands in the feed, but for what a closure made of their reservations.
pub fn speaks_of(body: &Body) -> Spoken {
    let mut spoken = Spoken::default();
    let people = &mut spoken.people;
    match body {
        Body::PutHousehold { household } => {
            people.insert(household.id.0);
            people.extend(household.guardians.iter().map(|guardian| guardian.id.0));
        }
        Body::PutChild { child } => {
            people.insert(child.id.0);
        }
        Body::PutPayer { payer } => {
            people.extend(payer.household.map(|id| id.0));
            people.extend(payer.guardian.map(|id| id.0));
        }
        Body::PutCustody { custody } => {
            people.insert(custody.child.0);
        }
        Body::Reserve { lines } => people.extend(lines.iter().map(|line| line.child.0)),
        Body::CancelReservations { reservations } => spoken.reservations.clone_from(reservations),
        Body::Book { booking } => {
            people.insert(booking.household.0);
            people.extend(booking.guardian.map(|guardian| guardian.0));
            for line in &booking.lines {
                match &line.ask {
                    Ask::Add { line, .. } => {
                        people.insert(line.child.0);
                    }
                    Ask::Cancel { reservation } => spoken.reservations.push(*reservation),
                }
            }
        }
        Body::SettleBookings { reservations, .. } | Body::EndUnpaid { reservations } => {
            spoken.reservations.clone_from(reservations);
        }
        Body::DecideWishes { wishes, .. } | Body::WithdrawWishes { wishes } | Body::EndWishes { wishes } => {
            spoken.wishes.clone_from(wishes);
        }
        Body::OfferPlaces { offers } => spoken.wishes.extend(offers.iter().map(|offer| offer.wish)),
        Body::PutHouseholdFacts { facts } => {
            people.insert(facts.household.0);
        }
        Body::PutDocuments { child, .. } => {
            people.insert(child.0);
        }
        Body::TakeBackReservations { lines } => {
            for line in lines {
                match line {
                    TakenBack::Made { line, .. } | TakenBack::Changed { line, .. } => {
                        people.insert(line.child.0);
                    }
                    TakenBack::Cancelled { reservation, .. } => spoken.reservations.push(*reservation),
                }
            }
        }
        Body::ReceiveMarks { marks, .. } => spoken.marks(marks),
        Body::SettleQuarantine {
            settlement: Settlement::Taken { marks },
            ..
        } => spoken.marks(marks),
        Body::AttachChild { unknown, child } => people.extend([unknown.0, child.0]),
        Body::SettleDiscrepancies { lines } => {
            for line in lines {
                people.extend(line.child.map(|child| child.0));
                if let Decision::Attach { child } = &line.decision {
                    people.insert(child.0);
                }
            }
        }
        Body::SetGuardianLogin { guardian, .. }
        | Body::IssueGuardianLink { guardian, .. }
        | Body::ConfirmAddress { guardian, .. }
        | Body::GuardianLoggedIn { guardian, .. }
        | Body::SetSecondFactor { guardian, .. }
        | Body::LinkIdentity { guardian, .. }
        | Body::SetContact { guardian, .. }
        | Body::DeleteAccount { guardian }
        | Body::RestoreAccount { guardian }
        | Body::ForgetAccount { guardian }
        | Body::ChooseNotices { guardian, .. }
        | Body::DropPush { guardian, .. }
        | Body::AcceptText { guardian, .. }
        | Body::SeenAs { guardian }
        | Body::ExportData { guardian } => {
            people.insert(guardian.0);
        }
        Body::PutPush { push } => {
            people.insert(push.guardian.0);
        }
        Body::IssueFamilyCodes { codes, .. } => {
            people.extend(codes.iter().map(|code| code.household.0));
        }
        Body::SettleRegistration {
            fate: RegistrationFate::Accepted { guardian },
            ..
        } => {
            people.insert(guardian.0);
        }
        Body::SendRequest { request } => {
            people.insert(request.guardian.0);
        }
        Body::AnswerRequest { request, .. } => spoken.requests.push(*request),
        // A closure names nobody: what became of whose reservations stands in what they were told.
        Body::Notify { notices, .. } => {
            let closures = notices.iter().filter(|notice| notice.kind == NoticeKind::Closure);
            people.extend(closures.map(|notice| notice.guardian.0));
        }
        Body::MergeHouseholds { keep, gone } => people.extend([keep.0, gone.0]),
        Body::MergeChildren { keep, gone } => people.extend([keep.0, gone.0]),
        // Of the town, of its tablets and agents, or of nobody who is known.
        _ => {}
    }
    spoken
}
