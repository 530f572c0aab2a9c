//! Puts the invented town into a commune that was just founded, and writes `demo.json`.

use std::sync::Arc;

use shared::ids::SiteId;
use shared::operation::{Actor, Body, Channel, HouseholdRecord};

use super::families::ACCOUNTS;
use super::{TabletCode, Town, pins, town, wishes};
use crate::clock::random;
use crate::commune::Commune;
use crate::host::{Host, HostError};
use crate::passwords;
use crate::sync::{code_hash, new_code};

/// Operations under one commit.
const BATCH: usize = 200;
/// How long the tablet codes of the demo live, in ms: a year.
const CODE_MS: i64 = 365 * 86_400_000;
/// Tablet codes per site.
const CODES: usize = 2;

/// Fills `commune` with the town of `seed`, around its clock's today.
///
/// # Errors
/// [`HostError`]: an operation was refused, or `demo.json` cannot be written.
pub fn fill(host: &Host, commune: &Arc<Commune>, seed: u64) -> Result<(), HostError> {
    let Town {
        bodies,
        mut manifest,
        agent_passwords,
        guardian_logins,
        staff_pins,
    } = town(seed, commune.today());
    let sites: Vec<(String, SiteId)> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::PutSite { site } => Some((site.slug.to_string(), site.id)),
            _ => None,
        })
        .collect();
    let homes: Vec<HouseholdRecord> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::PutHousehold { household } => Some(household.clone()),
            _ => None,
        })
        .take(ACCOUNTS)
        .collect();
    let mut all = bodies;
    let clear: Vec<&str> = agent_passwords
        .iter()
        .map(|a| a.password.as_str())
        .chain(guardian_logins.iter().map(|g| g.password.as_str()))
        .collect();
    let mut hashes = hash_all(&clear).into_iter();
    for agent in &agent_passwords {
        let phc = hashes.next().unwrap_or_default();
        all.push(Body::SetAgentPassword {
            agent: agent.agent,
            phc,
            token: None,
        });
    }
    for guardian in &guardian_logins {
        let phc = hashes.next().unwrap_or_default();
        all.push(Body::SetGuardianLogin {
            guardian: guardian.guardian,
            login: guardian.login.clone(),
            phc,
            token: None,
        });
    }
    let hashed = pins::hash_all(&staff_pins);
    all.extend(hashed.into_iter().map(|(staff, phc)| Body::SetStaffPin {
        staff,
        phc: Some(phc),
    }));
    let expires_at = commune.clock.now().plus_ms(CODE_MS);
    for (slug, site) in &sites {
        for _ in 0..CODES {
            let code = new_code(&commune.slug, random());
            all.push(Body::IssueTabletCode {
                code: code_hash(&code),
                sites: vec![*site],
                expires_at,
            });
            manifest.tablet_codes.push(TabletCode {
                site: slug.clone(),
                code,
            });
        }
    }
    for batch in all.chunks(BATCH) {
        let operations = batch
            .iter()
            .map(|body| commune.operation(Actor::Host, Channel::Import, body.clone()))
            .collect();
        commune.submit_all(operations)?;
    }
    wishes::ask(commune, &homes)?;
    manifest.slug = commune.slug.to_string();
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| HostError::Folder(e.to_string()))?;
    let file = host.data().join("demo.json");
    std::fs::write(&file, text).map_err(|e| HostError::Folder(format!("{} : {e}", file.display())))
}

/// Hashes on every core: argon2 is slow on purpose.
fn hash_all(clear: &[&str]) -> Vec<String> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let share = clear.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = clear
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(|p| passwords::hash(p)).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_default())
            .collect()
    })
}
