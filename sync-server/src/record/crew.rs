//! Who points, and who works at the desk.

use std::collections::BTreeSet;

use shared::ids::{AgentId, SiteId, StaffId};
use shared::operation::{AgentRecord, Role, StaffRecord};
use shared::withdrawal::Withdrawn;

use super::{Versioned, gathered, shape};
use crate::store::{Read, Row, StoreError};

/// The whole staff with its sites, in order of name.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn staff(tx: &mut dyn Read) -> Result<Vec<Versioned<StaffRecord>>, StoreError> {
    let mut sites = gathered(tx, include_str!("staff/all_sites.sql"))?;
    let rows = tx.query(include_str!("staff/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let id = row.uuid(0)?;
            let member = StaffRecord {
                id: StaffId(id),
                name: row.text(1)?,
                role: row.text(2)?,
                sites: sites
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .map(SiteId)
                    .collect(),
                until: row.opt(3, Row::date)?,
            };
            Ok((member, row.int(4)?))
        })
        .collect()
}

/// One member of the staff.
///
/// # Errors
/// See [`staff`].
pub fn staff_member(tx: &mut dyn Read, id: StaffId) -> Result<Option<Versioned<StaffRecord>>, StoreError> {
    Ok(staff(tx)?.into_iter().find(|(member, _)| member.id == id))
}

/// Who of the staff has a PIN.
///
/// # Errors
/// See [`staff`].
pub fn staff_with_pin(tx: &mut dyn Read) -> Result<BTreeSet<StaffId>, StoreError> {
    let rows = tx.query(include_str!("staff/with_pin.sql"), &[])?;
    rows.iter().map(|row| row.uuid(0).map(StaffId)).collect()
}

/// All agents with their sites, in order of name; those dismissed too ([`agents_dismissed`]).
///
/// # Errors
/// See [`staff`].
pub fn agents(tx: &mut dyn Read) -> Result<Vec<Versioned<AgentRecord>>, StoreError> {
    let mut sites = gathered(tx, include_str!("agent/all_sites.sql"))?;
    let rows = tx.query(include_str!("agent/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let id = row.uuid(0)?;
            let agent = AgentRecord {
                id: AgentId(id),
                email: row.text(1)?,
                name: row.text(2)?,
                role: Role::parse(&row.text(3)?).ok_or_else(|| shape("role"))?,
                sites: sites
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .map(SiteId)
                    .collect(),
            };
            Ok((agent, row.int(4)?))
        })
        .collect()
}

/// One agent.
///
/// # Errors
/// See [`staff`].
pub fn agent(tx: &mut dyn Read, id: AgentId) -> Result<Option<Versioned<AgentRecord>>, StoreError> {
    Ok(agents(tx)?.into_iter().find(|(agent, _)| agent.id == id))
}

/// Agents whose rights were taken away.
///
/// # Errors
/// See [`staff`].
pub fn agents_dismissed(tx: &mut dyn Read) -> Result<BTreeSet<AgentId>, StoreError> {
    let kind = Withdrawn::Agent.as_str();
    let rows = tx.query(include_str!("withdrawal/of_kind.sql"), &[kind.into()])?;
    rows.iter().map(|row| row.uuid(0).map(AgentId)).collect()
}

/// Agents who have chosen a password; the others still have their link to open.
///
/// # Errors
/// See [`staff`].
pub fn agents_with_password(tx: &mut dyn Read) -> Result<BTreeSet<AgentId>, StoreError> {
    let rows = tx.query(include_str!("agent/with_password.sql"), &[])?;
    rows.iter().map(|row| row.uuid(0).map(AgentId)).collect()
}
