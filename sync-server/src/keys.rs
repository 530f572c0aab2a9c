//! A commune's keys. They lie outside its database, in `DATA/keys/SLUG.key` or in the folder that
//! all processes of a host share: a database that is stolen, copied or lost takes no key with it.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use data_encoding::{BASE32_NOPAD, BASE64};
use serde::{Deserialize, Serialize};
use shared::codec::Hash32;
use shared::sign::{SigningKey, sha256};
use shared::slug::Slug;

use crate::clock::random;

/// The secrets of a commune.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Signs receipts, credentials, envelopes, withdrawals and addresses.
    pub signing: SigningKey,
    /// Opens memos.
    pub notes: Hash32,
    /// Seals what leaves the house: snapshots, and what is shipped off-site.
    pub shipping: Hash32,
    secret: Secret,
}

#[derive(Clone, Serialize, Deserialize)]
struct Secret {
    version: u32,
    commune: String,
    signing: String,
    shipping: String,
    notes: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({})", self.commune)
    }
}

/// Why keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no key file.
    #[error(
        "La clé de « {slug} » manque : {path} n’existe pas. Remettez-y la copie gardée ailleurs, ou ressaisissez la fiche de secours."
    )]
    Missing {
        /// The commune.
        slug: Slug,
        /// Where it should be.
        path: PathBuf,
    },
    /// The key file cannot be read or is not one.
    #[error("La clé {path} est illisible : {why}. Remettez la copie gardée ailleurs.")]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The key is of another commune.
    #[error("La clé {path} est celle de « {other} », pas de « {slug} ».")]
    Another {
        /// Where.
        path: PathBuf,
        /// Whose it is.
        other: String,
        /// Whose it should be.
        slug: Slug,
    },
}

/// The file of a commune's keys.
pub fn path(folder: &Path, slug: &Slug) -> PathBuf {
    folder.join(format!("{slug}.key"))
}

impl Keys {
    /// Draws keys for a new commune and writes them durably, readable by their owner only.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] when the file cannot be written. A key that is there is never
    /// overwritten: it is used.
    pub fn create(folder: &Path, slug: &Slug) -> Result<Self, KeyError> {
        let file = path(folder, slug);
        if file.exists() {
            return Self::load(folder, slug);
        }
        let secret = Secret {
            version: 1,
            commune: slug.to_string(),
            signing: BASE64.encode(&random::<32>()),
            shipping: BASE64.encode(&random::<32>()),
            notes: BASE64.encode(&random::<32>()),
        };
        let unreadable = |e: &dyn std::fmt::Display| KeyError::Unreadable {
            path: file.clone(),
            why: e.to_string(),
        };
        let text = serde_json::to_string_pretty(&secret).map_err(|e| unreadable(&e))?;
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut out = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&file)?;
            out.write_all(text.as_bytes())?;
            out.write_all(b"\n")?;
            out.sync_all()?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|e| unreadable(&e))?;
        Self::load(folder, slug)
    }

    /// Loads a commune's keys.
    ///
    /// # Errors
    /// [`KeyError`] says which key is missing or wrong.
    pub fn load(folder: &Path, slug: &Slug) -> Result<Self, KeyError> {
        let file = path(folder, slug);
        let unreadable = |why: String| KeyError::Unreadable {
            path: file.clone(),
            why,
        };
        let text = fs::read_to_string(&file).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => KeyError::Missing {
                slug: slug.clone(),
                path: file.clone(),
            },
            _ => unreadable(e.to_string()),
        })?;
        let secret: Secret = serde_json::from_str(&text).map_err(|e| unreadable(e.to_string()))?;
        if secret.commune != slug.as_str() {
            return Err(KeyError::Another {
                path: file,
                other: secret.commune,
                slug: slug.clone(),
            });
        }
        let bytes = |text: &str| -> Result<[u8; 32], KeyError> {
            let bytes = BASE64
                .decode(text.as_bytes())
                .map_err(|e| unreadable(e.to_string()))?;
            bytes
                .try_into()
                .map_err(|_| unreadable("une clé n’a pas 32 octets".into()))
        };
        Ok(Self {
            signing: SigningKey::from_seed(&bytes(&secret.signing)?),
            notes: Hash32(bytes(&secret.notes)?),
            shipping: Hash32(bytes(&secret.shipping)?),
            secret,
        })
    }

    /// The recovery sheet: what to print and keep in a safe. The lines hold the three keys in
    /// base 32, each with a check of four letters.
    pub fn recovery_sheet(&self) -> String {
        let line = |name: &str, key: &str| {
            let bytes = BASE64.decode(key.as_bytes()).unwrap_or_default();
            let check = BASE32_NOPAD.encode(&sha256(&[&bytes]).0[..3]);
            let letters = BASE32_NOPAD.encode(&bytes);
            let groups: Vec<&str> = letters
                .as_bytes()
                .chunks(4)
                .filter_map(|c| std::str::from_utf8(c).ok())
                .collect();
            format!("  {name}  {}  contrôle {}\n", groups.join(" "), &check[..4])
        };
        format!(
            "FICHE DE SECOURS — {}\n\
             À imprimer et à garder dans un coffre, hors du serveur. Qui la détient peut tout relire ;\n\
             sans elle ni copie de la clé, aucune sauvegarde ne peut être rouverte.\n\n{}{}{}",
            self.secret.commune,
            line("signature  ", &self.secret.signing),
            line("sauvegardes", &self.secret.shipping),
            line("mémos      ", &self.secret.notes),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_and_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b): (Slug, Slug) = ("a".parse().unwrap(), "b".parse().unwrap());
        assert!(matches!(
            Keys::load(folder.path(), &a),
            Err(KeyError::Missing { .. })
        ));
        let keys = Keys::create(folder.path(), &a).unwrap();
        assert_eq!(
            Keys::create(folder.path(), &a).unwrap().signing.public(),
            keys.signing.public()
        );
        fs::copy(path(folder.path(), &a), path(folder.path(), &b)).unwrap();
        assert!(matches!(
            Keys::load(folder.path(), &b),
            Err(KeyError::Another { .. })
        ));
        fs::write(path(folder.path(), &b), "{").unwrap();
        assert!(matches!(
            Keys::load(folder.path(), &b),
            Err(KeyError::Unreadable { .. })
        ));
        assert_eq!(
            keys.recovery_sheet()
                .lines()
                .filter(|l| l.contains("contrôle"))
                .count(),
            3
        );
    }
}
