//! `commune create`, `commune list` and `commune rebuild`.

use std::path::PathBuf;

use serde_json::json;
use shared::slug::Slug;
use sync_server::demo;
use sync_server::restore::rebuild::rebuild;

use super::{Desk, Stop};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Crée une collectivité et imprime sa fiche de secours
    Create(Create),
    /// Liste les collectivités
    List,
    /// Refait une collectivité dont il ne reste que la clé : ses tablettes la remplissent
    Rebuild(Rebuild),
}

#[derive(clap::Args)]
pub(super) struct Rebuild {
    /// Identifiant court, le même qu’avant
    slug: Slug,
    /// Sa clé : fichier, ou fiche de secours ressaisie
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

#[derive(clap::Args)]
pub(super) struct Create {
    /// Identifiant court
    slug: Slug,
    /// Nom
    #[arg(long)]
    name: String,
    /// Fuseau horaire
    #[arg(long, default_value = "Europe/Paris")]
    zone: String,
    /// Comment la collectivité s’appelle à l’écran
    #[arg(long, default_value = "mairie")]
    label: String,
    /// Remplit la collectivité d’une ville inventée
    #[arg(long)]
    demo: bool,
    /// Graine de la ville inventée
    #[arg(long, default_value_t = 1, requires = "demo")]
    seed: u64,
}

pub(super) fn run(desk: &Desk, command: Command) -> Result<(), Stop> {
    match command {
        Command::Create(create) => make(desk, &create),
        Command::List => list(desk),
        Command::Rebuild(args) => again(desk, &args),
    }
}

fn make(desk: &Desk, args: &Create) -> Result<(), Stop> {
    let commune = desk
        .host
        .create(&args.slug, &args.name, &args.zone, &args.label)?;
    if args.demo {
        demo::fill(&desk.host, &commune, args.seed)?;
    }
    let branch = commune.branch()?;
    let sheet = commune.keys.recovery_sheet();
    desk.print(
        &json!({ "slug": args.slug, "name": args.name, "incarnation": branch, "recovery_sheet": sheet }),
        &format!("Collectivité « {} » créée.\n\n{sheet}", args.slug),
    );
    Ok(())
}

fn list(desk: &Desk) -> Result<(), Stop> {
    let mut all = Vec::new();
    let mut text = Vec::new();
    for listed in desk.host.list()? {
        let commune = desk.host.commune(listed.slug.as_str())?;
        let branch = commune.branch()?;
        all.push(json!({ "slug": listed.slug, "name": listed.name, "incarnation": branch }));
        text.push(format!("{}\t{}\t{branch}", listed.slug, listed.name));
    }
    desk.print(&all.into(), &text.join("\n"));
    Ok(())
}

fn again(desk: &Desk, args: &Rebuild) -> Result<(), Stop> {
    let slug = &args.slug;
    let rebuilt = rebuild(&desk.host, slug, &args.key)?;
    let mut lines = vec![format!(
        "« {slug} » est refaite, vide, avec sa clé. Ses tablettes lui rendront ce qu’elles tiennent : sites, activités, \
         listes, enfants, pointages."
    )];
    lines.extend(
        rebuilt
            .set_aside
            .iter()
            .map(|name| format!("  Un stockage vide était là, il est gardé à l’écart : {name}")),
    );
    lines.extend(rebuilt.problems.iter().map(|problem| format!("  - {problem}")));
    lines.push(format!(
        "À faire maintenant :\n  \
         1. Lancer le serveur à une adresse que les tablettes connaissent (--address) ; sinon, saisir la nouvelle adresse \
         sur une tablette de chaque site.\n  \
         2. agent create {slug} --email … --role administrateur\n  \
         3. Confirmer les tablettes à la mairie et suivre leur retour : /{slug}/gestion/retour-apres-incident"
    ));
    desk.print(
        &json!({
            "slug": slug,
            "incarnation": rebuilt.incarnation,
            "set_aside": rebuilt.set_aside,
            "problems": rebuilt.problems,
        }),
        &lines.join("\n"),
    );
    Ok(())
}
