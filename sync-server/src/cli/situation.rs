//! `situation`: a word to everybody in the night in which there is no server.

use chrono_tz::Tz;
use serde_json::json;
use shared::ids::mint;
use shared::offsite::Name;
use shared::slug::Slug;
use sync_server::clock::{Clock, random};
use sync_server::host::HostError;
use sync_server::offsite::situation::{SituationError, Word, post};
use sync_server::offsite::{Target, TargetAddress};

use super::{Print, Stop};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 160;
/// Longest text, in characters.
const LONGEST_TEXT: usize = 8_000;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// Destination de la sauvegarde hors du site : dossier, file:///… ou s3://seau/prefixe
    #[arg(long, env = "PREAU_OFFSITE", value_name = "URL")]
    offsite: TargetAddress,
    /// En quelques mots
    #[arg(long, value_name = "T")]
    title: String,
    /// Le texte ; une ligne vide sépare deux paragraphes
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// Tout fonctionne de nouveau
    #[arg(long)]
    over: bool,
    /// Nom de la collectivité, si aucune page ne le dit encore
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Fuseau horaire de la collectivité
    #[arg(long, default_value = "Europe/Paris", value_name = "Z")]
    zone: Tz,
}

pub(super) fn run(clock: Clock, print: Print, args: &Args) -> Result<(), Stop> {
    let slug: Slug = args
        .slug
        .parse()
        .map_err(|_| HostError::Unknown(args.slug.clone()))?;
    let (title, text) = (args.title.trim(), args.text.trim());
    if title.is_empty() || title.chars().count() > LONGEST_TITLE || text.chars().count() > LONGEST_TEXT {
        return Err(Stop::Refused(format!(
            "Donnez un titre, de {LONGEST_TITLE} caractères au plus, et un texte de {LONGEST_TEXT} au plus."
        )));
    }
    let target = Target::open(&args.offsite)?;
    let at = clock.now();
    let word = Word {
        at,
        title: title.to_owned(),
        text: text.to_owned(),
        over: args.over,
        closed: "Le serveur ne répond pas. Ce qui a été réservé le reste ; le pointage continue sur les tablettes."
            .into(),
    };
    let id = mint(at, random());
    let posts = post(&target, &slug, args.name.as_deref(), args.zone, id, &word)?;
    let (page, feed) = (Name::Page.path(&slug), Name::Feed.path(&slug));
    let value = json!({
        "slug": slug,
        "offsite": args.offsite.to_string(),
        "page": page,
        "feed": feed,
        "posts": posts,
    });
    print.result(
        &value,
        &format!(
            "C’est publié dans {} : {page} et {feed} ({posts} point(s) de situation).\nDès qu’un serveur tourne, \
             redites-le à la mairie : sa page remplacera celle-ci, qui n’entre pas dans le registre.",
            args.offsite
        ),
    );
    Ok(())
}

impl From<SituationError> for Stop {
    fn from(error: SituationError) -> Self {
        match error {
            SituationError::Target(error) => error.into(),
            SituationError::Foreign { .. } => Self::Refused(error.to_string()),
        }
    }
}
