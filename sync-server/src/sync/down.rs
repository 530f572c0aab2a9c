//! What goes down to a tablet: sheets, server-owned data, withdrawals, addresses, and the receipt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use shared::codec::decode;
use shared::day_list::{HORIZON_AHEAD_DAYS, HORIZON_BACK_DAYS};
use shared::digest::{SheetRef, window_digest};
use shared::envelope::{Envelope, Scope};
use shared::ids::{BranchId, SiteId};
use shared::operation::{Capability, Openness, SiteRecord};
use shared::receipt::{Receipt, Statement};
use shared::wire::{
    COMPACT_ABOVE, Payload, ServiceState, SheetDown, SheetState, SyncRequest, SyncResponse, TRIP_BYTES,
};
use shared::withdrawal::Withdrawn;

use super::absorb::Answer;
use super::device::Device;
use super::{SyncError, lost, sheets};
use crate::commune::Commune;
use crate::corridor::journal;
use crate::day_lists;
use crate::offsite::Progress;
use crate::record;
use crate::returns;
use crate::store::{Read, Row, StoreError};

/// The answer, over one consistent view of the store.
pub(super) fn answer(
    commune: &Arc<Commune>,
    device: &Device,
    request: &SyncRequest,
    answers: Vec<Answer>,
    own_until: u64,
) -> Result<SyncResponse, SyncError> {
    let now = commune.clock.now();
    let mut taken = Vec::with_capacity(answers.len());
    let mut sheets = Vec::new();
    let mut complete_to = BTreeMap::new();
    for answer in answers {
        complete_to.insert(answer.taken.sheet, answer.complete_to);
        taken.push(answer.taken);
        sheets.extend(answer.down);
    }
    let (response, broken) = commune.store.read(|tx| {
        let branch = journal::current_branch(tx)?;
        let head = journal::head(tx, branch)?;
        let remembered = match &request.known {
            Some(at) => journal::contains(tx, at)?,
            None => request.cursor == 0,
        };
        let cursor = if remembered { request.cursor } else { 0 };
        let compare = !remembered || request.compare == Some(true);
        let moved = !remembered || request.known.is_some_and(|at| at.branch != branch);
        let held = request.held.as_deref();
        // Nobody asks for it in an exchange like all others.
        let lineage = if moved || held.is_some() {
            lost::lineage(tx, &head)?
        } else {
            Vec::new()
        };
        let wanted = held.map(|held| lost::wanted(tx, &lineage, held)).transpose()?;
        let mut view = View {
            tx,
            commune,
            device,
            cursor,
            from: request.from,
            own_until,
            broken: Vec::new(),
        };
        let (digests, states) = view.window(compare)?;
        let (more, reached) = if compare {
            (false, head.seq)
        } else {
            view.changed_sheets(&complete_to, head.seq, &mut sheets)?
        };
        let lists_to = if remembered { request.lists_to } else { 0 };
        let withheld = returns::withheld(view.tx, Withdrawn::Device, *device.id.as_bytes())?;
        let (envelopes, lists_to) = if withheld {
            // With no list said to be sent, all of them go down once somebody has confirmed the tablet.
            (Vec::new(), 0)
        } else {
            view.envelopes(branch, lists_to, now.date_in(commune.zone))?
        };
        let withdrawals = view.withdrawals()?;
        let addresses = view.addresses()?;
        let broken = view.broken;
        let offsite = Progress::read(tx)?;
        let statement = Statement {
            device: device.id,
            at: head,
            window: window_digest(&digests),
        };
        let response = SyncResponse {
            at: now,
            branch,
            cursor: reached,
            more,
            receipt: Receipt::sign(statement, &commune.keys.signing),
            taken,
            sheets,
            envelopes,
            withdrawals,
            addresses,
            states: compare.then_some(states),
            backed_up: offsite.as_ref().map_or(0, |offsite| offsite.backed_up(branch)),
            lists_to,
            lineage: moved.then_some(lineage),
            wanted,
            oldest_backup: offsite.and_then(|offsite| offsite.oldest_at),
            withheld: withheld.then_some(true),
            services: not_open(tx)?,
        };
        Ok::<_, StoreError>((response, broken))
    })?;
    for sheet in broken.into_iter().collect::<BTreeSet<_>>() {
        let here = Arc::clone(commune);
        commune
            .store
            .write(move |tx| sheets::save(tx, &sheet, &here.shelf, here.sheet_actor))?;
    }
    Ok(response)
}

type Window = (BTreeMap<SheetRef, shared::codec::Hash32>, Vec<SheetState>);

struct View<'v> {
    tx: &'v mut dyn Read,
    commune: &'v Commune,
    device: &'v Device,
    cursor: u64,
    from: NaiveDate,
    /// What the tablet itself handed in up to this entry goes down too: it may have lost it since.
    own_until: u64,
    /// Sheets whose document had to be completed from the rows, and is to be saved so.
    broken: Vec<SheetRef>,
}

impl View<'_> {
    fn window(&mut self, with_heads: bool) -> Result<Window, StoreError> {
        let mut digests = BTreeMap::new();
        let mut states = Vec::new();
        for site in &self.device.sites {
            let sql = include_str!("../record/sheet/digests.sql");
            for row in self.tx.query(sql, &[(*site).into(), self.from.into()])? {
                let sheet = SheetRef {
                    site: *site,
                    date: row.date(0)?,
                };
                let digest = row.hash(1)?;
                digests.insert(sheet, digest);
                if with_heads {
                    let commune = self.commune;
                    let (heads, broken) =
                        sheets::heads(self.tx, &sheet, &commune.shelf, commune.sheet_actor)?;
                    self.broken.extend(broken.then_some(sheet));
                    states.push(SheetState { sheet, digest, heads });
                }
            }
        }
        Ok((digests, states))
    }

    /// Sheets changed since the cursor, oldest change first, up to a trip's worth. Answers whether
    /// more is waiting and up to which entry everything is in.
    fn changed_sheets(
        &mut self,
        complete_to: &BTreeMap<SheetRef, u64>,
        head: u64,
        out: &mut Vec<SheetDown>,
    ) -> Result<(bool, u64), StoreError> {
        let mut changed: Vec<(u64, SheetRef, u64, u64)> = Vec::new();
        for site in &self.device.sites {
            let params = [(*site).into(), self.from.into(), self.cursor.into()];
            for row in self
                .tx
                .query(include_str!("../record/sheet/changed.sql"), &params)?
            {
                let sheet = SheetRef {
                    site: *site,
                    date: row.date(0)?,
                };
                let since = complete_to.get(&sheet).copied().unwrap_or(0).max(self.cursor);
                let seq = row.count(1)?;
                if seq > since {
                    changed.push((seq, sheet, row.count(2)?, since));
                }
            }
        }
        changed.sort_by_key(|(seq, sheet, ..)| (*seq, *sheet));
        let mut budget = TRIP_BYTES.saturating_sub(out.iter().map(|s| s.payload.size()).sum());
        let mut reached = self.cursor;
        for (seq, sheet, whole_since, since) in changed {
            if budget == 0 && seq > reached {
                return Ok((true, reached));
            }
            for down in self.changes_of(&sheet, whole_since, since)? {
                budget = budget.saturating_sub(down.payload.size());
                out.push(down);
            }
            reached = seq;
        }
        Ok((false, head))
    }

    fn changes_of(
        &mut self,
        sheet: &SheetRef,
        whole_since: u64,
        since: u64,
    ) -> Result<Vec<SheetDown>, StoreError> {
        let down = |payload| SheetDown {
            sheet: *sheet,
            payload,
        };
        if since < whole_since {
            return self.whole(sheet).map(|payload| vec![down(payload)]);
        }
        let params = [
            sheet.site.into(),
            sheet.date.into(),
            since.into(),
            self.device.id.into(),
            self.own_until.into(),
        ];
        let rows = self
            .tx
            .query(include_str!("../record/sheet/changes.sql"), &params)?;
        // Many pieces weigh more than the whole, and take longer to apply.
        if rows.len() > COMPACT_ABOVE {
            return self.whole(sheet).map(|payload| vec![down(payload)]);
        }
        let mut runs: Vec<Payload> = Vec::new();
        for row in &rows {
            match (sheets::one_change(row)?, runs.last_mut()) {
                (Payload::Changes(one), Some(Payload::Changes(run)))
                | (Payload::Packets(one), Some(Payload::Packets(run))) => run.extend(one),
                (other, _) => runs.push(other),
            }
        }
        Ok(runs.into_iter().map(down).collect())
    }

    /// The whole document of a sheet.
    fn whole(&mut self, sheet: &SheetRef) -> Result<Payload, StoreError> {
        let shelf = &self.commune.shelf;
        let mut stored = sheets::load(self.tx, sheet, shelf, self.commune.sheet_actor)?;
        self.broken.extend(stored.open.broken.then_some(*sheet));
        let payload = stored.since(&[], 0);
        stored.shelve(*sheet, shelf);
        Ok(payload)
    }

    /// Server-owned data that changed since the cursor, and lists of days the tablet has not seen.
    fn envelopes(
        &mut self,
        branch: BranchId,
        lists_to: i32,
        today: NaiveDate,
    ) -> Result<(Vec<Envelope>, i32), StoreError> {
        let key = &self.commune.keys.signing;
        let first = today
            .checked_sub_days(Days::new(HORIZON_BACK_DAYS.unsigned_abs()))
            .unwrap_or(today);
        let last = today
            .checked_add_days(Days::new(HORIZON_AHEAD_DAYS.unsigned_abs()))
            .unwrap_or(today);
        let mut out = Vec::new();
        let cards = self.touched("sites")?;
        let roster = self.touched("roster")?;
        let all_days = self.touched("all_days")?;
        let everything = lists_to == 0;
        // A list that says since when it stands as it is tells a tablet whether the one it holds of a lost
        // branch is newer. What touches all days says nothing of any of them while that is unsettled.
        let settled = returns::newest(self.tx)?.is_none_or(|recovery| recovery.signed_off.is_some());
        let new_days = last.num_days_from_ce() > lists_to;
        let known = new_days.then(|| record::sites(self.tx)).transpose()?;
        for site in self.device.sites.clone() {
            // A record that lost the site has no word on it, and nothing to put in place of the lists held.
            let knows = |known: &Vec<_>| {
                known
                    .iter()
                    .any(|(record, _): &(SiteRecord, _)| record.id == site)
            };
            if !known.as_ref().is_none_or(knows) {
                continue;
            }
            if cards > self.cursor || everything {
                let commune = (self.commune.name.as_str(), self.commune.zone);
                let card = day_lists::site_card(self.tx, site, commune, self.commune.keys.notes, today)?;
                out.push(Envelope::seal(Scope::Site { site }, branch, cards, &card, key));
            }
            let days = self.touched_days(site, first, last)?;
            for date in first.iter_days().take_while(|date| *date <= last) {
                let of_day = days.get(&date).copied().unwrap_or(0);
                let seq = of_day.max(all_days);
                if seq > self.cursor || date.num_days_from_ce() > lists_to {
                    let list = day_lists::day_list(self.tx, site, date)?;
                    out.push(Envelope::seal(
                        Scope::DayList { site, date },
                        branch,
                        if settled { seq } else { of_day },
                        &list,
                        key,
                    ));
                }
            }
        }
        if roster > self.cursor || (everything && roster > 0) {
            let content = day_lists::roster(self.tx, today)?;
            out.push(Envelope::seal(Scope::Roster, branch, roster, &content, key));
        }
        Ok((out, last.num_days_from_ce()))
    }

    fn touched(&mut self, kind: &str) -> Result<u64, StoreError> {
        let nowhere: &[u8] = &[];
        let params = [kind.into(), nowhere.into(), "".into()];
        let row = self
            .tx
            .first(include_str!("../record/touched/get.sql"), &params)?;
        row.map_or(Ok(0), |row| row.count(0))
    }

    fn touched_days(
        &mut self,
        site: SiteId,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, u64>, StoreError> {
        let params = [site.into(), first.into(), last.into()];
        let rows = self
            .tx
            .query(include_str!("../record/touched/days.sql"), &params)?;
        rows.iter().map(|row| Ok((row.date(0)?, row.count(1)?))).collect()
    }

    fn withdrawals(&mut self) -> Result<Vec<shared::withdrawal::Withdrawal>, StoreError> {
        let rows = self.tx.query(
            include_str!("../record/withdrawal/since.sql"),
            &[self.cursor.into()],
        )?;
        rows.iter().map(|row| decoded(row, 0)).collect()
    }

    fn addresses(&mut self) -> Result<Option<shared::addresses::Addresses>, StoreError> {
        let Some(row) = self.tx.first(include_str!("../record/addresses/get.sql"), &[])? else {
            return Ok(None);
        };
        if row.count(1)? > self.cursor {
            decoded(&row, 0).map(Some)
        } else {
            Ok(None)
        }
    }
}

fn decoded<T: for<'b> minicbor::Decode<'b, ()>>(row: &Row, column: usize) -> Result<T, StoreError> {
    decode(&row.bytes(column)?).map_err(|e| StoreError::Shape(e.to_string()))
}

/// Parts of the service that are not open, and what people are told of them.
fn not_open<R: Read + ?Sized>(tx: &mut R) -> Result<Option<Vec<ServiceState>>, StoreError> {
    let rows = tx.query(include_str!("../record/capability/all.sql"), &[])?;
    let mut told = Vec::new();
    for row in &rows {
        let (name, state) = (Capability::named(&row.text(0)?), Openness::named(&row.text(1)?));
        if let (Some(capability), Some(state)) = (name, state)
            && state != Openness::Open
        {
            told.push(ServiceState {
                capability,
                state,
                message: row.text(2)?,
            });
        }
    }
    Ok((!told.is_empty()).then_some(told))
}
