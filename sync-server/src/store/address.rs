//! Where stores lie: a data folder, or a database server. What is shown of it holds no password.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What stands in place of a password.
const HIDDEN: &str = "***";
/// How the address of a database server begins.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// Where the stores of a host lie.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A data folder: one SQLite file for each commune.
    Folder(PathBuf),
    /// A database of a PostgreSQL server: one schema for each commune.
    Postgres(Url),
}

/// The whole address of a database, password included. It shows itself without.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(String);

/// A text that is no address of a store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » n’est ni un dossier ni une adresse postgres://…")]
pub struct NotAnAddress(String);

impl StoreAddress {
    /// The data folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Postgres(_) => None,
        }
    }
}

impl Url {
    /// The address with its password, for the client alone: never to be logged or shown.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl FromStr for StoreAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        if SCHEMES.iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(Self::Postgres(Url(text.to_owned())));
        }
        if let Some(folder) = text.strip_prefix("file://") {
            return Ok(Self::Folder(folder.into()));
        }
        if text.is_empty() || text.contains("://") {
            return Err(NotAnAddress(hide_password(text)));
        }
        Ok(Self::Folder(text.into()))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hide_password(&self.0))
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Postgres(url) => write!(f, "{url}"),
        }
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreAddress({self})")
    }
}

/// An address as it may be shown: the password between `:` and the last `@` of its authority, and
/// any value of a parameter whose name speaks of a password, are replaced.
pub fn hide_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let (place, query) = match rest.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (rest, None),
    };
    // A password that was not escaped may hold `/`, `?` or `#`: what stands before the last `@`,
    // wherever that is, is taken for the login.
    let (place, query) = match query {
        Some(query) if !place.contains('@') && query.contains('@') => (rest, None),
        query => (place, query),
    };
    let place = match place.rsplit_once('@') {
        Some((login, host)) => match login.split_once(':') {
            Some((user, _)) => format!("{user}:{HIDDEN}@{host}"),
            None => place.to_owned(),
        },
        None => place.to_owned(),
    };
    let query = query.map(|query| {
        let hidden = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("pass") => format!("{name}={HIDDEN}"),
            _ => pair.to_owned(),
        });
        format!("?{}", hidden.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}://{place}{}", query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_holds_no_password() {
        for (given, shown) in [
            ("postgres://u:secret@h:5432/db", "postgres://u:***@h:5432/db"),
            (
                "postgresql://u:se@cret@h/db?sslmode=require",
                "postgresql://u:***@h/db?sslmode=require",
            ),
            ("postgres://u:a/b?c@h/db", "postgres://u:***@h/db"),
            (
                "postgres://h/db?user=u&password=secret",
                "postgres://h/db?user=u&password=***",
            ),
            ("postgres://u@h/db", "postgres://u@h/db"),
            ("postgres://%2Fvar%2Frun/db", "postgres://%2Fvar%2Frun/db"),
        ] {
            let address: StoreAddress = given.parse().expect("an address");
            assert_eq!(address.to_string(), shown);
            let debugged = format!("{address:?}");
            assert!(
                !debugged.contains("secret") && !debugged.contains("a/b?c"),
                "{debugged}"
            );
            let StoreAddress::Postgres(url) = address else {
                panic!("{given} is a database");
            };
            assert_eq!(url.secret(), given);
        }
    }

    #[test]
    fn a_folder_is_a_folder() {
        for (given, folder) in [
            ("preau-data", "preau-data"),
            ("/srv/x", "/srv/x"),
            ("file:///srv/x", "/srv/x"),
        ] {
            let address: StoreAddress = given.parse().expect("an address");
            assert_eq!(address.folder(), Some(Path::new(folder)));
        }
    }

    #[test]
    fn another_scheme_is_refused_without_its_password() {
        for given in ["mysql://u:secret@h/db", "s3://bucket", ""] {
            let refused = given.parse::<StoreAddress>().expect_err(given).to_string();
            assert!(
                refused.contains("postgres://") && !refused.contains("secret"),
                "{refused}"
            );
        }
    }
}
