//! What is shipped beside the journal: the set of withdrawals, and the list of addresses.

use shared::addresses::Addresses;
use shared::codec::{Hash32, decode, encode};
use shared::offsite::{self, LARGEST_OBJECT, Name, Withdrawals};
use shared::sign::sha256;
use shared::withdrawal::Withdrawal;

use super::failure::Failure;
use super::piece::read_back;
use crate::clock::random;
use crate::commune::Commune;
use crate::metrics;
use crate::offsite::{Target, opened};
use crate::store::{Read, StoreError};

/// No list of addresses is longer, in bytes.
const LONGEST_LIST: u64 = 64 << 10;
/// So many names are tried for a set besides its own.
const NAMES: u8 = 8;

/// The set as it stands in the record.
pub(super) fn withdrawals(tx: &mut dyn Read) -> Result<Withdrawals, StoreError> {
    let rows = tx.query(include_str!("../../record/withdrawal/since.sql"), &[0_i64.into()])?;
    let all = rows.iter().map(|row| {
        let bytes = row.bytes(0)?;
        decode::<Withdrawal>(&bytes).map_err(|e| StoreError::Shape(e.to_string()))
    });
    Ok(Withdrawals::of(all.collect::<Result<Vec<_>, _>>()?))
}

/// Number of the entry that withdrew something last.
pub(super) fn withdrawn_at(tx: &mut dyn Read) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../sql/withdrawn.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// Ships the set, unless this very set is known to be there. Answers its digest.
pub(super) fn ship_withdrawals(
    commune: &Commune,
    target: &Target,
    known: Option<Hash32>,
) -> Result<Hash32, Failure> {
    let set = commune.store.read(withdrawals)?;
    let digest = set.digest();
    if known == Some(digest) {
        return Ok(digest);
    }
    let shipping = &commune.keys.shipping;
    let mut spoilt = None;
    // A name that something spoilt has taken is never written over: the same set goes under another.
    for again in 0..=NAMES {
        let named = if again == 0 {
            digest
        } else {
            sha256(&[&digest.0, &[again]])
        };
        let path = Name::withdrawals(&named).path(&commune.slug);
        let sealed = set
            .seal(&commune.slug, shipping, Hash32(random()))
            .map_err(Failure::Journal)?;
        target.put_new(&path, sealed)?;
        let why = match opened::withdrawals(&commune.keys, &commune.slug, &read_back(target, &path)?) {
            Ok(read) if read == set => return Ok(digest),
            Ok(_) => "un autre que celui envoyé".to_owned(),
            Err(why) => why.to_string(),
        };
        let failure = Failure::spoilt(&path, why);
        tracing::error!(commune = %commune.slug, %failure, "a set off-site is spoilt; it is left there");
        metrics::shipped_spoilt();
        spoilt = Some(failure);
    }
    Err(spoilt.unwrap_or_else(|| Failure::spoilt(commune.slug.as_str(), "incomplet")))
}

/// All that were ever withdrawn, as far as the target tells, and whether every object could be read.
pub(super) fn withdrawn_there(commune: &Commune, target: &Target) -> Result<(Withdrawals, bool), Failure> {
    let mut all = Withdrawals::default();
    let mut whole = true;
    for object in target.list(&offsite::withdrawals(&commune.slug), None)? {
        let is_ours = matches!(Name::parse(&object.path), Some((_, Name::Withdrawals { .. })));
        if !is_ours {
            continue;
        }
        let bytes = target
            .get(&object.path, LARGEST_OBJECT as u64)?
            .unwrap_or_default();
        match opened::withdrawals(&commune.keys, &commune.slug, &bytes) {
            Ok(set) => all = all.with(&set.signed_by(&commune.keys.signing.public())),
            Err(why) => {
                whole = false;
                tracing::error!(commune = %commune.slug, path = object.path, %why, "a set of withdrawals cannot be read");
            }
        }
    }
    Ok((all, whole))
}

/// Number of the entry that published the addresses last, and the list.
pub(super) fn addresses(tx: &mut dyn Read) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
    let row = tx.first(include_str!("../../record/addresses/get.sql"), &[])?;
    row.map(|row| Ok((row.count(1)?, row.bytes(0)?))).transpose()
}

/// Puts the list there, unless one that the commune signed later is there already.
pub(super) fn ship_addresses(commune: &Commune, target: &Target, encoded: &[u8]) -> Result<(), Failure> {
    let path = Name::Addresses.path(&commune.slug);
    let ours: Addresses = decode(encoded).map_err(|e| StoreError::Shape(e.to_string()))?;
    let there = match target.get(&path, LONGEST_LIST) {
        // Whatever is so large is no list.
        Err(crate::offsite::TargetError::TooLarge { .. }) => None,
        there => there?,
    };
    if let Some(there) = there.as_deref().and_then(|bytes| decode::<Addresses>(bytes).ok())
        && there.is_of(&commune.keys.signing.public())
        && there.places.commune == commune.slug
        && (there.places.at > ours.places.at || there == ours)
    {
        return Ok(());
    }
    target.put_over(&path, encode(&ours))?;
    if read_back(target, &path)? == encode(&ours) {
        Ok(())
    } else {
        Err(Failure::spoilt(&path, "un autre que celui envoyé"))
    }
}
