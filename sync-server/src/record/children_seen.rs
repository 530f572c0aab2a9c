//! Which children a guardian sees, and what of each.
//!
//! A guardian belongs to one household and sees its children: their names, their school, and what they are booked
//! for on the days on which they are with that household. Their file takes parental authority. Every page of the
//! portal asks here and nowhere else; what is not found here does not exist for whoever asks.

use chrono::NaiveDate;
use shared::calendar::Calendar;
use shared::codec::{Minute, decode};
use shared::custody;
use shared::day_list::Symbol;
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId, SchoolId};
use shared::operation::{Authority, CustodyRecord};

use super::shape;
use crate::store::{Read, Row, StoreError};

/// A child as one guardian sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenChild {
    /// Its id.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Its school: id and name.
    pub school: Option<(SchoolId, String)>,
    /// When that school begins and ends.
    pub hours: Option<(Minute, Minute)>,
    /// Its class: id and name.
    pub class: Option<(ClassId, String)>,
    /// The colour and symbol it knows as its own.
    pub symbol: Option<Symbol>,
    /// From this day on it is on no list.
    pub left_on: Option<NaiveDate>,
    /// The guardian's authority over it.
    pub authority: Authority,
    household: HouseholdId,
    custody: Option<CustodyRecord>,
}

impl SeenChild {
    /// Whether its file is seen: health, contacts, who may fetch it. It takes parental authority, full or as a
    /// judgment says, whichever household the child is with.
    pub fn file(&self) -> bool {
        self.authority != Authority::None
    }

    /// Whether a reservation or a presence of a date belongs to this guardian's household, and is seen; `calendar`
    /// is the town's, which says what is holidays.
    pub fn is_ours_on(&self, calendar: Option<&Calendar>, date: NaiveDate) -> bool {
        custody::is_with(self.custody.as_ref(), calendar, date, self.household)
    }

    /// Whether it is with another household on some days.
    pub fn is_shared(&self) -> bool {
        let custody = self.custody.as_ref();
        custody.is_some_and(|custody| custody.sharing.is_some() || !custody.exceptions.is_empty())
    }

    /// With whom it is when, and who decides for it.
    pub fn custody(&self) -> Option<&CustodyRecord> {
        self.custody.as_ref()
    }
}

/// The children of a guardian's household as the guardian sees them, the eldest first.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn children_seen(tx: &mut dyn Read, guardian: GuardianId) -> Result<Vec<SeenChild>, StoreError> {
    let rows = tx.query(include_str!("children_seen/of_guardian.sql"), &[guardian.into()])?;
    rows.iter().map(|row| seen(guardian, row)).collect()
}

/// One of them; `None` for any other child, whether there is one or not.
///
/// # Errors
/// See [`children_seen`].
pub fn child_seen(
    tx: &mut dyn Read,
    guardian: GuardianId,
    child: ChildId,
) -> Result<Option<SeenChild>, StoreError> {
    let all = children_seen(tx, guardian)?;
    Ok(all.into_iter().find(|one| one.id == child))
}

fn seen(guardian: GuardianId, row: &Row) -> Result<SeenChild, StoreError> {
    let byte = |i| row.opt(i, |row, i| u8::try_from(row.int(i)?).map_err(|_| shape("symbol")));
    let minute = |i| {
        row.opt(i, |row, i| {
            u16::try_from(row.int(i)?).map_err(|_| shape("minute"))
        })
    };
    let own = Authority::parse(&row.text(9)?).ok_or_else(|| shape("authority"))?;
    let custody: Option<CustodyRecord> = match row.opt(10, Row::bytes)? {
        Some(bytes) => Some(decode(&bytes).map_err(|_| shape("custody"))?),
        None => None,
    };
    let id = |i| row.opt(i, Row::uuid);
    let school = id(3)?.map(SchoolId).zip(row.opt(11, Row::text)?);
    let class = id(4)?.map(ClassId).zip(row.opt(14, Row::text)?);
    Ok(SeenChild {
        id: ChildId(row.uuid(0)?),
        first_name: row.text(1)?,
        last_name: row.text(2)?,
        school,
        hours: minute(12)?.map(Minute).zip(minute(13)?.map(Minute)),
        class,
        symbol: byte(6)?
            .zip(byte(7)?)
            .map(|(colour, shape)| Symbol { colour, shape }),
        left_on: row.opt(5, Row::date)?,
        authority: custody::authority(guardian, own, custody.as_ref()),
        household: HouseholdId(row.uuid(8)?),
        custody,
    })
}

#[cfg(test)]
mod tests;
