//! `bounce`: a letter came back to the sender's mailbox.

use std::io::Read;

use serde_json::json;
use sync_server::letters::bounce;

use super::{Desk, Stop};

/// Largest message read, in bytes.
const LARGEST: u64 = 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
}

pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let commune = desk.host.commune(&args.slug)?;
    let mut message = Vec::new();
    std::io::stdin()
        .take(LARGEST)
        .read_to_end(&mut message)
        .map_err(|error| Stop::Refused(format!("Le message ne peut pas être lu : {error}.")))?;
    let found = match bounce::read(&message) {
        Some(found) => bounce::take(&commune, &found)?.map(|letter| (letter, found.status)),
        None => None,
    };
    let Some((letter, status)) = found else {
        return Err(Stop::Refused(
            "Ce message n’est pas l’avis de non-remise d’un courriel de cette collectivité. Rien n’a changé."
                .into(),
        ));
    };
    desk.print(
        &json!({ "slug": commune.slug.to_string(), "letter": letter.to_string(), "status": status }),
        &format!(
            "Le courriel {letter} est revenu ({status}) : l’adresse est signalée à la mairie et à la famille."
        ),
    );
    Ok(())
}
