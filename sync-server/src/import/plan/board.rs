//! The record as it would stand after the lines judged so far.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use shared::ids::{ChildId, ClassId, HouseholdId};
use uuid::Uuid;

use super::entry::{Entry, person_key};
use super::{Change, Choices, Fault, Plan, Planned, Task, Verdict, Why, known};
use crate::import::columns::{Field, Mapping};
use crate::import::holdings::{Holdings, Known};
use crate::import::values;
use shared::operation::{ChildRecord, ClassRecord, HouseholdRecord};

/// Whom a line speaks of, before anybody is looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Known(ChildId),
    Named(String),
}

/// What one line would change; taken over only when nothing is wrong with it.
#[derive(Default)]
pub(super) struct Step {
    pub(super) changes: Vec<Change>,
    pub(super) class: Option<ClassRecord>,
    pub(super) households: BTreeMap<HouseholdId, HouseholdRecord>,
    pub(super) stated: Vec<((Uuid, Field), String)>,
}

pub(super) struct Board<'a> {
    pub(super) now: Holdings,
    pub(super) choices: &'a Choices,
    namespace: Uuid,
    pub(super) by_name: HashMap<String, Vec<ChildId>>,
    pub(super) by_reference: HashMap<String, ChildId>,
    /// Households by the names of their guardians.
    pub(super) by_guardian: HashMap<String, BTreeSet<HouseholdId>>,
    pub(super) members: BTreeMap<HouseholdId, BTreeSet<ChildId>>,
    /// The ids of all guardians.
    pub(super) guardian_ids: HashSet<Uuid>,
    /// The guardians that the whole file names for a child.
    pub(super) named: BTreeMap<Who, BTreeSet<String>>,
    pub(super) who: BTreeMap<ChildId, Who>,
    /// What lines said of whom, so that two of them cannot say different things.
    stated: HashMap<(Uuid, Field), (usize, usize, String)>,
    /// The line that first named a household that is only planned.
    pub(super) begun: BTreeMap<HouseholdId, usize>,
    classes: BTreeMap<ClassId, Vec<usize>>,
    households: BTreeMap<HouseholdId, Vec<usize>>,
    children: BTreeMap<ChildId, Vec<usize>>,
}

impl<'a> Board<'a> {
    pub(super) fn new(now: Holdings, choices: &'a Choices, namespace: Uuid) -> Self {
        let mut board = Self {
            now: Holdings::default(),
            choices,
            namespace,
            by_name: HashMap::new(),
            by_reference: HashMap::new(),
            by_guardian: HashMap::new(),
            members: BTreeMap::new(),
            guardian_ids: HashSet::new(),
            named: BTreeMap::new(),
            who: BTreeMap::new(),
            stated: HashMap::new(),
            begun: BTreeMap::new(),
            classes: BTreeMap::new(),
            households: BTreeMap::new(),
            children: BTreeMap::new(),
        };
        for child in now.children.values() {
            board.index_child(&child.record);
        }
        for household in now.households.values() {
            board.index_household(&household.record);
        }
        board.now = now;
        board
    }

    fn index_child(&mut self, child: &ChildRecord) {
        let ids = self
            .by_name
            .entry(person_key(&child.last_name, &child.first_name))
            .or_default();
        if !ids.contains(&child.id) {
            ids.push(child.id);
        }
        if let Some(reference) = &child.reference {
            self.by_reference.insert(values::reference(reference), child.id);
        }
        for household in &child.households {
            self.members.entry(*household).or_default().insert(child.id);
        }
    }

    fn index_household(&mut self, household: &HouseholdRecord) {
        for guardian in &household.guardians {
            self.guardian_ids.insert(guardian.id.0);
            self.by_guardian
                .entry(person_key(&guardian.last_name, &guardian.first_name))
                .or_default()
                .insert(household.id);
        }
    }

    /// Gathers whom the file names as guardians of each child, over all its lines: nobody may come
    /// near a child in whose lines it does not stand.
    pub(super) fn look_ahead<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>) {
        for entry in entries {
            let guardians = entry.guardians.iter().map(super::entry::Person::key);
            let who = self.whom(entry);
            self.named.entry(who).or_default().extend(guardians);
        }
    }

    /// Whom a line speaks of.
    pub(super) fn whom(&self, entry: &Entry) -> Who {
        match self.find(entry) {
            Ok(Some(child)) => self.who.get(&child).cloned().unwrap_or(Who::Known(child)),
            _ => Who::Named(natural_key(entry)),
        }
    }

    /// The guardians the file names for a child; none when it does not speak of it.
    pub(super) fn named_for(&self, child: ChildId) -> Option<&BTreeSet<String>> {
        let who = self.who.get(&child).cloned().unwrap_or(Who::Known(child));
        self.named.get(&who)
    }

    /// A new id, made from a name so that the same file gives the same ids; never one in use.
    pub(super) fn fresh(&self, kind: &str, name: &str, used: impl Fn(Uuid) -> bool) -> Uuid {
        let mut again = 1;
        loop {
            let text = format!("{kind}/{name}/{again}");
            let id = Uuid::new_v5(&self.namespace, text.as_bytes());
            if !used(id) {
                return id;
            }
            again += 1;
        }
    }

    /// Notes that a line says something of somebody; a fault when another one said otherwise.
    pub(super) fn state(&self, step: &mut Step, about: Uuid, field: Field, said: &str) -> Result<(), Why> {
        let key = (about, field);
        match self.stated.get(&key) {
            Some((place, line, other)) if other != said => Err(Why::Contradicts {
                place: *place,
                line: *line,
                said: other.clone(),
                mine: said.to_owned(),
            }),
            _ => {
                step.stated.push((key, said.to_owned()));
                Ok(())
            }
        }
    }

    /// Judges a line and, when nothing is wrong with it, takes it over.
    pub(super) fn line(
        &mut self,
        place: usize,
        entry: &Entry,
        mapping: &Mapping,
        refused: Option<&Fault>,
    ) -> Planned {
        let mut planned = Planned {
            number: entry.number,
            name: (entry.last.clone(), entry.first.clone()),
            born: entry.born,
            place: None,
            child: None,
            verdict: Verdict::Same,
        };
        let mut faults = entry.faults.clone();
        faults.extend(refused.cloned());
        if faults.is_empty() {
            match self.judge(entry, mapping) {
                Ok((child, is_new, step)) => {
                    planned.child = Some(child.id);
                    planned.born = Some(child.born);
                    if is_new {
                        planned.verdict = Verdict::New;
                    } else if !step.changes.is_empty() {
                        planned.verdict = Verdict::Changed(step.changes.clone());
                    }
                    let key = is_new.then(|| natural_key(entry));
                    self.take(place, entry.number, child, key, step);
                    planned.place = planned.child.and_then(|child| self.place_of(child));
                }
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            planned.verdict = Verdict::Wrong(faults);
        }
        planned
    }

    fn judge(&self, entry: &Entry, mapping: &Mapping) -> Result<(ChildRecord, bool, Step), Fault> {
        let at = |field: Field| {
            move |why: Why| Fault {
                column: mapping.columns(field).next(),
                why,
            }
        };
        let found = self.find(entry).map_err(|(field, why)| at(field)(why))?;
        let mut step = Step::default();
        let is_new = found.is_none();
        let mut child = match found {
            Some(id) => self.now.children[&id].record.clone(),
            None => self.newcomer(entry).map_err(at(Field::Born))?,
        };
        self.identity(entry, &mut child, &mut step)
            .map_err(|(field, why)| at(field)(why))?;
        self.schooling(entry, &mut child, &mut step)
            .map_err(|(field, why)| at(field)(why))?;
        self.families(entry, &mut child, &mut step)
            .map_err(|(field, why)| at(field)(why))?;
        Ok((child, is_new, step))
    }

    fn take(
        &mut self,
        place: usize,
        number: usize,
        child: ChildRecord,
        new_under: Option<String>,
        step: Step,
    ) {
        for (key, said) in step.stated {
            self.stated.entry(key).or_insert((place, number, said));
        }
        if let Some(class) = step.class {
            self.classes.entry(class.id).or_default().push(place);
            self.now.classes.insert(class.id, known(class));
        }
        for (id, household) in step.households {
            self.index_household(&household);
            self.households.entry(id).or_default().push(place);
            if let Some(there) = self.now.households.get_mut(&id) {
                there.record = household;
            } else {
                self.begun.insert(id, number);
                self.now.households.insert(id, known(household));
            }
        }
        self.index_child(&child);
        if let Some(key) = new_under {
            self.who.insert(child.id, Who::Named(key));
            self.children.entry(child.id).or_default().push(place);
            self.now.children.insert(child.id, known(child));
        } else if let Some(there) = self.now.children.get_mut(&child.id)
            && there.record != child
        {
            self.children.entry(child.id).or_default().push(place);
            there.record = child;
        }
    }

    fn place_of(&self, child: ChildId) -> Option<String> {
        let child = &self.now.children.get(&child)?.record;
        let school = self
            .now
            .schools
            .iter()
            .find(|school| Some(school.id) == child.school);
        let class = child.class.and_then(|class| self.now.classes.get(&class));
        let names = [
            class.map(|class| class.record.name.clone()),
            school.map(|school| school.name.clone()),
        ];
        let names: Vec<String> = names.into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The plan, once every line is judged.
    pub(super) fn planned(mut self, lines: Vec<Planned>) -> Plan {
        fn task<T>(known: Option<Known<T>>, lines: Vec<usize>) -> Option<Task<T>> {
            let Known { record, version } = known?;
            Some(Task {
                record,
                seen: version,
                lines,
            })
        }
        let now = &mut self.now;
        Plan {
            lines,
            classes: self
                .classes
                .into_iter()
                .filter_map(|(id, lines)| task(now.classes.remove(&id), lines))
                .collect(),
            households: self
                .households
                .into_iter()
                .filter_map(|(id, lines)| task(now.households.remove(&id), lines))
                .collect(),
            children: self
                .children
                .into_iter()
                .filter_map(|(id, lines)| task(now.children.remove(&id), lines))
                .collect(),
        }
    }
}

/// What a new child is told from others by.
pub(super) fn natural_key(entry: &Entry) -> String {
    match (&entry.reference, entry.born) {
        (Some(reference), _) => format!("reference/{reference}"),
        (None, born) => format!(
            "{}|{}",
            person_key(&entry.last, &entry.first),
            born.map(|born| born.to_string()).unwrap_or_default()
        ),
    }
}
