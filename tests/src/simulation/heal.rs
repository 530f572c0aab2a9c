//! Healing: disks have room, lines hold, nobody dies any more. Everybody exchanges until it is quiet.

use shared::operation::Body;
use shared::withdrawal::{Subject, Withdrawn};

use super::Wrong;
use super::faulty::Fault;
use super::offsite::sea::Sea;
use super::world::World;

/// Rounds of exchanges after which a world must be quiet.
const ROUNDS: u64 = 6;

impl World {
    pub(super) fn heal(&mut self) -> Result<(), Wrong> {
        self.healing = true;
        self.hall.plan(Fault::None);
        self.offsite.be(Sea::Calm);
        self.come_back()?;
        if self.finds_all {
            self.merge_all()?;
        }
        for n in self.working() {
            self.pads[n].hang_up();
            self.pads[n].damaged = false;
            self.pads[n].room = None;
            self.pads[n].limit()?;
        }
        for round in 0..ROUNDS {
            self.tally.rounds = round;
            let mut quiet = true;
            for n in self.working() {
                let before = self.hall.head()?;
                let trips = self.tally.frames;
                let ended = self.exchange(n)?;
                if !ended {
                    let gone = self.hall.gone()?;
                    if !self.pads[n].device.is_some_and(|device| gone.contains(&device)) {
                        return Err(Wrong::new("an exchange over a good line does not end well"));
                    }
                }
                quiet &= self.hall.head()? == before && self.tally.frames == trips + 1;
            }
            if round == 0 && self.hall.restored {
                // Where it is not known who was withdrawn, somebody vouches for those who are there.
                self.vouch()?;
                quiet = false;
            }
            if quiet {
                return self.backed_up();
            }
        }
        Err(Wrong::new(format!("it is not quiet after {ROUNDS} rounds")))
    }

    fn vouch(&mut self) -> Result<(), Wrong> {
        let gone = self.hall.gone()?;
        for n in self.working() {
            if let Some(device) = self.pads[n].device
                && !gone.contains(&device)
            {
                self.hall.submit(Body::ConfirmAfterLoss {
                    kind: Withdrawn::Device,
                    subject: Subject(*device.0.as_bytes()),
                })?;
            }
        }
        Ok(())
    }

    /// Everything goes off-site, and what would come back from there is everything.
    fn backed_up(&mut self) -> Result<(), Wrong> {
        self.ship_all()?;
        if self.offsite.spoilt || self.is_contested()? {
            return Ok(());
        }
        let (seq, hash, _) = self.hall.head()?;
        let told = self.would_come_back()?;
        if (told.entries, &told.head) != (seq, &hash.hex()) {
            return Err(Wrong::new(format!(
                "of {seq} entries off-site {} would come back: {:?}",
                told.entries, told.problems
            )));
        }
        Ok(())
    }
}
