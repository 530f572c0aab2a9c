//! What a confirmed file would do, line by line, before anything is written.

mod board;
mod entry;
mod homes;
mod matching;
mod places;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shared::ids::{ChildId, SchoolId};
use shared::operation::{ChildRecord, ClassRecord, HouseholdRecord};
use uuid::Uuid;

use super::columns::{Field, Mapping};
use super::holdings::{Holdings, Known};
use super::read::Table;
use board::Board;

/// What an agent chooses for a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The school of every child whose line names none.
    pub school: Option<SchoolId>,
    /// Classes that the record does not know are made.
    pub make_classes: bool,
    /// A child who shares its names with another one born on another day is made.
    pub make_homonyms: bool,
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Line by line, in the order of the file.
    pub lines: Vec<Planned>,
    /// Classes that would be made.
    pub classes: Vec<Task<ClassRecord>>,
    /// Households that would be made or changed.
    pub households: Vec<Task<HouseholdRecord>>,
    /// Children who would be made or changed.
    pub children: Vec<Task<ChildRecord>>,
}

/// A record that would be written, and the lines that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task<T> {
    /// As it would stand.
    pub record: T,
    /// The version it is at now; `None` for a new one.
    pub seen: Option<i64>,
    /// Places in [`Plan::lines`].
    pub lines: Vec<usize>,
}

/// One line and what would become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its number in the file.
    pub number: usize,
    /// Whom it speaks of, as it says: last name, first name.
    pub name: (String, String),
    /// Born when.
    pub born: Option<NaiveDate>,
    /// Class and school it would be in.
    pub place: Option<String>,
    /// The child it is about, where one was found or would be made.
    pub child: Option<ChildId>,
    /// What would become of it.
    pub verdict: Verdict,
}

/// What would become of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A child nobody knew.
    New,
    /// A known child of whom something changes.
    Changed(Vec<Change>),
    /// Nothing to do.
    Same,
    /// It cannot be taken.
    Wrong(Vec<Fault>),
}

/// One value that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub field: Field,
    /// What stands there now, if anything.
    pub old: Option<String>,
    /// What would stand there; nothing where it would be emptied.
    pub new: Option<String>,
}

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column it is about, counted from 0.
    pub column: Option<usize>,
    /// Why.
    pub why: Why,
}

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No last name.
    NoLastName,
    /// No first name.
    NoFirstName,
    /// A new child needs a date of birth.
    NoBirth,
    /// Not a date.
    BadDate(String),
    /// A date of birth to come.
    BornLater,
    /// Not a telephone.
    BadPhone(String),
    /// Not an e-mail.
    BadEmail(String),
    /// Longer than any name.
    TooLong,
    /// No such school.
    UnknownSchool {
        /// What the line says.
        said: String,
        /// The school that sounds most like it.
        closest: Option<String>,
    },
    /// No such class.
    UnknownClass {
        /// What the line says.
        said: String,
        /// The class that sounds most like it.
        closest: Option<String>,
    },
    /// Several schools have a class of that name.
    ClassOfWhichSchool(String),
    /// The reference is that of another child.
    ReferenceOfAnother(String),
    /// A child of the same names was born on another day.
    OtherBirth(NaiveDate),
    /// A child of the same names and birth has another reference.
    OtherReference(String),
    /// Several children fit.
    SeveralFit,
    /// No child of these names is known, and the line says no date of birth.
    UnknownChild,
    /// Another line of the file says something else. Neither is taken: nobody knows which is right.
    Contradicts {
        /// The place of that line in the plan.
        place: usize,
        /// Its number in the file.
        line: usize,
        /// What it says.
        said: String,
        /// What this line says.
        mine: String,
    },
    /// A guardian without a last name.
    GuardianWithoutName,
    /// The child belongs to several households, and none of them has this guardian.
    WhichHousehold(String),
}

/// Plans a file against what the record holds. New ids are UUIDs of version 5 in `namespace`.
///
/// What a file brings may make a line clear that was not: the plan goes on until the file would
/// change nothing more, so that the same file taken in again finds nothing left to do.
pub fn plan(
    table: &Table,
    mapping: &Mapping,
    choices: &Choices,
    holdings: &Holdings,
    namespace: Uuid,
    today: NaiveDate,
) -> Plan {
    let entries: Vec<_> = table
        .lines
        .iter()
        .map(|line| entry::read(line, mapping, today))
        .collect();
    let mut plan = once(&entries, mapping, choices, holdings, namespace);
    let mut now = holdings.clone();
    plan.put_into(&mut now);
    for _ in 0..ROUNDS {
        let more = once(&entries, mapping, choices, &now, namespace);
        if more.is_idle() {
            break;
        }
        more.put_into(&mut now);
        plan.go_on_with(more, holdings);
    }
    plan
}

/// Plans a file once: lines that contradict each other are found out, then left aside.
fn once(
    entries: &[entry::Entry],
    mapping: &Mapping,
    choices: &Choices,
    holdings: &Holdings,
    namespace: Uuid,
) -> Plan {
    let mut refused = matching::same_reference(entries, mapping);
    loop {
        let plan = attempt(entries, mapping, choices, holdings, namespace, &refused);
        let before = refused.len();
        for (place, line) in plan.lines.iter().enumerate() {
            let Verdict::Wrong(faults) = &line.verdict else {
                continue;
            };
            for fault in faults {
                if let Why::Contradicts {
                    place: other,
                    said,
                    mine,
                    ..
                } = &fault.why
                {
                    refused.entry(place).or_insert_with(|| fault.clone());
                    refused.entry(*other).or_insert_with(|| Fault {
                        column: fault.column,
                        why: Why::Contradicts {
                            place,
                            line: line.number,
                            said: mine.clone(),
                            mine: said.clone(),
                        },
                    });
                }
            }
        }
        if refused.len() == before {
            return plan;
        }
    }
}

/// Plans a file without the lines that are refused already.
fn attempt(
    entries: &[entry::Entry],
    mapping: &Mapping,
    choices: &Choices,
    holdings: &Holdings,
    namespace: Uuid,
    refused: &BTreeMap<usize, Fault>,
) -> Plan {
    let mut board = Board::new(holdings.clone(), choices, namespace);
    let sound = entries.iter().enumerate();
    let sound = sound.filter(|(place, entry)| entry.faults.is_empty() && !refused.contains_key(place));
    board.look_ahead(sound.map(|(_, entry)| entry));
    let mut lines: Vec<Planned> = entries
        .iter()
        .enumerate()
        .map(|(place, entry)| board.line(place, entry, mapping, refused.get(&place)))
        .collect();
    // A later line may bring the class or the child that an earlier one speaks of.
    for _ in 0..ROUNDS {
        let mut mended = false;
        for (place, entry) in entries.iter().enumerate() {
            let wrong = matches!(lines[place].verdict, Verdict::Wrong(_));
            if wrong && entry.faults.is_empty() && !refused.contains_key(&place) {
                lines[place] = board.line(place, entry, mapping, None);
                mended |= !matches!(lines[place].verdict, Verdict::Wrong(_));
            }
        }
        if !mended {
            break;
        }
    }
    board.planned(lines)
}

/// How often lines that could not be taken are looked at again.
const ROUNDS: usize = 12;

impl Plan {
    /// Puts what is planned in the place of what is there.
    fn put_into(&self, now: &mut Holdings) {
        fn put<I: Ord, T: Clone>(there: &mut BTreeMap<I, Known<T>>, tasks: &[Task<T>], id: impl Fn(&T) -> I) {
            for task in tasks {
                let record = task.record.clone();
                let version = task.seen;
                there.insert(id(&record), Known { record, version });
            }
        }
        put(&mut now.classes, &self.classes, |class| class.id);
        put(&mut now.households, &self.households, |household| household.id);
        put(&mut now.children, &self.children, |child| child.id);
    }

    /// Takes in what the file brings once this is done.
    fn go_on_with(&mut self, more: Self, before: &Holdings) {
        fn add<I: Ord, T: PartialEq>(
            tasks: &mut Vec<Task<T>>,
            more: Vec<Task<T>>,
            before: &BTreeMap<I, Known<T>>,
            id: impl Fn(&T) -> I,
        ) {
            for task in more {
                match tasks
                    .iter_mut()
                    .find(|there| id(&there.record) == id(&task.record))
                {
                    Some(there) => {
                        there.lines.extend(task.lines);
                        there.record = task.record;
                    }
                    None => tasks.push(task),
                }
            }
            tasks.retain(|task| {
                before
                    .get(&id(&task.record))
                    .is_none_or(|there| there.record != task.record)
            });
        }
        add(&mut self.classes, more.classes, &before.classes, |class| class.id);
        add(
            &mut self.households,
            more.households,
            &before.households,
            |household| household.id,
        );
        add(&mut self.children, more.children, &before.children, |child| {
            child.id
        });
        for (line, later) in self.lines.iter_mut().zip(more.lines) {
            if !matches!(later.verdict, Verdict::Wrong(_) | Verdict::Same) && line.verdict != Verdict::New {
                *line = later;
            }
        }
    }

    /// How many lines are new, changed, the same, wrong.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.lines {
            match line.verdict {
                Verdict::New => counts.new += 1,
                Verdict::Changed(_) => counts.changed += 1,
                Verdict::Same => counts.same += 1,
                Verdict::Wrong(_) => counts.wrong += 1,
            }
        }
        counts
    }

    /// Whether confirming it would write nothing.
    pub fn is_idle(&self) -> bool {
        self.classes.is_empty() && self.households.is_empty() && self.children.is_empty()
    }
}

/// Lines by what would become of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// New.
    pub new: usize,
    /// Changed.
    pub changed: usize,
    /// The same.
    pub same: usize,
    /// Wrong.
    pub wrong: usize,
}

fn known<T>(record: T) -> Known<T> {
    Known {
        record,
        version: None,
    }
}
