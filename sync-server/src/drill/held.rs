//! Who still holds what after the loss: tablets by their exports and lists, the disk by what can be read of it.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use shared::codec::{Blob, decode};
use shared::credential::Credential;
use shared::digest::SheetRef;
use shared::sheet::{Sheet, Values, check};
use shared::sign::Signature;
use shared::time::UtcMs;
use shared::wire::Payload;

use super::DrillError;
use super::disk;
use super::facts::{Facts, Key};
use super::tablets::{Listed, Tablet};
use super::world::World;
use crate::returns;

/// Who holds each thing.
pub(super) type Held = BTreeMap<Key, Vec<String>>;

/// The first bytes of what a tablet exports (docs/formats.md).
const MAGIC: &[u8] = b"preau-export/1\n";

#[derive(Encode, Decode)]
struct Export {
    #[n(0)]
    credential: Credential,
    #[n(1)]
    sheets: Blob,
    #[n(2)]
    signature: Signature,
}

#[derive(Encode, Decode)]
struct Carried {
    #[n(0)]
    sheet: SheetRef,
    #[n(1)]
    payload: Payload,
}

/// The marks that a tablet holds, its own and others', as it exports them.
///
/// # Errors
/// [`DrillError`] when it cannot be read.
pub(super) fn marks(world: &World<'_>, tablet: &Tablet, now: UtcMs) -> Result<Vec<Values>, DrillError> {
    let file = world.path("ailleurs").join(format!("{}.export", tablet.name));
    let said = tablet.run(&world.programs, now, &["export", &file.to_string_lossy()])?;
    said.done()?;
    let bytes = disk::read(&file)?;
    let broken = || DrillError::Broken(format!("l’export de la tablette {} est illisible", tablet.name));
    let packed = bytes.strip_prefix(MAGIC).ok_or_else(broken)?;
    let export: Export = decode(packed).map_err(|_| broken())?;
    let carried: Vec<Carried> = decode(&export.sheets.0).map_err(|_| broken())?;
    let sheets = carried.iter().map(|one| {
        let checked = check(&one.payload).map_err(|_| broken())?;
        let mut sheet = Sheet::new([0; 16]);
        sheet.apply(checked, &[]).map_err(|_| broken())?;
        Ok(sheet.marks())
    });
    sheets.collect()
}

/// Notes that somebody holds a thing.
pub(super) fn note(held: &mut Held, key: Key, who: &str) {
    let all = held.entry(key).or_default();
    if all.iter().all(|one| one != who) {
        all.push(who.to_owned());
    }
}

/// Which of these reservations and cancellations a tablet's signed lists prove.
///
/// # Errors
/// [`DrillError`] when its lists cannot be read.
pub(super) fn proven(
    world: &World<'_>,
    tablet: &Tablet,
    now: UtcMs,
    facts: &Facts,
    asked: &BTreeSet<Key>,
) -> Result<Vec<Key>, DrillError> {
    let about = |key: &Key| match key {
        Key::Booking(about) => Some(*about),
        Key::Cancellation(id) => facts.reservations.get(id).copied(),
        _ => None,
    };
    let own: Vec<(Key, returns::Key)> = asked
        .iter()
        .filter_map(|key| Some((*key, about(key)?)))
        .filter(|(_, about)| facts.names.site_named(&tablet.site) == Some(about.0))
        .collect();
    let dates: BTreeSet<_> = own.iter().map(|(_, about)| about.1).collect();
    let mut proven = Vec::new();
    for date in dates {
        let list = tablet.list(&world.programs, now, date)?;
        // Where there is no list of that day the tablet shows another day's, and says so.
        if list.is_empty() || list.iter().any(|row| !row.confirmed) {
            continue;
        }
        let of_day = own.iter().filter(|(_, about)| about.1 == date);
        proven.extend(
            of_day
                .filter(|(key, about)| {
                    let booked = list.iter().any(|row| row.booked && is_about(row, about, facts));
                    booked == matches!(key, Key::Booking(_))
                })
                .map(|(key, _)| *key),
        );
    }
    Ok(proven)
}

fn is_about(row: &Listed, about: &returns::Key, facts: &Facts) -> bool {
    let (site, _, activity, child) = about;
    row.child == child.to_string()
        && facts.names.site_named(&row.site) == Some(*site)
        && facts.names.activity_named(&row.activity) == Some(*activity)
}
