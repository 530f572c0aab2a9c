//! The town's calendar and what is special in the weeks to come.

use chrono::{Days, NaiveDate, Weekday};
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::ids::{ClassId, ExceptionalDayId};
use shared::operation::{Body, CalendarRecord, ExceptionalDayRecord, ExceptionalKind, MealEffect};

use super::calendar::is_school_day;
use super::dice::id;
use super::places::{Class, LEVELS};

/// The school whose class goes out, by its place.
const OUTING_SCHOOL: usize = 0;
/// The school where a teacher is absent.
const ABSENCE_SCHOOL: usize = 3;

/// Adds the calendar: zone C, where the town's own term dates are.
pub(super) fn put_calendar(bodies: &mut Vec<Body>) {
    let calendar = CalendarRecord {
        zone: SchoolZone::C,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    };
    bodies.push(Body::PutCalendar { calendar });
}

/// Adds an outing on the first Thursday of school from next week on, and a teacher absent on the
/// Tuesday before.
pub(super) fn put_exceptional_days(seed: u64, today: NaiveDate, classes: &[Class], bodies: &mut Vec<Body>) {
    let Some(monday) = next_monday(today) else { return };
    let class = |school, level: &str| class_of(classes, school, level);
    let days = [
        (
            Weekday::Thu,
            class(OUTING_SCHOOL, "CE2"),
            ExceptionalKind::Outing,
            MealEffect::Picnic,
            "Sortie au musée",
        ),
        (
            Weekday::Tue,
            class(ABSENCE_SCHOOL, "CE1"),
            ExceptionalKind::TeacherAbsent,
            MealEffect::Kept,
            "Enseignante absente, élèves répartis",
        ),
    ];
    for (n, (weekday, class, kind, meals, words)) in (0_u64..).zip(days) {
        let held = |date: &NaiveDate| chrono::Datelike::weekday(date) == weekday && is_school_day(*date);
        let (Some(date), Some(class)) = (monday.iter_days().take(140).find(held), class) else {
            continue;
        };
        let day = ExceptionalDayRecord {
            id: ExceptionalDayId(id(seed, "exceptional day", &[n])),
            kind,
            from: date,
            until: Some(date),
            schools: Vec::new(),
            classes: vec![class],
            words: words.into(),
            meals,
            minimum_service: None,
            sites: Vec::new(),
            services: Vec::new(),
            cancels: false,
        };
        bodies.push(Body::PutExceptionalDay { day });
    }
}

fn next_monday(today: NaiveDate) -> Option<NaiveDate> {
    let since = chrono::Datelike::weekday(&today).num_days_from_monday();
    today.checked_add_days(Days::new(u64::from(7 - since)))
}

fn class_of(classes: &[Class], school: usize, level: &str) -> Option<ClassId> {
    let level = LEVELS.iter().position(|l| *l == level)?;
    let found = classes
        .iter()
        .find(|class| class.school == school && class.levels == [level])?;
    Some(found.id)
}
