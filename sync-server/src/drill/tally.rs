//! The account of a loss, thing by thing: pure. What is missing is judged by who still holds it.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::Hash32;

use super::facts::{Key, Kind};

/// What a record said at one moment: each thing with the digest of all that is said of it.
pub(super) type Things = BTreeMap<Key, Hash32>;

/// Everything that the account is drawn up from.
#[derive(Clone, Copy)]
pub(super) struct Stages<'s> {
    /// In the store that burnt, or on a tablet, when it burnt.
    pub(super) before: &'s Things,
    /// In the server rebuilt from the backup, before anybody touched it.
    pub(super) survived: &'s Things,
    /// After tablets had come back, without a merge: in a copy of the world.
    pub(super) reseeded: &'s Things,
    /// At the end.
    pub(super) end: &'s Things,
    /// Both sides are shown at the desk, and nobody has decided yet.
    pub(super) open: &'s BTreeSet<Key>,
    /// Both sides were shown at the desk, and somebody decided.
    pub(super) settled: &'s BTreeSet<Key>,
    /// What somebody worked on after the loss.
    pub(super) touched: &'s BTreeSet<Key>,
    /// Who still holds a thing as it was before.
    pub(super) held: &'s BTreeMap<Key, Vec<String>>,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it counts.
    pub(super) kind: Kind,
    /// Before the loss.
    pub(super) before: usize,
    /// Of these: not in the backup, or not as it was.
    pub(super) since_backup: usize,
    /// In the backup as it was.
    pub(super) survived: usize,
    /// As it was, after tablets alone.
    pub(super) reseeded: usize,
    /// As it was, at the end.
    pub(super) merged: usize,
    /// Shown at the desk, waiting for a decision.
    pub(super) to_settle: usize,
    /// Decided otherwise by a person since, who saw what there was.
    pub(super) changed: usize,
    /// None of all that.
    pub(super) lost: usize,
}

/// Something that was there before and is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    /// What.
    pub(super) key: Key,
    /// Who still holds it: none of them should.
    pub(super) held_by: Vec<String>,
}

/// The account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    /// The lines, as the table has them.
    pub(super) rows: Vec<Row>,
    /// What is gone.
    pub(super) losses: Vec<Loss>,
}

impl Tally {
    /// What is gone though something that still lives holds it.
    pub(super) fn missing(&self) -> impl Iterator<Item = &Loss> {
        self.losses.iter().filter(|loss| !loss.held_by.is_empty())
    }
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    There,
    ToSettle,
    Changed,
    Lost,
}

fn end_of(stages: &Stages<'_>, key: &Key, content: &Hash32) -> End {
    if stages.end.get(key) == Some(content) {
        End::There
    } else if stages.open.contains(key) {
        End::ToSettle
    } else if stages.settled.contains(key)
        // Whoever changed it since had before them what there was: it had come back with the backup.
        || (stages.survived.get(key) == Some(content) && stages.touched.contains(key))
    {
        End::Changed
    } else {
        End::Lost
    }
}

/// Draws up the account.
pub(super) fn tally(stages: &Stages<'_>) -> Tally {
    let mut rows: BTreeMap<Kind, Row> = Kind::ALL.into_iter().map(|kind| (kind, Row::of(kind))).collect();
    let mut losses = Vec::new();
    for (key, content) in stages.before {
        let Some(row) = rows.get_mut(&key.kind()) else {
            continue;
        };
        let same = |stage: &Things| usize::from(stage.get(key) == Some(content));
        row.before += 1;
        row.survived += same(stages.survived);
        row.since_backup += 1 - same(stages.survived);
        row.reseeded += same(stages.reseeded);
        match end_of(stages, key, content) {
            End::There => row.merged += 1,
            End::ToSettle => row.to_settle += 1,
            End::Changed => row.changed += 1,
            End::Lost => {
                row.lost += 1;
                losses.push(Loss {
                    key: *key,
                    held_by: stages.held.get(key).cloned().unwrap_or_default(),
                });
            }
        }
    }
    Tally {
        rows: rows.into_values().collect(),
        losses,
    }
}

impl Row {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            before: 0,
            since_backup: 0,
            survived: 0,
            reseeded: 0,
            merged: 0,
            to_settle: 0,
            changed: 0,
            lost: 0,
        }
    }

    /// The sum of lines.
    pub(super) fn total(rows: &[Self]) -> Self {
        let zero = Self::of(Kind::Marks);
        rows.iter().fold(zero, |sum, row| Self {
            kind: sum.kind,
            before: sum.before + row.before,
            since_backup: sum.since_backup + row.since_backup,
            survived: sum.survived + row.survived,
            reseeded: sum.reseeded + row.reseeded,
            merged: sum.merged + row.merged,
            to_settle: sum.to_settle + row.to_settle,
            changed: sum.changed + row.changed,
            lost: sum.lost + row.lost,
        })
    }
}

#[cfg(test)]
mod tests {
    use shared::ids::{AgentId, HouseholdId, MarkId};
    use uuid::Uuid;

    use super::*;

    fn mark(n: u128) -> Key {
        Key::Mark(MarkId(Uuid::from_u128(n)))
    }

    fn household(n: u128) -> Key {
        Key::Household(HouseholdId(Uuid::from_u128(n)))
    }

    fn said(what: u8) -> Hash32 {
        Hash32([what; 32])
    }

    /// A world of which tests change one thing.
    #[derive(Clone, Default)]
    struct World {
        before: Things,
        survived: Things,
        reseeded: Things,
        end: Things,
        open: BTreeSet<Key>,
        settled: BTreeSet<Key>,
        touched: BTreeSet<Key>,
        held: BTreeMap<Key, Vec<String>>,
    }

    impl World {
        fn tally(&self) -> Tally {
            tally(&Stages {
                before: &self.before,
                survived: &self.survived,
                reseeded: &self.reseeded,
                end: &self.end,
                open: &self.open,
                settled: &self.settled,
                touched: &self.touched,
                held: &self.held,
            })
        }

        fn row(&self, kind: Kind) -> Row {
            *self.tally().rows.iter().find(|row| row.kind == kind).unwrap()
        }
    }

    /// One mark of the backup, two of the last day: one on a tablet too, one on the burnt disk alone.
    fn burnt() -> World {
        let things = |keys: &[u128]| keys.iter().map(|n| (mark(*n), said(1))).collect::<Things>();
        World {
            before: things(&[1, 2, 3]),
            survived: things(&[1]),
            reseeded: things(&[1, 2]),
            end: things(&[1, 2, 3]),
            held: BTreeMap::from([(mark(2), vec!["tablette A".to_owned()])]),
            ..World::default()
        }
    }

    #[test]
    fn a_world_that_came_back_whole_lost_nothing() {
        let row = burnt().row(Kind::Marks);
        assert_eq!((row.before, row.since_backup), (3, 2));
        assert_eq!((row.survived, row.reseeded, row.merged, row.lost), (1, 2, 3, 0));
        assert_eq!(burnt().tally().losses, []);
        let others = burnt().tally().rows;
        assert_eq!(
            others.len(),
            Kind::ALL.len(),
            "every line is there, also those of nothing"
        );
        assert_eq!(Row::total(&others).before, 3);
    }

    #[test]
    fn what_nobody_holds_is_lost_and_what_somebody_holds_is_missing() {
        let mut world = burnt();
        world.end.remove(&mark(3));
        let tally = world.tally();
        assert_eq!(tally.losses.len(), 1);
        assert_eq!(tally.missing().count(), 0, "its only copy burnt");
        world.end.remove(&mark(2));
        let tally = world.tally();
        let missing: Vec<_> = tally.missing().map(|loss| loss.key).collect();
        assert_eq!(missing, [mark(2)]);
        assert_eq!(world.row(Kind::Marks).lost, 2);
    }

    #[test]
    fn the_same_id_with_another_value_is_not_the_same_thing() {
        let mut world = burnt();
        world.end.insert(mark(2), said(9));
        assert_eq!(world.row(Kind::Marks).merged, 2);
        assert_eq!(world.tally().missing().count(), 1);
    }

    #[test]
    fn what_waits_for_a_decision_is_not_lost() {
        let mut world = burnt();
        world.end.remove(&mark(2));
        world.open.insert(mark(2));
        let row = world.row(Kind::Marks);
        assert_eq!((row.merged, row.to_settle, row.lost), (2, 1, 0));
        world.open.clear();
        world.settled.insert(mark(2));
        let row = world.row(Kind::Marks);
        assert_eq!((row.merged, row.changed, row.lost), (2, 1, 0));
    }

    #[test]
    fn whoever_changed_what_had_not_come_back_never_saw_it() {
        let mut world = World::default();
        for (n, in_backup) in [(1, said(1)), (2, said(0))] {
            world.before.insert(household(n), said(1));
            world.survived.insert(household(n), in_backup);
            world.end.insert(household(n), said(5));
            world.touched.insert(household(n));
            world.held.insert(household(n), vec!["le disque".to_owned()]);
        }
        let row = world.row(Kind::Families);
        assert_eq!(
            (row.changed, row.lost),
            (1, 1),
            "the second was edited on the day that was lost"
        );
        let missing: Vec<_> = world.tally().missing().map(|loss| loss.key).collect();
        assert_eq!(missing, [household(2)]);
    }

    #[test]
    fn what_changed_though_nobody_touched_it_is_lost() {
        let mut world = World::default();
        let agent = Key::Agent(AgentId(Uuid::from_u128(1)));
        world.before.insert(agent, said(1));
        world.survived.insert(agent, said(1));
        assert_eq!(world.row(Kind::Agents).lost, 1);
    }

    #[test]
    fn every_thing_of_before_is_counted_in_one_end() {
        let mut world = burnt();
        world.end.remove(&mark(1));
        world.end.remove(&mark(3));
        world.open.insert(mark(3));
        for row in world.tally().rows {
            assert_eq!(row.before, row.merged + row.to_settle + row.changed + row.lost);
            assert_eq!(row.before, row.survived + row.since_backup);
        }
    }
}
