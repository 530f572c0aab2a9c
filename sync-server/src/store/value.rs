//! The values that cross the seam: text, 64-bit integers, bytes, and nothing.

use chrono::NaiveDate;
use shared::codec::{Hash32, Minute};
use shared::time::UtcMs;
use uuid::Uuid;

use super::StoreError;

/// A parameter or a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// An integer, an instant, a boolean.
    Int(i64),
    /// An id, a hash, an encoded value.
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<UtcMs> for Value {
    fn from(at: UtcMs) -> Self {
        Self::Int(at.0)
    }
}

impl From<Minute> for Value {
    fn from(minute: Minute) -> Self {
        Self::Int(i64::from(minute.0))
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Text(date.to_string())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<&[u8; 16]> for Value {
    fn from(bytes: &[u8; 16]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Hash32> for Value {
    fn from(hash: Hash32) -> Self {
        Self::Bytes(hash.0.to_vec())
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Bytes(id.as_bytes().to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! ids {
    ($($name:ident)*) => {$(
        impl From<shared::ids::$name> for Value {
            fn from(id: shared::ids::$name) -> Self {
                id.0.into()
            }
        }
    )*};
}

ids! {
    ChildId SiteId SchoolId ClassId ServiceId ActivityId FormulaId HouseholdId GuardianId ReservationId StaffId
    AgentId DeviceId MarkId OperationId BranchId ExceptionalDayId IncidentId SettlementId OutageId
    PayerId RegistrationId RequestId NoticeId LetterId BatchId TextId MenuId RuleSetId WishId CartId
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    fn wrong(&self, i: usize, wanted: &str) -> StoreError {
        let found = match self.0.get(i) {
            None => "no column",
            Some(Value::Null) => "nothing",
            Some(Value::Text(_)) => "text",
            Some(Value::Int(_)) => "an integer",
            Some(Value::Bytes(_)) => "bytes",
        };
        StoreError::Shape(format!("column {i}: {wanted} wanted, {found} found"))
    }

    /// Whether column `i` holds nothing.
    pub fn is_null(&self, i: usize) -> bool {
        matches!(self.0.get(i), None | Some(Value::Null))
    }

    /// Text of column `i`.
    ///
    /// # Errors
    /// [`StoreError::Shape`], as for all that follow.
    pub fn text(&self, i: usize) -> Result<String, StoreError> {
        match self.0.get(i) {
            Some(Value::Text(text)) => Ok(text.clone()),
            _ => Err(self.wrong(i, "text")),
        }
    }

    /// Integer of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn int(&self, i: usize) -> Result<i64, StoreError> {
        match self.0.get(i) {
            Some(Value::Int(number)) => Ok(*number),
            _ => Err(self.wrong(i, "an integer")),
        }
    }

    /// Unsigned integer of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn count(&self, i: usize) -> Result<u64, StoreError> {
        u64::try_from(self.int(i)?).map_err(|_| self.wrong(i, "a positive integer"))
    }

    /// Bytes of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn bytes(&self, i: usize) -> Result<Vec<u8>, StoreError> {
        match self.0.get(i) {
            Some(Value::Bytes(bytes)) => Ok(bytes.clone()),
            _ => Err(self.wrong(i, "bytes")),
        }
    }

    /// Boolean of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn flag(&self, i: usize) -> Result<bool, StoreError> {
        Ok(self.int(i)? != 0)
    }

    /// Id of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn uuid(&self, i: usize) -> Result<Uuid, StoreError> {
        match self.0.get(i) {
            Some(Value::Bytes(bytes)) => Uuid::from_slice(bytes).map_err(|_| self.wrong(i, "an id")),
            _ => Err(self.wrong(i, "an id")),
        }
    }

    /// Hash of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn hash(&self, i: usize) -> Result<Hash32, StoreError> {
        match self.0.get(i) {
            Some(Value::Bytes(bytes)) => Hash32::from_slice(bytes).ok_or_else(|| self.wrong(i, "a hash")),
            _ => Err(self.wrong(i, "a hash")),
        }
    }

    /// Civil date of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn date(&self, i: usize) -> Result<NaiveDate, StoreError> {
        self.text(i)?.parse().map_err(|_| self.wrong(i, "a date"))
    }

    /// Time of day of column `i`.
    ///
    /// # Errors
    /// See [`Row::text`].
    pub fn minute(&self, i: usize) -> Result<Minute, StoreError> {
        u16::try_from(self.int(i)?)
            .map(Minute)
            .map_err(|_| self.wrong(i, "a time of day"))
    }

    /// Column `i` by `read`, or `None` where it holds nothing.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn opt<T>(
        &self,
        i: usize,
        read: impl Fn(&Self, usize) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        if self.is_null(i) {
            Ok(None)
        } else {
            read(self, i).map(Some)
        }
    }
}
