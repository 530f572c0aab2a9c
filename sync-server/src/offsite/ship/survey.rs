//! A look at the target: what of our history is there, what is not ours, and whether it knows more of
//! our own branch than we do.

use shared::offsite::{self, LARGEST_OBJECT, MAX_ENTRIES, Name, Segment};
use shared::receipt::Position;
use shared::time::UtcMs;

use super::failure::Failure;
use super::history;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::offsite::{Progress, Target};
use crate::snapshot;

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The last entry of ours that is there, together with all before it: in a snapshot, or in
    /// segments that join.
    pub(super) covered: Option<Position>,
    /// The newest snapshot of ours that reads well.
    pub(super) snapshot: Option<(u64, UtcMs)>,
    /// When the oldest one was made.
    pub(super) oldest_at: Option<UtcMs>,
    /// Objects that are none of ours, or spoilt.
    pub(super) strange: u64,
    /// An entry of our current branch that we do not hold: this store went back in time, or has a twin.
    pub(super) unknown: Option<Position>,
}

/// Looks. `known` is what the store says of this target; it is believed as far as what is there agrees.
pub(super) fn look(commune: &Commune, target: &Target, known: &Progress) -> Result<Found, Failure> {
    let mut found = Found::default();
    snapshots(commune, target, known, &mut found)?;
    let from = match known.at {
        Some(at) if commune.store.read(|tx| history::holds(tx, &at))? => Some(at),
        _ => None,
    };
    // Where the segment of the place we knew is gone, what joins is looked for from the newest snapshot.
    let starts = [from, None];
    for start in starts.into_iter().skip(usize::from(from.is_none())) {
        found.unknown = None;
        let strange = found.strange;
        if segments(commune, target, start, &mut found)? {
            break;
        }
        found.strange = strange;
    }
    Ok(found)
}

fn snapshots(commune: &Commune, target: &Target, known: &Progress, found: &mut Found) -> Result<(), Failure> {
    let mut ours = Vec::new();
    for object in target.list(&offsite::snapshots(&commune.slug), None)? {
        match Name::parse(&object.path) {
            Some((_, Name::Snapshot { seq, branch, made_at })) => {
                if commune.store.read(|tx| is_of_history(tx, seq, branch))? {
                    ours.push((seq, made_at, object.path));
                }
            }
            _ => found.strange += 1,
        }
    }
    found.oldest_at = ours.iter().map(|(_, made_at, _)| *made_at).min();
    ours.sort_by_key(|(seq, made_at, _)| (*made_at, *seq));
    while let Some((seq, made_at, path)) = ours.pop() {
        if known.snapshot.is_some_and(|(known, _)| known == seq) {
            found.snapshot = Some((seq, made_at));
            break;
        }
        let Some(reader) = target.reader(&path)? else {
            continue;
        };
        match snapshot::check(std::io::BufReader::new(reader), &commune.keys.shipping) {
            Ok(contents)
                if commune
                    .store
                    .read(|tx| history::holds(tx, &contents.manifest.at))? =>
            {
                found.snapshot = Some((contents.manifest.at.seq, made_at));
                break;
            }
            Ok(_) => {}
            Err(snapshot::SnapshotError::Io(error)) => return Err(error.into()),
            Err(why) => {
                tracing::error!(commune = %commune.slug, path, %why, "a snapshot off-site is spoilt; it is left there");
                found.strange += 1;
            }
        }
    }
    Ok(())
}

/// Whether a snapshot's name may be that of one of our history.
fn is_of_history(
    tx: &mut dyn crate::store::Read,
    seq: u64,
    branch: [u8; 8],
) -> Result<bool, crate::store::StoreError> {
    let known = history::branches(tx)?;
    let head = history::newest(tx)?;
    Ok(seq <= head.seq && known.iter().any(|birth| birth.id.as_bytes()[..8] == branch))
}

/// Follows the segments from where they are known to join. Answers whether that place is there.
fn segments(
    commune: &Commune,
    target: &Target,
    start: Option<Position>,
    found: &mut Found,
) -> Result<bool, Failure> {
    let snapshot = match found.snapshot {
        Some((seq, _)) => commune.store.read(|tx| history::place(tx, seq))?,
        None => None,
    };
    let mut covered = start.or(snapshot);
    let reached = covered.map_or(0, |at| at.seq);
    let (births, current) = commune.store.read(|tx| {
        Ok::<_, crate::store::StoreError>((history::branches(tx)?, journal::current_branch(tx)?))
    })?;
    let mut named: Vec<(u64, u64, String, bool)> = Vec::new();
    let mut there = start.is_none() || snapshot.is_some_and(|at| at.seq >= reached);
    for (nth, birth) in births.iter().enumerate() {
        let ends = births
            .get(nth + 1)
            .and_then(|next| next.parent)
            .map(|fork| fork.seq);
        if ends.is_some_and(|ends| ends < reached) && birth.id != current {
            continue;
        }
        let folder = offsite::branch_journal(&commune.slug, birth.id);
        let after = reached.saturating_sub(MAX_ENTRIES as u64 + 1);
        let after = format!("{folder}/{after:012}");
        for object in target.list(&folder, Some(&after))? {
            let Some((_, name @ Name::Segment { first, last, .. })) = Name::parse(&object.path) else {
                found.strange += 1;
                continue;
            };
            there |= start.is_some_and(|at| name.may_be_at(&at)) || (first <= reached && last > reached);
            if last > reached || (birth.id == current && !start.is_some_and(|at| name.may_be_at(&at))) {
                named.push((first, last, object.path, birth.id == current));
            }
        }
    }
    if !there {
        return Ok(false);
    }
    // The farthest of those that join comes first.
    named.sort_by_key(|(first, last, ..)| (*first, std::cmp::Reverse(*last)));
    for (first, last, path, is_current) in named {
        let next = covered.map_or(1, |at| at.seq + 1);
        let joins = first <= next && last >= next;
        let place = commune.store.read(|tx| history::place(tx, last))?;
        let is_known = match Name::parse(&path) {
            Some((_, name)) => place.is_some_and(|place| name.may_be_at(&place)),
            None => false,
        };
        if !(joins && is_known || is_current && !is_known) {
            continue;
        }
        let bytes = target.get(&path, LARGEST_OBJECT as u64)?.unwrap_or_default();
        match Segment::open(&commune.slug, &commune.keys.shipping, &bytes) {
            Ok((_, at)) if commune.store.read(|tx| history::holds(tx, &at))? => {
                if joins {
                    covered = Some(at);
                }
            }
            Ok((_, at)) if is_current => found.unknown = Some(at),
            Ok(_) => {}
            Err(why) => {
                tracing::error!(commune = %commune.slug, path, %why, "a segment off-site is spoilt; it is left there");
                found.strange += 1;
            }
        }
    }
    found.covered = covered;
    Ok(true)
}
