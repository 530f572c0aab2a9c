//! What a server that came back from a loss asks of its tablets: which branches it stands on and how
//! far, which signed data of the others it lacks, and what it does with what they hand back.

use shared::addresses::Addresses;
use shared::codec::{Blob, Hash32, encode};
use shared::day_list::{DayList, Roster, SiteCard};
use shared::envelope::{Envelope, Header, Refused, Scope};
use shared::ids::{BranchId, DeviceId};
use shared::operation::{Actor, Body, Channel};
use shared::receipt::Position;
use shared::sign::PublicKey;
use shared::wire::{Known, TRIP_BYTES};

use super::SyncError;
use crate::commune::Commune;
use crate::corridor::is_later;
use crate::returns;
use crate::store::{Read, Row, StoreError};

/// Every branch that this store's history runs through, with the last entry of it that is here; of what was
/// cut off, the last that a merge accounted for.
pub(super) fn lineage<R: Read + ?Sized>(tx: &mut R, head: &Position) -> Result<Vec<Known>, StoreError> {
    let rows = tx.query(include_str!("../record/branch/lineage.sql"), &[])?;
    let known = |row: &Row| {
        Ok(Known {
            branch: BranchId(row.uuid(0)?),
            seq: row.opt(1, Row::count)?.unwrap_or(head.seq),
        })
    };
    let here = rows.iter().map(known).collect::<Result<_, StoreError>>()?;
    crate::merge::known_to(tx, head.branch, here)
}

/// Of what a tablet holds of other branches, that which this store neither made itself nor was
/// handed back before.
pub(super) fn wanted<R: Read + ?Sized>(
    tx: &mut R,
    lineage: &[Known],
    held: &[Header],
) -> Result<Vec<Hash32>, StoreError> {
    let mut wanted = Vec::new();
    for header in held {
        let made_here = lineage
            .iter()
            .any(|known| known.branch == header.branch && header.seq <= known.seq);
        if !made_here && lacks(tx, header)? {
            wanted.push(header.hash);
        }
    }
    Ok(wanted)
}

fn lacks<R: Read + ?Sized>(tx: &mut R, header: &Header) -> Result<bool, StoreError> {
    let kept = tx.first(
        include_str!("../record/returned/exists.sql"),
        &[header.hash.into()],
    )?;
    Ok(kept.is_none_or(|row| is_later(&row, header)))
}

/// Keeps what a tablet hands back and the commune signed. What it did not sign is left out and said
/// in the log; the rest is kept all the same.
pub(super) fn take_envelopes(
    commune: &Commune,
    device: DeviceId,
    returned: Vec<Envelope>,
) -> Result<(), SyncError> {
    if returned.is_empty() {
        return Ok(());
    }
    let key = commune.keys.signing.public();
    let (sound, strange): (Vec<Envelope>, Vec<Envelope>) =
        returned.into_iter().partition(|envelope| is_ours(envelope, &key));
    if !strange.is_empty() {
        let count = strange.len();
        tracing::warn!(%device, count, "signed data handed back is not this commune's: left out");
    }
    let lacking = commune.store.read(|tx| {
        let mut lacking = Vec::new();
        for envelope in sound {
            if lacks(tx, &envelope.header)? {
                lacking.push(Blob(encode(&envelope)));
            }
        }
        Ok::<_, StoreError>(lacking)
    })?;
    // An entry of the journal is no larger than what one trip brings, whatever the sender makes of that.
    for envelopes in by_weight(lacking, TRIP_BYTES) {
        let body = Body::ReceiveEnvelopes { device, envelopes };
        commune.submit(commune.operation(Actor::Device(device), Channel::Tablet, body))?;
    }
    if let Err(error) = returns::rebuild(commune) {
        // What was handed back is kept; the next tablet's exchange tries again.
        tracing::error!(%error, "what was handed back is not yet written into the record");
    }
    Ok(())
}

/// Runs of about so many bytes, each of one piece at least.
fn by_weight(pieces: Vec<Blob>, bytes: usize) -> Vec<Vec<Blob>> {
    let mut runs: Vec<Vec<Blob>> = Vec::new();
    let mut weight = 0;
    for piece in pieces {
        weight += piece.0.len();
        match runs.last_mut() {
            Some(run) if weight <= bytes => run.push(piece),
            _ => {
                weight = piece.0.len();
                runs.push(vec![piece]);
            }
        }
    }
    runs
}

/// Whether the commune signed it and it is what its header says.
pub(crate) fn is_ours(envelope: &Envelope, key: &PublicKey) -> bool {
    let opened: Result<bool, Refused> = match envelope.header.scope {
        Scope::DayList { site, date } => envelope
            .open::<DayList>(key)
            .map(|list| list.site == site && list.date == date),
        Scope::Site { site } => envelope.open::<SiteCard>(key).map(|card| card.site == site),
        Scope::Roster => envelope.open::<Roster>(key).map(|_| true),
    };
    opened.unwrap_or(false)
}

/// Takes over a signed list of addresses that is newer than the record's: the newest wins.
pub(super) fn take_addresses(
    commune: &Commune,
    device: DeviceId,
    addresses: Option<Addresses>,
) -> Result<(), SyncError> {
    let key = commune.keys.signing.public();
    let ours = |list: &Addresses| list.places.commune == commune.slug && list.is_of(&key);
    let Some(addresses) = addresses.filter(ours) else {
        return Ok(());
    };
    let body = Body::PublishAddresses {
        addresses: Blob(encode(&addresses)),
    };
    commune.submit(commune.operation(Actor::Device(device), Channel::Tablet, body))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_taken_in_runs_of_about_a_trip_and_none_is_left_out() {
        let piece = |bytes: usize| Blob(vec![0; bytes]);
        let weights = |runs: Vec<Vec<Blob>>| -> Vec<Vec<usize>> {
            let run = |run: &Vec<Blob>| run.iter().map(|b| b.0.len()).collect();
            runs.iter().map(run).collect()
        };
        assert!(by_weight(Vec::new(), 10).is_empty());
        let runs = by_weight([4, 6, 1, 30, 2, 8].map(piece).to_vec(), 10);
        assert_eq!(weights(runs), [vec![4, 6], vec![1], vec![30], vec![2, 8]]);
    }
}
