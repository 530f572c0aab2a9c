//! When a tablet was last heard of, with which version, and how many taps it still owes. Ephemera:
//! lost in a fire without harm, told again at the next exchange.

use shared::ids::DeviceId;
use shared::receipt::Position;
use shared::time::UtcMs;
use shared::wire::{SyncRequest, Taken, Verdict};

use super::HandedIn;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Read, Row, StoreError, Write};

/// How often the time alone is written down.
const EVERY_MS: i64 = 30_000;
/// Longest version kept, in characters.
const VERSION_CHARS: usize = 40;

/// What a tablet says of itself.
pub(super) struct Contact {
    device: DeviceId,
    at: UtcMs,
    version: Option<String>,
    owed: Option<u64>,
    agreed: Option<Position>,
}

/// The point of the journal at which the tablet found that it holds what the server holds, where its
/// request says so: it begins with its newest receipt, has all that came down up to there, and hands
/// in nothing. In the middle of an exchange a request that hands nothing in asks for a comparison, or
/// for more.
pub(super) fn agreed_at(request: &SyncRequest) -> Option<Position> {
    let quiet = request.sheets.is_empty()
        && request.compare.is_none()
        && request.unite.is_none()
        && request.withdrawals.is_none();
    request.known.filter(|at| quiet && request.cursor == at.seq)
}

impl Contact {
    /// From a request as it came in.
    pub(super) fn new(device: DeviceId, at: UtcMs, version: Option<&str>, owed: Option<u64>) -> Self {
        Self {
            device,
            at,
            version: version.map(|v| v.chars().filter(|c| *c != '\0').take(VERSION_CHARS).collect()),
            owed,
            agreed: None,
        }
    }

    /// The same with where the tablet says that it holds what the server holds.
    pub(super) fn agreed(self, agreed: Option<Position>) -> Self {
        Self { agreed, ..self }
    }

    /// Takes off the taps that this exchange brought in. Those of a whole document may have been in
    /// before; the next exchange says what is really left.
    pub(super) fn settle(&mut self, own: &[usize], taken: &[&Taken]) {
        let brought: usize = own
            .iter()
            .zip(taken)
            .filter(|(_, taken)| matches!(taken.verdict, Verdict::Accepted))
            .map(|(own, _)| *own)
            .sum();
        self.owed = self.owed.map(|owed| owed.saturating_sub(brought as u64));
    }

    /// Writes it down, unless nothing but the time changed and little of it passed.
    pub(super) fn keep(self, commune: &Commune) -> Result<(), StoreError> {
        if commune.store.read(|tx| self.is_told(tx))? {
            return Ok(());
        }
        commune.store.write(move |tx| self.put(tx))
    }

    /// The same in a transaction that writes anyway.
    pub(super) fn write(self, tx: &mut dyn Write) -> Result<(), StoreError> {
        if self.is_told(tx)? { Ok(()) } else { self.put(tx) }
    }

    fn is_told<R: Read + ?Sized>(&self, tx: &mut R) -> Result<bool, StoreError> {
        let before = tx.first(
            include_str!("../record/device/contact.sql"),
            &[self.device.into()],
        )?;
        let Some(row) = before else { return Ok(false) };
        let same = row.opt(1, Row::text)? == self.version && row.opt(2, Row::count)? == self.owed;
        let elapsed = self.at.0.saturating_sub(row.int(0)?);
        let told_so = match self.agreed {
            Some(at) => row.opt(3, Row::uuid)? == Some(at.branch.0),
            None => true,
        };
        Ok(same && told_so && (0..EVERY_MS).contains(&elapsed))
    }

    fn put(self, tx: &mut dyn Write) -> Result<(), StoreError> {
        let params = [
            self.device.into(),
            self.at.into(),
            self.version.into(),
            self.owed.into(),
        ];
        tx.execute(include_str!("../record/device/put_contact.sql"), &params)?;
        let Some(at) = self.agreed else { return Ok(()) };
        if journal::current_branch(tx)? == at.branch && journal::contains(tx, &at)? {
            let params = [
                self.device.into(),
                at.branch.into(),
                at.seq.into(),
                self.at.into(),
            ];
            tx.execute(include_str!("../record/device/agreed.sql"), &params)?;
        }
        Ok(())
    }
}

/// How many marks of its own a tablet hands in with each sheet.
pub(super) fn own_marks(device: DeviceId, handed_in: &[HandedIn]) -> Vec<usize> {
    let own = |one: &HandedIn| {
        one.checked
            .marks()
            .iter()
            .filter(|(_, _, m)| m.device == device)
            .count()
    };
    handed_in.iter().map(own).collect()
}
