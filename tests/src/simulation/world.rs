//! The world: who is in it, what waits on the lines, and what each step does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use shared::digest::SheetRef;
use shared::ids::{BranchId, MarkId};
use shared::time::UtcMs;
use tempfile::TempDir;

use super::case::{Case, Deed, Lie, Step};
use super::faulty::{Fault, held};
use super::hall::{Hall, Kept, Said};
use super::offsite::Offsite;
use super::pad::{Pad, excused, home, sites_of};
use super::{Ending, Tally, Wrong, ground, scratch};

/// Copies kept of one place.
const COPIES: usize = 6;
/// Tablets at most.
const TABLETS: usize = 8;
/// Days that pass in one world at most: tablets keep ninety.
const MOST_DAYS: i64 = 75;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// A mark that was green once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) sheet: SheetRef,
}

/// A world.
pub(super) struct World {
    pub(super) folder: TempDir,
    pub(super) sites: usize,
    pub(super) lie: Lie,
    /// The troubles are over.
    pub(super) healing: bool,
    pub(super) hall: Hall,
    pub(super) pads: Vec<Pad>,
    /// The time it is.
    pub(super) now: UtcMs,
    /// Every mark that was ever green.
    pub(super) made: BTreeMap<MarkId, Made>,
    pub(super) frames: Vec<Vec<u8>>,
    pub(super) tally: Tally,
    pub(super) offsite: Offsite,
    /// The folder of a server that was given up for lost.
    pub(super) ghost: Option<PathBuf>,
    /// Disks of servers that burnt.
    pub(super) ashes: Vec<Kept>,
    /// Whether all of them are found in the end.
    pub(super) finds_all: bool,
    /// Every branch that was ever written.
    pub(super) branches: BTreeSet<BranchId>,
    starts: u64,
    folders: usize,
}

impl World {
    pub(super) fn new(case: &Case) -> Result<Self, Wrong> {
        let folder = scratch::folder();
        let hall = Hall::new(folder.path(), server_hands());
        hall.hands.set(ground::START);
        let mut world = Self {
            offsite: Offsite::new(folder.path()),
            ghost: None,
            ashes: Vec::new(),
            finds_all: case.seed.is_multiple_of(2),
            branches: BTreeSet::new(),
            folder,
            sites: case.sites,
            lie: case.lie,
            healing: false,
            hall,
            pads: Vec::new(),
            now: ground::START,
            made: BTreeMap::new(),
            frames: Vec::new(),
            tally: Tally {
                worlds: 1,
                ..Tally::default()
            },
            starts: 0,
            folders: 0,
        };
        for n in 0..case.tablets {
            world.enrol(n * 3, false)?;
            world.exchange(world.pads.len() - 1)?;
        }
        Ok(world)
    }

    pub(super) fn place(&mut self, name: &str) -> PathBuf {
        self.folders += 1;
        self.folder.path().join(format!("{name}-{}", self.folders))
    }

    fn started(&mut self, hands: &'static tablet_replica::clock::Hands) {
        self.starts += 1;
        hands.start(self.starts);
    }

    /// The tablets that take part.
    pub(super) fn working(&self) -> Vec<usize> {
        (0..self.pads.len()).filter(|n| self.pads[*n].works()).collect()
    }

    /// One step; where nobody is left to do it, nothing happens.
    pub(super) fn step(&mut self, step: &Step) -> Result<(), Wrong> {
        self.tally.steps += 1;
        let Step { deed, who, x, y } = *step;
        let (at, other) = (x as usize, y as usize);
        match deed {
            Deed::Pass => return self.pass(i64::from(x % 300 + 1) * MINUTE_MS),
            Deed::Days => return self.pass(i64::from(x % 20 + 1) * DAY_MS),
            Deed::Replay => return self.replay(at),
            Deed::KillServer => {
                self.tally.deaths += 1;
                self.hall.kill();
                return Ok(());
            }
            Deed::DieWriting => return self.fault(Fault::Die(x % 24)),
            Deed::DieAnswering => return self.fault(Fault::DieCommitted),
            Deed::ServerFull => return self.fault(Fault::Full(x % 24)),
            Deed::CommitFull => return self.fault(Fault::CommitFull),
            Deed::ServerClock => {
                self.tally.clocks += 1;
                let jump = if y % 2 == 0 { 0 } else { jump(x, 2) };
                self.hall.hands.set(self.now.plus_ms(jump));
                return Ok(());
            }
            Deed::CopyServer => {
                if self.hall.copies.len() < COPIES && !self.hall.burnt {
                    let folder = self.place("server-copy");
                    self.hall.copy_to(folder);
                }
                return Ok(());
            }
            Deed::SetBackServer => {
                if self.hall.copies.is_empty() {
                    return Ok(());
                }
                self.tally.servers_back += 1;
                let nth = at % self.hall.copies.len();
                self.hall.set_back(nth, other % 2 == 1)?;
                return self.only_what_is_there();
            }
            Deed::Ship => {
                self.ship(x)?;
                return self.lie_off_site();
            }
            Deed::Sea => {
                self.sea(x, y);
                return Ok(());
            }
            Deed::Spoil => return self.spoil(x, y),
            Deed::Fire => return self.fire(y % 3 == 0),
            Deed::Restore => return self.restore(x, y),
            Deed::Ghost => return self.ghost(x),
            Deed::Rebuild => return self.rebuild(),
            Deed::Accept => return self.accept(y),
            Deed::Merge => return self.merge(x, y),
            Deed::Switch => return self.switch(x, y),
            Deed::Desk => {
                let body = ground::reserve(self.now, x, y);
                return self.hall.submit(body).map(drop);
            }
            Deed::Enrol => {
                if self.pads.len() < TABLETS {
                    self.enrol(at, other % 3 == 0)?;
                }
                return Ok(());
            }
            _ => {}
        }
        let working = self.working();
        if working.is_empty() {
            return Ok(());
        }
        let n = working[who as usize % working.len()];
        self.step_of(deed, n, (x, y))
    }

    /// A step of one tablet.
    fn step_of(&mut self, deed: Deed, n: usize, (x, y): (u32, u32)) -> Result<(), Wrong> {
        let at = x as usize;
        match deed {
            Deed::Tap => self.tap(n, x, y),
            Deed::Exchange => self.exchange(n).map(drop),
            Deed::Ask => self.ask(n),
            Deed::Deliver => self.deliver(n),
            Deed::Take => self.take(n).map(drop),
            Deed::Lose => {
                self.tally.line_troubles += 1;
                self.pads[n].hang_up();
                Ok(())
            }
            Deed::Damage => {
                self.damage(n, at, y);
                Ok(())
            }
            Deed::Broken => self.broken(n, at % 6, y),
            Deed::Kill => {
                self.kill(n);
                Ok(())
            }
            Deed::TabletFull => {
                self.pads[n].room = Some(x % 6);
                self.pads[n].limit()
            }
            Deed::TabletFree => {
                self.pads[n].room = None;
                self.pads[n].limit()
            }
            Deed::TabletClock => {
                self.tally.clocks += 1;
                let jump = if y % 4 == 0 { 0 } else { jump(x, 400) };
                self.pads[n].hands.set(self.now.plus_ms(jump));
                Ok(())
            }
            Deed::CopyTablet => {
                if self.pads[n].copies.len() < COPIES {
                    let folder = self.place("tablet-copy");
                    self.pads[n].copy_to(folder);
                }
                Ok(())
            }
            Deed::SetBackTablet => {
                if !self.pads[n].copies.is_empty() {
                    self.tally.tablets_back += 1;
                    let nth = at % self.pads[n].copies.len();
                    self.pads[n].set_back(nth);
                    self.started(self.pads[n].hands);
                }
                Ok(())
            }
            Deed::Clone => {
                if self.pads.len() < TABLETS {
                    self.tally.tablets_back += 1;
                    let (home, hands) = (home(self.folder.path(), self.pads.len()), hands(self.pads.len()));
                    let twin = self.pads[n].double(home, hands);
                    hands.set(self.now);
                    self.started(hands);
                    self.pads.push(twin);
                }
                Ok(())
            }
            Deed::Revoke => {
                self.tally.gone += 1;
                match self.pads[n].device {
                    Some(device) => self.hall.revoke(device),
                    None => Ok(()),
                }
            }
            Deed::Destroy => {
                self.tally.gone += 1;
                self.pads[n].kill();
                self.pads[n].lost = true;
                Ok(())
            }
            Deed::Beside => {
                let aside = self.pads[n].step_aside();
                self.tap(n, x, y)?;
                if y % 3 > 0 {
                    self.exchange(n)?;
                }
                self.pads[n].hang_up();
                self.pads[n].step_back(aside);
                Ok(())
            }
            Deed::Carry => {
                let working = self.working();
                let to = working[at % working.len()];
                self.carry(n, to)
            }
            _ => Ok(()),
        }
    }

    fn fault(&mut self, fault: Fault) -> Result<(), Wrong> {
        self.hall.plan(fault);
        Ok(())
    }

    fn pass(&mut self, ms: i64) -> Result<(), Wrong> {
        if self.now.0 + ms - ground::START.0 > MOST_DAYS * DAY_MS {
            return Ok(());
        }
        self.pass_ms(ms);
        Ok(())
    }

    /// So much time passes for everybody.
    pub(super) fn pass_ms(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
        self.tally.minutes += u64::try_from(ms / MINUTE_MS).unwrap_or(0);
        self.hall.hands.pass(ms);
        for pad in &self.pads {
            pad.hands.pass(u64::try_from(ms).unwrap_or(0));
        }
    }

    pub(super) fn kill(&mut self, n: usize) {
        self.tally.deaths += 1;
        self.pads[n].kill();
        self.started(self.pads[n].hands);
    }

    /// Enrols one more tablet, if the server can.
    fn enrol(&mut self, x: usize, lose_answer: bool) -> Result<(), Wrong> {
        let n = self.pads.len();
        let hands = hands(n);
        hands.set(self.now);
        self.started(hands);
        let mut pad = Pad::new(home(self.folder.path(), n), hands, sites_of(x, self.sites));
        let Some(code) = self.hall.code(&pad.sites)? else {
            return Ok(());
        };
        for nth in 0..2 {
            let Some(tablet) = pad.tablet()? else {
                return Ok(());
            };
            let frame = tablet
                .enrolment_frame(&code, "Tablette")
                .map_err(Wrong::of("an enrolment"))?;
            let said = self.hall.enrol(&frame)?;
            if nth == 0 && lose_answer {
                pad.kill();
                continue;
            }
            let Said::Answer(bytes) = said else { break };
            let Some(tablet) = pad.tablet()? else {
                return Ok(());
            };
            tablet
                .take_enrolment(&bytes, "http://monde")
                .map_err(Wrong::of("an enrolment that was answered"))?;
            let (device, from) = (
                tablet.enrolled().map_err(Wrong::of("an enrolment"))?.device(),
                tablet.met().from,
            );
            (pad.device, pad.from) = (Some(device), Some(from));
            break;
        }
        // One that got no answer takes no part; its folder is its own all the same.
        self.pads.push(pad);
        Ok(())
    }

    /// A tablet's marks go to another in a file.
    fn carry(&mut self, from: usize, to: usize) -> Result<(), Wrong> {
        let full = self.pads[from].room.is_some();
        let Some(tablet) = self.pads[from].tablet()? else {
            return Ok(());
        };
        let file = match tablet.export() {
            Ok(file) => file,
            Err(error) => return excused(&error, full),
        };
        let full = self.pads[to].room.is_some();
        let Some(tablet) = self.pads[to].tablet()? else {
            return Ok(());
        };
        match tablet.import(&file) {
            Ok(_) => {
                let held = self.pads[from].holding.marks.clone();
                let pad = &mut self.pads[to];
                let sites = pad.sites.clone();
                let known = held.into_iter().filter(|id| {
                    self.made
                        .get(id)
                        .is_some_and(|made| sites.contains(&made.sheet.site))
                });
                pad.holding.marks.extend(known);
                Ok(())
            }
            Err(error) => excused(&error, full),
        }
    }

    pub(super) fn ending(&mut self) -> Result<Ending, Wrong> {
        let (seq, hash, branch) = self.hall.head()?;
        {
            let trouble = held(&self.hall.trouble);
            self.tally.full += trouble.full;
            self.tally.deaths += trouble.deaths;
        }
        // What came back tells in the journal where from: a folder of this process and of no other.
        let head = if self.hall.restored {
            format!("{branch}/{seq}")
        } else {
            format!("{branch}/{seq}/{}", hash.hex())
        };
        Ok(Ending {
            tally: self.tally,
            head,
        })
    }
}

/// A jump of a clock: minutes, hours or days, to and fro.
fn jump(x: u32, most_days: i64) -> i64 {
    let far = i64::from(x / 7);
    let ms = match x % 3 {
        0 => (far % 60 + 1) * MINUTE_MS,
        1 => (far % 24 + 1) * 60 * MINUTE_MS,
        _ => (far % most_days + 1) * DAY_MS,
    };
    if x.is_multiple_of(2) { ms } else { -ms }
}

thread_local! {
    static HANDS: RefCell<Vec<&'static tablet_replica::clock::Hands>> = const { RefCell::new(Vec::new()) };
}

/// The hands of the `n`th tablet of this thread's world. A clock lives as long as anything may read it; there are
/// few of them, and the next world takes them over.
fn hands(n: usize) -> &'static tablet_replica::clock::Hands {
    HANDS.with_borrow_mut(|hands| {
        while hands.len() <= n {
            hands.push(Box::leak(Box::new(tablet_replica::clock::Hands::at(
                ground::START,
            ))));
        }
        hands[n]
    })
}

fn server_hands() -> &'static sync_server::clock::Hands {
    thread_local! {
        static HAND: &'static sync_server::clock::Hands =
            Box::leak(Box::new(sync_server::clock::Hands::at(ground::START)));
    }
    HAND.with(|hand| *hand)
}
