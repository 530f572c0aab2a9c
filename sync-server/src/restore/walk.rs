//! Follows the chain of entries through the segments of a target, as far as it holds. Names are believed
//! only to know what to open first; where they lie, everything is opened. Pure but for what opens
//! a segment.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::offsite::{MAX_ENTRIES, Name, Segment};
use shared::receipt::Position;

use super::tree::{Path, Stretch};
use crate::corridor::journal::Entry;

/// Where something lacks, so many objects are looked into for it, the likeliest first.
const MOST_LOOKED_INTO: usize = 5_000;

/// Who opens a segment by its name.
pub(crate) trait Library {
    /// What stops everything: the target is gone.
    type Stop;

    /// Opens and proves one.
    ///
    /// # Errors
    /// What stops everything; `Ok(Err)` says in French what is wrong with this one.
    fn open(&mut self, object: &str) -> Result<Result<(Segment, Position), String>, Self::Stop>;
}

/// A segment, by what its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) object: String,
    pub(crate) branch: BranchId,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Named {
    /// A segment of the listing; `None` for anything else.
    pub(crate) fn of(object: &str) -> Option<Self> {
        match Name::parse(object)?.1 {
            Name::Segment {
                branch, first, last, ..
            } => Some(Self {
                object: object.to_owned(),
                branch,
                first,
                last,
            }),
            _ => None,
        }
    }
}

/// What a segment was found to be.
#[derive(Clone, Copy)]
struct Content {
    branch: BranchId,
    before: u64,
    last: u64,
}

/// Entries with the hash each claims.
pub(crate) type Entries = Vec<(Entry, Hash32)>;

/// A walk along the chain.
pub(crate) struct Walk<'p> {
    path: &'p Path,
    named: Vec<Named>,
    /// Their places, by branch and first entry.
    by_first: BTreeMap<(BranchId, u64), Vec<usize>>,
    /// Objects among the segments that have no name of ours.
    strays: Vec<String>,
    seq: u64,
    hash: Hash32,
    /// What was opened, and found sound.
    opened: BTreeMap<String, Content>,
    /// What is of no use: it cannot be read, or does not follow.
    useless: BTreeSet<String>,
    /// What is wrong, in French, each once.
    pub(crate) problems: Vec<String>,
    /// How many segments were used.
    pub(crate) used: u64,
}

impl<'p> Walk<'p> {
    /// Behind this entry.
    pub(crate) fn from(
        path: &'p Path,
        seq: u64,
        hash: Hash32,
        named: Vec<Named>,
        strays: Vec<String>,
    ) -> Self {
        let mut by_first: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, named) in named.iter().enumerate() {
            by_first
                .entry((named.branch, named.first))
                .or_default()
                .push(place);
        }
        Self {
            path,
            named,
            by_first,
            strays,
            seq,
            hash,
            opened: BTreeMap::new(),
            useless: BTreeSet::new(),
            problems: Vec::new(),
            used: 0,
        }
    }

    /// The entries that follow; none where the chain ends.
    ///
    /// # Errors
    /// Those of the library.
    pub(crate) fn next<L: Library>(&mut self, library: &mut L) -> Result<Option<Entries>, L::Stop> {
        let path = self.path;
        let Some(stretch) = path.at(self.seq + 1) else {
            return Ok(None);
        };
        for object in self.by_name(stretch) {
            if let Some(entries) = self.try_one(library, stretch, &object)? {
                return Ok(Some(entries));
            }
        }
        if let Some(entries) = self.among_opened(library, stretch)? {
            return Ok(Some(entries));
        }
        // Nothing says that there is more, but what has no name of ours may be more.
        let unopened = if self.goes_on() {
            self.unopened(stretch.branch)
        } else {
            self.strays
                .iter()
                .filter(|object| !self.opened.contains_key(*object) && !self.useless.contains(*object))
                .cloned()
                .collect()
        };
        let left = unopened.len().saturating_sub(MOST_LOOKED_INTO);
        for object in unopened.into_iter().take(MOST_LOOKED_INTO) {
            self.look(library, &object)?;
        }
        if left > 0 {
            self.tell(format!(
                "{left} objets plus anciens n’ont pas été ouverts à la recherche de ce qui manque."
            ));
        }
        let found = self.among_opened(library, stretch)?;
        if found.is_none() {
            self.tell_gap(stretch);
        }
        Ok(found)
    }

    /// Segments that should hold the next entry: first those that begin with it, then the longest.
    fn by_name(&self, stretch: &Stretch) -> Vec<String> {
        let next = self.seq + 1;
        // None is longer.
        let earliest = next.saturating_sub(MAX_ENTRIES as u64);
        let near = self
            .by_first
            .range((stretch.branch, earliest)..=(stretch.branch, next));
        let near = near.flat_map(|(_, places)| places.iter().filter_map(|place| self.named.get(*place)));
        let mut fit: Vec<&Named> = near
            .filter(|named| {
                named.last >= next
                    && !self.useless.contains(&named.object)
                    && !self.opened.contains_key(&named.object)
            })
            .collect();
        fit.sort_by_key(|named| (named.first != next, u64::MAX - named.last, &named.object));
        fit.into_iter().map(|named| named.object.clone()).collect()
    }

    /// Segments that were opened for another reason, and hold the next entry.
    fn among_opened<L: Library>(
        &mut self,
        library: &mut L,
        stretch: &Stretch,
    ) -> Result<Option<Entries>, L::Stop> {
        let fit: Vec<String> = self
            .opened
            .iter()
            .filter(|(object, content)| {
                content.branch == stretch.branch
                    && content.before <= self.seq
                    && content.last > self.seq
                    && !self.useless.contains(*object)
            })
            .map(|(object, _)| object.clone())
            .collect();
        for object in fit {
            if let Some(entries) = self.try_one(library, stretch, &object)? {
                return Ok(Some(entries));
            }
        }
        Ok(None)
    }

    /// Whether something off-site says that history goes on here.
    fn goes_on(&self) -> bool {
        self.named.iter().any(|named| self.beyond(named).is_some())
    }

    /// What a segment, by its name, holds of what follows: its first and last entry there.
    fn beyond(&self, named: &Named) -> Option<(u64, u64)> {
        let first = named.first.max(self.seq + 1);
        self.path.within(named.branch, first, named.last)
    }

    fn unopened(&self, first: BranchId) -> Vec<String> {
        let mut all: Vec<&Named> = self.named.iter().collect();
        all.sort_by_key(|named| {
            (
                named.branch != first,
                named.last <= self.seq,
                named.first.abs_diff(self.seq),
            )
        });
        self.strays
            .iter()
            .chain(all.iter().map(|named| &named.object))
            .filter(|object| !self.opened.contains_key(*object) && !self.useless.contains(*object))
            .cloned()
            .collect()
    }

    /// Opens one to know what it holds.
    fn look<L: Library>(&mut self, library: &mut L, object: &str) -> Result<Option<Segment>, L::Stop> {
        match library.open(object)? {
            Err(why) => {
                self.useless.insert(object.to_owned());
                self.tell(format!("{object} : {why}."));
                Ok(None)
            }
            Ok((segment, last)) => {
                let content = Content {
                    branch: segment.branch.id,
                    before: segment.before.seq,
                    last: last.seq,
                };
                if Named::of(object).is_none_or(|named| {
                    (named.branch, named.first, named.last)
                        != (content.branch, content.before + 1, content.last)
                }) {
                    self.tell(format!(
                        "{object} : ne contient pas ce que dit son nom, mais les opérations {} à {} de la branche {}.",
                        content.before + 1,
                        content.last,
                        content.branch
                    ));
                }
                self.opened.insert(object.to_owned(), content);
                Ok(Some(segment))
            }
        }
    }

    fn try_one<L: Library>(
        &mut self,
        library: &mut L,
        stretch: &Stretch,
        object: &str,
    ) -> Result<Option<Entries>, L::Stop> {
        let Some(segment) = self.look(library, object)? else {
            return Ok(None);
        };
        let content = self.opened.get(object).copied();
        let fits = content.is_some_and(|content| {
            content.branch == stretch.branch && content.before <= self.seq && content.last > self.seq
        });
        if !fits {
            return Ok(None);
        }
        match self.following(stretch, &segment) {
            Ok(entries) => {
                if let Some((entry, hash)) = entries.last() {
                    self.seq = entry.header.seq;
                    self.hash = *hash;
                }
                self.used += 1;
                Ok(Some(entries))
            }
            Err(why) => {
                self.useless.insert(object.to_owned());
                self.tell(format!("{object} : {why}."));
                Ok(None)
            }
        }
    }

    /// The entries of a segment that follow, up to where the next branch begins.
    fn following(&self, stretch: &Stretch, segment: &Segment) -> Result<Entries, &'static str> {
        let mut entries = Entries::new();
        for (previous, shipped, hash) in segment.linked() {
            let seq = shipped.header.seq;
            if seq <= self.seq || !stretch.has(seq) {
                continue;
            }
            if entries.is_empty() && (seq != self.seq + 1 || previous != self.hash) {
                return Err("ne suit pas l’opération d’avant : c’est une autre histoire");
            }
            if stretch
                .until
                .is_some_and(|until| until.seq == seq && until.hash != hash)
            {
                return Err("n’est pas l’histoire dont la branche suivante est partie");
            }
            let entry = Entry {
                header: shipped.header.clone(),
                salt: shipped.salt,
                body: shipped.body.as_ref().map(|body| body.0.clone()),
                outcome: shipped.outcome.0.clone(),
                previous,
            };
            entries.push((entry, hash));
        }
        if entries.is_empty() {
            return Err("n’a rien de la suite");
        }
        Ok(entries)
    }

    fn tell_gap(&mut self, stretch: &Stretch) {
        let next = self.seq + 1;
        let sound = |named: &&Named| !self.useless.contains(&named.object);
        let sound = self.named.iter().filter(sound);
        let after: Vec<(u64, u64)> = sound
            .filter_map(|named| self.beyond(named))
            .filter(|(first, _)| *first > next)
            .collect();
        let told = match after.iter().map(|(first, _)| *first).min() {
            Some(first) => {
                let last = after.iter().map(|(_, last)| *last).max().unwrap_or(first);
                format!(
                    "Il manque les opérations {next} à {} (branche {}) : la suite, jusqu’à l’opération {last}, ne peut pas être rejouée. Elle reste à sa place.",
                    first - 1,
                    stretch.branch
                )
            }
            // What should have followed was told of already, object by object.
            None if self.goes_on() => {
                format!(
                    "La suite manque à partir de l’opération {next} (branche {}).",
                    stretch.branch
                )
            }
            None => return,
        };
        self.tell(told);
    }

    fn tell(&mut self, problem: String) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
