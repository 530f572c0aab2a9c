//! Which school and class a line names.

use shared::ids::{ClassId, SchoolId};
use shared::operation::{ChildRecord, ClassRecord};
use shared::text::search_key;

use super::Why;
use super::board::{Board, Step};
use super::entry::Entry;
use super::matching::change;
use crate::import::columns::Field;

type Wrong = (Field, Why);

/// Levels, youngest first: what the name of a class may tell.
const LEVELS: [&str; 10] = ["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "ULIS"];

impl Board<'_> {
    /// School and class.
    pub(super) fn schooling(
        &self,
        entry: &Entry,
        child: &mut ChildRecord,
        step: &mut Step,
    ) -> Result<(), Wrong> {
        let said = entry
            .school
            .as_deref()
            .map(|said| self.school(said))
            .transpose()?;
        let mut school = said.or(self.choices.school);
        let mut class = None;
        if let Some(name) = &entry.class {
            let found = self.class(name, entry, school, child.school, step)?;
            school = Some(found.school);
            class = Some(found);
        }
        let (Some(school), name_of) = (school, |id: Option<SchoolId>| {
            self.now
                .schools
                .iter()
                .find(|s| Some(s.id) == id)
                .map(|s| s.name.clone())
        }) else {
            return Ok(());
        };
        let school_name = name_of(Some(school)).unwrap_or_default();
        self.state(step, child.id.0, Field::School, &school_name)
            .map_err(|why| (Field::School, why))?;
        if child.school != Some(school) {
            change(
                step,
                Field::School,
                name_of(child.school).as_ref(),
                Some(&school_name),
            );
            child.school = Some(school);
        }
        let old = child
            .class
            .and_then(|id| self.now.classes.get(&id))
            .map(|class| &class.record);
        let old_name = old.map(|class| class.name.clone());
        if let Some(class) = class {
            self.state(step, child.id.0, Field::Class, &class.name)
                .map_err(|why| (Field::Class, why))?;
            if child.class != Some(class.id) {
                change(step, Field::Class, old_name.as_ref(), Some(&class.name));
                child.class = Some(class.id);
            }
        } else if old.is_some_and(|class| class.school != school) {
            // A class stays behind with its school.
            change(step, Field::Class, old_name.as_ref(), None);
            child.class = None;
        }
        Ok(())
    }

    fn school(&self, said: &str) -> Result<SchoolId, Wrong> {
        let schools = &self.now.schools;
        let whole = search_key(said);
        let bare = bare(said);
        let by = |fits: &dyn Fn(&str) -> bool| {
            let mut found = schools.iter().filter(|school| fits(&school.name));
            match (found.next(), found.next()) {
                (Some(only), None) => Some(only.id),
                _ => None,
            }
        };
        by(&|name| search_key(name) == whole)
            .or_else(|| by(&|name| !bare.is_empty() && self::bare(name) == bare))
            .ok_or_else(|| {
                let names = schools.iter().map(|school| school.name.as_str());
                let why = Why::UnknownSchool {
                    said: said.to_owned(),
                    closest: closest(&bare, names, self::bare),
                };
                (Field::School, why)
            })
    }

    fn class(
        &self,
        said: &str,
        entry: &Entry,
        school: Option<SchoolId>,
        own_school: Option<SchoolId>,
        step: &mut Step,
    ) -> Result<ClassRecord, Wrong> {
        let key = search_key(said);
        let all = || self.now.classes.values().map(|class| &class.record);
        let called_so = |school: Option<SchoolId>| -> Vec<&ClassRecord> {
            all()
                .filter(|class| school.is_none_or(|school| class.school == school))
                .filter(|class| search_key(&class.name) == key)
                .collect()
        };
        // A line that names no school means the child's own, unless only another one has that class.
        let mut found = called_so(school.or(own_school));
        if found.is_empty() && school.is_none() {
            found = called_so(None);
        }
        match (found.as_slice(), school.or(own_school)) {
            ([only], _) => return Ok((*only).clone()),
            ([_, _, ..], _) => return Err((Field::Class, Why::ClassOfWhichSchool(said.to_owned()))),
            ([], Some(school)) if self.choices.make_classes => {
                let used = |id| self.now.classes.contains_key(&ClassId(id));
                let class = ClassRecord {
                    id: ClassId(self.fresh("class", &format!("{school}/{key}"), used)),
                    school,
                    name: said.to_owned(),
                    level: level(entry.level.as_deref().unwrap_or_default(), said),
                    retired: false,
                };
                step.class = Some(class.clone());
                return Ok(class);
            }
            ([], None) if self.choices.make_classes => {
                return Err((Field::Class, Why::ClassOfWhichSchool(said.to_owned())));
            }
            ([], _) => {}
        }
        let here = |class: &&ClassRecord| school.or(own_school).is_none_or(|school| class.school == school);
        let names = all().filter(here).map(|class| class.name.as_str());
        let why = Why::UnknownClass {
            said: said.to_owned(),
            closest: closest(&key, names, search_key),
        };
        Err((Field::Class, why))
    }
}

/// The level of a class that is made: as the line says, else as its name does.
fn level(said: &str, name: &str) -> String {
    let of = |text: &str| {
        let words = search_key(text);
        let found = words
            .split(' ')
            .filter_map(|word| LEVELS.into_iter().find(|level| level.to_lowercase() == word));
        let mut levels: Vec<&str> = Vec::new();
        for level in found {
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        levels.join("-")
    };
    // The name tells all levels of a class, a line only that of its child.
    [of(name), of(said)]
        .into_iter()
        .find(|level| !level.is_empty())
        .unwrap_or_default()
}

/// The name of a school without what schools are called: « École élémentaire publique Jules-Ferry »
/// and « Jules Ferry » are the same.
fn bare(name: &str) -> String {
    const KINDS: [&str; 16] = [
        "ecole",
        "elementaire",
        "maternelle",
        "primaire",
        "publique",
        "privee",
        "prive",
        "groupe",
        "scolaire",
        "e",
        "eepu",
        "empu",
        "eppu",
        "elem",
        "mat",
        "de",
    ];
    let key = search_key(name);
    let words: Vec<&str> = key.split(' ').filter(|word| !KINDS.contains(word)).collect();
    words.join(" ")
}

/// The name that sounds most like what was said, if any does.
fn closest<'n>(
    said: &str,
    names: impl Iterator<Item = &'n str>,
    key: impl Fn(&str) -> String,
) -> Option<String> {
    let far = (said.chars().count() / 3).max(1);
    names
        .map(|name| {
            let key = key(name);
            let part = !said.is_empty() && (key.contains(said) || (!key.is_empty() && said.contains(&key)));
            (if part { 1 } else { distance(said, &key) }, name)
        })
        .filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.to_owned())
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_is_known_by_its_own_name() {
        assert_eq!(
            bare("École élémentaire publique Jules-Ferry"),
            bare("E.E.PU. JULES FERRY").replace("pu ", "")
        );
        let schools = ["École Jules-Ferry", "École Louise-Michel"];
        assert_eq!(
            closest(&bare("Jule Ferry"), schools.into_iter(), bare).as_deref(),
            Some("École Jules-Ferry")
        );
        assert_eq!(closest(&bare("Pasteur"), schools.into_iter(), bare), None);
        assert_eq!(distance("chat", "chien"), 3);
    }

    #[test]
    fn a_class_tells_its_levels() {
        assert_eq!(level("CE1", "CE1-CE2 de Mme Petit"), "CE1-CE2");
        assert_eq!(level("Cours préparatoire CP", "Classe des lions"), "CP");
        assert_eq!(level("", "Les lions"), "");
    }
}
