//! How a host is known at its provider.

use std::path::Path;

use crate::machine::is_here;

/// How a host is known at its provider.
#[derive(Clone)]
pub struct Settings {
    /// The provider's address: its issuer, without a slash at the end.
    pub issuer: String,
    /// The name it gave us.
    pub client: String,
    /// The secret it gave us.
    pub secret: String,
}

/// Why settings are none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingsError {
    /// Not an address, or one that others could listen to.
    #[error(
        "L’adresse de FranceConnect doit commencer par https:// (http:// sur cette machine seulement) : {0}"
    )]
    Address(String),
    /// The secret cannot be read.
    #[error("Le fichier du secret de FranceConnect ne peut pas être lu : {0}")]
    Secret(String),
    /// It is empty.
    #[error("Le fichier du secret de FranceConnect est vide.")]
    Empty,
}

impl Settings {
    /// Reads the secret from its file: it stands on no command line.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn read(url: &str, client: &str, secret: &Path) -> Result<Self, SettingsError> {
        let issuer = url.trim_end_matches('/');
        if !is_private(issuer) {
            return Err(SettingsError::Address(url.to_owned()));
        }
        let text = std::fs::read_to_string(secret)
            .map_err(|error| SettingsError::Secret(format!("{} ({error})", secret.display())))?;
        let text = text.trim();
        if text.is_empty() {
            return Err(SettingsError::Empty);
        }
        Ok(Self {
            issuer: issuer.to_owned(),
            client: client.to_owned(),
            secret: text.to_owned(),
        })
    }
}

/// Whether nobody on the way reads what is sent to an address: encrypted, or within this machine.
pub(super) fn is_private(address: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(address) else {
        return false;
    };
    match url.scheme() {
        "https" => true,
        "http" => url.host_str().is_some_and(is_here),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_a_file_and_goes_only_where_nobody_listens() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "  tres secret \n").unwrap();
        let read = |url| Settings::read(url, "nous", &file);
        let settings = read("https://fc.example/api/v2/").ok().unwrap();
        assert_eq!(settings.issuer, "https://fc.example/api/v2");
        assert_eq!(settings.secret, "tres secret");
        assert!(read("http://127.0.0.1:4711").is_ok() && read("http://[::1]:4711").is_ok());
        for other in [
            "http://fc.example",
            "fc.example",
            "ftp://127.0.0.1",
            "http://127.0.0.1.example",
        ] {
            assert_eq!(read(other).err(), Some(SettingsError::Address(other.into())));
        }
        std::fs::write(&file, " \n").unwrap();
        assert_eq!(read("https://fc.example").err(), Some(SettingsError::Empty));
        let missing = Settings::read("https://fc.example", "nous", &folder.path().join("autre"));
        assert!(matches!(missing.err(), Some(SettingsError::Secret(_))));
    }
}
