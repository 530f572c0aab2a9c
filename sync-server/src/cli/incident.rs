//! `incident`: what families read of an incident, written where there may be no desk to write it at. The
//! server may run or not.

use std::io::Read;

use serde_json::json;
use shared::ids::{IncidentId, mint};
use shared::operation::{Actor, Body, Channel, IncidentPost};
use sync_server::clock::random;
use sync_server::record;
use sync_server::store::StoreError;

use super::{Desk, Stop};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Publie un point de situation, lu avant connexion
    Post {
        /// Collectivité
        slug: String,
        /// Quelques mots, par exemple « Point de situation du 24 novembre à 18 h »
        #[arg(long)]
        title: String,
        /// Le texte ; « - » le lit sur l’entrée standard ; une ligne vide sépare deux paragraphes
        #[arg(long, default_value = "")]
        text: String,
        /// L’incident est terminé
        #[arg(long)]
        over: bool,
    },
    /// Liste les points de situation publiés, du plus récent au plus ancien
    List {
        /// Collectivité
        slug: String,
    },
    /// Retire un point de situation
    Remove {
        /// Collectivité
        slug: String,
        /// Son numéro, comme le donne `incident list`
        #[arg(long)]
        id: IncidentId,
    },
}

pub(super) fn run(desk: &Desk, command: Command) -> Result<(), Stop> {
    match command {
        Command::Post {
            slug,
            title,
            text,
            over,
        } => post(desk, &slug, title, text, over),
        Command::List { slug } => list(desk, &slug),
        Command::Remove { slug, id } => remove(desk, &slug, id),
    }
}

fn post(desk: &Desk, slug: &str, title: String, text: String, over: bool) -> Result<(), Stop> {
    let commune = desk.host.commune(slug)?;
    let text = if text == "-" { typed()? } else { text };
    let now = commune.clock.now();
    let id = IncidentId(mint(now, random()));
    let post = IncidentPost {
        id,
        published_at: now,
        title: title.trim().to_owned(),
        text: text.trim().to_owned(),
        over,
    };
    commune.submit(commune.operation(Actor::Host, Channel::Command, Body::PostIncident { post }))?;
    desk.print(
        &json!({ "id": id, "published_at": now.to_string() }),
        &format!("Publié : {id}\nIl se lit à l’adresse /{slug}/situation, sans connexion."),
    );
    Ok(())
}

fn typed() -> Result<String, Stop> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Stop::Refused(format!("L’entrée standard ne se lit pas ({error}).")))?;
    Ok(text)
}

fn list(desk: &Desk, slug: &str) -> Result<(), Stop> {
    let commune = desk.host.commune(slug)?;
    let all = commune
        .store
        .read(|tx| record::incidents(tx))
        .map_err(|error: StoreError| Stop::from(error))?;
    let lines: Vec<String> = all
        .iter()
        .map(|((post, _), _)| {
            let over = if post.over { " (terminé)" } else { "" };
            format!("{}  {}  {}{over}", post.id, post.published_at, post.title)
        })
        .collect();
    let values: Vec<_> = all
        .iter()
        .map(|((post, _), updated_at)| {
            json!({
                "id": post.id,
                "published_at": post.published_at.to_string(),
                "updated_at": updated_at.to_string(),
                "title": post.title,
                "text": post.text,
                "over": post.over,
            })
        })
        .collect();
    let said = if lines.is_empty() {
        "Aucun point de situation n’est publié.".to_owned()
    } else {
        lines.join("\n")
    };
    desk.print(&json!(values), &said);
    Ok(())
}

fn remove(desk: &Desk, slug: &str, id: IncidentId) -> Result<(), Stop> {
    let commune = desk.host.commune(slug)?;
    let all = commune
        .store
        .read(|tx| record::incidents(tx))
        .map_err(|error: StoreError| Stop::from(error))?;
    let Some(((_, version), _)) = all.into_iter().find(|((post, _), _)| post.id == id) else {
        return Err(Stop::Refused(format!(
            "Aucun point de situation publié n’a le numéro {id}. Voyez « incident list {slug} »."
        )));
    };
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::RemoveIncident { post: id });
    operation.seen = Some(version);
    commune.submit(operation)?;
    desk.print(
        &json!({ "id": id, "removed": true }),
        "Retiré de la page publique.",
    );
    Ok(())
}
