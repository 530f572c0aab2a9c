//! A sealed object: a head in clear, then its content, deflated, encrypted and authenticated.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::Refused;
use crate::codec::{Hash32, decode, encode};
use crate::envelope::{deflate, inflate};
use crate::sign::sha256;
use crate::slug::Slug;
use crate::snapshot;

/// How a sealed object begins; the version and a newline follow.
pub const MAGIC: &str = "preau-offsite/";
/// The version written, and the newest that can be read.
pub const VERSION: u32 = 1;
/// No content is longer, in bytes, once inflated.
pub const LARGEST_CONTENT: usize = 64 << 20;
/// No sealed object is longer, in bytes: content that cannot be deflated, its head and its tag.
pub const LARGEST_OBJECT: usize = LARGEST_CONTENT + (1 << 20);
/// A version has no more digits.
const DIGITS: usize = 6;

/// What an object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// A [`super::Segment`].
    #[n(0)]
    Segment,
    /// [`super::Withdrawals`].
    #[n(1)]
    Withdrawals,
    /// A [`super::PrintedList`].
    #[n(2)]
    List,
}

/// What stands in clear.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Head {
    /// Whose it is.
    #[n(0)]
    pub commune: Slug,
    /// Which shipping key seals it: [`snapshot::Head::fingerprint`].
    #[n(1)]
    pub key: ByteArray<8>,
    /// 32 random bytes: no two objects are sealed with the same derived key.
    #[n(2)]
    pub salt: Hash32,
    /// What it holds.
    #[n(3)]
    pub kind: Kind,
}

impl Head {
    /// Of an object to be sealed. `salt` is drawn at random by the caller, for this object alone.
    pub fn new(commune: Slug, shipping: &Hash32, salt: Hash32, kind: Kind) -> Self {
        Self {
            commune,
            key: snapshot::Head::fingerprint(shipping),
            salt,
            kind,
        }
    }

    /// Whether this shipping key seals it.
    pub fn is_sealed_with(&self, shipping: &Hash32) -> bool {
        self.key == snapshot::Head::fingerprint(shipping)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let encoded = encode(self);
        let mut bytes = format!("{MAGIC}{VERSION}\n").into_bytes();
        bytes.extend((encoded.len() as u16).to_be_bytes());
        bytes.extend(encoded);
        bytes
    }

    /// Reads the head of an object; answers it and how many bytes it takes. Nothing is proved yet:
    /// that its key opens the rest is what proves it.
    ///
    /// # Errors
    /// [`Refused::Damaged`] when this is no sealed object, [`Refused::Newer`] for a newer version.
    pub fn read(bytes: &[u8]) -> Result<(Self, usize), Refused> {
        let none = || Refused::Damaged("il ne commence pas comme un objet de Préau".into());
        let rest = bytes.strip_prefix(MAGIC.as_bytes()).ok_or_else(none)?;
        let digits = rest.iter().take(DIGITS).take_while(|byte| byte.is_ascii_digit());
        let digits = String::from_utf8(digits.copied().collect()).map_err(|_| none())?;
        let rest = rest[digits.len()..].strip_prefix(b"\n").ok_or_else(none)?;
        match digits.parse() {
            Ok(VERSION) if digits == VERSION.to_string() => {}
            Ok(newer) if newer > VERSION => return Err(Refused::Newer(newer)),
            _ => return Err(none()),
        }
        let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(none)?;
        let encoded = rest
            .get(..usize::from(u16::from_be_bytes(*length)))
            .ok_or_else(none)?;
        let head: Self = decode(encoded)?;
        Ok((head, bytes.len() - rest.len() + encoded.len()))
    }
}

fn cipher(shipping: &Hash32, head: &Head, head_bytes: &[u8]) -> (XChaCha20Poly1305, XNonce) {
    let key = sha256(&[b"preau/offsite/1\0", &shipping.0, &sha256(&[head_bytes]).0]);
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&head.salt.0[..24]);
    (XChaCha20Poly1305::new((&key.0).into()), nonce.into())
}

/// Seals content under its head.
///
/// # Errors
/// [`Refused::Damaged`] for content longer than [`LARGEST_CONTENT`].
pub fn seal(shipping: &Hash32, head: &Head, content: &[u8]) -> Result<Vec<u8>, Refused> {
    if content.len() > LARGEST_CONTENT {
        return Err(Refused::Damaged(format!("{} octets, c’est trop", content.len())));
    }
    Ok(seal_deflated(shipping, head, &deflate(content)))
}

pub(super) fn seal_deflated(shipping: &Hash32, head: &Head, deflated: &[u8]) -> Vec<u8> {
    let mut bytes = head.to_bytes();
    let (cipher, nonce) = cipher(shipping, head, &bytes);
    // It fails beyond 256 GiB only; nothing sealed opens as nothing.
    bytes.extend(cipher.encrypt(&nonce, deflated).unwrap_or_default());
    bytes
}

/// Opens an object of a commune and answers its content, of the kind that was expected.
///
/// # Errors
/// [`Refused`] says whose it is, or what is wrong with it.
pub fn open(shipping: &Hash32, commune: &Slug, kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let (head, length) = Head::read(bytes)?;
    if head.commune != *commune {
        return Err(Refused::Commune(head.commune));
    }
    if !head.is_sealed_with(shipping) {
        return Err(Refused::Key);
    }
    if bytes.len() > LARGEST_OBJECT {
        return Err(Refused::Damaged(format!("{} octets, c’est trop", bytes.len())));
    }
    let (cipher, nonce) = cipher(shipping, &head, &bytes[..length]);
    let deflated = cipher
        .decrypt(&nonce, &bytes[length..])
        .map_err(|_| Refused::Damaged("son contenu a été changé ou coupé".into()))?;
    if head.kind != kind {
        return Err(Refused::Kind);
    }
    Ok(inflate(&deflated, LARGEST_CONTENT as u64)?)
}
