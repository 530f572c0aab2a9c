//! Opens what lies off-site with whichever key of the commune it takes: one that was rotated away still opens
//! what it sealed.

use std::io::BufReader;

use shared::codec::Hash32;
use shared::offsite::{Head, PrintedList, Refused, Segment, Withdrawals};
use shared::receipt::Position;
use shared::slug::Slug;

use super::{Target, TargetError};
use crate::keys::Keys;
use crate::snapshot::{self, Contents, SnapshotError};

fn key<'a>(keys: &'a Keys, bytes: &[u8]) -> Result<&'a Hash32, Refused> {
    let (head, _) = Head::read(bytes)?;
    keys.shipping_keys()
        .find(|key| head.is_sealed_with(key))
        .ok_or(Refused::Key)
}

/// A segment, and its last entry.
///
/// # Errors
/// [`Refused`].
pub fn segment(keys: &Keys, commune: &Slug, bytes: &[u8]) -> Result<(Segment, Position), Refused> {
    Segment::open(commune, key(keys, bytes)?, bytes)
}

/// A set of withdrawals, as far as the commune signed them.
///
/// # Errors
/// [`Refused`].
pub fn withdrawals(keys: &Keys, commune: &Slug, bytes: &[u8]) -> Result<Withdrawals, Refused> {
    let read = Withdrawals::open(commune, key(keys, bytes)?, bytes)?;
    Ok(read.signed_by(&keys.signing.public()))
}

/// A printable list that the commune signed.
///
/// # Errors
/// [`Refused`].
pub fn list(keys: &Keys, commune: &Slug, bytes: &[u8]) -> Result<PrintedList, Refused> {
    PrintedList::open(commune, key(keys, bytes)?, &keys.signing.public(), bytes)
}

/// Reads a snapshot of a target to its end and proves it; `None` where there is none.
///
/// # Errors
/// [`TargetError`]; inside, what is wrong with the snapshot.
pub fn snapshot(
    keys: &Keys,
    target: &Target,
    path: &str,
) -> Result<Option<Result<Contents, SnapshotError>>, TargetError> {
    let mut last = None;
    for key in keys.shipping_keys() {
        let Some(reader) = target.reader(path)? else {
            return Ok(None);
        };
        match snapshot::check(BufReader::new(reader), key) {
            Err(error @ SnapshotError::Key(_)) => last = Some(Err(error)),
            checked => return Ok(Some(checked)),
        }
    }
    Ok(last)
}
