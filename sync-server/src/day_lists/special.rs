//! What exceptional days make of a list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use shared::calendar::{Calendar, DayKind, SchoolDay};
use shared::day_list::{DayList, ListedActivity, ListedRow, Standing};
use shared::exceptional::{DayEffect, Met, Row, about, effect, notice};
use shared::ids::{ActivityId, ChildId, SchoolId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ClassRecord, ExceptionalDayRecord, LocalKind, SchoolRecord, ServiceRecord, SiteRecord,
};

use super::children::{Card, of_school};
use super::shape;
use crate::record;
use crate::store::{Read, StoreError};

/// Applies the exceptional days of a list's date. `eats` tells whether something is eaten with a row.
pub(super) fn apply(
    tx: &mut dyn Read,
    list: &mut DayList,
    cards: &mut Vec<Card>,
    eats: &dyn Fn(&ListedRow) -> bool,
    services: &Services,
) -> Result<(), StoreError> {
    let calendar = record::calendar(tx)?.map(|(calendar, _)| Calendar::of(&calendar));
    if let Some(calendar) = &calendar {
        list.notices.extend(said_of(&calendar.day(list.date)));
    }
    let days = record::exceptional_days_of(tx, list.date)?;
    if days.is_empty() {
        return Ok(());
    }
    let schools = record::schools(tx)?.into_iter().map(|(s, _)| s).collect();
    let classes = record::classes(tx)?.into_iter().map(|(c, _)| c).collect();
    let town = Town {
        schools,
        classes,
        sites: record::sites(tx)?.into_iter().map(|(s, _)| s).collect(),
        services: record::services(tx)?.into_iter().map(|(s, _)| s).collect(),
        calendar,
    };
    let own_school = record::site(tx, list.site)?.and_then(|(site, _)| site.school);
    for day in &days {
        let touches =
            town.touches(day, own_school, list, cards, services) || emptied(tx, day, list.site, list.date)?;
        if touches && town.is_in_session(day, list.date) {
            list.notices.push(notice(day, &town.whom(day)));
        }
    }
    judge(list, cards, &days, eats, services);
    for day in &days {
        add_minimum_service(tx, list, cards, day, &town)?;
    }
    Ok(())
}

/// Whether a closure cancelled reservations of this list: nobody is left on it by whom to tell.
fn emptied(
    tx: &mut dyn Read,
    day: &ExceptionalDayRecord,
    site: SiteId,
    date: NaiveDate,
) -> Result<bool, StoreError> {
    if !day.cancels {
        return Ok(false);
    }
    let there = include_str!("../record/reservation/closed_there.sql");
    let row = tx.first(there, &[day.id.into(), site.into(), date.into()])?;
    Ok(row.is_some())
}

/// What the calendar says of a day that is not an ordinary one.
fn said_of(day: &DayKind) -> Option<String> {
    match day {
        DayKind::PublicHoliday(name) => Some(format!("Jour férié\u{a0}: {name}.")),
        DayKind::Vacation(name) => Some(format!("{name}.")),
        DayKind::Local(name, LocalKind::Closed) => Some(format!("{name}\u{a0}: tout est fermé.")),
        DayKind::Local(name, LocalKind::Vacation) => Some(format!("{name}\u{a0}: pas d’école.")),
        DayKind::Local(name, LocalKind::School) => Some(format!("{name}\u{a0}: il y a école.")),
        DayKind::WeekEnd | DayKind::School | DayKind::Unknown => None,
    }
}

/// Keeps, notes, excuses or drops each row.
fn judge(
    list: &mut DayList,
    cards: &[Card],
    days: &[ExceptionalDayRecord],
    eats: &dyn Fn(&ListedRow) -> bool,
    services: &Services,
) {
    let hours: BTreeMap<ActivityId, _> = list
        .activities
        .iter()
        .map(|a| (a.id, (a.opens, a.closes)))
        .collect();
    let site = list.site;
    let cards: BTreeMap<ChildId, &Card> = cards.iter().map(|card| (card.card.id, card)).collect();
    list.rows.retain_mut(|row| {
        let (Some(card), Some((opens, closes))) = (cards.get(&row.child), hours.get(&row.activity)) else {
            return true;
        };
        let judged = Row {
            met: Met {
                school: card.school,
                class: card.class,
                site,
                service: services.get(&row.activity).copied(),
            },
            hours: card.hours,
            opens: *opens,
            closes: *closes,
            meal: eats(row),
        };
        match effect(days, &judged) {
            DayEffect::Keep => {}
            DayEffect::Note(words) => row.note = Some(words),
            DayEffect::Away { words, picnic } => row.standing = Some(Standing::Away { words, picnic }),
            DayEffect::Drop => return false,
        }
        true
    });
}

/// The free session of a strike: every child of its schools and classes may come.
fn add_minimum_service(
    tx: &mut dyn Read,
    list: &mut DayList,
    cards: &mut Vec<Card>,
    day: &ExceptionalDayRecord,
    town: &Town,
) -> Result<(), StoreError> {
    let Some(service) = day
        .minimum_service
        .as_ref()
        .filter(|service| service.site == list.site && town.is_in_session(day, list.date))
    else {
        return Ok(());
    };
    let others = list
        .activities
        .iter()
        .filter(|a| a.slug.as_str().starts_with("sma"))
        .count();
    let slug = if others == 0 {
        "sma".to_owned()
    } else {
        format!("sma-{}", others + 1)
    };
    list.activities.push(ListedActivity {
        id: service.activity,
        slug: slug.parse().map_err(|_| shape("slug"))?,
        name: "Service minimum d’accueil".to_owned(),
        mode: Mode::ArrivalDeparture,
        opens: service.opens,
        closes: service.closes,
        formulas: Vec::new(),
    });
    let mut invited = Vec::new();
    for school in &day.schools {
        invited.extend(of_school(tx, list.date, Some(*school), None)?);
    }
    for class in &day.classes {
        invited.extend(of_school(tx, list.date, None, Some(*class))?);
    }
    let mut seen = BTreeSet::new();
    for card in invited {
        let child = card.card.id;
        if !seen.insert(child) {
            continue;
        }
        list.rows.push(ListedRow {
            child,
            activity: service.activity,
            formula: None,
            group: card.card.class.clone(),
            sitting: None,
            table: None,
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            standing: Some(Standing::Free),
            note: None,
        });
        if cards.iter().all(|known| known.card.id != child) {
            cards.push(card);
        }
    }
    Ok(())
}

/// The service of each activity of a list.
pub(super) type Services = BTreeMap<ActivityId, ServiceId>;

/// The schools, classes, sites and services of the town.
struct Town {
    schools: Vec<SchoolRecord>,
    classes: Vec<ClassRecord>,
    sites: Vec<SiteRecord>,
    services: Vec<ServiceRecord>,
    calendar: Option<Calendar>,
}

impl Town {
    fn school_of(&self, class: &shared::ids::ClassId) -> Option<SchoolId> {
        self.classes.iter().find(|c| c.id == *class).map(|c| c.school)
    }

    /// Whether the day is about a child on the list or about the school in which the site stands, and about something
    /// that takes place there.
    fn touches(
        &self,
        day: &ExceptionalDayRecord,
        own: Option<SchoolId>,
        list: &DayList,
        cards: &[Card],
        services: &Services,
    ) -> bool {
        let here = day.sites.is_empty() || day.sites.contains(&list.site);
        let mut offered = list.activities.iter().filter_map(|a| services.get(&a.id));
        let something = day.services.is_empty() || offered.any(|service| day.services.contains(service));
        let ours = |school: SchoolId| own == Some(school);
        let somebody = day.schools.iter().any(|school| ours(*school))
            || day
                .classes
                .iter()
                .any(|class| self.school_of(class).is_some_and(ours))
            || (day.schools.is_empty() && day.classes.is_empty())
            || cards.iter().any(|card| about(day, card.school, card.class));
        here && something && somebody
    }

    /// Whether its schools have school that day. A town without a calendar goes by the day of the
    /// week: eight half days leave the Wednesday free.
    fn is_in_session(&self, day: &ExceptionalDayRecord, date: NaiveDate) -> bool {
        if !(day.sites.is_empty() && day.services.is_empty()) {
            // It is not about school, and may well be in the holidays.
            return true;
        }
        let concerned = |school: &SchoolRecord| {
            day.schools.contains(&school.id)
                || day
                    .classes
                    .iter()
                    .any(|class| self.school_of(class) == Some(school.id))
        };
        if let Some(calendar) = &self.calendar {
            let mut schools = self.schools.iter().filter(|school| concerned(school));
            return schools.any(|s| calendar.school_day(date, s.half_days) != SchoolDay::No);
        }
        match date.weekday() {
            Weekday::Sat | Weekday::Sun => false,
            Weekday::Wed => self.schools.iter().any(|s| concerned(s) && s.half_days > 8),
            Weekday::Mon | Weekday::Tue | Weekday::Thu | Weekday::Fri => true,
        }
    }

    fn whom(&self, day: &ExceptionalDayRecord) -> String {
        let schools = self.schools.iter().filter(|s| day.schools.contains(&s.id));
        let classes = self.classes.iter().filter(|c| day.classes.contains(&c.id));
        let sites = self.sites.iter().filter(|s| day.sites.contains(&s.id));
        let services = self.services.iter().filter(|s| day.services.contains(&s.id));
        let names: Vec<&str> = services
            .map(|s| s.name.as_str())
            .chain(sites.map(|s| s.name.as_str()))
            .chain(schools.map(|s| s.name.as_str()))
            .chain(classes.map(|c| c.name.as_str()))
            .collect();
        names.join(", ")
    }
}
