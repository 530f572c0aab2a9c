//! The families: households, guardians, children.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId};
use shared::operation::{Authority, Body, ChildRecord, GuardianRecord, HouseholdRecord};

use super::accounts::{Addresses, mobile};
use super::dice::{Dice, id};
use super::health::{Care, care};
use super::names;
use super::places::{CP, Class, LEVELS, SCHOOLS, SECTORS, school_id};

/// Families of one, two and three children.
const FAMILIES: [usize; 3] = [300, 225, 50];
/// The parents of one family in this many live apart.
const APART_ONE_IN: usize = 13;
/// So many households can log in; their children eat at the canteen, so that there is something to see.
pub(super) const ACCOUNTS: usize = 30;

/// A child, with what the record does not say but the bookings need.
pub(super) struct Kid {
    pub(super) record: ChildRecord,
    pub(super) level: usize,
    pub(super) school: usize,
    pub(super) sector: usize,
    /// Where it is taken in on school days, if anywhere.
    pub(super) site: Option<usize>,
    /// The households it lives in by turns, by their places.
    pub(super) homes: Vec<usize>,
    pub(super) own_meal: bool,
    pub(super) leaves_alone: bool,
}

/// Everybody.
pub(super) struct Families {
    pub(super) homes: Vec<HouseholdRecord>,
    pub(super) kids: Vec<Kid>,
}

/// Makes the families of the school year that began in `year`, and adds them.
pub(super) fn put_families(
    seed: u64,
    year: i32,
    classes: &[Class],
    addresses: &mut Addresses,
    bodies: &mut Vec<Body>,
) -> Families {
    let mut sizes: Vec<usize> = (1..).zip(FAMILIES).flat_map(|(size, n)| vec![size; n]).collect();
    Dice::of(seed, "sizes of families", &[]).shuffle(&mut sizes);
    let mut town = Making {
        seed,
        year,
        classes,
        in_class: vec![0; classes.len()],
        addresses,
        names: BTreeSet::new(),
        guardians: 0,
        families: Families {
            homes: Vec::new(),
            kids: Vec::new(),
        },
    };
    for (family, size) in sizes.into_iter().enumerate() {
        town.family(family, size);
    }
    let families = town.families;
    bodies.extend(families.homes.iter().map(|home| Body::PutHousehold {
        household: home.clone(),
    }));
    bodies.extend(families.kids.iter().map(|kid| Body::PutChild {
        child: kid.record.clone(),
    }));
    families
}

type Name = (&'static str, &'static str);

struct Making<'a> {
    seed: u64,
    year: i32,
    classes: &'a [Class],
    in_class: Vec<usize>,
    addresses: &'a mut Addresses,
    names: BTreeSet<(String, String)>,
    guardians: usize,
    families: Families,
}

impl Making<'_> {
    fn family(&mut self, family: usize, size: usize) {
        let mut dice = Dice::of(self.seed, "family", &[family as u64]);
        let apart = family % APART_ONE_IN == 4;
        let mother = (dice.pick(names::WOMEN), dice.pick(names::LAST));
        let fathers = if dice.percent(4) { names::WOMEN } else { names::MEN };
        let father = (dice.pick(fathers), dice.pick(names::LAST));
        let last_name = child_name(&mut dice, mother.1, father.1);
        let first_home = self.families.homes.len();
        let one_parent = !apart && dice.percent(18);
        if apart {
            for parent in [mother, father] {
                let name = format!("Famille {last_name}, foyer {}", of(parent.0));
                self.home(&mut dice, name, &[parent]);
            }
        } else if one_parent {
            let parent = if dice.percent(85) { mother } else { father };
            self.home(&mut dice, format!("Famille {last_name}"), &[parent]);
        } else {
            self.home(&mut dice, format!("Famille {last_name}"), &[mother, father]);
        }
        let homes: Vec<usize> = (first_home..self.families.homes.len()).collect();
        let sector = sector(&mut dice, family);
        // The private school has no canteen; most of its children come to ours.
        let eats_here = first_home < ACCOUNTS || dice.percent(75);
        let twins = size == 2 && dice.percent(4);
        let mut level = first_level(&mut dice, family);
        let mut birthday = 1 + dice.below(365);
        for child in 0..size {
            if child > 0 && !twins {
                level = (level + 2 + dice.below(2)) % LEVELS.len();
                birthday = 1 + dice.below(365);
            }
            let school = if level < CP {
                SECTORS[sector].nursery
            } else {
                SECTORS[sector].primary
            };
            let born =
                NaiveDate::from_yo_opt(self.year - 3 - level as i32, birthday as u32).unwrap_or_default();
            let care = care(&mut dice, level, one_parent);
            let (first_name, last_name) = self.name(&mut dice, &last_name);
            let site = SCHOOLS[school]
                .site
                .filter(|_| SCHOOLS[school].is_ours() || eats_here);
            let record = ChildRecord {
                symbol: None,
                health: care.health.clone(),
                left_on: None,
                reference: None,
                id: ChildId(id(self.seed, "child", &[family as u64, child as u64])),
                first_name,
                last_name,
                born,
                school: Some(school_id(self.seed, school)),
                class: self.class(school, level),
                households: homes.iter().map(|home| self.families.homes[*home].id).collect(),
                badges: care.badges,
                must_know: care.must_know,
                phone: self.families.homes[first_home]
                    .guardians
                    .iter()
                    .find_map(|g| g.phone.clone()),
            };
            let Care {
                own_meal,
                leaves_alone,
                ..
            } = care;
            let homes = homes.clone();
            self.families.kids.push(Kid {
                record,
                level,
                school,
                sector,
                site,
                homes,
                own_meal,
                leaves_alone,
            });
        }
    }

    fn home(&mut self, dice: &mut Dice, name: String, parents: &[Name]) {
        let home = self.families.homes.len();
        let mut guardians = Vec::new();
        for (first_name, last_name) in parents {
            let reachable = home < ACCOUNTS || dice.percent(94);
            guardians.push(GuardianRecord {
                authority: self.authority(home, parents.len(), guardians.len()),
                id: GuardianId(id(self.seed, "guardian", &[self.guardians as u64])),
                first_name: (*first_name).into(),
                last_name: (*last_name).into(),
                email: reachable.then(|| self.addresses.of(first_name, last_name)),
                phone: Some(mobile(self.guardians)),
            });
            self.guardians += 1;
        }
        let id = HouseholdId(id(self.seed, "household", &[home as u64]));
        self.families.homes.push(HouseholdRecord { id, name, guardians });
    }

    /// Most hold it. A judgment rules for some who live apart; some step-parents have none.
    fn authority(&self, home: usize, parents: usize, place: usize) -> Authority {
        let mut dice = Dice::of(self.seed, "authority", &[self.guardians as u64]);
        match (parents, place) {
            _ if home < ACCOUNTS => Authority::Full,
            (1, _) if dice.percent(6) => Authority::ByJudgment,
            (2.., 1) if dice.percent(5) => Authority::None,
            _ => Authority::Full,
        }
    }

    /// A name that no other child of the town has, so that a name and a first name are enough to find it.
    fn name(&mut self, dice: &mut Dice, last_name: &str) -> (String, String) {
        let list = if dice.percent(49) {
            names::GIRLS
        } else {
            names::BOYS
        };
        loop {
            let name = (dice.pick(list).to_owned(), last_name.to_owned());
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }

    /// The class of this level with the most room.
    fn class(&mut self, school: usize, level: usize) -> Option<ClassId> {
        let fits = |class: &Class| class.school == school && class.levels.contains(&level);
        let candidates = self.classes.iter().enumerate().filter(|(_, class)| fits(class));
        let (n, class) = candidates.min_by_key(|(n, _)| self.in_class[*n])?;
        self.in_class[n] += 1;
        Some(class.id)
    }
}

/// The first families go round the town, so that those with accounts live everywhere.
fn sector(dice: &mut Dice, family: usize) -> usize {
    let mut left = dice.below(100);
    if family < ACCOUNTS {
        return family % SECTORS.len();
    }
    for (n, sector) in SECTORS.iter().enumerate() {
        if left < sector.percent {
            return n;
        }
        left -= sector.percent;
    }
    0
}

/// The level of a family's first child. Those with accounts go through the levels too.
fn first_level(dice: &mut Dice, family: usize) -> usize {
    let any = dice.below(LEVELS.len());
    if family < ACCOUNTS {
        family / SECTORS.len() * 3 % LEVELS.len()
    } else {
        any
    }
}

fn child_name(dice: &mut Dice, mother: &str, father: &str) -> String {
    let double = |name: &str| name.contains([' ', '-']);
    match dice.below(10) {
        0 | 1 => mother.to_owned(),
        2 if mother != father && !double(mother) && !double(father) => format!("{mother}-{father}"),
        _ => father.to_owned(),
    }
}

/// « de Claire », « d’Amélie ».
fn of(name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'É', 'I', 'O', 'U', 'Y', 'H']);
    if vowel {
        format!("d’{name}")
    } else {
        format!("de {name}")
    }
}
