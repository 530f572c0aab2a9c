//! The command line of the server. stdout carries exactly one JSON value under `--json`, logs go
//! to stderr. Exit codes: 0 done, 1 a fault of ours, 2 refused, 3 the store cannot be reached,
//! 4 store damaged or problems found, 64 usage.

mod agent;
mod bounce;
mod commune;
mod doctor;
mod drill;
mod enrol;
mod incident;
mod key;
mod lists;
mod merge;
mod migrate;
mod relocate;
mod restore;
mod serve;
mod situation;
mod snapshot;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};
use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::corridor::CorridorError;
use sync_server::host::{CONNECTIONS, Host, HostError, Setup};
use sync_server::offsite::{ShipFailure, TargetError};
use sync_server::store::{StoreAddress, StoreError, hide_password};

/// Serveur de Préau : pointage, réservations, facturation et portail des familles.
#[derive(Parser)]
#[command(name = "preau-server", version)]
struct Line {
    /// Dossier des données
    #[arg(
        long,
        global = true,
        env = "PREAU_DATA",
        default_value = "preau-data",
        value_name = "DIR"
    )]
    data: PathBuf,
    /// Dossier des clés (par défaut : DIR/keys)
    #[arg(long, global = true, env = "PREAU_KEYS", value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Où sont les données des collectivités : postgres://… (par défaut : des fichiers dans DIR)
    #[arg(
        long,
        global = true,
        env = "PREAU_STORE",
        hide_env_values = true,
        value_name = "URL"
    )]
    store: Option<StoreAddress>,
    /// Autorités de certification du serveur PostgreSQL (PEM ; par défaut : celles du système)
    #[arg(long, global = true, env = "PREAU_STORE_CA", value_name = "FILE")]
    store_ca: Option<PathBuf>,
    /// Connexions à PostgreSQL, au plus
    #[arg(
        long,
        global = true,
        env = "PREAU_STORE_CONNECTIONS",
        default_value_t = CONNECTIONS,
        value_name = "N"
    )]
    store_connections: usize,
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
    /// Sert les tablettes et la mairie
    Serve(Box<serve::Args>),
    /// Crée ou liste les collectivités
    #[command(subcommand)]
    Commune(commune::Command),
    /// Crée des agents
    #[command(subcommand)]
    Agent(agent::Command),
    /// Lit sur l’entrée standard l’avis de non-remise d’un courriel, et note que l’adresse ne reçoit pas
    Bounce(bounce::Args),
    /// Donne un code à usage unique pour une tablette
    Enrol(enrol::Args),
    /// Publie ce que les familles lisent d’un incident, avant connexion
    #[command(subcommand)]
    Incident(incident::Command),
    /// Garde, remet en place ou change la clé d’une collectivité
    #[command(subcommand)]
    Key(key::Command),
    /// Vérifie l’intégrité d’une collectivité
    Verify(verify::Args),
    /// Déménage une collectivité vers un dossier ou une base PostgreSQL, sans arrêter le serveur
    Move(relocate::Args),
    /// Écrit toute une collectivité dans un fichier chiffré
    Snapshot(snapshot::Args),
    /// Fait revenir une collectivité d’une sauvegarde ; ce qui était là est gardé à l’écart
    Restore(restore::Args),
    /// Réunit une histoire retrouvée (disque, instantané, sauvegarde) à la collectivité en service
    Merge(merge::Args),
    /// Écrit les listes à imprimer qui sont hors du site : il ne faut ni serveur ni données, mais la clé
    Lists(lists::Args),
    /// Sans serveur ni données : publie un point de situation sur la page hors du site
    Situation(situation::Args),
    /// Met à jour la structure des bases de toutes les collectivités
    Migrate(migrate::Args),
    /// Montre les réglages en vigueur, sans secret, et ce qui ne va pas
    Doctor(doctor::Args),
    /// Joue mars 2021 avec de vrais programmes, dans un monde à part, et dit ce qui est perdu
    Drill(drill::Args),
}

/// How results are printed.
#[derive(Clone, Copy)]
struct Print {
    json: bool,
}

impl Print {
    /// Prints the result: a JSON value, or text for a person.
    #[expect(clippy::print_stdout, reason = "a command's result goes to stdout")]
    fn result(self, value: &serde_json::Value, text: &str) {
        if self.json {
            println!("{value}");
        } else {
            println!("{text}");
        }
    }
}

/// What a command needs besides its arguments.
struct Desk {
    host: Arc<Host>,
    print: Print,
}

impl Desk {
    /// Prints the result: a JSON value, or text for a person.
    fn print(&self, value: &serde_json::Value, text: &str) {
        self.print.result(value, text);
    }
}

/// Why a command stopped.
#[derive(Debug)]
enum Stop {
    /// A rule said no.
    Refused(String),
    /// The store is damaged, or `verify` found problems (already printed).
    Damaged(Option<String>),
    /// The store cannot be reached; nothing is lost.
    Unreachable(String),
    /// A fault of ours or of the machine.
    Fault(String),
}

impl From<HostError> for Stop {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Corridor(error) => error.into(),
            HostError::Store(error) => error.into(),
            HostError::Unknown(_)
            | HostError::Exists(_)
            | HostError::Moved { .. }
            | HostError::Served
            | HostError::Exchanging
            | HostError::Key(_) => Self::Refused(error.to_string()),
            HostError::Folder(why) => Self::Fault(why),
        }
    }
}

impl From<CorridorError> for Stop {
    fn from(error: CorridorError) -> Self {
        match error {
            CorridorError::Refused(refusal) => Self::Refused(refusal.to_string()),
            CorridorError::Store(error) => error.into(),
            CorridorError::Replay { .. } => Self::Damaged(Some(error.to_string())),
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(_) => Self::Damaged(Some(error.to_string())),
            StoreError::Moved => Self::Refused(
                "Les données de cette collectivité ne sont plus ici : elle a été déplacée ou mise de côté. Voyez « commune list » et « doctor »."
                    .into(),
            ),
            StoreError::TooNew { ours, oldest } => Self::Refused(format!(
                "Ces données viennent d’une version plus récente de Préau (structure {oldest}, ce programme connaît {ours}). Mettez ce programme à jour."
            )),
            StoreError::Unavailable(_) => Self::Unreachable(error.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<TargetError> for Stop {
    fn from(error: TargetError) -> Self {
        match error {
            TargetError::Settings { .. } | TargetError::Denied { .. } | TargetError::Full { .. } => {
                Self::Refused(error.to_string())
            }
            TargetError::Unreachable { .. } | TargetError::Stopped => Self::Unreachable(error.to_string()),
            TargetError::TooLarge { .. } => Self::Damaged(Some(error.to_string())),
        }
    }
}

impl From<ShipFailure> for Stop {
    fn from(error: ShipFailure) -> Self {
        match error {
            ShipFailure::Target(error) => error.into(),
            ShipFailure::Snapshot(error) => error.into(),
            ShipFailure::Corridor(error) => error.into(),
            ShipFailure::Store(error) => error.into(),
            ShipFailure::Spoilt { .. } | ShipFailure::Journal(_) => Self::Damaged(Some(error.to_string())),
        }
    }
}

/// Runs the command line.
#[expect(clippy::print_stderr, reason = "what went wrong goes to stderr")]
pub(crate) fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(mut error) => {
            // It repeats a value that cannot be read, and an address of a database holds a password.
            if let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue) {
                let shown = hide_password(value);
                error.insert(ContextKind::InvalidValue, ContextValue::String(shown));
            }
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::from_default_env().add_directive(tracing::Level::INFO.into()),
        )
        .init();
    match execute(line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Refused(why)) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
        Err(Stop::Damaged(why)) => {
            if let Some(why) = why {
                eprintln!("{why}");
            }
            ExitCode::from(4)
        }
        Err(Stop::Unreachable(why)) => {
            eprintln!("Les données ne peuvent pas être atteintes ; rien n’est perdu, réessayez. ({why})");
            ExitCode::from(3)
        }
        Err(Stop::Fault(why)) => {
            eprintln!("Erreur : {why}");
            ExitCode::from(1)
        }
    }
}

fn execute(line: Line) -> Result<(), Stop> {
    let clock = match line.now {
        Some(start) => {
            tracing::warn!(%start, "THE CLOCK STARTS AT {start}, NOT AT THE REAL TIME (--now)");
            Clock::starting_at(start)
        }
        None => Clock::system(),
    };
    let print = Print { json: line.json };
    if let Command::Drill(args) = &line.command {
        return drill::run(line.store, print, args);
    }
    let keys = line.keys.unwrap_or_else(|| line.data.join("keys"));
    let setup = Setup {
        store: line
            .store
            .unwrap_or_else(|| StoreAddress::Folder(line.data.clone())),
        data: line.data,
        keys,
        authorities: line.store_ca,
        connections: line.store_connections,
    };
    match line.command {
        Command::Migrate(args) => migrate::run(&setup, clock, print, &args),
        Command::Doctor(args) => doctor::run(&setup, clock, print, &args),
        Command::Key(command) => key::run(&setup, clock, print, &command),
        Command::Lists(args) => lists::run(&setup, print, &args),
        Command::Situation(args) => situation::run(clock, print, &args),
        command => serve_desk(command, setup, clock, print),
    }
}

/// Commands that work on an open host.
fn serve_desk(command: Command, setup: Setup, clock: Clock, print: Print) -> Result<(), Stop> {
    let host = Host::open(setup, clock)?;
    let desk = Desk { host, print };
    let result = match command {
        Command::Serve(args) => serve::serve(&desk, &args),
        Command::Commune(command) => commune::run(&desk, command),
        Command::Agent(command) => agent::run(&desk, command),
        Command::Bounce(args) => bounce::run(&desk, &args),
        Command::Enrol(args) => enrol::enrol(&desk, &args),
        Command::Incident(command) => incident::run(&desk, command),
        Command::Verify(args) => verify::verify(&desk, &args),
        Command::Move(args) => relocate::run(&desk, &args),
        Command::Snapshot(args) => snapshot::run(&desk, &args),
        Command::Restore(args) => restore::run(&desk, &args),
        Command::Merge(args) => merge::run(&desk, &args),
        Command::Migrate(_)
        | Command::Doctor(_)
        | Command::Key(_)
        | Command::Drill(_)
        | Command::Lists(_)
        | Command::Situation(_) => Ok(()),
    };
    if let Some(pool) = desk.host.backend().pool() {
        pool.flush();
    }
    result
}
