//! What the town offers: services, activities and their formulas.

use shared::codec::Minute;
use shared::ids::{ActivityId, FormulaId, ServiceId};
use shared::mode::Mode;
use shared::operation::{ActivityRecord, Body, FormulaRecord, Meal as Eaten, ServiceRecord};

use super::dice::id;
use super::places::{site_id, slug};

/// Monday, Tuesday, Thursday and Friday.
const SCHOOL_DAYS: u8 = 0b11011;
const WEDNESDAY: u8 = 0b00100;
const FRIDAY: u8 = 0b10000;

const SERVICES: [(&str, &str); 3] = [
    ("restauration", "Restauration scolaire"),
    ("periscolaire", "Accueil périscolaire"),
    ("alsh", "ALSH"),
];

/// An activity; sites and service by their places.
pub(super) struct Activity {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    service: usize,
    mode: Mode,
    weekdays: u8,
    hours: [Minute; 2],
    pub(super) sites: &'static [usize],
    formulas: &'static [(&'static str, &'static str, Eaten)],
}

/// Place of the morning's childcare in [`ACTIVITIES`].
pub(super) const MORNING: usize = 0;
/// Place of the canteen.
pub(super) const CANTEEN: usize = 1;
/// Place of homework hour.
pub(super) const STUDY: usize = 2;
/// Place of the evening's childcare.
pub(super) const EVENING: usize = 3;
/// Place of Wednesday.
pub(super) const WEDNESDAYS: usize = 4;
/// Place of Friday's workshops.
pub(super) const WORKSHOPS: usize = 5;

/// The activities, in the order of the day.
pub(super) const ACTIVITIES: [Activity; 6] = [
    Activity {
        slug: "garderie-matin",
        name: "Garderie du matin",
        service: 1,
        mode: Mode::ArrivalDeparture,
        weekdays: SCHOOL_DAYS,
        hours: [Minute::new(7, 30), Minute::new(8, 30)],
        sites: &[0, 1, 2, 3, 4],
        formulas: &[],
    },
    Activity {
        slug: "cantine",
        name: "Cantine",
        service: 0,
        mode: Mode::Presence,
        weekdays: SCHOOL_DAYS,
        hours: [Minute::new(11, 45), Minute::new(13, 30)],
        sites: &[0, 1, 2, 3, 4],
        formulas: &[
            ("repas", "Repas", Eaten::Meal),
            ("panier-pai", "Panier PAI", Eaten::Basket),
            ("pique-nique", "Pique-nique", Eaten::Picnic),
        ],
    },
    Activity {
        slug: "etude",
        name: "Étude",
        service: 1,
        mode: Mode::DepartureOnly,
        weekdays: SCHOOL_DAYS,
        hours: [Minute::new(16, 30), Minute::new(18, 0)],
        sites: &[0, 2, 3, 4],
        formulas: &[],
    },
    Activity {
        slug: "garderie-soir",
        name: "Garderie du soir",
        service: 1,
        mode: Mode::ArrivalDeparture,
        weekdays: SCHOOL_DAYS,
        hours: [Minute::new(16, 30), Minute::new(18, 30)],
        sites: &[0, 1, 2, 3, 4],
        formulas: &[],
    },
    Activity {
        slug: "mercredi",
        name: "ALSH mercredi",
        service: 2,
        mode: Mode::ArrivalDeparture,
        weekdays: WEDNESDAY,
        hours: [Minute::new(7, 30), Minute::new(18, 30)],
        sites: &[0, 3, 5],
        formulas: &[
            ("journee", "Journée", Eaten::Meal),
            ("matin", "Matin", Eaten::None),
            ("matin-repas", "Matin avec repas", Eaten::Meal),
            ("apres-midi", "Après-midi", Eaten::None),
        ],
    },
    Activity {
        slug: "ateliers-vendredi",
        name: "Ateliers du vendredi",
        service: 1,
        mode: Mode::ByException,
        weekdays: FRIDAY,
        hours: [Minute::new(16, 30), Minute::new(17, 30)],
        sites: &[0, 3, 4],
        formulas: &[],
    },
];

/// How the canteen is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meal {
    Repas,
    PanierPai,
    PiqueNique,
}

/// How Wednesday is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wednesday {
    Day,
    Morning,
    MorningMeal,
    Afternoon,
}

pub(super) fn activity_id(seed: u64, activity: usize) -> ActivityId {
    ActivityId(id(seed, "activity", &[activity as u64]))
}

pub(super) fn formula_id(seed: u64, activity: usize, formula: usize) -> FormulaId {
    FormulaId(id(seed, "formula", &[activity as u64, formula as u64]))
}

/// Adds the services, then the activities.
pub(super) fn put_activities(seed: u64, bodies: &mut Vec<Body>) {
    let service_id = |n: usize| ServiceId(id(seed, "service", &[n as u64]));
    for (n, (short, name)) in SERVICES.into_iter().enumerate() {
        let service = ServiceRecord {
            retired: false,
            id: service_id(n),
            slug: slug(short),
            name: name.into(),
        };
        bodies.push(Body::PutService { service });
    }
    for (n, activity) in ACTIVITIES.iter().enumerate() {
        let formulas = activity
            .formulas
            .iter()
            .enumerate()
            .map(|(f, (short, name, meal))| FormulaRecord {
                meal: *meal,
                id: formula_id(seed, n, f),
                slug: slug(short),
                name: (*name).into(),
            });
        let activity = ActivityRecord {
            capacity: None,
            retired: false,
            id: activity_id(seed, n),
            slug: slug(activity.slug),
            name: activity.name.into(),
            service: service_id(activity.service),
            mode: activity.mode,
            weekdays: activity.weekdays,
            opens: activity.hours[0],
            closes: activity.hours[1],
            sites: activity.sites.iter().map(|site| site_id(seed, *site)).collect(),
            formulas: formulas.collect(),
        };
        bodies.push(Body::PutActivity { activity });
    }
}
