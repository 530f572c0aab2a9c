//! Which children somebody may see: a director those of its sites' schools and those booked there.

use std::collections::BTreeSet;

use shared::ids::{ChildId, SchoolId, SiteId};

use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::reach::Reach;

/// Children of some sites.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    schools: BTreeSet<SchoolId>,
    booked: BTreeSet<ChildId>,
}

impl Scope {
    /// Of these sites.
    pub(super) fn of_sites(tx: &mut dyn Read, sites: &BTreeSet<SiteId>) -> Result<Self, StoreError> {
        let mut scope = Self::default();
        for (site, _) in record::sites(tx)? {
            if sites.contains(&site.id) {
                scope.schools.extend(site.school);
                for row in tx.query(include_str!("sql/children_of_site.sql"), &[site.id.into()])? {
                    scope.booked.insert(ChildId(row.uuid(0)?));
                }
            }
        }
        Ok(scope)
    }

    /// Whoever reaches that far; `None` reaches everybody.
    pub(super) fn of_reach(tx: &mut dyn Read, reach: &Reach) -> Result<Option<Self>, StoreError> {
        match reach {
            Reach::All => Ok(None),
            Reach::Sites(sites) => Self::of_sites(tx, sites).map(Some),
        }
    }

    /// Whether a child is among them.
    pub(super) fn has(&self, child: ChildId, school: Option<SchoolId>) -> bool {
        school.is_some_and(|school| self.schools.contains(&school)) || self.booked.contains(&child)
    }
}
