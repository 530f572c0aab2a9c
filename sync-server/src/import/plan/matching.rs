//! Which child a line speaks of, and what it says of the child itself.

use std::collections::BTreeMap;

use shared::ids::ChildId;
use shared::operation::ChildRecord;
use shared::text::search_key;

use super::board::{Board, Step, natural_key};
use super::entry::{Entry, person_key};
use super::{Change, Fault, Why};
use crate::import::columns::{Field, Mapping};
use crate::import::values;

type Wrong = (Field, Why);

impl Board<'_> {
    /// The child a line speaks of; `None` for one that nobody knows. By its reference, else by its
    /// names and date of birth. Where two children could be meant, neither is taken.
    pub(super) fn find(&self, entry: &Entry) -> Result<Option<ChildId>, Wrong> {
        if let Some(reference) = &entry.reference
            && let Some(id) = self.by_reference.get(reference)
        {
            let there = &self.now.children[id].record;
            let called = |last: &str| search_key(last) == search_key(&there.last_name);
            let last = called(&entry.last) || entry.birth_name.as_deref().is_some_and(called);
            let first = search_key(&entry.first) == search_key(&there.first_name);
            let born = entry.born.is_some_and(|born| born == there.born);
            // Twins share all but the first name: a number typed twice must not make one of two.
            return if first && (last || born) {
                Ok(Some(*id))
            } else {
                let name = format!("{} {}", there.first_name, there.last_name);
                Err((Field::Reference, Why::ReferenceOfAnother(name)))
            };
        }
        let candidates = self.called_so(entry);
        let other_reference = |child: &ChildRecord| {
            let theirs = child.reference.as_deref().map(values::reference);
            matches!((&entry.reference, theirs), (Some(a), Some(b)) if *a != b)
        };
        let Some(born) = entry.born else {
            return match candidates.as_slice() {
                [] => Err((Field::Born, Why::UnknownChild)),
                [only] if other_reference(only) => Err(reference_of(only)),
                [only] => Ok(Some(only.id)),
                _ => Err((Field::Reference, Why::SeveralFit)),
            };
        };
        let same: Vec<&&ChildRecord> = candidates.iter().filter(|child| child.born == born).collect();
        match same.as_slice() {
            [only] if other_reference(only) => Err(reference_of(only)),
            [only] => Ok(Some(only.id)),
            [] => {
                // A reference on each side tells two children apart as nothing else does.
                let told_apart = candidates.iter().all(|child| other_reference(child));
                if self.choices.make_homonyms || told_apart {
                    return Ok(None);
                }
                let other = candidates.first().map_or(born, |child| child.born);
                Err((Field::Born, Why::OtherBirth(other)))
            }
            _ => Err((Field::Reference, Why::SeveralFit)),
        }
    }

    fn called_so(&self, entry: &Entry) -> Vec<&ChildRecord> {
        let names = [Some(&entry.last), entry.birth_name.as_ref()];
        let mut ids: Vec<ChildId> = names
            .into_iter()
            .flatten()
            .filter_map(|last| self.by_name.get(&person_key(last, &entry.first)))
            .flatten()
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.iter().map(|id| &self.now.children[id].record).collect()
    }

    /// A child nobody knew, with what makes it one.
    pub(super) fn newcomer(&self, entry: &Entry) -> Result<ChildRecord, Why> {
        let born = entry.born.ok_or(Why::NoBirth)?;
        let used = |id| self.now.children.contains_key(&ChildId(id));
        Ok(ChildRecord {
            id: ChildId(self.fresh("child", &natural_key(entry), used)),
            first_name: entry.first.clone(),
            last_name: entry.last.clone(),
            born,
            school: None,
            class: None,
            households: Vec::new(),
            badges: Vec::new(),
            must_know: None,
            phone: None,
            symbol: None,
            health: None,
            reference: None,
            left_on: None,
        })
    }

    /// Names, birth, reference and what else a line says of the child itself.
    pub(super) fn identity(
        &self,
        entry: &Entry,
        child: &mut ChildRecord,
        step: &mut Step,
    ) -> Result<(), Wrong> {
        let id = child.id.0;
        let say = |step: &mut Step, field: Field, said: Option<&String>, slot: &mut Option<String>| {
            let Some(said) = said else { return Ok(()) };
            self.state(step, id, field, said).map_err(|why| (field, why))?;
            put(step, field, slot, said);
            Ok(())
        };
        for (field, said, shouted, slot) in [
            (
                Field::LastName,
                &entry.last,
                entry.shouted.0,
                &mut child.last_name,
            ),
            (
                Field::FirstName,
                &entry.first,
                entry.shouted.1,
                &mut child.first_name,
            ),
        ] {
            let same_name = search_key(said) == search_key(slot);
            // Capitals without accents do not mend a name that somebody wrote well.
            if same_name && shouted {
                continue;
            }
            self.state(step, id, field, said).map_err(|why| (field, why))?;
            if *slot != *said {
                change(step, field, Some(slot), Some(said));
                slot.clone_from(said);
            }
        }
        if let Some(born) = entry.born {
            let said = values::shown(born);
            self.state(step, id, Field::Born, &said)
                .map_err(|why| (Field::Born, why))?;
            if child.born != born {
                change(step, Field::Born, Some(&values::shown(child.born)), Some(&said));
                child.born = born;
            }
        }
        let theirs = child.reference.as_deref().map(values::reference);
        if theirs != entry.reference {
            say(
                step,
                Field::Reference,
                entry.reference.as_ref(),
                &mut child.reference,
            )?;
        }
        say(step, Field::Phone, entry.phone.as_ref(), &mut child.phone)?;
        say(
            step,
            Field::MustKnow,
            entry.must_know.as_ref(),
            &mut child.must_know,
        )?;
        if let Some(left_on) = entry.left_on {
            let said = values::shown(left_on);
            self.state(step, id, Field::LeftOn, &said)
                .map_err(|why| (Field::LeftOn, why))?;
            if child.left_on != Some(left_on) {
                change(
                    step,
                    Field::LeftOn,
                    child.left_on.map(values::shown).as_ref(),
                    Some(&said),
                );
                child.left_on = Some(left_on);
            }
        }
        Ok(())
    }
}

/// Lines in which children who cannot be one claim one reference: none of them is taken.
pub(super) fn same_reference(entries: &[Entry], mapping: &Mapping) -> BTreeMap<usize, Fault> {
    let mut claims: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(reference) = &entry.reference {
            claims.entry(reference).or_default().push(place);
        }
    }
    let column = mapping.columns(Field::Reference).next();
    let mut refused = BTreeMap::new();
    for places in claims.into_values() {
        let stranger = |place: usize| {
            places
                .iter()
                .copied()
                .find(|other| !may_be_one(&entries[place], &entries[*other]))
        };
        // Lists name a child once, or a few times for its guardians; more than that is a mistake already.
        let looked_at = places.iter().copied().take(50);
        let strangers: Vec<(usize, usize)> = looked_at.filter_map(|p| Some((p, stranger(p)?))).collect();
        for (place, other) in strangers {
            for (place, other) in [(place, other), (other, place)] {
                let name = |place: usize| format!("{} {}", entries[place].first, entries[place].last);
                refused.entry(place).or_insert_with(|| Fault {
                    column,
                    why: Why::Contradicts {
                        place: other,
                        line: entries[other].number,
                        said: name(other),
                        mine: name(place),
                    },
                });
            }
        }
    }
    refused
}

fn may_be_one(one: &Entry, other: &Entry) -> bool {
    let same = |a: &str, b: &str| search_key(a) == search_key(b);
    let names = |entry: &Entry| [Some(entry.last.clone()), entry.birth_name.clone()];
    let last = names(one)
        .into_iter()
        .flatten()
        .any(|a| names(other).into_iter().flatten().any(|b| same(&a, &b)));
    let born = one.born.is_some() && one.born == other.born;
    same(&one.first, &other.first) && (last || born)
}

fn reference_of(child: &ChildRecord) -> Wrong {
    let reference = child.reference.clone().unwrap_or_default();
    (Field::Reference, Why::OtherReference(reference))
}

pub(super) fn change(step: &mut Step, field: Field, old: Option<&String>, new: Option<&String>) {
    step.changes.push(Change {
        field,
        old: old.filter(|old| !old.is_empty()).cloned(),
        new: new.cloned(),
    });
}

/// Puts a value in place of another one; a telephone written in another way is the same.
pub(super) fn put(step: &mut Step, field: Field, slot: &mut Option<String>, said: &String) {
    let kept = slot.as_deref().map(values::plain);
    if kept.as_deref() != Some(&values::plain(said)) {
        change(step, field, slot.as_ref(), Some(said));
        *slot = Some(said.clone());
    }
}
