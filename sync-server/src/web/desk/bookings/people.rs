//! Whom reservations are for, and who of them an agent reaches.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::ids::{ChildId, ClassId, SchoolId};
use shared::operation::SiteRecord;

use crate::store::{Read, Row, StoreError};
use crate::web::desk::reach::Reach;

/// A child, as far as reservations are concerned.
#[derive(Clone, Debug)]
pub(in crate::web::desk) struct Person {
    pub(in crate::web::desk) id: ChildId,
    pub(in crate::web::desk) first_name: String,
    pub(in crate::web::desk) last_name: String,
    pub(in crate::web::desk) school: Option<SchoolId>,
    pub(in crate::web::desk) class: Option<ClassId>,
    pub(in crate::web::desk) left_on: Option<NaiveDate>,
    pub(in crate::web::desk) school_name: Option<String>,
    pub(in crate::web::desk) class_name: Option<String>,
    pub(in crate::web::desk) search_key: String,
}

impl Person {
    pub(in crate::web::desk) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: ChildId(row.uuid(0)?),
            first_name: row.text(1)?,
            last_name: row.text(2)?,
            school: row.opt(3, Row::uuid)?.map(SchoolId),
            class: row.opt(4, Row::uuid)?.map(ClassId),
            left_on: row.opt(5, Row::date)?,
            school_name: row.opt(6, Row::text)?,
            class_name: row.opt(7, Row::text)?,
            search_key: row.text(8)?,
        })
    }

    /// « Martin Léa ».
    pub(in crate::web::desk) fn name(&self) -> String {
        format!("{} {}", self.last_name, self.first_name)
    }

    /// Class and school.
    pub(in crate::web::desk) fn home(&self) -> String {
        let both = [self.class_name.clone(), self.school_name.clone()];
        both.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// One child.
pub(super) fn person(tx: &mut dyn Read, id: ChildId) -> Result<Option<Person>, StoreError> {
    let sql = include_str!("../../../record/reservation/person.sql");
    tx.first(sql, &[id.into()])?
        .as_ref()
        .map(Person::read)
        .transpose()
}

/// The children of a class, by name; those who have left are not among them.
pub(super) fn of_class(
    tx: &mut dyn Read,
    class: ClassId,
    today: NaiveDate,
) -> Result<Vec<Person>, StoreError> {
    let sql = include_str!("../../../record/reservation/persons_of_class.sql");
    let all = read_all(tx.query(sql, &[class.into()])?)?;
    Ok(all.into_iter().filter(|person| person.is_here(today)).collect())
}

/// All children of the town, by name.
pub(in crate::web::desk) fn everyone(tx: &mut dyn Read, today: NaiveDate) -> Result<Vec<Person>, StoreError> {
    let sql = include_str!("../../../record/reservation/persons.sql");
    let all = read_all(tx.query(sql, &[])?)?;
    Ok(all.into_iter().filter(|person| person.is_here(today)).collect())
}

fn read_all(rows: Vec<Row>) -> Result<Vec<Person>, StoreError> {
    rows.iter().map(Person::read).collect()
}

impl Person {
    fn is_here(&self, today: NaiveDate) -> bool {
        self.left_on.is_none_or(|left| today < left)
    }
}

/// Whom an agent reaches.
pub(in crate::web::desk) enum Known {
    /// Everyone.
    All,
    /// Children of these schools, and these children: they come to a site within reach.
    Some(BTreeSet<SchoolId>, BTreeSet<ChildId>),
}

impl Known {
    pub(in crate::web::desk) fn of(
        tx: &mut dyn Read,
        reach: &Reach,
        sites: &[SiteRecord],
    ) -> Result<Self, StoreError> {
        let Reach::Sites(own) = reach else {
            return Ok(Self::All);
        };
        let mut children = BTreeSet::new();
        for site in own {
            let sql = include_str!("../../../record/reservation/children_of_site.sql");
            for row in tx.query(sql, &[(*site).into()])? {
                children.insert(ChildId(row.uuid(0)?));
            }
        }
        let schools = sites
            .iter()
            .filter(|site| own.contains(&site.id))
            .filter_map(|site| site.school)
            .collect();
        Ok(Self::Some(schools, children))
    }

    pub(in crate::web::desk) fn has(&self, person: &Person) -> bool {
        match self {
            Self::All => true,
            Self::Some(schools, children) => {
                person.school.is_some_and(|school| schools.contains(&school)) || children.contains(&person.id)
            }
        }
    }

    /// Whether a class is reached: its school, or one of its children.
    pub(super) fn has_class(&self, school: SchoolId, children: &[Person]) -> bool {
        match self {
            Self::All => true,
            Self::Some(schools, _) => {
                schools.contains(&school) || children.iter().any(|person| self.has(person))
            }
        }
    }
}
