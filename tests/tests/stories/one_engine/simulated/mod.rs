//! Simulated worlds: those that once went wrong, some fresh ones, and the proof that a world can go wrong.
//! docs/simulation.md tells what they are; `make simulate` plays more of them.

use std::time::Duration;

use system_tests::simulation::{Case, Lie, Search, play, search};

/// Fresh worlds played in every run.
const FRESH: u64 = 16;
/// Worlds in which a lie must come to light.
const UNTIL_FOUND: u64 = 40;

#[test]
fn worlds_that_once_went_wrong_go_well() {
    let cases = Case::read(include_str!("cases.txt")).expect("cases");
    assert!(!cases.is_empty());
    for case in cases {
        if let Err(wrong) = play(&case) {
            panic!("{wrong}\n{case}");
        }
    }
}

#[test]
fn fresh_worlds_go_well() {
    let (tally, found) = search(Search {
        seed: 1,
        worlds: FRESH,
        time: Duration::MAX,
        lie: Lie::None,
    });
    if let Some(found) = found {
        let short = found.shrunk();
        panic!(
            "world {}: {}\n{}\n{}",
            found.case.seed, found.wrong, short.wrong, short.case
        );
    }
    assert_eq!(tally.worlds, FRESH);
    assert!(tally.taps > 0 && tally.exchanges > 0 && tally.servers_back > 0 && tally.tablets_back > 0);
}

#[test]
fn a_world_happens_again_exactly() {
    for seed in [3, 31, 77] {
        let case = Case::of(seed);
        assert_eq!(play(&case), play(&case), "seed {seed}");
    }
}

#[test]
fn a_broken_rule_comes_to_light() {
    // What a server forgot never reaches the other tablets: it is also found out when one of them is to undo it, as is
    // what a tablet never had on its disk.
    for (lie, words) in [
        (Lie::ServerForgets, ["missing", "does not know a mark"]),
        (Lie::GreenTooSoon, ["missing", "does not know a mark"]),
        (Lie::RowGone, ["missing"; 2]),
        (Lie::DeafTablets, ["does not end well"; 2]),
        (Lie::WatermarkTooSoon, ["the watermark is at"; 2]),
        (Lie::BranchUsedAgain, ["a branch that was there before"; 2]),
    ] {
        let (_, found) = search(Search {
            seed: 500,
            worlds: UNTIL_FOUND,
            time: Duration::MAX,
            lie,
        });
        let found = found.unwrap_or_else(|| panic!("{lie:?} was not found in {UNTIL_FOUND} worlds"));
        let told = words.iter().any(|word| found.wrong.what.contains(word));
        assert!(told, "{lie:?}: {}", found.wrong);
    }
}

#[test]
fn a_story_that_goes_wrong_is_made_shorter_and_still_goes_wrong() {
    let case = Case::of(500).lying(Lie::RowGone);
    let Err(wrong) = play(&case) else {
        panic!("the lie was not found");
    };
    let (short, still) = system_tests::simulation::shrink(&case, &wrong);
    assert!(short.steps.len() < case.steps.len().min(4), "{short}");
    assert_eq!(play(&short), Err(still));
}
