//! A message sealed for one browser: RFC 8291 over RFC 8188, one record of `aes128gcm`.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::SystemRandom;

use crate::clock::random;

/// Bytes of a record: one is enough for what we say.
const RECORD: u32 = 4096;
/// Most bytes of a message that fit a record with its end, its tag and the head.
pub(super) const MOST: usize = 3_000;

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Who a message is for, and with what it is sealed.
pub(super) struct Parties<'a> {
    /// The browser's public key, an uncompressed point.
    pub(super) browser: &'a [u8],
    /// Our public key of this one message.
    pub(super) ours: &'a [u8],
    /// The browser's secret, 16 bytes.
    pub(super) auth: &'a [u8],
}

/// Derives `N` bytes. `None` only if the length were impossible.
fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Option<[u8; N]> {
    let mut out = [0; N];
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    key.expand(info, Length(N)).ok()?.fill(&mut out).ok()?;
    Some(out)
}

/// Content key and nonce (RFC 8291, 3.4).
pub(super) fn keys(parties: &Parties<'_>, shared: &[u8], salt: &[u8; 16]) -> Option<([u8; 16], [u8; 12])> {
    let info: [&[u8]; 3] = [b"WebPush: info\0", parties.browser, parties.ours];
    let secret: [u8; 32] = derive(parties.auth, shared, &info)?;
    let key = derive(salt, &secret, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce = derive(salt, &secret, &[b"Content-Encoding: nonce\0"])?;
    Some((key, nonce))
}

/// The body of a message, the shared secret and the salt being given.
pub(super) fn sealed(parties: &Parties<'_>, shared: &[u8], salt: &[u8; 16], text: &[u8]) -> Option<Vec<u8>> {
    let (key, nonce) = keys(parties, shared, salt)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
    // The last record ends with a two.
    let mut record = [text, &[2]].concat();
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record)
        .ok()?;
    let id = u8::try_from(parties.ours.len()).ok()?;
    Some([&salt[..], &RECORD.to_be_bytes(), &[id], parties.ours, &record].concat())
}

/// The body of a message for a browser. `None` when its key is none, or the message is too long.
pub(super) fn seal(browser: &[u8], auth: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > MOST || auth.len() != 16 {
        return None;
    }
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).ok()?;
    let public = ours.compute_public_key().ok()?;
    let parties = Parties {
        browser,
        ours: public.as_ref(),
        auth,
    };
    let theirs = UnparsedPublicKey::new(&ECDH_P256, browser);
    let salt = random();
    agree_ephemeral(ours, &theirs, |shared| sealed(&parties, shared, &salt, text)).ok()?
}
