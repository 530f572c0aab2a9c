//! Takes in what a tablet hands in: the marks into the rows through the corridor, the changes
//! into the sheet, and what cannot be taken into quarantine. One transaction for all of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Datelike;
use shared::codec::{Blob, Hash32, encode};
use shared::digest::SheetRef;
use shared::ids::{MarkId, OperationId};
use shared::mark::Mark;
use shared::operation::{Actor, Body, Channel, Operation, ReceivedMark};
use shared::receipt::Position;
use shared::sheet::{Fault, Values, check};
use shared::sign::sha256;
use shared::wire::{COMPACT_ABOVE, Payload, SheetDown, SheetUp, Taken, Verdict};

use super::aside;
use super::contact::Contact;
use super::device::Device;
use super::proof::Covered;
use super::sheets::{self, Standing, Stored};
use super::shelf::Shelf;
use super::{HandedIn, HandedInMarks, SyncError, contact};
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

/// What a request stands on.
pub(super) struct Ground {
    /// The point of the journal that the tablet's newest receipt names.
    pub(super) known: Option<Position>,
    /// The tablet's sheets differ from the server's.
    pub(super) unite: bool,
}

/// Takes in all sheets under one commit. Answers too what the head of the journal was before.
pub(super) fn absorb(
    commune: &Arc<Commune>,
    device: &Device,
    covered: Covered,
    handed_in: Vec<HandedIn>,
    mut contact: Contact,
    ground: Ground,
) -> Result<(Vec<Answer>, u64), SyncError> {
    let desk = Absorb {
        device: device.id,
        sites: device.sites.clone(),
        covered,
        unite: ground.unite,
        now: commune.clock.now(),
        commune: Arc::clone(commune),
    };
    let device = device.id;
    let (settled, before, after) = commune.store.write(move |tx| {
        let branch = journal::current_branch(tx)?;
        let before = journal::head(tx, branch)?;
        // Where the tablet's newest receipt is known, all that was acknowledged to it is here.
        let remembered = match &ground.known {
            Some(at) => journal::contains(tx, at)?,
            None => true,
        };
        let own = contact::own_marks(device, &handed_in);
        let mut settled = Vec::with_capacity(handed_in.len());
        for one in handed_in {
            settled.push(desk.take(tx, one, remembered)?);
        }
        let taken: Vec<&Taken> = settled.iter().map(|one: &Settled| &one.taken).collect();
        contact.settle(&own, &taken);
        contact.write(tx)?;
        Ok::<_, SyncError>((settled, before, journal::head(tx, branch)?))
    })?;
    if after.seq != before.seq {
        commune.announce(after);
    }
    let answer = |settled: Settled| settled.answer(&commune.shelf, after.seq);
    Ok((settled.into_iter().map(answer).collect(), before.seq))
}

/// What was committed of one sheet.
struct Settled {
    taken: Taken,
    /// The document as the store has it, and the heads of the tablet's; none of them where the
    /// tablet is to begin again.
    stored: Option<(Stored, Option<Vec<Hash32>>)>,
    /// The rows of a sheet whose document is behind.
    rows: Option<(Hash32, Values)>,
}

impl Settled {
    fn bare(taken: Taken) -> Self {
        Self {
            taken,
            stored: None,
            rows: None,
        }
    }

    /// What the tablet lacks is packed when the store is free for others again.
    fn answer(self, shelf: &Shelf, head: u64) -> Answer {
        let Self { taken, stored, rows } = self;
        if let Some((digest, rows)) = rows {
            shelf.put_rows(taken.sheet, digest, rows);
        }
        let Some((mut stored, theirs)) = stored else {
            return Answer {
                taken,
                down: None,
                complete_to: 0,
            };
        };
        let sheet = taken.sheet;
        let payload = match theirs {
            Some(theirs) => lacks(&theirs, &mut stored),
            None => Some(stored.since(&[], 0)),
        };
        stored.shelve(sheet, shelf);
        Answer {
            taken,
            down: payload.map(|payload| SheetDown { sheet, payload }),
            complete_to: head,
        }
    }
}

struct Absorb {
    device: shared::ids::DeviceId,
    sites: Vec<shared::ids::SiteId>,
    covered: Covered,
    /// The tablet's sheets differ from the server's, and it must hear what it lacks of them.
    unite: bool,
    now: shared::time::UtcMs,
    commune: Arc<Commune>,
}

impl Absorb {
    fn take(&self, tx: &mut dyn Write, one: HandedIn, remembered: bool) -> Result<Settled, SyncError> {
        let HandedIn {
            up,
            checked,
            receive,
            quarantine,
        } = one;
        if !self.sites.contains(&up.sheet.site) {
            self.set_aside(tx, quarantine, &up, FOREIGN_SITE)?;
            let refused = checked.marks().iter().map(|(id, _, _)| *id).collect();
            let verdict = Verdict::Quarantined {
                reason: FOREIGN_SITE.to_owned(),
                refused,
            };
            let taken = Taken {
                sheet: up.sheet,
                verdict,
            };
            return Ok(Settled::bare(taken));
        }
        let checked = match checked {
            HandedInMarks::Packets(marks) => {
                let on_rows = remembered && !self.unite;
                if on_rows && let Some(settled) = self.accept_rows(tx, receive, &up, &marks)? {
                    return Ok(settled);
                }
                check(&up.payload)
            }
            HandedInMarks::Checked(checked) => *checked,
        };
        let mut stored = self.load(tx, &up.sheet)?;
        match checked {
            Ok(checked) => {
                let document = &mut stored.open.document;
                // A server that was set back is sent what it once lacked, not what it lacks now.
                let cut = !remembered || !checked.stands_alone();
                if !document.can_take(&checked) || cut && document.misses(&checked, &up.heads) {
                    let taken = Taken {
                        sheet: up.sheet,
                        verdict: Verdict::SendWhole,
                    };
                    return Ok(Settled::bare(taken));
                }
                let marks = checked.marks.clone();
                let ground = stored.open.document.heads();
                match stored.open.document.apply(checked, &up.heads) {
                    Ok(()) => self.accept(tx, receive, &up, &marks, (stored, &ground)),
                    Err(fault) => self.repair(tx, (receive, quarantine), &up, &marks, fault),
                }
            }
            Err(unsound) => self.repair(tx, (receive, quarantine), &up, &unsound.marks, unsound.fault),
        }
    }

    /// Acknowledges marks on their rows: found there and counted before the commit. The document
    /// follows when somebody needs it; until then the packets lie beside it as they came, and other
    /// tablets get them so. `None` where nothing is new, and it takes the document to tell why.
    fn accept_rows(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        up: &SheetUp,
        marks: &[(MarkId, Vec<u8>, Mark)],
    ) -> Result<Option<Settled>, SyncError> {
        let Payload::Packets(packets) = &up.payload else {
            return Ok(None);
        };
        let standing = sheets::standing(tx, &up.sheet)?;
        let held = standing.and_then(|s| self.commune.shelf.take_rows(&up.sheet, &s.digest));
        let mut rows = match (held, &standing) {
            (Some(rows), _) => rows,
            (None, Some(_)) => sheets::rows(tx, &up.sheet)?,
            (None, None) => Values::new(),
        };
        let taken = Taken {
            sheet: up.sheet,
            verdict: Verdict::Accepted,
        };
        let Some(seq) = self.receive(tx, id, &up.sheet, marks, &rows)? else {
            let known = sheets::has_packets(tx, &up.sheet, packets)?;
            return Ok(known.then(|| Settled::bare(taken)));
        };
        for (id, value, _) in marks {
            rows.entry(*id).or_default().insert(value.clone());
        }
        let (digest, count) = sheets::told(&rows);
        let counted = tx.first(
            include_str!("../record/mark/count.sql"),
            &[up.sheet.site.into(), up.sheet.date.into()],
        )?;
        if counted.map_or(Ok(0), |row| row.count(0))? != count {
            return Err(disagree(&up.sheet, &Fault::HeadMissing));
        }
        sheets::remember(tx, &up.sheet, seq, self.device, &up.payload)?;
        let now = Standing {
            digest,
            marks: count,
            changed_seq: seq,
            whole_since: standing.map_or(0, |s| s.whole_since),
        };
        sheets::put(tx, &up.sheet, &now)?;
        Ok(Some(Settled {
            rows: Some((digest, rows)),
            ..Settled::bare(taken)
        }))
    }

    /// Every claimed head was found: store the marks, compare, remember.
    fn accept(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        up: &SheetUp,
        marks: &[(MarkId, Vec<u8>, Mark)],
        (mut stored, ground): (Stored, &[Hash32]),
    ) -> Result<Settled, SyncError> {
        let held = held(tx, &up.sheet, marks)?;
        let seq = self.receive(tx, id, &up.sheet, marks, &held)?;
        let heads = stored.open.document.heads();
        let grew = heads != ground;
        if seq.is_some() || grew {
            let rows = sheets::rows(tx, &up.sheet)?;
            let repaired = stored
                .open
                .document
                .complete(&rows)
                .map_err(|f| disagree(&up.sheet, &f))?;
            if !stored.open.document.agrees(&rows) {
                return Err(disagree(&up.sheet, &Fault::HeadMissing));
            }
            match (&up.payload, seq) {
                (Payload::Changes(_) | Payload::Packets(_), Some(seq))
                    if !repaired && !stored.open.broken =>
                {
                    stored.changed_seq = seq;
                    sheets::remember(tx, &up.sheet, seq, self.device, &up.payload)?;
                }
                _ => whole_from_here(tx, &up.sheet, &mut stored, seq)?,
            }
            sheets::store(tx, &up.sheet, &mut stored, &rows)?;
        }
        let taken = Taken {
            sheet: up.sheet,
            verdict: Verdict::Accepted,
        };
        Ok(Settled {
            stored: Some((stored, Some(up.heads.clone()))),
            ..Settled::bare(taken)
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
    ) -> Result<Settled, SyncError> {
        self.set_aside(tx, quarantine, up, &fault.to_string())?;
        let held = held(tx, &up.sheet, marks)?;
        let seq = self.receive(tx, receive, &up.sheet, marks, &held)?;
        let mut stored = self.load(tx, &up.sheet)?;
        let rows = sheets::rows(tx, &up.sheet)?;
        stored
            .open
            .document
            .complete(&rows)
            .map_err(|f| disagree(&up.sheet, &f))?;
        if !stored.open.document.agrees(&rows) {
            return Err(disagree(&up.sheet, &fault));
        }
        whole_from_here(tx, &up.sheet, &mut stored, seq)?;
        sheets::store(tx, &up.sheet, &mut stored, &rows)?;
        let verdict = Verdict::Quarantined {
            reason: fault.to_string(),
            refused: Vec::new(),
        };
        let taken = Taken {
            sheet: up.sheet,
            verdict,
        };
        Ok(Settled {
            stored: Some((stored, None)),
            ..Settled::bare(taken)
        })
    }

    fn load(&self, tx: &mut dyn Write, sheet: &SheetRef) -> Result<Stored, StoreError> {
        sheets::load(tx, sheet, &self.commune.shelf, self.commune.sheet_actor)
    }

    fn receive(
        &self,
        tx: &mut dyn Write,
        id: OperationId,
        sheet: &SheetRef,
        marks: &[(MarkId, Vec<u8>, Mark)],
        held: &Values,
    ) -> Result<Option<u64>, SyncError> {
        let all_covered =
            marks.iter().all(|(_, _, m)| m.device == self.device) || self.covered.covers(sheet, marks);
        let mut coming = BTreeSet::new();
        let new: Vec<ReceivedMark> = marks
            .iter()
            .filter(|(id, value, _)| !held.get(id).is_some_and(|values| values.contains(value)))
            // Two changes may put one mark: a clone's, or a document that was made again from its rows.
            .filter(|(id, value, _)| coming.insert((*id, value)))
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
        crate::metrics::quarantined();
        if !aside::has_room(tx, self.device, payload.len())? {
            return Ok(());
        }
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
fn lacks(theirs: &[Hash32], stored: &mut Stored) -> Option<Payload> {
    let mut theirs = theirs.to_vec();
    theirs.sort_unstable();
    (stored.open.document.heads() != theirs).then(|| stored.since(&theirs, COMPACT_ABOVE))
}

fn disagree(sheet: &SheetRef, fault: &Fault) -> SyncError {
    tracing::error!(sheet = %sheet.id(), %fault, "rows and sheet differ: nothing is acknowledged");
    SyncError::Disagree(sheet.id().to_string())
}

/// The rows that these marks have already.
fn held(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    marks: &[(MarkId, Vec<u8>, Mark)],
) -> Result<Values, StoreError> {
    corridor::held_among(tx, sheet, marks.iter().map(|(id, _, _)| *id))
}
