//! What families are told: found in the journal, entry by entry, by whichever process comes first.
//!
//! [`find`] is pure: of an entry and the record it makes the same notices each time. A notice stands in the feed of
//! its guardian whatever is sent ([`feed`]); by mail and on the telephone it goes as its guardian chose. Up to where
//! the journal was looked through is record, written with what was found; entries with nothing to tell move it only
//! now and then, so that an idle town writes nothing. What came back from a loss or a merge is told in the feed, and
//! its letters are held for a person.

mod booked;
mod choices;
mod facts;
mod find;
mod follow;

pub use choices::{Choices, about_money, choices, offered, usual};
pub use follow::{Buzz, Seen, follow};

use shared::codec::decode;
use shared::ids::GuardianId;
use shared::operation::NoticeRecord;
use shared::time::UtcMs;

use crate::store::{Read, StoreError};

/// What a guardian was told before an instant, the newest first: `most` of it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn feed(
    tx: &mut dyn Read,
    guardian: GuardianId,
    before: UtcMs,
    most: u64,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let params = [guardian.into(), before.into(), most.into()];
    let rows = tx.query(include_str!("sql/feed.sql"), &params)?;
    rows.iter()
        .map(|row| decode(&row.bytes(0)?).map_err(|_| StoreError::Shape("notice".into())))
        .collect()
}
