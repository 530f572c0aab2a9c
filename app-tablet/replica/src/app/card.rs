//! A child's card: its day, its week, whom to call.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days};
use shared::day_list::Contact;
use shared::day_view::{DayRow, row_for};
use shared::digest::SheetRef;
use shared::fold::{Fold, History, Marks, history};
use shared::ids::{ActivityId, ChildId, MarkId};
use shared::mark::{Kind, Mark};
use shared::screen::{
    Card, Choice, Event, Fate, Health, ListRef, ListSource, Memo, Trouble, WeekDay, WeekLine,
};
use shared::seal;
use shared::time::UtcMs;
use shared::words::{day as day_label, hour};

use super::said::{Makers, fate, what};
use super::view::{age, worded};
use super::{App, Inner, id, target};
use crate::day::known;
use crate::error::ReplicaError;
use crate::point::Target;
use crate::store::marks;
use crate::tablet::Tablet;

impl App {
    /// A child's card.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn card(&self, list: ListRef, child: String) -> Result<Card, Trouble> {
        self.held(move |inner, tablet| inner.card(tablet, &target(&list)?, id(&child)?))
            .await
    }

    /// Adds a memo on the child and day.
    ///
    /// # Errors
    /// [`Trouble`]: it is empty or too long.
    pub async fn note(&self, list: ListRef, child: String, text: String) -> Result<Card, Trouble> {
        let noted = self.held(move |inner, tablet| {
            let (target, child) = (target(&list)?, id(&child)?);
            tablet.note(target, child, &text)?;
            inner.card(tablet, &target, child)
        });
        self.woken(noted.await)
    }

    /// Health details, once whoever holds the tablet has shown their PIN again.
    ///
    /// # Errors
    /// [`Trouble`]: nobody has a PIN, or there are no details.
    pub async fn health(&self, child: String, pin: String, list: ListRef) -> Result<Health, Trouble> {
        let details = self
            .held(move |inner, tablet| {
                let staff = tablet.staff(&mut *inner.lists()?)?;
                if !staff.needed {
                    return Err(ReplicaError::Refused(
                        "Les détails de santé demandent un code personnel : la mairie en donne un à chaque agent."
                            .into(),
                    ));
                }
                let target = target(&list)?;
                let row = inner.row_of(tablet, &target, id(&child)?)?;
                row.health.ok_or_else(|| {
                    ReplicaError::Refused("La mairie n’a pas noté de détails de santé pour cet enfant.".into())
                })
            })
            .await?;
        Ok(match self.confirmed(pin).await? {
            None => Health::Shown(details),
            Some(0) => Health::Locked,
            Some(left) => Health::Wrong(left),
        })
    }
}

impl Inner {
    /// The child's row on a list; as it would stand there, where it does not.
    pub(super) fn row_of(
        &self,
        tablet: &mut Tablet,
        target: &Target,
        child: ChildId,
    ) -> Result<DayRow, ReplicaError> {
        let mut lists = self.lists()?;
        let day = tablet.day(&mut lists, target.site, target.date)?;
        let on_list = |row: &&DayRow| row.child == child && row.activity == target.activity;
        if let Some(row) = day.rows.iter().find(on_list) {
            return Ok(row.clone());
        }
        let described = tablet.described(&mut lists, &day.fold)?;
        let town = tablet.town(&mut lists)?;
        let stranger = |child: ChildId| known(&town, &described, child);
        let zone = tablet.zone();
        Ok(row_for(
            &day.list,
            &day.fold,
            zone,
            (child, target.activity),
            &stranger,
        ))
    }

    fn card(&self, tablet: &mut Tablet, target: &Target, child: ChildId) -> Result<Card, ReplicaError> {
        let row = self.row_of(tablet, target, child)?;
        let day = tablet.day(&mut *self.lists()?, target.site, target.date)?;
        let view = self.view(tablet, &day)?;
        let shown = view.row(&row);
        let birth_year = tablet
            .town(&mut *self.lists()?)?
            .get(&child)
            .map(|(c, _)| c.birth_year);
        let first = |phone: &String| Contact {
            name: self.words.t("core-first-number"),
            phone: phone.clone(),
        };
        let mut contacts = row.contacts.clone();
        if contacts.is_empty() {
            contacts.extend(row.phone.as_ref().map(first));
        }
        let siblings = shown.siblings.iter().filter_map(|sibling| {
            let of = |r: &&DayRow| r.activity == target.activity && r.child.to_string() == *sibling;
            day.rows.iter().find(of).map(|r| Choice {
                id: sibling.clone(),
                name: format!("{} {}", r.first_name, r.last_name),
            })
        });
        let date = target.date;
        Ok(Card {
            age_label: self.age_label(row.born.and_then(|born| age(born, date)), birth_year),
            contacts,
            badges: row
                .badges
                .iter()
                .map(|badge| worded(&self.words, badge))
                .collect(),
            has_health: row.health.is_some(),
            timeline: self.timeline(tablet, target, child)?,
            week: self.week(tablet, target, child)?,
            memos: self.memos(tablet, target, child, &day.fold)?,
            siblings: siblings.collect(),
            other_sites: self.other_sites(tablet, target.site)?,
            row: shown,
        })
    }

    /// « 7 ans », or the year of birth where the day of birth is not known here.
    pub(super) fn age_label(&self, age: Option<u8>, birth_year: Option<i32>) -> Option<String> {
        age.map(|years| self.words.t1("core-age", "years", i64::from(years)))
            .or_else(|| birth_year.map(|year| self.words.t1("core-born", "year", year.to_string())))
    }

    /// Everybody whose name may stand beside a mark of this date.
    pub(super) fn makers(&self, tablet: &mut Tablet, fold: &Fold) -> Result<Makers, ReplicaError> {
        let mut lists = self.lists()?;
        let cards = tablet.cards(&mut lists)?;
        let of_cards = cards.iter().flat_map(|card| &card.staff);
        let mut staff: BTreeMap<_, _> = of_cards.map(|person| (person.id, person.name.clone())).collect();
        if let Some(card) = cards.first() {
            staff.extend(crate::crew::substitutes(fold, &card.note_key).map(|(id, s)| (id, s.name)));
        }
        Ok(Makers {
            own: tablet.enrolled()?.device(),
            staff,
        })
    }

    fn timeline(
        &self,
        tablet: &mut Tablet,
        target: &Target,
        child: ChildId,
    ) -> Result<Vec<Event>, ReplicaError> {
        let date = target.date;
        let (fold, names) = {
            let mut lists = self.lists()?;
            let fold = tablet.fold_of_date(&mut lists, date)?;
            (fold, tablet.names_and_modes(&mut lists, date)?.0)
        };
        let marks = tablet.marks_of_date(date)?.known_as(&names);
        let makers = self.makers(tablet, &fold)?;
        let view_sites = tablet.cards(&mut *self.lists()?)?;
        let site = |site| {
            super::shown::site_names(&view_sites)
                .remove(&site)
                .unwrap_or_default()
        };
        let activities = self.activity_names(tablet)?;
        let told = Told {
            history: history(&marks),
            contested: fold
                .conflicts
                .iter()
                .flat_map(shared::fold::Conflict::marks)
                .collect(),
            fates: fates(tablet, date)?,
        };
        let zone = tablet.zone();
        let concerns = |mark: &Mark| {
            mark.child == Some(child)
                || matches!(&mark.kind, Kind::Close { children, .. } if children.contains(&child))
        };
        let mut events: Vec<(UtcMs, u64, Event)> = Vec::new();
        for (id, _, mark) in marks.iter().filter(|(_, _, mark)| concerns(mark)) {
            let at = told.history.times.get(&id).copied().unwrap_or(mark.device_time);
            let time = at.time_in(zone);
            let undone = told.history.undone.contains(&id);
            let mut said = what(&self.words, mark, zone, site);
            if let Kind::Void { replaces } = mark.kind {
                let of = marks
                    .get(replaces)
                    .map(|(_, of)| what(&self.words, of, zone, site));
                said = self.words.t1("core-said-void-of", "what", of.unwrap_or_default());
            }
            let event = Event {
                mark: id.to_string(),
                at: hour(time),
                at_field: time.format("%H:%M").to_string(),
                what: said,
                activity: activities.get(&mark.activity).cloned().unwrap_or_default(),
                author: makers.author(mark),
                device: makers.device(&self.words, mark.device),
                fate: told.fate(&marks, id, tablet.met().in_backup_to()),
                undone,
                can_undo: !undone,
                can_correct: !undone && matches!(mark.kind, Kind::In | Kind::Out),
            };
            events.push((at, mark.device_seq, event));
        }
        events.sort_by_key(|(at, seq, _)| (*at, *seq));
        Ok(events.into_iter().map(|(_, _, event)| event).collect())
    }

    pub(super) fn activity_names(
        &self,
        tablet: &Tablet,
    ) -> Result<BTreeMap<ActivityId, String>, ReplicaError> {
        let cards = tablet.cards(&mut *self.lists()?)?;
        let activities = cards.iter().flat_map(|card| &card.activities);
        Ok(activities
            .map(|a| (a.activity.id, a.activity.name.clone()))
            .collect())
    }

    /// The reservations of the week of a date, over all sites of this tablet.
    fn week(
        &self,
        tablet: &mut Tablet,
        target: &Target,
        child: ChildId,
    ) -> Result<Vec<WeekDay>, ReplicaError> {
        let back = u64::from(target.date.weekday().num_days_from_monday());
        let monday = target
            .date
            .checked_sub_days(Days::new(back))
            .unwrap_or(target.date);
        let sites = tablet.enrolled()?.sites().to_vec();
        let mut lists = self.lists()?;
        let mut week = Vec::new();
        for date in monday.iter_days().take(7) {
            let mut lines = Vec::new();
            for site in &sites {
                let (list, source) = tablet.list_of(&mut lists, &SheetRef { site: *site, date })?;
                if !matches!(source, ListSource::Confirmed | ListSource::BeforeLoss) {
                    continue;
                }
                for row in list.rows.iter().filter(|row| row.child == child) {
                    let activity = list.activities.iter().find(|a| a.id == row.activity);
                    let formula =
                        activity.and_then(|a| a.formulas.iter().find(|f| Some(f.id) == row.formula));
                    let minute = |m: Option<shared::codec::Minute>| m.map(|m| hour(m.time()));
                    let hours = match (minute(row.expected_in), minute(row.expected_out)) {
                        (Some(from), Some(to)) => Some(format!("{from} – {to}")),
                        (from, to) => from.or(to),
                    };
                    let away = match &row.standing {
                        Some(shared::day_list::Standing::Away { words, .. }) => Some(words.clone()),
                        _ => None,
                    };
                    lines.push(WeekLine {
                        activity: activity.map(|a| a.name.clone()).unwrap_or_default(),
                        formula: formula.map(|f| f.name.clone()),
                        detail: away.or(hours),
                    });
                }
            }
            if !lines.is_empty() {
                week.push(WeekDay {
                    label: day_label(date),
                    shown: date == target.date,
                    lines,
                });
            }
        }
        Ok(week)
    }

    fn memos(
        &self,
        tablet: &mut Tablet,
        target: &Target,
        child: ChildId,
        fold: &Fold,
    ) -> Result<Vec<Memo>, ReplicaError> {
        let Some(notes) = fold.notes.get(&child) else {
            return Ok(Vec::new());
        };
        let makers = self.makers(tablet, fold)?;
        let cards = tablet.cards(&mut *self.lists()?)?;
        let marks = tablet.marks_of_date(target.date)?;
        let times = history(&marks).times;
        let zone = tablet.zone();
        let opened = |(id, sealed): &(MarkId, Vec<u8>)| {
            let text = seal::open(&cards.first()?.note_key, *id, sealed)?;
            let (_, mark) = marks.get(*id)?;
            let at = times.get(id).copied().unwrap_or(mark.device_time);
            Some(Memo {
                mark: id.to_string(),
                at: hour(at.time_in(zone)),
                text,
                author: makers.author(mark),
            })
        };
        Ok(notes.iter().filter_map(opened).collect())
    }
}

/// What became of the marks of a date.
struct Told {
    history: History,
    contested: BTreeSet<MarkId>,
    fates: BTreeMap<MarkId, marks::StoredMark>,
}

impl Told {
    fn fate(&self, marks: &Marks, id: MarkId, in_backup_to: Option<u64>) -> Fate {
        debug_assert!(marks.get(id).is_some(), "a mark of that date");
        self.fates.get(&id).map_or(Fate::Waiting, |row| {
            fate(row, in_backup_to, self.contested.contains(&id))
        })
    }
}

/// The rows of all marks of a date.
fn fates(
    tablet: &Tablet,
    date: chrono::NaiveDate,
) -> Result<BTreeMap<MarkId, marks::StoredMark>, ReplicaError> {
    let mut all = BTreeMap::new();
    for site in tablet.enrolled()?.sites() {
        for row in marks::of_sheet(tablet.db.reader(), &SheetRef { site: *site, date })? {
            all.insert(row.id, row);
        }
    }
    Ok(all)
}
