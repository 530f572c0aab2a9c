//! Enrolment of a tablet by a one-time code.

use std::sync::Arc;

use shared::addresses::{Addresses, Places};
use shared::codec::{Hash32, decode};
use shared::credential::{Credential, Grant};
use shared::ids::SiteId;
use shared::operation::{Actor, Body, Channel};
use shared::sign::sha256;
use shared::slug::Slug;
use shared::wire::{EnrolRequest, EnrolResponse};

use super::SyncError;
use crate::commune::Commune;
use crate::store::{Read, StoreError};

/// Letters and digits of codes: none that can be taken for another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A new code: the commune's slug and twelve letters in groups of four (60 bits).
pub fn new_code(slug: &Slug, random: [u8; 12]) -> String {
    let letters: Vec<u8> = random.iter().map(|b| ALPHABET[usize::from(b & 31)]).collect();
    let groups: Vec<&str> = letters
        .chunks(4)
        .filter_map(|g| std::str::from_utf8(g).ok())
        .collect();
    format!("{slug}-{}", groups.join("-"))
}

/// A code as it was meant, however it was typed: spaces and case aside. Answers the commune's
/// slug and the code, or nothing when it cannot be one.
pub fn tidy_code(typed: &str) -> Option<(Slug, String)> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let bare: String = typed.chars().filter(|c| *c != '-').collect();
    let letters_from = bare.char_indices().rev().nth(11)?.0;
    let letters = bare[letters_from..].to_ascii_uppercase();
    if !letters.bytes().all(|b| ALPHABET.contains(&b)) {
        return None;
    }
    // The slug may hold hyphens of its own: it is what stands before the last three groups.
    let mut left = 12;
    let cut = typed.char_indices().rev().find(|(_, c)| {
        if *c != '-' {
            left -= 1;
        }
        left == 0
    })?;
    let slug: Slug = typed[..cut.0]
        .trim_end_matches('-')
        .to_ascii_lowercase()
        .parse()
        .ok()?;
    Some((
        slug.clone(),
        format!("{slug}-{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..]),
    ))
}

/// What the record keeps of a code.
pub fn code_hash(code: &str) -> Hash32 {
    sha256(&[b"preau/code/1\0", code.as_bytes()])
}

/// Enrols a tablet. `here` is the address it reached the server at, used where none is published.
/// Blocks: call it on the blocking pool.
///
/// # Errors
/// [`SyncError`]: the code is unknown, used or expired, or the proof of the key does not hold.
pub fn enrol(
    commune: &Arc<Commune>,
    request: &EnrolRequest,
    code: &str,
    here: &str,
) -> Result<EnrolResponse, SyncError> {
    if !request.is_genuine() {
        return Err(SyncError::BadSignature);
    }
    let body = Body::EnrolDevice {
        code: code_hash(code),
        device: request.device,
        key: request.key.0,
        name: request.name.chars().filter(|c| *c != '\0').take(60).collect(),
    };
    commune.submit(commune.operation(Actor::Device(request.device), Channel::Tablet, body))?;
    let device = request.device;
    let (sites, since, published) = commune.store.read(|tx| {
        let rows = tx.query(include_str!("../record/device/sites.sql"), &[device.into()])?;
        let sites = rows
            .iter()
            .map(|row| row.uuid(0).map(SiteId))
            .collect::<Result<Vec<_>, _>>()?;
        let row = tx.first(include_str!("../record/device/get.sql"), &[device.into()])?;
        let since = row.ok_or_else(|| StoreError::Shape("no device".into()))?.int(2)?;
        Ok::<_, StoreError>((sites, shared::time::UtcMs(since), addresses(tx)?))
    })?;
    let now = commune.clock.now();
    let key = &commune.keys.signing;
    let grant = Grant {
        commune: commune.slug.clone(),
        device,
        key: request.key,
        sites,
        since,
    };
    let addresses = published.unwrap_or_else(|| {
        let servers = vec![here.to_owned()];
        Addresses::sign(
            Places {
                commune: commune.slug.clone(),
                at: since,
                servers,
                fallback: None,
            },
            key,
        )
    });
    Ok(EnrolResponse {
        credential: Credential::sign(grant, key),
        commune_key: key.public(),
        commune_name: commune.name.clone(),
        zone: commune.zone.name().to_owned(),
        addresses,
        at: now,
    })
}

/// The list of addresses that is published.
///
/// # Errors
/// [`StoreError`] of the engine, or when the list cannot be read.
pub fn addresses<R: Read + ?Sized>(tx: &mut R) -> Result<Option<Addresses>, StoreError> {
    let row = tx.first(include_str!("../record/addresses/get.sql"), &[])?;
    row.map(|row| decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string())))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let slug: Slug = "saint-denis".parse().unwrap();
        let code = new_code(&slug, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code, "saint-denis-3456-789A-BCDE");
        for typed in [
            "saint-denis-3456-789A-BCDE",
            " Saint-Denis 3456 789a bcde ",
            "SAINT-DENIS-3456789ABCDE",
        ] {
            assert_eq!(tidy_code(typed), Some((slug.clone(), code.clone())), "{typed}");
        }
        for typed in [
            "",
            "3456-789A-BCDE",
            "saint-denis",
            "saint-denis-3456-789A-BCD0",
            "é-3456-789A-BCDE",
        ] {
            assert_eq!(tidy_code(typed), None, "{typed}");
        }
    }
}
