//! Keeps of what was found that which the living history lacks.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::offsite::BranchBirth;
use shared::receipt::Position;

use crate::corridor::journal::{self, Entry};
use crate::merge::Lost;
use crate::store::{Row, Store, StoreError};

/// Where an entry is looked up by itself rather than by the stretch it lies in.
const LONGEST_STRETCH: u64 = 5_000;

/// Holes told one by one; of the rest, how many.
const HOLES_TOLD: usize = 20;

/// The living history, as far as a source is compared with it.
pub(super) struct Living<'l> {
    store: &'l Store,
}

impl<'l> Living<'l> {
    pub(super) fn of(store: &'l Store) -> Self {
        Self { store }
    }

    /// The entry of this number.
    pub(super) fn at(&self, seq: u64) -> Result<Option<Position>, StoreError> {
        let rows = self.between(seq, seq)?;
        Ok(rows.into_iter().next())
    }

    /// Its newest entry.
    pub(super) fn head(&self) -> Result<Position, StoreError> {
        self.store.read(|tx| {
            let branch = journal::current_branch(tx)?;
            journal::head(tx, branch)
        })
    }

    fn between(&self, first: u64, last: u64) -> Result<Vec<Position>, StoreError> {
        let params = [first.into(), last.into()];
        let sql = include_str!("../../record/journal/between.sql");
        let rows = self.store.read(|tx| tx.query(sql, &params))?;
        let position = |row: &Row| {
            Ok(Position {
                seq: row.count(0)?,
                branch: BranchId(row.uuid(1)?),
                hash: row.hash(2)?,
            })
        };
        rows.iter().map(position).collect()
    }

    /// Which of these are entries of it. They need no order; those of one piece of a source lie close together.
    fn held(&self, asked: &[Position]) -> Result<BTreeSet<Position>, StoreError> {
        let numbers = || asked.iter().map(|at| at.seq);
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
            return Ok(BTreeSet::new());
        };
        let mut here = BTreeSet::new();
        if last - first <= LONGEST_STRETCH {
            here.extend(self.between(first, last)?);
        } else {
            for seq in numbers().collect::<BTreeSet<_>>() {
                here.extend(self.between(seq, seq)?);
            }
        }
        Ok(asked.iter().filter(|at| here.contains(*at)).copied().collect())
    }

    /// How far each branch of it goes.
    fn branches(&self) -> Result<BTreeMap<BranchId, u64>, StoreError> {
        let head = self.head()?.seq;
        let sql = include_str!("../../record/branch/lineage.sql");
        let rows = self.store.read(|tx| tx.query(sql, &[]))?;
        rows.iter()
            .map(|row| Ok((BranchId(row.uuid(0)?), row.opt(1, Row::count)?.unwrap_or(head))))
            .collect()
    }

    /// Whether tablets or an earlier merge told of this branch.
    pub(super) fn has_heard_of(&self, branch: BranchId) -> Result<bool, StoreError> {
        let sql = include_str!("../../record/branch/heard_of.sql");
        let row = self.store.read(|tx| tx.first(sql, &[branch.into()]))?;
        Ok(row.is_some())
    }

    /// Whether it began anew, with nothing but the commune's key.
    pub(super) fn was_rebuilt(&self) -> Result<bool, StoreError> {
        let sql = include_str!("../../record/recovery/rebuilt.sql");
        Ok(self.store.read(|tx| tx.first(sql, &[]))?.is_some())
    }
}

/// What passes through.
pub(super) struct Sieve<'l> {
    pub(super) living: Living<'l>,
    lost: BTreeMap<Position, Entry>,
    /// Entries that both have, or that both say came before one.
    common: u64,
    /// Entries that could not be proved.
    unproved: BTreeSet<u64>,
}

impl<'l> Sieve<'l> {
    pub(super) fn over(store: &'l Store) -> Self {
        Self {
            living: Living::of(store),
            lost: BTreeMap::new(),
            common: 0,
            unproved: BTreeSet::new(),
        }
    }

    /// A source has so many entries in common with the living history, which are not handed in.
    pub(super) fn share(&mut self, entries: u64) {
        self.common += entries;
    }

    /// An entry that stands there and cannot be read.
    pub(super) fn unreadable(&mut self, seq: u64) {
        self.unproved.insert(seq);
    }

    /// Takes entries with the hash that each claims. Those that do not prove themselves are left out; answers
    /// whether all did.
    pub(super) fn take(&mut self, entries: Vec<(Entry, Hash32)>) -> Result<bool, StoreError> {
        let before = entries.len();
        let sound = |(entry, hash): &(Entry, Hash32)| entry.hash() == *hash && entry.keeps_its_word();
        let (sound, flawed): (Vec<_>, Vec<_>) = entries.into_iter().partition(sound);
        for (entry, _) in &flawed {
            self.unproved.insert(entry.header.seq);
        }
        let places: Vec<Position> = sound.iter().map(|(entry, hash)| place(entry, *hash)).collect();
        let held = self.living.held(&places)?;
        for ((entry, _), at) in sound.into_iter().zip(places) {
            if held.contains(&at) {
                self.common += 1;
                continue;
            }
            match self.lost.get(&at) {
                // What was erased stays so, whichever page still has it.
                Some(known) if known.body.is_none() || entry.body.is_some() => {}
                _ => {
                    self.lost.insert(at, entry);
                }
            }
        }
        Ok(flawed.is_empty() && before > 0)
    }

    /// Whether an entry of this number was found on the branch whose id begins so.
    pub(super) fn ends_at(&self, branch: &[u8; 8], seq: u64) -> bool {
        let there = |at: &Position| at.seq == seq && at.branch.as_bytes().starts_with(branch);
        self.lost.keys().any(there)
    }

    /// How many lost entries were found.
    pub(super) fn count(&self) -> usize {
        self.lost.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lost.is_empty()
    }

    /// Whether the source was seen to be one of the living history's past: they share an entry, or one of its branches
    /// was told of.
    pub(super) fn is_kin(&self) -> Result<bool, StoreError> {
        if self.common > 0 {
            return Ok(true);
        }
        let branches: BTreeSet<BranchId> = self.lost.keys().map(|at| at.branch).collect();
        for branch in branches {
            if self.living.has_heard_of(branch)? {
                return Ok(true);
            }
        }
        for (at, entry) in &self.lost {
            let before = at.seq.checked_sub(1).filter(|seq| *seq > 0);
            let Some(before) = before else { continue };
            let here = self.living.at(before)?;
            if here.is_some_and(|here| here.hash == entry.previous) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The slug under which the source's history was founded, where its first entry was found.
    pub(super) fn founded_as(&self) -> Option<String> {
        use shared::operation::{Body, decode_body};
        let first = self.lost.iter().find(|(at, _)| at.seq == 1)?.1;
        match decode_body(first.body.as_ref()?) {
            Ok(Body::FoundCommune { slug, .. }) => Some(slug),
            _ => None,
        }
    }

    /// Where two entries claim one place, keeps that which the next follows: a transaction that was never
    /// finished leaves rows in a log.
    pub(super) fn choose(&mut self) {
        let followed: BTreeSet<Hash32> = self.lost.values().map(|entry| entry.previous).collect();
        let mut rivals: BTreeMap<(BranchId, u64), Vec<Position>> = BTreeMap::new();
        for at in self.lost.keys() {
            rivals.entry((at.branch, at.seq)).or_default().push(*at);
        }
        for places in rivals.into_values().filter(|places| places.len() > 1) {
            if !places.iter().any(|at| followed.contains(&at.hash)) {
                continue;
            }
            for at in places.iter().filter(|at| !followed.contains(&at.hash)) {
                self.lost.remove(at);
            }
        }
    }

    /// What was found, each branch in its order, the one written first before the others; how they begin, as far as
    /// the entries say it; and what is missing.
    pub(super) fn finish(self, mut problems: Vec<String>) -> Result<Lost, StoreError> {
        problems.extend(self.gaps()?);
        let places: BTreeMap<Hash32, Position> = self.lost.keys().map(|at| (at.hash, *at)).collect();
        let mut births: BTreeMap<BranchId, (u64, BranchBirth)> = BTreeMap::new();
        for (at, entry) in &self.lost {
            if births.contains_key(&at.branch) {
                continue;
            }
            let before = match places.get(&entry.previous) {
                Some(before) => Some(*before),
                None => match at.seq.checked_sub(1) {
                    Some(seq) => self.living.at(seq)?.filter(|here| here.hash == entry.previous),
                    None => None,
                },
            };
            let birth = BranchBirth {
                id: at.branch,
                parent: before.filter(|before| before.branch != at.branch),
                born_at: entry.header.received_at,
            };
            births.insert(at.branch, (at.seq, birth));
        }
        let began = |branch: &BranchId| births.get(branch).map(|(seq, birth)| (*seq, birth.born_at));
        let mut entries: Vec<(Position, Entry)> = self.lost.into_iter().collect();
        entries.sort_by_key(|(at, _)| (began(&at.branch), at.branch, at.seq));
        let is_birth = |(seq, birth): &(u64, BranchBirth)| birth.parent.is_some() || *seq == 1;
        Ok(Lost {
            births: births
                .values()
                .filter(|one| is_birth(one))
                .map(|(_, birth)| *birth)
                .collect(),
            entries: entries.into_iter().map(|(at, entry)| (entry, at.hash)).collect(),
            problems,
        })
    }

    /// Which entries are missing between those found and what the living history knows.
    pub(super) fn gaps(&self) -> Result<Vec<String>, StoreError> {
        let branches = self.living.branches()?;
        let hashes: BTreeSet<Hash32> = self.lost.keys().map(|at| at.hash).collect();
        let mut holes = Vec::new();
        let mut last: Option<Position> = None;
        for (at, entry) in &self.lost {
            let below = last.filter(|last| last.branch == at.branch).map(|last| last.seq);
            last = Some(*at);
            if at.seq == 1 || hashes.contains(&entry.previous) {
                continue;
            }
            let here = self.living.at(at.seq - 1)?;
            if here.is_some_and(|here| here.hash == entry.previous) {
                continue;
            }
            let known = branches.get(&at.branch).copied().filter(|seq| *seq < at.seq);
            let below = below.or(known).unwrap_or_else(|| self.highest_below(at.seq));
            if below + 1 < at.seq {
                holes.push((at.branch, below + 1, at.seq - 1));
            }
        }
        let mut problems: Vec<String> = holes.iter().take(HOLES_TOLD).map(hole).collect();
        if let Some(more) = holes.get(HOLES_TOLD..).filter(|more| !more.is_empty()) {
            let entries: u64 = more.iter().map(|(_, first, last)| last - first + 1).sum();
            problems.push(format!(
                "{} autres trous : {entries} opérations ne peuvent pas être lues.",
                more.len()
            ));
        }
        let numbers: BTreeSet<u64> = self.lost.keys().map(|at| at.seq).collect();
        let told = |seq: &u64| holes.iter().any(|(_, first, last)| (first..=last).contains(&seq));
        let beyond: Vec<String> = self
            .unproved
            .iter()
            .filter(|seq| !numbers.contains(*seq) && !told(seq))
            .take(HOLES_TOLD)
            .map(u64::to_string)
            .collect();
        if !beyond.is_empty() {
            problems.push(format!(
                "Illisible, ou pas ce que le journal en dit : opération(s) {}.",
                beyond.join(", ")
            ));
        }
        Ok(problems)
    }

    fn highest_below(&self, seq: u64) -> u64 {
        let found = self.lost.keys().map(|at| at.seq).filter(|found| *found < seq);
        found.max().unwrap_or(0)
    }
}

fn hole((branch, first, last): &(BranchId, u64, u64)) -> String {
    if first == last {
        format!("L’opération {first} (branche {branch}) manque ou ne peut pas être lue.")
    } else {
        format!("Les opérations {first} à {last} (branche {branch}) manquent ou ne peuvent pas être lues.")
    }
}

fn place(entry: &Entry, hash: Hash32) -> Position {
    Position {
        branch: entry.header.branch,
        seq: entry.header.seq,
        hash,
    }
}
