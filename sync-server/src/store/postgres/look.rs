//! A look at a schema that is nobody's any more: nothing of it is changed, it is not even brought up to date.

use std::sync::Arc;

use super::{Pool, Transaction};
use crate::store::{Read, StoreError};

/// Looks into a schema, whatever its migrations.
///
/// # Errors
/// Those of `work`; [`StoreError::Moved`] when it is not there; [`StoreError`] when it cannot be reached.
pub fn look<T>(
    pool: &Arc<Pool>,
    schema: &str,
    work: impl FnOnce(&mut dyn Read) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    pool.with(
        |line| line.begin(schema, false),
        |line| {
            let done = work(&mut Transaction(&mut *line));
            line.run("ROLLBACK")?;
            done
        },
    )
}

/// The schemas whose names begin so, in their order.
///
/// # Errors
/// [`StoreError`] when the server cannot be reached.
pub fn schemas(pool: &Arc<Pool>, beginning: &str) -> Result<Vec<String>, StoreError> {
    let rows = pool.connect()?.query(include_str!("sql/schemas.sql"), &[])?;
    let names: Result<Vec<String>, StoreError> = rows.iter().map(|row| row.text(0)).collect();
    let mut names = names?;
    names.retain(|name| name.starts_with(beginning));
    names.sort();
    Ok(names)
}
