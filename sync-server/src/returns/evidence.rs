//! Which of the signed data that tablets handed back counts: of a lost branch, written after it was
//! cut off, the newest of its site and date.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;
use shared::day_list::{DayList, Roster, SiteCard};
use shared::envelope::Scope;
use shared::ids::{BranchId, DeviceId};
use shared::time::UtcMs;

/// Where a piece of signed data comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// SHA-256 of its packed content.
    pub hash: Hash32,
    /// What it is of.
    pub scope: Scope,
    /// The branch it was made on.
    pub branch: BranchId,
    /// The journal entry of that branch that last changed it.
    pub branch_seq: u64,
    /// The tablet that brought it first.
    pub device: DeviceId,
    /// When.
    pub received_at: UtcMs,
    /// The journal entry that says so.
    pub seq: u64,
}

/// The branches that the record stands on, and where its history was cut.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// Each with its birth and the last entry that the record has of it; none for the branch written now.
    pub branches: BTreeMap<BranchId, (UtcMs, Option<u64>)>,
    /// Each return from a loss: the entry that says it began, and the last entry that came back.
    pub cuts: Vec<(u64, u64)>,
}

impl Lineage {
    /// The last journal entry of the record that whoever made this could know of; `None` where the
    /// record has all of it.
    pub fn base(&self, source: &Source) -> Option<u64> {
        match self.branches.get(&source.branch) {
            Some((_, None)) => None,
            Some((_, Some(last))) => (source.branch_seq > *last).then_some(*last),
            None => {
                let known = self.cuts.iter().filter(|(began, _)| *began <= source.seq);
                known.max().map(|(_, last)| *last)
            }
        }
    }
}

/// What counts, read.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Day lists, each with [`Lineage::base`], the newest branch first.
    pub lists: Vec<(Source, u64, DayList)>,
    /// Cards of sites.
    pub cards: Vec<(Source, SiteCard)>,
    /// Rosters, the newest first.
    pub rosters: Vec<(Source, Roster)>,
}

/// The pieces that count, the newest first; the order in which they came does not matter.
///
/// Of two lost branches the one that the record does not know was born later: it began after what came
/// back. Journal numbers go on across the branches of a store, so among unknown ones the higher number
/// is the newer.
pub fn chosen(lineage: &Lineage, all: &[Source]) -> Vec<(Source, u64)> {
    let mut heights: BTreeMap<BranchId, u64> = BTreeMap::new();
    for source in all {
        let height = heights.entry(source.branch).or_default();
        *height = (*height).max(source.branch_seq);
    }
    let rank = |source: &Source| match lineage.branches.get(&source.branch) {
        Some((born, _)) => (0, u64::try_from(born.0).unwrap_or(0), source.branch),
        None => (
            1,
            heights.get(&source.branch).copied().unwrap_or(0),
            source.branch,
        ),
    };
    let mut lost: Vec<(Source, u64)> = all
        .iter()
        .filter_map(|source| Some((*source, lineage.base(source)?)))
        .collect();
    lost.sort_by_key(|(source, _)| std::cmp::Reverse((rank(source), source.branch_seq, source.hash.0)));
    let mut seen: BTreeSet<Scope> = BTreeSet::new();
    lost.retain(|(source, _)| seen.insert(source.scope));
    lost
}

#[cfg(test)]
mod tests {
    use shared::ids::SiteId;
    use uuid::Uuid;

    use super::*;

    fn source(branch: u128, branch_seq: u64, hash: u8, seq: u64) -> Source {
        Source {
            hash: Hash32([hash; 32]),
            scope: Scope::Site {
                site: SiteId(Uuid::from_u128(1)),
            },
            branch: BranchId(Uuid::from_u128(branch)),
            branch_seq,
            device: DeviceId(Uuid::from_u128(9)),
            received_at: UtcMs(0),
            seq,
        }
    }

    /// Branch 1 up to 100, then branch 2, on which the record is written.
    fn lineage() -> Lineage {
        Lineage {
            branches: BTreeMap::from([
                (BranchId(Uuid::from_u128(1)), (UtcMs(10), Some(100))),
                (BranchId(Uuid::from_u128(2)), (UtcMs(20), None)),
            ]),
            cuts: vec![(101, 100)],
        }
    }

    #[test]
    fn what_the_record_has_proves_nothing() {
        let lineage = lineage();
        assert_eq!(lineage.base(&source(1, 100, 1, 110)), None, "it came back");
        assert_eq!(lineage.base(&source(1, 101, 1, 110)), Some(100), "it was cut off");
        assert_eq!(lineage.base(&source(2, 109, 1, 110)), None, "it is ours");
        assert_eq!(
            lineage.base(&source(3, 50, 1, 110)),
            Some(100),
            "nobody knows that branch"
        );
        assert_eq!(Lineage::default().base(&source(3, 50, 1, 110)), None);
    }

    #[test]
    fn the_newest_counts_in_whatever_order_they_came() {
        let lineage = lineage();
        let all = [
            source(1, 150, 1, 110),
            source(1, 140, 2, 111),
            source(3, 120, 3, 112),
        ];
        let of = |order: [usize; 3]| {
            let sources: Vec<Source> = order.iter().map(|i| all[*i]).collect();
            let chosen = chosen(&lineage, &sources);
            assert_eq!(chosen.len(), 1);
            chosen[0].0.hash
        };
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            assert_eq!(of(order), Hash32([3; 32]), "the unknown branch was born later");
        }
        assert_eq!(chosen(&lineage, &all[..2])[0].0.hash, Hash32([1; 32]));
    }
}
