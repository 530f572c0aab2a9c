//! Documents and rows held in memory between requests: tablets of one site come one after another,
//! and what is held takes less time than what is read.
//!
//! Each is held under a label that names all of its content: rows under their digest, a document
//! under the digest of its rows and the heads it was saved with. One of the shelf is used only where
//! the store has the same label, so that a shelf can be empty or behind, never wrong.

use std::collections::BTreeMap;
use std::sync::Mutex;

use shared::codec::{Blob, Hash32};
use shared::digest::SheetRef;
use shared::sheet::{Sheet, Values};

/// How many documents a commune holds: today's and yesterday's of a dozen sites.
const DOCUMENTS: usize = 24;
/// Rows of so many sheets: those of a site-day weigh 60 kB.
const ROWS: usize = 64;

/// A document and what was made of it.
pub(super) struct Open {
    pub(super) document: Sheet,
    /// The whole of it, packed, with the heads it had then.
    pub(super) packed: Option<(Vec<Hash32>, Blob)>,
    /// What came could not all be applied: the document was completed from the rows.
    pub(super) broken: bool,
}

impl Open {
    pub(super) fn of(document: Sheet) -> Self {
        Self {
            document,
            packed: None,
            broken: false,
        }
    }

    /// The document as a frame carries it whole.
    pub(super) fn whole(&mut self) -> Blob {
        let heads = self.document.heads();
        if let Some((at, packed)) = &self.packed
            && *at == heads
        {
            return packed.clone();
        }
        let packed = self.document.whole();
        self.packed = Some((heads, packed.clone()));
        packed
    }
}

/// What names all that a document of the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Digest of the sheet's rows.
    pub(super) rows: Hash32,
    /// Heads of the saved document, encoded; empty where none was saved.
    pub(super) saved: Vec<u8>,
}

/// What a commune holds in memory.
#[derive(Default)]
pub struct Shelf {
    documents: Places<Label, Open>,
    rows: Places<Hash32, Values>,
}

impl Shelf {
    /// Takes a document off the shelf.
    pub(super) fn take(&self, sheet: &SheetRef, label: &Label) -> Option<Open> {
        self.documents.take(sheet, label)
    }

    /// Puts a document on the shelf, now that the store has it.
    pub(super) fn put(&self, sheet: SheetRef, label: Label, open: Open) {
        self.documents.put(sheet, label, open, DOCUMENTS);
    }

    /// Takes rows off the shelf.
    pub(super) fn take_rows(&self, sheet: &SheetRef, digest: &Hash32) -> Option<Values> {
        self.rows.take(sheet, digest)
    }

    /// Puts rows on the shelf, now that the store has them.
    pub(super) fn put_rows(&self, sheet: SheetRef, digest: Hash32, rows: Values) {
        self.rows.put(sheet, digest, rows, ROWS);
    }
}

/// Things by sheet; the one used least lately makes room.
struct Places<L, T>(Mutex<Held<L, T>>);

struct Held<L, T> {
    by_sheet: BTreeMap<SheetRef, (u64, L, T)>,
    turn: u64,
}

impl<L, T> Default for Places<L, T> {
    fn default() -> Self {
        Self(Mutex::new(Held {
            by_sheet: BTreeMap::new(),
            turn: 0,
        }))
    }
}

impl<L: PartialEq, T> Places<L, T> {
    fn take(&self, sheet: &SheetRef, label: &L) -> Option<T> {
        let mut held = self.0.lock().ok()?;
        match held.by_sheet.get(sheet) {
            Some((_, at, _)) if at == label => held.by_sheet.remove(sheet).map(|(_, _, thing)| thing),
            _ => None,
        }
    }

    fn put(&self, sheet: SheetRef, label: L, thing: T, most: usize) {
        let Ok(mut held) = self.0.lock() else { return };
        held.turn += 1;
        let turn = held.turn;
        held.by_sheet.insert(sheet, (turn, label, thing));
        if held.by_sheet.len() > most {
            let idle = held.by_sheet.iter().min_by_key(|(_, (turn, ..))| *turn);
            let idle = idle.map(|(sheet, _)| *sheet);
            idle.and_then(|sheet| held.by_sheet.remove(&sheet));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{MarkId, SiteId};
    use uuid::Uuid;

    fn sheet(n: u128) -> SheetRef {
        SheetRef {
            site: SiteId(Uuid::from_u128(n)),
            date: "2026-11-23".parse().unwrap(),
        }
    }

    fn document(marks: &[u128]) -> Sheet {
        let mut document = Sheet::new([7; 16]);
        for id in marks {
            document.put(MarkId(Uuid::from_u128(*id)), b"mark").unwrap();
        }
        document
    }

    fn label(rows: u8, saved: u8) -> Label {
        Label {
            rows: Hash32([rows; 32]),
            saved: vec![saved],
        }
    }

    #[test]
    fn a_document_is_used_only_where_the_store_has_the_same() {
        let shelf = Shelf::default();
        shelf.put(sheet(1), label(1, 1), Open::of(document(&[1])));
        assert!(shelf.take(&sheet(2), &label(1, 1)).is_none());
        assert!(shelf.take(&sheet(1), &label(2, 1)).is_none(), "other rows");
        assert!(shelf.take(&sheet(1), &label(1, 2)).is_none(), "saved otherwise");
        assert!(shelf.take(&sheet(1), &label(1, 1)).is_some());
        assert!(
            shelf.take(&sheet(1), &label(1, 1)).is_none(),
            "it is off the shelf"
        );
    }

    #[test]
    fn a_packed_document_is_packed_again_when_it_has_grown() {
        let mut open = Open::of(document(&[1]));
        let before = open.whole();
        assert_eq!(open.whole(), before);
        open.document.put(MarkId(Uuid::from_u128(2)), b"mark").unwrap();
        assert_ne!(open.whole(), before);
        assert_eq!(open.whole(), open.document.whole());
    }

    #[test]
    fn the_shelf_is_bounded_and_the_one_used_least_lately_goes() {
        let shelf = Shelf::default();
        for n in 0..=ROWS as u128 {
            shelf.put_rows(sheet(n), Hash32::ZERO, Values::new());
        }
        assert!(shelf.take_rows(&sheet(0), &Hash32::ZERO).is_none());
        assert!(shelf.take_rows(&sheet(1), &Hash32::ZERO).is_some());
    }
}
