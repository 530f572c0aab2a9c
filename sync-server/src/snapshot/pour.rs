//! The rows of a table, page by page.

use shared::codec::encode;
use shared::snapshot::{Cell, TableDigest, TableEnd};

use super::tables::Table;
use super::{SnapshotError, cell, statements};
use crate::store::{Read, StoreError, Value};

/// Reads a table in the order of its primary key, a page at a time. Keys are compared as bytes in
/// both engines: texts by their UTF-8, bytes as they are, integers by value.
pub struct Rows<'t> {
    first: String,
    next: String,
    key: usize,
    page: u64,
    after: Option<Vec<Value>>,
    ended: bool,
    table: &'t Table,
}

impl<'t> Rows<'t> {
    /// All columns of a table that this program knows.
    pub fn of(table: &'t Table) -> Self {
        Self::with(table, table.columns, table.page)
    }

    /// Some columns, a page of so many rows. The primary key must be the first of them.
    pub fn with(table: &'t Table, columns: &[&str], page: u64) -> Self {
        Self {
            first: statements::first_page(table, columns),
            next: statements::next_page(table, columns),
            key: table.key,
            page,
            after: None,
            ended: false,
            table,
        }
    }

    /// The next rows; none at the end.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn page<R: Read + ?Sized>(&mut self, tx: &mut R) -> Result<Vec<Vec<Cell>>, StoreError> {
        if self.ended {
            return Ok(Vec::new());
        }
        let limit = self.page.into();
        let rows = match self.after.take() {
            None => tx.query(&self.first, &[limit])?,
            Some(mut params) => {
                params.push(limit);
                tx.query(&self.next, &params)?
            }
        };
        self.ended = (rows.len() as u64) < self.page;
        if let Some(last) = rows.last() {
            let key = last.0.get(..self.key).unwrap_or_default().to_vec();
            if key.len() < self.key || key.contains(&Value::Null) {
                return Err(StoreError::Shape(format!(
                    "table {}: a row without a key",
                    self.table.name
                )));
            }
            self.after = Some(key);
        }
        Ok(rows
            .into_iter()
            .map(|row| row.0.into_iter().map(cell).collect())
            .collect())
    }
}

/// How many rows these columns of a table have, and their digest.
///
/// # Errors
/// [`SnapshotError::Store`].
pub fn sums<R: Read + ?Sized>(
    tx: &mut R,
    table: &Table,
    columns: &[&str],
) -> Result<TableEnd, SnapshotError> {
    let names: Vec<String> = columns.iter().map(|&name| name.to_owned()).collect();
    let mut digest = TableDigest::of(table.name, &names);
    let mut rows = Rows::with(table, columns, table.page);
    loop {
        let page = rows.page(tx)?;
        if page.is_empty() {
            return Ok(digest.finish());
        }
        for row in &page {
            digest.row(&encode(row));
        }
    }
}
