//! `make simulate`: plays seeded worlds for a while, and says what happened in them. A world that goes wrong is made
//! as short as possible and printed with its seed; it can be played again, or kept in
//! `tests/tests/stories/simulated/cases.txt`.

use std::process::ExitCode;
use std::time::Duration;

use system_tests::clock::Stopwatch;
use system_tests::simulation::{Case, Lie, Search, Tally, play, search};

const USAGE: &str = "simulate [--seconds N] [--seed N] [--worlds N] | simulate --case FILE
  --seconds   for how long worlds are played (60)
  --seed      of the first world; the others follow (1)
  --worlds    how many at most
  --case      plays the worlds written in a file instead";

struct Asked {
    seconds: u64,
    seed: u64,
    worlds: u64,
    case: Option<String>,
}

fn asked() -> Option<Asked> {
    let mut asked = Asked {
        seconds: 60,
        seed: 1,
        worlds: u64::MAX,
        case: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--seconds" => asked.seconds = value.parse().ok()?,
            "--seed" => asked.seed = value.parse().ok()?,
            "--worlds" => asked.worlds = value.parse().ok()?,
            "--case" => asked.case = Some(value),
            _ => return None,
        }
    }
    Some(asked)
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]
fn main() -> ExitCode {
    let Some(asked) = asked() else {
        eprintln!("{USAGE}");
        return ExitCode::from(64);
    };
    // What goes wrong is told with its seed; where in the code a panic began is told too.
    if let Some(file) = &asked.case {
        let read = std::fs::read_to_string(file).map_err(|e| e.to_string());
        let cases = match read.and_then(|text| Case::read(&text)) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{file}: {why}");
                return ExitCode::from(64);
            }
        };
        let mut failed = 0;
        for case in cases {
            match play(&case) {
                Ok(ending) => println!("seed {}: well, {}", case.seed, ending.head),
                Err(wrong) => {
                    println!("seed {}: {wrong}", case.seed);
                    failed = 1;
                }
            }
        }
        return ExitCode::from(failed);
    }
    let watch = Stopwatch::start();
    let (tally, found) = search(Search {
        seed: asked.seed,
        worlds: asked.worlds,
        time: Duration::from_secs(asked.seconds),
        lie: Lie::None,
    });
    println!("{}", told(&tally, watch.elapsed().as_secs_f64(), asked.seed));
    let Some(found) = found else {
        return ExitCode::SUCCESS;
    };
    let seed = found.case.seed;
    println!("\nworld {seed} goes wrong: {}", found.wrong);
    println!("  again:   make simulate SEED={seed} WORLDS=1");
    println!("  with fewer steps (keep them in a file, and play it with --case FILE):\n");
    let short = found.shrunk();
    println!("# {}\n{}", short.wrong, short.case);
    ExitCode::FAILURE
}

fn told(tally: &Tally, seconds: f64, seed: u64) -> String {
    let each = |n: u64| n as f64 / seconds.max(0.001);
    format!(
        "{} worlds from seed {seed} in {seconds:.0} s ({:.1} a second): {} simulated days, {} steps\n\
         {} taps green, {} refused; {} exchanges ended well ({:.0} a second), {} frames at the server\n\
         {} messages lost, damaged or repeated; {} deaths of a process; {} times a full disk; {} clocks set\n\
         {} tablets set back or doubled; {} servers set back; {} tablets withdrawn or lost\n\
         {} turns of shipping; {} objects off-site spoilt; {} fires; {} restored, {} rebuilt; {} reservations taken back\n\
         quiet after {} rounds of healing at most",
        tally.worlds,
        each(tally.worlds),
        tally.minutes / 1440,
        tally.steps,
        tally.taps,
        tally.refused,
        tally.exchanges,
        each(tally.exchanges),
        tally.frames,
        tally.line_troubles,
        tally.deaths,
        tally.full,
        tally.clocks,
        tally.tablets_back,
        tally.servers_back,
        tally.gone,
        tally.ships,
        tally.spoilt,
        tally.fires,
        tally.restored,
        tally.rebuilt,
        tally.taken_back,
        tally.rounds,
    )
}
