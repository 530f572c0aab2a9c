//! `lists`: the printable lists that lie off-site, with the key and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::json;
use shared::offsite::{Printed, Refused};
use shared::slug::Slug;
use sync_server::host::{HostError, Setup};
use sync_server::keys::{self, Keys};
use sync_server::offsite::{Target, TargetAddress, lists};

use super::{Print, Stop};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// D’où : le dossier de la sauvegarde hors du site, file:///… ou s3://seau/prefixe
    #[arg(long, value_name = "URL|DIR")]
    from: TargetAddress,
    /// Clé de la collectivité : fichier, ou fiche de secours ressaisie (par défaut : celle du dossier des clés)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Un seul jour, AAAA-MM-JJ (par défaut : tous ceux qui s’y trouvent)
    #[arg(long, value_name = "D")]
    date: Option<NaiveDate>,
    /// Dossier où écrire les listes, une page par site et par jour
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(super) fn run(setup: &Setup, print: Print, args: &Args) -> Result<(), Stop> {
    let slug: Slug = args
        .slug
        .parse()
        .map_err(|_| HostError::Unknown(args.slug.clone()))?;
    let keys = match &args.key {
        Some(file) => Keys::read(file, &slug)?,
        None => Keys::load(&setup.keys, &slug)?,
    };
    let target = Target::open(&args.from)?;
    let found = lists::find(&target, &slug, &keys, args.date)?;
    if found.lists.is_empty() {
        return Err(nothing(&slug, args, &keys, &found));
    }
    let mut written: Vec<(PathBuf, &Printed)> = Vec::new();
    make_folder(&args.to)?;
    let mut of_day: BTreeMap<(NaiveDate, &Slug), usize> = BTreeMap::new();
    for list in &found.lists {
        let nth = of_day.entry((list.date, &list.slug)).or_default();
        // What a history that was cut off had stands beside the newest.
        let name = match *nth {
            0 => format!("{}-{}.html", list.date, list.slug),
            n => format!("{}-{}-avant-{n}.html", list.date, list.slug),
        };
        *nth += 1;
        let file = args.to.join(name);
        write(&file, &list.html)?;
        written.push((file, list));
    }
    let problems: Vec<String> = found
        .problems
        .iter()
        .map(|(path, why)| format!("{path} : {why}."))
        .collect();
    let value = json!({
        "slug": slug,
        "from": args.from.to_string(),
        "lists": written.iter().map(|(file, list)| json!({
            "date": list.date.to_string(),
            "site": list.slug,
            "made_at": list.made_at.to_string(),
            "seq": list.at.seq,
            "incarnation": list.at.branch,
            "file": file,
        })).collect::<Vec<_>>(),
        "problems": problems,
        "strange": found.strange,
    });
    print.result(&value, &text(&slug, args, &written, &problems));
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Stop::Damaged(Some(format!(
            "{} liste(s) ne peuvent être lues ; les autres sont écrites.",
            problems.len()
        ))))
    }
}

/// Why there is nothing to print, and what to do then.
fn nothing(slug: &Slug, args: &Args, keys: &Keys, found: &lists::Found) -> Stop {
    let place = args.from.to_string();
    if found.problems.is_empty() {
        let day = args
            .date
            .map(|date| format!(" pour le {}", date.format("%d/%m/%Y")))
            .unwrap_or_default();
        return Stop::Refused(format!(
            "Aucune liste de « {slug} »{day} dans {place}. Vérifiez l’adresse et la date ; les tablettes gardent les leurs \
             et pointent sans serveur."
        ));
    }
    if found.problems.iter().all(|(_, why)| *why == Refused::Key) {
        return Stop::Refused(format!(
            "Les {} listes de « {slug} » dans {place} sont scellées avec une autre clé que {}. Retrouvez la copie de \
             la bonne clé, ou ressaisissez la fiche de secours la plus récente, et donnez-la avec --key.",
            found.problems.len(),
            keys::fingerprint(&keys.shipping)
        ));
    }
    let told: Vec<String> = found
        .problems
        .iter()
        .map(|(path, why)| format!("  {path} : {why}."))
        .collect();
    Stop::Damaged(Some(format!(
        "Aucune des listes de « {slug} » dans {place} ne peut être lue :\n{}",
        told.join("\n")
    )))
}

fn text(slug: &Slug, args: &Args, written: &[(PathBuf, &Printed)], problems: &[String]) -> String {
    let mut lines = vec![format!(
        "{} liste(s) de « {slug} », signées par sa clé, sont dans {}. Ouvrez-les avec un navigateur et imprimez-les.",
        written.len(),
        args.to.display()
    )];
    for (file, list) in written {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        lines.push(format!("  {name}, établie le {}", civil(list)));
    }
    if !problems.is_empty() {
        lines.push("À savoir, ces objets ne sont pas imprimables :".into());
        lines.extend(problems.iter().map(|problem| format!("  - {problem}")));
    }
    lines.push(
        "Ces pages disent la santé des enfants : effacez le dossier quand elles sont imprimées.".into(),
    );
    lines.join("\n")
}

/// When a list was drawn, as the town's clocks showed it.
fn civil(list: &Printed) -> String {
    match list.zone.parse::<Tz>() {
        Ok(zone) => format!(
            "{} à {}",
            list.made_at.date_in(zone).format("%d/%m/%Y"),
            list.made_at.time_in(zone).format("%H:%M")
        ),
        Err(_) => format!(
            "{} (temps universel)",
            list.made_at.utc().format("%d/%m/%Y à %H:%M")
        ),
    }
}

fn make_folder(folder: &Path) -> Result<(), Stop> {
    let mut builder = fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| refused(folder, &error))
}

/// For its owner alone: it tells of children.
fn write(file: &Path, html: &str) -> Result<(), Stop> {
    let mut open = fs::File::options();
    open.write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut out| out.write_all(html.as_bytes()))
        .map_err(|error| refused(file, &error))
}

fn refused(place: &Path, error: &std::io::Error) -> Stop {
    Stop::Refused(format!(
        "{} ne peut pas être écrit : {error}. Donnez un autre dossier avec --to.",
        place.display()
    ))
}
