//! The one binary codec: CBOR arrays whose fields are numbered, so that a field can be added
//! without breaking an older reader. `docs/formats.md` lists every number in use.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use minicbor::{Decode, Encode};

/// Bytes that could not be read as what they were said to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not CBOR, or not of the expected shape.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Bytes follow the value.
    #[error("{0} bytes follow the value")]
    Trailing(usize),
    /// A version newer than this program knows.
    #[error("version {0} is newer than this program: update it")]
    Newer(u32),
    /// Larger than the limit of its kind, in bytes.
    #[error("{0} bytes exceed the limit")]
    TooLarge(usize),
}

/// Encodes a value. Encoding into memory cannot fail.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).unwrap_or_default()
}

/// Decodes a value that fills `bytes` exactly.
///
/// # Errors
/// [`Unreadable`] when the bytes are damaged or something follows.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Unreadable> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder
        .decode()
        .map_err(|e| Unreadable::Malformed(e.to_string()))?;
    match bytes.len() - decoder.position() {
        0 => Ok(value),
        n => Err(Unreadable::Trailing(n)),
    }
}

/// Decodes an array of at most `MOST` items: what takes a byte on the wire may take fifty in memory.
///
/// # Errors
/// More items than that, or one that cannot be read.
pub fn at_most<'b, const MOST: usize, C, T: Decode<'b, C>>(
    d: &mut minicbor::Decoder<'b>,
    ctx: &mut C,
) -> Result<Vec<T>, minicbor::decode::Error> {
    let at = d.position();
    let mut all = Vec::new();
    for item in d.array_iter_with(ctx)? {
        if all.len() == MOST {
            return Err(minicbor::decode::Error::message("too many items").at(at));
        }
        all.push(item?);
    }
    Ok(all)
}

/// The same for an array that may be missing.
///
/// # Errors
/// As [`at_most`].
pub fn at_most_if_any<'b, const MOST: usize, C, T: Decode<'b, C>>(
    d: &mut minicbor::Decoder<'b>,
    ctx: &mut C,
) -> Result<Option<Vec<T>>, minicbor::decode::Error> {
    if d.datatype()? == minicbor::data::Type::Null {
        d.null()?;
        return Ok(None);
    }
    at_most::<MOST, C, T>(d, ctx).map(Some)
}

/// What such an array is where it is missing.
pub fn no_array<T>() -> Option<Option<Vec<T>>> {
    Some(None)
}

/// A byte string: encoded as CBOR bytes, not as an array of numbers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Blob(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash32(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Hash32 {
    /// All zero: the hash before the first entry of a chain.
    pub const ZERO: Self = Self([0; 32]);

    /// From 32 bytes; `None` for another length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Lower-case hexadecimal.
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }
}

impl std::fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

/// Civil dates as the number of days since 0001-01-01 (day 1).
pub mod date {
    use super::{Datelike, NaiveDate};
    use minicbor::{Decoder, Encoder};

    /// Encodes the day number.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn encode<C, W: minicbor::encode::Write>(
        v: &NaiveDate,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i32(v.num_days_from_ce())?.ok()
    }

    /// Decodes a day number.
    ///
    /// # Errors
    /// The number is no date.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<NaiveDate, minicbor::decode::Error> {
        let at = d.position();
        NaiveDate::from_num_days_from_ce_opt(d.i32()?)
            .ok_or_else(|| minicbor::decode::Error::message("no such date").at(at))
    }
}

/// Civil dates that may be missing, as [`date`] numbers them.
pub mod maybe_date {
    use super::{NaiveDate, date};
    use minicbor::{Decoder, Encoder};

    /// Encodes the day number, or null.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn encode<C, W: minicbor::encode::Write>(
        v: &Option<NaiveDate>,
        e: &mut Encoder<W>,
        c: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match v {
            Some(v) => date::encode(v, e, c),
            None => e.null()?.ok(),
        }
    }

    /// Decodes a day number, or null.
    ///
    /// # Errors
    /// The number is no date.
    pub fn decode<C>(d: &mut Decoder<'_>, c: &mut C) -> Result<Option<NaiveDate>, minicbor::decode::Error> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.null()?;
            return Ok(None);
        }
        date::decode(d, c).map(Some)
    }

    /// What a missing field means.
    pub fn nil() -> Option<Option<NaiveDate>> {
        Some(None)
    }

    /// Whether the field need not be written.
    pub fn is_nil(v: &Option<NaiveDate>) -> bool {
        v.is_none()
    }
}

/// Whether a flag added after the first version need not be written.
pub fn is_false(flag: &bool) -> bool {
    !flag
}

/// A civil time of day, to the minute: minutes since midnight.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Minute(#[n(0)] pub u16);

impl Minute {
    /// `hours` and `minutes` of a day.
    pub const fn new(hours: u16, minutes: u16) -> Self {
        Self(hours * 60 + minutes)
    }

    /// As chrono's type; a value past midnight is clamped to 23:59.
    pub fn time(self) -> NaiveTime {
        let m = u32::from(self.0.min(1439));
        NaiveTime::from_hms_opt(m / 60, m % 60, 0).unwrap_or_default()
    }

    /// The minute a time falls in.
    pub fn of(time: NaiveTime) -> Self {
        Self(u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0))
    }
}
