//! A world's story as a list of steps: drawn from a seed, written down, read back. A step names its deed and
//! three numbers that are taken modulo whatever is there, so that a story with steps left out is a story too.

use std::fmt;
use std::str::FromStr;

use crate::Dice;

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident $word:literal $weight:literal;)*) => {
        /// What happens in one step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Deed {
            $($(#[$doc])* $name,)*
        }

        impl Deed {
            /// Every deed, with how often it is drawn beside the others.
            pub const ALL: &[(Self, u32)] = &[$((Self::$name, $weight),)*];

            /// The word it is written down with.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

deeds! {
    /// A tap on a tablet: child, list and kind.
    Tap "tap" 120;
    /// A whole exchange over a line without trouble.
    Exchange "exchange" 30;
    /// A tablet plans its next request; the frame waits on its line.
    Ask "ask" 14;
    /// The frame that waits reaches the server, once more if it did before.
    Deliver "deliver" 16;
    /// The answer that waits reaches the tablet.
    Take "take" 14;
    /// What waits on a tablet's line is lost.
    Lose "lose" 3;
    /// An old frame of any tablet reaches the server again; nobody hears the answer.
    Replay "replay" 8;
    /// Bytes of what waits on a line are changed, cut off, or repeated.
    Damage "damage" 4;
    /// An exchange breaks off at one of its messages.
    Broken "broken" 16;
    /// Minutes pass.
    Pass "pass" 10;
    /// Days pass.
    Days "days" 4;
    /// A tablet's program is killed and started again, or the tablet is.
    Kill "kill" 8;
    /// The server is killed between two requests and started again.
    KillServer "kill-server" 5;
    /// The server dies at one of the next statements: what lies on the disk then is what is left.
    DieWriting "die-writing" 6;
    /// The server dies after a commit, before it answers.
    DieAnswering "die-answering" 5;
    /// One of the server's next statements finds the disk full.
    ServerFull "server-full" 5;
    /// One of the server's next commits finds the disk full.
    CommitFull "commit-full" 4;
    /// A tablet's disk has room for a few pages only.
    TabletFull "tablet-full" 6;
    /// There is room again.
    TabletFree "tablet-free" 6;
    /// A tablet's wall clock is set.
    TabletClock "tablet-clock" 5;
    /// The server's clock is set.
    ServerClock "server-clock" 3;
    /// A tablet's folder is copied.
    CopyTablet "copy-tablet" 7;
    /// A tablet is set back to one of its copies.
    SetBackTablet "set-back-tablet" 5;
    /// A tablet is doubled: both go on.
    Clone "clone" 3;
    /// The server's folder is copied.
    CopyServer "copy-server" 8;
    /// The server is set back to one of its copies, with or without a new branch.
    SetBackServer "set-back-server" 5;
    /// A tablet's rights are taken away.
    Revoke "revoke" 1;
    /// One more tablet is enrolled; the first answer may be lost.
    Enrol "enrol" 2;
    /// A tablet falls into the lake.
    Destroy "destroy" 2;
    /// A tablet's marks are carried to another in a file.
    Carry "carry" 3;
    /// A second program on a tablet's folder points and exchanges, while the first holds what it holds.
    Beside "beside" 6;
    /// The town hall changes a list, so that the journal moves without a mark.
    Desk "desk" 6;
    /// The server ships what waits.
    Ship "ship" 22;
    /// The target is down, full, deaf, spoils what it is given; or well again.
    Sea "sea" 8;
    /// Somebody damages, cuts or takes away what lies off-site, or leaves garbage there.
    Spoil "spoil" 1;
    /// Nothing is left of the server; its disk may be found again later.
    Fire "fire" 3;
    /// It is restored from off-site, from a snapshot, or to a moment; it may be killed meanwhile.
    Restore "restore" 5;
    /// A server that was given up for lost goes on writing and shipping.
    Ghost "ghost" 3;
    /// It is rebuilt from its key and its tablets.
    Rebuild "rebuild" 1;
    /// An agent takes back what tablets' lists prove: all of it, or some.
    Accept "accept" 3;
    /// What a fire cut off is found again and merged; it may be stopped, and done twice.
    Merge "merge" 5;
    /// A part of the service is opened or closed.
    Switch "switch" 3;
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub deed: Deed,
    /// To which tablet.
    pub who: u32,
    /// With what.
    pub x: u32,
    /// And what else.
    pub y: u32,
}

/// A rule broken on purpose, so that the checks can be seen to fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lie {
    /// None: the product as it is.
    #[default]
    None,
    /// The server answers and signs, then forgets what it was handed.
    ServerForgets,
    /// A tablet shows a tap green that is not on its disk.
    GreenTooSoon,
    /// A mark row disappears from the server, and the document stays.
    RowGone,
    /// Tablets keep their marks, but never take in an answer.
    DeafTablets,
    /// The watermark moves before anything was read back.
    WatermarkTooSoon,
    /// What comes back goes on under the branch that it was lost from.
    BranchUsedAgain,
}

/// A story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Of all that is random in it.
    pub seed: u64,
    /// How many sites there are, from 1 to 3.
    pub sites: usize,
    /// How many tablets there are at first.
    pub tablets: usize,
    /// A rule broken on purpose.
    pub lie: Lie,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Shortest and longest story drawn, in steps.
const LENGTHS: (usize, usize) = (30, 170);

impl Case {
    /// The story of a seed. Each knows only some of the troubles, so that rare ones meet often.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::from_seed(seed);
        let sites = 1 + dice.below(3);
        let tablets = 1 + dice.below(4);
        let keep = [25, 50, 80][dice.below(3)];
        let known: Vec<(Deed, u32)> = Deed::ALL
            .iter()
            .filter(|(deed, _)| {
                let always = matches!(deed, Deed::Tap | Deed::Exchange | Deed::Broken | Deed::Pass);
                dice.below(100) < keep || always
            })
            .copied()
            .collect();
        let all: u32 = known.iter().map(|(_, weight)| weight).sum();
        let length = LENGTHS.0 + dice.below(LENGTHS.1 - LENGTHS.0);
        let steps = (0..length)
            .map(|_| {
                let mut left = u32::try_from(dice.below(all as usize)).unwrap_or(0);
                let mut drawn = Deed::Tap;
                for (deed, weight) in &known {
                    drawn = *deed;
                    if left < *weight {
                        break;
                    }
                    left -= weight;
                }
                let mut number = || u32::try_from(dice.below(10_000)).unwrap_or(0);
                Step {
                    deed: drawn,
                    who: number(),
                    x: number(),
                    y: number(),
                }
            })
            .collect();
        Self {
            seed,
            sites,
            tablets,
            lie: Lie::None,
            steps,
        }
    }

    /// The same with a rule broken on purpose.
    #[must_use]
    pub fn lying(self, lie: Lie) -> Self {
        Self { lie, ..self }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { deed, who, x, y } = self;
        write!(f, "{} {who} {x} {y}", deed.word())
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [word, numbers @ ..] = &words[..] else {
            return Err("an empty step".into());
        };
        let (deed, _) = Deed::ALL
            .iter()
            .find(|(deed, _)| deed.word() == *word)
            .ok_or_else(|| format!("no deed is called « {word} »"))?;
        let number = |n: usize| -> Result<u32, String> {
            numbers.get(n).map_or(Ok(0), |text| {
                text.parse().map_err(|_| format!("a number in « {line} »"))
            })
        };
        Ok(Self {
            deed: *deed,
            who: number(0)?,
            x: number(1)?,
            y: number(2)?,
        })
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "world {} {} {}", self.seed, self.sites, self.tablets)?;
        self.steps.iter().try_for_each(|step| writeln!(f, "{step}"))
    }
}

impl Case {
    /// Reads stories one after another; each begins with a line `world SEED SITES TABLETS`, and what
    /// stands behind `#` is for people.
    ///
    /// # Errors
    /// The line that is none.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let mut cases: Vec<Self> = Vec::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let Some(rest) = line.strip_prefix("world ") else {
                let step = line.parse()?;
                let case = cases.last_mut().ok_or("a step before any world")?;
                case.steps.push(step);
                continue;
            };
            let numbers: Vec<u64> = rest
                .split_whitespace()
                .map(|word| word.parse().map_err(|_| format!("a number in « {line} »")))
                .collect::<Result<_, _>>()?;
            let [seed, sites, tablets] = numbers[..] else {
                return Err(format!("three numbers in « {line} »"));
            };
            cases.push(Self {
                seed,
                sites: usize::try_from(sites).unwrap_or(1).clamp(1, 3),
                tablets: usize::try_from(tablets).unwrap_or(1).clamp(1, 8),
                lie: Lie::None,
                steps: Vec::new(),
            });
        }
        Ok(cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_reads_back_as_it_was_written() {
        for seed in 0..20 {
            let case = Case::of(seed);
            assert_eq!(Case::read(&case.to_string()).unwrap(), [case]);
        }
        assert!(Case::read("tap 1 2 3").is_err());
        assert!(Case::read("world 1 1 1\nfly 1 2 3").is_err());
    }
}
