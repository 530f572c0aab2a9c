//! Children found by name: of the site's other lists, then of the town.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days};
use shared::day_list::{BadgeKind, DayList, ListedChild};
use shared::digest::SheetRef;
use shared::ids::ChildId;
use shared::screen::{Found, ListRef, ListSource, Trouble};
use shared::text::{search_key, sort_key};

use super::view::age;
use super::{App, Inner, target};
use crate::error::ReplicaError;
use crate::point::Target;
use crate::tablet::Tablet;

/// Children shown at most: whoever looks on types one more letter.
const MOST: usize = 30;

impl App {
    /// Children of whose names each word of the query begins a word, but those on the list shown;
    /// accents and case aside, children of the site first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn find(&self, query: String, list: ListRef) -> Result<Vec<Found>, Trouble> {
        self.held(move |inner, tablet| inner.find(tablet, &query, &target(&list)?))
            .await
    }
}

impl Inner {
    fn find(&self, tablet: &mut Tablet, query: &str, target: &Target) -> Result<Vec<Found>, ReplicaError> {
        let query = search_key(query);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let words: Vec<&str> = query.split(' ').collect();
        let matches = |key: &str| {
            words
                .iter()
                .all(|word| key.split(' ').any(|part| part.starts_with(word)))
        };
        let mut lists = self.lists()?;
        let day = tablet.day(&mut lists, target.site, target.date)?;
        let shown: BTreeSet<ChildId> = day
            .rows
            .iter()
            .filter(|row| row.activity == target.activity)
            .map(|row| row.child)
            .collect();
        let mut found: BTreeMap<ChildId, (String, Found)> = BTreeMap::new();
        let back = u64::from(target.date.weekday().num_days_from_monday());
        let monday = target
            .date
            .checked_sub_days(Days::new(back))
            .unwrap_or(target.date);
        // The list of the date first: what it says of a child is the newest.
        let week = monday.iter_days().take(7).filter(|date| *date != target.date);
        for date in std::iter::once(target.date).chain(week) {
            let site = target.site;
            let (list, source) = tablet.list_of(&mut lists, &SheetRef { site, date })?;
            let signed = matches!(source, ListSource::Confirmed | ListSource::BeforeLoss);
            if !signed && date != target.date {
                continue;
            }
            for child in list.children.iter().filter(|c| !shown.contains(&c.id)) {
                let key = format!("{} {}", child.last_name, child.first_name);
                if !found.contains_key(&child.id) && matches(&search_key(&key)) {
                    let known = self.of_site(child, target, &day.list);
                    found.insert(child.id, (sort_key(&child.last_name, &child.first_name), known));
                }
            }
        }
        for (id, (child, key)) in tablet.town(&mut lists)?.iter() {
            if shown.contains(id) || found.contains_key(id) || !matches(key) {
                continue;
            }
            let known = Found {
                child: id.to_string(),
                first_name: child.first_name.clone(),
                last_name: child.last_name.clone(),
                age_label: self.age_label(None, Some(child.birth_year)),
                place: child.school.clone(),
                allergy: child.allergy.clone(),
                phone: child.phone.clone(),
                detail: None,
                of_site: false,
            };
            found.insert(*id, (sort_key(&child.last_name, &child.first_name), known));
        }
        let mut all: Vec<(String, Found)> = found.into_values().collect();
        all.sort_by(|(a, x), (b, y)| (!x.of_site, a, &x.child).cmp(&(!y.of_site, b, &y.child)));
        Ok(all.into_iter().take(MOST).map(|(_, found)| found).collect())
    }

    fn of_site(&self, child: &ListedChild, target: &Target, list: &DayList) -> Found {
        let place: Vec<String> = [&child.school, &child.class]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let allergy = child.badges.iter().any(|badge| badge.kind == BadgeKind::Allergy);
        let elsewhere: Vec<&str> = list
            .activities
            .iter()
            .filter(|a| {
                list.rows
                    .iter()
                    .any(|row| row.child == child.id && row.activity == a.id)
            })
            .map(|a| a.name.as_str())
            .collect();
        Found {
            child: child.id.to_string(),
            first_name: child.first_name.clone(),
            last_name: child.last_name.clone(),
            age_label: self.age_label(age(child.born, target.date), None),
            place: (!place.is_empty()).then(|| place.join(", ")),
            allergy: child.must_know.clone().filter(|_| allergy),
            phone: child.phone.clone(),
            detail: (!elsewhere.is_empty())
                .then(|| self.words.t1("core-reserved-for", "what", elsewhere.join(", "))),
            of_site: true,
        }
    }
}
