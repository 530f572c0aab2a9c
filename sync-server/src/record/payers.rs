//! Who pays, and with whom a child is.

use shared::codec::decode;
use shared::ids::{ChildId, HouseholdId, PayerId};
use shared::operation::{CustodyRecord, PayerRecord};

use super::{Versioned, shape};
use crate::store::{Read, Row, StoreError};

fn payer_of(row: &Row) -> Result<Versioned<PayerRecord>, StoreError> {
    let payer = decode(&row.bytes(0)?).map_err(|_| shape("payer"))?;
    Ok((payer, row.int(1)?))
}

fn all(rows: &[Row]) -> Result<Vec<Versioned<PayerRecord>>, StoreError> {
    rows.iter().map(payer_of).collect()
}

/// All payers.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn payers(tx: &mut dyn Read) -> Result<Vec<Versioned<PayerRecord>>, StoreError> {
    all(&tx.query(include_str!("payer/all.sql"), &[])?)
}

/// One payer.
///
/// # Errors
/// See [`payers`].
pub fn payer(tx: &mut dyn Read, id: PayerId) -> Result<Option<Versioned<PayerRecord>>, StoreError> {
    let row = tx.first(include_str!("payer/get.sql"), &[id.into()])?;
    row.as_ref().map(payer_of).transpose()
}

/// Those who pay, paid or will pay for a child.
///
/// # Errors
/// See [`payers`].
pub fn payers_of_child(tx: &mut dyn Read, child: ChildId) -> Result<Vec<Versioned<PayerRecord>>, StoreError> {
    all(&tx.query(include_str!("payer/of_child.sql"), &[child.into()])?)
}

/// Those whose money is a household's.
///
/// # Errors
/// See [`payers`].
pub fn payers_of_household(
    tx: &mut dyn Read,
    household: HouseholdId,
) -> Result<Vec<Versioned<PayerRecord>>, StoreError> {
    all(&tx.query(include_str!("payer/of_household.sql"), &[household.into()])?)
}

/// With whom a child is and who decides for it, where anything was written of that.
///
/// # Errors
/// See [`payers`].
pub fn custody(tx: &mut dyn Read, child: ChildId) -> Result<Option<Versioned<CustodyRecord>>, StoreError> {
    let Some(row) = tx.first(include_str!("custody/get.sql"), &[child.into()])? else {
        return Ok(None);
    };
    let custody = decode(&row.bytes(0)?).map_err(|_| shape("custody"))?;
    Ok(Some((custody, row.int(1)?)))
}
