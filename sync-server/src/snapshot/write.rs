//! Makes a snapshot.

use std::io::Write as Output;

use shared::codec::{Hash32, encode};
use shared::slug::Slug;
use shared::snapshot::{
    CHUNK_BYTES, Head, LONGEST_PART, Manifest, Part, Sealer, TableDigest, TableStart, WholeDigest,
    encode_rows,
};
use shared::time::UtcMs;

use super::tables::{TABLES, Table};
use super::{Contents, Rows, SnapshotError};
use crate::corridor::journal;
use crate::store::{Read, StoreError};

/// What a snapshot is made with.
#[derive(Clone, Debug)]
pub struct Making {
    /// The commune's shipping key.
    pub shipping: Hash32,
    /// 32 random bytes.
    pub salt: Hash32,
    /// When.
    pub made_at: UtcMs,
}

/// Writes a snapshot of the commune whose store `tx` looks at. `tx` must be one consistent view.
///
/// # Errors
/// [`SnapshotError::Store`] and [`SnapshotError::Io`]; what was written till then is worth nothing.
pub fn write<R: Read + ?Sized, W: Output>(
    tx: &mut R,
    making: &Making,
    out: W,
) -> Result<Contents, SnapshotError> {
    let manifest = manifest(tx, making.made_at)?;
    let head = Head::new(manifest.commune.clone(), &making.shipping, making.salt);
    let mut parts = Parts::begin(out, &making.shipping, &head)?;
    parts.put(&encode(&Part::Manifest(manifest.clone())))?;
    let mut whole = WholeDigest::of(&manifest);
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in &TABLES {
        let end = put_table(tx, table, &mut parts)?;
        whole.table(table.name, &end);
        tables.push((table.name.to_owned(), end));
    }
    let totals = whole.finish();
    parts.put(&encode(&Part::Totals(totals)))?;
    parts.end()?;
    Ok(Contents {
        manifest,
        tables,
        totals,
    })
}

fn manifest<R: Read + ?Sized>(tx: &mut R, made_at: UtcMs) -> Result<Manifest, SnapshotError> {
    let row = tx
        .first(include_str!("../record/commune/get.sql"), &[])?
        .ok_or_else(|| StoreError::Damaged("no commune in the record".into()))?;
    let commune = row
        .text(0)?
        .parse::<Slug>()
        .map_err(|e| StoreError::Shape(e.to_string()))?;
    let branch = journal::current_branch(tx)?;
    Ok(Manifest {
        commune,
        name: row.text(1)?,
        zone: row.text(2)?,
        at: journal::head(tx, branch)?,
        schema: schema(tx)?,
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The newest migration of the store.
pub(super) fn schema<R: Read + ?Sized>(tx: &mut R) -> Result<u32, SnapshotError> {
    let row = tx.first(include_str!("sql/schema.sql"), &[])?;
    let version = row.map_or(Ok(0), |row| row.count(0))?;
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

fn put_table<R: Read + ?Sized, W: Output>(
    tx: &mut R,
    table: &Table,
    parts: &mut Parts<W>,
) -> Result<shared::snapshot::TableEnd, SnapshotError> {
    let columns: Vec<String> = table.columns.iter().map(|&name| name.to_owned()).collect();
    let mut digest = TableDigest::of(table.name, &columns);
    parts.put(&encode(&Part::Start(TableStart {
        name: table.name.to_owned(),
        class: table.class,
        columns,
    })))?;
    let mut rows = Rows::of(table);
    loop {
        let page: Vec<Vec<u8>> = rows.page(tx)?.iter().map(encode).collect();
        if page.is_empty() {
            break;
        }
        for row in &page {
            digest.row(row);
        }
        parts.put(&encode_rows(&page))?;
    }
    let end = digest.finish();
    parts.put(&encode(&Part::End(end)))?;
    Ok(end)
}

/// Parts on their way into chunks.
pub(super) struct Parts<W> {
    out: W,
    sealer: Sealer,
    waiting: Vec<u8>,
}

impl<W: Output> Parts<W> {
    pub(super) fn begin(mut out: W, shipping: &Hash32, head: &Head) -> Result<Self, SnapshotError> {
        out.write_all(&head.to_bytes())?;
        Ok(Self {
            out,
            sealer: Sealer::new(shipping, head),
            waiting: Vec::with_capacity(2 * CHUNK_BYTES),
        })
    }

    pub(super) fn put(&mut self, part: &[u8]) -> Result<(), SnapshotError> {
        let length = u32::try_from(part.len())
            .ok()
            .filter(|_| part.len() <= LONGEST_PART)
            .ok_or_else(|| StoreError::Shape("a row too large for a snapshot".into()))?;
        self.waiting.extend(length.to_be_bytes());
        self.waiting.extend_from_slice(part);
        // The last chunk must be known as such: one whole chunk always waits for what follows.
        let mut from = 0;
        while self.waiting.len() - from > CHUNK_BYTES {
            let sealed = self.sealer.seal(&self.waiting[from..from + CHUNK_BYTES], false)?;
            self.out.write_all(&sealed)?;
            from += CHUNK_BYTES;
        }
        self.waiting.drain(..from);
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<(), SnapshotError> {
        let sealed = self.sealer.seal(&self.waiting, true)?;
        self.out.write_all(&sealed)?;
        self.out.flush()?;
        Ok(())
    }
}
