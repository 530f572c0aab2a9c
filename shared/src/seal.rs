//! Memos in marks, sealed with the commune's note key so that no word about a child stands in a
//! sheet: XChaCha20-Poly1305, the nonce being the mark id and eight zero bytes.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::codec::Hash32;
use crate::ids::MarkId;

/// Longest memo, in characters.
pub const MAX_NOTE: usize = 500;

fn nonce(mark: MarkId) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..16].copy_from_slice(mark.as_bytes());
    nonce.into()
}

/// Seals a memo for the mark that carries it. The caller keeps it below [`MAX_NOTE`].
pub fn seal(key: &Hash32, mark: MarkId, text: &str) -> Vec<u8> {
    seal_bytes(key, mark, text.as_bytes())
}

/// Seals an encoded value, such as a [`crate::mark::Substitute`], for the mark that carries it.
pub fn seal_bytes(key: &Hash32, mark: MarkId, bytes: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    cipher.encrypt(&nonce(mark), bytes).unwrap_or_default()
}

/// Opens a memo; `None` when it was sealed with another key or for another mark.
pub fn open(key: &Hash32, mark: MarkId, sealed: &[u8]) -> Option<String> {
    String::from_utf8(open_bytes(key, mark, sealed)?).ok()
}

/// Opens an encoded value; `None` when it was sealed with another key or for another mark.
pub fn open_bytes(key: &Hash32, mark: MarkId, sealed: &[u8]) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    cipher.decrypt(&nonce(mark), sealed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_memo_opens_only_with_its_key_and_its_mark() {
        let (key, other) = (Hash32([7; 32]), Hash32([8; 32]));
        let (mark, next) = (MarkId(Uuid::from_u128(1)), MarkId(Uuid::from_u128(2)));
        let sealed = seal(&key, mark, "doudou oublié");
        assert_eq!(open(&key, mark, &sealed).as_deref(), Some("doudou oublié"));
        assert_eq!(open(&other, mark, &sealed), None);
        assert_eq!(open(&key, next, &sealed), None);
    }
}
