//! One segment: read, sealed, put, read back, proved.

use shared::codec::Hash32;
use shared::offsite::{LARGEST_OBJECT, Name, Segment};
use shared::receipt::Position;

use super::failure::Failure;
use super::history;
use crate::clock::random;
use crate::commune::Commune;
use crate::metrics;
use crate::offsite::{Target, opened};

/// How often entries are cut otherwise where something spoilt has taken their name.
const CUTS: u64 = 4;

/// Puts the next entries after `after` off-site. Answers the last that is there now, `None` where
/// none waited, and how many spoilt objects were met.
pub(super) fn put_next(
    commune: &Commune,
    target: &Target,
    after: u64,
) -> Result<(Option<Position>, u64), Failure> {
    let mut spoilt = None;
    for again in 0..=CUTS {
        let Some(segment) = commune.store.read(|tx| history::next(tx, after, again))? else {
            return Ok((None, 0));
        };
        match put(commune, target, &segment) {
            Ok(last) if last.seq > after => return Ok((Some(last), again)),
            Ok(_) => {}
            Err(failure @ Failure::Spoilt { .. }) => {
                tracing::error!(commune = %commune.slug, %failure, "an object off-site is spoilt; it is left there");
                metrics::shipped_spoilt();
                spoilt = Some(failure);
            }
            Err(failure) => return Err(failure),
        }
    }
    Err(spoilt.unwrap_or_else(|| Failure::spoilt(commune.slug.as_str(), "incomplet")))
}

fn put(commune: &Commune, target: &Target, segment: &Segment) -> Result<Position, Failure> {
    let last = segment.check().map_err(Failure::Journal)?;
    let first = segment.before.seq + 1;
    let shipping = &commune.keys.shipping;
    let sealed = segment
        .seal(&commune.slug, shipping, Hash32(random()))
        .map_err(Failure::Journal)?;
    let path = Name::segment(first, &last).path(&commune.slug);
    let bytes = sealed.len();
    target.put_new(&path, sealed)?;
    let back = read_back(target, &path)?;
    // One that was there before may have been sealed by another process: what it holds counts.
    match opened::segment(&commune.keys, &commune.slug, &back) {
        Ok((read, at)) if at == last && read.before == segment.before => {}
        Ok(_) => return Err(Failure::spoilt(&path, "un autre que celui envoyé")),
        Err(why) => return Err(Failure::spoilt(&path, why)),
    }
    metrics::shipped_segment(segment.entries.len(), bytes);
    Ok(last)
}

/// What stands under a name that was just put.
pub(super) fn read_back(target: &Target, path: &str) -> Result<Vec<u8>, Failure> {
    target
        .get(path, LARGEST_OBJECT as u64)?
        .ok_or_else(|| Failure::spoilt(path, "introuvable"))
}
