//! Reads the record back as the values that operations carry, each with the version an edit form
//! must have seen. A town has dozens of each, so one is found among all.

mod children_seen;
mod crew;
mod days;
mod families;
mod met;
mod payers;
mod places;
mod portal;
mod requests;
mod service;
mod texts;

pub use children_seen::{SeenChild, child_seen, children_seen};
pub use crew::{agent, agents, agents_dismissed, agents_with_password, staff, staff_member, staff_with_pin};
pub use days::{calendar, exceptional_day, exceptional_days, exceptional_days_of};
pub use families::{child, children, household, households};
pub use met::{MetReservation, met};
pub use payers::{custody, payer, payers, payers_of_child, payers_of_household};
pub use places::{activities, activity, class, classes, school, schools, service, services, site, sites};
pub use portal::{logo_version, portal, portal_in, portal_with_logo};
pub use requests::{Request, RequestLine, request, request_lines, request_of};
pub use service::{Part, Switch, incidents, parts, parts_in, switches};
pub use texts::{
    TextToAccept, TownText, logo, menu_id, menu_of, menus, news, shown_text, text, text_accepted,
    text_accepted_count, texts, texts_to_accept,
};

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::store::{Read, StoreError};

/// A thing of the record with the version it is at.
pub type Versioned<T> = (T, i64);

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}

/// Pairs of ids, gathered by the first.
fn gathered(tx: &mut dyn Read, sql: &str) -> Result<BTreeMap<Uuid, Vec<Uuid>>, StoreError> {
    let mut all: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in tx.query(sql, &[])? {
        all.entry(row.uuid(0)?).or_default().push(row.uuid(1)?);
    }
    Ok(all)
}
