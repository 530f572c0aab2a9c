//! Where a commune is restored from: one snapshot file, or a target with snapshots and segments.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use shared::offsite::{Head, LARGEST_OBJECT, Name, Refused, Segment, Withdrawals};
use shared::receipt::Position;
use shared::slug::Slug;
use shared::time::UtcMs;

use super::RestoreError;
use super::walk::{Library, Named};
use crate::keys::{KeyError, Keys};
use crate::offsite::{Target, TargetAddress, TargetError};

/// Where from.
pub(crate) enum Source {
    File(PathBuf),
    Target(Target),
}

impl Source {
    /// Opens what was named on the command line.
    pub(crate) fn open(from: &str, slug: &Slug) -> Result<Self, RestoreError> {
        let wrong = |why: String| RestoreError::Source {
            from: from.to_owned(),
            why,
        };
        if !TargetAddress::is_url(from) {
            let path = PathBuf::from(from);
            let meta = std::fs::metadata(&path).map_err(|error| wrong(error.to_string()))?;
            if !meta.is_dir() {
                return Ok(Self::File(path));
            }
            // Whoever names the folder of the commune itself is understood.
            let is_own = path.file_name().is_some_and(|name| name == slug.as_str())
                && (path.join("journal").is_dir() || path.join("snapshots").is_dir());
            let folder = if is_own { path.join("..") } else { path };
            return Ok(Self::Target(Target::open(&TargetAddress::Folder(folder))?));
        }
        let address: TargetAddress = from.parse().map_err(|error| wrong(format!("{error}")))?;
        Ok(Self::Target(Target::open(&address)?))
    }

    /// Reads a snapshot from its beginning.
    pub(crate) fn snapshot(&self, object: &str) -> Result<Box<dyn Read + '_>, RestoreError> {
        let wrong = |why: String| RestoreError::Source {
            from: object.to_owned(),
            why,
        };
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
                Box::new(BufReader::new(file))
            }
            Self::Target(target) => {
                let reader = target
                    .reader(object)?
                    .ok_or_else(|| wrong("il n’y est plus".into()))?;
                Box::new(BufReader::new(reader))
            }
        })
    }
}

/// A snapshot, by what its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedSnapshot {
    pub(crate) object: String,
    pub(crate) seq: u64,
    pub(crate) branch: [u8; 8],
    pub(crate) made_at: UtcMs,
}

/// What lies at a target under the name of a commune.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) segments: Vec<Named>,
    /// Among the segments, under names that are none of ours.
    pub(crate) stray_segments: Vec<String>,
    /// The newest first.
    pub(crate) snapshots: Vec<NamedSnapshot>,
    /// Among the snapshots, under names that are none of ours.
    pub(crate) stray_snapshots: Vec<String>,
    pub(crate) withdrawals: Vec<String>,
    /// What Préau did not write there.
    pub(crate) strange: Vec<String>,
}

impl Listing {
    pub(crate) fn of(target: &Target, slug: &Slug) -> Result<Self, RestoreError> {
        let objects = target.list(slug.as_str(), None)?;
        Ok(Self::sorted(slug, objects.into_iter().map(|object| object.path)))
    }

    fn sorted(slug: &Slug, objects: impl Iterator<Item = String>) -> Self {
        let mut all = Self::default();
        for object in objects {
            match Name::parse(&object).filter(|(commune, _)| commune == slug) {
                Some((_, Name::Segment { .. })) => all.segments.extend(Named::of(&object)),
                Some((_, Name::Snapshot { seq, branch, made_at })) => all.snapshots.push(NamedSnapshot {
                    object,
                    seq,
                    branch,
                    made_at,
                }),
                Some((_, Name::Withdrawals { .. })) => all.withdrawals.push(object),
                Some((_, Name::Addresses | Name::List { .. } | Name::Page | Name::Feed)) => {}
                None if object.starts_with(&format!("{slug}/journal/")) => {
                    all.stray_segments.push(object);
                }
                None if object.starts_with(&format!("{slug}/snapshots/")) => {
                    all.stray_snapshots.push(object);
                }
                None => all.strange.push(object),
            }
        }
        all.snapshots
            .sort_by(|a, b| (b.seq, b.made_at, &b.object).cmp(&(a.seq, a.made_at, &a.object)));
        all
    }

    /// Whether there is anything to restore from.
    pub(crate) fn is_empty(&self) -> bool {
        self.segments.is_empty()
            && self.snapshots.is_empty()
            && self.stray_segments.is_empty()
            && self.stray_snapshots.is_empty()
    }

    /// What is there and was not written by Préau, in one sentence.
    pub(crate) fn strangers(&self) -> Option<String> {
        let all = [&self.stray_segments, &self.stray_snapshots, &self.strange];
        let first = all.into_iter().flatten().next()?;
        let count: usize = all.iter().map(|some| some.len()).sum();
        Some(format!(
            "{count} objet(s) sous ce nom n’ont pas été écrits par Préau ({first}…) : laissés tels quels."
        ))
    }
}

/// The sealed objects of a target.
pub(crate) struct Shelf<'s> {
    pub(crate) target: &'s Target,
    pub(crate) slug: &'s Slug,
    pub(crate) keys: &'s Keys,
    /// The first that lacked its key.
    pub(crate) lacking: Option<KeyError>,
}

impl<'s> Shelf<'s> {
    pub(crate) fn new(target: &'s Target, slug: &'s Slug, keys: &'s Keys) -> Self {
        Self {
            target,
            slug,
            keys,
            lacking: None,
        }
    }

    /// Opens an object with the key it names. `Ok(Err)` says what is wrong with it.
    fn sealed<T>(
        &mut self,
        object: &str,
        open: impl FnOnce(&Slug, &shared::codec::Hash32, &[u8]) -> Result<T, Refused>,
    ) -> Result<Result<T, String>, RestoreError> {
        let bytes = match self.target.get(object, LARGEST_OBJECT as u64) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(Err("il n’y est plus".into())),
            Err(TargetError::TooLarge { bytes, .. }) => {
                return Ok(Err(format!("trop gros ({bytes} octets)")));
            }
            Err(error) => return Err(error.into()),
        };
        let opened = match Head::read(&bytes) {
            Ok((head, _)) if head.commune == *self.slug => match self.keys.opening(&head.key) {
                Ok(key) => open(self.slug, key, &bytes),
                Err(error) => {
                    let why = error.to_string();
                    self.lacking.get_or_insert(error);
                    return Ok(Err(why));
                }
            },
            Ok((head, _)) => Err(Refused::Commune(head.commune)),
            Err(error) => Err(error),
        };
        match opened {
            Err(Refused::Newer(_)) => Err(RestoreError::Newer {
                object: object.to_owned(),
            }),
            opened => Ok(opened.map_err(|error| error.to_string())),
        }
    }

    /// A set of withdrawals.
    pub(crate) fn withdrawals(&mut self, object: &str) -> Result<Result<Withdrawals, String>, RestoreError> {
        self.sealed(object, Withdrawals::open)
    }

    /// How the branches of these segments begin: of each, the first that can be opened says so. What is
    /// wrong with the others is told.
    pub(crate) fn births(
        &mut self,
        segments: &[Named],
        problems: &mut Vec<String>,
    ) -> Result<Vec<shared::offsite::BranchBirth>, RestoreError> {
        let mut known = BTreeSet::new();
        let mut births = Vec::new();
        for named in segments {
            if known.contains(&named.branch) {
                continue;
            }
            match Library::open(self, &named.object)? {
                Ok((segment, _)) => {
                    if known.insert(segment.branch.id) {
                        births.push(segment.branch);
                    }
                }
                Err(why) => problems.push(format!("{} : {why}.", named.object)),
            }
        }
        Ok(births)
    }
}

impl Library for Shelf<'_> {
    type Stop = RestoreError;

    fn open(&mut self, object: &str) -> Result<Result<(Segment, Position), String>, RestoreError> {
        self.sealed(object, Segment::open)
    }
}
