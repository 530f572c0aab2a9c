//! `verify`.

use super::{Desk, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
}

pub(super) fn verify(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let commune = desk.host.commune(&args.slug)?;
    let report = sync_server::verify::verify(&commune)?;
    let value = serde_json::to_value(&report).map_err(|e| Stop::Fault(e.to_string()))?;
    let text = if report.ok {
        format!(
            "Tout est en ordre : {} entrées au journal, {} feuilles, {} pointages.",
            report.journal.entries, report.sheets, report.marks
        )
    } else {
        format!(
            "{} problèmes :\n{}",
            report.problems.len(),
            report.problems.join("\n")
        )
    };
    desk.print(&value, &text);
    if report.ok {
        Ok(())
    } else {
        Err(Stop::Damaged(None))
    }
}
