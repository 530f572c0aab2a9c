//! What the record says to a wish: offers, calendar, exceptional days, what stands.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::calendar::Calendar;
use shared::exceptional::{Met, about, closed_by, lies_over};
use shared::ids::{ActivityId, ChildId, FormulaId, ReservationId, ServiceId, SiteId};
use shared::operation::{ActivityRecord, ExceptionalDayRecord, ExceptionalKind, ReservationLine, SiteRecord};

use super::people::Person;
use crate::bookings::{DayIs, Ground, Offer, Plan, Skip, Standing, Standings, Wanted, obstacle, plan};
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::reach::Reach;

/// Everything that wishes for some children between two dates are judged by.
pub(super) struct Data {
    pub(super) sites: Vec<SiteRecord>,
    /// Those within reach that are still offered.
    pub(super) own_sites: Vec<SiteRecord>,
    /// Those still offered at a site within reach, in the order of the day.
    pub(super) activities: Vec<ActivityRecord>,
    offers: BTreeMap<ActivityId, Offer>,
    services: BTreeMap<ActivityId, ServiceId>,
    calendar: Option<Calendar>,
    exceptional: Vec<ExceptionalDayRecord>,
    pub(super) standings: Standings,
    /// The newest reservation of each child at each place: how it usually comes.
    usual: BTreeMap<(ChildId, ActivityId, SiteId), Usual>,
    people: BTreeMap<ChildId, Person>,
}

/// What a new reservation takes over from the one before.
#[derive(Clone, Debug)]
pub(super) struct Usual {
    pub(super) date: NaiveDate,
    pub(super) line: ReservationLine,
}

impl Data {
    pub(super) fn load(
        tx: &mut dyn Read,
        reach: &Reach,
        people: &[Person],
        (from, until): (NaiveDate, NaiveDate),
    ) -> Result<Self, StoreError> {
        let sites: Vec<SiteRecord> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
        let own_sites: Vec<SiteRecord> = sites
            .iter()
            .filter(|site| !site.retired && reach.has(site.id))
            .cloned()
            .collect();
        let all: Vec<ActivityRecord> = record::activities(tx)?.into_iter().map(|(a, _)| a).collect();
        let mut data = Self {
            services: all
                .iter()
                .map(|activity| (activity.id, activity.service))
                .collect(),
            offers: all
                .iter()
                .map(|activity| (activity.id, offer(activity)))
                .collect(),
            activities: all
                .into_iter()
                .filter(|a| !a.retired && own_sites.iter().any(|site| a.sites.contains(&site.id)))
                .collect(),
            calendar: record::calendar(tx)?.map(|(calendar, _)| Calendar::of(&calendar)),
            exceptional: record::exceptional_days(tx)?
                .into_iter()
                .map(|(day, _)| day)
                .filter(|day| day.from <= until && day.until.is_none_or(|last| from <= last))
                .collect(),
            standings: Standings::default(),
            usual: BTreeMap::new(),
            people: people.iter().map(|person| (person.id, person.clone())).collect(),
            sites,
            own_sites,
        };
        for person in people {
            data.load_standing(tx, person.id, from, until)?;
        }
        data.load_taken(tx, from, until)?;
        Ok(data)
    }

    fn load_standing(
        &mut self,
        tx: &mut dyn Read,
        child: ChildId,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<(), StoreError> {
        let sql = include_str!("../../../record/reservation/of_child_between.sql");
        for row in tx.query(sql, &[child.into(), from.into(), until.into()])? {
            let key = (child, ActivityId(row.uuid(1)?), row.date(3)?);
            self.standings.of.entry(key).or_default().push(Standing {
                id: ReservationId(row.uuid(0)?),
                site: SiteId(row.uuid(2)?),
                formula: row.opt(4, Row::uuid)?.map(FormulaId),
            });
        }
        let sql = include_str!("../../../record/reservation/newest_of_child.sql");
        for row in tx.query(sql, &[child.into()])? {
            let line = ReservationLine {
                id: ReservationId(uuid::Uuid::nil()),
                child,
                activity: ActivityId(row.uuid(0)?),
                site: SiteId(row.uuid(1)?),
                date: row.date(2)?,
                formula: None,
                group: row.opt(3, Row::text)?,
                sitting: row.opt(4, Row::int)?.and_then(|n| u8::try_from(n).ok()),
                table: row.opt(5, Row::text)?,
                expected_in: row.opt(6, Row::minute)?,
                expected_out: row.opt(7, Row::minute)?,
                comes_from: row.opt(8, Row::text)?,
                goes_to: row.opt(9, Row::text)?,
                household: None,
            };
            let usual = Usual {
                date: line.date,
                line,
            };
            let key = (child, usual.line.activity, usual.line.site);
            self.usual.insert(key, usual);
        }
        Ok(())
    }

    /// Places taken, where their number is limited.
    fn load_taken(&mut self, tx: &mut dyn Read, from: NaiveDate, until: NaiveDate) -> Result<(), StoreError> {
        let sql = include_str!("../../../record/reservation/taken_between.sql");
        for activity in self.activities.iter().filter(|a| a.capacity.is_some()) {
            for row in tx.query(sql, &[activity.id.into(), from.into(), until.into()])? {
                let key = (activity.id, SiteId(row.uuid(0)?), row.date(1)?);
                let taken = u32::try_from(row.int(2)?).unwrap_or(u32::MAX);
                self.standings.taken.insert(key, taken);
            }
        }
        Ok(())
    }

    /// What the calendar says of a date.
    pub(super) fn day(&self, date: NaiveDate) -> DayIs {
        super::calendar::day_is(self.calendar.as_ref(), date)
    }

    /// Exceptional days of a child on a date, whatever it takes.
    fn exceptional(&self, child: ChildId, date: NaiveDate) -> impl Iterator<Item = &ExceptionalDayRecord> {
        let person = self.people.get(&child);
        self.exceptional.iter().filter(move |day| {
            let concerned = person.is_some_and(|person| about(day, person.school, person.class));
            concerned && lies_over(day, date)
        })
    }

    /// Why a child has nothing at all on a date: its school or class is closed.
    pub(super) fn closed(&self, child: ChildId, date: NaiveDate) -> Option<String> {
        let mut all = self.exceptional(child, date);
        let closure = all.find(|day| is_whole(day));
        closure.map(|day| day.words.clone())
    }

    /// Why a child cannot have something there on a date: a closure lies over it.
    fn shut(&self, wanted: &Wanted) -> Option<String> {
        let person = self.people.get(&wanted.child)?;
        let met = Met {
            school: person.school,
            class: person.class,
            site: wanted.site,
            service: self.services.get(&wanted.activity).copied(),
        };
        closed_by(&self.exceptional, wanted.date, &met).map(|day| day.words.clone())
    }

    /// What else is special for a child on a date.
    pub(super) fn notes(&self, child: ChildId, date: NaiveDate) -> Vec<String> {
        self.exceptional(child, date)
            .filter(|day| !is_whole(day))
            .map(|day| day.words.clone())
            .collect()
    }

    fn with_ground<T>(&self, vacations_too: bool, work: impl FnOnce(&Ground<'_>) -> T) -> T {
        let ground = Ground {
            day: &|date| self.day(date),
            shut: &|wanted| self.shut(wanted),
            left_on: &|child| self.people.get(&child).and_then(|person| person.left_on),
            offers: &self.offers,
            standings: &self.standings,
            vacations_too,
        };
        work(&ground)
    }

    /// What becomes of wishes.
    pub(super) fn plan(&self, wanted: &[Wanted], vacations_too: bool) -> Plan {
        self.with_ground(vacations_too, |ground| plan(wanted, ground))
    }

    /// Why nothing could be reserved there and then.
    pub(super) fn obstacle(&self, wanted: &Wanted, vacations_too: bool) -> Option<Skip> {
        self.with_ground(vacations_too, |ground| obstacle(wanted, ground))
    }

    /// What stands for a child, activity and date.
    pub(super) fn standing(&self, child: ChildId, activity: ActivityId, date: NaiveDate) -> &[Standing] {
        let found = self.standings.of.get(&(child, activity, date));
        found.map_or(&[], Vec::as_slice)
    }

    /// How many places are taken of how many, where their number is limited.
    pub(super) fn places(&self, activity: ActivityId, site: SiteId, date: NaiveDate) -> Option<(u32, u32)> {
        let capacity = self.offers.get(&activity)?.capacity?;
        let taken = self.standings.taken.get(&(activity, site, date)).copied();
        Some((taken.unwrap_or(0), capacity))
    }

    /// Sites within reach where an activity takes place.
    pub(super) fn sites_of(&self, activity: &ActivityRecord) -> Vec<&SiteRecord> {
        let own = self.own_sites.iter();
        own.filter(|site| activity.sites.contains(&site.id)).collect()
    }

    /// Where a child takes an activity unless something else is said: where it did last, else at
    /// its school's site, else at the first.
    pub(super) fn site_for(&self, child: ChildId, activity: &ActivityRecord) -> Option<SiteId> {
        let sites = self.sites_of(activity);
        let last = sites
            .iter()
            .filter_map(|site| {
                let usual = self.usual.get(&(child, activity.id, site.id))?;
                Some((usual.date, site.id))
            })
            .max_by_key(|(date, _)| *date)
            .map(|(_, site)| site);
        let school = self.people.get(&child).and_then(|person| person.school);
        let beside = || {
            let found = sites
                .iter()
                .find(|site| school.is_some() && site.school == school);
            found.map(|site| site.id)
        };
        last.or_else(beside).or_else(|| sites.first().map(|site| site.id))
    }

    /// Whether a child ever took an activity, or could at its own school.
    pub(super) fn is_near(&self, child: ChildId, activity: &ActivityRecord) -> bool {
        let school = self.people.get(&child).and_then(|person| person.school);
        let sites = self.sites_of(activity);
        sites.iter().any(|site| {
            (school.is_some() && site.school == school)
                || self.usual.contains_key(&(child, activity.id, site.id))
        })
    }

    /// The newest reservation of a child there.
    pub(super) fn usual(
        &self,
        child: ChildId,
        activity: ActivityId,
        site: SiteId,
    ) -> Option<&ReservationLine> {
        self.usual.get(&(child, activity, site)).map(|usual| &usual.line)
    }

    pub(super) fn site_name(&self, id: SiteId) -> String {
        let found = self.sites.iter().find(|site| site.id == id);
        found.map(|site| site.name.clone()).unwrap_or_default()
    }
}

/// A closure of all that its schools and classes have.
fn is_whole(day: &ExceptionalDayRecord) -> bool {
    day.kind == ExceptionalKind::Closure && day.sites.is_empty() && day.services.is_empty()
}

fn offer(activity: &ActivityRecord) -> Offer {
    Offer {
        weekdays: activity.weekdays,
        capacity: activity.capacity,
        sites: activity.sites.iter().copied().collect(),
        retired: activity.retired,
    }
}
