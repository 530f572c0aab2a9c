//! `drill`.

use std::path::PathBuf;

use sync_server::drill::{DrillError, Options, Report, Stopper, play};
use sync_server::store::StoreAddress;
use tokio::signal::unix::{SignalKind, signal};

use super::{Print, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Enfants pointés dans une journée entière, au plus
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=2000))]
    children: u32,
    /// Dossier où le monde reste, pour y regarder ; il doit être vide
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Le serveur qui brûle expédiait hors du site ce qu’il écrivait
    #[arg(long)]
    offsite: bool,
    /// Le disque perdu n’est jamais retrouvé
    #[arg(long, conflicts_with = "damaged")]
    without_disk: bool,
    /// Le disque perdu est retrouvé abîmé
    #[arg(long)]
    damaged: bool,
    /// Abîme le monde dans le dos de tous : « tablet » ou « merge » (essais)
    #[cfg(debug_assertions)]
    #[arg(long, hide = true, value_name = "HOW")]
    sabotage: Option<String>,
}

impl From<DrillError> for Stop {
    fn from(error: DrillError) -> Self {
        match error {
            DrillError::Refused(why) => Self::Refused(why),
            DrillError::Broken(_) | DrillError::Stopped => Self::Fault(error.to_string()),
        }
    }
}

#[cfg(debug_assertions)]
fn sabotage(args: &Args) -> Result<Option<sync_server::drill::Sabotage>, Stop> {
    use sync_server::drill::Sabotage;
    match args.sabotage.as_deref() {
        None => Ok(None),
        Some("tablet") => Ok(Some(Sabotage::Tablet)),
        Some("merge") => Ok(Some(Sabotage::Merge)),
        Some(other) => Err(Stop::Refused(format!("« {other} » n’est pas un sabotage connu."))),
    }
}

#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "as the one of tests")]
fn sabotage(_: &Args) -> Result<Option<sync_server::drill::Sabotage>, Stop> {
    Ok(None)
}

/// Plays the drill in a world of its own: neither the data folder nor the keys of the command line are looked at.
pub(super) fn run(store: Option<StoreAddress>, print: Print, args: &Args) -> Result<(), Stop> {
    let store = match store {
        None => None,
        Some(StoreAddress::Postgres(url)) => Some(url.secret().to_owned()),
        Some(StoreAddress::Folder(folder)) => {
            return Err(Stop::Refused(format!(
                "L’exercice a son propre dossier et n’ouvre pas {} : « --keep » dit où il reste.",
                folder.display()
            )));
        }
    };
    if store.is_some() && args.damaged {
        return Err(Stop::Refused(
            "Un disque abîmé se joue avec des fichiers : sans --store, ou sans --damaged.".into(),
        ));
    }
    let options = Options {
        children: args.children as usize,
        keep: args.keep.clone(),
        offsite: args.offsite,
        without_disk: args.without_disk,
        damaged: args.damaged,
        store,
        sabotage: sabotage(args)?,
    };
    let report = watched(options)?;
    print.result(&report.value(), &report.text());
    if report.is_well() {
        Ok(())
    } else {
        Err(Stop::Fault(
            "l’exercice a trouvé qu’il manque quelque chose ; c’est nommé ci-dessus.".into(),
        ))
    }
}

/// Plays it beside a watch for whoever stops it, so that nothing it started stays.
fn watched(options: Options) -> Result<Report, Stop> {
    let stopper = Stopper::default();
    let fault = |e: std::io::Error| Stop::Fault(e.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(fault)?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).map_err(fault)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(fault)?;
        let playing = stopper.clone();
        let mut played = tokio::task::spawn_blocking(move || play(&options, playing, &tell));
        loop {
            tokio::select! {
                played = &mut played => {
                    let played = played.map_err(|e| Stop::Fault(e.to_string()))?;
                    return Ok(played?);
                }
                _ = terminate.recv() => stopper.stop(),
                _ = interrupt.recv() => stopper.stop(),
            }
        }
    })
}

#[expect(
    clippy::print_stderr,
    reason = "what happens is told on stderr, as it happens"
)]
fn tell(words: &str) {
    eprintln!("{words}");
}
