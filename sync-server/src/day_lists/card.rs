//! The card of a site and the town's roster.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::day_list::{
    ListedActivity, ListedFormula, OtherSite, Roster, RosterChild, SiteActivity, SiteCard, SiteStaff,
};
use shared::ids::{ActivityId, ChildId, FormulaId, ServiceId, SiteId, StaffId};
use shared::mode::Mode;
use shared::operation::Meal;

use super::shape;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// An activity of a site with all its formulas, offered still or not.
pub(super) struct Offer {
    pub(super) activity: ListedActivity,
    pub(super) service: ServiceId,
    pub(super) weekdays: u8,
    pub(super) retired: bool,
    formulas: Vec<Formula>,
}

struct Formula {
    listed: ListedFormula,
    offered: bool,
    meal: Meal,
}

impl Offer {
    /// The activity with the formulas still offered, and those that rows name all the same.
    pub(super) fn listed(self, named: &BTreeSet<FormulaId>) -> ListedActivity {
        let formulas = self
            .formulas
            .into_iter()
            .filter(|f| f.offered || named.contains(&f.listed.id))
            .map(|f| f.listed)
            .collect();
        ListedActivity {
            formulas,
            ..self.activity
        }
    }
}

/// The formulas with which something is eaten, and the activities where something is eaten with a
/// row that names no formula.
pub(super) fn meals(offers: &[Offer]) -> (BTreeSet<FormulaId>, BTreeSet<ActivityId>) {
    let eaten = |f: &&Formula| !f.meal.is_none();
    let formulas = offers
        .iter()
        .flat_map(|o| o.formulas.iter().filter(eaten).map(|f| f.listed.id))
        .collect();
    let activities = offers
        .iter()
        .filter(|o| o.formulas.iter().any(|f| eaten(&f)))
        .map(|o| o.activity.id)
        .collect();
    (formulas, activities)
}

/// Everything a site ever offered, in the order of the day.
pub(super) fn offers(tx: &mut dyn Read, site: SiteId) -> Result<Vec<Offer>, StoreError> {
    let mut formulas: BTreeMap<ActivityId, Vec<Formula>> = BTreeMap::new();
    for row in tx.query(
        include_str!("../record/activity/formulas_of_site.sql"),
        &[site.into()],
    )? {
        let listed = ListedFormula {
            id: FormulaId(row.uuid(1)?),
            slug: row.text(2)?.parse().map_err(|_| shape("slug"))?,
            name: row.text(3)?,
        };
        let formula = Formula {
            listed,
            offered: row.int(4)? >= 0,
            meal: Meal::parse(&row.text(5)?).ok_or_else(|| shape("meal"))?,
        };
        formulas
            .entry(ActivityId(row.uuid(0)?))
            .or_default()
            .push(formula);
    }
    tx.query(include_str!("../record/activity/of_site.sql"), &[site.into()])?
        .iter()
        .map(|row| {
            let id = ActivityId(row.uuid(0)?);
            Ok(Offer {
                activity: ListedActivity {
                    id,
                    slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
                    name: row.text(2)?,
                    mode: Mode::parse(&row.text(3)?).ok_or_else(|| shape("mode"))?,
                    opens: row.minute(4)?,
                    closes: row.minute(5)?,
                    formulas: Vec::new(),
                },
                service: ServiceId(row.uuid(8)?),
                weekdays: u8::try_from(row.int(6)?).map_err(|_| shape("weekdays"))?,
                retired: row.flag(7)?,
                formulas: formulas.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

/// What a site offers, in the order of the day.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn activities(tx: &mut dyn Read, site: SiteId) -> Result<Vec<SiteActivity>, StoreError> {
    let offers = offers(tx, site)?.into_iter().filter(|offer| !offer.retired);
    Ok(offers
        .map(|offer| SiteActivity {
            weekdays: offer.weekdays,
            activity: offer.listed(&BTreeSet::new()),
        })
        .collect())
}

/// The card of a site. Staff whose last day is over are no longer on it.
///
/// # Errors
/// [`StoreError`] of the engine; [`StoreError::Shape`] when there is no such site.
pub fn site_card(
    tx: &mut dyn Read,
    site: SiteId,
    commune: (&str, chrono_tz::Tz),
    note_key: Hash32,
    today: NaiveDate,
) -> Result<SiteCard, StoreError> {
    let all = record::sites(tx)?;
    let (own, _) = all
        .iter()
        .find(|(record, _)| record.id == site)
        .ok_or_else(|| shape("no such site"))?;
    let others = all
        .iter()
        .filter(|(other, _)| other.id != site && !other.retired)
        .map(|(other, _)| OtherSite {
            site: other.id,
            name: other.name.clone(),
        })
        .collect();
    let staff = tx
        .query(
            include_str!("../record/staff/of_site.sql"),
            &[site.into(), today.into()],
        )?
        .iter()
        .map(|row| {
            Ok(SiteStaff {
                id: StaffId(row.uuid(0)?),
                name: row.text(1)?,
                role: row.text(2)?,
                pin: row.opt(3, Row::text)?,
                until: row.opt(4, Row::date)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(SiteCard {
        nursery: own.nursery,
        others,
        site,
        slug: own.slug.clone(),
        name: own.name.clone(),
        commune: commune.0.to_owned(),
        zone: commune.1.name().to_owned(),
        activities: activities(tx, site)?,
        staff,
        note_key,
    })
}

/// The town's roster. The allergy line is what staff must know of a child with a PAI or allergy;
/// diets and the rest stay at the child's own site.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn roster(tx: &mut dyn Read, today: NaiveDate) -> Result<Roster, StoreError> {
    let children = tx
        .query(include_str!("../record/child/roster.sql"), &[today.into()])?
        .iter()
        .map(|row| {
            let in_danger = !row.is_null(7);
            Ok(RosterChild {
                id: ChildId(row.uuid(0)?),
                first_name: row.text(1)?,
                last_name: row.text(2)?,
                birth_year: chrono::Datelike::year(&row.date(3)?),
                school: row.opt(4, Row::text)?,
                allergy: if in_danger { row.opt(5, Row::text)? } else { None },
                phone: row.opt(6, Row::text)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Roster { children })
}
