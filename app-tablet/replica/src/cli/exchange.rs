//! `enrol`, `sync`, `export`, `import`, `address`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tablet_replica::clock::Clock;
use tablet_replica::sync::Trust;
use tablet_replica::sync::transport::Transport;
use tablet_replica::{ReplicaError, Tablet, sync as exchange};

use super::Answer;

#[derive(clap::Args)]
pub(super) struct Enrol {
    /// Adresse du serveur
    #[arg(long)]
    server: String,
    /// Code à usage unique
    #[arg(long)]
    code: String,
    /// Nom de la tablette
    #[arg(long, default_value = "tablette")]
    name: String,
}

#[derive(clap::Args)]
pub(super) struct File {
    /// Fichier
    file: PathBuf,
}

#[derive(clap::Args)]
pub(super) struct Address {
    /// Adresse du serveur, ou fichier d’une liste signée
    #[arg(value_name = "URL|FILE")]
    place: String,
}

fn runtime() -> Result<tokio::runtime::Runtime, ReplicaError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| ReplicaError::Fault(e.to_string()))
}

/// Enrols, then fetches the lists; without a line for the latter the tablet is enrolled all the same.
pub(super) fn enrol(tablet: Tablet, args: &Enrol) -> Result<Answer, ReplicaError> {
    let tablet = Arc::new(Mutex::new(tablet));
    let transport = Transport::new()?;
    let first = runtime()?.block_on(async {
        exchange::enrol(&tablet, &transport, &args.server, &args.code, &args.name).await?;
        Ok::<_, ReplicaError>(exchange::run(&tablet, &transport).await)
    })?;
    if let Err(error) = &first {
        tracing::warn!(%error, "enrolled, but the lists could not be fetched");
    }
    let tablet = tablet.lock().map_err(|_| ReplicaError::Fault("verrou".into()))?;
    let enrolled = tablet.enrolled()?;
    let commune = &enrolled.credential.grant.commune;
    let value = json!({
        "device": enrolled.device(), "commune": commune, "name": enrolled.commune_name, "sites": enrolled.sites(),
        "synced": first.is_ok(),
    });
    Ok(Answer {
        value,
        text: format!("Tablette associée à « {} ».", enrolled.commune_name),
    })
}

pub(super) fn sync(tablet: Tablet) -> Result<Answer, ReplicaError> {
    tablet.enrolled()?;
    let tablet = Arc::new(Mutex::new(tablet));
    let transport = Transport::new()?;
    let outcome = runtime()?.block_on(exchange::run(&tablet, &transport))?;
    let value = serde_json::to_value(outcome).map_err(|e| ReplicaError::Fault(e.to_string()))?;
    let text = format!(
        "{} pointages reçus par le serveur, {} reçus d’autres tablettes.",
        outcome.accepted, outcome.received
    );
    Ok(Answer { value, text })
}

pub(super) fn export(mut tablet: Tablet, args: &File) -> Result<Answer, ReplicaError> {
    let bytes = tablet.export()?;
    std::fs::write(&args.file, &bytes).map_err(|e| ReplicaError::Disk(e.to_string()))?;
    let value = json!({ "file": args.file, "bytes": bytes.len() });
    Ok(Answer {
        value,
        text: format!("{} octets écrits dans {}.", bytes.len(), args.file.display()),
    })
}

/// Writes what can be read of a damaged file.
pub(super) fn rescue(home: &Path, args: &File) -> Result<Answer, ReplicaError> {
    let (bytes, marks) = Tablet::export_of_damaged(home)?;
    std::fs::write(&args.file, &bytes).map_err(|e| ReplicaError::Disk(e.to_string()))?;
    tracing::error!(
        marks,
        "the tablet's file is damaged; what could be read of it was written"
    );
    Ok(Answer {
        value: json!({ "file": args.file, "bytes": bytes.len(), "damaged": true, "marks": marks }),
        text: format!(
            "Le fichier de la tablette est endommagé : {marks} pointages ont pu être lus et écrits dans {}.",
            args.file.display()
        ),
    })
}

/// Sets a damaged file aside.
pub(super) fn start_again(home: &Path, clock: &Clock) -> Result<Answer, ReplicaError> {
    let salvaged = Tablet::set_aside(home, clock)?;
    Ok(Answer {
        value: json!({
            "aside": salvaged.aside, "marks": salvaged.marks, "enrolled": salvaged.enrolled,
        }),
        text: format!(
            "L’ancien fichier est gardé dans {} ; {} pointages en ont été repris. {}",
            salvaged.aside.display(),
            salvaged.marks,
            if salvaged.enrolled {
                "Synchronisez la tablette pour retrouver ses listes."
            } else {
                "Associez la tablette avec un nouveau code."
            }
        ),
    })
}

pub(super) fn import(mut tablet: Tablet, args: &File) -> Result<Answer, ReplicaError> {
    tablet.enrolled()?;
    let bytes = std::fs::read(&args.file)
        .map_err(|e| ReplicaError::Refused(format!("Impossible de lire {} : {e}.", args.file.display())))?;
    let imported = tablet.import(&bytes)?;
    let value = serde_json::to_value(imported).map_err(|e| ReplicaError::Fault(e.to_string()))?;
    Ok(Answer {
        value,
        text: format!(
            "{} pointages repris, de {} feuilles.",
            imported.marks, imported.sheets
        ),
    })
}

/// Says where the server is now. An address counts once the commune has signed an answer from there.
pub(super) fn address(mut tablet: Tablet, args: &Address) -> Result<Answer, ReplicaError> {
    tablet.enrolled()?;
    if Path::new(&args.place).is_file() {
        let bytes = std::fs::read(&args.place)
            .map_err(|e| ReplicaError::Refused(format!("Impossible de lire {} : {e}.", args.place)))?;
        let imported = tablet.import(&bytes)?;
        let said = if imported.addresses {
            "La nouvelle liste d’adresses est reprise."
        } else {
            "La tablette a déjà cette liste d’adresses, ou une plus récente."
        };
        let value = json!({ "file": args.place, "addresses": imported.addresses });
        return Ok(Answer {
            value,
            text: said.to_owned(),
        });
    }
    let tablet = Arc::new(Mutex::new(tablet));
    let transport = Transport::new()?;
    match runtime()?.block_on(exchange::give(&tablet, &transport, &args.place))? {
        Trust::Answered => Ok(Answer {
            value: json!({ "address": args.place, "answered": true }),
            text:
                "Le serveur de votre collectivité répond à cette adresse : la tablette l’y cherchera d’abord."
                    .to_owned(),
        }),
        Trust::Noted => Err(ReplicaError::NoNetwork(
            "à cette adresse ; elle est notée et sera essayée quand les autres ne répondent pas".into(),
        )),
    }
}
