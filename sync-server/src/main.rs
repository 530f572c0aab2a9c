//! `preau-server`: see README, "Commands".

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
