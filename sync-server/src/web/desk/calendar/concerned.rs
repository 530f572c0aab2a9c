//! Who an exceptional day is about, counted before anything is saved.

use std::collections::BTreeSet;

use server_ui::desk::calendar::Concerned;
use shared::exceptional::{DayEffect, Row as Judged, effect};
use shared::ids::{ClassId, SchoolId};
use shared::operation::{ExceptionalDayRecord, MealEffect};

use crate::store::{Read, Row, StoreError, Value};

/// The last day any date can be: a day without an end concerns everything reserved after it.
const NO_END: &str = "9999-12-31";

/// Counts children, classes and what becomes of their reservations.
pub(super) fn count(tx: &mut dyn Read, day: &ExceptionalDayRecord) -> Result<Concerned, StoreError> {
    let mut children = BTreeSet::new();
    let mut classes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut concerned = Concerned::default();
    let until = day
        .until
        .map_or_else(|| Value::from(NO_END.to_owned()), Value::from);
    let schools = day.schools.iter().map(|school| (Some(*school), None));
    let single = day.classes.iter().map(|class| (None, Some(*class)));
    for (school, class) in schools.chain(single) {
        let of: [Value; 2] = [school.into(), class.into()];
        let [school, class] = of.clone();
        let params = [school, class, day.from.into()];
        for row in tx.query(include_str!("sql/concerned_children.sql"), &params)? {
            children.insert(row.uuid(0)?);
            classes.extend(row.opt(1, Row::uuid)?);
        }
        let [school, class] = of;
        let params = [school, class, day.from.into(), until.clone()];
        for row in tx.query(include_str!("sql/concerned_reservations.sql"), &params)? {
            if seen.insert(row.uuid(0)?) {
                judge(&mut concerned, day, &row)?;
            }
        }
    }
    concerned.children = children.len();
    concerned.classes = classes.len();
    Ok(concerned)
}

fn judge(concerned: &mut Concerned, day: &ExceptionalDayRecord, row: &Row) -> Result<(), StoreError> {
    let meal = row.int(8)? > 0;
    let judged = Judged {
        school: row.opt(1, Row::uuid)?.map(SchoolId),
        class: row.opt(2, Row::uuid)?.map(ClassId),
        hours: row.opt(3, Row::minute)?.zip(row.opt(4, Row::minute)?),
        opens: row.minute(6)?,
        closes: row.minute(7)?,
        meal,
    };
    let made = effect(std::slice::from_ref(day), &judged);
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
            let activity = row.text(5)?;
            match concerned.stay.iter_mut().find(|(name, _)| *name == activity) {
                Some((_, count)) => *count += 1,
                None => concerned.stay.push((activity, 1)),
            }
        }
    }
    Ok(())
}
