//! Printable lists read from a target by whoever holds the key, without any server or store.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::offsite::{self, LARGEST_OBJECT, Name, Printed, Refused};
use shared::slug::Slug;

use super::{Target, TargetError, opened};
use crate::keys::Keys;

/// What lies there of a commune.
#[derive(Debug, Default)]
pub struct Found {
    /// What can be printed, by day and site. Of one site and day there is more than one only after a loss: the
    /// newest comes first, then what a history that was cut off had.
    pub lists: Vec<Printed>,
    /// What cannot be printed: where it stands, and why.
    pub problems: Vec<(String, Refused)>,
    /// Objects there that are no lists.
    pub strange: Vec<String>,
}

/// The days and sites of which lists lie there, as their names say; nothing is opened.
///
/// # Errors
/// [`TargetError`].
pub fn named(target: &Target, slug: &Slug) -> Result<Vec<(NaiveDate, Slug)>, TargetError> {
    let objects = target.list(&offsite::lists(slug), None)?;
    let mut named: Vec<_> = objects
        .iter()
        .filter_map(|object| match Name::parse(&object.path) {
            Some((_, Name::List { site, date, .. })) => Some((date, site)),
            _ => None,
        })
        .collect();
    named.sort();
    named.dedup();
    Ok(named)
}

/// Opens every list of a commune, or those of one day.
///
/// # Errors
/// [`TargetError`]. What is wrong with one list is among the problems.
pub fn find(
    target: &Target,
    slug: &Slug,
    keys: &Keys,
    date: Option<NaiveDate>,
) -> Result<Found, TargetError> {
    let below = date.map_or_else(|| offsite::lists(slug), |date| offsite::lists_of(slug, date));
    let mut found = Found::default();
    let mut by_day: BTreeMap<(NaiveDate, Slug), Vec<Printed>> = BTreeMap::new();
    for object in target.list(&below, None)? {
        let Some((_, Name::List { site, date, .. })) = Name::parse(&object.path) else {
            found.strange.push(object.path);
            continue;
        };
        let bytes = match target.get(&object.path, LARGEST_OBJECT as u64) {
            // It was replaced a moment ago: the newer one is among the others.
            Ok(None) => continue,
            Ok(Some(bytes)) => bytes,
            Err(TargetError::TooLarge { bytes, .. }) => {
                let why = Refused::Damaged(format!("{bytes} octets, c’est trop"));
                found.problems.push((object.path, why));
                continue;
            }
            Err(error) => return Err(error),
        };
        match opened::list(keys, slug, &bytes) {
            Ok(list) if list.printed.date == date && list.printed.slug == site => {
                by_day.entry((date, site)).or_default().push(list.printed);
            }
            Ok(_) => {
                let why = Refused::Damaged("d’un autre jour ou d’un autre site que ne le dit son nom".into());
                found.problems.push((object.path, why));
            }
            Err(why) => found.problems.push((object.path, why)),
        }
    }
    for mut lists in by_day.into_values() {
        lists.sort_by_key(|list| (list.made_at, list.at.seq));
        let newest = lists.pop();
        let branch = newest.as_ref().map(|list| list.at.branch);
        found.lists.extend(newest);
        // Older ones of the same history say nothing that the newest does not.
        lists.retain(|list| Some(list.at.branch) != branch);
        lists.reverse();
        found.lists.append(&mut lists);
    }
    Ok(found)
}
