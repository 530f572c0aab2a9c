//! Merges that are asked for on a page: the source is read, what would come of it is looked at, then it is
//! merged. Each step runs on a thread of the blocking pool; pages ask how far it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use shared::operation::Actor;
use shared::slug::Slug;
use shared::time::UtcMs;
use uuid::Uuid;

use super::source::{self, Asked};
use super::{Lost, Report};
use crate::clock::random;
use crate::commune::Commune;
use crate::host::Host;

/// How long what was read is kept for whoever looks at it, in ms.
const KEPT_MS: i64 = 86_400_000;

/// Those of a process.
#[derive(Default)]
pub struct Runs {
    all: Mutex<BTreeMap<Uuid, Arc<Run>>>,
    offsite: OnceLock<String>,
}

/// One of them.
pub struct Run {
    /// Its name in addresses.
    pub token: Uuid,
    /// Whose it is.
    pub slug: Slug,
    /// What people call the source: a path, an address, the name of a file that was sent.
    pub name: String,
    /// When it was asked for.
    pub began_at: UtcMs,
    from: String,
    /// A file that was sent: it goes with the run.
    sent: Option<PathBuf>,
    step: Mutex<Step>,
}

enum Step {
    Reading,
    Read { lost: Lost, report: Arc<Report> },
    Merging { before: u64, all: u64 },
    Merged(Arc<Report>),
    Stopped(String),
}

/// How far one is.
#[derive(Clone, Debug)]
pub enum Standing {
    /// The source is being read.
    Reading,
    /// What would come of it is known; nothing was written.
    Read(Arc<Report>),
    /// It is being merged: so many of all lost operations are done.
    Merging {
        /// Done.
        done: u64,
        /// All.
        all: u64,
    },
    /// It is merged.
    Merged(Arc<Report>),
    /// It stopped; in French.
    Stopped(String),
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where files that are sent are kept while they are looked at.
pub fn place(host: &Host) -> PathBuf {
    host.data().join(source::PASSING)
}

impl Runs {
    /// What this process ships to, as `--from` takes it.
    pub fn ships_to(&self, offsite: String) {
        let _ = self.offsite.set(offsite);
    }

    /// What this process ships to.
    pub fn offsite(&self) -> Option<&str> {
        self.offsite.get().map(String::as_str)
    }

    /// A new one, which [`Run::read`] begins. Those that are too old go.
    pub fn add(&self, slug: Slug, from: String, sent: Option<(PathBuf, String)>, now: UtcMs) -> Arc<Run> {
        let (sent, name) = match sent {
            Some((file, name)) => (Some(file), name),
            None => (None, crate::store::hide_password(&from)),
        };
        let run = Arc::new(Run {
            token: Uuid::from_bytes(random()),
            slug,
            name,
            began_at: now,
            from,
            sent,
            step: Mutex::new(Step::Reading),
        });
        let mut all = held(&self.all);
        all.retain(|_, old| old.is_busy() || old.began_at > now.plus_ms(-KEPT_MS));
        all.insert(run.token, Arc::clone(&run));
        run
    }

    /// The one of a name.
    pub fn get(&self, slug: &Slug, token: Uuid) -> Option<Arc<Run>> {
        held(&self.all)
            .get(&token)
            .filter(|run| run.slug == *slug)
            .cloned()
    }

    /// Forgets one that is not under way.
    pub fn forget(&self, run: &Run) {
        if !run.is_busy() {
            held(&self.all).remove(&run.token);
        }
    }

    /// Those of a commune that are under way or wait to be looked at, the newest first.
    pub fn of(&self, slug: &Slug) -> Vec<Arc<Run>> {
        let all = held(&self.all);
        let mut runs: Vec<Arc<Run>> = all.values().filter(|run| run.slug == *slug).cloned().collect();
        drop(all);
        runs.retain(|run| {
            matches!(
                *held(&run.step),
                Step::Reading | Step::Read { .. } | Step::Merging { .. }
            )
        });
        runs.sort_by_key(|run| std::cmp::Reverse((run.began_at, run.token)));
        runs
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Some(sent) = &self.sent {
            let _ = fs::remove_file(sent);
        }
    }
}

/// Whoever leaves in the middle says so.
struct UnderWay<'r>(&'r Run);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if self.0.is_busy() {
            self.0.stop(server_ui::desk::merge::broke());
        }
    }
}

impl Run {
    fn is_busy(&self) -> bool {
        matches!(*held(&self.step), Step::Reading | Step::Merging { .. })
    }

    fn stop(&self, why: String) {
        *held(&self.step) = Step::Stopped(why);
    }

    /// Reads the source and looks at what would come of it. Blocks.
    pub fn read(&self, host: &Host, commune: &Arc<Commune>) {
        let _under_way = UnderWay(self);
        let asked = Asked {
            from: self.from.clone(),
            key: None,
        };
        let read = source::read(host, commune, &asked).map_err(|error| self.named(&error.to_string()));
        let done = read.and_then(|found| {
            let mut lost = found.lost;
            for problem in &mut lost.problems {
                *problem = self.named(problem);
            }
            let report = super::plan(commune, &lost).map_err(|error| error.to_string())?;
            Ok((lost, report))
        });
        match done {
            Ok((lost, report)) => {
                let report = Arc::new(report);
                *held(&self.step) = Step::Read { lost, report };
            }
            Err(why) => self.stop(why),
        }
    }

    /// Claims what was read, to merge it; none where that was done already.
    pub fn claim(&self, commune: &Commune) -> Option<Lost> {
        let before = commune.store.read(|tx| super::accounted(tx)).unwrap_or_default();
        let mut step = held(&self.step);
        let all = match &*step {
            Step::Read { report, .. } => report.lost().saturating_sub(report.earlier),
            _ => return None,
        };
        match std::mem::replace(&mut *step, Step::Merging { before, all }) {
            Step::Read { lost, .. } => Some(lost),
            other => {
                *step = other;
                None
            }
        }
    }

    /// Merges what was claimed. Blocks.
    pub fn merge(&self, commune: &Commune, lost: Lost, actor: Actor) {
        let _under_way = UnderWay(self);
        match super::merge(commune, lost, actor, &self.name) {
            Ok(report) => *held(&self.step) = Step::Merged(Arc::new(report)),
            Err(error) => {
                tracing::error!(%error, "a merge stopped");
                self.stop(error.to_string());
            }
        }
    }

    /// How far it is.
    pub fn standing(&self, commune: &Commune) -> Standing {
        let (before, all) = match &*held(&self.step) {
            Step::Reading => return Standing::Reading,
            Step::Read { report, .. } => return Standing::Read(Arc::clone(report)),
            Step::Merged(report) => return Standing::Merged(Arc::clone(report)),
            Step::Stopped(why) => return Standing::Stopped(why.clone()),
            Step::Merging { before, all } => (*before, *all),
        };
        let now = commune.store.read(|tx| super::accounted(tx)).unwrap_or(before);
        Standing::Merging {
            done: now.saturating_sub(before).min(all),
            all,
        }
    }

    /// Words about the source, which a file that was sent bears by its own name.
    fn named(&self, words: &str) -> String {
        match &self.sent {
            Some(file) => words.replace(&file.display().to_string(), &self.name),
            None => words.to_owned(),
        }
    }
}

/// Removes what processes left that were killed: whatever is a day older than `newest`, a file just made there.
pub fn sweep(newest: &Path) {
    let made = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    let (Some(folder), Ok(newest)) = (newest.parent(), made(newest)) else {
        return;
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let age = made(&path).ok().and_then(|made| newest.duration_since(made).ok());
        if age.is_some_and(|age| age.as_millis() > KEPT_MS as u128) {
            let _ = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
        }
    }
}
