//! Documents held in memory between requests: tablets of one site come one after another, and a
//! document takes longer to read than to look at.
//!
//! The heads of a document name all of its content. One of the shelf is used only where the
//! store's row has the same heads, so that a shelf can be empty or behind, never wrong.

use std::collections::BTreeMap;
use std::sync::Mutex;

use shared::codec::{Blob, Hash32};
use shared::digest::SheetRef;
use shared::sheet::Sheet;

/// How many documents a commune holds: today's and yesterday's of a dozen sites.
const HELD: usize = 24;

/// A document and what was made of it.
pub(super) struct Open {
    pub(super) document: Sheet,
    /// The whole of it, packed, with the heads it had then.
    pub(super) packed: Option<(Vec<Hash32>, Blob)>,
}

impl Open {
    pub(super) fn of(document: Sheet) -> Self {
        Self {
            document,
            packed: None,
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

/// The documents a commune holds in memory.
#[derive(Default)]
pub struct Shelf(Mutex<Places>);

#[derive(Default)]
struct Places {
    by_sheet: BTreeMap<SheetRef, (u64, Vec<Hash32>, Open)>,
    turn: u64,
}

impl Shelf {
    /// Takes a document with these heads off the shelf.
    pub(super) fn take(&self, sheet: &SheetRef, heads: &[Hash32]) -> Option<Open> {
        let mut places = self.0.lock().ok()?;
        match places.by_sheet.get(sheet) {
            Some((_, held, _)) if held == heads => places.by_sheet.remove(sheet).map(|(_, _, open)| open),
            _ => None,
        }
    }

    /// Puts a document on the shelf, now that the store has it; the one used least lately makes room.
    pub(super) fn put(&self, sheet: SheetRef, mut open: Open) {
        let Ok(mut places) = self.0.lock() else { return };
        places.turn += 1;
        let place = (places.turn, open.document.heads(), open);
        places.by_sheet.insert(sheet, place);
        if places.by_sheet.len() > HELD {
            let idle = places.by_sheet.iter().min_by_key(|(_, (turn, ..))| *turn);
            let idle = idle.map(|(sheet, _)| *sheet);
            idle.and_then(|sheet| places.by_sheet.remove(&sheet));
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

    #[test]
    fn a_document_is_used_only_where_the_store_has_the_same_heads() {
        let shelf = Shelf::default();
        let heads = document(&[1]).heads();
        shelf.put(sheet(1), Open::of(document(&[1])));
        assert!(shelf.take(&sheet(2), &heads).is_none());
        assert!(shelf.take(&sheet(1), &document(&[1, 2]).heads()).is_none());
        assert!(shelf.take(&sheet(1), &[]).is_none());
        assert!(shelf.take(&sheet(1), &heads).is_some());
        assert!(shelf.take(&sheet(1), &heads).is_none(), "it is off the shelf");
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
        let heads = document(&[1]).heads();
        for n in 0..=HELD as u128 {
            shelf.put(sheet(n), Open::of(document(&[1])));
        }
        assert!(shelf.take(&sheet(0), &heads).is_none());
        assert!(shelf.take(&sheet(1), &heads).is_some());
    }
}
