//! The tablet app: a window around the tablet's core.
//!
//! The core (`tablet-replica`) knows the rules and holds the data, the screens (`tablet-ui`) show
//! them; this shell opens both and passes words between them.

mod commands;

use std::path::PathBuf;
use std::process::ExitCode;

use shared::time::{NotAnInstant, UtcMs};
use tablet_replica::app::App;
use tablet_replica::clock::Clock;
use tauri::{AppHandle, Emitter, Manager};

use crate::commands::Tablet;

/// Where the tablet keeps its data, for tests and demos; the platform's place for it otherwise.
const HOME: &str = "PREAU_TABLET_HOME";

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let clock = match stated_clock(std::env::args()) {
        Ok(clock) => clock,
        Err(error) => {
            tracing::error!(%error, "--now");
            return ExitCode::from(64);
        }
    };
    match run(std::env::var_os(HOME).map(PathBuf::from), clock) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not open");
            ExitCode::FAILURE
        }
    }
}

/// `--now TIME` starts the clock at TIME, for demos and tests.
fn stated_clock(args: impl Iterator<Item = String>) -> Result<Clock, NotAnInstant> {
    let mut args = args.skip_while(|arg| arg != "--now").skip(1);
    let Some(start) = args.next() else {
        return Ok(Clock::system());
    };
    let start = UtcMs::parse(&start)?;
    tracing::warn!(%start, "THE CLOCK STARTS AT {start}, NOT AT THE REAL TIME (--now)");
    Ok(Clock::starting_at(start))
}

fn run(home: Option<PathBuf>, clock: Clock) -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(move |tauri| {
            let home = home.map_or_else(|| tauri.path().app_data_dir(), Ok)?;
            // A tablet whose data cannot be opened still shows its window, which says why.
            let tablet = App::with_clock(&home, clock);
            if let Ok(app) = &tablet {
                keep_in_step(tauri.handle().clone(), app.clone());
            }
            let window = tauri.handle().clone();
            let again = move || {
                let app = App::begin_again(&home, clock)?;
                keep_in_step(window.clone(), app.clone());
                Ok(app)
            };
            tauri.manage(Tablet::new(tablet, Box::new(again)));
            Ok(())
        })
        .invoke_handler(commands::handler())
        .run(tauri::generate_context!())
}

/// Synchronises as long as the window lives, and tells the screens what changed meanwhile.
fn keep_in_step(window: AppHandle, app: App) {
    app.on_change(Box::new(move || {
        if let Err(error) = window.emit("changed", ()) {
            tracing::warn!(%error, "the screens did not hear of a change");
        }
    }));
    tauri::async_runtime::spawn(async move { app.run_sync().await });
}
