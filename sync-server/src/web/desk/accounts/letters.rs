//! Links that the town hall has mailed.

use shared::codec::Hash32;
use shared::ids::{BatchId, GuardianId};
use shared::operation::{Body, LetterKind, LinkPurpose};
use shared::sign::sha256;

use super::people::DAY_MS;
use crate::clock::random;
use crate::commune::Commune;
use crate::letters::Letter;

/// How long a link to choose another password is good, in ms.
const RESET_MS: i64 = 60 * 60 * 1000;
/// How long all others are, in ms.
const LINK_MS: i64 = 7 * DAY_MS;

/// A link, and the letter that carries it.
pub(super) fn link(
    commune: &Commune,
    guardian: GuardianId,
    purpose: LinkPurpose,
    address: &str,
    batch: Option<BatchId>,
) -> (Body, Letter) {
    let token: [u8; 32] = random();
    let text = data_encoding::BASE64URL_NOPAD.encode(&token);
    let now = commune.clock.now();
    let (page, kind, long) = match purpose {
        LinkPurpose::Activate => ("activer", LetterKind::Activation, LINK_MS),
        LinkPurpose::Reset => ("mot-de-passe", LetterKind::Reset, RESET_MS),
        LinkPurpose::Login => ("adresse", LetterKind::Login, LINK_MS),
        LinkPurpose::Contact => ("adresse", LetterKind::Contact, LINK_MS),
    };
    let expires_at = now.plus_ms(long);
    let body = Body::IssueGuardianLink {
        guardian,
        token: hash(&token),
        purpose,
        address: address.to_owned(),
        expires_at,
        pair: None,
    };
    let path = format!("/{}/{page}/{text}", commune.slug);
    let mut letter = Letter::to(kind, address).of(guardian).with_link(path, expires_at);
    if let Some(batch) = batch {
        letter = letter.among(batch);
    }
    (body, letter)
}

fn hash(token: &[u8; 32]) -> Hash32 {
    sha256(&[token])
}
