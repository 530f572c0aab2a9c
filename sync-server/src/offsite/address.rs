//! Where the target is: a folder, or a bucket of an S3-speaking store. What is shown of it holds no secret.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where objects are put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetAddress {
    /// A folder: a disk of another place, mounted here.
    Folder(PathBuf),
    /// A bucket. Endpoint, region and keys are those of the usual `AWS_…` settings.
    Bucket {
        /// Its name.
        bucket: String,
        /// What all names begin with, without a slash at either end; may be empty.
        prefix: String,
    },
}

/// How a bucket is reached, where the environment is not to be asked.
#[derive(Clone)]
pub struct Access {
    /// `https://…`, or `http://…` for one that is near.
    pub endpoint: String,
    /// Its region.
    pub region: String,
    /// Who asks.
    pub key_id: String,
    /// What proves it.
    pub secret: String,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Access({})", self.endpoint)
    }
}

/// A text that is no address of a target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATarget {
    /// Neither form.
    #[error(
        "ce n’est pas une destination de sauvegarde. Donnez un dossier (/mnt/ailleurs/preau), file:///… ou s3://seau/prefixe"
    )]
    Form,
    /// A login or a parameter in it.
    #[error(
        "une adresse s3:// ne porte ni identifiant ni paramètre. Donnez-les par AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION et AWS_ENDPOINT"
    )]
    Secret,
}

impl TargetAddress {
    /// The folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Bucket { .. } => None,
        }
    }

    /// Whether a text has the form of an address, rather than that of a path.
    pub fn is_url(text: &str) -> bool {
        text.contains("://")
    }
}

impl FromStr for TargetAddress {
    type Err = NotATarget;

    fn from_str(text: &str) -> Result<Self, NotATarget> {
        if let Some(rest) = text.strip_prefix("s3://") {
            if rest.contains(['@', '?', '#']) {
                return Err(NotATarget::Secret);
            }
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_matches('/');
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            let fits = !bucket.is_empty()
                && bucket.chars().all(is_name)
                && prefix.chars().all(|c| is_name(c) || c == '/')
                && (prefix.is_empty() || prefix.split('/').all(|part| !matches!(part, "" | "." | "..")));
            return fits
                .then(|| Self::Bucket {
                    bucket: bucket.to_owned(),
                    prefix: prefix.to_owned(),
                })
                .ok_or(NotATarget::Form);
        }
        let folder = text.strip_prefix("file://").unwrap_or(text);
        if folder.is_empty() || folder.contains("://") || (folder != text && !folder.starts_with('/')) {
            return Err(NotATarget::Form);
        }
        Ok(Self::Folder(folder.into()))
    }
}

impl fmt::Display for TargetAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Bucket { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::Bucket { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_buckets_are_told_apart() {
        let folder = |text: &str| Ok(TargetAddress::Folder(text.into()));
        assert_eq!("/mnt/loin".parse(), folder("/mnt/loin"));
        assert_eq!("file:///mnt/loin".parse(), folder("/mnt/loin"));
        assert_eq!("loin".parse(), folder("loin"));
        for (given, shown) in [
            ("s3://seau", "s3://seau"),
            ("s3://seau/", "s3://seau"),
            ("s3://seau/a/b/", "s3://seau/a/b"),
        ] {
            let address: TargetAddress = given.parse().unwrap();
            assert!(address.folder().is_none());
            assert_eq!(address.to_string(), shown);
        }
    }

    #[test]
    fn what_is_neither_is_refused_without_showing_it() {
        for given in [
            "",
            "s3://",
            "s3:///x",
            "s3://a b",
            "s3://a/../b",
            "http://h/x",
            "file://x",
            "ftp://h",
        ] {
            assert_eq!(given.parse::<TargetAddress>(), Err(NotATarget::Form), "{given}");
        }
        let refused = "s3://key:secret@seau".parse::<TargetAddress>().unwrap_err();
        assert_eq!(refused, NotATarget::Secret);
        assert!(!refused.to_string().contains("secret"));
    }
}
