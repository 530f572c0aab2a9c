//! The gate before `POST /v1/sync`: what a process works on at a time is bounded, and so is what
//! waits, so that taps of the day pass while all tablets of a host return with weeks behind them.
//!
//! Requests are of three kinds, each with room and places of its own ([`Lane`]): taps of the day,
//! looks that hand in nothing, and backlogs. A request is first judged by its head, before a byte of
//! its body is read, then by what it is. Within a kind communes take turns. Whoever finds no room is
//! told after how many seconds to come back, each another time ([`Returns`]).

mod lane;
mod returns;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, header};
use chrono::{Days, NaiveDate};
use shared::slug::Slug;
use shared::wire::{DAY_OTHERS, MAX_REQUEST, SyncRequest, hints};
use tokio::sync::oneshot;

use super::WebError;
use crate::clock::{Stopwatch, random};
use crate::host::Host;
use crate::metrics;
use lane::{Bounds, Lane, Ticket, Town};
use returns::Returns;

const MIB: usize = 1 << 20;
/// Beyond so many bytes a body is no tap of the day until it was read.
const DAY_BYTES: usize = MIB / 8;

/// What a request asks of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Marks of the day, and of very few others.
    Day,
    /// Nothing is handed in.
    Look,
    /// Many days.
    Backlog,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Day, Self::Look, Self::Backlog];

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Look => "look",
            Self::Backlog => "backlog",
        }
    }

    /// What a request is that was read. Yesterday counts as today: the day is the tablet's.
    pub(super) fn of(request: &SyncRequest, today: NaiveDate) -> Self {
        let since = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let others = request.sheets.iter().filter(|up| up.sheet.date < since).count();
        match (request.sheets.is_empty(), others > DAY_OTHERS) {
            (true, _) => Self::Look,
            (false, true) => Self::Backlog,
            (false, false) => Self::Day,
        }
    }
}

/// What the head of a request says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    kind: Kind,
    town: Town,
    /// Bytes its body may have.
    bytes: usize,
}

impl Announced {
    /// Judges by the head alone: what it does not tell counts as the heaviest.
    ///
    /// # Errors
    /// [`WebError::TooLarge`].
    pub(super) fn by(headers: &HeaderMap) -> Result<Self, WebError> {
        let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let length = told(header::CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<usize>().ok());
        let bytes = length.unwrap_or(MAX_REQUEST);
        if bytes > MAX_REQUEST {
            return Err(WebError::TooLarge);
        }
        let others = told(hints::BACKLOG).and_then(|others| others.parse::<usize>().ok());
        let backlog = bytes > DAY_BYTES || others.is_some_and(|others| others > DAY_OTHERS);
        let town = told(hints::COMMUNE).filter(|named| named.parse::<Slug>().is_ok());
        Ok(Self {
            kind: if backlog { Kind::Backlog } else { Kind::Day },
            town: town.unwrap_or_default().into(),
            bytes,
        })
    }
}

/// How much of each kind may be here at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits([Bounds; 3]);

impl Limits {
    /// For a machine of so many cores, and so many connections to a database where there is one:
    /// half of them for taps, a quarter for looks, a quarter for backlogs.
    pub(super) fn of(cores: usize, connections: Option<usize>) -> Self {
        let lent = |share: usize| connections.map_or(usize::MAX, |most| (most / share).max(1));
        let bounds = |places: usize, places_each: usize, (room, room_each): (usize, usize)| Bounds {
            places,
            places_each: places_each.min(places),
            room,
            room_each,
            bytes: 64 * MIB,
            bytes_each: 32 * MIB,
        };
        Self([
            bounds(64.min(lent(2)), 16, (1024, 256)),
            bounds((2 * cores).clamp(4, 32).min(lent(4)), cores.max(4), (2048, 1024)),
            // Two of a commune: while one is written, the next is checked.
            bounds(cores.clamp(2, 16).min(lent(4)), 2, (64, 16)),
        ])
    }
}

/// The gate of a process.
pub(super) struct Gate {
    core: Mutex<Core>,
    since: Stopwatch,
}

struct Core {
    lanes: [Lane; 3],
    returns: Returns,
    waiting: BTreeMap<Ticket, oneshot::Sender<()>>,
    newest: Ticket,
}

impl Core {
    fn lane(&mut self, kind: Kind) -> &mut Lane {
        let [day, look, backlog] = &mut self.lanes;
        match kind {
            Kind::Day => day,
            Kind::Look => look,
            Kind::Backlog => backlog,
        }
    }

    /// Gives free places to those whose turn it is, and tells the figures.
    fn settle(&mut self) {
        for kind in Kind::ALL {
            while let Some(ticket) = self.lane(kind).next() {
                if let Some(waits) = self.waiting.remove(&ticket) {
                    // Whoever no longer waits gave up under this lock, and has no ticket here.
                    let _ = waits.send(());
                }
            }
            let lane = self.lane(kind);
            let (working, inside) = (lane.working(), lane.inside());
            metrics::admitted(kind.word(), working, inside - working, lane.bytes());
        }
    }
}

impl Gate {
    /// The gate for a host on this machine.
    pub(super) fn of(host: &Host) -> Arc<Self> {
        let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
        let connections = host.backend().pool().map(|pool| pool.usage().most);
        Self::with(Limits::of(cores, connections))
    }

    pub(super) fn with(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            core: Mutex::new(Core {
                lanes: limits.0.map(Lane::new),
                returns: Returns::default(),
                waiting: BTreeMap::new(),
                newest: 0,
            }),
            since: Stopwatch::start(),
        })
    }

    fn core(&self) -> MutexGuard<'_, Core> {
        // Nothing is done under the lock that could leave it half done.
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        (self.since.seconds() * 1e3) as u64
    }

    /// Lets a request in by what its head says.
    ///
    /// # Errors
    /// [`WebError::Crowded`] when there is no room.
    pub(super) fn enter(self: &Arc<Self>, announced: &Announced) -> Result<Pass, WebError> {
        let Announced { kind, town, bytes } = announced;
        let mut core = self.core();
        if !core.lane(*kind).enter(town, *bytes) {
            return Err(self.turned_away(&mut core, *kind));
        }
        core.settle();
        Ok(Pass {
            gate: Arc::clone(self),
            kind: *kind,
            town: Arc::clone(town),
            bytes: *bytes,
            stage: Stage::Inside,
        })
    }

    /// Lets somebody in who only looks, and waits for their turn.
    ///
    /// # Errors
    /// [`WebError::Crowded`] when there is no room.
    pub(super) async fn look(self: &Arc<Self>, town: &str) -> Result<Pass, WebError> {
        let pass = self.enter(&Announced {
            kind: Kind::Look,
            town: town.into(),
            bytes: 0,
        })?;
        Ok(pass.turn().await)
    }

    fn turned_away(&self, core: &mut Core, kind: Kind) -> WebError {
        metrics::turned_away(kind.word());
        let dice = u16::from_be_bytes(random());
        let seconds = match kind {
            // Short, for somebody may be waiting to see it elsewhere.
            Kind::Day | Kind::Look => 1 + u64::from(dice % 5),
            Kind::Backlog => {
                let lane = core.lane(kind);
                let (places, waiting) = (lane.places(), lane.inside());
                core.returns.after_s(self.now_ms(), waiting, places, dice)
            }
        };
        WebError::Crowded { seconds }
    }
}

/// A request that was let in; it goes when this is dropped.
pub(super) struct Pass {
    gate: Arc<Gate>,
    kind: Kind,
    town: Town,
    bytes: usize,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Its body is read.
    Inside,
    /// It waits for its turn.
    Waiting(Ticket),
    /// It is worked on since so many milliseconds of the gate.
    Working(u64),
}

impl Pass {
    /// The request was read: it counts from now on as what it is.
    ///
    /// # Errors
    /// [`WebError::Crowded`] when there is no room for that.
    pub(super) fn judged(mut self, kind: Kind, town: &str) -> Result<Self, WebError> {
        if (self.kind, &*self.town) == (kind, town) {
            return Ok(self);
        }
        let gate = Arc::clone(&self.gate);
        let mut core = gate.core();
        let town: Town = town.into();
        if !core.lane(kind).enter(&town, self.bytes) {
            let refused = gate.turned_away(&mut core, kind);
            drop(core);
            return Err(refused);
        }
        core.lane(self.kind).leave(&self.town, self.bytes);
        (self.kind, self.town) = (kind, town);
        core.settle();
        drop(core);
        Ok(self)
    }

    /// Waits for its turn; it is worked on until this is dropped.
    pub(super) async fn turn(mut self) -> Self {
        let (grant, granted) = oneshot::channel();
        {
            let mut core = self.gate.core();
            core.newest += 1;
            let ticket = core.newest;
            core.waiting.insert(ticket, grant);
            core.lane(self.kind).wait(&self.town, ticket);
            self.stage = Stage::Waiting(ticket);
            core.settle();
        }
        // The other end is dropped by this pass alone.
        let _ = granted.await;
        self.stage = Stage::Working(self.gate.now_ms());
        self
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut core = self.gate.core();
        match self.stage {
            Stage::Inside => {}
            Stage::Waiting(ticket) => {
                if core.waiting.remove(&ticket).is_some() {
                    core.lane(self.kind).give_up(&self.town, ticket);
                } else {
                    // It was given a place and went before it took it.
                    core.lane(self.kind).done(&self.town);
                }
            }
            Stage::Working(since_ms) => {
                core.lane(self.kind).done(&self.town);
                if self.kind == Kind::Backlog {
                    core.returns.took(self.gate.now_ms().saturating_sub(since_ms));
                }
            }
        }
        core.lane(self.kind).leave(&self.town, self.bytes);
        core.settle();
    }
}
