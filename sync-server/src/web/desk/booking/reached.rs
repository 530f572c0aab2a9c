//! A household within an agent's reach.

use shared::ids::{ChildId, HouseholdId};
use shared::operation::HouseholdRecord;

use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::bookings::people::{Known, Person};
use crate::web::desk::reach::Reach;

/// A household with its children, by name.
pub(super) struct Family {
    pub(super) household: HouseholdRecord,
    /// Those within reach.
    pub(super) children: Vec<Person>,
}

/// What was found.
pub(super) enum Found {
    /// Here it is.
    Here(Family),
    /// There is none.
    Unknown,
    /// None of its children is within reach.
    Beyond,
}

/// A household and those of its children that an agent reaches: all of them, or a director's own.
pub(super) fn family(tx: &mut dyn Read, reach: &Reach, id: HouseholdId) -> Result<Found, StoreError> {
    let Some((household, _)) = record::household(tx, id)? else {
        return Ok(Found::Unknown);
    };
    let sites: Vec<_> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
    let known = Known::of(tx, reach, &sites)?;
    let rows = tx.query(include_str!("sql/children.sql"), &[id.into()])?;
    let all: Vec<Person> = rows.iter().map(Person::read).collect::<Result<_, _>>()?;
    let many = !all.is_empty();
    let children: Vec<Person> = all.into_iter().filter(|child| known.has(child)).collect();
    if children.is_empty() && (many || !matches!(reach, Reach::All)) {
        return Ok(Found::Beyond);
    }
    Ok(Found::Here(Family { household, children }))
}

/// A household of a child, where it has one.
pub(super) fn households(
    tx: &mut dyn Read,
) -> Result<std::collections::BTreeMap<ChildId, HouseholdId>, StoreError> {
    let rows = tx.query(include_str!("sql/households.sql"), &[])?;
    let pair = |row: &Row| Ok((ChildId(row.uuid(0)?), HouseholdId(row.uuid(1)?)));
    rows.iter().map(pair).collect()
}
