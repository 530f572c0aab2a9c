//! Taking in an answer: believed only as far as the commune's key signed it, and durable before
//! anything is said to be accepted.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use shared::addresses::Addresses;
use shared::codec::Hash32;
use shared::day_list::{DayList, Roster, SiteCard};
use shared::digest::{SheetRef, window_digest};
use shared::envelope::{Envelope, Refused, Scope};
use shared::ids::{MarkId, SiteId};
use shared::sheet::{Sheet, check};
use shared::sign::PublicKey;
use shared::wire::{COMPACT_ABOVE, Payload, SheetDown, SheetState, SyncResponse, Verdict};
use shared::words::day;

use super::request::{Plan, Reached, Wants};
use super::{Outcome, back};
use crate::document;
use crate::error::ReplicaError;
use crate::sheets::save;
use crate::status::digest;
use crate::store::marks::{self, MarkState};
use crate::store::{Met, lost, meta};
use crate::tablet::Tablet;

/// Comparisons in one exchange: more would not help.
const COMPARISONS: u32 = 3;

impl Tablet {
    /// Takes in an answer; answers what the next trip should do, or `None` when all is said.
    pub(crate) fn absorb(
        &mut self,
        response: SyncResponse,
        plan: &Plan,
        outcome: &mut Outcome,
    ) -> Result<Option<Wants>, ReplicaError> {
        let enrolled = self.enrolled()?.clone();
        let key = enrolled.commune_key;
        believe(&response, &key, &enrolled)?;
        let mut next = Wants {
            refused_list: plan.refused_list.clone(),
            ..Wants::default()
        };
        self.sheets.refresh(self.db.data_version()?);
        let mut met = self.met.clone();
        let now = self.clock.now();
        met.server_time = Some(response.at);
        met.mono_ms = now.mono_ms;
        met.boot = now.boot;
        met.offset_ms = response.at.0 - now.wall.0;
        met.clock_stated = self.clock.is_stated();
        met.withdrawn = false;
        met.backed_up = response.backed_up;
        met.oldest_backup = response.oldest_backup;
        met.withheld = response.withheld;
        met.services.clone_from(&response.services);
        let sites = enrolled.sites();

        let moved = met.branch.is_some_and(|branch| branch != response.branch);
        let mut goes_on = false;
        let tx = self.db.begin()?;
        let done = (|| {
            let own = enrolled.device();
            for taken in &response.taken {
                self.sheets.forget(&taken.sheet);
                match &taken.verdict {
                    Verdict::Accepted => {}
                    Verdict::SendWhole => {
                        next.reconcile.insert(taken.sheet, None);
                    }
                    Verdict::Quarantined { reason, refused } => {
                        tracing::warn!(sheet = %taken.sheet.id(), reason, "the server set a sheet's changes aside");
                        outcome.quarantined += refused.len() as u64;
                        for id in refused {
                            marks::set_aside(&tx, *id)?;
                        }
                        let down = response.sheets.iter().find(|d| d.sheet == taken.sheet);
                        if let Some(down) = down {
                            start_again(&tx, down, response.at.0, self.sheets.actor)?;
                            next.reconcile.insert(taken.sheet, Some(Vec::new()));
                        }
                    }
                }
            }
            for down in response.sheets.iter().filter(|d| sites.contains(&d.sheet.site)) {
                self.sheets.forget(&down.sheet);
                match take(
                    &tx,
                    down,
                    own,
                    response.receipt.statement.at.seq,
                    self.sheets.actor,
                )? {
                    Some(received) => outcome.received += received,
                    None => next.compare = true,
                }
            }
            for (sheet, claimed) in &plan.handed_in {
                let accepted = response
                    .taken
                    .iter()
                    .any(|t| t.sheet == *sheet && t.verdict == Verdict::Accepted);
                if accepted {
                    // The server holds at least what was claimed.
                    marks::put_server_heads(&tx, sheet, claimed)?;
                }
            }
            outcome.lists |= !response.envelopes.is_empty() || met.branch != Some(response.branch);
            back::notice(&tx, &response, &mut met, forgot(&response, plan))?;
            if forgot(&response, plan) {
                next.addresses = back::newer_addresses(&tx, &response, &enrolled)?.is_some();
                // The lists held may be of a future that the server lost: those it sends now count,
                // however low their numbers.
                marks::yield_envelopes(&tx, response.branch)?;
            }
            for envelope in &response.envelopes {
                if !keep(&tx, envelope, &key)? {
                    next.refused_list = Some(title(&envelope.header.scope));
                }
            }
            for withdrawal in response.withdrawals.iter().filter(|w| w.is_of(&key)) {
                marks::put_withdrawal(&tx, withdrawal)?;
            }
            if let Some(addresses) = response.addresses.as_ref().filter(|a| a.is_of(&key)) {
                take_over(&tx, addresses)?;
            }
            met.branch = Some(response.branch);
            back::count_marks(&response, plan, &mut next, &mut met, outcome);
            back::count_lists(&tx, &response, plan, &mut next, &mut met, outcome)?;
            Settling {
                db: &tx,
                sites,
                response: &response,
                plan,
                actor: self.sheets.actor,
            }
            .settle(&mut next, &mut met, outcome)?;
            // Whatever was taken away reaches a server on another branch, even where a receipt is known.
            next.prove |= moved && !marks::withdrawals(&tx)?.is_empty();
            goes_on = back::goes_on(&tx, &response, plan, &mut next, &mut met)?;
            meta::put_met(&tx, &met)?;
            Ok::<_, ReplicaError>(())
        })();
        // What is in memory may be ahead of the disk or behind it: it is loaded again.
        self.sheets.forget_all();
        done?;
        tx.commit()?;
        self.met = met;
        next.comparisons = plan.comparisons + u32::from(next.compare);
        if next.comparisons > COMPARISONS {
            return Err(ReplicaError::Fault(
                "les feuilles diffèrent de celles du serveur".into(),
            ));
        }
        let unsaid = next.compare || next.prove || next.addresses || !next.reconcile.is_empty();
        let more = response.more || plan.left > 0 || unsaid || goes_on;
        match next.refused_list {
            Some(list) if !more => Err(ReplicaError::ListRefused(list)),
            _ => Ok(more.then_some(next)),
        }
    }
}

/// The server told its sheets unasked: it does not know the receipt it was shown.
fn forgot(response: &SyncResponse, plan: &Plan) -> bool {
    response.states.is_some() && !plan.compared
}

/// Takes over a signed list of addresses that is newer than the one held; those of the old one stay as
/// later choices.
pub(crate) fn take_over(db: &Connection, addresses: &Addresses) -> Result<bool, ReplicaError> {
    let held = meta::addresses(db)?;
    if held
        .as_ref()
        .is_some_and(|held| held.places.at >= addresses.places.at)
    {
        return Ok(false);
    }
    if let Some(held) = held {
        super::addresses::keep_earlier(db, &held.places.servers)?;
    }
    meta::put_addresses(db, addresses)?;
    Ok(true)
}

fn believe(
    response: &SyncResponse,
    key: &PublicKey,
    enrolled: &crate::store::Enrolment,
) -> Result<(), ReplicaError> {
    let statement = &response.receipt.statement;
    if !response.receipt.is_of(key)
        || statement.device != enrolled.device()
        || statement.at.branch != response.branch
    {
        return Err(ReplicaError::Untrusted("accusé de réception".into()));
    }
    Ok(())
}

/// What a person calls the content of an envelope.
fn title(scope: &Scope) -> String {
    match scope {
        Scope::DayList { date, .. } => format!("liste du {}", day(*date)),
        Scope::Site { .. } => "fiche du site".into(),
        Scope::Roster => "annuaire des enfants".into(),
    }
}

/// Keeps an envelope that opens; answers whether it did. Where it did not, the one held before
/// stays.
fn keep(db: &Connection, envelope: &Envelope, key: &PublicKey) -> Result<bool, ReplicaError> {
    let opened: Result<(), Refused> = match envelope.header.scope {
        Scope::DayList { site, date } => envelope.open::<DayList>(key).and_then(|list| {
            if list.site == site && list.date == date {
                Ok(())
            } else {
                Err(Refused::Signature)
            }
        }),
        Scope::Site { .. } => envelope.open::<SiteCard>(key).map(drop),
        Scope::Roster => envelope.open::<Roster>(key).map(drop),
    };
    match opened {
        Ok(()) => marks::put_envelope(db, envelope).map(|()| true),
        Err(why) => {
            tracing::error!(%why, "a list of the server is not believed; the one held stays");
            Ok(false)
        }
    }
}

/// Takes changes into a sheet. `None` when they cannot be taken: the sheets must be compared.
fn take(
    db: &Connection,
    down: &SheetDown,
    own: shared::ids::DeviceId,
    seq: u64,
    actor: [u8; 16],
) -> Result<Option<u64>, ReplicaError> {
    let checked = match check(&down.payload) {
        Ok(checked) => checked,
        Err(unsound) => {
            tracing::error!(sheet = %down.sheet.id(), fault = %unsound.fault, "the server's changes cannot be taken");
            return Ok(None);
        }
    };
    let rows = marks::of_sheet(db, &down.sheet)?;
    let mut document = document::load(db, &down.sheet, &rows, actor)?;
    if !document.can_take(&checked) {
        return Ok(None);
    }
    let (new, tips) = (checked.marks.clone(), checked.tips());
    // Few changes are kept beside the saved document; many are worth saving it again.
    let few = !rows.is_empty() && checked.chunks().len() <= COMPACT_ABOVE;
    let chunks: Vec<Vec<u8>> = match &down.payload {
        Payload::Changes(_) | Payload::Packets(_) if few => checked.chunks().map(<[u8]>::to_vec).collect(),
        Payload::Changes(_) | Payload::Packets(_) | Payload::Whole(_) => Vec::new(),
    };
    if document.apply(checked, &[]).is_err() {
        return Ok(None);
    }
    // The server holds what it sent; with nothing owed here, it holds the whole document.
    let owes = rows.iter().any(|row| row.state == MarkState::Pending);
    let held = if owes {
        let before = marks::server_heads(db, &down.sheet)?.unwrap_or_default();
        before
            .into_iter()
            .chain(tips)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    } else {
        document.heads()
    };
    marks::put_server_heads(db, &down.sheet, &held)?;
    if chunks.is_empty() {
        save(db, &down.sheet, &mut document, actor)?;
    }
    for chunk in &chunks {
        marks::add_change(db, &down.sheet, chunk)?;
    }
    let mut received = 0;
    for (id, value, mark) in new {
        let mine = mark.device == own;
        if marks::insert(
            db,
            &down.sheet,
            id,
            &value,
            (mine, mark.device_seq),
            MarkState::Accepted,
        )? {
            marks::accept(db, id, seq)?;
            received += u64::from(!mine);
        }
    }
    Ok(Some(received))
}

/// Gives up a document that the server cannot take: begins again from the server's, puts the
/// marks it lacks under a new actor, and sets the old one aside.
fn start_again(db: &Connection, down: &SheetDown, at: i64, actor: [u8; 16]) -> Result<(), ReplicaError> {
    let Ok(checked) = check(&down.payload) else {
        return Ok(());
    };
    let (saved, changes) = marks::document(db, &down.sheet)?;
    let old = Sheet::load(saved.as_deref(), &changes, actor)
        .map(|mut sheet| sheet.save())
        .unwrap_or_default();
    marks::keep_aside(db, &down.sheet, at, &old)?;
    let mut fresh = Sheet::new(crate::clock::random());
    fresh.apply(checked, &[])?;
    let rows = marks::of_sheet(db, &down.sheet)?;
    fresh.complete(&marks::values(
        rows.iter().filter(|row| row.state != MarkState::SetAside),
    ))?;
    save(db, &down.sheet, &mut fresh, actor)
}

/// The end of a trip: what does the receipt cover?
struct Settling<'s> {
    db: &'s Connection,
    sites: &'s [SiteId],
    response: &'s SyncResponse,
    plan: &'s Plan,
    actor: [u8; 16],
}

impl Settling<'_> {
    /// Compares the tablet's sheets with the receipt and says which marks it covers, or what the
    /// next trip must do.
    fn settle(&self, next: &mut Wants, met: &mut Met, outcome: &mut Outcome) -> Result<(), ReplicaError> {
        let receipt = self.response.receipt;
        next.reached = Some(Reached {
            known: Some(receipt.statement.at),
            cursor: self.response.cursor,
            lists_to: self.response.lists_to,
        });
        // Told all sheets of the server, the tablet finds every one that differs at once, those it has
        // just been asked for among them.
        let told = self.response.states.is_some();
        let waits = next.compare || (!next.reconcile.is_empty() && !told);
        if self.response.more || self.plan.left > 0 || waits {
            next.prove = self.plan.proving || self.forgot();
            return Ok(());
        }
        let dirty = self.dirty()?;
        let before = marks::covered(self.db)?;
        let local = self.window(&before, &dirty)?;
        if let Some(states) = &self.response.states {
            self.compare(states, &local, next)?;
            if !next.reconcile.is_empty() || next.prove {
                return Ok(());
            }
        }
        if window_digest(&local) != receipt.statement.window {
            next.compare = true;
            return Ok(());
        }
        for sheet in &dirty {
            self.accept(sheet, receipt.statement.at.seq, outcome)?;
        }
        for (sheet, digest) in local
            .iter()
            .filter(|(sheet, digest)| before.get(sheet) != Some(digest))
        {
            marks::put_covered(self.db, sheet, Some(*digest))?;
            lost::put_accepted_at(self.db, sheet, self.response.at)?;
        }
        for sheet in before.keys().filter(|sheet| !local.contains_key(sheet)) {
            marks::put_covered(self.db, sheet, None)?;
        }
        if let Some(back) = met.back.as_mut().filter(|back| !back.receipted) {
            lost::accepted_again(self.db, receipt.statement.at.seq, self.response.at)?;
            back.receipted = true;
        }
        met.receipt = Some(receipt);
        // A list that was not believed is asked for again: as if this exchange had brought none.
        if next.refused_list.is_none() {
            met.cursor = self.response.cursor;
            met.lists_to = self.response.lists_to;
        }
        met.last_sync = Some(self.response.at);
        Ok(())
    }

    fn forgot(&self) -> bool {
        forgot(self.response, self.plan)
    }

    /// Finds the sheets that differ from the server's: each is handed in and fetched next.
    fn compare(
        &self,
        states: &[SheetState],
        local: &BTreeMap<SheetRef, Hash32>,
        next: &mut Wants,
    ) -> Result<(), ReplicaError> {
        let forgot = self.forgot();
        if forgot {
            marks::forget_server_heads(self.db)?;
        }
        let theirs: BTreeMap<SheetRef, &SheetState> = states.iter().map(|s| (s.sheet, s)).collect();
        let all: BTreeSet<SheetRef> = local.keys().chain(theirs.keys()).copied().collect();
        for sheet in all {
            let state = theirs.get(&sheet);
            match state {
                Some(state) if local.get(&sheet) == Some(&state.digest) => {
                    marks::put_server_heads(self.db, &sheet, &state.heads)?;
                }
                _ => {
                    marks::pending_again(self.db, &sheet)?;
                    if forgot {
                        let heads = state.map_or(&[][..], |state| &state.heads);
                        let lacking = back::lacking(self.db, &sheet, heads, self.actor)?;
                        next.lacking.insert(sheet, lacking);
                    }
                    next.reconcile.insert(sheet, state.map(|s| s.heads.clone()));
                }
            }
        }
        // Marks of other tablets go back with what a receipt once said of them. Rights taken away
        // leave no trace in a sheet: a server that forgot is told them in any case.
        next.prove = !next.reconcile.is_empty() || (forgot && !marks::withdrawals(self.db)?.is_empty());
        Ok(())
    }

    /// Sheets whose digest may not be the one last covered.
    fn dirty(&self) -> Result<BTreeSet<SheetRef>, ReplicaError> {
        let mut dirty: BTreeSet<SheetRef> = marks::owed_sheets(self.db)?.into_iter().collect();
        dirty.extend(self.response.taken.iter().map(|t| t.sheet));
        dirty.extend(self.response.sheets.iter().map(|s| s.sheet));
        dirty.extend(marks::uncovered_sheets(self.db)?);
        dirty.retain(|sheet| self.sites.contains(&sheet.site));
        Ok(dirty)
    }

    /// Digests of the sheets of this tablet's sites, without the taps made since they were read.
    fn window(
        &self,
        before: &BTreeMap<SheetRef, Hash32>,
        dirty: &BTreeSet<SheetRef>,
    ) -> Result<BTreeMap<SheetRef, Hash32>, ReplicaError> {
        let mut window = before.clone();
        for sheet in dirty {
            let (digest, count) = digest(self.db, sheet, &self.tapped_since(sheet)?)?;
            if count > 0 {
                window.insert(*sheet, digest);
            } else {
                window.remove(sheet);
            }
        }
        Ok(window)
    }

    /// Own marks of a sheet made after the request was planned.
    fn tapped_since(&self, sheet: &SheetRef) -> Result<BTreeSet<MarkId>, ReplicaError> {
        let mut since = BTreeSet::new();
        for row in marks::of_sheet(self.db, sheet)? {
            let new = row.state == MarkState::Pending && !self.plan.known.contains(&row.id);
            if new && marks::is_own(self.db, row.id)? {
                since.insert(row.id);
            }
        }
        Ok(since)
    }

    fn accept(&self, sheet: &SheetRef, seq: u64, outcome: &mut Outcome) -> Result<(), ReplicaError> {
        let since = self.tapped_since(sheet)?;
        for row in marks::of_sheet(self.db, sheet)? {
            if row.state == MarkState::Pending && !since.contains(&row.id) {
                marks::accept(self.db, row.id, seq)?;
                outcome.accepted += u64::from(marks::is_own(self.db, row.id)?);
            }
        }
        Ok(())
    }
}
