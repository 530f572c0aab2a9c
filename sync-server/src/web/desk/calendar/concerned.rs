//! Who an exceptional day is about, counted before anything is saved.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use server_ui::desk::calendar::Concerned;
use shared::codec::Minute;
use shared::exceptional::{DayEffect, Met, concerns, effect, lies_over};
use shared::ids::{ClassId, ExceptionalDayId, SchoolId, ServiceId, SiteId};
use shared::operation::{ExceptionalDayRecord, ExceptionalKind, MealEffect};
use uuid::Uuid;

use crate::record::{self, MetReservation};
use crate::store::{Read, Row, StoreError, Value};

/// The town's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) date: NaiveDate,
    pub(super) minute: Minute,
}

impl Now {
    fn is_before(self, date: NaiveDate, opens: Minute) -> bool {
        (self.date, self.minute) < (date, opens)
    }
}

/// Counts children, classes, families and what becomes of their reservations.
pub(super) fn count(
    tx: &mut dyn Read,
    day: &ExceptionalDayRecord,
    now: Now,
) -> Result<Concerned, StoreError> {
    let mut children = BTreeSet::new();
    let mut classes = BTreeSet::new();
    let mut booked = BTreeSet::new();
    let mut concerned = Concerned::default();
    let cancels = day.kind == ExceptionalKind::Closure && day.cancels;
    for one in record::met(tx, day, day.from)? {
        booked.insert(one.child.0);
        if one.cancelled {
            concerned.cancelled_before += 1;
            continue;
        }
        judge(&mut concerned, day, &one);
        if cancels && now.is_before(one.date, one.judged.opens) {
            concerned.cancelled += 1;
            concerned.credited += usize::from(one.paid);
        }
    }
    let whole = day.sites.is_empty() && day.services.is_empty();
    let schools = day.schools.iter().map(|school| (Some(*school), None));
    let single = day.classes.iter().map(|class| (None, Some(*class)));
    for (school, class) in schools.chain(single) {
        let params: [Value; 3] = [school.into(), class.into(), day.from.into()];
        for row in tx.query(include_str!("sql/concerned_children.sql"), &params)? {
            let child = row.uuid(0)?;
            // What is closed of one service is nothing to those who never take it.
            if whole || booked.contains(&child) {
                children.insert(child);
                classes.extend(row.opt(1, Row::uuid)?);
            }
        }
    }
    children.extend(booked.iter().copied());
    concerned.children = children.len();
    concerned.classes = classes.len();
    concerned.families = families(tx, &booked)?;
    concerned.given_back = given_back(tx, day.id, Some(day), now)?;
    Ok(concerned)
}

/// Households of children.
fn families(tx: &mut dyn Read, children: &BTreeSet<Uuid>) -> Result<usize, StoreError> {
    let mut households = BTreeSet::new();
    for row in tx.query(include_str!("sql/concerned_households.sql"), &[])? {
        if children.contains(&row.uuid(0)?) {
            households.insert(row.uuid(1)?);
        }
    }
    Ok(households.len())
}

/// How many reservations that a day cancelled stand again once it is so, or no longer is.
pub(super) fn given_back(
    tx: &mut dyn Read,
    id: ExceptionalDayId,
    then: Option<&ExceptionalDayRecord>,
    now: Now,
) -> Result<usize, StoreError> {
    let mut count = 0;
    let sql = include_str!("../../../record/reservation/of_closure.sql");
    for row in tx.query(sql, &[id.into(), now.date.into()])? {
        let date = row.date(4)?;
        let met = Met {
            school: row.opt(7, Row::uuid)?.map(SchoolId),
            class: row.opt(8, Row::uuid)?.map(ClassId),
            site: SiteId(row.uuid(3)?),
            service: Some(ServiceId(row.uuid(5)?)),
        };
        let still = then.is_some_and(|day| {
            day.kind == ExceptionalKind::Closure && day.cancels && lies_over(day, date) && concerns(day, &met)
        });
        count += usize::from(!still && now.is_before(date, row.minute(6)?));
    }
    Ok(count)
}

fn judge(concerned: &mut Concerned, day: &ExceptionalDayRecord, one: &MetReservation) {
    let meal = one.judged.meal;
    let made = effect(std::slice::from_ref(day), &one.judged);
    concerned.reservations += 1;
    let cancelled = match &made {
        DayEffect::Drop => true,
        DayEffect::Away { picnic, .. } => !picnic,
        DayEffect::Keep | DayEffect::Note(_) => false,
    };
    let picnic = match &made {
        DayEffect::Away { picnic, .. } => *picnic,
        DayEffect::Note(_) => day.meals == MealEffect::Picnic,
        DayEffect::Keep | DayEffect::Drop => false,
    };
    concerned.meals_cancelled += usize::from(meal && cancelled);
    concerned.picnics += usize::from(meal && picnic);
    match made {
        DayEffect::Drop => concerned.dropped += 1,
        DayEffect::Away { .. } => concerned.away += 1,
        DayEffect::Keep | DayEffect::Note(_) => {
            let activity = &one.activity;
            match concerned.stay.iter_mut().find(|(name, _)| name == activity) {
                Some((_, count)) => *count += 1,
                None => concerned.stay.push((activity.clone(), 1)),
            }
        }
    }
}
