//! Finding a child, a site or an activity by what a person types.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::day_list::{ListedActivity, SiteCard};
use shared::ids::{ChildId, SiteId};
use shared::text::search_key;

use crate::error::ReplicaError;
use crate::tablet::Tablet;

impl Tablet {
    /// The child with this id, or the only one of this name: on the lists of the date first, then
    /// in the whole town.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when nobody, or more than one, is called so.
    pub fn child(&self, typed: &str, date: NaiveDate) -> Result<ChildId, ReplicaError> {
        if let Ok(id) = typed.parse::<ChildId>() {
            return Ok(id);
        }
        let key = search_key(typed);
        let called = |first: &str, last: &str| {
            key == search_key(&format!("{last} {first}")) || key == search_key(&format!("{first} {last}"))
        };
        let mut found: BTreeMap<ChildId, String> = BTreeMap::new();
        for site in self.enrolled()?.sites() {
            let (list, _) = self.day_list(*site, date)?;
            for child in list
                .children
                .iter()
                .filter(|c| called(&c.first_name, &c.last_name))
            {
                found.insert(child.id, child.class.clone().unwrap_or_default());
            }
        }
        if found.is_empty() {
            for child in self
                .roster()?
                .children
                .iter()
                .filter(|c| called(&c.first_name, &c.last_name))
            {
                found.insert(child.id, child.school.clone().unwrap_or_default());
            }
        }
        let mut ids = found.keys();
        match (ids.next(), ids.next()) {
            (Some(id), None) => Ok(*id),
            (None, _) => Err(ReplicaError::Refused(format!(
                "Aucun enfant ne s’appelle « {typed} ». Écrivez « Nom Prénom » ou donnez son identifiant."
            ))),
            _ => {
                let all: Vec<String> = found
                    .iter()
                    .map(|(id, place)| format!("{id} ({place})"))
                    .collect();
                Err(ReplicaError::Refused(format!(
                    "Plusieurs enfants s’appellent « {typed} ». Donnez l’identifiant : {}.",
                    all.join(", ")
                )))
            }
        }
    }

    /// The site a gesture is about: the one named, else the one where the child is listed for the
    /// activity, else the first that has the activity.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when there is no such site or activity on this tablet.
    pub fn place(
        &self,
        activity: &str,
        site: Option<&str>,
        child: Option<ChildId>,
        date: NaiveDate,
    ) -> Result<(SiteId, ListedActivity), ReplicaError> {
        let cards = self.site_cards()?;
        let offers = |card: &SiteCard| {
            card.activities
                .iter()
                .find(|a| a.activity.slug.as_str() == activity)
                .cloned()
        };
        let mut candidates: Vec<(SiteId, ListedActivity)> = Vec::new();
        for card in &cards {
            if site.is_some_and(|slug| card.slug.as_str() != slug) {
                continue;
            }
            // The free session of a strike is on the day's list alone.
            let found = match offers(card) {
                Some(offered) => Some(offered.activity),
                None => {
                    let (list, _) = self.day_list(card.site, date)?;
                    list.activities.into_iter().find(|a| a.slug.as_str() == activity)
                }
            };
            candidates.extend(found.map(|found| (card.site, found)));
        }
        if let (Some(child), true) = (child, candidates.len() > 1) {
            for (site, found) in &candidates {
                let (list, _) = self.day_list(*site, date)?;
                if list
                    .rows
                    .iter()
                    .any(|row| row.child == child && row.activity == found.id)
                {
                    return Ok((*site, found.clone()));
                }
            }
        }
        if candidates.is_empty() {
            let known: Vec<String> = cards
                .iter()
                .flat_map(|c| c.activities.iter().map(|a| a.activity.slug.to_string()))
                .collect();
            return Err(ReplicaError::Refused(format!(
                "L’activité « {activity} » n’est pas pointée sur cette tablette. Activités connues : {}.",
                known.join(", ")
            )));
        }
        Ok(candidates.swap_remove(0))
    }
}
