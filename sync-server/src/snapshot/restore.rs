//! Fills an empty store from a snapshot.

use std::io::Read as Input;

use shared::codec::Hash32;
use shared::snapshot::{Cell, Class, Manifest, TableEnd, TableStart};

use super::tables::{self, TABLES, Table};
use super::{Contents, Rows, SnapshotError, read, statements, sums, value, write};
use crate::store::{Read, Schema, Store, Value, Write};

/// Rows that one statement inserts.
const ROWS_AT_ONCE: usize = 50;
/// What waits, of whatever tables, is committed when it has so many bytes: each commit waits for a disk.
const BATCH_BYTES: usize = 8 << 20;
/// What a row takes besides its values.
const ROW_BYTES: usize = 64;

/// Fills an empty, migrated store from a snapshot, then reads every table back and compares. The
/// store is written in several transactions: one that was filled in part is to be thrown away.
///
/// A table or column of the record that this program does not know stops it before anything of
/// that table is written; those of what is derived or ephemeral are left out. The store's schema
/// must not be newer than the snapshot's: what later migrations would have done to the rows has to
/// be done by them, after the rows are in.
///
/// # Errors
/// [`SnapshotError`].
pub fn restore_into(store: &Store, input: impl Input, shipping: &Hash32) -> Result<Contents, SnapshotError> {
    fill(
        store,
        input,
        shipping,
        &[Class::Record, Class::Derived, Class::Ephemera],
    )
}

/// The same without what a fire may take: nobody is logged in to a store that came out of one.
///
/// # Errors
/// See [`restore_into`].
pub fn restore_lasting(
    store: &Store,
    input: impl Input,
    shipping: &Hash32,
) -> Result<Contents, SnapshotError> {
    fill(store, input, shipping, &[Class::Record, Class::Derived])
}

fn fill(
    store: &Store,
    input: impl Input,
    shipping: &Hash32,
    classes: &'static [Class],
) -> Result<Contents, SnapshotError> {
    let mut filling = Filling {
        store,
        classes,
        table: None,
        waiting: Vec::new(),
        waiting_bytes: 0,
        filled: Vec::new(),
    };
    let contents = read::read(input, shipping, &mut filling)?;
    filling.put()?;
    let filled = filling.filled;
    store.read(|tx| {
        for (table, columns, end) in filled {
            if sums(tx, table, &columns)? != end {
                return Err(SnapshotError::Differs(table.name.to_owned()));
            }
        }
        Ok(())
    })?;
    Ok(contents)
}

struct Filling<'s> {
    store: &'s Store,
    /// What is poured out; the rest is read, proved and left.
    classes: &'static [Class],
    table: Option<Known>,
    waiting: Vec<Batch>,
    waiting_bytes: usize,
    filled: Vec<(&'static Table, Vec<&'static str>, TableEnd)>,
}

/// Rows of one table.
struct Batch {
    table: &'static Table,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// A table of the snapshot that this program knows.
struct Known {
    table: &'static Table,
    /// The columns that it knows.
    columns: Vec<&'static str>,
    /// Where among the cells each stands; `None` when all do, in their order.
    places: Option<Vec<usize>>,
}

impl Known {
    fn of(start: &TableStart) -> Result<Option<Self>, SnapshotError> {
        let refuse = |what: String| match start.class {
            Class::Record => Err(SnapshotError::Newer(what)),
            Class::Derived | Class::Ephemera => Ok(()),
        };
        let Some(table) = tables::named(&start.name) else {
            refuse(format!("table « {} »", start.name))?;
            return Ok(None);
        };
        let mut columns = Vec::with_capacity(start.columns.len());
        let mut places = Vec::with_capacity(start.columns.len());
        for (place, name) in start.columns.iter().enumerate() {
            match table.columns.iter().find(|known| *known == name) {
                Some(known) => {
                    columns.push(*known);
                    places.push(place);
                }
                None => refuse(format!("colonne « {name} » de la table « {} »", start.name))?,
            }
        }
        if columns.get(..table.key) != table.columns.get(..table.key) {
            return Err(SnapshotError::Damaged(format!(
                "table {} does not begin with its key",
                table.name
            )));
        }
        let all = columns.len() == start.columns.len();
        Ok(Some(Self {
            table,
            columns,
            places: (!all).then_some(places),
        }))
    }
}

impl read::Taker for Filling<'_> {
    fn manifest(&mut self, manifest: &Manifest) -> Result<(), SnapshotError> {
        let snapshot = manifest.schema;
        self.store.read(|tx| {
            let store = write::schema(tx)?;
            if store > snapshot {
                return Err(SnapshotError::Older { snapshot, store });
            }
            // A store of an older schema lacks tables; those of the snapshot are looked at as they come.
            let newest = u32::try_from(Schema::Commune.newest()).unwrap_or(u32::MAX);
            let mut tables = TABLES.iter().filter(|_| store >= newest);
            tables.try_for_each(|table| empty(tx, table))
        })
    }

    fn start(&mut self, start: &TableStart) -> Result<(), SnapshotError> {
        self.table = if self.classes.contains(&start.class) {
            Known::of(start)?
        } else {
            None
        };
        match &self.table {
            Some(known) => self.store.read(|tx| empty(tx, known.table)),
            None => Ok(()),
        }
    }

    fn rows(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), SnapshotError> {
        let Some(known) = &self.table else { return Ok(()) };
        let bytes = |row: &Vec<Cell>| ROW_BYTES + row.iter().map(bytes_of).sum::<usize>();
        self.waiting_bytes += rows.iter().map(bytes).sum::<usize>();
        self.waiting.push(Batch {
            table: known.table,
            columns: known.columns.clone(),
            rows: match &known.places {
                None => rows,
                Some(places) => rows.into_iter().map(|row| chosen(row, places)).collect(),
            },
        });
        if self.waiting_bytes >= BATCH_BYTES {
            self.put()?;
        }
        Ok(())
    }

    fn end(&mut self, end: &TableEnd) -> Result<(), SnapshotError> {
        if let Some(known) = self.table.take()
            && known.places.is_none()
        {
            self.filled.push((known.table, known.columns, *end));
        }
        Ok(())
    }
}

fn empty(tx: &mut dyn Read, table: &'static Table) -> Result<(), SnapshotError> {
    let first = Rows::with(table, &table.columns[..table.key], 1).page(tx)?;
    if first.is_empty() {
        Ok(())
    } else {
        Err(SnapshotError::NotEmpty(table.name))
    }
}

impl Filling<'_> {
    fn put(&mut self) -> Result<(), SnapshotError> {
        let batches = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        if batches.is_empty() {
            return Ok(());
        }
        self.store.write(move |tx| {
            for batch in batches {
                insert(tx, batch)?;
            }
            Ok(())
        })
    }
}

fn insert(tx: &mut dyn Write, batch: Batch) -> Result<(), SnapshotError> {
    let Batch { table, columns, rows } = batch;
    let mut rows = rows.into_iter();
    loop {
        let group: Vec<Vec<Cell>> = rows.by_ref().take(ROWS_AT_ONCE).collect();
        if group.len() == ROWS_AT_ONCE {
            let params: Vec<Value> = group.into_iter().flatten().map(value).collect();
            tx.execute(&statements::insert(table, &columns, ROWS_AT_ONCE), &params)?;
            continue;
        }
        for row in group {
            let params: Vec<Value> = row.into_iter().map(value).collect();
            tx.execute(&statements::insert(table, &columns, 1), &params)?;
        }
        return Ok(());
    }
}

fn chosen(row: Vec<Cell>, places: &[usize]) -> Vec<Cell> {
    let keep = |(place, cell): (usize, Cell)| places.contains(&place).then_some(cell);
    row.into_iter().enumerate().filter_map(keep).collect()
}

fn bytes_of(cell: &Cell) -> usize {
    match cell {
        Cell::Null | Cell::Int(_) => 8,
        Cell::Text(text) => text.len(),
        Cell::Bytes(bytes) => bytes.len(),
    }
}
