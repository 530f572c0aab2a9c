//! `migrate`.

use sync_server::clock::Clock;
use sync_server::host::migrate::{Migrated, migrate};
use sync_server::host::{Backend, Setup};

use super::{Print, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Dit ce qui serait fait, sans rien changer
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(setup: &Setup, clock: Clock, print: Print, args: &Args) -> Result<(), Stop> {
    let report = migrate(&Backend::of(setup)?, clock, args.dry_run)?;
    let mut lines = vec![line("Liste des collectivités", &report.control, args.dry_run)];
    for commune in &report.communes {
        let name = commune
            .slug
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        lines.push(line(&name, commune, args.dry_run));
    }
    let value = serde_json::to_value(&report).map_err(|e| Stop::Fault(e.to_string()))?;
    print.result(&value, &lines.join("\n"));
    if report.ok {
        Ok(())
    } else if report.communes.iter().any(|commune| commune.damaged) {
        Err(Stop::Damaged(None))
    } else {
        Err(Stop::Fault(
            "des collectivités n’ont pas pu être mises à jour ; corrigez, puis relancez « migrate » : il reprend où il s’est arrêté".into(),
        ))
    }
}

fn line(name: &str, one: &Migrated, dry_run: bool) -> String {
    match (&one.error, one.applied.is_empty(), dry_run) {
        (Some(error), _, _) => format!("{name}\tÉCHEC : {error}"),
        (None, true, _) => format!("{name}\tà jour ({})", one.from),
        (None, false, true) => format!("{name}\tà faire : {}", one.applied.join(", ")),
        (None, false, false) => format!("{name}\tfait : {}", one.applied.join(", ")),
    }
}
