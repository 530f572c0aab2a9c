//! Links that are mailed to guardians: what is issued, and the letter that carries it.

use shared::ids::GuardianId;
use shared::operation::{Body, LetterKind, LinkPurpose};
use shared::sign::sha256;

use super::Letter;
use crate::clock::random;
use crate::commune::Commune;

/// How long a link to choose another password is good, in ms.
const RESET_MS: i64 = 60 * 60 * 1000;
/// For how many days all others are.
pub const LINK_DAYS: i64 = 7;

/// A link that proves an address, and the letter that brings it there. Its token stands in the letter alone.
pub fn link(commune: &Commune, guardian: GuardianId, purpose: LinkPurpose, address: &str) -> (Body, Letter) {
    let token: [u8; 32] = random();
    let text = data_encoding::BASE64URL_NOPAD.encode(&token);
    let days_ms = LINK_DAYS * 24 * 60 * 60 * 1000;
    let (page, kind, long) = match purpose {
        LinkPurpose::Activate => ("activer", LetterKind::Activation, days_ms),
        LinkPurpose::Reset => ("mot-de-passe", LetterKind::Reset, RESET_MS),
        LinkPurpose::Login => ("adresse", LetterKind::Login, days_ms),
        LinkPurpose::Contact => ("adresse", LetterKind::Contact, days_ms),
    };
    let expires_at = commune.clock.now().plus_ms(long);
    let body = Body::IssueGuardianLink {
        guardian,
        token: sha256(&[&token]),
        purpose,
        address: address.to_owned(),
        expires_at,
        pair: None,
    };
    let path = format!("/{}/{page}/{text}", commune.slug);
    (
        body,
        Letter::to(kind, address).of(guardian).with_link(path, expires_at),
    )
}
