//! Every figure of `docs/benchmarks.md`: each beside a floor measured in the same run, turn by turn.
//! Names after `--` choose some of them: `tap`, `gesture`, `one-more`, `day`, `backlog`, `start`, `list`.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

mod backlog;
mod day;
mod floor;
mod gesture;
mod measure;
mod one_more;
mod tap;
mod town;
mod window;
mod workload;

use measure::Figure;

/// A name to choose it by, and what measures it.
type Bench = (&'static str, fn() -> Vec<Figure>);

const ALL: [Bench; 7] = [
    ("tap", tap::measure),
    ("gesture", gesture::measure),
    ("one-more", one_more::measure),
    ("day", day::measure),
    ("backlog", backlog::measure),
    ("start", window::cold_start),
    ("list", window::list),
];

fn main() {
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let mut figures = Vec::new();
    for (name, measure) in ALL {
        if chosen.is_empty() || chosen.iter().any(|wanted| wanted == name) {
            println!("measuring: {name}");
            figures.extend(measure());
        }
    }
    println!("\n{}", measure::HEADING);
    for figure in &figures {
        println!("{figure}");
    }
    println!();
    for note in figures.iter().flat_map(|figure| &figure.notes) {
        println!("- {note}");
    }
}
