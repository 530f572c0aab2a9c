//! Whom a page is for: one child, or a class.

use shared::ids::{ChildId, ClassId};

use super::people::{self, Known, Person};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::reach::Reach;

/// A child or a class, within reach.
pub(super) struct Subject {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) home: String,
    pub(super) people: Vec<Person>,
}

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Id {
    Child(ChildId),
    Class(ClassId),
}

/// What was found.
pub(super) enum Found {
    /// Here it is.
    Here(Subject),
    /// There is no such child or class.
    Unknown,
    /// It is beyond the agent's reach.
    Beyond,
}

impl Id {
    /// Path under `/gestion`.
    pub(super) fn path(self) -> String {
        match self {
            Self::Child(id) => format!("/reservations/enfant/{id}"),
            Self::Class(id) => format!("/reservations/classe/{id}"),
        }
    }
}

pub(super) fn find(tx: &mut dyn Read, commune: &Commune, reach: &Reach, id: Id) -> Result<Found, StoreError> {
    let sites: Vec<_> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
    let known = Known::of(tx, reach, &sites)?;
    match id {
        Id::Child(child) => {
            let Some(person) = people::person(tx, child)? else {
                return Ok(Found::Unknown);
            };
            if !known.has(&person) {
                return Ok(Found::Beyond);
            }
            Ok(Found::Here(Subject {
                id,
                title: person.name(),
                home: person.home(),
                people: vec![person],
            }))
        }
        Id::Class(class) => {
            let Some((class, _)) = record::class(tx, class)? else {
                return Ok(Found::Unknown);
            };
            let people = people::of_class(tx, class.id, commune.today())?;
            if !known.has_class(class.school, &people) {
                return Ok(Found::Beyond);
            }
            let school = record::school(tx, class.school)?;
            Ok(Found::Here(Subject {
                id,
                title: class.name,
                home: school.map(|(school, _)| school.name).unwrap_or_default(),
                people,
            }))
        }
    }
}
