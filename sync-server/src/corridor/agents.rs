//! Users of the desk.

use shared::codec::Hash32;
use shared::ids::{AgentId, BranchId};
use shared::operation::{AgentRecord, Outcome, Refusal, Role};
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use super::places::known_site;
use super::{CorridorError, Effect, Stage, checks, recovery, unchanged};
use crate::store::Row;

type Done = Result<Effect, CorridorError>;

pub(super) fn put(stage: &mut Stage<'_>, a: &AgentRecord) -> Done {
    unchanged(stage, include_str!("../record/agent/version.sql"), a.id.into())?;
    let by_email = include_str!("../record/agent/by_email.sql");
    match stage.tx.first(by_email, &[a.email.as_str().into()])? {
        Some(row) if row.uuid(0)? != a.id.0 => return Err(Refusal::Taken(a.email.clone()).into()),
        _ => {}
    }
    for site in &a.sites {
        known_site(stage, *site)?;
    }
    if stage.live() {
        checks::agent(a)?;
        if a.role != Role::Administrateur {
            leaves_an_administrator(stage, a.id)?;
        }
    }
    let version = stage.version();
    let params = [
        a.id.into(),
        a.email.as_str().into(),
        a.name.as_str().into(),
        a.role.as_str().into(),
        version.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/agent/put.sql"), &params)?;
    stage
        .tx
        .execute(include_str!("../record/agent/clear_sites.sql"), &[a.id.into()])?;
    for site in &a.sites {
        stage.tx.execute(
            include_str!("../record/agent/add_site.sql"),
            &[a.id.into(), (*site).into()],
        )?;
    }
    Ok(Effect::Changed(Outcome::Version(version)))
}

/// Refuses to take the last administrator away: nobody would be left to invite another.
pub(super) fn leaves_an_administrator(stage: &mut Stage<'_>, agent: AgentId) -> Result<(), CorridorError> {
    let role = stage
        .tx
        .first(include_str!("../record/agent/role.sql"), &[agent.into()])?
        .map(|row| row.text(0))
        .transpose()?;
    if role.as_deref() != Some(Role::Administrateur.as_str()) {
        return Ok(());
    }
    let others = include_str!("../record/agent/other_administrators.sql");
    match stage.tx.first(others, &[agent.into()])? {
        Some(_) => Ok(()),
        None => Err(Refusal::Invalid(
            "C’est le dernier administrateur. Donnez d’abord ce rôle à un autre agent.".into(),
        )
        .into()),
    }
}

fn known(stage: &mut Stage<'_>, agent: AgentId) -> Result<(), CorridorError> {
    stage
        .tx
        .first(include_str!("../record/agent/version.sql"), &[agent.into()])?
        .map(|_| ())
        .ok_or_else(|| Refusal::NotFound("cet agent").into())
}

pub(super) fn issue_link(stage: &mut Stage<'_>, agent: AgentId, token: Hash32, expires_at: UtcMs) -> Done {
    known(stage, agent)?;
    let params = [token.into(), agent.into(), stage.branch.into(), expires_at.into()];
    stage
        .tx
        .execute(include_str!("../record/agent/put_link.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn set_password(stage: &mut Stage<'_>, agent: AgentId, phc: &str, token: Option<Hash32>) -> Done {
    known(stage, agent)?;
    if let Some(token) = token {
        let row = stage
            .tx
            .first(include_str!("../record/agent/link.sql"), &[token.into()])?;
        let row = row.ok_or(Refusal::CodeUnknown)?;
        if stage.live() {
            link_stands(stage, agent, &row)?;
        }
        let params = [token.into(), stage.context.now.into()];
        stage
            .tx
            .execute(include_str!("../record/agent/use_link.sql"), &params)?;
        // Links live on one branch: whoever has one was given it after the loss.
        recovery::vouch(stage, Withdrawn::Agent, *agent.as_bytes())?;
    }
    let params = [agent.into(), phc.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/agent/set_password.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

fn link_stands(stage: &Stage<'_>, agent: AgentId, row: &Row) -> Result<(), CorridorError> {
    let refusal = if row.uuid(0)? != agent.0 {
        Refusal::CodeUnknown
    } else if !row.is_null(3) {
        Refusal::CodeUsed
    } else if BranchId(row.uuid(1)?) != stage.branch || UtcMs(row.int(2)?) <= stage.context.now {
        Refusal::CodeExpired
    } else {
        return Ok(());
    };
    Err(refusal.into())
}

pub(super) fn logged_in(stage: &mut Stage<'_>, agent: AgentId) -> Done {
    known(stage, agent)?;
    Ok(Effect::Changed(Outcome::Done))
}
