//! `agent create`.

use serde_json::json;
use shared::ids::{AgentId, mint};
use shared::operation::{Actor, AgentRecord, Body, Channel, Role};
use shared::sign::sha256;
use sync_server::clock::random;

use super::{Desk, Stop};

/// How long a one-time link lives, in ms: seven days.
const LINK_MS: i64 = 7 * 86_400_000;

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Crée un agent et imprime un lien à usage unique
    Create(Create),
}

#[derive(clap::Args)]
pub(super) struct Create {
    /// Collectivité
    slug: String,
    /// Adresse électronique : l’identifiant de l’agent
    #[arg(long)]
    email: String,
    /// Nom affiché (par défaut : l’adresse)
    #[arg(long)]
    name: Option<String>,
    /// Rôle : administrateur, gestionnaire, directeur, regisseur, mandataire, lecture
    #[arg(long)]
    role: String,
}

pub(super) fn run(desk: &Desk, command: Command) -> Result<(), Stop> {
    let Command::Create(args) = command;
    let role = Role::parse(&args.role).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
        Stop::Refused(format!(
            "Le rôle « {} » n’existe pas. Choisissez parmi : {}.",
            args.role,
            all.join(", ")
        ))
    })?;
    let email = args.email.trim().to_lowercase();
    if !email.contains('@') {
        return Err(Stop::Refused(format!(
            "« {} » n’est pas une adresse électronique.",
            args.email
        )));
    }
    let commune = desk.host.commune(&args.slug)?;
    let now = commune.clock.now();
    let agent = AgentId(mint(now, random()));
    let secret: [u8; 32] = random();
    let name = args.name.unwrap_or_else(|| email.clone());
    let token = sha256(&[&secret]);
    let expires_at = now.plus_ms(LINK_MS);
    let operation = |body| commune.operation(Actor::Host, Channel::Command, body);
    commune.submit_all(vec![
        operation(Body::PutAgent {
            agent: AgentRecord {
                sites: Vec::new(),
                id: agent,
                email,
                name,
                role,
            },
        }),
        operation(Body::IssueAgentLink {
            agent,
            token,
            expires_at,
        }),
    ])?;
    let link = format!(
        "/{}/gestion/activer/{}",
        commune.slug,
        data_encoding::BASE64URL_NOPAD.encode(&secret)
    );
    desk.print(
        &json!({ "agent": agent, "link": link, "expires_at": expires_at.to_string() }),
        &format!("Lien à usage unique, valable sept jours, à ouvrir sur l’adresse du serveur :\n{link}"),
    );
    Ok(())
}
