//! The tablet behind the window: what each gesture does, and the exchange that runs by itself.

mod link;
mod listen;
mod view;

use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use shared::day_view::still_expected;
use shared::digest::SheetRef;
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::mark::{AbsenceScope, Reason};
use shared::screen::{Ask, Day, Deed, Link, ListRef, Start, Tap, Tapped, Trouble};
use shared::words::{Locale, Words};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::day::Lists;
use crate::error::ReplicaError;
use crate::point::{Absence, Target};
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
    line: Mutex<link::Line>,
    words: Words,
    transport: Transport,
    wake: Notify,
    on_change: Mutex<Option<OnChange>>,
}

impl From<ReplicaError> for Trouble {
    fn from(error: ReplicaError) -> Self {
        Self {
            message: error.to_string(),
        }
    }
}

fn id<T: FromStr>(text: &str) -> Result<T, ReplicaError> {
    text.parse()
        .map_err(|_| ReplicaError::Fault("identifiant".into()))
}

fn target(site: &str, date: &str, activity: &str) -> Result<Target, ReplicaError> {
    let date: NaiveDate = id(date)?;
    Ok(Target {
        site: id::<SiteId>(site)?,
        date,
        activity: id::<ActivityId>(activity)?,
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
            line: Mutex::new(line),
            words: Words::of_tablet(Locale::Fr),
            transport: Transport::new()?,
            wake: Notify::new(),
            on_change: Mutex::default(),
        })))
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
            ReplicaError::NoNetwork(why) => Trouble {
                message: self.0.words.t1("core-enrol-no-answer", "why", why.as_str()),
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
        self.with(move |inner, tablet| inner.day(tablet, &ask)).await
    }

    /// A tap on a child. When this answers, it is on the disk.
    ///
    /// # Errors
    /// [`Trouble`]: the tap is not recorded.
    pub async fn tap(&self, tap: Tap) -> Result<Tapped, Trouble> {
        let tapped = self.with(move |inner, tablet| {
            let target = target(&tap.site, &tap.date, &tap.activity)?;
            let child: ChildId = id(&tap.child)?;
            let mark = match tap.deed {
                Deed::In => {
                    let sheet = SheetRef {
                        site: target.site,
                        date: target.date,
                    };
                    let mut lists = inner.lists()?;
                    let (list, _) = tablet.list_of(&mut lists, &sheet)?;
                    let row = list
                        .rows
                        .iter()
                        .find(|r| r.child == child && r.activity == target.activity);
                    let formula = row.and_then(|r| r.formula);
                    drop(lists);
                    tablet.arrive(target, child, formula, None)?
                }
                Deed::Out => tablet.leave(target, child, None)?,
                Deed::Absent => {
                    let reason = tap.reason.unwrap_or(Reason::Unjustified);
                    tablet.absent(
                        target,
                        child,
                        Absence {
                            scope: AbsenceScope::Session,
                            reason,
                        },
                        None,
                    )?
                }
            };
            let ask = Ask {
                site: Some(tap.site),
                date: Some(tap.date),
                activity: Some(tap.activity),
            };
            Ok(Tapped {
                mark: mark.to_string(),
                day: inner.day(tablet, &ask)?,
            })
        });
        self.woken(tapped.await)
    }

    /// Undoes a mark.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn undo(&self, mark: String, ask: Ask) -> Result<Day, Trouble> {
        let undone = self.with(move |inner, tablet| {
            tablet.undo(id::<MarkId>(&mark)?)?;
            inner.day(tablet, &ask)
        });
        self.woken(undone.await)
    }

    /// Closes a list: those still expected become absent, or present where all are by default.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn close_list(&self, list: ListRef) -> Result<Day, Trouble> {
        let closed = self.with(move |inner, tablet| {
            let target = target(&list.site, &list.date, &list.activity)?;
            let day = tablet.day(&mut *inner.lists()?, target.site, target.date)?;
            let mode = day
                .list
                .activities
                .iter()
                .find(|a| a.id == target.activity)
                .map(|a| a.mode);
            let expected = still_expected(&day.rows, target.activity);
            tablet.close(target, mode.unwrap_or_default().closing(), expected)?;
            inner.day(
                tablet,
                &Ask {
                    site: Some(list.site),
                    date: Some(list.date),
                    activity: Some(list.activity),
                },
            )
        });
        self.woken(closed.await)
    }

    /// Opens a closed list again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn reopen_list(&self, list: ListRef) -> Result<Day, Trouble> {
        let reopened = self.with(move |inner, tablet| {
            tablet.reopen(target(&list.site, &list.date, &list.activity)?)?;
            inner.day(
                tablet,
                &Ask {
                    site: Some(list.site),
                    date: Some(list.date),
                    activity: Some(list.activity),
                },
            )
        });
        self.woken(reopened.await)
    }

    /// Exchanges with the server at once.
    ///
    /// # Errors
    /// [`Trouble`] of the tablet itself; a dead line is in the [`Link`].
    pub async fn sync_now(&self) -> Result<Link, Trouble> {
        self.exchange().await;
        self.with(Inner::link).await
    }

    fn woken<T>(&self, done: Result<T, Trouble>) -> Result<T, Trouble> {
        if done.is_ok() {
            self.0.wake.notify_one();
        }
        done
    }
}
