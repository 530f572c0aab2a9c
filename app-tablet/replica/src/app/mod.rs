//! The tablet behind the window: what each gesture does, and the exchange that runs by itself.

mod card;
mod contradictions;
mod crew;
mod exchange;
mod find;
mod gestures;
mod link;
mod listen;
mod said;
mod shown;
mod view;

use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use shared::ids::{ActivityId, SiteId};
use shared::screen::{Ask, Day, Link, ListRef, Start, Trouble};
use shared::words::{Locale, Words};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::day::Lists;
use crate::error::ReplicaError;
use crate::point::Target;
use crate::store::meta;
use crate::sync::transport::Transport;
use crate::sync::{self, SharedTablet, held};
use crate::tablet::Tablet;

/// Told whenever an exchange brought something or the line changed.
pub type OnChange = Box<dyn Fn() + Send + Sync>;

/// The tablet as the window's commands use it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    tablet: SharedTablet,
    lists: Mutex<Lists>,
    shown: Mutex<Option<shown::Shown>>,
    line: Mutex<link::Line>,
    words: Words,
    transport: Transport,
    wake: Notify,
    on_change: Mutex<Option<OnChange>>,
}

impl From<ReplicaError> for Trouble {
    fn from(error: ReplicaError) -> Self {
        Self {
            locked: matches!(error, ReplicaError::NobodyHolds),
            damaged: matches!(error, ReplicaError::Damaged(_)),
            closed: matches!(error, ReplicaError::Closed { .. }),
            message: error.to_string(),
        }
    }
}

fn id<T: FromStr>(text: &str) -> Result<T, ReplicaError> {
    text.parse()
        .map_err(|_| ReplicaError::Fault("identifiant".into()))
}

fn target(list: &ListRef) -> Result<Target, ReplicaError> {
    let date: NaiveDate = id(&list.date)?;
    Ok(Target {
        site: id::<SiteId>(&list.site)?,
        date,
        activity: id::<ActivityId>(&list.activity)?,
    })
}

impl App {
    /// Opens the tablet of a home folder.
    ///
    /// # Errors
    /// [`Trouble`]: a sentence for the person who holds the tablet.
    pub fn open(home: &Path) -> Result<Self, Trouble> {
        Self::with_clock(home, Clock::system())
    }

    /// Opens it with a clock of one's own.
    ///
    /// # Errors
    /// See [`App::open`].
    pub fn with_clock(home: &Path, clock: Clock) -> Result<Self, Trouble> {
        let mut tablet = Tablet::open(home, clock)?;
        let line = link::Line::at_start(&mut tablet)?;
        Ok(Self(Arc::new(Inner {
            tablet: Arc::new(Mutex::new(tablet)),
            lists: Mutex::default(),
            shown: Mutex::default(),
            line: Mutex::new(line),
            words: Words::of_tablet(Locale::Fr),
            transport: Transport::new()?,
            wake: Notify::new(),
            on_change: Mutex::default(),
        })))
    }

    /// Sets a damaged file aside and begins again with what could be read of it; the server has
    /// the rest, but for taps it never got, which stay in the file set aside.
    ///
    /// # Errors
    /// [`Trouble`]: the folder cannot be written.
    pub fn begin_again(home: &Path, clock: Clock) -> Result<Self, Trouble> {
        Tablet::set_aside(home, &clock)?;
        Self::with_clock(home, clock)
    }

    /// The same for a tablet that is running.
    ///
    /// # Errors
    /// See [`App::begin_again`].
    pub async fn start_again(&self) -> Result<Start, Trouble> {
        let begun = self.with(|inner, tablet| {
            let (home, clock) = (tablet.home.clone(), tablet.clock);
            // Closed before it is moved: a file that closes tidies up under the name it had.
            tablet.db.close()?;
            Tablet::set_aside(&home, &clock)?;
            *tablet = Tablet::open(&home, clock)?;
            inner.lists()?.clear();
            Ok(())
        });
        self.woken(begun.await)?;
        Ok(self.start().await)
    }

    /// Says whom to tell when something changed.
    pub fn on_change(&self, tell: OnChange) {
        if let Ok(mut on_change) = self.0.on_change.lock() {
            *on_change = Some(tell);
        }
    }

    /// Runs work on the tablet on the blocking pool: its file is synchronous.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner, &mut Tablet) -> Result<T, ReplicaError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let inner = Arc::clone(&self.0);
        let run = move || work(&inner, &mut *held(&inner.tablet)?);
        match tokio::task::spawn_blocking(run).await {
            Ok(done) => Ok(done?),
            Err(error) => Err(ReplicaError::Fault(error.to_string()).into()),
        }
    }

    /// The same for whatever shows or writes children: somebody must have said who they are,
    /// where anybody can.
    async fn held<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner, &mut Tablet) -> Result<T, ReplicaError> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.with(move |inner, tablet| {
            tablet.enrolled()?;
            tablet.admit(&mut *inner.lists()?)?;
            work(inner, tablet)
        })
        .await
    }

    /// Where the tablet stands.
    pub async fn start(&self) -> Start {
        let start = self.with(|_, tablet| {
            let server = meta::server_typed(tablet.db.reader())?;
            let commune = tablet.enrolment.as_ref().map(|e| e.commune_name.clone());
            Ok(Start {
                enrolled: commune.is_some(),
                commune,
                server,
            })
        });
        start.await.unwrap_or(Start {
            enrolled: false,
            commune: None,
            server: None,
        })
    }

    /// Enrols the tablet and fetches its lists.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn enrol(&self, server: String, code: String) -> Result<Day, Trouble> {
        let enrolled = sync::enrol(&self.0.tablet, &self.0.transport, &server, &code, "Tablette").await;
        enrolled.map_err(|error| match error {
            // There are no marks yet to speak of, but an address that may be mistyped.
            ReplicaError::NoNetwork(why) | ReplicaError::Later { why, .. } => Trouble {
                message: self.0.words.t1("core-enrol-no-answer", "why", why.as_str()),
                ..Trouble::default()
            },
            other => other.into(),
        })?;
        self.exchange().await;
        self.day(Ask::default()).await
    }

    /// The day asked for.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn day(&self, ask: Ask) -> Result<Day, Trouble> {
        self.held(move |inner, tablet| inner.day(tablet, &ask)).await
    }

    /// Points although the town hall closed attendance, until the end of the civil day.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn point_anyway(&self, ask: Ask) -> Result<Day, Trouble> {
        self.held(move |inner, tablet| {
            tablet.point_anyway()?;
            inner.day(tablet, &ask)
        })
        .await
    }

    /// Exchanges with the server at once.
    ///
    /// # Errors
    /// [`Trouble`] of the tablet itself; a dead line is in the [`Link`].
    pub async fn sync_now(&self) -> Result<Link, Trouble> {
        self.exchange().await;
        self.with(Inner::link).await
    }
}

#[cfg(test)]
mod tests;
