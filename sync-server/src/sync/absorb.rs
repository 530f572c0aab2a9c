//! Takes in what a tablet hands in: the marks into the rows through the corridor, the changes
//! into the sheet, and what cannot be taken into quarantine. One transaction for all of it.

use std::sync::Arc;

use chrono::Datelike;
use shared::codec::{Blob, Hash32, encode};
use shared::digest::SheetRef;
use shared::ids::{MarkId, OperationId};
use shared::mark::Mark;
use shared::operation::{Actor, Body, Channel, Operation, ReceivedMark};
use shared::sheet::Fault;
use shared::sign::sha256;
use shared::wire::{COMPACT_ABOVE, Payload, SheetDown, SheetUp, Taken, Verdict};

use super::device::Device;
use super::proof::Covered;
use super::sheets::{self, Stored};
use super::{HandedIn, SyncError};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::{self, Context, Mode, journal};
use crate::store::{StoreError, Write};

/// Reason of a quarantine: the tablet does not point at that site.
const FOREIGN_SITE: &str = "foreign_site";

/// What became of one sheet, and what the tablet lacks of it.
pub(super) struct Answer {
    pub(super) taken: Taken,
    pub(super) down: Option<SheetDown>,
    /// With `down`, the tablet has all of the sheet up to this journal entry; 0 when it has not.
    pub(super) complete_to: u64,
}

/// Takes in all sheets under one commit.
pub(super) fn absorb(
    commune: &Arc<Commune>,
    device: &Device,
    covered: Covered,
    handed_in: Vec<HandedIn>,
) -> Result<Vec<Answer>, SyncError> {
    let desk = Absorb {
        device: device.id,
        sites: device.sites.clone(),
        covered,
        now: commune.clock.now(),
        actor: commune.sheet_actor,
    };
    let (answers, before, after) = commune.store.write(move |tx| {
        let branch = journal::current_branch(tx)?;
        let before = journal::head(tx, branch)?;
        let mut answers = Vec::with_capacity(handed_in.len());
        for one in handed_in {
            answers.push(desk.take(tx, one)?);
        }
        let after = journal::head(tx, branch)?;
        for answer in answers.iter_mut().filter(|a| a.complete_to > 0) {
            answer.complete_to = after.seq;
        }
        Ok::<_, SyncError>((answers, before, after))
    })?;
    if after.seq != before.seq {
        commune.announce(after);
    }
    Ok(answers)
}

struct Absorb {
    device: shared::ids::DeviceId,
    sites: Vec<shared::ids::SiteId>,
    covered: Covered,
    now: shared::time::UtcMs,
    actor: [u8; 16],
}

impl Absorb {
    fn take(&self, tx: &mut dyn Write, one: HandedIn) -> Result<Answer, SyncError> {
        let HandedIn {
            up,
            checked,
            receive,
            quarantine,
        } = one;
        if !self.sites.contains(&up.sheet.site) {
            self.set_aside(tx, quarantine, &up, FOREIGN_SITE)?;
            let marks = checked.map_or_else(|unsound| unsound.marks, |checked| checked.marks);
            let refused = marks.into_iter().map(|(id, _, _)| id).collect();
            let verdict = Verdict::Quarantined {
                reason: FOREIGN_SITE.to_owned(),
                refused,
            };
            return Ok(Answer {
                taken: Taken {
                    sheet: up.sheet,
                    verdict,
                },
                down: None,
                complete_to: 0,
            });
        }
        let mut stored = sheets::load(tx, &up.sheet, self.actor)?;
        match checked {
            Ok(checked) => {
                if !stored.document.can_take(&checked) {
                    let taken = Taken {
                        sheet: up.sheet,
                        verdict: Verdict::SendWhole,
                    };
                    return Ok(Answer {
                        taken,
                        down: None,
                        complete_to: 0,
                    });
                }
                let marks = checked.marks.clone();
                let ground = stored.document.heads();
                match stored.document.apply(checked, &up.heads) {
                    Ok(()) => self.accept(tx, receive, &up, &marks, (stored, &ground)),
                    Err(fault) => self.repair(tx, (receive, quarantine), &up, &marks, fault),
                }
            }
            Err(unsound) => self.repair(tx, (receive, quarantine), &up, &unsound.marks, unsound.fault),
        }
    }

    /// Every claimed head was found: store the marks, compare, remember.
    fn accept(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        up: &SheetUp,
        marks: &[(MarkId, Vec<u8>, Mark)],
        (mut stored, ground): (Stored, &[Hash32]),
    ) -> Result<Answer, SyncError> {
        let seq = self.receive(tx, id, &up.sheet, marks)?;
        let heads = stored.document.heads();
        let grew = heads != ground;
        if seq.is_some() || grew {
            let rows = sheets::rows(tx, &up.sheet)?;
            let repaired = stored
                .document
                .complete(&rows)
                .map_err(|f| disagree(&up.sheet, &f))?;
            if !stored.document.agrees(&rows) {
                return Err(disagree(&up.sheet, &Fault::HeadMissing));
            }
            match (&up.payload, seq) {
                (Payload::Changes(changes), Some(seq)) if !repaired => {
                    stored.changed_seq = seq;
                    sheets::remember(tx, &up.sheet, seq, self.device, changes)?;
                }
                _ => whole_from_here(tx, &up.sheet, &mut stored, seq)?,
            }
            sheets::store(tx, &up.sheet, &mut stored, &rows)?;
        }
        let down = lacks(&up.sheet, &up.heads, &mut stored);
        Ok(Answer {
            taken: Taken {
                sheet: up.sheet,
                verdict: Verdict::Accepted,
            },
            down,
            complete_to: 1,
        })
    }

    /// The changes cannot be taken: keep them aside, store the marks that could be read, and give
    /// the tablet a whole document to start again from.
    fn repair(
        &self,
        tx: &mut dyn Write,
        (receive, quarantine): (OperationId, OperationId),
        up: &SheetUp,
        marks: &[(MarkId, Vec<u8>, Mark)],
        fault: Fault,
    ) -> Result<Answer, SyncError> {
        self.set_aside(tx, quarantine, up, &fault.to_string())?;
        let seq = self.receive(tx, receive, &up.sheet, marks)?;
        let mut stored = sheets::load(tx, &up.sheet, self.actor)?;
        let rows = sheets::rows(tx, &up.sheet)?;
        stored
            .document
            .complete(&rows)
            .map_err(|f| disagree(&up.sheet, &f))?;
        if !stored.document.agrees(&rows) {
            return Err(disagree(&up.sheet, &fault));
        }
        whole_from_here(tx, &up.sheet, &mut stored, seq)?;
        sheets::store(tx, &up.sheet, &mut stored, &rows)?;
        let payload = stored.document.since(&[], 0);
        let verdict = Verdict::Quarantined {
            reason: fault.to_string(),
            refused: Vec::new(),
        };
        let down = Some(SheetDown {
            sheet: up.sheet,
            payload,
        });
        Ok(Answer {
            taken: Taken {
                sheet: up.sheet,
                verdict,
            },
            down,
            complete_to: 1,
        })
    }

    fn receive(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        sheet: &SheetRef,
        marks: &[(MarkId, Vec<u8>, Mark)],
    ) -> Result<Option<u64>, SyncError> {
        if marks.is_empty() {
            return Ok(None);
        }
        let held = sheets::rows(tx, sheet)?;
        let all_covered =
            marks.iter().all(|(_, _, m)| m.device == self.device) || self.covered.covers(sheet, marks);
        let new: Vec<ReceivedMark> = marks
            .iter()
            .filter(|(id, value, _)| !held.get(id).is_some_and(|values| values.contains(value)))
            .map(|(id, value, mark)| ReceivedMark {
                id: *id,
                value: Blob(value.clone()),
                returned: mark.device != self.device && (!all_covered || self.covered.is_newer(*id)),
            })
            .collect();
        if new.is_empty() {
            return Ok(None);
        }
        let date = sheet.date.num_days_from_ce();
        let body = Body::ReceiveMarks {
            device: self.device,
            site: sheet.site,
            date,
            marks: new,
        };
        self.submit(tx, id, body)
    }

    fn set_aside(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        up: &SheetUp,
        reason: &str,
    ) -> Result<(), SyncError> {
        let payload = encode(up);
        let body = Body::Quarantine {
            device: self.device,
            site: up.sheet.site,
            date: up.sheet.date.num_days_from_ce(),
            reason: reason.to_owned(),
            hash: sha256(&[self.device.as_bytes(), &payload]),
            payload: Blob(payload),
        };
        self.submit(tx, id, body)?;
        tracing::warn!(device = %self.device, sheet = %up.sheet.id(), reason, "a payload was set aside");
        metrics::counter!("preau_quarantined_total").increment(1);
        Ok(())
    }

    fn submit(&self, tx: &mut dyn Write, id: OperationId, body: Body) -> Result<Option<u64>, SyncError> {
        let operation = Operation {
            id,
            at: self.now,
            actor: Actor::Device(self.device),
            channel: Channel::Tablet,
            seen: None,
            body,
        };
        let context = Context {
            now: self.now,
            mode: Mode::Live,
        };
        Ok(corridor::submit(tx, &operation, Hash32(random()), context)?.seq)
    }
}

/// Tablets that have not seen this need the whole document.
fn whole_from_here(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    stored: &mut Stored,
    seq: Option<u64>,
) -> Result<(), StoreError> {
    sheets::forget(tx, sheet)?;
    let branch = journal::current_branch(tx)?;
    let head = journal::head(tx, branch)?.seq;
    // Changes without a new mark have no entry of their own: the next entry's readers need
    // the whole document.
    stored.whole_since = seq.unwrap_or(head + 1);
    stored.changed_seq = seq.unwrap_or(stored.changed_seq);
    Ok(())
}

/// What the tablet, whose heads are known, lacks of the sheet.
fn lacks(sheet: &SheetRef, theirs: &[Hash32], stored: &mut Stored) -> Option<SheetDown> {
    let mut theirs = theirs.to_vec();
    theirs.sort_unstable();
    if stored.document.heads() == theirs {
        return None;
    }
    Some(SheetDown {
        sheet: *sheet,
        payload: stored.document.since(&theirs, COMPACT_ABOVE),
    })
}

fn disagree(sheet: &SheetRef, fault: &Fault) -> SyncError {
    tracing::error!(sheet = %sheet.id(), %fault, "rows and sheet differ: nothing is acknowledged");
    SyncError::Disagree(sheet.id().to_string())
}
