//! When the datacenter burns: nothing is left of the server, or a server that everybody gave up for lost goes on; then
//! it is restored, or rebuilt.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use shared::ids::{BranchId, MarkId};
use shared::operation::{Actor, Channel};
use sync_server::clock::Clock;
use sync_server::commune::Commune;
use sync_server::corridor::{CorridorError, journal};
use sync_server::host::{Host, Setup};
use sync_server::keys::Keys;
use sync_server::restore::{Asked, RestoreError, Restored, Step, Steps, rebuild, restore};
use sync_server::returns;
use sync_server::store::{Schema, Sqlite, Store, StoreError};

use super::case::Lie;
use super::faulty::held;
use super::hall::Holding;
use super::world::World;
use super::{Wrong, ground};
use crate::town::copy;

impl World {
    /// Nothing is left of the server; or its disk is found again later, and it goes on as if nothing had been.
    pub(super) fn fire(&mut self, found_again: bool) -> Result<(), Wrong> {
        if self.hall.burnt {
            return Ok(());
        }
        self.tally.fires += 1;
        self.prove()?;
        self.hall.kill();
        if found_again {
            let ghost = self.place("ghost");
            fs::rename(&self.hall.data, &ghost).map_err(Wrong::of("the old server"))?;
            self.ghost = Some(ghost.clone());
            self.keep_ashes(ghost);
        } else {
            // Nobody has it now; somebody may find the disk one day.
            let ashes = self.place("ashes");
            fs::rename(&self.hall.data, &ashes).map_err(Wrong::of("the fire"))?;
            self.keep_ashes(ashes);
        }
        self.hall.burnt = true;
        self.hall.holding = Holding::default();
        self.hall.life += 1;
        Ok(())
    }

    /// The server that was given up for lost writes an entry and ships.
    pub(super) fn ghost(&mut self, x: u32) -> Result<(), Wrong> {
        let Some(ghost) = self.ghost.clone() else {
            return Ok(());
        };
        let keys = Keys::load(&ghost.join("keys"), &ground::slug()).map_err(Wrong::of("keys"))?;
        let sqlite = Sqlite::open(&ground::store_file(&ghost), Schema::Commune)
            .map_err(Wrong::of("the old server's store does not open"))?;
        let commune = Commune::open(
            ground::slug(),
            Store::new(sqlite),
            keys,
            Clock::of(self.hall.hands),
        )
        .map_err(Wrong::of("the old server does not open"))?;
        let body = ground::reserve(self.now, x, x / 3);
        let operation = commune.operation(Actor::Host, Channel::Command, body);
        // Whether it may is its own affair.
        let _ = commune.submit(operation);
        let mut hold = self.offsite.hold(&ghost)?;
        hold.turn(&commune);
        drop((hold, commune));
        self.look_off_site()
    }

    fn host(&self) -> Result<Arc<Host>, Wrong> {
        fs::create_dir_all(&self.hall.data).map_err(Wrong::of("a folder"))?;
        Host::open(Setup::folder(&self.hall.data), Clock::of(self.hall.hands)).map_err(Wrong::of("a host"))
    }

    /// A restore from off-site: to the end, to a moment, or from one snapshot alone; it may be killed at any step.
    pub(super) fn restore(&mut self, x: u32, y: u32) -> Result<(), Wrong> {
        if self.offsite.objects().is_empty() {
            return Ok(());
        }
        let at = x
            .is_multiple_of(4)
            .then(|| self.now.plus_ms(-i64::from(x / 4 % 4000) * 60_000));
        let snapshots: Vec<String> = self
            .offsite
            .objects()
            .into_iter()
            .filter(|name| name.ends_with(".snapshot"))
            .collect();
        let from = match x % 8 {
            1 if !snapshots.is_empty() => {
                let name = &snapshots[x as usize / 8 % snapshots.len()];
                self.offsite.folder.join(name)
            }
            _ => self.offsite.folder.clone(),
        };
        let whole = at.is_none() && from == self.offsite.folder;
        let dies = y
            .is_multiple_of(3)
            .then(|| Step::ALL[y as usize / 3 % Step::ALL.len()]);
        let asked = Asked {
            from: from.to_string_lossy().into_owned(),
            at,
            ..self.to_the_end()
        };
        self.restored(&asked, whole, dies)
    }

    /// What a restore to the end would come to.
    pub(super) fn would_come_back(&mut self) -> Result<Restored, Wrong> {
        let host = self.host()?;
        let asked = Asked {
            dry_run: true,
            ..self.to_the_end()
        };
        let steps: Steps = Arc::new(|_| {});
        restore(&host, &ground::slug(), &asked, &steps).map_err(Wrong::of("a restore that only looks"))
    }

    fn to_the_end(&self) -> Asked {
        Asked {
            from: self.offsite.folder.to_string_lossy().into_owned(),
            at: None,
            key: Some(self.hall.keys.join(format!("{}.key", ground::SLUG))),
            dry_run: false,
        }
    }

    /// From off-site to the end; from nothing where nothing else is left.
    pub(super) fn come_back(&mut self) -> Result<(), Wrong> {
        if !self.hall.burnt {
            return Ok(());
        }
        if !self.offsite.objects().is_empty() {
            self.restored(&self.to_the_end(), true, None)?;
        }
        if self.hall.burnt { self.rebuild() } else { Ok(()) }
    }

    fn restored(&mut self, asked: &Asked, whole: bool, dies: Option<Step>) -> Result<(), Wrong> {
        self.prove()?;
        let was_there = !self.hall.burnt;
        let gone_before = if was_there {
            self.hall.gone()?
        } else {
            BTreeSet::new()
        };
        let branch_before = if was_there {
            Some(self.hall.head()?.2)
        } else {
            None
        };
        self.branches.extend(branch_before.map(BranchId));
        self.hall.kill();
        // No two are done in the same instant: what is set aside bears it in its name.
        self.pass_ms(60_000 + 10 * self.tally.attempts as i64);
        self.tally.attempts += 1;
        let host = self.host()?;
        let dead = Arc::new(AtomicBool::new(false));
        let (data, left, died) = (self.hall.data.clone(), self.hall.left.clone(), Arc::clone(&dead));
        let steps: Steps = Arc::new(move |step| {
            if Some(step) == dies && !died.swap(true, Ordering::Relaxed) {
                // What lies on the disk at that instant is all that is left.
                copy(&data, &left);
            }
        });
        let done = restore(&host, &ground::slug(), asked, &steps);
        drop((host, steps));
        if dead.load(Ordering::Relaxed) {
            self.tally.deaths += 1;
            fs::remove_dir_all(&self.hall.data).map_err(Wrong::of("the data"))?;
            fs::rename(&self.hall.left, &self.hall.data).map_err(Wrong::of("what is left"))?;
            // Somebody does it again.
            return self.restored(asked, whole, None);
        }
        let restored = match done {
            Ok(restored) => restored,
            Err(error) => return self.not_restored(error, was_there, whole),
        };
        self.tally.restored += 1;
        self.hall.burnt = false;
        self.hall.restored = true;
        self.hall.life += 1;
        if self.lie == Lie::BranchUsedAgain {
            self.write_under(branch_before)?;
        }
        let branch = BranchId(self.hall.head()?.2);
        if !self.branches.insert(branch) {
            return Err(Wrong::new("what came back has a branch that was there before"));
        }
        let proved = self.offsite.proved.clone();
        let commune = self.hall.commune()?;
        let entries = commune
            .store
            .read(|tx| journal::page(tx, 0, 100_000))
            .map_err(Wrong::of("the journal"))?;
        drop(commune);
        if let Some(at) = asked.at {
            let late = entries
                .iter()
                .find(|(entry, _)| entry.header.seq <= restored.entries && entry.header.received_at > at);
            if late.is_some() {
                return Err(Wrong::new(
                    "an entry came back that was received after the moment",
                ));
            }
        }
        if whole && !self.offsite.spoilt {
            if let Some(at) = proved.at
                && !entries
                    .iter()
                    .any(|(entry, hash)| (entry.header.seq, *hash) == (at.seq, at.hash))
            {
                return Err(Wrong::new(format!(
                    "entry {} was off-site, and did not come back ({} did)",
                    at.seq, restored.entries
                )));
            }
            self.all_there(&proved.holding)?;
        }
        if !self.offsite.spoilt && asked.from == self.offsite.folder.to_string_lossy() {
            let gone = self.hall.gone()?;
            let mut expected = proved.holding.withdrawn.clone();
            expected.extend(&gone_before);
            if let Some(back) = expected.difference(&gone).next() {
                return Err(Wrong::new(format!(
                    "tablet {back} was withdrawn, and what came back lets it in"
                )));
            }
        }
        self.only_what_is_there()
    }

    /// Nothing came back: there was nothing, or it is spoilt. What was there before is there still.
    fn not_restored(&mut self, error: RestoreError, was_there: bool, whole: bool) -> Result<(), Wrong> {
        let excused = match &error {
            RestoreError::Nothing { .. } | RestoreError::Unusable { .. } => {
                self.offsite.spoilt || self.offsite.proved.at.is_none() || !whole
            }
            RestoreError::TooEarly { .. } => !whole,
            _ => false,
        };
        let spoilt = self.offsite.spoilt && !whole;
        if !(excused || spoilt) {
            return Err(Wrong::new(format!("a restore: {error}")));
        }
        if was_there {
            // A server that a restore did not replace goes on.
            self.hall.head().map(drop)
        } else {
            let _ = fs::remove_dir_all(&self.hall.data);
            Ok(())
        }
    }

    /// It is rebuilt from its key and its tablets.
    pub(super) fn rebuild(&mut self) -> Result<(), Wrong> {
        if !self.hall.burnt {
            return Ok(());
        }
        self.tally.rebuilt += 1;
        let key = self.hall.keys.join(format!("{}.key", ground::SLUG));
        let host = self.host()?;
        let rebuilt = rebuild::rebuild(&host, &ground::slug(), &key).map_err(Wrong::of("a rebuilding"))?;
        drop(host);
        if !self.branches.insert(rebuilt.incarnation) {
            return Err(Wrong::new("what is rebuilt has a branch that was there before"));
        }
        self.hall.burnt = false;
        self.hall.restored = true;
        self.hall.life += 1;
        self.offsite.proved = super::offsite::Proved::default();
        self.only_what_is_there()
    }

    /// The book of the server is what its rows say: it was set back, or came back.
    pub(super) fn only_what_is_there(&mut self) -> Result<(), Wrong> {
        let commune = self.hall.commune()?;
        let rows = commune
            .store
            .read(|tx| tx.query("select id from mark", &[]))
            .map_err(Wrong::of("marks"))?;
        drop(commune);
        let marks: Result<BTreeSet<MarkId>, StoreError> =
            rows.iter().map(|row| row.uuid(0).map(MarkId)).collect();
        let marks = marks.map_err(Wrong::of("marks"))?;
        let withdrawn = self.hall.gone()?;
        let proved = &mut self.offsite.proved.holding;
        proved.marks.retain(|id| marks.contains(id));
        self.hall.holding = Holding { marks, withdrawn };
        Ok(())
    }

    fn all_there(&mut self, expected: &Holding) -> Result<(), Wrong> {
        let commune = self.hall.commune()?;
        let rows = commune
            .store
            .read(|tx| tx.query("select id from mark", &[]))
            .map_err(Wrong::of("marks"))?;
        drop(commune);
        let marks: Result<BTreeSet<MarkId>, StoreError> =
            rows.iter().map(|row| row.uuid(0).map(MarkId)).collect();
        let marks = marks.map_err(Wrong::of("marks"))?;
        match expected.marks.difference(&marks).next() {
            Some(lost) => Err(Wrong::new(format!("mark {lost} was off-site, and is missing"))),
            None => Ok(()),
        }
    }

    /// A rule broken on purpose: the branch of before is written on.
    fn write_under(&mut self, branch: Option<uuid::Uuid>) -> Result<(), Wrong> {
        let Some(branch) = branch else { return Ok(()) };
        let commune = self.hall.commune()?;
        commune
            .store
            .write(move |tx| {
                let known = tx.query("select id from branch where id = ?1", &[branch.into()])?;
                if known.is_empty() {
                    // Another history came back.
                    return Ok::<_, StoreError>(());
                }
                tx.execute("update branch set is_current = 0", &[])?;
                tx.execute("update branch set is_current = 1 where id = ?1", &[branch.into()])
                    .map(drop)
            })
            .map_err(Wrong::of("the lie"))
    }
}

impl World {
    /// An agent takes back what tablets' lists prove: all of it, or one in two.
    pub(super) fn accept(&mut self, y: u32) -> Result<(), Wrong> {
        if self.hall.burnt {
            return Ok(());
        }
        let commune = self.hall.commune()?;
        let accepted = returns::accept(&commune, Actor::Host, None, |proposal| {
            y.is_multiple_of(2) || proposal.line.child.0.as_u128() % 2 == 0
        });
        drop(commune);
        let dead = held(&self.hall.trouble).dead;
        self.hall.bury();
        match accepted {
            Ok(accepted) if !dead => {
                self.tally.taken_back += accepted.taken as u64;
                Ok(())
            }
            Ok(_) | Err(CorridorError::Store(StoreError::Unavailable(_))) => Ok(()),
            Err(error) => Err(Wrong::new(format!(
                "what lists prove cannot be taken back: {error}"
            ))),
        }
    }
}
