//! Whether there is anything to book at all: whose child it is, and what takes place when and where.

use super::super::ground::{ChildFacts, SessionKey};
use super::super::moment::instant;
use super::super::when::{closed_by, held_in_holidays, held_in_school, on_weekday};
use super::Reason;
use super::checks::Checks;
use super::index::Index;
use crate::calendar::DayKind;
use crate::ids::{ChildId, FormulaId, HouseholdId, SiteId};
use crate::operation::{LocalKind, Moment, RuleSetRecord, Why};

/// The child that somebody may ask for on a day, if it is theirs to ask.
pub(super) fn child_of<'g>(
    index: &Index<'g>,
    child: ChildId,
    session: &SessionKey,
    booked_by: Option<HouseholdId>,
    checks: &mut Checks,
) -> Result<&'g ChildFacts, Reason> {
    let not_yours = Reason {
        date: Some(session.date),
        ..Reason::of(Why::NotYours)
    };
    let Some(facts) = index.ground.children.get(&child) else {
        return Err(not_yours);
    };
    if let Some(household) = &index.ground.household {
        let others = booked_by.is_some_and(|by| by != household.id);
        if others || !facts.households.contains(&household.id) {
            return Err(not_yours);
        }
        // What a household booked itself is its own, whoever has the child since.
        if booked_by.is_none() && !index.is_with(facts, household, session.date) {
            checks.soft(not_yours.clone())?;
        }
    }
    if !facts.decides {
        checks.soft(not_yours)?;
    }
    Ok(facts)
}

/// The session is over.
pub(super) fn over(index: &Index<'_>, child: &ChildFacts, session: &SessionKey) -> Option<Reason> {
    let end = instant(&Moment::End, session, child, index.ground)?;
    (index.asked.now > end).then(|| Reason {
        at: Some(end),
        date: Some(session.date),
        ..Reason::of(Why::Past)
    })
}

/// Whether a session is offered, and open for a child.
pub(super) fn offered(
    index: &Index<'_>,
    child: &ChildFacts,
    session: &SessionKey,
    formula: Option<FormulaId>,
    checks: &mut Checks,
) -> Result<(), Reason> {
    let ground = index.ground;
    let date = session.date;
    let not_offered = Reason {
        date: Some(date),
        ..Reason::of(Why::NotOffered)
    };
    let Some(activity) = ground.activities.get(&session.activity) else {
        return Err(not_offered);
    };
    let site = ground.sites.get(&session.site).filter(|site| !site.retired);
    if activity.retired || site.is_none() || !activity.sites.contains(&session.site) {
        return Err(not_offered);
    }
    let known = match formula {
        Some(formula) => activity.formulas.iter().any(|one| one.id == formula),
        // On line a formula is chosen where there are some: they have prices of their own.
        None => activity.formulas.is_empty() || !index.on_line(),
    };
    if !known {
        return Err(not_offered);
    }
    if !on_weekday(activity.weekdays, date) {
        checks.soft(not_offered.clone())?;
    }
    let set = index.set(session.activity, date);
    if let Some(closed) = closed(index, child, session, set) {
        checks.soft(closed)?;
    }
    let Some(set) = set else {
        if index.on_line() {
            return Err(Reason {
                name: Some(activity.name.clone()),
                ..Reason::of(Why::NotOnLine)
            });
        }
        return Ok(());
    };
    match index.day(date) {
        DayKind::Unknown => checks.soft(Reason {
            date: Some(date),
            ..Reason::of(Why::NotYet)
        }),
        day if !is_vacation(&day) && !held_in_school(set, session, child, index.ground) => {
            checks.soft(not_offered)
        }
        _ => Ok(()),
    }
}

/// Whether somebody on line names the site of another school, though the child's own has the activity: a form that was
/// changed, or a child that went to another school since.
pub(super) fn at_another_school(index: &Index<'_>, child: &ChildFacts, session: &SessionKey) -> bool {
    let ground = index.ground;
    let school_of = |site: &SiteId| {
        let site = ground.sites.get(site).filter(|site| !site.retired);
        site.and_then(|site| site.school)
    };
    let (Some(own), Some(there)) = (child.school, school_of(&session.site)) else {
        return false;
    };
    let activity = ground.activities.get(&session.activity);
    let mut sites = activity.map_or(&[][..], |activity| &activity.sites).iter();
    index.on_line() && own != there && sites.any(|site| school_of(site) == Some(own))
}

/// Why nothing takes place for a child on a date on which it might.
pub(super) fn closed(
    index: &Index<'_>,
    child: &ChildFacts,
    session: &SessionKey,
    set: Option<&RuleSetRecord>,
) -> Option<Reason> {
    let date = session.date;
    let reason = |name: Option<&str>| Reason {
        date: Some(date),
        name: name.map(ToOwned::to_owned),
        ..Reason::of(Why::Closed)
    };
    match index.day(date) {
        DayKind::PublicHoliday(name) => return Some(reason(Some(name))),
        DayKind::Local(name, LocalKind::Closed) => return Some(reason(Some(&name))),
        day if is_vacation(&day)
            && !set.is_some_and(|set| held_in_holidays(set, session, child, index.ground)) =>
        {
            return Some(reason(day.name()));
        }
        _ => {}
    }
    let closure = closed_by(session, child, index.ground)?;
    Some(reason(Some(closure.words.trim().trim_end_matches('.'))))
}

fn is_vacation(day: &DayKind) -> bool {
    matches!(day, DayKind::Vacation(_) | DayKind::Local(_, LocalKind::Vacation))
}
