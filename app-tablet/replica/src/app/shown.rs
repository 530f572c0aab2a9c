//! The day as the screen shows it, and the list shown kept between two taps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, MutexGuard};

use chrono::NaiveDate;
use shared::codec::Minute;
use shared::day_list::{ListedActivity, SiteCard};
use shared::digest::SheetRef;
use shared::fold::State;
use shared::ids::{ActivityId, ChildId, MarkId, SiteId};
use shared::screen::{Ask, Choice, Day, Row, Tab};
use shared::seal;
use shared::words::day as day_label;

use super::view::{View, households};
use super::{Inner, id};
use crate::day::{DayOf, Lists};
use crate::error::ReplicaError;
use crate::point::Target;
use crate::store::marks::MarkState;
use crate::tablet::Tablet;

/// A list as it was last shown: what a tap changed is told beside it.
#[derive(Clone)]
pub(super) struct Shown {
    of: ActivityId,
    day: Arc<DayOf>,
    /// By child.
    pub(super) rows: Arc<BTreeMap<String, Row>>,
    pub(super) tabs: Vec<Tab>,
    pub(super) open_lists: Vec<Choice>,
}

impl Inner {
    pub(super) fn lists(&self) -> Result<MutexGuard<'_, Lists>, ReplicaError> {
        self.lists
            .lock()
            .map_err(|_| ReplicaError::Fault("listes".into()))
    }

    /// The list shown, laid out anew only when something of its day changed.
    pub(super) fn shown(&self, tablet: &mut Tablet, target: &Target) -> Result<Shown, ReplicaError> {
        let day = tablet.day(&mut *self.lists()?, target.site, target.date)?;
        let mut held = self
            .shown
            .lock()
            .map_err(|_| ReplicaError::Fault("liste affichée".into()))?;
        if let Some(shown) = held.as_mut()
            && shown.of == target.activity
            && Arc::ptr_eq(&shown.day, &day)
        {
            shown.open_lists = open_lists(tablet, &day);
            return Ok(shown.clone());
        }
        self.note_conflicts(target.date, day.fold.conflicts.len());
        let view = self.view(tablet, &day)?;
        let rows = day.rows.iter().filter(|row| row.activity == target.activity);
        let rows = rows.map(|row| view.row(row)).map(|row| (row.child.clone(), row));
        let shown = Shown {
            of: target.activity,
            rows: Arc::new(rows.collect()),
            tabs: day.list.activities.iter().map(|a| view.tab(a)).collect(),
            open_lists: open_lists(tablet, &day),
            day: Arc::clone(&day),
        };
        *held = Some(shown.clone());
        Ok(shown)
    }

    /// What rows are shown with.
    pub(super) fn view<'d>(&'d self, tablet: &mut Tablet, day: &'d DayOf) -> Result<View<'d>, ReplicaError> {
        let sheet = SheetRef {
            site: day.list.site,
            date: day.list.date,
        };
        let (_, states) = tablet.sheets.look(tablet.db.reader(), &sheet)?;
        let waiting: BTreeSet<MarkId> = states
            .iter()
            .filter(|(_, state)| **state == MarkState::Pending)
            .map(|(id, _)| *id)
            .collect();
        let cards = tablet.cards(&mut *self.lists()?)?;
        let memo = |(child, notes): (&ChildId, &Vec<(MarkId, Vec<u8>)>)| {
            let (mark, sealed) = notes.last()?;
            let text = seal::open(&cards.first()?.note_key, *mark, sealed)?;
            Some((*child, text))
        };
        Ok(View {
            words: &self.words,
            zone: tablet.zone(),
            day,
            waiting,
            memos: day.fold.notes.iter().filter_map(memo).collect(),
            sites: site_names(&cards),
            households: households(day),
        })
    }

    /// The sites of the commune but one.
    pub(super) fn other_sites(&self, tablet: &Tablet, but: SiteId) -> Result<Vec<Choice>, ReplicaError> {
        let mut lists = self.lists()?;
        let cards = tablet.cards(&mut lists)?;
        let names = site_names(&cards);
        drop(lists);
        let mut others: Vec<Choice> = names
            .into_iter()
            .filter(|(site, _)| *site != but)
            .map(|(site, name)| Choice {
                id: site.to_string(),
                name,
            })
            .collect();
        others.sort_by_cached_key(|site| shared::text::search_key(&site.name));
        Ok(others)
    }

    /// The day asked for; what is missing is chosen.
    pub(super) fn day(&self, tablet: &mut Tablet, ask: &Ask) -> Result<Day, ReplicaError> {
        let enrolled = tablet.enrolled()?.clone();
        let cards = tablet.cards(&mut *self.lists()?)?;
        let card_of = |site: SiteId| cards.iter().find(|card| card.site == site);
        let choice = |site: &SiteId| Choice {
            id: site.to_string(),
            name: card_of(*site).map(|c| c.name.clone()).unwrap_or_default(),
        };
        let sites: Vec<Choice> = enrolled.sites().iter().map(choice).collect();
        let first = enrolled
            .sites()
            .first()
            .copied()
            .ok_or_else(|| ReplicaError::Fault("aucun site".into()))?;
        let asked = ask.site.as_deref().map(id::<SiteId>).transpose()?;
        let site = asked
            .filter(|site| enrolled.sites().contains(site))
            .unwrap_or(first);
        let today = tablet.today();
        let date = ask
            .date
            .as_deref()
            .map(id::<NaiveDate>)
            .transpose()?
            .unwrap_or(today);
        let day = tablet.day(&mut *self.lists()?, site, date)?;
        let asked = ask.activity.as_deref().map(id::<ActivityId>).transpose()?;
        let activities = &day.list.activities;
        let now = Minute::of(tablet.now().time_in(tablet.zone()));
        let chosen = asked
            .filter(|id| activities.iter().any(|a| a.id == *id))
            .or_else(|| of_the_hour(activities, (date == today).then_some(now)));
        let target = Target {
            site,
            date,
            activity: chosen.unwrap_or(ActivityId(uuid::Uuid::nil())),
        };
        let shown = self.shown(tablet, &target)?;
        let in_order = day.rows.iter().filter(|row| Some(row.activity) == chosen);
        let staff = tablet.staff(&mut *self.lists()?)?;
        Ok(Day {
            commune: enrolled.commune_name.clone(),
            site: choice(&site),
            date: date.to_string(),
            date_label: day_label(date),
            today: today.to_string(),
            list: day.source,
            clock_doubted: tablet.clock_doubted(),
            activities: shown.tabs,
            activity: chosen.map(|id| id.to_string()),
            rows: in_order
                .filter_map(|row| shown.rows.get(&row.child.to_string()).cloned())
                .collect(),
            link: self.link(tablet)?,
            sites,
            holder: self.holding(tablet, &staff)?,
            nursery: card_of(site).is_some_and(|card| card.nursery),
            notices: day.list.notices.clone(),
            open_lists: shown.open_lists,
            other_sites: self.other_sites(tablet, site)?,
        })
    }
}

/// Names of all sites that the cards tell of.
pub(super) fn site_names(cards: &[SiteCard]) -> BTreeMap<SiteId, String> {
    let others = cards.iter().flat_map(|card| &card.others);
    let others = others.map(|other| (other.site, other.name.clone()));
    others
        .chain(cards.iter().map(|card| (card.site, card.name.clone())))
        .collect()
}

/// Lists past their hour that have children and are not closed. One that a late tap opened again
/// is done as long as nobody is expected on it.
fn open_lists(tablet: &Tablet, day: &DayOf) -> Vec<Choice> {
    let (today, date) = (tablet.today(), day.list.date);
    let now = Minute::of(tablet.now().time_in(tablet.zone()));
    let forgotten = |activity: &&ListedActivity| {
        let rows = || day.rows.iter().filter(|row| row.activity == activity.id);
        let session = day.fold.sessions.get(&(day.list.site, activity.id));
        let done = session.is_some_and(|session| {
            let awaited = |row: &shared::day_view::DayRow| row.state == State::Expected && !row.is_excused();
            session.closed.is_some() && (session.reopened_by.is_none() || !rows().any(awaited))
        });
        let past = date < today || (date == today && now > activity.closes);
        past && !done && rows().any(|row| !row.is_excused())
    };
    day.list
        .activities
        .iter()
        .filter(forgotten)
        .map(|activity| Choice {
            id: activity.id.to_string(),
            name: activity.name.clone(),
        })
        .collect()
}

/// The activity that is on, or the next one, or the first.
fn of_the_hour(activities: &[ListedActivity], now: Option<Minute>) -> Option<ActivityId> {
    let first = activities.first()?;
    let now = now.unwrap_or(first.opens);
    activities
        .iter()
        .find(|a| now <= a.closes)
        .or(activities.last())
        .map(|a| a.id)
}
