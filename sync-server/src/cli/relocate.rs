//! `move`.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;
use shared::slug::Slug;
use sync_server::host::{Host, HostError, Setup};
use sync_server::snapshot::SnapshotError;
use sync_server::snapshot::relocate::{Moved, RelocateError, Step, Steps, examine, place_of, relocate};
use sync_server::store::{StoreAddress, StoreError};

use super::restore::is_full;
use super::{Desk, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// Où elle va : un dossier de données, ou postgres://…
    #[arg(long, value_name = "DIR|URL")]
    to: StoreAddress,
    /// Dossier des clés à l’arrivée (par défaut : DIR/keys, ou le même pour postgres://…)
    #[arg(long, value_name = "DIR")]
    to_keys: Option<PathBuf>,
    /// Autorités de certification du serveur PostgreSQL d’arrivée (par défaut : --store-ca)
    #[arg(long, value_name = "FILE")]
    to_ca: Option<PathBuf>,
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
    let setup = destination(desk.host.setup(), args);
    examine(&setup).map_err(stop)?;
    let to = Host::open(setup, desk.host.clock).map_err(|error| stop(error.into()))?;
    let moved = relocate(&desk.host, &to, &slug, &steps(args)).map_err(stop);
    if let Some(pool) = to.backend().pool() {
        pool.flush();
    }
    print(desk, &slug, &place_of(&to), &moved?);
    Ok(())
}

/// How the destination is opened: a folder has everything in it, a database shares what is no store
/// with the source.
fn destination(source: &Setup, args: &Args) -> Setup {
    let (data, keys) = match &args.to {
        StoreAddress::Folder(folder) => (folder.clone(), folder.join("keys")),
        StoreAddress::Postgres(_) => (source.data.clone(), source.keys.clone()),
    };
    Setup {
        data,
        keys: args.to_keys.clone().unwrap_or(keys),
        store: args.to.clone(),
        authorities: args.to_ca.clone().or_else(|| source.authorities.clone()),
        connections: source.connections,
    }
}

fn print(desk: &Desk, slug: &Slug, to: &str, moved: &Moved) {
    let seal = &moved.seal;
    desk.print(
        &json!({
            "slug": slug,
            "from": moved.from,
            "to": to,
            "incarnation": seal.branch,
            "tables": seal.tables,
            "rows": seal.rows,
            "marks": seal.marks,
            "journal": { "entries": seal.entries, "head": seal.head.hex() },
            "verified": true,
            "set_aside": moved.set_aside,
        }),
        &format!(
            "« {slug} » est maintenant dans {to} : {} lignes, {} pointages, {} entrées au journal, vérifiées des \
             deux côtés.\nL’ancien stockage reste à l’écart : {}",
            seal.rows, seal.marks, seal.entries, moved.set_aside
        ),
    );
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
    tracing::info!(step = step.word(), "move");
}

fn stop(error: RelocateError) -> Stop {
    match error {
        RelocateError::Host(HostError::Store(StoreError::Unavailable(why)))
        | RelocateError::Store(StoreError::Unavailable(why))
        | RelocateError::Snapshot(SnapshotError::Store(StoreError::Unavailable(why)))
            if is_full(&why) =>
        {
            Stop::Fault(format!(
                "il n’y a plus de place ({why}). Rien n’est perdu : faites-en, puis relancez la même commande."
            ))
        }
        RelocateError::Store(error) | RelocateError::Snapshot(SnapshotError::Store(error)) => error.into(),
        RelocateError::Host(error) => error.into(),
        RelocateError::Unsound(_) => Stop::Damaged(Some(error.to_string())),
        RelocateError::Lost { .. }
        | RelocateError::Snapshot(SnapshotError::Damaged(_) | SnapshotError::Differs(_)) => {
            Stop::Damaged(Some(error.to_string()))
        }
        RelocateError::Snapshot(SnapshotError::Io(_)) => Stop::Fault(error.to_string()),
        RelocateError::Snapshot(
            SnapshotError::Newer(_)
            | SnapshotError::Older { .. }
            | SnapshotError::Key(_)
            | SnapshotError::NotEmpty(_),
        )
        | RelocateError::Key(_)
        | RelocateError::Taken { .. }
        | RelocateError::OtherKey { .. }
        | RelocateError::Elsewhere { .. }
        | RelocateError::Ground(_)
        | RelocateError::Busy => Stop::Refused(error.to_string()),
    }
}
