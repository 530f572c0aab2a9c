//! How the portal is set up.

use shared::codec::decode;
use shared::operation::PortalRecord;

use super::{Versioned, shape};
use crate::store::{Read, Row, StoreError};

/// How the portal is set up; as it comes, at version 0, where nobody set it up.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn portal(tx: &mut dyn Read) -> Result<Versioned<PortalRecord>, StoreError> {
    let Some(row) = tx.first(include_str!("portal/get.sql"), &[])? else {
        return Ok((PortalRecord::default(), 0));
    };
    let record = decode(&row.bytes(0)?).map_err(|_| shape("portal"))?;
    Ok((record, row.int(1)?))
}

/// The version of the town's logo, and what it says to whoever does not see it.
///
/// # Errors
/// See [`portal`].
pub fn logo_version(tx: &mut dyn Read) -> Result<Option<(i64, String)>, StoreError> {
    let row = tx.first(include_str!("portal/logo_version.sql"), &[])?;
    row.map(|row: Row| Ok((row.int(0)?, row.text(1)?))).transpose()
}

/// Both at once: what every page of the portal is drawn with.
///
/// # Errors
/// See [`portal`].
pub fn portal_with_logo(tx: &mut dyn Read) -> Result<(PortalRecord, Option<(i64, String)>), StoreError> {
    let Some(row) = tx.first(include_str!("portal/with_logo.sql"), &[])? else {
        return Ok((PortalRecord::default(), None));
    };
    let record = record_in(&row, 0)?;
    Ok((record, row.opt(2, Row::int)?.zip(row.opt(3, Row::text)?)))
}

/// The same, as it stands in a row from a column on: the record, the logo's version and its words.
///
/// # Errors
/// See [`portal`].
pub fn portal_in(row: &Row, column: usize) -> Result<(PortalRecord, Option<(i64, String)>), StoreError> {
    let logo = row
        .opt(column + 1, Row::int)?
        .zip(row.opt(column + 2, Row::text)?);
    Ok((record_in(row, column)?, logo))
}

fn record_in(row: &Row, column: usize) -> Result<PortalRecord, StoreError> {
    match row.opt(column, Row::bytes)? {
        Some(bytes) => decode(&bytes).map_err(|_| shape("portal")),
        None => Ok(PortalRecord::default()),
    }
}
