//! Is a commune's record still whole? The same questions as `verify`, asked in many short reads, so
//! that no transaction stays open and nobody waits.

use crate::store::{Store, StoreError};
use crate::verify::{self, Chain};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many sheets were compared with their rows.
    pub sheets: u64,
    /// What is wrong, a sentence each; ids and dates only.
    pub problems: Vec<String>,
}

/// Follows the journal and compares every sheet with its rows. `go_on` is asked before each read;
/// when it says no, nothing was found out and the answer is `None`.
///
/// # Errors
/// [`StoreError`] of the engine or of `go_on`.
pub fn check(
    store: &Store,
    mut go_on: impl FnMut() -> Result<bool, StoreError>,
) -> Result<Option<Found>, StoreError> {
    let mut found = Found::default();
    let mut chain = Chain::default();
    loop {
        if !go_on()? {
            return Ok(None);
        }
        if !store.read(|tx| chain.page(tx, &mut found.problems))? {
            break;
        }
    }
    for (site, date) in store.read(|tx| verify::list(tx, &mut found.problems))? {
        if !go_on()? {
            return Ok(None);
        }
        store.read(|tx| verify::sheet(tx, site, date, &mut found.problems))?;
        found.sheets += 1;
    }
    Ok(Some(found))
}
