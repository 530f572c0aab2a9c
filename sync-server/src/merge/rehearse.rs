//! A copy in memory of what a merge reads and writes: on it a run is rehearsed, and the town's store is
//! only read.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::ids::SiteId;
use shared::operation::{Body, Settlement};
use shared::snapshot::Class;

use super::history::{Asks, History};
use crate::snapshot::tables::{TABLES, Table};
use crate::snapshot::{Rows, insert, value};
use crate::store::{Read, Row, Schema, Sqlite, Store, StoreError, Value};

/// Tables of which only a part is copied.
const IN_PART: [&str; 2] = ["journal", "mark"];
/// Copies what is needed: the record, not what is derived from it. `fork` is the newest entry that both histories have.
pub(super) fn copy(tx: &mut dyn Read, history: &History, fork: u64) -> Result<Store, StoreError> {
    let store = Store::new(Sqlite::in_memory(Schema::Commune)?);
    for table in TABLES.iter().filter(|table| table.class == Class::Record) {
        if IN_PART.contains(&table.name) {
            match table.name {
                "journal" => journal(tx, &store, table, history, fork)?,
                _ => marks(tx, &store, table, history)?,
            }
            continue;
        }
        let mut rows = Rows::of(table);
        loop {
            let page = rows.page(tx)?;
            if page.is_empty() {
                break;
            }
            let page = page
                .into_iter()
                .map(|row| row.into_iter().map(value).collect())
                .collect();
            pour(&store, table, page)?;
        }
    }
    Ok(store)
}

fn pour(store: &Store, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    let sql = insert(table, table.columns, 1);
    store.write(move |tx| {
        tx.execute_many(&sql, &rows)?;
        Ok(())
    })
}

/// The newest common entry and all that follow, and whichever else is of a lost operation.
fn journal(
    tx: &mut dyn Read,
    store: &Store,
    table: &'static Table,
    history: &History,
    fork: u64,
) -> Result<(), StoreError> {
    const PAGE: u64 = 200;
    let page = include_str!("../record/journal/page.sql");
    let mut older = BTreeSet::new();
    for item in &history.items {
        let found = tx.first(
            include_str!("../record/merge/by_operation.sql"),
            &[item.header.operation.into()],
        )?;
        if let Some(row) = found {
            older.insert(row.count(0)?);
        }
    }
    for seq in older.into_iter().filter(|seq| *seq < fork) {
        let rows = tx.query(page, &[(seq - 1).into(), 1_u64.into()])?;
        pour(store, table, rows.into_iter().map(|row| row.0).collect())?;
    }
    let mut after = fork.saturating_sub(1);
    loop {
        let rows = tx.query(page, &[after.into(), PAGE.into()])?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.count(0)?;
        pour(store, table, rows.into_iter().map(|row: Row| row.0).collect())?;
    }
}

/// The marks of the sheets that the lost history speaks of.
fn marks(
    tx: &mut dyn Read,
    store: &Store,
    table: &'static Table,
    history: &History,
) -> Result<(), StoreError> {
    let mut sheets: BTreeSet<(SiteId, NaiveDate)> = BTreeSet::new();
    for item in &history.items {
        let (Asks::Body(body) | Asks::Instead(body)) = &item.asks else {
            continue;
        };
        match &**body {
            Body::ReceiveMarks { site, date, .. } | Body::Quarantine { site, date, .. } => {
                let date = NaiveDate::from_num_days_from_ce_opt(*date);
                sheets.extend(date.map(|date| (*site, date)));
            }
            Body::SettleQuarantine {
                hash,
                settlement: Settlement::Taken { .. },
            } => {
                let row = tx.first(include_str!("../record/quarantine/get.sql"), &[(*hash).into()])?;
                if let Some(row) = row {
                    sheets.insert((SiteId(row.uuid(1)?), row.date(2)?));
                }
            }
            _ => {}
        }
    }
    for (site, date) in sheets {
        let sql = include_str!("../record/merge/marks.sql");
        let rows = tx.query(sql, &[site.into(), date.into()])?;
        pour(store, table, rows.into_iter().map(|row| row.0).collect())?;
    }
    Ok(())
}
