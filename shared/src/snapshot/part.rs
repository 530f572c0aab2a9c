//! What a snapshot holds, part after part.

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::codec::Hash32;
use crate::receipt::Position;
use crate::slug::Slug;
use crate::time::UtcMs;

/// What the snapshot is of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Manifest {
    /// The commune's short name.
    #[n(0)]
    pub commune: Slug,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its time zone.
    #[n(2)]
    pub zone: String,
    /// The newest entry of its journal.
    #[n(3)]
    pub at: Position,
    /// The newest migration of the store it was taken from.
    #[n(4)]
    pub schema: u32,
    /// When it was made.
    #[n(5)]
    pub made_at: UtcMs,
    /// The version of the program that made it.
    #[n(6)]
    pub program: String,
}

/// What the rows of a table are, for a reader that does not know the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Class {
    /// What somebody could ever miss: a reader that does not know it must refuse.
    #[n(0)]
    Record,
    /// What can be made again from the record.
    #[n(1)]
    Derived,
    /// What can be lost without harm.
    #[n(2)]
    Ephemera,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// An integer.
    Int(i64),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl<C> Encode<C> for Cell {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Null => e.null()?,
            Self::Text(text) => e.str(text)?,
            Self::Int(number) => e.i64(*number)?,
            Self::Bytes(bytes) => e.bytes(bytes)?,
        }
        .ok()
    }
}

impl<'b, C> Decode<'b, C> for Cell {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.datatype()? {
            Type::Null => {
                d.null()?;
                Self::Null
            }
            Type::String => Self::Text(d.str()?.to_owned()),
            Type::Bytes => Self::Bytes(d.bytes()?.to_vec()),
            _ => Self::Int(d.i64()?),
        })
    }
}

/// The beginning of a table.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TableStart {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// What its rows are.
    #[n(1)]
    pub class: Class,
    /// Its columns, in the order of the cells.
    #[n(2)]
    pub columns: Vec<String>,
}

/// The end of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TableEnd {
    /// How many rows it has.
    #[n(0)]
    pub rows: u64,
    /// [`super::TableDigest`] of them.
    #[n(1)]
    pub digest: Hash32,
}

/// The end of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Totals {
    /// How many tables it has.
    #[n(0)]
    pub tables: u64,
    /// How many rows.
    #[n(1)]
    pub rows: u64,
    /// [`super::WholeDigest`] of all.
    #[n(2)]
    pub digest: Hash32,
}

/// One part. In the content, each stands behind its length in four bytes, big-endian.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Part {
    /// The first.
    #[n(0)]
    Manifest(#[n(0)] Manifest),
    /// A table begins.
    #[n(1)]
    Start(#[n(0)] TableStart),
    /// Rows of the table, in the order of its primary key.
    #[n(2)]
    Rows(#[n(0)] Vec<Vec<Cell>>),
    /// The table ends.
    #[n(3)]
    End(#[n(0)] TableEnd),
    /// The last.
    #[n(4)]
    Totals(#[n(0)] Totals),
}

/// [`Part::Rows`] of rows that are encoded already.
pub fn encode_rows(rows: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16 + rows.iter().map(Vec::len).sum::<usize>());
    let mut head = Encoder::new(&mut bytes);
    // Writing into memory cannot fail.
    let _ = head
        .array(2)
        .and_then(|e| e.u8(2))
        .and_then(|e| e.array(rows.len() as u64));
    for row in rows {
        bytes.extend_from_slice(row);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{decode, encode};
    use proptest::prelude::*;

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Null),
            ".{0,20}".prop_map(Cell::Text),
            any::<i64>().prop_map(Cell::Int),
            proptest::collection::vec(any::<u8>(), 0..300).prop_map(Cell::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..30), 0..30)) {
            let encoded: Vec<Vec<u8>> = rows.iter().map(encode).collect();
            let part = Part::Rows(rows);
            prop_assert_eq!(&encode_rows(&encoded), &encode(&part));
            prop_assert_eq!(decode::<Part>(&encode_rows(&encoded)), Ok(part));
        }
    }
}
