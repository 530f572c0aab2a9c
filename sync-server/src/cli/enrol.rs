//! `enrol`.

use serde_json::json;
use shared::ids::SiteId;
use shared::operation::{Actor, Body, Channel};
use sync_server::clock::random;
use sync_server::store::StoreError;
use sync_server::sync::{code_hash, new_code};

use super::{Desk, Stop};

/// How long a code lives, in ms: seven days.
const CODE_MS: i64 = 7 * 86_400_000;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Collectivité
    slug: String,
    /// Site de la tablette ; à répéter pour plusieurs
    #[arg(long, required = true)]
    site: Vec<String>,
}

pub(super) fn enrol(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let commune = desk.host.commune(&args.slug)?;
    let mut sites = Vec::new();
    for slug in &args.site {
        let found = commune.store.read(|tx| {
            let row = tx.first(
                include_str!("../record/site/by_slug.sql"),
                &[slug.as_str().into()],
            )?;
            row.map(|row| row.uuid(0).map(SiteId)).transpose()
        });
        let found: Option<SiteId> = found.map_err(|e: StoreError| Stop::from(e))?;
        sites.push(found.ok_or_else(|| Stop::Refused(unknown_site(desk, &args.slug, slug)))?);
    }
    let code = new_code(&commune.slug, random());
    let expires_at = commune.clock.now().plus_ms(CODE_MS);
    let body = Body::IssueTabletCode {
        code: code_hash(&code),
        sites,
        expires_at,
    };
    commune.submit(commune.operation(Actor::Host, Channel::Command, body))?;
    desk.print(
        &json!({ "code": code, "expires_at": expires_at.to_string() }),
        &format!("{code}\nCode à usage unique, valable jusqu’au {expires_at}."),
    );
    Ok(())
}

fn unknown_site(desk: &Desk, commune: &str, slug: &str) -> String {
    let known = desk.host.commune(commune).ok().and_then(|commune| {
        let rows = commune
            .store
            .read(|tx| tx.query(include_str!("../record/site/all.sql"), &[]))
            .ok()?;
        let slugs: Vec<String> = rows.iter().filter_map(|row| row.text(1).ok()).collect();
        Some(slugs.join(", "))
    });
    format!(
        "Le site « {slug} » n’existe pas. Sites connus : {}.",
        known.unwrap_or_default()
    )
}
