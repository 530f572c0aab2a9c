//! `preau-tablet`, the tablet without a screen: see README, "Commands".

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
