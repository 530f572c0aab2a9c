//! How far an agent reaches: a director has sites of its own, the other roles have all of them.

use std::collections::BTreeSet;

use shared::ids::SiteId;

/// How far an agent reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The whole town.
    All,
    /// These sites.
    Sites(BTreeSet<SiteId>),
}

impl Reach {
    /// Whether a site is within reach.
    pub(super) fn has(&self, site: SiteId) -> bool {
        match self {
            Self::All => true,
            Self::Sites(sites) => sites.contains(&site),
        }
    }

    /// Whether any of these sites is: what belongs to several may be changed from each.
    pub(super) fn has_any<'a>(&self, sites: impl IntoIterator<Item = &'a SiteId>) -> bool {
        match self {
            Self::All => true,
            Self::Sites(own) => sites.into_iter().any(|site| own.contains(site)),
        }
    }
}
