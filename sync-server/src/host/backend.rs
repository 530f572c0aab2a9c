//! Where the stores of a host lie, and what is done there to a whole store.

use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::ids::BranchId;
use shared::slug::Slug;

use super::{HostError, Setup};
use crate::clock::{Clock, random};
use crate::corridor::journal;
use crate::store::{
    self, Forked, Options, Pool, Postgres, Schema, Sqlite, Standing, Store, StoreAddress, StoreError,
};

/// Where the stores of a host lie.
pub enum Backend {
    /// One file for each commune, in a folder.
    Files(PathBuf),
    /// One schema for each commune, in a database.
    Postgres(Arc<Pool>),
}

/// A lock of the whole host, held by one process of all, or by several together, until it is dropped.
pub struct HostLock(Held);

enum Held {
    File(#[expect(dead_code, reason = "the lock goes with the file")] File),
    Server(Box<store::Lock>),
}

impl HostLock {
    /// Whether it is still held: one of a database server is lost with the connection.
    pub fn is_held(&mut self) -> bool {
        match &mut self.0 {
            Held::File(_) => true,
            Held::Server(lock) => lock.is_held(),
        }
    }
}

impl Backend {
    /// The one that a set-up names; nothing is made, and nothing connected yet.
    ///
    /// # Errors
    /// [`HostError`] when the address or the certificates cannot be read.
    pub fn of(setup: &Setup) -> Result<Self, HostError> {
        match &setup.store {
            StoreAddress::Folder(folder) => Ok(Self::Files(folder.clone())),
            StoreAddress::Postgres(url) => Ok(Self::Postgres(Pool::new(&Options {
                url: url.secret().to_owned(),
                authorities: setup.authorities.clone(),
                connections: setup.connections,
            })?)),
        }
    }

    /// The slugs of all communes, whatever the schema of the list; nothing is changed.
    ///
    /// # Errors
    /// [`HostError`] when the list cannot be read.
    pub fn slugs(&self) -> Result<Vec<Slug>, HostError> {
        let all = match self {
            Self::Files(folder) => {
                let list = folder.join("control.db");
                if list.exists() {
                    Sqlite::slugs(&list)?
                } else {
                    Vec::new()
                }
            }
            Self::Postgres(pool) => store::schema_slugs(pool)?,
        };
        let slug = |text: &String| text.parse().map_err(|_| StoreError::Shape("slug".into()).into());
        all.iter().map(slug).collect()
    }

    /// The list of communes, its schema brought up to date.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened.
    pub fn control(&self) -> Result<Store, StoreError> {
        Ok(match self {
            Self::Files(folder) => Store::new(Sqlite::open(&folder.join("control.db"), Schema::Control)?),
            Self::Postgres(pool) => Store::new(Postgres::control(pool)?),
        })
    }

    /// The store of a commune that has one.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it has none.
    pub fn open(&self, slug: &Slug, clock: Clock) -> Result<Store, StoreError> {
        Ok(match self {
            Self::Files(_) => {
                let file = self.file(slug);
                if !file.exists() {
                    return Err(StoreError::Moved);
                }
                Store::new(Sqlite::open(&file, Schema::Commune)?)
            }
            Self::Postgres(pool) => Store::new(Postgres::commune(pool, slug.as_str(), forked(slug, clock))?),
        })
    }

    /// A new store for a commune. What a killed attempt left is set aside.
    ///
    /// # Errors
    /// [`HostError`] when it cannot be made.
    pub fn make(&self, slug: &Slug, clock: Clock) -> Result<Store, HostError> {
        let stamp = clock.now().0;
        Ok(match self {
            Self::Files(_) => {
                set_aside(&self.file(slug), stamp)?;
                Store::new(Sqlite::open(&self.file(slug), Schema::Commune)?)
            }
            Self::Postgres(pool) => {
                let forked = forked(slug, clock);
                Store::new(Postgres::new_commune(pool, slug.as_str(), forked, stamp / 1000)?)
            }
        })
    }

    /// How far the list's schema is from this program's.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn standing_of_control(&self) -> Result<Standing, StoreError> {
        match self {
            Self::Files(folder) => Sqlite::standing(&folder.join("control.db"), Schema::Control),
            Self::Postgres(pool) => store::standing_of_control(pool),
        }
    }

    /// How far a commune's schema is from this program's.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn standing(&self, slug: &Slug) -> Result<Standing, StoreError> {
        match self {
            Self::Files(_) => Sqlite::standing(&self.file(slug), Schema::Commune),
            Self::Postgres(pool) => store::standing_of_commune(pool, slug.as_str()),
        }
    }

    /// Takes a lock by name, if no process has it.
    ///
    /// # Errors
    /// [`HostError`] when the place of the locks cannot be reached.
    pub fn try_lock(&self, name: &str) -> Result<Option<HostLock>, HostError> {
        self.taken(name, false)
    }

    /// Takes a lock by name together with others, if no process has it alone.
    ///
    /// # Errors
    /// [`HostError`] when the place of the locks cannot be reached.
    pub fn try_share(&self, name: &str) -> Result<Option<HostLock>, HostError> {
        self.taken(name, true)
    }

    fn taken(&self, name: &str, together: bool) -> Result<Option<HostLock>, HostError> {
        match self {
            Self::Files(folder) => {
                let path = folder.join(format!("{name}.lock"));
                let unusable = |e: &dyn std::fmt::Display| {
                    HostError::Folder(format!("Impossible d’utiliser {} : {e}.", path.display()))
                };
                let file = File::options()
                    .create(true)
                    .truncate(false)
                    .write(true)
                    .open(&path)
                    .map_err(|e| unusable(&e))?;
                let taken = if together {
                    file.try_lock_shared()
                } else {
                    file.try_lock()
                };
                match taken {
                    Ok(()) => Ok(Some(HostLock(Held::File(file)))),
                    Err(fs::TryLockError::WouldBlock) => Ok(None),
                    Err(fs::TryLockError::Error(e)) => Err(unusable(&e)),
                }
            }
            Self::Postgres(pool) => {
                let taken = if together {
                    pool.try_share(name)?
                } else {
                    pool.try_lock(name)?
                };
                Ok(taken.map(|lock| HostLock(Held::Server(Box::new(lock)))))
            }
        }
    }

    /// Which engine it is.
    pub fn kind(&self) -> store::Kind {
        match self {
            Self::Files(_) => store::Kind::Sqlite,
            Self::Postgres(_) => store::Kind::Postgres,
        }
    }

    /// The pool of connections, where there is one.
    pub fn pool(&self) -> Option<&Arc<Pool>> {
        match self {
            Self::Files(_) => None,
            Self::Postgres(pool) => Some(pool),
        }
    }

    /// Sets the store of a commune that left aside, under a name that says so, and answers that name.
    /// What is set aside already, in whole or in part, is no obstacle.
    ///
    /// # Errors
    /// [`HostError`] when it cannot be renamed.
    pub fn set_moved_aside(&self, slug: &Slug, stamp: &str) -> Result<String, HostError> {
        match self {
            Self::Files(folder) => {
                let suffix = format!(".moved-{stamp}");
                rename_store(&self.file(slug), &suffix)?;
                let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
                let name = folder.join("communes").join(format!("{slug}.db{suffix}"));
                Ok(name.display().to_string())
            }
            Self::Postgres(pool) => {
                // With the longest slug, this is as long as a name may be.
                let name = format!("moved_{slug}_{stamp}");
                store::set_aside(pool, slug.as_str(), &name)?;
                Ok(name)
            }
        }
    }

    /// A store that was set aside, by the name that [`Backend::set_moved_aside`] answered.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when there is none.
    pub fn open_aside(&self, name: &str) -> Result<Store, StoreError> {
        Ok(match self {
            Self::Files(_) => {
                let file = Path::new(name);
                if !file.exists() {
                    return Err(StoreError::Moved);
                }
                Store::new(Sqlite::open(file, Schema::Commune)?)
            }
            Self::Postgres(pool) => Store::new(Postgres::aside(pool, name)?),
        })
    }

    pub(super) fn file(&self, slug: &Slug) -> PathBuf {
        match self {
            Self::Files(folder) => folder.join("communes").join(format!("{slug}.db")),
            Self::Postgres(_) => PathBuf::new(),
        }
    }

    /// The file of a commune's store, where stores are files.
    pub fn store_path(&self, slug: &Slug) -> Option<PathBuf> {
        matches!(self, Self::Files(_)).then(|| self.file(slug))
    }
}

/// A commune found on another database server, or on one that went back or was promoted, begins a
/// new branch: tablets hand in again what the old one may have lost.
fn forked(slug: &Slug, clock: Clock) -> Forked {
    let slug = slug.clone();
    Arc::new(move |tx| {
        let branch = BranchId(uuid::Builder::from_random_bytes(random()).into_uuid());
        let fork = journal::fork_branch(tx, branch, clock.now())?;
        tracing::warn!(commune = %slug, %branch, seq = fork.seq, "the database server is another, or went back: a new branch begins");
        crate::metrics::branch_forked();
        Ok(())
    })
}

/// Makes a folder that nobody else can look into; one that is there stays as it is.
pub(super) fn make_folder(folder: &Path) -> Result<(), HostError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|e| HostError::Folder(format!("Impossible d’utiliser {} : {e}.", folder.display())))
}

fn set_aside(file: &Path, stamp: i64) -> Result<(), HostError> {
    rename_store(file, &format!(".inachevee-{stamp}"))
}

/// Renames a store's files, its log with it: `suffix` is added to the name of the file.
pub(super) fn rename_store(file: &Path, suffix: &str) -> Result<(), HostError> {
    for part in ["", "-wal", "-shm"] {
        let mut from = file.as_os_str().to_owned();
        from.push(part);
        let from = PathBuf::from(from);
        if !from.exists() {
            continue;
        }
        let mut to = file.as_os_str().to_owned();
        to.push(format!("{suffix}{part}"));
        let to = PathBuf::from(to);
        // A renaming replaces what bears the name: nothing that was set aside is ever lost to it.
        if to.exists() {
            return Err(HostError::Folder(format!(
                "Impossible d’écarter {} : {} existe déjà.",
                from.display(),
                to.display()
            )));
        }
        fs::rename(&from, to)
            .map_err(|e| HostError::Folder(format!("Impossible d’écarter {} : {e}.", from.display())))?;
    }
    Ok(())
}
