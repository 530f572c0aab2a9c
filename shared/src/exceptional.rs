//! What exceptional days make of a day's rows. They lie over the reservations, which stay as they
//! are: an exceptional day taken back leaves everything as it was. A closure that cancels is no exception here: what it
//! met is cancelled when it is written, and what is booked since rests under it as under any other.

use chrono::NaiveDate;

use crate::codec::Minute;
use crate::ids::{ClassId, SchoolId, ServiceId, SiteId};
use crate::operation::{ExceptionalDayRecord, ExceptionalKind, MealEffect};
use crate::words::hour;

/// Who takes what where: what decides whether an exceptional day is about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// The child's school.
    pub school: Option<SchoolId>,
    /// The child's class.
    pub class: Option<ClassId>,
    /// Where.
    pub site: SiteId,
    /// The service of the activity; none where nobody knows the activity.
    pub service: Option<ServiceId>,
}

/// What a row is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who takes what where.
    pub met: Met,
    /// When that school begins and ends.
    pub hours: Option<(Minute, Minute)>,
    /// When the activity opens.
    pub opens: Minute,
    /// When the activity closes.
    pub closes: Minute,
    /// Something is eaten with the row's formula.
    pub meal: bool,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayEffect {
    /// It stands as it is.
    Keep,
    /// It stands, with words beside it.
    Note(String),
    /// The child is elsewhere with its class, or does not eat here: neither expected nor absent.
    Away {
        /// Where or why.
        words: String,
        /// A picnic goes with the child.
        picnic: bool,
    },
    /// The activity does not take place for the child.
    Drop,
}

/// Whether an exceptional day lies over a date. One without an end lasts until somebody ends it.
pub fn lies_over(day: &ExceptionalDayRecord, date: NaiveDate) -> bool {
    day.from <= date && day.until.is_none_or(|until| date <= until)
}

/// Whether it is about children of this school and class, whatever they take. A day that names neither school nor class
/// is about all of them.
pub fn about(day: &ExceptionalDayRecord, school: Option<SchoolId>, class: Option<ClassId>) -> bool {
    (day.schools.is_empty() && day.classes.is_empty())
        || school.is_some_and(|school| day.schools.contains(&school))
        || class.is_some_and(|class| day.classes.contains(&class))
}

/// Whether it is about this child there: all that it names must fit, and it names something. A school and a class of
/// another one widen each other; a site or a service narrows them.
pub fn concerns(day: &ExceptionalDayRecord, met: &Met) -> bool {
    names_something(day)
        && about(day, met.school, met.class)
        && (day.sites.is_empty() || day.sites.contains(&met.site))
        && (day.services.is_empty() || met.service.is_some_and(|service| day.services.contains(&service)))
}

/// Whether it says whom or what it is about; one that does not is about nobody.
pub fn names_something(day: &ExceptionalDayRecord) -> bool {
    !(day.schools.is_empty() && day.classes.is_empty() && day.sites.is_empty() && day.services.is_empty())
}

/// The closure that lies over a date for this child there, the first of several.
pub fn closed_by<'d>(
    days: impl IntoIterator<Item = &'d ExceptionalDayRecord>,
    date: NaiveDate,
    met: &Met,
) -> Option<&'d ExceptionalDayRecord> {
    days.into_iter()
        .find(|day| day.kind == ExceptionalKind::Closure && lies_over(day, date) && concerns(day, met))
}

/// What the exceptional days of a date make of a row. The strongest effect counts: dropped, then
/// away, then noted; notes of several days stand together.
pub fn effect(days: &[ExceptionalDayRecord], row: &Row) -> DayEffect {
    let mut whole = DayEffect::Keep;
    for day in days.iter().filter(|day| concerns(day, &row.met)) {
        whole = stronger(whole, one(day, row));
    }
    whole
}

fn stronger(so_far: DayEffect, next: DayEffect) -> DayEffect {
    use DayEffect as E;
    match (so_far, next) {
        (E::Note(a), E::Note(b)) if a != b => E::Note(format!("{a} · {b}")),
        (E::Away { words, picnic }, E::Away { picnic: too, .. }) => E::Away {
            words,
            picnic: picnic || too,
        },
        (so_far, next) if rank(&next) > rank(&so_far) => next,
        (so_far, _) => so_far,
    }
}

fn rank(effect: &DayEffect) -> u8 {
    match effect {
        DayEffect::Keep => 0,
        DayEffect::Note(_) => 1,
        DayEffect::Away { .. } => 2,
        DayEffect::Drop => 3,
    }
}

fn one(day: &ExceptionalDayRecord, row: &Row) -> DayEffect {
    let during_school = row
        .hours
        .is_some_and(|(starts, ends)| starts <= row.opens && row.closes <= ends);
    let words = day.words.clone();
    let away = |picnic| DayEffect::Away {
        words: words.clone(),
        picnic,
    };
    match day.kind {
        ExceptionalKind::Closure => DayEffect::Drop,
        ExceptionalKind::Outing if !during_school => DayEffect::Keep,
        ExceptionalKind::Outing => match (row.meal, day.meals) {
            (true, MealEffect::Kept) => DayEffect::Note(words),
            (true, MealEffect::Picnic) => away(true),
            (true, MealEffect::Cancelled) | (false, _) => away(false),
        },
        ExceptionalKind::Strike | ExceptionalKind::TeacherAbsent => match (row.meal, day.meals) {
            (true, MealEffect::Cancelled) => away(false),
            // The child is here all the same, and eats the picnic here.
            (true, MealEffect::Picnic) => DayEffect::Note(format!("{words} · pique-nique")),
            (true, MealEffect::Kept) | (false, _) => DayEffect::Note(words),
        },
    }
}

/// The sentence about an exceptional day on a list. `whom` names its services, sites, schools and classes.
pub fn notice(day: &ExceptionalDayRecord, whom: &str) -> String {
    let what = match day.kind {
        ExceptionalKind::Closure => "Fermeture",
        ExceptionalKind::Strike => "Grève",
        ExceptionalKind::TeacherAbsent => "Enseignant absent",
        ExceptionalKind::Outing => "Sortie",
    };
    let words = day.words.trim().trim_end_matches('.');
    let sentence = format!("{what}, {whom}\u{a0}: {words}.");
    match &day.minimum_service {
        Some(service) => {
            let (opens, closes) = (hour(service.opens.time()), hour(service.closes.time()));
            format!("{sentence} Service minimum d’accueil de {opens} à {closes}.")
        }
        None => sentence,
    }
}

#[cfg(test)]
mod tests;
