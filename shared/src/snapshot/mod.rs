//! A snapshot: a whole commune in one encrypted file that either engine can be filled from.
//!
//! In clear stands only what finding the key takes ([`Head`]); the rest is cut into chunks, each
//! encrypted and authenticated with its place and with whether it is the last ([`Sealer`],
//! [`Opener`]), so that no chunk can be changed, dropped, swapped or added unseen. Inside follow
//! [`Part`]s: a manifest, each table with its rows and their digest, and totals.
//! `docs/formats.md` has every byte.

mod head;
mod part;
mod stream;

pub use head::{Head, MAGIC, VERSION};
pub use part::{Cell, Class, Manifest, Part, TableEnd, TableStart, Totals, encode_rows};
pub use stream::{CHUNK_BYTES, Opener, SEALED_BYTES, Sealer};

use sha2::{Digest, Sha256};

use crate::codec::{Hash32, encode};

/// No part is longer, in bytes: what says otherwise is damaged.
pub const LONGEST_PART: usize = 1 << 30;

/// The digest of one table: its name, its columns, its rows in order.
#[derive(Clone)]
pub struct TableDigest {
    hasher: Sha256,
    rows: u64,
}

impl TableDigest {
    /// Before the first row.
    pub fn of(name: &str, columns: &[String]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"preau/table/1\0");
        hasher.update(encode(&(name, columns)));
        Self { hasher, rows: 0 }
    }

    /// Takes the next row: its encoding, an array of [`Cell`]s.
    pub fn row(&mut self, encoded: &[u8]) {
        self.hasher.update(encoded);
        self.rows += 1;
    }

    /// How many rows there were, and the digest.
    pub fn finish(self) -> TableEnd {
        TableEnd {
            rows: self.rows,
            digest: Hash32(self.hasher.finalize().into()),
        }
    }
}

/// The digest of a whole snapshot: its manifest, then name and end of each table in order.
#[derive(Clone)]
pub struct WholeDigest {
    hasher: Sha256,
    tables: u64,
    rows: u64,
}

impl WholeDigest {
    /// Before the first table.
    pub fn of(manifest: &Manifest) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"preau/snapshot-content/1\0");
        hasher.update(encode(manifest));
        Self {
            hasher,
            tables: 0,
            rows: 0,
        }
    }

    /// Takes the next table.
    pub fn table(&mut self, name: &str, end: &TableEnd) {
        self.hasher.update(encode(&(name, end)));
        self.tables += 1;
        self.rows += end.rows;
    }

    /// The totals.
    pub fn finish(self) -> Totals {
        Totals {
            tables: self.tables,
            rows: self.rows,
            digest: Hash32(self.hasher.finalize().into()),
        }
    }
}
