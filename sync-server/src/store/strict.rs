//! What the engines would treat differently, made one.
//!
//! PostgreSQL gives a transaction up after a statement that failed, a file would go on; a file takes
//! text that holds U+0000, PostgreSQL does not. Both follow the stricter.

use super::{Read, Row, StoreError, Value, Write};

/// What every statement answers after one that failed, and work that went on as if none had.
pub(super) const SPOILED: &str = "a statement failed before, and its work went on";

/// A transaction that is of no more use after a statement that failed.
pub(super) struct Strict<'t, T: ?Sized> {
    transaction: &'t mut T,
    spoiled: bool,
}

impl<'t, T: ?Sized> Strict<'t, T> {
    pub(super) fn over(transaction: &'t mut T) -> Self {
        Self {
            transaction,
            spoiled: false,
        }
    }

    /// Whether a statement failed.
    pub(super) fn is_spoiled(&self) -> bool {
        self.spoiled
    }

    fn checked<A>(
        &mut self,
        params: &[Value],
        run: impl FnOnce(&mut T) -> Result<A, StoreError>,
    ) -> Result<A, StoreError> {
        if self.spoiled {
            return Err(StoreError::Engine(SPOILED.into()));
        }
        let done = without_nul(params).and_then(|()| run(self.transaction));
        self.spoiled = done.is_err();
        done
    }
}

fn without_nul(params: &[Value]) -> Result<(), StoreError> {
    let holds_nul = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    match params.iter().position(holds_nul) {
        Some(place) => Err(StoreError::Engine(format!("text {} holds U+0000", place + 1))),
        None => Ok(()),
    }
}

impl<T: Read + ?Sized> Read for Strict<'_, T> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.checked(params, |transaction| transaction.query(sql, params))
    }
}

impl<T: Write + ?Sized> Write for Strict<'_, T> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.checked(params, |transaction| transaction.execute(sql, params))
    }

    fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        self.checked(&[], |transaction| {
            rows.iter().try_for_each(|row| without_nul(row))?;
            transaction.execute_many(sql, rows)
        })
    }
}
