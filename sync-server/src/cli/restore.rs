//! `restore`.

use std::path::PathBuf;
use std::sync::Arc;

use chrono_tz::Tz;
use serde_json::json;
use shared::slug::Slug;
use shared::time::UtcMs;
use sync_server::corridor::CorridorError;
use sync_server::host::HostError;
use sync_server::offsite::TargetError;
use sync_server::restore::{Asked, RestoreError, Restored, Step, Steps, restore};
use sync_server::snapshot::SnapshotError;

use super::{Desk, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// D’où : un instantané, un dossier de sauvegarde, file:///… ou s3://seau/prefixe
    #[arg(long, value_name = "FILE|URL|DIR")]
    from: String,
    /// Jusqu’à quel instant (par défaut : jusqu’à la fin)
    #[arg(long, value_name = "TIME", value_parser = UtcMs::parse)]
    at: Option<UtcMs>,
    /// Clé de la collectivité : fichier, ou fiche de secours ressaisie (par défaut : celle du dossier des clés)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Dit ce qui reviendrait, sans rien écrire
    #[arg(long)]
    dry_run: bool,
    /// Meurt sur le coup après cette étape (essais)
    #[cfg(debug_assertions)]
    #[arg(long, hide = true, value_name = "STEP")]
    die_after: Option<String>,
}

pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let slug: Slug = args
        .slug
        .parse()
        .map_err(|_| HostError::Unknown(args.slug.clone()))?;
    let asked = Asked {
        from: args.from.clone(),
        at: args.at,
        key: args.key.clone(),
        dry_run: args.dry_run,
    };
    let restored = restore(&desk.host, &slug, &asked, &steps(args))?;
    // What came back says where its clocks hang; nothing came back from a dry run.
    let zone = match restored.incarnation {
        Some(_) => desk.host.commune(slug.as_str()).ok().map(|commune| commune.zone),
        None => None,
    };
    desk.print(&value(&restored), &text(&restored, zone));
    Ok(())
}

/// An instant as the town's clocks showed it, or where they are not known, as all clocks do.
fn civil(at: UtcMs, zone: Option<Tz>) -> String {
    match zone {
        Some(zone) => format!(
            "{} à {} (heure de {zone})",
            at.date_in(zone).format("%d/%m/%Y"),
            at.time_in(zone).format("%H:%M:%S")
        ),
        None => format!("{} (temps universel)", at.utc().format("%d/%m/%Y à %H:%M:%S")),
    }
}

fn value(restored: &Restored) -> serde_json::Value {
    json!({
        "slug": restored.slug,
        "incarnation": restored.incarnation,
        "from": restored.from,
        "snapshot": restored.snapshot,
        "restored": {
            "entries": restored.entries,
            "head": restored.head,
            "at": restored.at.map(|at| at.to_string()),
        },
        "segments": restored.segments,
        "cut": restored.cut.map(|cut| json!({
            "seq": cut.seq,
            "received_at": cut.received_at.to_string(),
        })),
        "aside": restored.aside.iter().map(|tail| json!({
            "branch": tail.branch,
            "first": tail.first,
            "last": tail.last,
            "objects": tail.objects,
        })).collect::<Vec<_>>(),
        "set_aside": restored.set_aside,
        "withdrawals": { "read": restored.withdrawals.read, "applied": restored.withdrawals.applied },
        "key_placed": restored.key_placed,
        "dry_run": restored.dry_run,
        "problems": restored.problems,
    })
}

/// For whoever does this at three in the morning: up to when, what is missing, what next.
fn text(restored: &Restored, zone: Option<Tz>) -> String {
    let slug = &restored.slug;
    let mut lines = Vec::new();
    let until = restored.at.map_or_else(|| "?".to_owned(), |at| civil(at, zone));
    lines.push(if restored.dry_run {
        format!("Essai, rien n’a été écrit. « {slug} » reviendrait. Restauré jusqu’au {until}.")
    } else {
        format!("« {slug} » est revenue. Restauré jusqu’au {until}.")
    });
    lines.push(format!(
        "  {} opérations : {}, puis {} segment(s).",
        restored.entries,
        restored.snapshot.as_deref().map_or_else(
            || "depuis la première".to_owned(),
            |name| format!("l’instantané {name}")
        ),
        restored.segments
    ));
    if let Some(cut) = restored.cut {
        lines.push(format!(
            "  Coupée comme demandé avant l’opération {}, reçue le {} ; la suite reste à sa place.",
            cut.seq,
            civil(cut.received_at, zone)
        ));
    }
    for tail in &restored.aside {
        lines.push(format!(
            "  Laissées de côté, dans {} : les opérations {} à {} de la branche {} ({} objet(s)).",
            restored.from, tail.first, tail.last, tail.branch, tail.objects
        ));
    }
    if let Some(name) = &restored.set_aside {
        lines.push(format!("  L’ancien stockage est gardé à l’écart : {name}"));
    }
    if restored.withdrawals.applied > 0 {
        lines.push(format!(
            "  {} retrait(s) prononcé(s) depuis la sauvegarde : appliqué(s).",
            restored.withdrawals.applied
        ));
    }
    if restored.problems.is_empty() {
        lines.push("  Rien ne manque à ce qui a été sauvegardé jusque-là.".into());
    } else {
        lines.push("À savoir :".into());
        lines.extend(restored.problems.iter().map(|problem| format!("  - {problem}")));
    }
    if restored.incarnation.is_some() {
        lines.push(format!(
            "À faire maintenant :\n  \
             1. Lancer le serveur (systemctl start preau-server), avec --address et --offsite comme avant.\n  \
             2. Si personne ne peut entrer à la mairie : agent create {slug} --email … --role administrateur\n  \
             3. Suivre le retour des tablettes : /{slug}/gestion/retour-apres-incident. Elles rendent d’elles-mêmes ce \
             qu’elles tiennent ; réservations et paiements restent fermés jusqu’à ce qu’un agent les rouvre."
        ));
    }
    lines.join("\n")
}

#[cfg(not(debug_assertions))]
fn steps(_: &Args) -> Steps {
    Arc::new(said)
}

#[cfg(debug_assertions)]
fn steps(args: &Args) -> Steps {
    let last = args.die_after.clone();
    Arc::new(move |step| {
        said(step);
        if last.as_deref() == Some(step.word()) {
            // As a power cut would: nothing of this process runs any more.
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        }
    })
}

fn said(step: Step) {
    tracing::info!(step = step.word(), "restore");
}

impl From<RestoreError> for Stop {
    fn from(error: RestoreError) -> Self {
        if let RestoreError::Store(inner)
        | RestoreError::Host(HostError::Store(inner))
        | RestoreError::Snapshot(SnapshotError::Store(inner))
        | RestoreError::Corridor(CorridorError::Store(inner)) = &error
            && (is_full(&inner.to_string()) || inner.to_string().contains("disk I/O error"))
        {
            return Self::Fault(format!(
                "il n’y a plus de place, ou le disque ne peut plus être écrit ({inner}). L’ancien stockage est intact : \
                 faites de la place, puis relancez la même commande."
            ));
        }
        match error {
            RestoreError::Target(TargetError::Unreachable { .. } | TargetError::Stopped) => {
                Self::Unreachable(error.to_string())
            }
            RestoreError::Host(error) => error.into(),
            RestoreError::Store(error) => error.into(),
            RestoreError::Snapshot(error) => error.into(),
            RestoreError::Corridor(error) => error.into(),
            RestoreError::Key(error) => error.into(),
            RestoreError::Unusable { .. } => Self::Damaged(Some(error.to_string())),
            RestoreError::Target(_)
            | RestoreError::Source { .. }
            | RestoreError::Another { .. }
            | RestoreError::Nothing { .. }
            | RestoreError::TooEarly { .. }
            | RestoreError::Newer { .. }
            | RestoreError::Busy
            | RestoreError::NotEmpty(_) => Self::Refused(error.to_string()),
        }
    }
}

/// Whether a disk is full, here (SQLite) or at the database server (its class of errors 53).
pub(super) fn is_full(why: &str) -> bool {
    why.contains("full") || why.contains("(53")
}
