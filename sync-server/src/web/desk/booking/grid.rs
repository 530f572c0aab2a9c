//! What the grid of a family shows.

use chrono::{Datelike, NaiveDate};
use server_ui::desk::booking::{
    CellView, ChildGrid, GridRow, Tick, WeekGrid, cell_words as say, reason_words,
};
use shared::booking::{Asked, Cell, Cells, Choice, Ground, SessionKey};
use shared::ids::{ActivityId, ChildId, FormulaId, SiteId};
use shared::operation::{ActivityRecord, Why};
use shared::time::UtcMs;
use shared::words::{date_time, money};
use uuid::Uuid;

use crate::web::desk::bookings::people::Person;
use crate::web::desk::day::day_of;
use crate::web::desk::reach::Reach;

/// The field of what is added.
pub(super) const ADD: &str = "ajouter";
/// The field of what is cancelled.
pub(super) const CANCEL: &str = "annuler";

/// What a tick adds, as a form says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Added {
    pub(super) child: ChildId,
    pub(super) session: SessionKey,
    pub(super) formula: Option<FormulaId>,
}

impl Added {
    /// The word in the form.
    pub(super) fn word(&self) -> String {
        let formula = self
            .formula
            .map_or_else(String::new, |id| id.0.simple().to_string());
        format!(
            "{}.{}.{}.{}.{formula}",
            self.child.0.simple(),
            self.session.activity.0.simple(),
            self.session.site.0.simple(),
            self.session.date
        )
    }

    /// Reads it back.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let mut parts = word.split('.');
        let mut id = || parts.next().and_then(|part| part.parse::<Uuid>().ok());
        let (child, activity, site) = (ChildId(id()?), ActivityId(id()?), SiteId(id()?));
        let date: NaiveDate = parts.next()?.parse().ok()?;
        let formula = match parts.next()? {
            "" => None,
            text => Some(FormulaId(text.parse().ok()?)),
        };
        let known = (1900..=2199).contains(&date.year());
        (known && parts.next().is_none()).then_some(Self {
            child,
            session: SessionKey { activity, site, date },
            formula,
        })
    }
}

/// What is shown of whom.
pub(super) struct Shown<'a> {
    pub(super) ground: &'a Ground,
    pub(super) reach: &'a Reach,
    pub(super) asked: Asked,
    pub(super) today: NaiveDate,
}

impl Shown<'_> {
    /// The grids of children, week by week.
    pub(super) fn grids(&self, children: &[Person], weeks: &[Vec<NaiveDate>]) -> Vec<ChildGrid> {
        let cells = Cells::new(self.ground, self.asked);
        children
            .iter()
            .map(|child| ChildGrid {
                name: name_of(child),
                weeks: weeks.iter().map(|week| self.week(&cells, child, week)).collect(),
            })
            .collect()
    }

    fn week(&self, cells: &Cells<'_>, child: &Person, week: &[NaiveDate]) -> WeekGrid {
        let activities = self.in_order();
        let days: Vec<NaiveDate> = week
            .iter()
            .copied()
            .filter(|date| date.weekday().num_days_from_monday() < 5 || Self::is_used(&activities, *date))
            .collect();
        let mut rows = Vec::new();
        for activity in &activities {
            for site in self.sites_of(child, activity, week) {
                let found: Vec<Cell> = days
                    .iter()
                    .map(|date| {
                        let session = SessionKey {
                            activity: activity.id,
                            site,
                            date: *date,
                        };
                        cells.cell(child.id, session)
                    })
                    .collect();
                if !found.iter().any(is_shown) {
                    continue;
                }
                let views = found
                    .iter()
                    .zip(&days)
                    .map(|(cell, date)| self.cell(cell, child, activity, (site, *date)))
                    .collect();
                rows.push(GridRow {
                    activity: activity.name.clone(),
                    site: self
                        .ground
                        .sites
                        .get(&site)
                        .map_or_else(String::new, |one| one.name.clone()),
                    cells: views,
                });
            }
        }
        let first = week.first().copied().unwrap_or(self.today);
        WeekGrid {
            label: say::week_of(&day_of(first, self.today)),
            days: days.iter().map(|date| day_of(*date, self.today)).collect(),
            rows,
        }
    }

    fn in_order(&self) -> Vec<&ActivityRecord> {
        let mut all: Vec<_> = self.ground.activities.values().filter(|a| !a.retired).collect();
        all.sort_by(|a, b| (a.opens, &a.name, a.id).cmp(&(b.opens, &b.name, b.id)));
        all
    }

    fn is_used(activities: &[&ActivityRecord], date: NaiveDate) -> bool {
        let bit = 1_u8 << date.weekday().num_days_from_monday();
        activities.iter().any(|activity| activity.weekdays & bit != 0)
    }

    /// The sites where a child takes an activity: where it is booked, else in its school, else wherever it takes place.
    fn sites_of(&self, child: &Person, activity: &ActivityRecord, week: &[NaiveDate]) -> Vec<SiteId> {
        let within = |site: &SiteId| {
            let known = self.ground.sites.get(site);
            self.reach.has(*site) && known.is_some_and(|site| !site.retired)
        };
        let own = |site: &SiteId| {
            let school = self.ground.sites.get(site).and_then(|site| site.school);
            school.is_some() && school == child.school
        };
        let all: Vec<SiteId> = activity.sites.iter().copied().filter(within).collect();
        let mut sites: Vec<SiteId> = all.iter().copied().filter(own).collect();
        if sites.is_empty() {
            sites = all;
        }
        for standing in &self.ground.standing {
            let session = standing.session;
            let here = standing.child == child.id && session.activity == activity.id;
            if here && week.contains(&session.date) && within(&session.site) && !sites.contains(&session.site)
            {
                sites.push(session.site);
            }
        }
        sites
    }

    fn cell(
        &self,
        cell: &Cell,
        child: &Person,
        activity: &ActivityRecord,
        (site, date): (SiteId, NaiveDate),
    ) -> CellView {
        let what = format!(
            "{}, {}, {}",
            child.first_name,
            activity.name,
            day_of(date, self.today)
        );
        let session = SessionKey {
            activity: activity.id,
            site,
            date,
        };
        let formula = |id: Option<FormulaId>| {
            let found = id.and_then(|id| activity.formulas.iter().find(|formula| formula.id == id));
            found.map(|formula| formula.name.clone())
        };
        let add = |choice: &Choice, request: bool| Tick {
            name: ADD,
            value: Added {
                child: child.id,
                session,
                formula: choice.formula,
            }
            .word(),
            label: say::choice(
                formula(choice.formula).as_deref(),
                choice
                    .priced
                    .base
                    .is_some()
                    .then(|| say::price(&choice.priced))
                    .as_deref(),
                request || choice.request.is_some(),
            ),
            unseen: what.clone(),
        };
        let cancel = |reservation: shared::ids::ReservationId, due: Option<String>| Tick {
            name: CANCEL,
            value: reservation.0.simple().to_string(),
            label: say::cancel(due.as_deref()),
            unseen: what.clone(),
        };
        let until = |at: Option<UtcMs>| at.map(|at| say::until(&date_time(at, self.ground.zone)));
        let why = |reason| vec![reason_words(reason, self.ground.zone)];
        let plain = |state: &'static str, shape: &'static str, words: String| CellView {
            shape,
            state,
            words,
            details: Vec::new(),
            ticks: Vec::new(),
        };
        match cell {
            Cell::Bookable { choices, until: at } => CellView {
                details: until(*at).into_iter().collect(),
                ticks: choices.iter().map(|one| add(one, false)).collect(),
                ..plain("bookable", "expected", say::bookable())
            },
            Cell::Booked {
                reservation,
                formula: taken,
                until: at,
                due,
                ..
            } => CellView {
                details: formula(*taken).into_iter().chain(until(*at)).collect(),
                ticks: vec![cancel(*reservation, (due.0 > 0).then(|| money(*due)))],
                ..plain("booked", "present", say::booked())
            },
            Cell::BookedFixed {
                reservation,
                formula: taken,
                reason,
            } => CellView {
                details: formula(*taken).into_iter().chain(why(reason)).collect(),
                ticks: vec![cancel(*reservation, None)],
                ..plain("fixed", "present", say::fixed())
            },
            Cell::NotBookable { reason } if reason.why == Why::NotOffered => {
                plain("closed", "absent", say::not_offered())
            }
            Cell::NotBookable { reason } => CellView {
                details: why(reason),
                ticks: Self::beyond(reason.why, activity, |choice| add(choice, false)),
                ..plain("none", "absent", say::not_bookable())
            },
            Cell::AddRequested { formula: taken, .. } => CellView {
                details: formula(*taken).into_iter().collect(),
                ..plain("asked", "expected", say::asked())
            },
            Cell::CancelRequested { formula: taken, .. } => CellView {
                details: formula(*taken).into_iter().collect(),
                ..plain("asked", "present", say::cancel_asked())
            },
            Cell::Refused { words, .. } => CellView {
                details: words.clone().into_iter().collect(),
                ticks: Self::beyond(Why::Deadline, activity, |choice| add(choice, false)),
                ..plain("refused", "absent", say::refused())
            },
            Cell::Waiting {
                rank, offered_until, ..
            } => CellView {
                details: until(*offered_until).into_iter().collect(),
                ..plain("waiting", "expected", say::waiting(*rank))
            },
            Cell::WaitPossible {
                choices,
                rank,
                until: at,
            } => CellView {
                details: until(*at).into_iter().collect(),
                ticks: choices.iter().map(|one| add(one, false)).collect(),
                ..plain("full", "alert", say::full(*rank))
            },
            Cell::Closed { reason, .. } => CellView {
                details: why(reason),
                ..plain("closed", "closed", say::closed())
            },
            Cell::Elsewhere { name, .. } => CellView {
                details: name.clone().into_iter().collect(),
                ..plain("elsewhere", "left", say::elsewhere())
            },
            Cell::OtherHousehold { formula: taken, .. } => CellView {
                details: formula(*taken).into_iter().collect(),
                ..plain("other", "present", say::other())
            },
        }
    }

    /// What a rule refuses may be ticked all the same: the next page says what is gone beyond by name.
    fn beyond(why: Why, activity: &ActivityRecord, tick: impl Fn(&Choice) -> Tick) -> Vec<Tick> {
        if matches!(
            why,
            Why::NotOffered | Why::Closed | Why::Left | Why::Past | Why::Already | Why::Elsewhere
        ) {
            return Vec::new();
        }
        let none = activity.formulas.is_empty().then_some(None);
        let formulas = activity.formulas.iter().map(|formula| Some(formula.id));
        none.into_iter()
            .chain(formulas)
            .map(|formula| {
                tick(&Choice {
                    formula,
                    priced: shared::operation::Priced::default(),
                    request: None,
                })
            })
            .collect()
    }
}

/// Whether anything is said of it that a row is worth.
fn is_shown(cell: &Cell) -> bool {
    match cell {
        Cell::NotBookable { reason } => !matches!(
            reason.why,
            Why::NotOffered | Why::School | Why::Class | Why::Age | Why::Left
        ),
        Cell::Closed { reservation, .. } => reservation.is_some(),
        _ => true,
    }
}

/// « Léa Martin, CP, École Jaurès ».
fn name_of(child: &Person) -> String {
    let home = child.home();
    let name = format!("{} {}", child.first_name, child.last_name);
    if home.is_empty() {
        name
    } else {
        format!("{name}, {home}")
    }
}
