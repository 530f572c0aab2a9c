//! `preau-server`: see README, "Commands".

mod cli;

/// A page is made of many small pieces (docs/adr/0024).
#[global_allocator]
static PIECES: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
