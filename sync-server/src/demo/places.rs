//! The town's sites, schools and classes.

use shared::codec::Minute;
use shared::ids::{ClassId, SchoolId, SiteId};
use shared::operation::{Body, ClassRecord, SchoolKind, SchoolRecord, SiteRecord};
use shared::slug::Slug;

use super::dice::{Dice, id};
use super::names;

/// The levels of school, youngest first; elsewhere a level is its place in this list.
pub(super) const LEVELS: [&str; 8] = ["PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"];
/// The place of CP: what comes before it is nursery school.
pub(super) const CP: usize = 3;
/// The place of CM1.
pub(super) const CM1: usize = 6;

/// A place where we point.
pub(super) struct Site {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    /// The school that it stands in, by its place in [`SCHOOLS`].
    pub(super) school: Option<usize>,
    /// All its children are too young to say their names.
    pub(super) nursery: bool,
}

const fn site(slug: &'static str, name: &'static str, school: Option<usize>) -> Site {
    Site {
        slug,
        name,
        school,
        nursery: false,
    }
}

/// The sites.
pub(super) const SITES: [Site; 6] = [
    site("jules-ferry", "Groupe scolaire Jules-Ferry", Some(0)),
    Site {
        nursery: true,
        ..site("les-tilleuls", "École maternelle Les Tilleuls", Some(1))
    },
    site("louise-michel", "École élémentaire Louise-Michel", Some(2)),
    site("jean-moulin", "Groupe scolaire Jean-Moulin", Some(3)),
    site("marie-curie", "Groupe scolaire Marie-Curie", Some(5)),
    site("les-ecureuils", "Centre de loisirs Les Écureuils", None),
];

/// A school.
pub(super) struct School {
    pub(super) name: &'static str,
    /// As it is said where space is short.
    pub(super) short: &'static str,
    pub(super) kind: SchoolKind,
    /// Where its children are taken in on school days, by its place in [`SITES`].
    pub(super) site: Option<usize>,
    /// The levels of each class.
    pub(super) classes: &'static [&'static str],
}

impl School {
    /// Whether it is the town's, so that its children come before and after school too.
    pub(super) fn is_ours(&self) -> bool {
        self.kind == SchoolKind::Public
    }
}

/// The schools.
pub(super) const SCHOOLS: [School; 8] = [
    School {
        name: "École primaire Jules-Ferry",
        short: "École Jules-Ferry",
        kind: SchoolKind::Public,
        site: Some(0),
        classes: &["PS", "MS", "GS", "CP", "CP-CE1", "CE1", "CE2", "CM1", "CM2"],
    },
    School {
        name: "École maternelle Les Tilleuls",
        short: "École Les Tilleuls",
        kind: SchoolKind::Public,
        site: Some(1),
        classes: &["PS", "PS-MS", "MS", "GS"],
    },
    School {
        name: "École élémentaire Louise-Michel",
        short: "École Louise-Michel",
        kind: SchoolKind::Public,
        site: Some(2),
        classes: &["CP", "CE1", "CE2", "CE2-CM1", "CM1", "CM2"],
    },
    School {
        name: "École primaire Jean-Moulin",
        short: "École Jean-Moulin",
        kind: SchoolKind::Public,
        site: Some(3),
        classes: &["PS", "MS", "MS-GS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"],
    },
    School {
        name: "École maternelle Le Petit-Prince",
        short: "École Le Petit-Prince",
        kind: SchoolKind::Public,
        site: Some(4),
        classes: &["PS", "MS", "GS"],
    },
    School {
        name: "École élémentaire Marie-Curie",
        short: "École Marie-Curie",
        kind: SchoolKind::Public,
        site: Some(4),
        classes: &["CP", "CE1", "CE2", "CM1", "CM1-CM2", "CM2"],
    },
    School {
        name: "École privée Sainte-Anne",
        short: "École Sainte-Anne",
        kind: SchoolKind::Private,
        site: Some(2),
        classes: &["PS-MS-GS", "CP-CE1", "CE2-CM1-CM2"],
    },
    School {
        name: "École Victor-Hugo de Saint-Aubin",
        short: "École Victor-Hugo",
        kind: SchoolKind::Outside,
        site: None,
        classes: &["PS-MS-GS", "CP-CE1", "CE2-CM1-CM2"],
    },
];

/// A part of the town: where its children go, by places in [`SCHOOLS`] and [`SITES`].
pub(super) struct Sector {
    pub(super) nursery: usize,
    pub(super) primary: usize,
    pub(super) wednesday: usize,
    /// Its families in a hundred.
    pub(super) percent: usize,
}

const fn sector(nursery: usize, primary: usize, wednesday: usize, percent: usize) -> Sector {
    Sector {
        nursery,
        primary,
        wednesday,
        percent,
    }
}

/// The parts of the town. The last two are the private school's families and those whose children go to school in
/// the next town.
pub(super) const SECTORS: [Sector; 6] = [
    sector(0, 0, 0, 24),
    sector(1, 2, 5, 22),
    sector(3, 3, 3, 22),
    sector(4, 5, 5, 22),
    sector(6, 6, 5, 6),
    sector(7, 7, 5, 4),
];

/// A class as the families see it.
pub(super) struct Class {
    pub(super) id: ClassId,
    pub(super) school: usize,
    /// The levels it takes, by their place in [`LEVELS`].
    pub(super) levels: Vec<usize>,
}

/// A short name written in this module.
pub(super) fn slug(text: &'static str) -> Slug {
    text.parse().expect("the short names of the demo town are slugs")
}

pub(super) fn site_id(seed: u64, site: usize) -> SiteId {
    SiteId(id(seed, "site", &[site as u64]))
}

pub(super) fn school_id(seed: u64, school: usize) -> SchoolId {
    SchoolId(id(seed, "school", &[school as u64]))
}

/// Adds the schools, then the sites.
pub(super) fn put_schools_and_sites(seed: u64, bodies: &mut Vec<Body>) {
    for (n, school) in SCHOOLS.iter().enumerate() {
        let school = SchoolRecord {
            retired: false,
            id: school_id(seed, n),
            name: school.name.into(),
            kind: school.kind,
            half_days: 8,
            starts: Minute::new(8, 30),
            ends: Minute::new(16, 30),
        };
        bodies.push(Body::PutSchool { school });
    }
    for (n, site) in SITES.iter().enumerate() {
        let site = SiteRecord {
            nursery: site.nursery,
            retired: false,
            id: site_id(seed, n),
            slug: slug(site.slug),
            name: site.name.into(),
            school: site.school.map(|school| school_id(seed, school)),
            // A range reserved for fiction.
            phone: Some(format!("01 99 00 10 {:02}", 10 + n)),
        };
        bodies.push(Body::PutSite { site });
    }
}

/// Adds the classes, each with its teacher.
pub(super) fn put_classes(seed: u64, bodies: &mut Vec<Body>) -> Vec<Class> {
    let mut dice = Dice::of(seed, "teachers", &[]);
    let mut teachers = names::LAST.to_vec();
    dice.shuffle(&mut teachers);
    let mut teachers = teachers.into_iter();
    let mut classes = Vec::new();
    for (school, spec) in SCHOOLS.iter().enumerate() {
        for level in spec.classes {
            let id = ClassId(id(seed, "class", &[classes.len() as u64]));
            let title = if dice.percent(78) { "Mme" } else { "M." };
            let class = ClassRecord {
                retired: false,
                id,
                school: school_id(seed, school),
                name: format!("{level} – {title}\u{a0}{}", teachers.next().unwrap_or("Petit")),
                level: (*level).into(),
            };
            bodies.push(Body::PutClass { class });
            let levels = level
                .split('-')
                .filter_map(|one| LEVELS.iter().position(|l| *l == one))
                .collect();
            classes.push(Class { id, school, levels });
        }
    }
    classes
}
