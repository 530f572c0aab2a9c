//! A store that fails when it is told to: at a statement, at a commit, or by dying in the middle, with what lay on
//! the disk at that instant as all that is left.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sync_server::store::{Engine, Kind, Read, Row, Sqlite, StoreError, Value, Write};

use crate::town::copy;

/// What is to go wrong next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing.
    #[default]
    None,
    /// After so many statements that write, one finds the disk full.
    Full(u32),
    /// The next commit finds the disk full.
    CommitFull,
    /// After so many statements that write, the process dies.
    Die(u32),
    /// The process dies right after the next commit.
    DieCommitted,
}

/// What goes wrong with a store, and what became of it.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    /// What is to go wrong next.
    pub next: Fault,
    /// The process is dead: what it does from here on has not happened.
    pub dead: bool,
    /// How many statements and commits found the disk full.
    pub full: u64,
    /// How many processes died at work.
    pub deaths: u64,
}

/// The same, as the world and the store share it.
pub(super) type Shared = Arc<Mutex<Trouble>>;

pub(super) fn held(trouble: &Shared) -> MutexGuard<'_, Trouble> {
    trouble.lock().unwrap_or_else(PoisonError::into_inner)
}

fn full() -> StoreError {
    StoreError::Unavailable("database or disk is full".into())
}

fn gone() -> StoreError {
    StoreError::Unavailable("the process is gone".into())
}

/// The store of a commune in a folder, with its troubles.
pub(super) struct Faulty {
    sqlite: Sqlite,
    trouble: Shared,
    folder: PathBuf,
    /// Where what is left lies after a death in the middle.
    left: PathBuf,
}

impl Faulty {
    pub(super) fn over(sqlite: Sqlite, trouble: Shared, folder: &Path, left: &Path) -> Self {
        Self {
            sqlite,
            trouble,
            folder: folder.to_owned(),
            left: left.to_owned(),
        }
    }
}

impl Engine for Faulty {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read)) -> Result<(), StoreError> {
        if held(&self.trouble).dead {
            return Err(gone());
        }
        self.sqlite.read(work)
    }

    fn write(&self, job: Box<dyn FnOnce(&mut dyn Write) -> bool + Send>) -> Result<(), StoreError> {
        let next = {
            let trouble = held(&self.trouble);
            if trouble.dead {
                return Err(gone());
            }
            trouble.next.clone()
        };
        match next {
            Fault::None => self.sqlite.write(job),
            Fault::CommitFull => {
                self.sqlite.write(Box::new(move |tx| {
                    job(tx);
                    false
                }))?;
                let mut trouble = held(&self.trouble);
                trouble.next = Fault::None;
                trouble.full += 1;
                Err(full())
            }
            Fault::DieCommitted => {
                self.sqlite.write(job)?;
                let mut trouble = held(&self.trouble);
                trouble.next = Fault::None;
                trouble.dead = true;
                trouble.deaths += 1;
                Err(gone())
            }
            Fault::Full(_) | Fault::Die(_) => {
                let trouble = Arc::clone(&self.trouble);
                let (folder, left) = (self.folder.clone(), self.left.clone());
                self.sqlite.write(Box::new(move |tx| {
                    let mut counting = Counting {
                        tx,
                        trouble: &trouble,
                        folder: &folder,
                        left: &left,
                    };
                    let keep = job(&mut counting);
                    keep && !held(&trouble).dead
                }))?;
                if held(&self.trouble).dead {
                    Err(gone())
                } else {
                    Ok(())
                }
            }
        }
    }

    fn kind(&self) -> Kind {
        self.sqlite.kind()
    }

    fn data_version(&self) -> Result<Option<i64>, StoreError> {
        self.sqlite.data_version()
    }

    fn check(&self) -> Result<Vec<String>, StoreError> {
        self.sqlite.check()
    }
}

/// A transaction in which one statement goes wrong.
struct Counting<'t> {
    tx: &'t mut dyn Write,
    trouble: &'t Shared,
    folder: &'t Path,
    left: &'t Path,
}

impl Read for Counting<'_> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        if held(self.trouble).dead {
            return Err(gone());
        }
        self.tx.query(sql, params)
    }
}

impl Write for Counting<'_> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let mut trouble = held(self.trouble);
        if trouble.dead {
            return Err(gone());
        }
        match &mut trouble.next {
            Fault::Full(0) => {
                trouble.next = Fault::None;
                trouble.full += 1;
                return Err(full());
            }
            Fault::Die(0) => {
                trouble.next = Fault::None;
                trouble.dead = true;
                trouble.deaths += 1;
                drop(trouble);
                // The statement before is in the log, the commit is not.
                copy(self.folder, self.left);
                return Err(gone());
            }
            Fault::Full(left) | Fault::Die(left) => *left -= 1,
            Fault::None | Fault::CommitFull | Fault::DieCommitted => {}
        }
        drop(trouble);
        self.tx.execute(sql, params)
    }
}
