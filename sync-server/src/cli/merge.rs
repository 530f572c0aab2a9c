//! `merge`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};
use shared::operation::Actor;
use shared::receipt::Position;
use sync_server::commune::Commune;
use sync_server::merge::source::{self, Found, SourceError};
use sync_server::merge::{self, MergeError, Report};
use sync_server::offsite::TargetError;
use sync_server::snapshot::SnapshotError;
use sync_server::store::StoreError;

use super::{Desk, Stop};

/// How often it is said how far a merge is.
const TOLD_EVERY: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// Où est l’histoire retrouvée : un instantané, un dossier de données, un fichier de base même abîmé, la sauvegarde hors
    /// site (dossier, file:///… ou s3://seau/prefixe), postgres://…[#schéma], ou le nom d’un stockage mis à l’écart
    #[arg(long, value_name = "FILE|DIR|URL")]
    from: String,
    /// Clé de la collectivité : fichier, ou fiche de secours ressaisie (par défaut : celle du dossier des clés)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Dit ce qui serait réuni, sans rien écrire
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let commune = desk.host.commune(&args.slug)?;
    let asked = source::Asked {
        from: args.from.clone(),
        key: args.key.clone(),
    };
    tracing::info!(from = %sync_server::store::hide_password(&args.from), "reading what was found");
    let found = source::read(&desk.host, &commune, &asked)?;
    tracing::info!(entries = found.lost.entries.len(), "read");
    let name = found.source.clone();
    let report = if args.dry_run {
        merge::plan(&commune, &found.lost)?
    } else {
        merged(&commune, found)?
    };
    let page = report
        .has_left()
        .then(|| format!("/{}/gestion/fusion", commune.slug));
    desk.print(
        &value(args, &name, &report, page.as_deref()),
        &text(args, &name, &report, page.as_deref()),
    );
    Ok(())
}

/// Merges, and says now and then how far it is.
fn merged(commune: &Arc<Commune>, found: Found) -> Result<Report, Stop> {
    let all = found.lost.entries.len();
    let before = accounted(commune)?;
    let (done, waits) = channel::<()>();
    let watched = Arc::clone(commune);
    let watch = std::thread::spawn(move || {
        while waits.recv_timeout(TOLD_EVERY) == Err(RecvTimeoutError::Timeout) {
            let now = accounted(&watched).unwrap_or(before);
            tracing::info!(done = now.saturating_sub(before), of = all, "merging");
        }
    });
    let merged = merge::merge(commune, found.lost, Actor::Host, &found.source);
    drop(done);
    let _ = watch.join();
    Ok(merged?)
}

fn accounted(commune: &Commune) -> Result<u64, StoreError> {
    commune.store.read(|tx| merge::accounted(tx))
}

fn position(at: Option<Position>) -> Value {
    match at {
        Some(at) => json!({ "branch": at.branch, "seq": at.seq, "hash": at.hash.hex() }),
        None => Value::Null,
    }
}

fn value(args: &Args, source: &str, report: &Report, page: Option<&str>) -> Value {
    let by_kind = report.by_kind.iter().map(|(kind, counts)| {
        let counts = json!({
            "applied": counts.applied,
            "already_there": counts.already_there,
            "to_settle": counts.to_settle,
            "listed": counts.listed,
        });
        (kind.clone(), counts)
    });
    json!({
        "slug": args.slug,
        "from": source,
        "dry_run": args.dry_run,
        "applied": report.applied,
        "already_there": report.already_there,
        "to_settle": report.to_settle,
        "listed": report.listed,
        "lost": report.lost(),
        "earlier": report.earlier,
        "by_kind": by_kind.collect::<serde_json::Map<_, _>>(),
        "fork": position(report.fork),
        "end": position(report.end),
        "problems": report.problems,
        "page": page,
    })
}

/// For whoever holds a disk that was believed lost: what is back, what waits for a person, what was not readable.
fn text(args: &Args, source: &str, report: &Report, page: Option<&str>) -> String {
    let slug = &args.slug;
    let mut lines = Vec::new();
    let lost = report.lost();
    lines.push(match (args.dry_run, lost) {
        (_, 0) => format!("Rien ne manque à « {slug} » de ce qui est dans {source}."),
        _ if lost == report.earlier => format!(
            "Rien de nouveau pour « {slug} » dans {source} : ses {lost} opération(s) ont déjà été traitées."
        ),
        (true, _) => {
            format!("Essai, rien n’a été écrit. De {source}, il manque à « {slug} » {lost} opération(s) :")
        }
        (false, _) => format!("« {slug} » : {lost} opération(s) de {source} manquaient."),
    });
    if lost > 0 {
        let (done, there) = if args.dry_run {
            ("seraient reprises", "sont déjà là")
        } else {
            ("reprises", "déjà là")
        };
        lines.push(format!(
            "  {} {done}, {} {there}, {} à trancher, {} seulement dites.",
            report.applied, report.already_there, report.to_settle, report.listed
        ));
        if report.earlier > 0 && report.earlier < lost {
            lines.push(format!(
                "  {} avaient été traitées par une fusion précédente.",
                report.earlier
            ));
        }
        for (kind, counts) in &report.by_kind {
            lines.push(format!(
                "  - {} : {} reprise(s), {} déjà là, {} à trancher, {} dite(s)",
                server_ui::desk::merge::kind_words(kind),
                counts.applied,
                counts.already_there,
                counts.to_settle,
                counts.listed
            ));
        }
    }
    if let Some(end) = report.end.filter(|_| lost > 0) {
        lines.push(format!(
            "  Lu jusqu’à l’opération {} (branche {}).",
            end.seq, end.branch
        ));
    }
    if !report.problems.is_empty() {
        lines.push("À savoir :".into());
        lines.extend(report.problems.iter().map(|problem| format!("  - {problem}")));
    }
    if let Some(page) = page {
        lines.push(if args.dry_run {
            format!("Après la fusion, ce qui est à trancher sera sur la page {page}.")
        } else {
            format!("À faire maintenant : trancher ce qui reste, sur la page {page}.")
        });
    }
    lines.join("\n")
}

impl From<MergeError> for Stop {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::Unreadable(why) => Self::Refused(why),
            MergeError::Corridor(error) => error.into(),
            MergeError::Store(error) => error.into(),
        }
    }
}

impl From<SourceError> for Stop {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Host(error) => error.into(),
            SourceError::Store(error) => error.into(),
            SourceError::Key(error) => Self::Refused(error.to_string()),
            SourceError::Restore(error) => error.into(),
            SourceError::Target(TargetError::Unreachable { .. } | TargetError::Stopped) => {
                Self::Unreachable(error.to_string())
            }
            SourceError::Snapshot(SnapshotError::Store(error)) => error.into(),
            SourceError::Snapshot(_)
            | SourceError::Target(_)
            | SourceError::Unreadable { .. }
            | SourceError::Another { .. }
            | SourceError::Unrelated { .. }
            | SourceError::Nothing { .. }
            | SourceError::Unusable { .. }
            | SourceError::Itself { .. } => Self::Refused(error.to_string()),
        }
    }
}
