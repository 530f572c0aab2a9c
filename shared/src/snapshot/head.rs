//! What stands in clear: which commune, and which of its keys.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use crate::codec::{Hash32, Unreadable, decode, encode};
use crate::sign::sha256;
use crate::slug::Slug;

/// How a snapshot begins; the version and a newline follow.
pub const MAGIC: &str = "preau-snapshot/";
/// The version written, and the newest that can be read.
pub const VERSION: u32 = 1;
/// A version has no more digits.
const DIGITS: usize = 6;

/// The head of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Head {
    /// Whose it is.
    #[n(0)]
    pub commune: Slug,
    /// Which shipping key seals it.
    #[n(1)]
    pub key: ByteArray<8>,
    /// 32 random bytes: no two snapshots are sealed with the same derived key.
    #[n(2)]
    pub salt: Hash32,
}

impl Head {
    /// Of a snapshot to be made. `salt` is drawn at random by the caller.
    pub fn new(commune: Slug, shipping: &Hash32, salt: Hash32) -> Self {
        Self {
            commune,
            key: Self::fingerprint(shipping),
            salt,
        }
    }

    /// By what a shipping key is told from others; it says nothing about the key.
    pub fn fingerprint(shipping: &Hash32) -> ByteArray<8> {
        let mut short = [0; 8];
        short.copy_from_slice(&sha256(&[b"preau/shipping-key/1\0", &shipping.0]).0[..8]);
        short.into()
    }

    /// Whether this key seals it.
    pub fn is_sealed_with(&self, shipping: &Hash32) -> bool {
        self.key == Self::fingerprint(shipping)
    }

    /// The bytes a snapshot begins with.
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoded = encode(self);
        let mut bytes = format!("{MAGIC}{VERSION}\n").into_bytes();
        bytes.extend((encoded.len() as u16).to_be_bytes());
        bytes.extend(encoded);
        bytes
    }

    /// Reads the beginning of a snapshot byte by byte, from `next`, and answers it with the bytes
    /// it was read from. `next` gives `None` at the end.
    ///
    /// # Errors
    /// [`Unreadable`] when this is no snapshot or one of a newer version, and those of `next`.
    pub fn read<E: From<Unreadable>>(
        mut next: impl FnMut() -> Result<Option<u8>, E>,
    ) -> Result<(Self, Vec<u8>), E> {
        let none = || Unreadable::Malformed("this is no snapshot of Préau".into());
        let mut bytes = Vec::new();
        let mut take = |bytes: &mut Vec<u8>| -> Result<u8, E> {
            let byte = next()?.ok_or_else(none)?;
            bytes.push(byte);
            Ok(byte)
        };
        for expected in MAGIC.bytes() {
            if take(&mut bytes)? != expected {
                return Err(none().into());
            }
        }
        let mut digits = String::new();
        loop {
            match take(&mut bytes)? {
                b'\n' => break,
                digit if digit.is_ascii_digit() && digits.len() < DIGITS => digits.push(char::from(digit)),
                _ => return Err(none().into()),
            }
        }
        match digits.parse() {
            Ok(VERSION) if digits == VERSION.to_string() => {}
            Ok(newer) if newer > VERSION => return Err(Unreadable::Newer(newer).into()),
            _ => return Err(none().into()),
        }
        let length = u16::from_be_bytes([take(&mut bytes)?, take(&mut bytes)?]);
        let from = bytes.len();
        for _ in 0..length {
            take(&mut bytes)?;
        }
        let head = decode(&bytes[from..])?;
        Ok((head, bytes))
    }
}
