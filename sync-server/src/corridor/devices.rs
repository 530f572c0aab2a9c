//! Tablets: codes, enrolment, withdrawal; and the addresses they look at.

use shared::addresses::Addresses;
use shared::codec::{Hash32, decode};
use shared::credential::Credential;
use shared::ids::{AgentId, BranchId, DeviceId, SiteId};
use shared::operation::{Channel, Outcome, Refusal};
use shared::time::UtcMs;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::places::known_site;
use super::{CorridorError, Effect, Stage, agents, recovery};
use crate::store::Row;

type Done = Result<Effect, CorridorError>;

fn unreadable(what: &str) -> Refusal {
    Refusal::Invalid(format!("{what} : contenu illisible."))
}

pub(super) fn issue_code(stage: &mut Stage<'_>, code: Hash32, sites: &[SiteId], expires_at: UtcMs) -> Done {
    if sites.is_empty() {
        return Err(Refusal::Invalid("Indiquez au moins un site.".into()).into());
    }
    let params = [code.into(), stage.branch.into(), expires_at.into()];
    stage
        .tx
        .execute(include_str!("../record/device/put_code.sql"), &params)?;
    for site in sites {
        known_site(stage, *site)?;
        stage.tx.execute(
            include_str!("../record/device/put_code_site.sql"),
            &[code.into(), (*site).into()],
        )?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

/// The same tablet with the same code is enrolled once, however often it asks: its answer may
/// have been lost.
pub(super) fn enrol(
    stage: &mut Stage<'_>,
    code: Hash32,
    device: DeviceId,
    key: &[u8; 32],
    name: &str,
) -> Done {
    let row = stage
        .tx
        .first(include_str!("../record/device/code.sql"), &[code.into()])?;
    let row = row.ok_or(Refusal::CodeUnknown)?;
    if let Some(user) = row.opt(2, Row::uuid)? {
        let known = stage
            .tx
            .first(include_str!("../record/device/get.sql"), &[device.into()])?;
        let same_key = known.is_some_and(|known| known.bytes(0).is_ok_and(|k| k == key));
        return if user == device.0 && same_key {
            Ok(Effect::Nothing(Outcome::Done))
        } else {
            Err(Refusal::CodeUsed.into())
        };
    }
    let stale = BranchId(row.uuid(0)?) != stage.branch || UtcMs(row.int(1)?) <= stage.context.now;
    if stage.live() && stale {
        return Err(Refusal::CodeExpired.into());
    }
    let sites = stage
        .tx
        .query(include_str!("../record/device/code_sites.sql"), &[code.into()])?;
    let sites = sites
        .iter()
        .map(|row| row.uuid(0).map(SiteId))
        .collect::<Result<Vec<_>, _>>()?;
    stage.tx.execute(
        include_str!("../record/device/use_code.sql"),
        &[code.into(), device.into()],
    )?;
    let since = stage.context.now;
    put_device(stage, device, key, name, since, &sites)?;
    // Codes live on one branch: whoever typed one was given it after the loss.
    recovery::vouch(stage, Withdrawn::Device, *device.as_bytes())?;
    Ok(Effect::Changed(Outcome::Done))
}

fn put_device(
    stage: &mut Stage<'_>,
    device: DeviceId,
    key: &[u8; 32],
    name: &str,
    since: UtcMs,
    sites: &[SiteId],
) -> Result<(), CorridorError> {
    if stage
        .tx
        .first(include_str!("../record/device/get.sql"), &[device.into()])?
        .is_some()
    {
        return Err(Refusal::IdReused.into());
    }
    let params = [device.into(), key[..].into(), name.into(), since.into()];
    stage
        .tx
        .execute(include_str!("../record/device/put.sql"), &params)?;
    for site in sites {
        stage.tx.execute(
            include_str!("../record/device/put_site.sql"),
            &[device.into(), (*site).into()],
        )?;
    }
    Ok(())
}

/// A tablet of a lost branch. Its credential was checked against the commune's key by the caller,
/// who holds it.
pub(super) fn admit(stage: &mut Stage<'_>, credential: &[u8]) -> Done {
    let credential: Credential = decode(credential).map_err(|_| unreadable("Titre de la tablette"))?;
    let grant = credential.grant;
    let known = stage
        .tx
        .first(include_str!("../record/device/get.sql"), &[grant.device.into()])?;
    match known {
        Some(row) if row.bytes(0)? == grant.key.0 => Ok(Effect::Nothing(Outcome::Done)),
        Some(_) => Err(Refusal::IdReused.into()),
        None => {
            put_device(stage, grant.device, &grant.key.0, "", grant.since, &grant.sites)?;
            Ok(Effect::Changed(Outcome::Done))
        }
    }
}

/// The set only grows; a second withdrawal of the same subject adds nothing.
pub(super) fn withdraw(stage: &mut Stage<'_>, encoded: &[u8]) -> Done {
    let withdrawal: Withdrawal = decode(encoded).map_err(|_| unreadable("Retrait"))?;
    let kind = withdrawal.kind.as_str();
    let subject = withdrawal.subject_id();
    let found = stage.tx.first(
        include_str!("../record/withdrawal/get.sql"),
        &[kind.into(), subject.into()],
    )?;
    if found.is_some() {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    // What a tablet carries was decided before a loss: it stands, even if nobody is left who may log in.
    let carried = stage.operation.channel == Channel::Tablet;
    if stage.live() && !carried && withdrawal.kind == Withdrawn::Agent {
        agents::leaves_an_administrator(stage, AgentId(subject))?;
    }
    let params = [
        kind.into(),
        subject.into(),
        withdrawal.at.into(),
        encoded.into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/withdrawal/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

/// The newest list wins.
pub(super) fn publish(stage: &mut Stage<'_>, encoded: &[u8]) -> Done {
    let addresses: Addresses = decode(encoded).map_err(|_| unreadable("Adresses"))?;
    if let Some(row) = stage.tx.first(include_str!("../record/addresses/get.sql"), &[])? {
        let held: Addresses = decode(&row.bytes(0)?).map_err(|_| unreadable("Adresses"))?;
        let same = held.places.servers == addresses.places.servers
            && held.places.fallback == addresses.places.fallback;
        if same || held.places.at >= addresses.places.at {
            return Ok(Effect::Nothing(Outcome::Done));
        }
    }
    stage.tx.execute(
        include_str!("../record/addresses/put.sql"),
        &[encoded.into(), stage.seq.into()],
    )?;
    Ok(Effect::Changed(Outcome::Done))
}
