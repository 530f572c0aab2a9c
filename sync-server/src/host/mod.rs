//! The host: its stores and keys, its list of communes, and those held open.

mod backend;
mod beside;
mod departures;
pub mod migrate;
mod open;
mod serving;
mod survey;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use shared::codec::Hash32;
use shared::ids::{BranchId, OperationId, mint};
use shared::operation::{Actor, Body, Channel, Operation, Refusal};
use shared::slug::Slug;

use crate::clock::{Clock, random};
use crate::commune::Commune;
use crate::corridor::{self, Context, CorridorError, Mode, journal};
use crate::identity::Identities;
use crate::keys::{KeyError, Keys};
use crate::letters::Office;
use crate::merge::runs::Runs;
use crate::metrics;
use crate::store::{SignalListener, Store, StoreAddress, StoreError};

pub use backend::{Backend, HostLock};
pub use departures::Line;
use open::Table;
pub use serving::Serving;
pub use survey::Surveyed;

/// Communes that a process keeps open, unless it is said otherwise: what few file descriptors allow.
pub const OPEN_COMMUNES: usize = 48;
/// File descriptors that one open commune may take: two for each connection to its file, and one that all share.
pub const FILES_EACH: usize = 13;

/// What is done once for each commune when it is opened.
type AtOpening = Box<dyn Fn(&Arc<Commune>) + Send + Sync>;

/// Connections to a database server at most, unless it is said otherwise.
pub const CONNECTIONS: usize = 16;

/// Where a host keeps things.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The data folder: what is no store lies here in any case.
    pub data: PathBuf,
    /// Keys.
    pub keys: PathBuf,
    /// Stores and list.
    pub store: StoreAddress,
    /// Certificates to trust for a database server, as PEM; those of the system where there is none.
    pub authorities: Option<PathBuf>,
    /// Connections to a database server at most.
    pub connections: usize,
}

impl Setup {
    /// Everything in one folder.
    pub fn folder(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            keys: data.join("keys"),
            store: StoreAddress::Folder(data.to_owned()),
            authorities: None,
            connections: CONNECTIONS,
        }
    }
}

/// A host.
pub struct Host {
    setup: Setup,
    backend: Backend,
    control: Store,
    /// What time it is.
    pub clock: Clock,
    open: Table<Commune>,
    at_opening: RwLock<Vec<AtOpening>>,
    /// Merges that are asked for on a page.
    pub merges: Runs,
    /// Who vouches for families, where this host knows somebody.
    pub identity: Identities,
    /// Where letters leave.
    pub letters: Office,
    /// Those that could not be opened when they were last asked for.
    unusable: Mutex<BTreeSet<String>>,
    stopping: AtomicBool,
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
    /// It left this host.
    #[error("La collectivité « {slug} » n’est plus ici : elle est partie vers {to}.")]
    Moved {
        /// Its short name.
        slug: Slug,
        /// Where it went, without a password.
        to: String,
    },
    /// A process serves it.
    #[error(
        "Un serveur est en marche sur ces données : arrêtez-le d’abord (systemctl stop preau-server), sur toutes les machines qui les servent. Rien n’a changé."
    )]
    Served,
    /// A store is being exchanged.
    #[error(
        "Une restauration est en cours sur ces données : attendez qu’elle finisse, puis lancez le serveur."
    )]
    Exchanging,
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
    /// Opens a host, making its folders and its list where they are missing.
    ///
    /// # Errors
    /// [`HostError`] when they cannot be used.
    pub fn open(setup: Setup, clock: Clock) -> Result<Arc<Self>, HostError> {
        backend::make_folder(&setup.data)?;
        backend::make_folder(&setup.keys)?;
        if let Some(folder) = setup.store.folder() {
            backend::make_folder(&folder.join("communes"))?;
        }
        let backend = Backend::of(&setup)?;
        Ok(Arc::new(Self {
            control: backend.control()?,
            setup,
            backend,
            clock,
            open: Table::keeping(OPEN_COMMUNES),
            at_opening: RwLock::default(),
            merges: Runs::default(),
            identity: Identities::default(),
            letters: Office::default(),
            unusable: Mutex::default(),
            stopping: AtomicBool::new(false),
        }))
    }

    /// Where its stores lie.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// How it was set up.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.setup.data
    }

    /// The host's own list.
    pub(crate) fn control(&self) -> &Store {
        &self.control
    }

    /// All communes, by short name.
    ///
    /// # Errors
    /// [`StoreError`] of the list.
    pub fn list(&self) -> Result<Vec<Listed>, HostError> {
        let rows = self
            .control
            .read(|tx| tx.query(include_str!("../record/control/list.sql"), &[]))?;
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

    /// Keeps so many communes open from now on, at least one. More are open only while more are in use.
    pub fn keep_open(&self, communes: usize) {
        self.open.keep(communes);
    }

    /// How many communes are held open.
    pub fn held(&self) -> usize {
        self.open.all().len()
    }

    /// Has something done whenever a commune is opened, before anyone gets it. Said at the start; several things are
    /// done in the order in which they were said.
    pub fn at_opening(&self, work: impl Fn(&Arc<Commune>) + Send + Sync + 'static) {
        let mut works = self.at_opening.write().unwrap_or_else(PoisonError::into_inner);
        works.push(Box::new(work));
    }

    /// A commune, opened if it is not; it stays open while it is used, and for a while after. A commune is open but
    /// once in a process, so that its writers share their commits and its listeners hear of every change.
    ///
    /// # Errors
    /// [`HostError::Unknown`], or what is wrong with its store or key.
    pub fn commune(&self, slug: &str) -> Result<Arc<Commune>, HostError> {
        let found = self.find(slug);
        if let Ok(mut unusable) = self.unusable.lock() {
            match &found {
                // It is not here: that is nothing to mend.
                Err(
                    HostError::Unknown(_) | HostError::Moved { .. } | HostError::Store(StoreError::Moved),
                ) => {}
                // It is the database server that is not there, for all of them.
                Err(HostError::Store(StoreError::Unavailable(_))) if self.backend.pool().is_some() => {}
                Err(_) if unusable.insert(slug.to_owned()) => metrics::commune_usable(slug, false),
                Ok(_) if unusable.remove(slug) => metrics::commune_usable(slug, true),
                _ => {}
            }
        }
        found
    }

    /// A commune that is open already; `None` costs nothing, and says nothing of the commune.
    pub fn at_hand(&self, slug: &str) -> Option<Arc<Commune>> {
        let open = self.open.at_hand(&slug.parse().ok()?)?;
        (!open.is_outdated()).then_some(open)
    }

    fn find(&self, slug: &str) -> Result<Arc<Commune>, HostError> {
        let parsed: Slug = slug.parse().map_err(|_| HostError::Unknown(slug.to_owned()))?;
        let open = self.open.get(&parsed, || self.open_commune(&parsed))?;
        if !open.is_outdated() {
            return Ok(open);
        }
        // Its name or zone changed: as soon as nobody uses it, it is opened again.
        drop(open);
        self.open.close_unused(&parsed);
        self.open.get(&parsed, || self.open_commune(&parsed))
    }

    fn open_commune(&self, slug: &Slug) -> Result<Arc<Commune>, HostError> {
        let line = self
            .line(slug)?
            .ok_or_else(|| HostError::Unknown(slug.to_string()))?;
        if let Some((to, _)) = line.moved {
            return Err(HostError::Moved {
                slug: slug.clone(),
                to,
            });
        }
        let keys = Keys::load(&self.setup.keys, slug)?;
        let store = self.backend.open(slug, self.clock)?;
        let commune = Commune::open(slug.clone(), store, keys, self.clock)?;
        let works = self.at_opening.read().unwrap_or_else(PoisonError::into_inner);
        works.iter().for_each(|work| work(&commune));
        drop(works);
        if self.open.is_ending() {
            commune.close();
        }
        metrics::commune_opened();
        Ok(commune)
    }

    /// Closes a commune that nobody uses, so that its store is at rest. Answers whether it is closed.
    pub fn close_unused(&self, slug: &Slug) -> bool {
        self.open.close_unused(slug)
    }

    /// The communes that are held open now.
    pub fn held_open(&self) -> Vec<Arc<Commune>> {
        self.open.all()
    }

    /// The process will stop soon: it still answers, and says so to whoever asks how it is.
    pub fn stop_soon(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether it will stop soon.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// The process is about to stop: whoever listens for changes is let go.
    pub fn close(&self) {
        self.stop_soon();
        self.open.end().iter().for_each(|commune| commune.close());
    }

    /// Hears, on a thread of its own, which communes other processes changed: whoever listens to one
    /// that is open is told. `None` where the engine has no such words.
    ///
    /// # Errors
    /// [`StoreError`] when the line cannot be had.
    pub fn hear_others(self: &Arc<Self>) -> Result<Option<SignalListener>, StoreError> {
        let Some(pool) = self.backend.pool() else {
            return Ok(None);
        };
        let host = Arc::downgrade(self);
        let heard = move |slug: Option<&str>| {
            let Some(host) = host.upgrade() else { return };
            let open = host.open.all().into_iter();
            let open = open.filter(|commune| slug.is_none_or(|slug| commune.slug.as_str() == slug));
            for commune in open {
                commune.look();
            }
        };
        SignalListener::start(pool, heard).map(Some)
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
        let _alone = self
            .backend
            .try_lock("create")?
            .ok_or_else(|| HostError::Folder("Une autre création est en cours ; réessayez.".into()))?;
        match self.line(slug)? {
            None => {}
            Some(Line { moved: None, .. }) => return Err(HostError::Exists(slug.clone())),
            Some(Line {
                moved: Some((to, _)), ..
            }) => {
                return Err(HostError::Moved {
                    slug: slug.clone(),
                    to,
                });
            }
        }
        let now = self.clock.now();
        Keys::create(&self.setup.keys, slug)?;
        let store = self.backend.make(slug, self.clock)?;
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
            .write(move |tx| tx.execute(include_str!("../record/control/put.sql"), &line))?;
        self.commune(slug.as_str())
    }
}

impl From<Refusal> for HostError {
    fn from(refusal: Refusal) -> Self {
        Self::Corridor(refusal.into())
    }
}
