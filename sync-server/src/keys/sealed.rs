//! What a store holds and nobody reads there: sealed with a key that is made of the commune's own, by
//! XChaCha20-Poly1305 under a drawn nonce of 24 bytes that stands in front.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use shared::codec::Hash32;
use shared::sign::sha256;

use super::Keys;
use crate::clock::random;

/// Bytes of the nonce.
const NONCE: usize = 24;

impl Keys {
    /// Seals bytes for one purpose: what was sealed for another does not open.
    pub fn seal(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = random();
        let payload = Payload {
            msg: bytes,
            aad: purpose.as_bytes(),
        };
        let sealed = cipher(&self.shipping).encrypt(&XNonce::from(nonce), payload);
        [&nonce[..], &sealed.unwrap_or_default()].concat()
    }

    /// Opens what [`Keys::seal`] sealed, be it with a shipping key of before; `None` when it was sealed with other keys
    /// or for another purpose.
    pub fn unseal(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.shipping_keys().find_map(|key| {
            let payload = Payload {
                msg: sealed,
                aad: purpose.as_bytes(),
            };
            cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()
        })
    }
}

/// The note key would not do: tablets hold it.
fn cipher(shipping: &Hash32) -> XChaCha20Poly1305 {
    let key = sha256(&[b"preau sealed in the store", &shipping.0]);
    XChaCha20Poly1305::new((&key.0).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_with_its_key_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let keys = |slug: &str| Keys::create(folder.path(), &slug.parse().unwrap()).unwrap();
        let (ours, theirs) = (keys("ville"), keys("bourg"));
        let sealed = ours.seal("letter", b"/ville/activer/jeton");
        assert_eq!(
            ours.unseal("letter", &sealed).as_deref(),
            Some(&b"/ville/activer/jeton"[..])
        );
        assert_ne!(sealed, ours.seal("letter", b"/ville/activer/jeton"));
        assert_eq!(ours.unseal("factor", &sealed), None);
        assert_eq!(theirs.unseal("letter", &sealed), None);
        for end in 0..sealed.len() {
            assert_eq!(ours.unseal("letter", &sealed[..end]), None);
        }
    }
}
