//! The command line of the headless tablet. stdout carries exactly one JSON value under `--json`,
//! logs go to stderr. Exit codes: 0 done, 1 a fault of ours, 2 refused, 3 no network (nothing is
//! lost), 4 the file is damaged, 64 usage.

mod exchange;
mod look;
mod tap;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde_json::Value;
use shared::time::UtcMs;
use tablet_replica::clock::Clock;
use tablet_replica::{ReplicaError, Tablet};

/// Tablette de pointage sans écran.
#[derive(Parser)]
#[command(name = "preau-tablet", version)]
struct Line {
    /// Dossier de la tablette
    #[arg(
        long,
        global = true,
        env = "PREAU_TABLET_HOME",
        default_value = "preau-tablet",
        value_name = "DIR"
    )]
    home: PathBuf,
    /// Fait partir l’horloge de cet instant (démonstrations et essais)
    #[arg(long, global = true, value_name = "TIME", value_parser = UtcMs::parse)]
    now: Option<UtcMs>,
    /// Écrit le résultat en JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Associe la tablette avec un code à usage unique
    Enrol(exchange::Enrol),
    /// Liste les enfants d’une date
    List(look::List),
    /// Note une arrivée
    In(tap::Tap),
    /// Note un départ
    Out(tap::Tap),
    /// Note une absence
    Absent(tap::AbsentTap),
    /// Clôt une liste
    Close(tap::Listed),
    /// Rouvre une liste
    Reopen(tap::Listed),
    /// Annule un pointage
    Undo(tap::Undo),
    /// Ajoute un mémo sur un enfant
    Note(tap::Note),
    /// Échange avec le serveur, une fois
    Sync,
    /// Dit ce que la tablette tient et doit
    Status,
    /// Liste les contradictions
    Conflicts,
    /// Écrit tout ce que la tablette tient dans un fichier à porter
    Export(exchange::File),
    /// Met de côté un fichier endommagé et repart de ce qui s’en lit
    StartAgain,
    /// Reprend le fichier d’une autre tablette, ou une liste d’adresses signée
    Import(exchange::File),
    /// Indique où le serveur se trouve désormais : une adresse, ou une liste d’adresses signée
    Address(exchange::Address),
}

/// A command's result: for tools, and for a person.
struct Answer {
    value: Value,
    text: String,
}

/// Runs the command line.
#[expect(clippy::print_stderr, clippy::print_stdout, reason = "a command line speaks")]
pub(crate) fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::from_default_env().add_directive(tracing::Level::WARN.into()),
        )
        .init();
    let json = line.json;
    match execute(line) {
        Ok(answer) => {
            println!(
                "{}",
                if json {
                    answer.value.to_string()
                } else {
                    answer.text
                }
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            let hint = match error {
                ReplicaError::Closed { .. } => " Pour pointer quand même, ajoutez --anyway.",
                _ => "",
            };
            eprintln!("{error}{hint}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn execute(line: Line) -> Result<Answer, ReplicaError> {
    let clock = match line.now {
        Some(start) => {
            tracing::warn!(%start, "THE CLOCK STARTS AT {start}, NOT AT THE REAL TIME (--now)");
            Clock::starting_at(start)
        }
        None => Clock::system(),
    };
    // What is left of a damaged file can still be carried to another tablet, or set aside.
    if matches!(line.command, Command::StartAgain) {
        return exchange::start_again(&line.home, &clock);
    }
    let tablet = match (&line.command, Tablet::open(&line.home, clock)) {
        (Command::Export(args), Err(ReplicaError::Damaged(_))) => return exchange::rescue(&line.home, args),
        (_, opened) => opened?,
    };
    match line.command {
        Command::StartAgain => exchange::start_again(&line.home, &clock),
        Command::Enrol(args) => exchange::enrol(tablet, &args),
        Command::List(args) => look::list(tablet, &args),
        Command::In(args) => tap::arrive(tablet, &args),
        Command::Out(args) => tap::leave(tablet, &args),
        Command::Absent(args) => tap::absent(tablet, &args),
        Command::Close(args) => tap::close(tablet, &args),
        Command::Reopen(args) => tap::reopen(tablet, &args),
        Command::Undo(args) => tap::undo(tablet, &args),
        Command::Note(args) => tap::note(tablet, &args),
        Command::Sync => exchange::sync(tablet),
        Command::Status => look::status(tablet),
        Command::Conflicts => look::conflicts(tablet),
        Command::Export(args) => match exchange::export(tablet, &args) {
            Err(ReplicaError::Damaged(_)) => exchange::rescue(&line.home, &args),
            done => done,
        },
        Command::Import(args) => exchange::import(tablet, &args),
        Command::Address(args) => exchange::address(tablet, &args),
    }
}
