//! What is open, who switched it, and the posts on incidents.

use shared::ids::IncidentId;
use shared::operation::{Actor, Capability, IncidentPost, Openness};
use shared::time::UtcMs;

use super::Versioned;
use crate::store::{Read, Row, StoreError};

/// A part of the service as it was last switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub capability: Capability,
    /// How far it is open.
    pub state: Openness,
    /// What people are told.
    pub message: String,
    /// When it was switched, and the version that it is at; `None` where it never was.
    pub switched: Option<(UtcMs, i64)>,
}

impl Part {
    fn untouched(capability: Capability) -> Self {
        Self {
            capability,
            state: Openness::Open,
            message: String::new(),
            switched: None,
        }
    }
}

/// Every part of the service, in the order of [`Capability::ALL`].
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn parts(tx: &mut dyn Read) -> Result<Vec<Part>, StoreError> {
    parts_in(&tx.query(include_str!("capability/all.sql"), &[])?, 0)
}

/// The same, as they stand in rows from a column on: name, state, message, since when, version.
///
/// # Errors
/// See [`parts`].
pub fn parts_in(rows: &[Row], column: usize) -> Result<Vec<Part>, StoreError> {
    let mut parts: Vec<Part> = Capability::ALL.into_iter().map(Part::untouched).collect();
    for row in rows {
        let Some(name) = row.opt(column, Row::text)? else {
            continue;
        };
        let Some(part) = parts.iter_mut().find(|part| part.capability.as_str() == name) else {
            continue;
        };
        part.state = openness(row, column + 1)?;
        part.message = row.text(column + 2)?;
        part.switched = Some((UtcMs(row.int(column + 3)?), row.int(column + 4)?));
    }
    Ok(parts)
}

/// A state that this program does not know is taken for closed.
fn openness(row: &Row, column: usize) -> Result<Openness, StoreError> {
    Ok(Openness::named(&row.text(column)?).unwrap_or(Openness::Closed))
}

/// One time that a part of the service was switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The journal's entry.
    pub seq: u64,
    /// Which part.
    pub capability: Capability,
    /// How far it was opened.
    pub state: Openness,
    /// What people were told.
    pub message: String,
    /// When.
    pub at: UtcMs,
    /// By whom.
    pub by: Actor,
    /// The return from a loss that began with it, if one did.
    pub recovery: bool,
}

/// Who switched what when, newest first; at most so many.
///
/// # Errors
/// See [`parts`].
pub fn switches(tx: &mut dyn Read, most: u32) -> Result<Vec<Switch>, StoreError> {
    let rows = tx.query(include_str!("capability/switches.sql"), &[i64::from(most).into()])?;
    rows.iter().filter_map(|row| switch(row).transpose()).collect()
}

fn switch(row: &Row) -> Result<Option<Switch>, StoreError> {
    let Some(capability) = Capability::named(&row.text(1)?) else {
        return Ok(None);
    };
    Ok(Some(Switch {
        seq: row.count(0)?,
        capability,
        state: openness(row, 2)?,
        message: row.text(3)?,
        at: UtcMs(row.int(4)?),
        by: shared::codec::decode(&row.bytes(5)?).map_err(|e| StoreError::Shape(e.to_string()))?,
        recovery: row.text(6)? == "begin_recovery",
    }))
}

/// The posts that stand, newest first, each with when it was last written.
///
/// # Errors
/// See [`parts`].
pub fn incidents(tx: &mut dyn Read) -> Result<Vec<(Versioned<IncidentPost>, UtcMs)>, StoreError> {
    let rows = tx.query(include_str!("incident/standing.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let post = IncidentPost {
                id: IncidentId(row.uuid(0)?),
                published_at: UtcMs(row.int(1)?),
                title: row.text(2)?,
                text: row.text(3)?,
                over: row.flag(4)?,
            };
            Ok(((post, row.int(5)?), UtcMs(row.int(6)?)))
        })
        .collect()
}
