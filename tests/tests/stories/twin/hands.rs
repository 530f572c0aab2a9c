//! What somebody does with a tablet, drawn beforehand: taps, exchanges, pauses, and the battery that
//! dies in the middle of either.

use std::collections::BTreeSet;
use std::time::Duration;

use shared::ids::MarkId;
use system_tests::clock::{Stopwatch, pause};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Dice, Said, Tablet};

const DEEDS: [&str; 3] = ["in", "out", "absent"];

/// How long somebody waits for a tablet.
const PATIENCE: Duration = Duration::from_secs(8);

/// One gesture; `dies` is how long after its start the program is killed, if it is.
#[derive(Clone, Debug)]
enum Gesture {
    Tap {
        what: &'static str,
        child: usize,
        dies: Option<Duration>,
    },
    Exchange {
        dies: Option<Duration>,
    },
}

impl Gesture {
    fn drawn(dice: &mut Dice) -> Self {
        let ms = |dice: &mut Dice, end| Duration::from_millis(dice.below(end) as u64);
        if dice.below(5) < 3 {
            let dies = ms(dice, 120);
            Self::Tap {
                what: DEEDS[dice.below(DEEDS.len())],
                child: dice.below(1 << 16),
                dies: (dice.below(4) == 0).then_some(dies),
            }
        } else {
            let dies = ms(dice, 400);
            Self::Exchange {
                dies: (dice.below(3) == 0).then_some(dies),
            }
        }
    }
}

/// What came of a tablet's gestures.
#[derive(Clone, Debug, Default)]
pub(super) struct Did {
    /// Marks whose taps were green.
    pub(super) green: BTreeSet<MarkId>,
    /// Taps that were killed before they were green.
    pub(super) taps_killed: usize,
    /// Exchanges that ended well, found no network, and were killed.
    pub(super) exchanges: [usize; 3],
}

/// Plays gestures until the time is over. Nothing drawn depends on what came of the gesture before.
pub(super) fn play(tablet: &Tablet, mut dice: Dice, watch: Stopwatch, time: Duration) -> Did {
    let rows = tablet.list(MONDAY);
    let meals = rows.iter().filter(|row| row["activity"] == "cantine");
    let children: Vec<&str> = meals.map(|row| text(&row["child"])).collect();
    let mut did = Did::default();
    while watch.elapsed() < time {
        match Gesture::drawn(&mut dice) {
            Gesture::Tap { what, child, dies } => {
                let child = children[child % children.len()];
                let args = [what, child, "--activity", "cantine", "--date", MONDAY];
                let said = run(tablet, &args, dies);
                // A tick is shown once its line is whole.
                if said.stdout.ends_with('\n') {
                    did.green
                        .insert(text(&said.json()["mark"]).parse().expect("an id"));
                } else {
                    assert_eq!(said.code, None, "not killed, and not green: {said:#?}");
                    did.taps_killed += 1;
                }
            }
            Gesture::Exchange { dies } => {
                let said = run(tablet, &["sync"], dies);
                match said.code {
                    Some(0) => did.exchanges[0] += 1,
                    Some(3) => {
                        assert!(said.stopped(3).contains("Rien n’est perdu"));
                        did.exchanges[1] += 1;
                    }
                    None => did.exchanges[2] += 1,
                    Some(_) => panic!("no weather explains this: {said:#?}"),
                }
            }
        }
    }
    did
}

/// Runs a command, killed after that time unless it has ended, and when nobody would wait any longer: one
/// that asked a server which died behind a pulled plug hears of it when its own time is over.
fn run(tablet: &Tablet, args: &[&str], dies: Option<Duration>) -> Said {
    let mut child = tablet.start(args);
    let (watch, limit) = (Stopwatch::start(), dies.unwrap_or(PATIENCE));
    while child.try_wait().expect("one's own child").is_none() {
        if watch.elapsed() >= limit {
            child.kill().expect("one's own child can be killed");
            break;
        }
        pause(Duration::from_millis(1));
    }
    Said::of(child.wait_with_output().expect("a program ends"))
}
