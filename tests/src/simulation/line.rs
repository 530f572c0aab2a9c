//! The lines between tablets and server: what is asked, what arrives, and what goes wrong on the way.

use shared::wire::words;
use tablet_replica::ReplicaError;

use super::Wrong;
use super::case::Lie;
use super::hall::{Holding, Said};
use super::pad::{Line, excused};
use super::world::World;
use crate::town::copy;

/// Frames remembered, to be played again.
const FRAMES: usize = 60;

/// Messages of one exchange at most.
const MESSAGES: usize = 200;

impl World {
    /// An old frame reaches the server again.
    pub(super) fn replay(&mut self, x: usize) -> Result<(), Wrong> {
        if self.frames.is_empty() {
            return Ok(());
        }
        self.tally.line_troubles += 1;
        let frame = self.frames[x % self.frames.len()].clone();
        self.frame(&frame).map(drop)
    }

    /// A frame reaches the server.
    fn frame(&mut self, frame: &[u8]) -> Result<Said, Wrong> {
        self.tally.frames += 1;
        let honest = self.folder.path().join("honest");
        if self.lie == Lie::ServerForgets && !self.healing {
            copy(&self.hall.data, &honest);
        }
        let said = self.hall.deliver(frame)?;
        if self.lie == Lie::ServerForgets && !self.healing {
            self.hall.kill();
            std::fs::remove_dir_all(&self.hall.data).map_err(Wrong::of("the lie"))?;
            std::fs::rename(&honest, &self.hall.data).map_err(Wrong::of("the lie"))?;
        }
        Ok(said)
    }

    /// A tablet plans its next request.
    pub(super) fn ask(&mut self, n: usize) -> Result<(), Wrong> {
        let pad = &mut self.pads[n];
        let full = pad.room.is_some();
        let (tablet, exchange) = pad.exchanging()?;
        match exchange.ask(tablet) {
            Ok(frame) => {
                pad.line = Line::Request(frame, pad.holding.clone());
                Ok(())
            }
            Err(error) => {
                pad.hang_up();
                excused(&error, full)
            }
        }
    }

    /// What waits on a tablet's line reaches the server, for the first time or once more.
    pub(super) fn deliver(&mut self, n: usize) -> Result<(), Wrong> {
        let (frame, claim) = match std::mem::take(&mut self.pads[n].line) {
            Line::Empty => return Ok(()),
            Line::Request(frame, claim) => (frame, claim),
            Line::Answer { frame, claim, .. } => (frame, claim),
        };
        let said = self.frame(&frame)?;
        if self.frames.len() < FRAMES {
            self.frames.push(frame.clone());
        }
        self.pads[n].line = Line::Answer {
            frame,
            claim,
            said,
            theirs: self.hall.holding.clone(),
            life: self.hall.life,
        };
        Ok(())
    }

    /// What the server said reaches the tablet. Answers whether the exchange ended well.
    pub(super) fn take(&mut self, n: usize) -> Result<bool, Wrong> {
        if !matches!(self.pads[n].line, Line::Answer { .. }) {
            return Ok(false);
        }
        let Line::Answer {
            claim,
            said,
            theirs,
            life,
            ..
        } = std::mem::take(&mut self.pads[n].line)
        else {
            return Ok(false);
        };
        let pad = &mut self.pads[n];
        let (full, damaged) = (pad.room.is_some(), pad.damaged);
        let (tablet, exchange) = pad.exchanging()?;
        let taken = match said {
            Said::Nothing => Err(ReplicaError::NoNetwork("503".into())),
            Said::Answer(_) if self.lie == Lie::DeafTablets => Err(ReplicaError::NoNetwork("sourde".into())),
            Said::Answer(bytes) => exchange.absorb(tablet, &bytes),
            Said::Refused(word, why) => {
                let excuse = damaged || word == words::DEVICE_UNKNOWN || word == words::WITHDRAWN;
                if !excuse {
                    return Err(Wrong::new(format!("an honest tablet is refused: {word} ({why})")));
                }
                exchange.refused(tablet, word, why).map(|()| false)
            }
        };
        match taken {
            Ok(false) => Ok(false),
            Ok(true) => {
                pad.hang_up();
                self.tally.exchanges += 1;
                self.book(n, &claim, &theirs, life);
                Ok(true)
            }
            Err(error) => {
                if matches!(error, ReplicaError::Untrusted(_)) && !damaged {
                    return Err(Wrong::new("an answer of the server is not believed"));
                }
                if matches!(error, ReplicaError::Disk(_)) {
                    self.tally.full += 1;
                }
                self.pads[n].hang_up();
                excused(&error, full)?;
                Ok(false)
            }
        }
    }

    /// An exchange ended well: each side is now sure to hold what the other held.
    fn book(&mut self, n: usize, claim: &Holding, theirs: &Holding, life: u32) {
        if self.hall.life == life {
            self.hall.holding.marks.extend(&claim.marks);
        }
        let pad = &mut self.pads[n];
        let seen = theirs.marks.iter().filter(|id| {
            let made = self.made.get(id);
            made.is_some_and(|made| {
                pad.sites.contains(&made.sheet.site) && pad.from.is_none_or(|from| made.sheet.date >= from)
            })
        });
        pad.holding.marks.extend(seen);
        pad.holding.withdrawn.extend(&theirs.withdrawn);
    }

    /// A whole exchange over a line without trouble. Answers whether it ended well.
    pub(super) fn exchange(&mut self, n: usize) -> Result<bool, Wrong> {
        self.pads[n].hang_up();
        for _ in 0..MESSAGES {
            self.ask(n)?;
            self.deliver(n)?;
            if self.take(n)? {
                return Ok(true);
            }
            if self.pads[n].exchange.is_none() {
                return Ok(false);
            }
        }
        Err(Wrong::new("there is no end to an exchange"))
    }

    /// An exchange breaks off at one of its messages: lost, or one side dies.
    pub(super) fn broken(&mut self, n: usize, at: usize, how: u32) -> Result<(), Wrong> {
        self.tally.line_troubles += 1;
        self.pads[n].hang_up();
        for message in 0..MESSAGES {
            if message % 2 == 0 {
                self.ask(n)?;
            } else {
                self.deliver(n)?;
            }
            if message == at {
                match how % 4 {
                    0 | 1 => self.pads[n].hang_up(),
                    2 => self.kill(n),
                    _ => {
                        self.tally.deaths += 1;
                        self.hall.kill();
                        self.pads[n].hang_up();
                    }
                }
                return Ok(());
            }
            if message % 2 == 1 && (self.take(n)? || self.pads[n].exchange.is_none()) {
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn damage(&mut self, n: usize, x: usize, y: u32) {
        let pad = &mut self.pads[n];
        let bytes = match &mut pad.line {
            Line::Request(frame, _) => frame,
            Line::Answer {
                said: Said::Answer(bytes),
                ..
            } => bytes,
            Line::Empty | Line::Answer { .. } => return,
        };
        if bytes.is_empty() {
            return;
        }
        let at = x % bytes.len();
        match y % 3 {
            0 => bytes[at] ^= 1 << (y / 3 % 8),
            1 => bytes.truncate(at),
            _ => bytes.extend_from_within(at..),
        }
        pad.damaged = true;
        self.tally.line_troubles += 1;
    }
}
