//! The marks of a date, folded, beside the lists of its sites.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use server_ui::desk::{Closing, Tally};
use shared::day_list::{DayList, ListedActivity};
use shared::day_view::{self, DayRow, Known};
use shared::fold::{Fold, Marks, SessionState, fold};
use shared::ids::{ActivityId, ChildId, MarkId, SiteId, StaffId};
use shared::mark::Substitute;
use shared::mode::Mode;
use shared::receipt::Position;
use shared::seal;
use shared::time::UtcMs;
use shared::words::hour;

use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Read, Row, StoreError};
use crate::{day_lists, record};

/// A site.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) id: SiteId,
    pub(super) slug: String,
    pub(super) name: String,
    /// No longer offered: shown only where something was pointed.
    pub(super) retired: bool,
}

/// What was pointed on a date, at all sites: a child may be pointed at two.
pub(super) struct Pointed {
    pub(super) date: NaiveDate,
    pub(super) marks: Marks,
    pub(super) fold: Fold,
    /// Every activity of the commune, in the order of the day.
    activities: Vec<ListedActivity>,
}

/// A site's day.
pub(super) struct Day {
    pub(super) list: DayList,
    pub(super) rows: Vec<DayRow>,
}

/// The newest point of the journal.
pub(super) fn head(tx: &mut dyn Read) -> Result<Position, StoreError> {
    let branch = journal::current_branch(tx)?;
    journal::head(tx, branch)
}

/// All sites, by name.
pub(super) fn sites(tx: &mut dyn Read) -> Result<Vec<Site>, StoreError> {
    let sites = record::sites(tx)?.into_iter().map(|(site, _)| Site {
        id: site.id,
        slug: site.slug.to_string(),
        name: site.name,
        retired: site.retired,
    });
    let mut sites: Vec<Site> = sites.collect();
    sites.sort_by_cached_key(|site| (shared::text::search_key(&site.name), site.slug.clone()));
    Ok(sites)
}

impl Pointed {
    pub(super) fn load(tx: &mut dyn Read, date: NaiveDate) -> Result<Self, StoreError> {
        let activities = tx
            .query(include_str!("sql/activities.sql"), &[])?
            .iter()
            .map(listed_activity)
            .collect::<Result<Vec<_>, _>>()?;
        let mut marks = Marks::default();
        for row in tx.query(include_str!("../../record/mark/of_date.sql"), &[date.into()])? {
            // The corridor took in only what it could unpack: anything else is damage.
            let mark =
                shared::mark::unpack(&row.bytes(2)?).map_err(|e| StoreError::Damaged(e.to_string()))?;
            marks.add(SiteId(row.uuid(0)?), MarkId(row.uuid(1)?), mark);
        }
        let modes = activities
            .iter()
            .map(|activity| (activity.id, activity.mode))
            .collect();
        // Children recognised since are shown under their own name.
        let marks = marks.known_as(&day_lists::aliases_of(tx, date)?);
        let fold = fold(&marks, &modes);
        Ok(Self {
            date,
            marks,
            fold,
            activities,
        })
    }

    /// The day of one site. An activity that was pointed is shown even where it should not have
    /// taken place.
    pub(super) fn at(&self, tx: &mut dyn Read, site: SiteId, commune: &Commune) -> Result<Day, StoreError> {
        let mut list = day_lists::day_list(tx, site, self.date)?;
        for activity in &self.activities {
            let pointed = self
                .fold
                .presences
                .keys()
                .any(|(s, _, a)| *s == site && *a == activity.id)
                || self.fold.sessions.contains_key(&(site, activity.id));
            if pointed && list.activities.iter().all(|listed| listed.id != activity.id) {
                list.activities.push(activity.clone());
            }
        }
        list.activities
            .sort_by(|a, b| (a.opens, &a.slug).cmp(&(b.opens, &b.slug)));
        let known = self.strangers(tx, &list)?;
        let rows = day_view::rows(&list, &self.fold, commune.zone, &|child| {
            known.get(&child).cloned()
        });
        Ok(Day { list, rows })
    }

    /// What the record knows of children pointed at a site whose list they are not on.
    fn strangers(&self, tx: &mut dyn Read, list: &DayList) -> Result<BTreeMap<ChildId, Known>, StoreError> {
        let mut known = BTreeMap::new();
        for (site, child, _) in self.fold.presences.keys() {
            if *site != list.site || list.child(*child).is_some() || known.contains_key(child) {
                continue;
            }
            if let Some(row) = tx.first(include_str!("../../record/child/names.sql"), &[(*child).into()])? {
                known.insert(*child, known_child(&row)?);
            }
        }
        Ok(known)
    }

    /// What children nobody knew are called or look like.
    pub(super) fn described(&self, child: ChildId, commune: &Commune) -> Option<String> {
        let (mark, sealed) = self.fold.strangers.get(&child)?;
        seal::open(&commune.keys.notes, *mark, sealed)
    }

    /// Who closed a list, by name.
    pub(super) fn closed_by(
        &self,
        site: SiteId,
        activity: ActivityId,
        crew: &BTreeMap<StaffId, String>,
        commune: &Commune,
    ) -> Option<String> {
        let (_, mark) = self.fold.sessions.get(&(site, activity))?.closed?;
        let (_, mark) = self.marks.get(mark)?;
        let staff = mark.staff?;
        crew.get(&staff).cloned().or_else(|| {
            // Taken on for the day by a director, on a tablet.
            let (mark, sealed) = self.fold.substitutes.get(&staff)?;
            let bytes = seal::open_bytes(&commune.keys.notes, *mark, sealed)?;
            let substitute: Substitute = shared::codec::decode(&bytes).ok()?;
            Some(substitute.name)
        })
    }

    /// Whether anything was pointed at a site.
    pub(super) fn has_any_at(&self, site: SiteId) -> bool {
        self.fold.presences.keys().any(|(s, _, _)| *s == site)
    }

    /// Whether a list is closed.
    pub(super) fn closing(&self, site: SiteId, activity: ActivityId, commune: &Commune) -> Closing {
        let Some(SessionState {
            closed: Some((at, _)),
            reopened_by,
        }) = self.fold.sessions.get(&(site, activity))
        else {
            return Closing::Open;
        };
        let at = hour_of(*at, commune);
        if reopened_by.is_some() {
            Closing::Reopened(at)
        } else {
            Closing::Closed(at)
        }
    }
}

impl Day {
    /// The rows of one activity.
    pub(super) fn of(&self, activity: ActivityId) -> impl Iterator<Item = &DayRow> {
        self.rows.iter().filter(move |row| row.activity == activity)
    }

    /// The counts of one activity.
    pub(super) fn tally(&self, activity: ActivityId) -> Tally {
        let counts = day_view::Counts::of(self.of(activity));
        Tally {
            expected: counts.expected,
            present: counts.present,
            left: counts.left,
            absent: counts.absent,
            unexpected: self.of(activity).filter(|row| is_unexpected(row)).count(),
            away: counts.away,
            free: counts.free,
        }
    }
}

/// Pointed without a reservation and without being on the list otherwise.
pub(super) fn is_unexpected(row: &DayRow) -> bool {
    !row.booked && row.listed.is_none()
}

/// Names of the staff.
pub(super) fn crew(tx: &mut dyn Read) -> Result<BTreeMap<StaffId, String>, StoreError> {
    let staff = record::staff(tx)?;
    Ok(staff
        .into_iter()
        .map(|(member, _)| (member.id, member.name))
        .collect())
}

fn listed_activity(row: &Row) -> Result<ListedActivity, StoreError> {
    Ok(ListedActivity {
        id: ActivityId(row.uuid(0)?),
        slug: row
            .text(1)?
            .parse()
            .map_err(|_| StoreError::Shape("slug".into()))?,
        name: row.text(2)?,
        mode: Mode::parse(&row.text(3)?).ok_or_else(|| StoreError::Shape("mode".into()))?,
        opens: row.minute(4)?,
        closes: row.minute(5)?,
        formulas: Vec::new(),
    })
}

fn known_child(row: &Row) -> Result<Known, StoreError> {
    Ok(Known {
        first_name: row.text(0)?,
        last_name: row.text(1)?,
        school: row.opt(2, Row::text)?,
        must_know: row.opt(3, Row::text)?,
        phone: row.opt(4, Row::text)?,
    })
}

/// « 16 h 42 », in the commune's zone.
pub(super) fn hour_of(at: UtcMs, commune: &Commune) -> String {
    hour(at.time_in(commune.zone))
}

/// « lundi 23 novembre », with the year when it is not this one.
pub(super) fn day_of(date: NaiveDate, today: NaiveDate) -> String {
    let day = shared::words::day(date);
    if date.year() == today.year() {
        day
    } else {
        format!("{day} {}", date.year())
    }
}
