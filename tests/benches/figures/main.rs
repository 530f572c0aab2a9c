//! Every figure of `docs/benchmarks.md`: each beside a floor measured in the same run, turn by turn, and each run
//! several times. Names after `--` choose some of them; `--runs=N` says how often.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

mod backlog;
mod board;
mod communes;
mod day;
mod floor;
mod floor_postgres;
mod gesture;
mod hosts;
mod measure;
mod noise;
mod one_more;
mod tap;
mod town;
mod window;
mod workload;

use std::panic::catch_unwind;
use std::process::ExitCode;

use measure::{Figure, Line};
use noise::Noise;
use sync_server::clock::Stopwatch;

/// How a bench is run.
enum How {
    /// By a function that measures once.
    Once(fn() -> Vec<Figure>),
    /// By a function that measures all runs: getting ready takes longer than measuring.
    Together(fn(usize) -> Vec<Vec<Figure>>),
}

impl How {
    fn run(&self, runs: usize) -> Vec<Vec<Figure>> {
        match self {
            Self::Once(measure) => (0..runs).map(|_| measure()).collect(),
            Self::Together(measure) => measure(runs),
        }
    }
}

/// Names to choose them by.
const ALL: [(&str, How); 10] = [
    ("tap", How::Once(tap::measure)),
    ("gesture", How::Once(gesture::measure)),
    ("one-more", How::Once(one_more::measure)),
    ("day", How::Once(day::measure)),
    ("backlog", How::Once(backlog::measure)),
    ("board", How::Together(board::measure)),
    ("communes", How::Together(communes::in_files)),
    ("communes-postgres", How::Together(communes::in_postgres)),
    ("start", How::Once(window::cold_start)),
    ("list", How::Once(window::list)),
];

/// How often each is run: a median of fewer says little about its spread.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |flag: &str| arguments.iter().find_map(|arg| arg.strip_prefix(flag));
    let runs = wanted("--runs=").map_or(Ok(RUNS), str::parse);
    let chosen: Vec<&String> = arguments.iter().filter(|arg| !arg.starts_with("--")).collect();
    let unknown = chosen
        .iter()
        .find(|name| ALL.iter().all(|(known, _)| known != **name));
    let names: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    let (Ok(runs), None) = (runs, unknown) else {
        println!("usage: [--runs=N] [NAME …], each one of: {}", names.join(" "));
        return ExitCode::from(64);
    };
    let mut lines = Vec::new();
    let mut noise = Noise::default();
    let mut failed = Vec::new();
    for (name, how) in ALL {
        if !chosen.is_empty() && !chosen.iter().any(|wanted| *wanted == name) {
            continue;
        }
        noise.look();
        let watch = Stopwatch::start();
        // One that fails says so, and the others are measured all the same.
        match catch_unwind(|| how.run(runs)) {
            Ok(measured) => {
                for figures in measured {
                    Line::gather(&mut lines, figures);
                }
                println!("measured: {name}, {runs} runs, {:.1} s", watch.seconds());
            }
            Err(_) => failed.push(name),
        }
        noise.look();
    }
    println!("\n{}", noise.words());
    println!("\n{}", measure::HEADING);
    for line in &lines {
        println!("{line}");
    }
    println!();
    for note in lines.iter().flat_map(Line::notes) {
        println!("- {note}");
    }
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        println!("\nFAILED (the reason stands above): {}", failed.join(" "));
        ExitCode::FAILURE
    }
}
