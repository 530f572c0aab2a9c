//! Healing: disks have room, lines hold, nobody dies any more. Everybody exchanges until it is quiet.

use super::Wrong;
use super::faulty::Fault;
use super::world::World;

/// Rounds of exchanges after which a world must be quiet.
const ROUNDS: u64 = 6;

impl World {
    pub(super) fn heal(&mut self) -> Result<(), Wrong> {
        self.healing = true;
        self.hall.plan(Fault::None);
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
            if quiet {
                return Ok(());
            }
        }
        Err(Wrong::new(format!("it is not quiet after {ROUNDS} rounds")))
    }
}
