//! What a restore came to.

use shared::ids::BranchId;
use shared::slug::Slug;
use shared::time::UtcMs;

use super::replay::Reached;
use super::walk::Named;

/// The first entry that was left out, because it came after the moment asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its number.
    pub seq: u64,
    /// When it had been received.
    pub received_at: UtcMs,
}

/// Entries of a branch that lie off-site and are no part of what came back. Nothing deletes them but
/// their age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// The branch.
    pub branch: BranchId,
    /// The first such entry.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// How many objects hold them.
    pub objects: u64,
}

/// The withdrawals found off-site and in the old store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// Whether the set could be read.
    pub read: bool,
    /// How many of them what came back did not know.
    pub applied: u64,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The commune.
    pub slug: Slug,
    /// Its new branch; none in a dry run.
    pub incarnation: Option<BranchId>,
    /// What it came from, without a password.
    pub from: String,
    /// The snapshot that it began with; none where the journal was replayed from its first entry.
    pub snapshot: Option<String>,
    /// How many entries came back.
    pub entries: u64,
    /// Hash of the newest, hexadecimal.
    pub head: String,
    /// When it had been received.
    pub at: Option<UtcMs>,
    /// How many segments were used.
    pub segments: u64,
    /// Where it was cut, as was asked.
    pub cut: Option<Cut>,
    /// What lies off-site beside it.
    pub aside: Vec<Tail>,
    /// Where the old store was set aside.
    pub set_aside: Option<String>,
    /// Rights taken away.
    pub withdrawals: Withdrawn,
    /// Whether a key was put in its place.
    pub key_placed: bool,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// What is missing, damaged or strange, a sentence each.
    pub problems: Vec<String>,
}

/// What of the segments is no part of a history that ends here.
pub(super) fn tails(segments: &[Named], path: Option<&super::tree::Path>, reached: &Reached) -> Vec<Tail> {
    let mut tails: Vec<Tail> = Vec::new();
    for named in segments {
        let stretch = path.and_then(|path| path.stretches().iter().find(|s| s.branch == named.branch));
        let kept = match stretch {
            None => 0,
            Some(stretch) => stretch
                .until
                .map_or(u64::MAX, |until| until.seq)
                .min(reached.at.seq),
        };
        if named.last <= kept {
            continue;
        }
        let first = named.first.max(kept + 1);
        match tails.iter_mut().find(|tail| tail.branch == named.branch) {
            Some(tail) => {
                tail.first = tail.first.min(first);
                tail.last = tail.last.max(named.last);
                tail.objects += 1;
            }
            None => tails.push(Tail {
                branch: named.branch,
                first,
                last: named.last,
                objects: 1,
            }),
        }
    }
    tails
}
