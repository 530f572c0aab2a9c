//! What a merge did, or would do.

use std::collections::BTreeMap;

use shared::ids::OperationId;
use shared::operation::{Actor, Channel, Fate};
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::corridor::CorridorError;
use crate::store::StoreError;

/// The account of a lost history: every entry of it that this journal does not have, once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Written into the journal by this run, whole.
    pub applied: u64,
    /// The record says the same; what an earlier run wrote is among them.
    pub already_there: u64,
    /// A person decides; what an earlier run left open is among them.
    pub to_settle: u64,
    /// Told, never merged.
    pub listed: u64,
    /// How many of all these an earlier run had accounted for: nothing was written of them.
    pub earlier: u64,
    /// The same by the name of the operations' kind.
    pub by_kind: BTreeMap<String, Counts>,
    /// The newest entry that both histories have; `None` where they have none (a rebuilt commune).
    pub fork: Option<Position>,
    /// The newest entry of the lost history that could be read.
    pub end: Option<Position>,
    /// What could not be read or stands in the way, in French.
    pub problems: Vec<String>,
    /// Every lost entry, in order.
    pub lines: Vec<Line>,
}

/// How many entries met each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Written.
    pub applied: u64,
    /// There already.
    pub already_there: u64,
    /// To settle.
    pub to_settle: u64,
    /// Listed.
    pub listed: u64,
}

/// What became of one lost entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stood.
    pub at: Position,
    /// The operation.
    pub operation: OperationId,
    /// The name of its body's kind.
    pub kind: String,
    /// Who asked.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When its maker says it was made.
    pub made_at: UtcMs,
    /// When the lost server received it.
    pub received_at: UtcMs,
    /// What became of it.
    pub fate: Fate,
    /// Why it is not simply applied, in French; empty where there is nothing to say.
    pub why: String,
    /// An earlier run accounted for it.
    pub earlier: bool,
}

/// Why a merge stopped.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There is nothing that could be merged; in French.
    #[error("{0}")]
    Unreadable(String),
    /// An operation that the merge itself writes was refused.
    #[error(transparent)]
    Corridor(#[from] CorridorError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Report {
    /// How many entries were lost.
    pub fn lost(&self) -> u64 {
        self.applied + self.already_there + self.to_settle + self.listed
    }

    /// Whether a person still has to decide.
    pub fn has_left(&self) -> bool {
        self.to_settle > 0
    }

    /// Counts one more.
    pub fn count(&mut self, line: Line) {
        let by_kind = self.by_kind.entry(line.kind.clone()).or_default();
        let (all, of_kind) = match line.fate {
            Fate::Applied => (&mut self.applied, &mut by_kind.applied),
            Fate::AlreadyThere => (&mut self.already_there, &mut by_kind.already_there),
            Fate::ToSettle => (&mut self.to_settle, &mut by_kind.to_settle),
            Fate::Listed => (&mut self.listed, &mut by_kind.listed),
        };
        *all += 1;
        *of_kind += 1;
        self.earlier += u64::from(line.earlier);
        self.lines.push(line);
    }
}
