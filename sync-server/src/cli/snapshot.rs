//! `snapshot`.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;
use shared::codec::Hash32;
use sync_server::clock::random;
use sync_server::commune::Commune;
use sync_server::offsite::{Target, TargetAddress, send_snapshot};
use sync_server::snapshot::{Contents, Making, SnapshotError, check, write};

use super::{Desk, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// Fichier à écrire, qui ne doit pas exister ; ou destination hors du site, file:///dossier ou s3://seau/prefixe,
    /// où l’instantané prend le nom que « restore » y cherche
    #[arg(long, value_name = "FILE|URL")]
    to: String,
}

impl From<SnapshotError> for Stop {
    fn from(error: SnapshotError) -> Self {
        match error {
            SnapshotError::Store(error) => error.into(),
            SnapshotError::Io(_) => Self::Fault(error.to_string()),
            SnapshotError::Damaged(_) | SnapshotError::Differs(_) => Self::Damaged(Some(error.to_string())),
            SnapshotError::Newer(_)
            | SnapshotError::Older { .. }
            | SnapshotError::Key(_)
            | SnapshotError::NotEmpty(_) => Self::Refused(error.to_string()),
        }
    }
}

pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let commune = desk.host.commune(&args.slug)?;
    if TargetAddress::is_url(&args.to) {
        let address: TargetAddress = args.to.parse().map_err(|e| Stop::Refused(format!("{e}.")))?;
        let target = Target::open(&address)?;
        let sent = send_snapshot(&commune, &target, desk.host.data())?;
        tell(
            desk,
            &sent.contents,
            &format!("{target}/{}", sent.path),
            sent.bytes,
        );
        return Ok(());
    }
    let to = PathBuf::from(&args.to);
    if to.exists() {
        return Err(Stop::Refused(format!(
            "{} existe déjà. Choisissez un autre nom : un instantané n’en remplace jamais un autre.",
            to.display()
        )));
    }
    let passing = passing(&to);
    let made = make(&commune, &passing, &to);
    if made.is_err() {
        let _ = fs::remove_file(&passing);
    }
    let contents = made?;
    let bytes = fs::metadata(&to).map_or(0, |file| file.len());
    tell(desk, &contents, &args.to, bytes);
    Ok(())
}

fn tell(desk: &Desk, contents: &Contents, file: &str, bytes: u64) {
    let (manifest, totals) = (&contents.manifest, &contents.totals);
    desk.print(
        &json!({
            "slug": manifest.commune,
            "file": file,
            "bytes": bytes,
            "incarnation": manifest.at.branch,
            "tables": totals.tables,
            "rows": totals.rows,
            "journal": { "entries": manifest.at.seq, "head": manifest.at.hash.hex() },
            "digest": totals.digest.hex(),
        }),
        &format!(
            "Instantané de « {} » : {} ({} lignes, {} entrées au journal). Il ne s’ouvre qu’avec la clé de la \
             collectivité.",
            manifest.commune,
            file,
            totals.rows,
            manifest.at.seq
        ),
    );
}

/// Written beside its place, read back, and only then given its name.
fn make(commune: &Commune, passing: &Path, to: &Path) -> Result<Contents, SnapshotError> {
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(passing)?;
    let making = Making {
        shipping: commune.keys.shipping,
        salt: Hash32(random()),
        made_at: commune.clock.now(),
    };
    let mut out = BufWriter::new(&file);
    let contents = commune.store.read(|tx| write(tx, &making, &mut out))?;
    out.flush()?;
    drop(out);
    file.sync_all()?;
    let read = check(std::io::BufReader::new(File::open(passing)?), &making.shipping)?;
    if read != contents {
        return Err(SnapshotError::Damaged(
            "it does not read as it was written".into(),
        ));
    }
    // Unlike a renaming, a link never replaces what is there.
    fs::hard_link(passing, to)?;
    fs::remove_file(passing)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(contents)
}

fn passing(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(
        ".{}.part",
        data_encoding::HEXLOWER.encode(&random::<8>())
    ));
    PathBuf::from(name)
}
