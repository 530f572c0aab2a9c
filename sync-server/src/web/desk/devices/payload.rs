//! Reads what a tablet sent: the marks that can be made out of it, whatever else is wrong with it.

use std::collections::BTreeSet;

use shared::codec::{Blob, decode};
use shared::ids::{DeviceId, MarkId};
use shared::mark::Mark;
use shared::operation::ReceivedMark;
use shared::sheet::check;
use shared::wire::SheetUp;

use crate::corridor::held_among;
use crate::store::{Read, StoreError};

/// A readable mark.
pub(super) struct Readable {
    pub(super) id: MarkId,
    pub(super) packed: Vec<u8>,
    pub(super) mark: Mark,
    /// The rows hold it already.
    pub(super) known: bool,
}

/// The readable marks of a payload, oldest first.
pub(super) fn marks(tx: &mut dyn Read, payload: &[u8]) -> Result<Vec<Readable>, StoreError> {
    let Ok(up) = decode::<SheetUp>(payload) else {
        return Ok(Vec::new());
    };
    let found = check(&up.payload).map_or_else(|unsound| unsound.marks, |checked| checked.marks);
    let held = held_among(tx, &up.sheet, found.iter().map(|(id, _, _)| *id))?;
    let mut seen = BTreeSet::new();
    let mut all: Vec<Readable> = found
        .into_iter()
        .filter(|(id, packed, _)| seen.insert((*id, packed.clone())))
        .map(|(id, packed, mark)| Readable {
            known: held.get(&id).is_some_and(|values| values.contains(&packed)),
            id,
            packed,
            mark,
        })
        .collect();
    all.sort_by_key(|read| (read.mark.device, read.mark.device_seq));
    Ok(all)
}

/// The marks as an operation carries them. Those of other tablets came back with this one.
pub(super) fn received(marks: &[Readable], device: DeviceId) -> Vec<ReceivedMark> {
    marks
        .iter()
        .map(|read| ReceivedMark {
            id: read.id,
            value: Blob(read.packed.clone()),
            returned: read.mark.device != device,
        })
        .collect()
}
