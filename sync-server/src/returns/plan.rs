//! What the signed lists of a lost branch prove that the record's reservations do not have: pure.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::{Hash32, encode};
use shared::day_list::{DayList, ListedRow, Standing};
use shared::ids::{ActivityId, ChildId, ReservationId};
use shared::operation::{ReservationLine, TakenBack};
use shared::sign::sha256;
use uuid::Uuid;

use super::evidence::Source;
use super::held::{Held, Key, Reserved, key};

/// Namespace of what is made again from lists: UUIDv5 of the DNS namespace and `returns.preau`.
pub(super) fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"returns.preau")
}

/// Fewer missing children of a school or class than this are no sign of a closure.
const MANY: usize = 3;

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The list says so, and nobody decided anything since.
    Proven,
    /// Somebody decided otherwise after the return: asked for row by row only.
    DecidedSince,
    /// The list lacks it, but a closure may have hidden it there.
    Hidden,
}

/// One reservation that a list has otherwise than the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What would be written.
    pub taken_back: TakenBack,
    /// As the list has it, or as the record had it where the list lacks it.
    pub line: ReservationLine,
    /// As the record has it.
    pub was: Option<ReservationLine>,
    /// How sure it is.
    pub weight: Weight,
    /// The list that proves it.
    pub source: Source,
}

impl Proposal {
    /// Its name in a form: it changes with whatever would be written.
    pub fn name(&self) -> String {
        let mut name = sha256(&[b"proposal", &encode(&self.taken_back)]).hex();
        name.truncate(24);
        name
    }
}

/// All proposals, by date, site, activity and child.
pub fn proposals(lists: &[(Source, u64, DayList)], held: &Held) -> Vec<Proposal> {
    let ids = held.ids();
    let mut by_day: BTreeMap<_, Vec<&Reserved>> = BTreeMap::new();
    for reserved in &held.reservations {
        let day = (reserved.line.site, reserved.line.date);
        by_day.entry(day).or_default().push(reserved);
    }
    let none = Vec::new();
    let mut all = Vec::new();
    for (source, base, list) in lists {
        let day = by_day.get(&(list.site, list.date)).unwrap_or(&none);
        Day {
            source,
            base: i64::try_from(*base).unwrap_or(i64::MAX),
            list,
            held,
            ids: &ids,
        }
        .compare(day, &mut all);
    }
    all.sort_by_key(|p| {
        let (site, date, activity, child) = key(&p.line);
        (date, site, activity, child, p.weight)
    });
    all
}

/// One list beside the record's reservations of its site and date.
struct Day<'a> {
    source: &'a Source,
    base: i64,
    list: &'a DayList,
    held: &'a Held,
    ids: &'a BTreeSet<ReservationId>,
}

impl Day<'_> {
    fn compare(&self, day: &[&Reserved], all: &mut Vec<Proposal>) {
        let mut standing: BTreeMap<Key, &Reserved> = BTreeMap::new();
        let mut decided: BTreeSet<Key> = BTreeSet::new();
        for reserved in day {
            if !reserved.cancelled {
                standing.insert(key(&reserved.line), reserved);
            } else if self.is_decided(reserved) {
                decided.insert(key(&reserved.line));
            }
        }
        let mut listed: BTreeSet<Key> = BTreeSet::new();
        for row in self.list.rows.iter().filter(|row| is_reservation(row)) {
            if self.held.withdrawn.contains(&row.child) {
                continue;
            }
            let line = self.line(row);
            if !listed.insert(key(&line)) {
                continue;
            }
            all.extend(match standing.get(&key(&line)) {
                Some(reserved) => self.changed(reserved, line),
                None => Some(self.made(decided.contains(&key(&line)), line)),
            });
        }
        let missing = standing.values().filter(|r| !listed.contains(&key(&r.line)));
        let missing: Vec<&Reserved> = missing
            .copied()
            .filter(|reserved| !self.is_decided(reserved))
            .filter(|reserved| !self.held.hides(key(&reserved.line)))
            .collect();
        let closed = self.closed(&missing);
        all.extend(missing.into_iter().map(|reserved| Proposal {
            taken_back: TakenBack::Cancelled {
                reservation: reserved.line.id,
                proof: self.source.hash,
            },
            line: reserved.line.clone(),
            was: Some(reserved.line.clone()),
            weight: if closed.contains(&reserved.line.child) {
                Weight::Hidden
            } else {
                Weight::Proven
            },
            source: *self.source,
        }));
    }

    /// Whether somebody made or cancelled it after what came back, other than by taking lists back.
    fn is_decided(&self, reserved: &Reserved) -> bool {
        reserved.version > self.base && !self.held.taken_back.contains(&reserved.version)
    }

    fn made(&self, decided: bool, line: ReservationLine) -> Proposal {
        Proposal {
            taken_back: TakenBack::Made {
                line: line.clone(),
                proof: self.source.hash,
            },
            line,
            was: None,
            weight: if decided {
                Weight::DecidedSince
            } else {
                Weight::Proven
            },
            source: *self.source,
        }
    }

    fn changed(&self, reserved: &Reserved, line: ReservationLine) -> Option<Proposal> {
        let same = ReservationLine {
            id: reserved.line.id,
            ..line.clone()
        };
        if same == reserved.line {
            return None;
        }
        Some(Proposal {
            taken_back: TakenBack::Changed {
                reservation: reserved.line.id,
                line: line.clone(),
                proof: self.source.hash,
            },
            line,
            was: Some(reserved.line.clone()),
            weight: if self.is_decided(reserved) {
                Weight::DecidedSince
            } else {
                Weight::Proven
            },
            source: *self.source,
        })
    }

    /// A row as a reservation; its id follows from the list, and is free.
    fn line(&self, row: &ListedRow) -> ReservationLine {
        let (site, date) = (self.list.site, self.list.date);
        let name = |n: u32| {
            let Hash32(hash) = self.source.hash;
            let mut name =
                format!("reservation/{site}/{date}/{}/{}/{n}/", row.activity, row.child).into_bytes();
            name.extend_from_slice(&hash);
            ReservationId(Uuid::new_v5(&namespace(), &name))
        };
        let mut id = name(0);
        let mut n = 0;
        while self.ids.contains(&id) {
            n += 1;
            id = name(n);
        }
        ReservationLine {
            id,
            child: row.child,
            activity: row.activity,
            site,
            date,
            formula: row.formula,
            group: row.group.clone(),
            sitting: row.sitting,
            table: row.table.clone(),
            expected_in: row.expected_in,
            expected_out: row.expected_out,
            comes_from: row.comes_from.clone(),
            goes_to: row.goes_to.clone(),
            household: None,
        }
    }

    /// Children whose rows a closure of the lost branch may have hidden: the list says that their school
    /// or class is closed, or has nobody of it while the record has several.
    fn closed(&self, missing: &[&Reserved]) -> BTreeSet<ChildId> {
        if missing.is_empty() {
            return BTreeSet::new();
        }
        let said: Vec<&str> = self
            .list
            .notices
            .iter()
            .filter(|notice| notice.starts_with("Fermeture"))
            .map(String::as_str)
            .collect();
        let listed: BTreeSet<ChildId> = self
            .list
            .rows
            .iter()
            .filter(|row| is_reservation(row))
            .map(|row| row.child)
            .collect();
        let mut gone: BTreeMap<Uuid, BTreeSet<ChildId>> = BTreeMap::new();
        let mut hidden = BTreeSet::new();
        for child in missing.iter().map(|reserved| reserved.line.child) {
            for (id, name) in self.belongs_to(child) {
                gone.entry(id).or_default().insert(child);
                if said.iter().any(|notice| notice.contains(name.as_str())) {
                    hidden.insert(child);
                }
            }
        }
        let here: BTreeSet<Uuid> = listed
            .iter()
            .flat_map(|child| self.belongs_to(*child))
            .map(|(id, _)| id)
            .collect();
        for (_, children) in gone
            .into_iter()
            .filter(|(id, children)| !here.contains(id) && children.len() >= MANY)
        {
            hidden.extend(children);
        }
        hidden
    }

    /// The school and the class of a child of the record.
    fn belongs_to(&self, child: ChildId) -> Vec<(Uuid, String)> {
        let Some((child, _)) = self.held.children.get(&child) else {
            return Vec::new();
        };
        let school = self.held.schools.iter().find(|(s, _)| child.school == Some(s.id));
        let class = self.held.classes.iter().find(|(c, _)| child.class == Some(c.id));
        school
            .map(|(school, _)| (school.id.0, school.name.clone()))
            .into_iter()
            .chain(class.map(|(class, _)| (class.id.0, class.name.clone())))
            .collect()
    }
}

/// A free session and a guest of the day are no reservations of the list's own site.
pub(super) fn is_reservation(row: &ListedRow) -> bool {
    !matches!(row.standing, Some(Standing::Free | Standing::Guest { .. }))
}

/// The children and activities that proposals speak of.
pub fn spoken_of<'p>(
    proposals: impl IntoIterator<Item = &'p Proposal>,
) -> (BTreeSet<ChildId>, BTreeSet<ActivityId>) {
    let (mut children, mut activities) = (BTreeSet::new(), BTreeSet::new());
    for proposal in proposals {
        children.insert(proposal.line.child);
        activities.insert(proposal.line.activity);
    }
    (children, activities)
}
