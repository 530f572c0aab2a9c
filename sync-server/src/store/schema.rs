//! Which tables a store has: one portable set of migrations for both engines.
//!
//! Expand first, contract later: a migration that only adds lets programs of before go on, so that
//! old and new ones run side by side. One that takes something away raises `schema_floor.oldest`,
//! and programs that know fewer migrations than that are refused.

use refinery::{Migration, Runner};

use super::StoreError;

/// Which set of migrations a store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The record of a commune.
    Commune,
    /// The host's list.
    Control,
}

/// The first migration that has the table `schema_floor`.
const FLOOR_SINCE: [(Schema, i32); 2] = [(Schema::Commune, 5), (Schema::Control, 2)];

mod commune {
    refinery::embed_migrations!("../migrations/server");
}

mod control {
    refinery::embed_migrations!("../migrations/control");
}

/// How far a store's schema is from this program's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The newest migration that the store has; 0 where it has none.
    pub has: i32,
    /// The newest migration that this program knows.
    pub wants: i32,
    /// Names of the migrations that are still to be applied, oldest first.
    pub pending: Vec<String>,
}

impl Standing {
    pub(super) fn of(schema: Schema, applied: Option<i32>) -> Self {
        let has = applied.unwrap_or(0);
        let pending = schema
            .migrations()
            .iter()
            .filter(|migration| migration.version() > has)
            .map(|migration| format!("V{:03}__{}", migration.version(), migration.name()))
            .collect();
        Self {
            has,
            wants: schema.newest(),
            pending,
        }
    }
}

impl Schema {
    /// The migrations that this program knows, oldest first.
    fn migrations(self) -> Vec<Migration> {
        let runner = match self {
            Self::Commune => commune::migrations::runner(),
            Self::Control => control::migrations::runner(),
        };
        let mut all = runner.get_migrations().clone();
        all.sort_by_key(Migration::version);
        all
    }

    /// The newest migration that this program knows.
    pub fn newest(self) -> i32 {
        self.migrations().last().map_or(0, Migration::version)
    }

    /// Runs what is pending, in one transaction. Migrations of a newer program are left alone.
    pub(super) fn runner(self) -> Runner {
        runner_of(&self.migrations())
    }

    /// The same, each statement rewritten for an engine.
    pub(super) fn runner_with(self, rewrite: impl Fn(&str) -> String) -> Result<Runner, StoreError> {
        let rewritten = self
            .migrations()
            .iter()
            .map(|migration| {
                let name = format!("V{}__{}", migration.version(), migration.name());
                Migration::unapplied(&name, &rewrite(migration.sql().unwrap_or_default()))
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(runner_of(&rewritten))
    }

    /// Whether a store with this newest migration says which programs may use it.
    pub(super) fn has_floor(self, applied: i32) -> bool {
        FLOOR_SINCE
            .iter()
            .any(|(schema, since)| *schema == self && applied >= *since)
    }

    /// Whether this program may use a store that says its floor.
    pub(super) fn admits(self, oldest: i64) -> Result<(), StoreError> {
        let ours = i64::from(self.newest());
        if ours < oldest {
            return Err(StoreError::TooNew { ours, oldest });
        }
        Ok(())
    }
}

fn runner_of(migrations: &[Migration]) -> Runner {
    Runner::new(migrations)
        .set_grouped(true)
        .set_abort_divergent(true)
        .set_abort_missing(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::postgres::rewritten;

    /// Of each migration: its version, its checksum in a file, and in PostgreSQL.
    fn checksums(schema: Schema) -> Vec<(i32, u64, u64)> {
        let there = schema.runner_with(rewritten).unwrap();
        let all = schema.migrations();
        let pairs = all.iter().zip(there.get_migrations());
        pairs
            .map(|(here, there)| (here.version(), here.checksum(), there.checksum()))
            .collect()
    }

    /// Stores keep the checksum of what was run: a migration, and how it is rewritten, never changes.
    #[test]
    fn what_was_run_once_stays_as_it_was() {
        let commune = [
            (1, 10_941_813_021_265_209_296, 3_075_662_547_878_693_044),
            (2, 6_952_081_593_708_444_550, 5_536_682_159_002_020_428),
            (3, 533_358_037_551_854_792, 12_656_241_454_136_359_201),
            (4, 6_798_119_673_496_120_062, 5_708_615_591_892_151_788),
            (5, 1_589_066_814_088_328_540, 18_234_176_772_661_888_911),
        ];
        assert_eq!(checksums(Schema::Commune)[..5], commune);
        let control = [
            (1, 1_946_070_752_215_127_160, 998_180_910_502_174_161),
            (2, 14_286_995_812_559_446_910, 4_969_492_409_582_821_907),
        ];
        assert_eq!(checksums(Schema::Control)[..2], control);
    }
}
