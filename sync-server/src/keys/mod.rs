//! A commune's keys. They lie outside its database, in `DATA/keys/SLUG.key` or in the folder that
//! all processes of a host share: a database that is stolen, copied or lost takes no key with it.
//!
//! The signing key stays for ever: tablets trust what it signs, and nothing else. The shipping key
//! can be changed ([`rotate`]): what was sealed with an older one is still opened with that one.

mod error;
mod file;
mod sealed;
mod sheet;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use shared::codec::Hash32;
use shared::sign::SigningKey;
use shared::slug::Slug;
use shared::snapshot::Head;
use shared::time::UtcMs;

use crate::clock::random;
pub use error::KeyError;
use file::{Retired, Secret};

/// The secrets of a commune.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Signs receipts, credentials, envelopes, withdrawals and addresses.
    pub signing: SigningKey,
    /// Opens memos.
    pub notes: Hash32,
    /// Seals what leaves the house: snapshots, and what is shipped off-site.
    pub shipping: Hash32,
    /// Shipping keys of before, the newest first: they open what they sealed, and seal nothing.
    pub retired: Vec<Hash32>,
    secret: Secret,
    /// Where they were read, for messages.
    place: String,
}

/// The file of a commune's keys.
pub fn path(folder: &Path, slug: &Slug) -> PathBuf {
    folder.join(format!("{slug}.key"))
}

/// By what people tell one shipping key from another: 16 hexadecimal digits that say nothing about it.
pub fn fingerprint(shipping: &Hash32) -> String {
    HEXLOWER.encode(&*Head::fingerprint(shipping))
}

/// What became of a key that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// There was none; it is in its place.
    New,
    /// It was there already.
    Same,
    /// One of the same commune was there, and lacked some of its shipping keys.
    Completed,
}

impl Imported {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Completed => "completed",
        }
    }
}

impl Keys {
    /// Draws keys for a new commune and writes them durably, readable by their owner only.
    ///
    /// # Errors
    /// [`KeyError::Unwritable`] when the file cannot be written. A key that is there is never
    /// overwritten: it is used.
    pub fn create(folder: &Path, slug: &Slug) -> Result<Self, KeyError> {
        let file = path(folder, slug);
        if !file.exists() {
            let secret = Secret::draw(slug, || Hash32(random()));
            file::make_folder(folder)?;
            file::put_new(&file, &secret.to_text())?;
        }
        Self::load(folder, slug)
    }

    /// Loads a commune's keys.
    ///
    /// # Errors
    /// [`KeyError`] says which key is missing or wrong.
    pub fn load(folder: &Path, slug: &Slug) -> Result<Self, KeyError> {
        Self::read(&path(folder, slug), slug)
    }

    /// Reads keys from a file: a key file, or a recovery sheet typed by hand.
    ///
    /// # Errors
    /// [`KeyError`] says what is missing or wrong.
    pub fn read(file: &Path, slug: &Slug) -> Result<Self, KeyError> {
        let text = file::read(file, slug)?;
        Self::parse(&text, slug, file)
    }

    /// Keys written as in a key file or on a recovery sheet. `from` is where, for messages.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong.
    pub fn parse(text: &str, slug: &Slug, from: &Path) -> Result<Self, KeyError> {
        let secret = if text.trim_start().starts_with('{') {
            Secret::parse(text).map_err(|why| KeyError::Unreadable {
                path: from.to_owned(),
                why,
            })?
        } else {
            sheet::parse(text, slug).map_err(KeyError::Sheet)?
        };
        if secret.commune != slug.as_str() {
            return Err(KeyError::Another {
                path: from.to_owned(),
                other: secret.commune,
                slug: slug.clone(),
            });
        }
        Ok(Self::of(secret, from.display().to_string()))
    }

    fn of(secret: Secret, place: String) -> Self {
        Self {
            signing: SigningKey::from_seed(&secret.signing.0),
            notes: secret.notes,
            shipping: secret.shipping,
            retired: secret.retired.iter().map(|retired| retired.key).collect(),
            secret,
            place,
        }
    }

    /// Every shipping key, the current one first.
    pub fn shipping_keys(&self) -> impl Iterator<Item = &Hash32> {
        std::iter::once(&self.shipping).chain(&self.retired)
    }

    /// The shipping key that has this fingerprint, be it the current one or one of before: what a
    /// sealed thing names in its head.
    ///
    /// # Errors
    /// [`KeyError::NotAmong`] names the key that is needed, and where it was looked for.
    pub fn opening(&self, wanted: &[u8; 8]) -> Result<&Hash32, KeyError> {
        self.shipping_keys()
            .find(|key| *Head::fingerprint(key) == *wanted)
            .ok_or_else(|| KeyError::NotAmong {
                commune: self.secret.commune.clone(),
                needed: HEXLOWER.encode(wanted),
                place: self.place.clone(),
                has: self.shipping_keys().map(fingerprint).collect(),
            })
    }

    /// Whether these are all the same secrets.
    pub fn is_same(&self, other: &Self) -> bool {
        self.secret == other.secret
    }

    /// The recovery sheet: what to print and keep in a safe. The lines hold the keys in base 32, each
    /// with a check of four letters.
    pub fn recovery_sheet(&self) -> String {
        sheet::print(&self.secret)
    }

    /// Writes a key file, readable by its owner only. A file that is there is never overwritten.
    ///
    /// # Errors
    /// [`KeyError::Unwritable`], also where a file of that name is there.
    pub fn export(&self, to: &Path) -> Result<(), KeyError> {
        file::put_new(to, &self.secret.to_text())
    }
}

/// Puts a key where the host looks for it. What is there of another commune or with another signing
/// key is never overwritten; where it is of the same, it is completed, and nothing is lost of either.
///
/// # Errors
/// [`KeyError`]; nothing changed then.
pub fn import(folder: &Path, given: &Keys) -> Result<(Keys, Imported), KeyError> {
    let slug = slug_of(given)?;
    file::make_folder(folder)?;
    let _alone = file::alone(folder)?;
    let file = path(folder, &slug);
    if !file.exists() {
        file::put_new(&file, &given.secret.to_text())?;
        return Ok((Keys::load(folder, &slug)?, Imported::New));
    }
    let here = Keys::load(folder, &slug)?;
    let united = here.secret.united(&given.secret).ok_or_else(|| KeyError::Taken {
        slug: slug.clone(),
        path: file.clone(),
    })?;
    if united == here.secret {
        return Ok((here, Imported::Same));
    }
    file::replace(&file, &united.to_text())?;
    Ok((Keys::load(folder, &slug)?, Imported::Completed))
}

/// Whether a key could be put where the host looks for it ([`import`]); nothing is written.
///
/// # Errors
/// [`KeyError`] as of [`import`].
pub fn may_import(folder: &Path, given: &Keys) -> Result<(), KeyError> {
    let slug = slug_of(given)?;
    let file = path(folder, &slug);
    if !file.exists() {
        return Ok(());
    }
    let here = Keys::load(folder, &slug)?;
    match here.secret.united(&given.secret) {
        Some(_) => Ok(()),
        None => Err(KeyError::Taken { slug, path: file }),
    }
}

/// Draws a new shipping key for what is sealed from now on. Those of before stay in the file, to
/// open what they sealed. The signing key stays: tablets trust it, and would believe no other.
///
/// # Errors
/// [`KeyError`]; nothing changed then.
pub fn rotate(folder: &Path, slug: &Slug, now: UtcMs) -> Result<Keys, KeyError> {
    // A folder that is not there has no key either.
    let _alone = match file::alone(folder) {
        Err(KeyError::Unwritable { .. }) => return Keys::load(folder, slug),
        alone => alone?,
    };
    let mut secret = Keys::load(folder, slug)?.secret;
    let before = Retired {
        key: std::mem::replace(&mut secret.shipping, Hash32(random())),
        until: Some(now),
    };
    secret.retired.insert(0, before);
    file::replace(&path(folder, slug), &secret.to_text())?;
    Keys::load(folder, slug)
}

fn slug_of(keys: &Keys) -> Result<Slug, KeyError> {
    keys.secret.commune.parse().map_err(|_| KeyError::Unreadable {
        path: keys.place.clone().into(),
        why: "l’identifiant de la collectivité n’en est pas un".into(),
    })
}
