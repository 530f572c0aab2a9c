//! Planning a request: what the tablet says and hands in.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;
use shared::digest::SheetRef;
use shared::envelope::Header;
use shared::ids::MarkId;
use shared::receipt::{Position, Receipt};
use shared::wire::{DAY_OTHERS, MAX_SHEETS, Payload, Proof, SheetDigest, SheetUp, SyncRequest, TRIP_BYTES};

use super::back::{Lacking, Offer, closes};
use crate::error::ReplicaError;
use crate::store::marks::{self, MarkState};
use crate::store::meta;
use crate::tablet::Tablet;

/// What the next trip should do beyond the usual.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wants {
    /// Show the credential: the server does not know the tablet.
    pub(crate) credential: bool,
    /// The server's digests differ: ask for all of them.
    pub(crate) compare: bool,
    /// Sheets to reconcile, with the server's heads where it has the sheet.
    pub(crate) reconcile: BTreeMap<SheetRef, Option<Vec<Hash32>>>,
    /// Where the exchange stands, in memory only: the file learns it when the exchange ends.
    pub(crate) reached: Option<Reached>,
    /// The server forgot: say what it once acknowledged.
    pub(crate) prove: bool,
    /// Comparisons asked for so far in this exchange.
    pub(crate) comparisons: u32,
    /// A list that came in this exchange and was not believed.
    pub(crate) refused_list: Option<String>,
    /// Which owed sheets to hand in.
    pub(crate) handing: Handing,
    /// Of the sheets that differ, how many marks that a receipt once covered the server lacks.
    pub(crate) lacking: Lacking,
    /// Signed data of lost branches that the server wants.
    pub(crate) wanted: BTreeSet<Hash32>,
    /// The server does not ask for signed data of lost branches.
    pub(crate) unheard: bool,
    /// The server lacks the list of addresses.
    pub(crate) addresses: bool,
    /// Say that all is back.
    pub(crate) close: bool,
}

/// Which owed sheets a trip hands in; those it leaves are handed in later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Handing {
    /// As many as a trip takes.
    #[default]
    All,
    /// Those of today alone, so that others see them at once, where more than a few others wait.
    TodayFirst,
    /// Those of today or none.
    TodayOnly,
    /// None: whoever answers has not shown yet that it is the commune.
    Nothing,
}

/// Where an exchange stands between trips.
#[derive(Clone, Debug)]
pub(crate) struct Reached {
    pub(crate) known: Option<Position>,
    pub(crate) cursor: u64,
    pub(crate) lists_to: i32,
}

/// What a request left out or put in: needed to read the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Heads claimed for each sheet handed in.
    pub(crate) handed_in: BTreeMap<SheetRef, Vec<Hash32>>,
    /// Owed sheets left to the next trip.
    pub(crate) left: usize,
    /// Sheets of other days than today that are handed in.
    pub(crate) others: usize,
    /// This request asks for a comparison.
    pub(crate) compared: bool,
    /// Comparisons asked for so far in this exchange.
    pub(crate) comparisons: u32,
    /// The server forgot, and this request proved what it once held.
    pub(crate) proving: bool,
    /// Marks that were on the sheets handed in when they were read.
    pub(crate) known: BTreeSet<MarkId>,
    /// A list that came earlier in this exchange and was not believed.
    pub(crate) refused_list: Option<String>,
    /// See [`Wants::lacking`].
    pub(crate) lacking: Lacking,
    /// Signed data of lost branches that this request names, and that which it brings.
    pub(crate) held: Vec<Header>,
    pub(crate) returned: BTreeSet<Hash32>,
    /// See [`Wants::unheard`].
    pub(crate) unheard: bool,
    /// This request was asked to say that all is back, and does say so.
    pub(crate) close: bool,
    pub(crate) closing: bool,
}

impl Tablet {
    pub(crate) fn plan(&mut self, wants: &Wants) -> Result<(SyncRequest, Plan), ReplicaError> {
        self.sheets.refresh(self.db.data_version()?);
        let enrolled = self.enrolled()?.clone();
        let mut plan = Plan {
            compared: wants.compare,
            proving: wants.prove,
            comparisons: wants.comparisons,
            refused_list: wants.refused_list.clone(),
            lacking: wants.lacking.clone(),
            unheard: wants.unheard,
            close: wants.close,
            ..Plan::default()
        };
        let today = self.today();
        let mut owed = marks::owed_sheets(self.db.reader())?;
        owed.retain(|sheet| enrolled.sites().contains(&sheet.site));
        for sheet in wants.reconcile.keys() {
            if !owed.contains(sheet) {
                owed.push(*sheet);
            }
        }
        // Today first, then oldest.
        owed.sort_by_key(|sheet| (sheet.date != today, sheet.date, sheet.site));
        let todays = owed.iter().filter(|sheet| sheet.date == today).count();
        let wanted = match wants.handing {
            Handing::TodayOnly => todays,
            Handing::Nothing => 0,
            Handing::TodayFirst if todays > 0 && owed.len() > todays + DAY_OTHERS => todays,
            Handing::TodayFirst | Handing::All => owed.len(),
        };
        plan.left = owed.split_off(wanted).len();
        let mut up = Vec::new();
        let mut size = 0;
        for sheet in owed {
            if size >= TRIP_BYTES || up.len() >= MAX_SHEETS {
                plan.left += 1;
                continue;
            }
            let one = self.hand_in(&sheet, wants)?;
            plan.others += usize::from(sheet.date != today);
            size += one.payload.size();
            plan.handed_in.insert(sheet, one.heads.clone());
            let open = self.sheets.open(self.db.reader(), &sheet)?;
            plan.known.extend(open.states.keys());
            up.push(one);
        }
        let oldest = marks::all_sheets(self.db.reader())?.iter().map(|s| s.date).min();
        let from = oldest.map_or(self.met.from, |oldest| oldest.min(self.met.from));
        let stands = wants.reached.clone().unwrap_or_else(|| Reached {
            known: self.met.receipt.map(|r| r.statement.at),
            cursor: self.met.cursor,
            lists_to: self.met.lists_to,
        });
        let proof = match (wants.prove, self.met.receipt) {
            (true, Some(receipt)) => Some(self.proof(receipt, &up)?),
            _ => None,
        };
        let offer = match wants.handing {
            Handing::Nothing => Offer::default(),
            Handing::All | Handing::TodayFirst | Handing::TodayOnly => self.offer(wants)?,
        };
        plan.held.clone_from(&offer.held);
        plan.returned = offer.returned.iter().map(|one| one.header.hash).collect();
        let addresses = if wants.addresses {
            meta::addresses(self.db.reader())?
        } else {
            None
        };
        let request = SyncRequest {
            owed: Some(marks::owed(self.db.reader())?.0 as u64),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            commune: enrolled.credential.grant.commune.clone(),
            device: enrolled.device(),
            known: stands.known,
            cursor: stands.cursor,
            from,
            lists_to: stands.lists_to,
            sheets: up,
            credential: wants.credential.then(|| enrolled.credential.clone()),
            withdrawals: if wants.prove {
                Some(marks::withdrawals(self.db.reader())?)
            } else {
                None
            },
            compare: wants.compare.then_some(true),
            unite: (wants.prove || !wants.reconcile.is_empty()).then_some(true),
            held: (!offer.held.is_empty()).then_some(offer.held),
            returned: (!offer.returned.is_empty()).then_some(offer.returned),
            addresses,
            proof,
        };
        plan.closing = closes(&request, &self.met);
        Ok((request, plan))
    }

    /// What the server lacks of a sheet: after a loss the whole of it, so that what a receipt once
    /// covered can be recognised.
    fn hand_in(&mut self, sheet: &SheetRef, wants: &Wants) -> Result<SheetUp, ReplicaError> {
        let db = self.db.reader();
        let theirs = match wants.reconcile.get(sheet) {
            Some(heads) => heads.clone(),
            None => marks::server_heads(db, sheet)?,
        };
        let open = self.sheets.open(db, sheet)?;
        let payload = match theirs {
            Some(heads) if !wants.prove && open.document.has(&heads) => open.document.packet_since(&heads),
            // Nothing of the server's is known here, or it has changes this tablet lacks.
            _ if open.document.is_empty() => Payload::Changes(Vec::new()),
            _ => open.document.packet_since(&[]),
        };
        Ok(SheetUp {
            sheet: *sheet,
            heads: open.document.heads(),
            payload,
        })
    }

    fn proof(&self, receipt: Receipt, up: &[SheetUp]) -> Result<Proof, ReplicaError> {
        let db = self.db.reader();
        let covered = marks::covered(db)?;
        let sheets = covered
            .into_iter()
            .map(|(sheet, digest)| SheetDigest { sheet, digest })
            .collect();
        let mut newer = Vec::new();
        for one in up {
            let rows = marks::of_sheet(db, &one.sheet)?;
            newer.extend(
                rows.iter()
                    .filter(|r| r.state == MarkState::Pending && !r.receipted)
                    .map(|r| r.id),
            );
        }
        Ok(Proof {
            receipt,
            sheets,
            newer,
        })
    }
}
