//! The host: one data folder, its list of communes, and those held open.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use shared::codec::Hash32;
use shared::ids::{BranchId, OperationId, mint};
use shared::operation::{Actor, Body, Channel, Operation, Refusal};
use shared::slug::Slug;

use crate::clock::{Clock, random};
use crate::commune::Commune;
use crate::corridor::{self, Context, CorridorError, Mode, journal};
use crate::keys::{KeyError, Keys};
use crate::store::{Schema, Sqlite, Store, StoreError};

/// Where a host keeps things.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Stores and list.
    pub data: PathBuf,
    /// Keys.
    pub keys: PathBuf,
}

/// A host.
pub struct Host {
    folders: Folders,
    control: Store,
    /// What time it is.
    pub clock: Clock,
    open: Mutex<BTreeMap<Slug, Arc<Commune>>>,
}

/// What a host could not do.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// It is not on this host.
    #[error("Aucune collectivité « {0} » sur ce serveur. « commune list » les donne toutes.")]
    Unknown(String),
    /// The short name is taken.
    #[error("La collectivité « {0} » existe déjà sur ce serveur.")]
    Exists(Slug),
    /// A key is missing or wrong.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// An operation was refused.
    #[error(transparent)]
    Corridor(#[from] CorridorError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A folder cannot be used.
    #[error("{0}")]
    Folder(String),
}

/// A commune of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: String,
}

impl Host {
    /// Opens a host's folders, making them where they are missing.
    ///
    /// # Errors
    /// [`HostError`] when they cannot be used.
    pub fn open(folders: Folders, clock: Clock) -> Result<Arc<Self>, HostError> {
        for folder in [&folders.data, &folders.data.join("communes"), &folders.keys] {
            fs::create_dir_all(folder).map_err(|e| {
                HostError::Folder(format!("Impossible d’utiliser {} : {e}.", folder.display()))
            })?;
        }
        let control = Store::new(Sqlite::open(&folders.data.join("control.db"), Schema::Control)?);
        Ok(Arc::new(Self {
            folders,
            control,
            clock,
            open: Mutex::default(),
        }))
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.folders.data
    }

    /// All communes, by short name.
    ///
    /// # Errors
    /// [`StoreError`] of the list.
    pub fn list(&self) -> Result<Vec<Listed>, HostError> {
        let rows = self
            .control
            .read(|tx| tx.query(include_str!("record/control/list.sql"), &[]))?;
        rows.iter()
            .map(|row| {
                let slug = row
                    .text(0)?
                    .parse()
                    .map_err(|_| StoreError::Shape("slug".into()))?;
                Ok(Listed {
                    slug,
                    name: row.text(1)?,
                })
            })
            .collect()
    }

    /// A commune, held open.
    ///
    /// # Errors
    /// [`HostError::Unknown`], or what is wrong with its store or key.
    pub fn commune(&self, slug: &str) -> Result<Arc<Commune>, HostError> {
        let parsed: Slug = slug.parse().map_err(|_| HostError::Unknown(slug.to_owned()))?;
        let mut open = self
            .open
            .lock()
            .map_err(|_| HostError::Folder("un fil d’exécution s’est arrêté".into()))?;
        if let Some(commune) = open.get(&parsed) {
            return Ok(Arc::clone(commune));
        }
        let listed = parsed.clone();
        let known = self
            .control
            .read(move |tx| tx.first(include_str!("record/control/get.sql"), &[listed.as_str().into()]))?;
        if known.is_none() {
            return Err(HostError::Unknown(slug.to_owned()));
        }
        let keys = Keys::load(&self.folders.keys, &parsed)?;
        let store = Store::new(Sqlite::open(&self.store_path(&parsed), Schema::Commune)?);
        let commune = Commune::open(parsed.clone(), store, keys, self.clock)?;
        open.insert(parsed, Arc::clone(&commune));
        Ok(commune)
    }

    /// The process is about to stop: whoever listens for changes is let go.
    pub fn close(&self) {
        if let Ok(open) = self.open.lock() {
            open.values().for_each(|commune| commune.close());
        }
    }

    /// The file of a commune's store.
    pub fn store_path(&self, slug: &Slug) -> PathBuf {
        self.folders.data.join("communes").join(format!("{slug}.db"))
    }

    /// Makes a commune: keys first, then its store with the first entry of its journal, then its
    /// line in the list. What a killed attempt left is set aside, but for the key, which is kept.
    ///
    /// # Errors
    /// [`HostError::Exists`], or what failed.
    pub fn create(
        &self,
        slug: &Slug,
        name: &str,
        zone: &str,
        label: &str,
    ) -> Result<Arc<Commune>, HostError> {
        if self.list()?.iter().any(|listed| listed.slug == *slug) {
            return Err(HostError::Exists(slug.clone()));
        }
        let now = self.clock.now();
        Keys::create(&self.folders.keys, slug)?;
        let file = self.store_path(slug);
        set_aside(&file, now.0)?;
        let store = Store::new(Sqlite::open(&file, Schema::Commune)?);
        let founding = Operation {
            id: OperationId(mint(now, random())),
            at: now,
            actor: Actor::Host,
            channel: Channel::Command,
            seen: None,
            body: Body::FoundCommune {
                slug: slug.to_string(),
                name: name.to_owned(),
                zone: zone.to_owned(),
                label: label.to_owned(),
            },
        };
        let branch = BranchId(uuid::Builder::from_random_bytes(random()).into_uuid());
        store.write(move |tx| {
            journal::begin_branch(tx, branch, now)?;
            corridor::submit(
                tx,
                &founding,
                Hash32(random()),
                Context {
                    now,
                    mode: Mode::Live,
                },
            )
        })?;
        let line = [slug.as_str().into(), name.into(), now.into()];
        self.control
            .write(move |tx| tx.execute(include_str!("record/control/put.sql"), &line))?;
        self.commune(slug.as_str())
    }
}

fn set_aside(file: &Path, stamp: i64) -> Result<(), HostError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut from = file.as_os_str().to_owned();
        from.push(suffix);
        let from = PathBuf::from(from);
        if !from.exists() {
            continue;
        }
        let mut to = file.as_os_str().to_owned();
        to.push(format!(".inachevee-{stamp}{suffix}"));
        fs::rename(&from, PathBuf::from(to))
            .map_err(|e| HostError::Folder(format!("Impossible d’écarter {} : {e}.", from.display())))?;
    }
    Ok(())
}

impl From<Refusal> for HostError {
    fn from(refusal: Refusal) -> Self {
        Self::Corridor(refusal.into())
    }
}
