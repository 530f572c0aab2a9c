//! A tablet of a world: a real one, on a real file in a folder of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use shared::ids::{DeviceId, SiteId};
use tablet_replica::clock::{Clock, Hands};
use tablet_replica::sync::Exchange;
use tablet_replica::{ReplicaError, Tablet};

use super::Wrong;
use super::hall::{Holding, Kept, Said};
use crate::town::copy;

/// What waits on a tablet's line.
#[derive(Clone, Debug, Default)]
pub(super) enum Line {
    /// Nothing.
    #[default]
    Empty,
    /// A request, and what the tablet held when it was planned.
    Request(Vec<u8>, Holding),
    /// What the server said to it, and where it stood then.
    Answer {
        /// The request, which may reach the server again.
        frame: Vec<u8>,
        /// What the tablet held when it was planned.
        claim: Holding,
        /// What was said.
        said: Said,
        /// What the server held.
        theirs: Holding,
        /// Which history the server wrote.
        life: u32,
    },
}

/// A tablet.
pub(super) struct Pad {
    pub(super) home: PathBuf,
    pub(super) hands: &'static Hands,
    pub(super) sites: Vec<SiteId>,
    pub(super) device: Option<DeviceId>,
    tablet: Option<Tablet>,
    pub(super) exchange: Option<Exchange>,
    pub(super) line: Line,
    pub(super) holding: Holding,
    pub(super) copies: Vec<Kept>,
    /// It fell into the lake.
    pub(super) lost: bool,
    /// What waits on its line was damaged.
    pub(super) damaged: bool,
    /// Its disk has so few pages left.
    pub(super) room: Option<u32>,
    /// Another tablet began as a copy of it, or it of itself: its sequence is used twice.
    pub(super) doubled: bool,
    /// Sheets before this date are not in its window.
    pub(super) from: Option<NaiveDate>,
}

impl Pad {
    pub(super) fn new(home: PathBuf, hands: &'static Hands, sites: Vec<SiteId>) -> Self {
        Self {
            home,
            hands,
            sites,
            device: None,
            tablet: None,
            exchange: None,
            line: Line::Empty,
            holding: Holding::default(),
            copies: Vec::new(),
            lost: false,
            damaged: false,
            room: None,
            doubled: false,
            from: None,
        }
    }

    /// The tablet, opened if no process has it open; `None` where its full disk does not let it.
    pub(super) fn tablet(&mut self) -> Result<Option<&mut Tablet>, Wrong> {
        if self.tablet.is_none() {
            let tablet = Tablet::open(&self.home, Clock::of(self.hands))
                .map_err(Wrong::of("the tablet does not open"))?;
            self.tablet = Some(tablet);
            self.limit()?;
        }
        Ok(self.tablet.as_mut())
    }

    /// Gives its disk so much room from now on.
    pub(super) fn limit(&mut self) -> Result<(), Wrong> {
        let room = self.room;
        match &self.tablet {
            Some(tablet) => tablet.limit_disk(room).map_err(Wrong::of("the limit")),
            None => Ok(()),
        }
    }

    /// The exchange under way, begun where there is none, beside the tablet.
    pub(super) fn exchanging(&mut self) -> Result<(&mut Tablet, &mut Exchange), Wrong> {
        self.tablet()?;
        let exchange = self.exchange.get_or_insert_default();
        let tablet = self.tablet.as_mut().ok_or_else(|| Wrong::new("a tablet"))?;
        Ok((tablet, exchange))
    }

    /// Nothing is under way any more.
    pub(super) fn hang_up(&mut self) {
        self.exchange = None;
        self.line = Line::Empty;
        self.damaged = false;
    }

    /// What a second program on the same folder does; the first then goes on with what it holds in memory.
    pub(super) fn step_aside(&mut self) -> Aside {
        Aside {
            tablet: self.tablet.take(),
            exchange: self.exchange.take(),
            line: std::mem::take(&mut self.line),
            damaged: std::mem::take(&mut self.damaged),
        }
    }

    /// The second program is gone, the first goes on.
    pub(super) fn step_back(&mut self, aside: Aside) {
        self.tablet = aside.tablet;
        self.exchange = aside.exchange;
        self.line = aside.line;
        self.damaged = aside.damaged;
    }

    /// Its program is killed.
    pub(super) fn kill(&mut self) {
        self.hang_up();
        self.tablet = None;
    }

    /// Copies its folder.
    pub(super) fn copy_to(&mut self, folder: PathBuf) {
        copy(&self.home, &folder);
        self.copies.push(Kept {
            folder,
            holding: self.holding.clone(),
        });
    }

    /// Puts a copy back in place of its folder.
    pub(super) fn set_back(&mut self, nth: usize) {
        let kept = self.copies[nth].clone();
        self.kill();
        fs::remove_dir_all(&self.home).expect("the folder goes");
        copy(&kept.folder, &self.home);
        self.holding = kept.holding;
        self.doubled = true;
    }

    /// Another tablet that begins as a copy of it.
    pub(super) fn double(&mut self, home: PathBuf, hands: &'static Hands) -> Self {
        copy(&self.home, &home);
        self.doubled = true;
        Self {
            device: self.device,
            holding: self.holding.clone(),
            doubled: true,
            from: self.from,
            ..Self::new(home, hands, self.sites.clone())
        }
    }

    /// Whether it takes part.
    pub(super) fn works(&self) -> bool {
        !self.lost && self.device.is_some()
    }
}

/// A program that goes on later.
pub(super) struct Aside {
    tablet: Option<Tablet>,
    exchange: Option<Exchange>,
    line: Line,
    damaged: bool,
}

/// What a tablet could not do, where the world gave it a reason; else something is wrong.
pub(super) fn excused(error: &ReplicaError, full: bool) -> Result<(), Wrong> {
    match error {
        ReplicaError::Disk(_) if full => Ok(()),
        ReplicaError::Refused(_)
        | ReplicaError::Withdrawn
        | ReplicaError::NoNetwork(_)
        | ReplicaError::Untrusted(_) => Ok(()),
        error => Err(Wrong::new(format!("a tablet has a fault: {error:?}"))),
    }
}

/// The sites of a tablet: one, or several.
pub(super) fn sites_of(x: usize, sites: usize) -> Vec<SiteId> {
    let first = x % sites;
    let several = (x / 7).is_multiple_of(4);
    let all: BTreeSet<usize> = if several {
        (0..=x % 2).map(|n| (first + n) % sites).collect()
    } else {
        BTreeSet::from([first])
    };
    all.into_iter().map(super::ground::site).collect()
}

/// The folder of the `n`th tablet.
pub(super) fn home(folder: &Path, n: usize) -> PathBuf {
    folder.join(format!("tablet-{n}"))
}
