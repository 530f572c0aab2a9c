//! `preau-server`: see README, "Commands".

mod cli;

/// A page is made of many small pieces; the system's allocator takes a third longer over them.
#[global_allocator]
static PIECES: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
