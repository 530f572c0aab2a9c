//! The chunks of a snapshot: STREAM over XChaCha20-Poly1305.
//!
//! Every chunk but the last holds [`CHUNK_BYTES`] of content. Its nonce is 19 bytes of the head's
//! salt, the chunk's number, and 1 for the last: a chunk opens only in its place, and an end that
//! was cut off is missed. The key is derived from the commune's shipping key and the whole head.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use super::Head;
use crate::codec::{Hash32, Unreadable};
use crate::sign::sha256;

/// Content of a chunk, in bytes; the last may be shorter.
pub const CHUNK_BYTES: usize = 1 << 16;
/// The same once sealed.
pub const SEALED_BYTES: usize = CHUNK_BYTES + TAG_BYTES;
const TAG_BYTES: usize = 16;

struct Stream {
    cipher: XChaCha20Poly1305,
    nonce: [u8; 24],
    next: Option<u32>,
}

impl Stream {
    fn new(shipping: &Hash32, head: &Head, head_bytes: &[u8]) -> Self {
        let key = sha256(&[b"preau/snapshot/1\0", &shipping.0, &sha256(&[head_bytes]).0]);
        let mut nonce = [0; 24];
        nonce[..19].copy_from_slice(&head.salt.0[..19]);
        Self {
            cipher: XChaCha20Poly1305::new((&key.0).into()),
            nonce,
            next: Some(0),
        }
    }

    /// The nonce of the next chunk; none after the last.
    fn step(&mut self, last: bool) -> Result<XNonce, Unreadable> {
        let number = self
            .next
            .ok_or_else(|| Unreadable::Malformed("something follows the last chunk".into()))?;
        self.nonce[19..23].copy_from_slice(&number.to_be_bytes());
        self.nonce[23] = u8::from(last);
        self.next = if last { None } else { number.checked_add(1) };
        Ok(self.nonce.into())
    }
}

/// Seals chunks, one after the other.
pub struct Sealer(Stream);

impl Sealer {
    /// For the snapshot with this head; `shipping` is the commune's shipping key.
    pub fn new(shipping: &Hash32, head: &Head) -> Self {
        Self(Stream::new(shipping, head, &head.to_bytes()))
    }

    /// Seals the next chunk: [`CHUNK_BYTES`], or as many or less where it is the last.
    ///
    /// # Errors
    /// [`Unreadable::TooLarge`] for a chunk of another length, [`Unreadable::Malformed`] after the
    /// last chunk, or after four billion.
    pub fn seal(&mut self, content: &[u8], last: bool) -> Result<Vec<u8>, Unreadable> {
        if content.len() > CHUNK_BYTES || (!last && content.len() < CHUNK_BYTES) {
            return Err(Unreadable::TooLarge(content.len()));
        }
        let nonce = self.0.step(last)?;
        self.0
            .cipher
            .encrypt(&nonce, content)
            .map_err(|_| Unreadable::TooLarge(content.len()))
    }
}

/// Opens chunks, one after the other.
pub struct Opener(Stream);

impl Opener {
    /// For the snapshot that began with `head_bytes`, which read as `head`.
    pub fn new(shipping: &Hash32, head: &Head, head_bytes: &[u8]) -> Self {
        Self(Stream::new(shipping, head, head_bytes))
    }

    /// Opens the next chunk: [`SEALED_BYTES`] of the file, or what is left where it is the last.
    ///
    /// # Errors
    /// [`Unreadable::Malformed`] when the chunk is not what was sealed in this place.
    pub fn open(&mut self, sealed: &[u8], last: bool) -> Result<Vec<u8>, Unreadable> {
        let nonce = self.0.step(last)?;
        self.0.cipher.decrypt(&nonce, sealed).map_err(|_| {
            Unreadable::Malformed("a piece of the snapshot was changed, lost, moved or cut".into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head::new(
            "ville".parse().expect("a slug"),
            &Hash32([7; 32]),
            Hash32([8; 32]),
        )
    }

    fn sealed() -> [Vec<u8>; 3] {
        let mut sealer = Sealer::new(&Hash32([7; 32]), &head());
        [
            sealer.seal(&vec![1; CHUNK_BYTES], false).expect("a chunk"),
            sealer.seal(&vec![1; CHUNK_BYTES], false).expect("a chunk"),
            sealer.seal(b"end", true).expect("the last chunk"),
        ]
    }

    fn opened(shipping: u8, head: &Head, chunks: &[&[u8]]) -> Result<Vec<u8>, Unreadable> {
        let mut opener = Opener::new(&Hash32([shipping; 32]), head, &head.to_bytes());
        let mut all = Vec::new();
        for (n, chunk) in chunks.iter().enumerate() {
            all.extend(opener.open(chunk, n + 1 == chunks.len())?);
        }
        Ok(all)
    }

    #[test]
    fn chunks_open_in_their_order_with_their_end() {
        let [a, b, end] = sealed();
        assert_ne!(a, b, "the same content is sealed differently in each place");
        let whole = opened(7, &head(), &[&a, &b, &end]).expect("it opens");
        assert_eq!(whole.len(), 2 * CHUNK_BYTES + 3);
        for wrong in [
            &[&b[..], &a, &end][..],
            &[&a, &end],
            &[&a, &b],
            &[&b, &end],
            &[&a, &b, &end, &end],
            &[&a, &a, &b, &end],
            &[&a, &b, &end[..end.len() - 1]],
            &[],
        ] {
            let opened = opened(7, &head(), wrong);
            assert!(opened.is_err() || opened.is_ok_and(|all| all.is_empty()));
        }
    }

    #[test]
    fn another_key_or_another_head_opens_nothing() {
        let [a, b, end] = sealed();
        assert!(opened(6, &head(), &[&a, &b, &end]).is_err());
        let mut other = head();
        other.commune = "autre".parse().expect("a slug");
        assert!(opened(7, &other, &[&a, &b, &end]).is_err());
        let mut sealer = Sealer::new(&Hash32([7; 32]), &head());
        assert!(sealer.seal(&[1; 3], false).is_err(), "only the last may be short");
        sealer.seal(&[], true).expect("the last");
        assert!(sealer.seal(&[], true).is_err(), "nothing follows the last");
    }

    #[test]
    fn heads_say_their_version() {
        let bytes = head().to_bytes();
        let read = |bytes: &[u8]| {
            let mut rest = bytes.iter().copied();
            Head::read(|| Ok::<_, Unreadable>(rest.next()))
        };
        assert_eq!(read(&bytes), Ok((head(), bytes.clone())));
        let newer = String::from_utf8_lossy(&bytes[..17]).replace("/1\n", "/2\n");
        assert_eq!(read(newer.as_bytes()), Err(Unreadable::Newer(2)));
        for n in 0..bytes.len() {
            assert!(read(&bytes[..n]).is_err());
        }
        for wrong in [
            &b"preau-export/1\n"[..],
            b"preau-snapshot/01\n",
            b"preau-snapshot/9999999\n",
            b"preau-snapshot/\n",
        ] {
            assert!(matches!(read(wrong), Err(Unreadable::Malformed(_))));
        }
    }
}
