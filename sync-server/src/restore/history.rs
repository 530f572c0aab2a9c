//! Puts a commune's history together again: which snapshot, which segments, up to where.

use std::sync::Arc;

use shared::codec::Hash32;
use shared::receipt::Position;
use shared::slug::Slug;

use super::own_journal::OwnJournal;
use super::replay::{Reached, Replayer};
use super::report::{Cut, Tail, tails};
use super::source::{Listing, NamedSnapshot, Shelf, Source};
use super::tree::{Path, Tree};
use super::walk::{Entries, Walk};
use super::{Asked, RestoreError, Step, Steps};
use crate::host::Host;
use crate::keys::Keys;
use crate::offsite::{Target, TargetError};
use crate::snapshot::{self, Beginning, SnapshotError};
use crate::store::{Schema, Store, StoreError};

/// What is needed to put it together.
pub(super) struct History<'h> {
    pub(super) host: &'h Arc<Host>,
    pub(super) slug: &'h Slug,
    pub(super) keys: &'h Keys,
    pub(super) source: &'h Source,
    pub(super) asked: &'h Asked,
    pub(super) steps: &'h Steps,
}

/// What it came to.
pub(super) struct Built {
    /// The store that was filled; none in a dry run.
    pub(super) store: Option<Store>,
    pub(super) snapshot: Option<String>,
    pub(super) reached: Reached,
    /// The sheets of the store are up to this entry.
    pub(super) sheets_to: u64,
    pub(super) segments: u64,
    pub(super) cut: Option<Cut>,
    pub(super) aside: Vec<Tail>,
    pub(super) withdrawals: Vec<String>,
    pub(super) problems: Vec<String>,
}

/// Where the walk along the segments begins.
struct Start {
    store: Option<Store>,
    snapshot: Option<String>,
    reached: Reached,
    sheets_to: u64,
    cut: Option<Cut>,
    problem: Option<String>,
}

/// A snapshot of no use, and why.
enum Flawed {
    /// Another may do.
    This(String),
    Stop(RestoreError),
}

impl From<RestoreError> for Flawed {
    fn from(error: RestoreError) -> Self {
        Self::Stop(error)
    }
}

impl From<StoreError> for Flawed {
    fn from(error: StoreError) -> Self {
        Self::Stop(error.into())
    }
}

impl From<crate::host::HostError> for Flawed {
    fn from(error: crate::host::HostError) -> Self {
        Self::Stop(error.into())
    }
}

impl From<SnapshotError> for Flawed {
    fn from(error: SnapshotError) -> Self {
        match error {
            SnapshotError::Io(error) => Self::Stop(unwrapped(error)),
            SnapshotError::Damaged(_) | SnapshotError::Differs(_) | SnapshotError::Key(_) => {
                Self::This(error.to_string())
            }
            other => Self::Stop(other.into()),
        }
    }
}

/// What a reader of a target wraps into an error of its own.
fn unwrapped(error: std::io::Error) -> RestoreError {
    let target = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<TargetError>())
        .cloned();
    match target {
        Some(target) => target.into(),
        None => SnapshotError::Io(error).into(),
    }
}

impl History<'_> {
    /// Fills a store beside the commune's own; a dry run only reads.
    pub(super) fn build(&self) -> Result<Built, RestoreError> {
        match self.source {
            Source::File(path) => self.of_file(&path.display().to_string()),
            Source::Target(target) => self.of_target(target),
        }
    }

    fn of_file(&self, object: &str) -> Result<Built, RestoreError> {
        let whole = |flawed: Flawed| match flawed {
            Flawed::This(why) => SnapshotError::Damaged(why).into(),
            Flawed::Stop(error) => error,
        };
        let head = snapshot::head(self.source.snapshot(object)?)?;
        if head.commune != *self.slug {
            return Err(RestoreError::Another {
                other: head.commune,
                slug: self.slug.clone(),
            });
        }
        let key = *self.keys.opening(&head.key)?;
        let beginning = snapshot::beginning(self.source.snapshot(object)?, &key)?;
        (self.steps)(Step::Planned);
        let early = self.asked.at.is_some_and(|at| at < beginning.manifest.made_at);
        let start = if early {
            self.own_journal(object, &key)
        } else {
            self.fill(object, &key, &beginning)
        };
        let start = start.map_err(whole)?;
        self.early(start.reached, start.cut)?;
        (self.steps)(Step::Filled);
        Ok(Built {
            store: start.store,
            snapshot: start.snapshot,
            reached: start.reached,
            sheets_to: start.sheets_to,
            segments: 0,
            cut: start.cut,
            aside: Vec::new(),
            withdrawals: Vec::new(),
            problems: start.problem.into_iter().collect(),
        })
    }

    fn of_target(&self, target: &Target) -> Result<Built, RestoreError> {
        let listing = Listing::of(target, self.slug)?;
        if listing.is_empty() {
            return Err(RestoreError::Nothing {
                slug: self.slug.clone(),
                from: target.to_string(),
            });
        }
        let mut problems: Vec<String> = listing.strangers().into_iter().collect();
        let mut shelf = Shelf::new(target, self.slug, self.keys);
        let tree = self.tree(&listing, &mut shelf, &mut problems)?;
        (self.steps)(Step::Planned);
        // The branch born last; one that cannot be reached at all gives way to the one before.
        for end in tree.ends() {
            let path = tree.path(end);
            match self.along(&path, &listing, &mut shelf, &mut problems)? {
                Some(built) => {
                    return Ok(Built {
                        withdrawals: listing.withdrawals,
                        problems,
                        ..built
                    });
                }
                None => tell(
                    &mut problems,
                    format!("Rien de ce qui mène à la branche {end} ne peut être repris."),
                ),
            }
        }
        Err(match shelf.lacking.take() {
            Some(error) => RestoreError::Key(error),
            None => RestoreError::Unusable {
                from: target.to_string(),
                problems,
            },
        })
    }

    /// Follows one history as far as it holds; none where nothing of it can be had.
    fn along(
        &self,
        path: &Path,
        listing: &Listing,
        shelf: &mut Shelf<'_>,
        problems: &mut Vec<String>,
    ) -> Result<Option<Built>, RestoreError> {
        let Some(mut start) = self.start(listing, path, shelf, problems)? else {
            return Ok(None);
        };
        (self.steps)(Step::Filled);
        let went_on = start.cut.is_none() && start.problem.is_none();
        problems.extend(start.problem.take());
        let mut walk = Walk::from(
            path,
            start.reached.at.seq,
            start.reached.at.hash,
            listing.segments.clone(),
            listing.stray_segments.clone(),
        );
        if went_on {
            self.follow(&mut walk, shelf, &mut start, path)?;
            for problem in walk.problems.drain(..).chain(start.problem.take()) {
                tell(problems, problem);
            }
        }
        self.early(start.reached, start.cut)?;
        if start.reached.at.seq == 0 {
            return Ok(None);
        }
        Ok(Some(Built {
            aside: tails(&listing.segments, Some(path), &start.reached),
            store: start.store,
            snapshot: start.snapshot,
            reached: start.reached,
            sheets_to: start.sheets_to,
            segments: walk.used,
            cut: start.cut,
            withdrawals: Vec::new(),
            problems: Vec::new(),
        }))
    }

    /// How the commune's branches began, for all that can be read.
    fn tree(
        &self,
        listing: &Listing,
        shelf: &mut Shelf<'_>,
        problems: &mut Vec<String>,
    ) -> Result<Tree, RestoreError> {
        let mut tree = Tree::default();
        tree.learn(shelf.births(&listing.segments, problems)?);
        for named in &listing.snapshots {
            if tree.knows_prefix(&named.branch) {
                continue;
            }
            match self.beginning(&named.object, shelf) {
                Ok((_, beginning)) => tree.learn(beginning.branches),
                Err(Flawed::This(why)) => problems.push(format!("{} : {why}", named.object)),
                Err(Flawed::Stop(error)) => return Err(error),
            }
        }
        Ok(tree)
    }

    /// The key and the beginning of a snapshot.
    fn beginning(&self, object: &str, shelf: &mut Shelf<'_>) -> Result<(Hash32, Beginning), Flawed> {
        let head = snapshot::head(self.source.snapshot(object)?)?;
        if head.commune != *self.slug {
            return Err(Flawed::This(format!("de la collectivité « {} ».", head.commune)));
        }
        let key = match self.keys.opening(&head.key) {
            Ok(key) => *key,
            Err(error) => {
                let why = error.to_string();
                shelf.lacking.get_or_insert(error);
                return Err(Flawed::This(why));
            }
        };
        let beginning = snapshot::beginning(self.source.snapshot(object)?, &key)?;
        Ok((key, beginning))
    }

    /// The newest snapshot of that history that can be used; else its journal from the first entry.
    fn start(
        &self,
        listing: &Listing,
        path: &Path,
        shelf: &mut Shelf<'_>,
        problems: &mut Vec<String>,
    ) -> Result<Option<Start>, RestoreError> {
        let before = |named: &&NamedSnapshot| self.asked.at.is_none_or(|at| named.made_at <= at);
        let on_path = |named: &&NamedSnapshot| path.may_hold(named.seq, &named.branch);
        let (likely, others): (Vec<&NamedSnapshot>, Vec<&NamedSnapshot>) =
            listing.snapshots.iter().filter(before).partition(on_path);
        let others = others.iter().map(|named| &named.object);
        // A name is a hint: those that seem to be of another history are looked into, too, before all is given up.
        let objects = likely.iter().map(|named| &named.object);
        for object in objects.chain(others).chain(&listing.stray_snapshots) {
            match self.try_snapshot(object, path, shelf) {
                Ok(Some(start)) => return Ok(Some(start)),
                Ok(None) => {}
                Err(Flawed::This(why)) => tell(problems, format!("{object} : {why}")),
                Err(Flawed::Stop(error)) => return Err(error),
            }
        }
        // A moment before all snapshots: they hold the whole journal, too.
        let after = listing.snapshots.iter().rev().filter(|named| !before(named));
        for named in after.filter(on_path) {
            let tried = self.beginning(&named.object, shelf).and_then(|(key, beginning)| {
                if path.holds(&beginning.manifest.at) {
                    self.own_journal(&named.object, &key).map(Some)
                } else {
                    Ok(None)
                }
            });
            match tried {
                Ok(Some(start)) => return Ok(Some(start)),
                Ok(None) => {}
                Err(Flawed::This(why)) => tell(problems, format!("{} : {why}", named.object)),
                Err(Flawed::Stop(error)) => return Err(error),
            }
        }
        self.without_snapshot(path)
    }

    fn try_snapshot(
        &self,
        object: &str,
        path: &Path,
        shelf: &mut Shelf<'_>,
    ) -> Result<Option<Start>, Flawed> {
        let (key, beginning) = self.beginning(object, shelf)?;
        let manifest = &beginning.manifest;
        if !path.holds(&manifest.at) || self.asked.at.is_some_and(|at| manifest.made_at > at) {
            return Ok(None);
        }
        let start = self.fill(object, &key, &beginning)?;
        // Made before the moment by a clock that was set back since: it holds what was received later.
        if let (Some(at), Some(store)) = (self.asked.at, &start.store)
            && store
                .read(|tx| tx.first(include_str!("../record/journal/received_after.sql"), &[at.into()]))?
                .is_some()
        {
            drop(start);
            return self.own_journal(object, &key).map(Some);
        }
        Ok(Some(start))
    }

    /// Pours a snapshot into a store beside the commune's own.
    fn fill(&self, object: &str, key: &Hash32, beginning: &Beginning) -> Result<Start, Flawed> {
        let manifest = &beginning.manifest;
        let input = self.source.snapshot(object)?;
        let store = if self.asked.dry_run {
            snapshot::check(input, key)?;
            None
        } else {
            let store = self.host.backend().make_beside(self.slug, manifest.schema)?;
            let poured = snapshot::restore_lasting(&store, input, key);
            // Filled as a program of its time left it; migrations of since then come now.
            drop(store);
            poured?;
            Some(self.host.backend().open_beside(self.slug)?)
        };
        let received_at = match &store {
            Some(store) => Replayer::new(store, Vec::new()).reached()?.received_at,
            None => Some(manifest.made_at),
        };
        Ok(Start {
            store,
            snapshot: Some(object.to_owned()),
            reached: Reached {
                at: manifest.at,
                received_at,
            },
            sheets_to: manifest.at.seq,
            cut: None,
            problem: None,
        })
    }

    /// Replays the journal that a snapshot holds, from its first entry to the moment asked for.
    fn own_journal(&self, object: &str, key: &Hash32) -> Result<Start, Flawed> {
        let store = self.blank()?;
        let mut taker = OwnJournal::new(self.slug, store.as_ref(), self.asked.at);
        let read = snapshot::read(self.source.snapshot(object)?, key, &mut taker);
        if let Some(error) = taker.stopped.take() {
            return Err(error.into());
        }
        read?;
        let (cut, problem) = (taker.cut, taker.problem.take());
        let reached = taker.reached.unwrap_or(Reached::NOTHING);
        drop(taker);
        Ok(Start {
            snapshot: Some(object.to_owned()),
            reached,
            sheets_to: 0,
            cut,
            problem,
            store,
        })
    }

    /// Without any snapshot: segments from the first entry on.
    fn without_snapshot(&self, path: &Path) -> Result<Option<Start>, RestoreError> {
        let births = path.births();
        if births.len() < path.stretches().len() || births.first().is_none_or(|birth| birth.parent.is_some())
        {
            return Ok(None);
        }
        Ok(Some(Start {
            store: self.blank()?,
            snapshot: None,
            reached: Reached::NOTHING,
            sheets_to: 0,
            cut: None,
            problem: None,
        }))
    }

    fn blank(&self) -> Result<Option<Store>, RestoreError> {
        if self.asked.dry_run {
            return Ok(None);
        }
        let newest = u32::try_from(Schema::Commune.newest()).unwrap_or(u32::MAX);
        drop(self.host.backend().make_beside(self.slug, newest)?);
        Ok(Some(self.host.backend().open_beside(self.slug)?))
    }

    /// Follows the segments to the end, or to the moment asked for.
    fn follow(
        &self,
        walk: &mut Walk<'_>,
        shelf: &mut Shelf<'_>,
        start: &mut Start,
        path: &Path,
    ) -> Result<(), RestoreError> {
        let replayer = start
            .store
            .as_ref()
            .map(|store| Replayer::new(store, path.births()));
        while let Some(mut entries) = walk.next(shelf)? {
            start.cut = self.cut(&mut entries);
            if let Some((last, hash)) = entries.last() {
                start.reached = Reached {
                    at: Position {
                        branch: last.header.branch,
                        seq: last.header.seq,
                        hash: *hash,
                    },
                    received_at: Some(last.header.received_at),
                };
            }
            if let Some(replayer) = &replayer {
                start.problem = replayer.take(entries)?;
                if start.problem.is_some() {
                    start.reached = replayer.reached()?;
                }
            }
            if walk.used.is_multiple_of(1_000) {
                tracing::info!(segments = walk.used, entry = start.reached.at.seq, "restoring");
            }
            if start.cut.is_some() || start.problem.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Leaves out what came after the moment asked for.
    fn cut(&self, entries: &mut Entries) -> Option<Cut> {
        let at = self.asked.at?;
        let first = entries
            .iter()
            .position(|(entry, _)| entry.header.received_at > at)?;
        let header = &entries[first].0.header;
        let cut = Cut {
            seq: header.seq,
            received_at: header.received_at,
        };
        entries.truncate(first);
        Some(cut)
    }

    /// Refuses a moment at which there was nothing yet.
    fn early(&self, reached: Reached, cut: Option<Cut>) -> Result<(), RestoreError> {
        match (self.asked.at, cut) {
            (Some(at), Some(cut)) if reached.at.seq == 0 => Err(RestoreError::TooEarly {
                at,
                first: cut.received_at,
            }),
            _ => Ok(()),
        }
    }
}

fn tell(problems: &mut Vec<String>, problem: String) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}
