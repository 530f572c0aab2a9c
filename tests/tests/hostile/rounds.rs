//! Playing the targets: what is committed, then some rounds of the mutator, then as many as asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use shared::sign::sha256;
use system_tests::Dice;
use system_tests::clock::Stopwatch;

use crate::mutate::mutated;
use crate::{TARGETS, Target, corpus};

/// Rounds for each target in every run of the tests.
const ROUNDS: u64 = 400;
/// What a search tells of when an input takes longer, for a person to look at.
const SLOW: Duration = Duration::from_millis(1_500);

/// What the law says of an input; `None` when it holds.
fn broken(target: &Target, bytes: &[u8]) -> Option<String> {
    let broken = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes))).err()?;
    let said = broken
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| broken.downcast_ref::<&str>().map(|s| (*s).to_owned()));
    Some(said.unwrap_or_default())
}

/// Panics of the document library that are contained are no news.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let done = work();
    std::panic::set_hook(before);
    done
}

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let committed = corpus::inputs(target).into_iter().map(|(_, bytes)| bytes);
    (target.seeds)().into_iter().chain(committed).collect()
}

#[test]
fn sound_inputs_and_those_that_once_did_harm_keep_the_law() {
    for target in TARGETS {
        let inputs = corpus::inputs(target);
        assert!(!inputs.is_empty(), "{} has no corpus", target.name);
        for (name, bytes) in inputs {
            let broken = quietly(|| broken(target, &bytes));
            assert_eq!(broken, None, "{}/{name}", target.name);
        }
    }
}

#[test]
fn damaged_inputs_keep_the_law() {
    let mut dice = Dice::of(20_261_123);
    for target in TARGETS {
        let seeds = seeds(target);
        for _ in 0..ROUNDS {
            let bytes = mutated(&mut dice, target.kind, &seeds);
            if let Some(why) = quietly(|| broken(target, &bytes)) {
                panic!("{}: {why}\n{bytes:02x?}", target.name);
            }
        }
    }
}

/// `scripts/fuzz.sh`: searches as long as asked, and keeps what it finds in the corpus.
#[test]
#[ignore = "a search: scripts/fuzz.sh SECONDS=… [TARGET]"]
fn search() {
    #[expect(clippy::disallowed_methods, reason = "read once, where the search starts")]
    let asked = |name: &str| std::env::var(name).ok();
    let number = |name: &str| asked(name).and_then(|text| text.parse::<u64>().ok());
    let seconds = Duration::from_secs(number("PREAU_FUZZ_SECONDS").unwrap_or(60));
    let only = asked("PREAU_FUZZ_TARGET").filter(|name| !name.is_empty());
    let targets: Vec<&Target> = TARGETS
        .iter()
        .filter(|target| only.as_ref().is_none_or(|only| only == target.name))
        .collect();
    assert!(!targets.is_empty(), "no such target");
    let mut dice = Dice::of(1);
    let each = seconds / u32::try_from(targets.len()).expect("few targets");
    let mut found = 0;
    for target in targets {
        let (watch, seeds) = (Stopwatch::start(), seeds(target));
        let (mut rounds, mut slowest) = (0_u64, Duration::ZERO);
        while watch.elapsed() < each {
            let bytes = mutated(&mut dice, target.kind, &seeds);
            let took = Stopwatch::start();
            let broken = quietly(|| broken(target, &bytes));
            let took = took.elapsed();
            slowest = slowest.max(took);
            rounds += 1;
            let name = sha256(&[&bytes]).hex();
            if let Some(why) = broken {
                let path = corpus::keep(target, &format!("found-{}", &name[..16]), &bytes);
                println!("{}: {why}\n  kept: {}", target.name, path.display());
                found += 1;
                if found >= 20 {
                    break;
                }
            } else if took > SLOW {
                let path = corpus::keep(target, &format!("slow-{}", &name[..16]), &bytes);
                println!("{}: {took:?}\n  kept: {}", target.name, path.display());
            }
        }
        println!("{}: {rounds} rounds, the slowest {slowest:?}", target.name);
    }
    assert_eq!(found, 0, "inputs that break the law were kept in tests/corpus");
}

/// Writes the sound inputs: `cargo test … --test hostile -- --ignored write_the_corpus`.
#[test]
#[ignore = "writes tests/corpus"]
fn write_the_corpus() {
    for target in TARGETS {
        for (n, bytes) in (target.seeds)().iter().enumerate() {
            corpus::keep(target, &format!("sound-{n}"), bytes);
        }
    }
}
