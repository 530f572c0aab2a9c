//! The server came back from a loss. The tablet notices by a receipt that is not known, or by another
//! branch; hands back what the server lacks of marks, lists and addresses; and says when all is back.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use shared::addresses::Addresses;
use shared::codec::Hash32;
use shared::digest::SheetRef;
use shared::envelope::{Envelope, Header, Scope};
use shared::ids::MarkId;
use shared::sheet::{check, read_packets};
use shared::wire::{MAX_HELD, Payload, SyncRequest, SyncResponse, TRIP_BYTES, Verdict};

use super::Outcome;
use super::request::{Plan, Wants};
use crate::document;
use crate::error::ReplicaError;
use crate::store::lost::{self, Lineage};
use crate::store::marks;
use crate::store::meta::{self, Back, Enrolment};
use crate::store::{Met, StoredMark};
use crate::tablet::Tablet;

/// What a request offers of lost branches, and what of it comes with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) held: Vec<Header>,
    pub(crate) returned: Vec<Envelope>,
}

impl Tablet {
    /// What the next request offers, once the server has said which branches it stands on.
    pub(super) fn offer(&self, wants: &Wants) -> Result<Offer, ReplicaError> {
        let open = self.met.back.is_some_and(|back| back.open);
        if !open || wants.unheard {
            return Ok(Offer::default());
        }
        let mut held = lost::to_hand_back(self.db.reader(), &self.lineage()?)?;
        held.truncate(MAX_HELD);
        let mut offer = Offer {
            held: held.iter().map(|one| one.header).collect(),
            returned: Vec::new(),
        };
        let mut weight = 0;
        for one in held {
            if wants.wanted.contains(&one.header.hash) && weight < TRIP_BYTES {
                weight += one.packed.0.len();
                offer.returned.push(one);
            }
        }
        Ok(offer)
    }

    /// What the server of the branch of now said that it stands on; of itself alone where it said nothing.
    pub(crate) fn lineage(&self) -> Result<Lineage, ReplicaError> {
        let said = meta::lineage(self.db.reader())?.unwrap_or_default();
        Ok(if said.branch == self.met.branch {
            said
        } else {
            Lineage::default()
        })
    }
}

/// Whether a request says nothing but that the tablet holds what its receipt covers.
pub(super) fn closes(request: &SyncRequest, met: &Met) -> bool {
    let receipt = met.receipt.map(|receipt| receipt.statement.at);
    let quiet = request.sheets.is_empty()
        && request.compare.is_none()
        && request.unite.is_none()
        && request.withdrawals.is_none();
    quiet && request.known == receipt && request.known.is_some_and(|at| request.cursor == at.seq)
}

/// The server stands elsewhere than it did: notes what it said of that.
pub(super) fn notice(
    db: &Connection,
    response: &SyncResponse,
    met: &mut Met,
    forgot: bool,
) -> Result<(), ReplicaError> {
    let moved = met.branch.is_some_and(|branch| branch != response.branch);
    if let Some(known) = &response.lineage {
        let lineage = Lineage {
            branch: Some(response.branch),
            known: known.clone(),
        };
        meta::put_lineage(db, &lineage)?;
    }
    if forgot && !moved {
        // What it was handed back before may be lost with the rest.
        lost::handed_back_to_nobody(db, response.branch)?;
    }
    // Before its first receipt a tablet has nothing that a server could have forgotten.
    let forgot = forgot && met.receipt.is_some();
    let begun = met.back.filter(|back| back.open && !moved);
    match begun {
        Some(mut back) if forgot => {
            back.receipted = false;
            met.back = Some(back);
        }
        None if moved || forgot => met.back = Some(Back::begun(response.at, moved)),
        _ => {}
    }
    Ok(())
}

/// The signed list of addresses that the server lacks. The one that a tablet was enrolled with names the
/// place it was enrolled at, and nothing that was published.
pub(super) fn newer_addresses(
    db: &Connection,
    response: &SyncResponse,
    enrolled: &Enrolment,
) -> Result<Option<Addresses>, ReplicaError> {
    let theirs = response.addresses.as_ref().map(|list| list.places.at);
    let published = |list: &Addresses| list.places.at != enrolled.credential.grant.since;
    let newer = |list: &Addresses| theirs.is_none_or(|at| at < list.places.at);
    Ok(meta::addresses(db)?.filter(|list| published(list) && newer(list)))
}

/// How many marks that a receipt once covered the server lacks of a sheet, whose heads there are these.
pub(super) fn lacking(
    db: &Connection,
    sheet: &SheetRef,
    theirs: &[Hash32],
    actor: [u8; 16],
) -> Result<u64, ReplicaError> {
    let rows = marks::of_sheet(db, sheet)?;
    let covered: BTreeSet<MarkId> = rows
        .iter()
        .filter(|row: &&StoredMark| row.receipted)
        .map(|row| row.id)
        .collect();
    if covered.is_empty() || theirs.is_empty() {
        return Ok(covered.len() as u64);
    }
    let mut document = document::load(db, sheet, &rows, actor)?;
    let known: Vec<Hash32> = theirs
        .iter()
        .filter(|head| document.has(std::slice::from_ref(head)))
        .copied()
        .collect();
    let payload = document.packet_since(&known);
    let marks = match &payload {
        Payload::Packets(packets) => read_packets(packets).unwrap_or_default(),
        Payload::Changes(_) | Payload::Whole(_) => check(&payload).map(|c| c.marks).unwrap_or_default(),
    };
    let ids: BTreeSet<MarkId> = marks.into_iter().map(|(id, _, _)| id).collect();
    Ok(ids.intersection(&covered).count() as u64)
}

/// Counts the marks that the server has again, and those it still lacks.
pub(super) fn count_marks(
    response: &SyncResponse,
    plan: &Plan,
    next: &mut Wants,
    met: &mut Met,
    outcome: &mut Outcome,
) {
    let mut lacking = plan.lacking.clone();
    for taken in &response.taken {
        if taken.verdict == Verdict::Accepted
            && plan.handed_in.contains_key(&taken.sheet)
            && let Some(marks) = lacking.remove(&taken.sheet)
        {
            outcome.returned.marks += marks;
            if let Some(back) = &mut met.back {
                back.marks += marks;
            }
        }
    }
    next.lacking = lacking;
}

/// Takes in what the server wants of what was offered; what it did not want it has.
pub(super) fn count_lists(
    db: &Connection,
    response: &SyncResponse,
    plan: &Plan,
    next: &mut Wants,
    met: &mut Met,
    outcome: &mut Outcome,
) -> Result<(), ReplicaError> {
    let Some(back) = &mut met.back else { return Ok(()) };
    let Some(wanted) = &response.wanted else {
        // A server of before does not ask for any.
        next.unheard = plan.unheard || !plan.held.is_empty();
        return Ok(());
    };
    let wanted: BTreeSet<Hash32> = wanted.iter().copied().collect();
    let mut owed = 0;
    for header in &plan.held {
        let (hash, sent) = (header.hash, plan.returned.contains(&header.hash));
        let list = u64::from(matches!(header.scope, Scope::DayList { .. }));
        if wanted.contains(&hash) && !sent {
            next.wanted.insert(hash);
            owed += list;
            continue;
        }
        if wanted.contains(&hash) {
            tracing::warn!(hash = %hash.hex(), "the server does not take what it wanted: it stays here");
        } else if sent {
            back.lists += list;
            outcome.returned.lists += list;
        }
        lost::handed_back(db, &hash, response.branch)?;
    }
    back.lists_owed = owed;
    Ok(())
}

/// Whether there is more to say of a return from a loss. It is over once a receipt covers everything,
/// nothing is left to hand back, and, on another branch, the server was told so.
pub(super) fn goes_on(
    db: &Connection,
    response: &SyncResponse,
    plan: &Plan,
    next: &mut Wants,
    met: &mut Met,
) -> Result<bool, ReplicaError> {
    let Some(back) = met.back.as_mut().filter(|back| back.open) else {
        return Ok(false);
    };
    back.marks_owed = next.lacking.values().sum();
    if !back.receipted {
        return Ok(false);
    }
    back.marks_owed = 0;
    let lineage = meta::lineage(db)?.filter(|said| said.branch == Some(response.branch));
    let left = match lineage {
        Some(lineage) if !next.unheard => !lost::to_hand_back(db, &lineage)?.is_empty(),
        _ => false,
    };
    if left {
        return Ok(true);
    }
    back.lists_owed = 0;
    if !back.moved || plan.closing || next.unheard {
        back.open = false;
        return Ok(false);
    }
    // Once: where the tablet cannot say so now, an exchange to come does.
    let again = !plan.close;
    next.close = again;
    Ok(again)
}

/// Of the sheets that differ, those that a server that forgot lacks marks of.
pub(super) type Lacking = BTreeMap<SheetRef, u64>;
