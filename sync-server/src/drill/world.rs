//! The world of the drill: where its servers and tablets lie, and how they meet.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use chrono::NaiveDate;
use serde_json::Value;
use shared::time::UtcMs;

use super::calendar::at;
use super::desk::{Account, Desk};
use super::disk::{self, Root};
use super::facts::{self, Facts, Key};
use super::programs::{Place, Programs, Server, Serving, free_port};
use super::tablets::{Part, Tablet};
use super::{DrillError, Options, SLUG};
use crate::clock::Clock;
use crate::commune::Commune;
use crate::host::{CONNECTIONS, Host, Setup};
use crate::store::StoreAddress;

/// The world.
pub(super) struct World<'w> {
    /// Its folder.
    pub(super) root: Root,
    /// How it was asked for.
    pub(super) options: &'w Options,
    /// The programs.
    pub(super) programs: Programs,
    /// Where the server's data lie now.
    pub(super) place: Place,
    /// The port it answers on.
    pub(super) port: u16,
    /// The address that tablets are told in a signed list.
    pub(super) published: bool,
    /// Where it ships to, if it does.
    pub(super) offsite: Option<PathBuf>,
    /// The server, while it runs.
    pub(super) server: Option<Server>,
    /// The tablets that live.
    pub(super) tablets: Vec<Tablet>,
    /// The tablet whose right was taken away.
    pub(super) withdrawn: Option<Tablet>,
    /// Everything that was done before the fire, as whoever did it was told.
    pub(super) done: BTreeSet<Key>,
    /// What `demo.json` says.
    pub(super) demo: Value,
    tell: &'w (dyn Fn(&str) + Sync),
}

/// Runs work for each of these, on as many threads as there are processors.
///
/// # Errors
/// [`DrillError`] of the first that fails.
pub(super) fn each<T: Sync, R: Send>(
    all: &[T],
    work: impl Fn(&T) -> Result<R, DrillError> + Sync,
) -> Result<Vec<R>, DrillError> {
    let workers = thread::available_parallelism()
        .map_or(2, std::num::NonZeroUsize::get)
        .max(2);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(one) = all.get(n) else {
                return done;
            };
            done.push((n, work(one)));
        }
    };
    let mut done: Vec<(usize, Result<R, DrillError>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(take)).collect();
        threads
            .into_iter()
            .flat_map(|one| one.join().unwrap_or_default())
            .collect()
    });
    if done.len() < all.len() {
        return Err(DrillError::Broken(
            "une partie de l’exercice s’est effondrée".into(),
        ));
    }
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}

impl<'w> World<'w> {
    /// An empty world.
    ///
    /// # Errors
    /// [`DrillError`] of the disk.
    pub(super) fn new(
        options: &'w Options,
        programs: Programs,
        tell: &'w (dyn Fn(&str) + Sync),
    ) -> Result<Self, DrillError> {
        let root = Root::new(options.keep.as_deref())?;
        for folder in ["tablettes", "ailleurs", "journaux"] {
            disk::make(&root.path.join(folder))?;
        }
        let place = Place {
            data: root.path.join("serveur-1"),
            store: options.store.clone(),
        };
        Ok(Self {
            place,
            root,
            options,
            programs,
            port: free_port()?,
            published: false,
            offsite: None,
            server: None,
            tablets: Vec::new(),
            withdrawn: None,
            done: BTreeSet::new(),
            demo: Value::Null,
            tell,
        })
    }

    /// Says what happens.
    pub(super) fn say(&self, words: &str) {
        (self.tell)(words);
    }

    /// A path of the world.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.path.join(name)
    }

    /// Runs a command of the server that must be done.
    ///
    /// # Errors
    /// [`DrillError`] when it is not.
    pub(super) fn command(&self, now: UtcMs, args: &[&str]) -> Result<Value, DrillError> {
        self.programs.server(&self.place, now, args)?.done()
    }

    /// Has the server run at this moment of the story: it is stopped in order first, if it ran at another.
    ///
    /// # Errors
    /// [`DrillError`] when it does not stop or start.
    pub(super) fn serve(&mut self, now: UtcMs) -> Result<(), DrillError> {
        self.stop()?;
        let log = self.path("journaux").join(format!("serveur-{}.log", self.port));
        let mut plan = Serving::on(&format!("127.0.0.1:{}", self.port), log);
        if self.published {
            plan = plan.option("--address", self.url());
        }
        if let Some(offsite) = &self.offsite {
            plan = plan.option("--offsite", offsite);
        }
        self.server = Some(self.programs.serve(&self.place, now, &plan)?);
        Ok(())
    }

    /// The server's address.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `host:port` of the server.
    pub(super) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Stops the server in order, if it runs.
    ///
    /// # Errors
    /// [`DrillError`] when it does not end well.
    pub(super) fn stop(&mut self) -> Result<(), DrillError> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// An agent of the invented town logs in.
    ///
    /// # Errors
    /// [`DrillError`] when the door stays shut.
    pub(super) fn desk(&self, role: &str) -> Result<Desk, DrillError> {
        Desk::log_in(&self.address(), &Account::of_role(&self.demo, role)?)
    }

    /// All tablets point a part of a day; answers what was tapped.
    ///
    /// # Errors
    /// [`DrillError`] when a tap is not taken.
    pub(super) fn point(&self, date: NaiveDate, part: Part, children: usize) -> Result<Vec<Key>, DrillError> {
        let sites: BTreeSet<&str> = self.tablets.iter().map(|tablet| tablet.site.as_str()).collect();
        let share = children.div_ceil(sites.len().max(1));
        let tapped = each(&self.tablets, |tablet| {
            tablet.point(&self.programs, (date, part), share)
        })?;
        Ok(tapped.into_iter().flatten().collect())
    }

    /// All tablets but these meet the server; each must be answered.
    ///
    /// # Errors
    /// [`DrillError`] when one is not.
    pub(super) fn meet(&self, now: UtcMs, but: &[&str]) -> Result<(), DrillError> {
        let met: Vec<Tablet> = self
            .tablets
            .iter()
            .filter(|t| !but.contains(&t.site.as_str()))
            .cloned()
            .collect();
        for (tablet, code) in met.iter().zip(self.sync_all(&met, now)?) {
            if code != 0 {
                return Err(DrillError::Broken(format!(
                    "la tablette {} n’a pas pu échanger avec le serveur (code {code})",
                    tablet.name
                )));
            }
        }
        Ok(())
    }

    /// One exchange of each of these; answers the exit codes.
    ///
    /// # Errors
    /// [`DrillError`] when one ends otherwise than a program may.
    pub(super) fn sync_all(&self, tablets: &[Tablet], now: UtcMs) -> Result<Vec<i32>, DrillError> {
        each(tablets, |tablet| tablet.sync(&self.programs, now))
    }

    /// Reads the record as it lies now.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be read.
    pub(super) fn facts(&self) -> Result<Facts, DrillError> {
        read(&self.place, |commune| commune.store.read(facts::read))
    }

    /// The day after which nobody of the old server is left: what the clocks say then.
    pub(super) fn night(date: NaiveDate) -> UtcMs {
        at(date, 0, 46)
    }
}

/// Opens the commune of a place and reads.
///
/// # Errors
/// [`DrillError`] when it cannot be read.
pub(super) fn read<T, E: Into<DrillError>>(
    place: &Place,
    reading: impl FnOnce(&Arc<Commune>) -> Result<T, E>,
) -> Result<T, DrillError> {
    let store = match &place.store {
        None => StoreAddress::Folder(place.data.clone()),
        Some(url) => url
            .parse()
            .map_err(|e: crate::store::address::NotAnAddress| DrillError::Refused(e.to_string()))?,
    };
    let setup = Setup {
        data: place.data.clone(),
        keys: place.data.join("keys"),
        store,
        authorities: None,
        connections: CONNECTIONS,
    };
    let host = Host::open(setup, Clock::system())?;
    let commune = host.commune(SLUG)?;
    let result = reading(&commune).map_err(Into::into);
    if let Some(pool) = host.backend().pool() {
        pool.flush();
    }
    result
}
