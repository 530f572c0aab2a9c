//! The key file: its form, and how it is put down so that a crash leaves the old one or the new one.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use shared::codec::Hash32;
use shared::slug::Slug;
use shared::time::UtcMs;

use super::KeyError;
use crate::clock::random;

/// The version of a file without retired keys: programs of before read it.
const PLAIN: u32 = 1;
/// The version of a file with retired keys, and the newest that can be read.
const WITH_RETIRED: u32 = 2;

/// What a key file holds.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) commune: String,
    pub(super) signing: Hash32,
    pub(super) shipping: Hash32,
    pub(super) notes: Hash32,
    /// The newest first.
    pub(super) retired: Vec<Retired>,
}

/// A shipping key that seals nothing any more.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Retired {
    pub(super) key: Hash32,
    /// Until when it sealed; a recovery sheet does not say.
    pub(super) until: Option<UtcMs>,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({})", self.commune)
    }
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    commune: String,
    signing: String,
    shipping: String,
    notes: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    retired: Vec<WrittenRetired>,
}

#[derive(Serialize, Deserialize)]
struct WrittenRetired {
    shipping: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl Secret {
    pub(super) fn draw(slug: &Slug, mut draw: impl FnMut() -> Hash32) -> Self {
        Self {
            commune: slug.to_string(),
            signing: draw(),
            shipping: draw(),
            notes: draw(),
            retired: Vec::new(),
        }
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if written.version > WITH_RETIRED {
            return Err(format!(
                "elle vient d’une version plus récente de Préau (forme {})",
                written.version
            ));
        }
        let retired = written.retired.iter().map(|retired| {
            let until = retired.until.as_deref().map(UtcMs::parse).transpose();
            Ok(Retired {
                key: key(&retired.shipping)?,
                until: until.map_err(|error| error.to_string())?,
            })
        });
        Ok(Self {
            signing: key(&written.signing)?,
            shipping: key(&written.shipping)?,
            notes: key(&written.notes)?,
            retired: retired.collect::<Result<_, String>>()?,
            commune: written.commune,
        })
    }

    pub(super) fn to_text(&self) -> String {
        let letters = |key: &Hash32| BASE64.encode(&key.0);
        let written = Written {
            version: if self.retired.is_empty() {
                PLAIN
            } else {
                WITH_RETIRED
            },
            commune: self.commune.clone(),
            signing: letters(&self.signing),
            shipping: letters(&self.shipping),
            notes: letters(&self.notes),
            retired: self
                .retired
                .iter()
                .map(|retired| WrittenRetired {
                    shipping: letters(&retired.key),
                    until: retired.until.map(|at| at.to_string()),
                })
                .collect(),
        };
        let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
        text.push('\n');
        text
    }

    fn holds(&self, shipping: &Hash32) -> bool {
        self.shipping == *shipping || self.retired.iter().any(|retired| retired.key == *shipping)
    }

    /// Both, where they are the same but for shipping keys. Whichever knows the other's current key
    /// as retired is the later one.
    pub(super) fn united(&self, other: &Self) -> Option<Self> {
        if (&self.commune, self.signing, self.notes) != (&other.commune, other.signing, other.notes) {
            return None;
        }
        let other_is_later =
            other.holds(&self.shipping) && other.shipping != self.shipping && !self.holds(&other.shipping);
        let (mut all, rest) = if other_is_later {
            (other.clone(), self)
        } else {
            (self.clone(), other)
        };
        let current = Retired {
            key: rest.shipping,
            until: None,
        };
        for retired in std::iter::once(&current).chain(&rest.retired) {
            if !all.holds(&retired.key) {
                all.retired.push(retired.clone());
            }
        }
        Some(all)
    }
}

fn key(text: &str) -> Result<Hash32, String> {
    let bytes = BASE64
        .decode(text.as_bytes())
        .map_err(|error| error.to_string())?;
    bytes
        .try_into()
        .map(Hash32)
        .map_err(|_| "une clé n’a pas 32 octets".into())
}

/// Reads a key file or a recovery sheet.
pub(super) fn read(file: &Path, slug: &Slug) -> Result<String, KeyError> {
    fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => KeyError::Missing {
            slug: slug.clone(),
            path: file.to_owned(),
        },
        _ => KeyError::Unreadable {
            path: file.to_owned(),
            why: error.to_string(),
        },
    })
}

fn unwritable(path: &Path) -> impl Fn(std::io::Error) -> KeyError {
    let path = path.to_owned();
    move |error| KeyError::Unwritable {
        path: path.clone(),
        why: match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                "un fichier de ce nom existe déjà, et n’est jamais remplacé".into()
            }
            _ => error.to_string(),
        },
    }
}

/// Makes the folder of keys, which nobody else can look into.
pub(super) fn make_folder(folder: &Path) -> Result<(), KeyError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(unwritable(folder))
}

/// Holds the folder of keys against others that change a key there.
pub(super) fn alone(folder: &Path) -> Result<File, KeyError> {
    let held = File::open(folder).map_err(unwritable(folder))?;
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(TryLockError::WouldBlock) => Err(KeyError::Busy(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(unwritable(folder)(error)),
    }
}

/// Puts down a file that must not be there yet, whole or not at all.
pub(super) fn put_new(file: &Path, text: &str) -> Result<(), KeyError> {
    let put = || -> std::io::Result<()> {
        let passing = passing(file, text)?;
        // Unlike a renaming, a link never replaces what is there.
        let linked = fs::hard_link(&passing, file);
        fs::remove_file(&passing)?;
        linked?;
        File::open(folder_of(file))?.sync_all()
    };
    put().map_err(unwritable(file))
}

/// Puts a file in the place of another, whole or not at all.
pub(super) fn replace(file: &Path, text: &str) -> Result<(), KeyError> {
    let put = || -> std::io::Result<()> {
        fs::rename(passing(file, text)?, file)?;
        File::open(folder_of(file))?.sync_all()
    };
    put().map_err(unwritable(file))
}

fn passing(file: &Path, text: &str) -> std::io::Result<PathBuf> {
    let name = format!(".passage-{}", HEXLOWER.encode(&random::<8>()));
    let passing = folder_of(file).join(name);
    let mut out = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&passing)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    Ok(passing)
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
