//! The calendar and exceptional days.

mod day_form;
mod days;
mod preview;
mod settings;
mod when;
mod year;

pub use day_form::{DayFormPage, SchoolClasses, day_form};
pub use days::{DayLine, DaysPage, RemovePage, days_page, remove_page};
pub use preview::{Concerned, PreviewPage, preview};
pub use settings::{SettingsPage, settings};
pub use year::{Cell, CellKind, Month, YearPage, Years, year_page};

use shared::calendar::{HolidayRegion, SchoolZone};
use shared::operation::{ExceptionalKind, MealEffect};

use crate::words::t;

/// The name of a zone.
fn zone_words(zone: SchoolZone) -> String {
    t(match zone {
        SchoolZone::A => "calendar-zone-a",
        SchoolZone::B => "calendar-zone-b",
        SchoolZone::C => "calendar-zone-c",
        SchoolZone::Corse => "calendar-zone-corse",
        SchoolZone::Guadeloupe => "calendar-zone-guadeloupe",
        SchoolZone::Guyane => "calendar-zone-guyane",
        SchoolZone::Martinique => "calendar-zone-martinique",
        SchoolZone::Mayotte => "calendar-zone-mayotte",
        SchoolZone::Reunion => "calendar-zone-reunion",
        SchoolZone::SaintPierreEtMiquelon => "calendar-zone-saint-pierre",
        SchoolZone::NouvelleCaledonie => "calendar-zone-nouvelle-caledonie",
        SchoolZone::Polynesie => "calendar-zone-polynesie",
        SchoolZone::WallisEtFutuna => "calendar-zone-wallis",
    })
}

/// The name of a region.
fn region_words(region: HolidayRegion) -> String {
    t(match region {
        HolidayRegion::Metropole => "calendar-region-metropole",
        HolidayRegion::AlsaceMoselle => "calendar-region-alsace-moselle",
        HolidayRegion::Guadeloupe => "calendar-region-guadeloupe",
        HolidayRegion::Guyane => "calendar-region-guyane",
        HolidayRegion::Martinique => "calendar-region-martinique",
        HolidayRegion::Mayotte => "calendar-region-mayotte",
        HolidayRegion::Reunion => "calendar-region-reunion",
        HolidayRegion::SaintBarthelemy => "calendar-region-saint-barthelemy",
        HolidayRegion::SaintMartin => "calendar-region-saint-martin",
        HolidayRegion::SaintPierreEtMiquelon => "calendar-region-saint-pierre",
        HolidayRegion::NouvelleCaledonie => "calendar-region-nouvelle-caledonie",
        HolidayRegion::Polynesie => "calendar-region-polynesie",
        HolidayRegion::WallisEtFutuna => "calendar-region-wallis",
    })
}

/// What happens on an exceptional day, in a word.
fn kind_words(kind: ExceptionalKind) -> String {
    t(match kind {
        ExceptionalKind::Closure => "calendar-kind-closure",
        ExceptionalKind::Strike => "calendar-kind-strike",
        ExceptionalKind::TeacherAbsent => "calendar-kind-teacher",
        ExceptionalKind::Outing => "calendar-kind-outing",
    })
}

/// What it does to reservations and lists.
fn kind_effect(kind: ExceptionalKind) -> String {
    t(match kind {
        ExceptionalKind::Closure => "calendar-effect-closure",
        ExceptionalKind::Strike => "calendar-effect-strike",
        ExceptionalKind::TeacherAbsent => "calendar-effect-teacher",
        ExceptionalKind::Outing => "calendar-effect-outing",
    })
}

/// What becomes of meals, in a word.
fn meal_words(meals: MealEffect) -> String {
    t(match meals {
        MealEffect::Kept => "calendar-meals-kept",
        MealEffect::Cancelled => "calendar-meals-cancelled",
        MealEffect::Picnic => "calendar-meals-picnic",
    })
}

/// What that does to the kitchen and the lists.
fn meal_effect(meals: MealEffect) -> String {
    t(match meals {
        MealEffect::Kept => "calendar-meals-kept-effect",
        MealEffect::Cancelled => "calendar-meals-cancelled-effect",
        MealEffect::Picnic => "calendar-meals-picnic-effect",
    })
}

/// The shape by which a kind is told.
fn kind_shape(kind: ExceptionalKind) -> &'static str {
    match kind {
        ExceptionalKind::Closure => "closed",
        ExceptionalKind::Strike | ExceptionalKind::TeacherAbsent => "alert",
        ExceptionalKind::Outing => "left",
    }
}
