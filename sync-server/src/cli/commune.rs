//! `commune create` and `commune list`.

use serde_json::json;
use shared::slug::Slug;
use sync_server::demo;

use super::{Desk, Stop};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Crée une collectivité et imprime sa fiche de secours
    Create(Create),
    /// Liste les collectivités
    List,
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
