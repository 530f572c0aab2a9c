//! What the commune sealed with its key: snapshots, and the segments of an off-site target.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read as Input};
use std::path::Path;

use shared::offsite::Name;
use shared::receipt::Position;
use shared::snapshot::{Cell, Manifest, TableEnd, TableStart};

use super::sieve::Sieve;
use super::{Ground, SourceError};
use crate::corridor::journal::{self, Entry};
use crate::offsite::Target;
use crate::restore::source::{Listing, NamedSnapshot, Shelf};
use crate::restore::walk::{Library, Named};
use crate::snapshot::{self, SnapshotError, Taker};
use crate::store::{Row, StoreError};

/// Entries handed on at once.
const AT_ONCE: usize = 500;

/// A snapshot in a file.
pub(super) fn snapshot_file(
    ground: &Ground<'_>,
    path: &Path,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<(), SourceError> {
    let open = || File::open(path).map(BufReader::new);
    let head = snapshot::head(open()?)?;
    if head.commune != *ground.slug {
        return Err(SourceError::Another {
            other: head.commune,
            slug: ground.slug.clone(),
        });
    }
    let key = ground.keys.opening(&head.key)?;
    let name = path.display().to_string();
    match journal_of(open()?, key, sieve)? {
        Found::Whole => Ok(()),
        Found::Part(why) => {
            problems.push(format!("{name} : {why}"));
            Ok(())
        }
        Found::Nothing(why) => Err(why.into()),
    }
}

/// How much of a snapshot's journal was had.
enum Found {
    Whole,
    /// Up to where it is damaged: each part is proved by itself.
    Part(String),
    Nothing(SnapshotError),
}

fn journal_of(
    input: impl Input,
    key: &shared::codec::Hash32,
    sieve: &mut Sieve<'_>,
) -> Result<Found, SourceError> {
    let mut taker = Journal {
        sieve,
        is_journal: false,
        waiting: Vec::new(),
        taken: 0,
        failed: None,
    };
    let read = snapshot::read(input, key, &mut taker);
    let put = taker.put();
    if let Some(error) = taker.failed.take() {
        return Err(error.into());
    }
    put?;
    Ok(match read {
        Ok(_) => Found::Whole,
        Err(SnapshotError::Damaged(why)) if taker.taken > 0 => Found::Part(format!(
            "abîmé ou incomplet ({why}) ; {} opérations de son journal ont pu être lues",
            taker.taken
        )),
        Err(error) => Found::Nothing(error),
    })
}

struct Journal<'s, 'l> {
    sieve: &'s mut Sieve<'l>,
    is_journal: bool,
    waiting: Vec<(Entry, shared::codec::Hash32)>,
    taken: u64,
    /// The living store failed: no fault of the snapshot.
    failed: Option<StoreError>,
}

impl Journal<'_, '_> {
    fn put(&mut self) -> Result<(), SnapshotError> {
        let entries = std::mem::take(&mut self.waiting);
        if entries.is_empty() {
            return Ok(());
        }
        self.taken += entries.len() as u64;
        self.sieve.take(entries).map(|_| ()).map_err(|error| {
            self.failed = Some(error.clone());
            error.into()
        })
    }
}

impl Taker for Journal<'_, '_> {
    fn manifest(&mut self, _: &Manifest) -> Result<(), SnapshotError> {
        Ok(())
    }

    fn start(&mut self, table: &TableStart) -> Result<(), SnapshotError> {
        self.is_journal = table.name == "journal";
        Ok(())
    }

    fn rows(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), SnapshotError> {
        if !self.is_journal {
            return Ok(());
        }
        for row in rows {
            let values = row.into_iter().map(snapshot::value).collect();
            let entry =
                journal::entry_of(&Row(values)).map_err(|error| SnapshotError::Damaged(error.to_string()))?;
            self.waiting.push(entry);
        }
        if self.waiting.len() >= AT_ONCE {
            self.put()?;
        }
        Ok(())
    }

    fn end(&mut self, _: &TableEnd) -> Result<(), SnapshotError> {
        self.put()
    }
}

/// Everything of a target that is not of the living history, of whatever branch: what came after a restore's
/// moment, what was left aside, what a server of before shipped last.
pub(super) fn target(
    ground: &Ground<'_>,
    target: &Target,
    sieve: &mut Sieve<'_>,
    problems: &mut Vec<String>,
) -> Result<(), SourceError> {
    let listing = Listing::of(target, ground.slug)?;
    if listing.is_empty() {
        return Err(SourceError::Nothing {
            from: target.to_string(),
            slug: ground.slug.clone(),
        });
    }
    let mut shelf = Shelf::new(target, ground.slug, ground.keys);
    let mut opened = 0;
    let strays = listing.stray_segments.iter();
    let unknown = Unknown::among(&listing, sieve)?;
    let objects: Vec<&String> = strays
        .chain(unknown.segments.iter().map(|named| &named.object))
        .collect();
    for object in &objects {
        match shelf.open(object)? {
            Ok((segment, _)) => {
                opened += 1;
                let entries = segment.linked().map(|(previous, shipped, hash)| {
                    let entry = Entry {
                        header: shipped.header.clone(),
                        salt: shipped.salt,
                        body: shipped.body.as_ref().map(|body| body.0.clone()),
                        outcome: shipped.outcome.0.clone(),
                        previous,
                    };
                    (entry, hash)
                });
                sieve.take(entries.collect())?;
            }
            Err(why) => problems.push(format!("{object} : {why}.")),
        }
        if (opened + problems.len()).is_multiple_of(1_000) {
            tracing::info!(
                segments = opened,
                of = objects.len(),
                "reading what lies off-site"
            );
        }
    }
    for named in unknown.snapshots {
        // Segments are read first, being small: a snapshot fills the holes between them.
        if sieve.ends_at(&named.branch, named.seq) && sieve.gaps()?.is_empty() {
            continue;
        }
        match one_snapshot(ground, target, named, sieve)? {
            Found::Whole => opened += 1,
            Found::Part(why) => {
                opened += 1;
                problems.push(format!("{} : {why}.", named.object));
            }
            Found::Nothing(why) => problems.push(format!("{} : {why}", named.object)),
        }
    }
    if opened == 0 && !problems.is_empty() {
        return Err(match shelf.lacking.take() {
            Some(error) => error.into(),
            None => SourceError::Unusable {
                from: target.to_string(),
                problems: std::mem::take(problems),
            },
        });
    }
    Ok(())
}

/// What, by its name, the living history does not have.
struct Unknown<'l> {
    segments: Vec<&'l Named>,
    snapshots: Vec<&'l NamedSnapshot>,
}

impl<'l> Unknown<'l> {
    fn among(listing: &'l Listing, sieve: &Sieve<'_>) -> Result<Self, SourceError> {
        let is_here = |name: &str, seq: u64| -> Result<bool, StoreError> {
            let Some((_, name)) = Name::parse(name) else {
                return Ok(false);
            };
            let here: Option<Position> = sieve.living.at(seq)?;
            Ok(here.is_some_and(|here| name.may_be_at(&here)))
        };
        let mut unknown = Self {
            segments: Vec::new(),
            snapshots: Vec::new(),
        };
        for named in &listing.segments {
            if !is_here(&named.object, named.last)? {
                unknown.segments.push(named);
            }
        }
        // Nearly all of them were made of the living history: the newest of a branch holds the others.
        let mut branches = BTreeSet::new();
        for named in &listing.snapshots {
            if !is_here(&named.object, named.seq)? && branches.insert(named.branch) {
                unknown.snapshots.push(named);
            }
        }
        Ok(unknown)
    }
}

fn one_snapshot(
    ground: &Ground<'_>,
    target: &Target,
    named: &NamedSnapshot,
    sieve: &mut Sieve<'_>,
) -> Result<Found, SourceError> {
    let open = || -> Result<_, SourceError> {
        let reader = target.reader(&named.object)?;
        reader.map(BufReader::new).ok_or_else(|| SourceError::Unreadable {
            from: named.object.clone(),
            why: "il n’y est plus".into(),
        })
    };
    let head = match snapshot::head(open()?) {
        Ok(head) => head,
        Err(error) => return Ok(Found::Nothing(error)),
    };
    if head.commune != *ground.slug {
        let why = format!("de la collectivité « {} »", head.commune);
        return Ok(Found::Nothing(SnapshotError::Damaged(why)));
    }
    match ground.keys.opening(&head.key) {
        Ok(key) => journal_of(open()?, key, sieve),
        Err(_) => Ok(Found::Nothing(SnapshotError::Key(head.commune))),
    }
}
