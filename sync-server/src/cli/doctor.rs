//! `doctor`.

use sync_server::clock::Clock;
use sync_server::doctor::{Level, examine};
use sync_server::host::Setup;
use sync_server::letters::SmtpAddress;
use sync_server::offsite::TargetAddress;

use super::{Print, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Destination de sauvegarde à regarder, comme pour « serve »
    #[arg(long, env = "PREAU_OFFSITE", value_name = "URL")]
    offsite: Option<TargetAddress>,
    /// Serveur de courrier à regarder, comme pour « serve »
    #[arg(long, env = "PREAU_SMTP", value_name = "URL", hide_env_values = true)]
    smtp: Option<SmtpAddress>,
}

pub(super) fn run(setup: &Setup, clock: Clock, print: Print, args: &Args) -> Result<(), Stop> {
    let report = examine(setup, args.offsite.as_ref(), args.smtp.as_ref(), clock);
    let mut lines = vec!["Réglages".to_owned()];
    lines.extend(
        report
            .config
            .iter()
            .map(|(name, value)| format!("  {name} : {value}")),
    );
    if report.findings.is_empty() {
        lines.push("Rien à signaler.".to_owned());
    }
    for finding in &report.findings {
        let mark = match finding.level {
            Level::Error => "ERREUR",
            Level::Warning => "ATTENTION",
            Level::Info => "note",
        };
        lines.push(format!("{mark} — {}\n    {}", finding.what, finding.advice));
    }
    let value = serde_json::to_value(&report).map_err(|e| Stop::Fault(e.to_string()))?;
    print.result(&value, &lines.join("\n"));
    if report.ok {
        Ok(())
    } else {
        Err(Stop::Damaged(None))
    }
}
