//! Every figure of `docs/benchmarks.md`: each beside a floor measured in the same run, turn by turn, and each run
//! several times. Names after `--` choose some of them; `--runs=N` says how often, `--days=N` and `--sites=N` make
//! the long ones shorter.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

mod backlog;
mod board;
mod communes;
mod day;
mod ecarts;
mod floor;
mod floor_postgres;
mod gesture;
mod history;
mod hosts;
mod measure;
mod noise;
mod one_more;
mod peers;
mod portal;
mod reseed;
mod rush;
mod ship;
mod storm;
mod tap;
mod town;
mod visible;
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
    /// Once unless runs are asked for, as it takes minutes.
    Long(fn(Scale) -> Vec<Figure>),
    /// The same, and only when it is named: it needs what no other bench needs.
    Asked(fn(Scale) -> Vec<Figure>),
    /// As [`How::Together`], and only when it is named.
    Apart(fn(usize) -> Vec<Vec<Figure>>),
}

/// How much of a long bench is wanted, where it is not the whole.
#[derive(Clone, Copy, Default)]
struct Scale {
    /// `--days=N`
    days: Option<u64>,
    /// `--sites=N`
    sites: Option<usize>,
}

impl How {
    fn run(&self, runs: usize, scale: Scale) -> Vec<Vec<Figure>> {
        match self {
            Self::Once(measure) => (0..runs).map(|_| measure()).collect(),
            Self::Together(measure) | Self::Apart(measure) => measure(runs),
            Self::Long(measure) | Self::Asked(measure) => (0..runs).map(|_| measure(scale)).collect(),
        }
    }

    /// How often, where nobody says.
    fn runs(&self) -> usize {
        match self {
            Self::Once(_) | Self::Together(_) | Self::Apart(_) => RUNS,
            Self::Long(_) | Self::Asked(_) => 1,
        }
    }
}

/// Names to choose them by.
const ALL: [(&str, How); 22] = [
    ("tap", How::Once(tap::measure)),
    ("gesture", How::Once(gesture::measure)),
    ("one-more", How::Once(one_more::measure)),
    ("day", How::Once(day::measure)),
    ("backlog", How::Once(backlog::measure)),
    ("storm", How::Long(storm::measure)),
    ("visible", How::Once(visible::measure)),
    ("ship", How::Once(ship::measure)),
    ("board", How::Together(board::measure)),
    ("ecarts", How::Together(ecarts::measure)),
    ("communes", How::Together(communes::in_files)),
    ("communes-postgres", How::Together(communes::in_postgres)),
    ("start", How::Once(window::cold_start)),
    ("list", How::Once(window::list)),
    ("history", How::Long(history::months)),
    ("history-tap", How::Long(history::taps)),
    ("reseed", How::Long(reseed::measure)),
    ("rush", How::Long(rush::measure)),
    ("portal", How::Apart(portal::measure)),
    ("grid", How::Apart(portal::grid)),
    ("peers", How::Asked(peers::measure)),
    ("peers-rollback", How::Asked(peers::set_back)),
];

/// How often each is run: a median of fewer says little about its spread.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(served) = portal::serve(&arguments) {
        return served;
    }
    let wanted = |flag: &str| arguments.iter().find_map(|arg| arg.strip_prefix(flag));
    let number = |flag: &str| wanted(flag).map(str::parse::<usize>).transpose();
    let (runs, days, sites) = (number("--runs="), number("--days="), number("--sites="));
    let chosen: Vec<&String> = arguments.iter().filter(|arg| !arg.starts_with("--")).collect();
    let unknown = chosen
        .iter()
        .find(|name| ALL.iter().all(|(known, _)| known != **name));
    let names: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    let (Ok(runs), Ok(days), Ok(sites), None) = (runs, days, sites, unknown) else {
        println!(
            "usage: [--runs=N] [--days=N] [--sites=N] [NAME …], each one of: {}",
            names.join(" ")
        );
        return ExitCode::from(64);
    };
    let days = days.map(|days| days as u64);
    let mut lines = Vec::new();
    let mut noise = Noise::default();
    let mut failed = Vec::new();
    for (name, how) in ALL {
        let named = chosen.iter().any(|wanted| *wanted == name);
        if !named && (!chosen.is_empty() || matches!(how, How::Asked(_) | How::Apart(_))) {
            continue;
        }
        let runs = runs.unwrap_or(how.runs());
        noise.look();
        let watch = Stopwatch::start();
        // One that fails says so, and the others are measured all the same.
        match catch_unwind(|| how.run(runs, Scale { days, sites })) {
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
