//! `key export`, `key import` and `key rotate`. They need the folder of keys and nothing else: after a
//! fire there is no commune yet, and no store to ask.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::json;
use shared::slug::Slug;
use sync_server::clock::Clock;
use sync_server::host::Setup;
use sync_server::keys::{self, Imported, KeyError, Keys, fingerprint};

use super::{Print, Stop};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Écrit la clé d’une collectivité dans un fichier, ou montre sa fiche de secours
    Export(Args),
    /// Remet en place une clé : copie du fichier, ou fiche de secours ressaisie
    Import(Args),
    /// Tire une nouvelle clé d’expédition ; les anciennes restent pour relire
    Rotate(Slugged),
}

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: Slug,
    /// Fichier de la clé (export : jamais remplacé ; import : par défaut l’entrée standard)
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(super) struct Slugged {
    /// Collectivité
    slug: Slug,
}

impl From<KeyError> for Stop {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Unwritable { .. } => Self::Fault(error.to_string()),
            other => Self::Refused(other.to_string()),
        }
    }
}

pub(super) fn run(setup: &Setup, clock: Clock, print: Print, command: &Command) -> Result<(), Stop> {
    let folder = &setup.keys;
    match command {
        Command::Export(args) => export(folder, print, args),
        Command::Import(args) => import(folder, print, args),
        Command::Rotate(args) => rotate(folder, clock, print, &args.slug),
    }
}

fn retired(keys: &Keys) -> Vec<String> {
    keys.retired.iter().map(fingerprint).collect()
}

fn export(folder: &Path, print: Print, args: &Args) -> Result<(), Stop> {
    let keys = Keys::load(folder, &args.slug)?;
    let mut said = json!({
        "slug": args.slug,
        "fingerprint": fingerprint(&keys.shipping),
        "retired": retired(&keys),
    });
    let text = match &args.file {
        Some(file) => {
            if file.exists() {
                return Err(Stop::Refused(format!(
                    "{} existe déjà, et n’est jamais remplacé. Donnez un autre nom.",
                    file.display()
                )));
            }
            keys.export(file)?;
            said["file"] = json!(file);
            format!(
                "Clé de « {} » écrite dans {}. Gardez-la hors du serveur, et jamais à côté des sauvegardes : qui a \
                 les deux peut tout relire.",
                args.slug,
                file.display()
            )
        }
        None => {
            let sheet = keys.recovery_sheet();
            said["recovery_sheet"] = json!(sheet);
            sheet
        }
    };
    print.result(&said, &text);
    Ok(())
}

fn import(folder: &Path, print: Print, args: &Args) -> Result<(), Stop> {
    let given = match &args.file {
        Some(file) => Keys::read(file, &args.slug)?,
        None => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Stop::Refused(format!("L’entrée standard est illisible : {error}.")))?;
            Keys::parse(&text, &args.slug, Path::new("l’entrée standard"))?
        }
    };
    let (keys, how) = keys::import(folder, &given)?;
    let file = keys::path(folder, &args.slug);
    let text = match how {
        Imported::New => "Clé remise en place",
        Imported::Same => "Cette clé était déjà en place",
        Imported::Completed => "Clé complétée",
    };
    print.result(
        &json!({
            "slug": args.slug,
            "file": file,
            "imported": how.word(),
            "fingerprint": fingerprint(&keys.shipping),
            "retired": retired(&keys),
        }),
        &format!(
            "{text} : {} (clé d’expédition {}).",
            file.display(),
            fingerprint(&keys.shipping)
        ),
    );
    Ok(())
}

fn rotate(folder: &Path, clock: Clock, print: Print, slug: &Slug) -> Result<(), Stop> {
    let keys = keys::rotate(folder, slug, clock.now())?;
    let sheet = keys.recovery_sheet();
    print.result(
        &json!({
            "slug": slug,
            "fingerprint": fingerprint(&keys.shipping),
            "retired": retired(&keys),
            "recovery_sheet": sheet,
        }),
        &format!(
            "Nouvelle clé d’expédition de « {slug} » : {}. Les anciennes restent dans le fichier, pour relire ce \
             qu’elles ont scellé ; la signature ne change pas, les tablettes ne croient qu’elle.\n\
             À faire : relancer les serveurs, qui scellent encore avec l’ancienne ; remplacer la fiche et la copie \
             gardées ailleurs par celles-ci.\n\n{sheet}",
            fingerprint(&keys.shipping)
        ),
    );
    Ok(())
}
