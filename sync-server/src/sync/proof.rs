//! Which marks of other tablets a receipt covers.

use std::collections::BTreeMap;

use shared::codec::Hash32;
use shared::digest::{SheetRef, sheet_digest, window_digest};
use shared::ids::MarkId;
use shared::mark::Mark;
use shared::sign::PublicKey;
use shared::wire::Proof;

use super::device::Device;

/// What a genuine receipt covered, sheet by sheet.
#[derive(Default)]
pub(super) struct Covered {
    sheets: BTreeMap<SheetRef, Hash32>,
    newer: std::collections::BTreeSet<MarkId>,
}

/// Reads a proof; one that does not hold covers nothing.
pub(super) fn read(proof: Option<Proof>, device: &Device, commune: &PublicKey) -> Covered {
    let Some(proof) = proof else {
        return Covered::default();
    };
    let sheets: BTreeMap<SheetRef, Hash32> = proof.sheets.iter().map(|s| (s.sheet, s.digest)).collect();
    let statement = &proof.receipt.statement;
    let holds = statement.device == device.id
        && statement.window == window_digest(&sheets)
        && proof.receipt.is_of(commune);
    if holds {
        Covered {
            sheets,
            newer: proof.newer.into_iter().collect(),
        }
    } else {
        Covered::default()
    }
}

impl Covered {
    /// Whether the marks of a payload, but for the newer ones, are exactly what the server once
    /// acknowledged for this sheet.
    pub(super) fn covers(&self, sheet: &SheetRef, marks: &[(MarkId, Vec<u8>, Mark)]) -> bool {
        let Some(expected) = self.sheets.get(sheet) else {
            return false;
        };
        let held: std::collections::BTreeSet<(MarkId, &[u8])> = marks
            .iter()
            .filter(|(id, _, _)| !self.newer.contains(id))
            .map(|(id, value, _)| (*id, &value[..]))
            .collect();
        sheet_digest(held.into_iter()) == *expected
    }

    /// Whether a mark came after the receipt.
    pub(super) fn is_newer(&self, id: MarkId) -> bool {
        self.newer.contains(&id)
    }
}
