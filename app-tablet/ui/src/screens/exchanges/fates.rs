//! What can become of a tap: a shape, a word, a number, and the part of the log it shows.

use shared::screen::{Fate, SyncPage};

/// Every fate in the order of the screen: what somebody may have to look after first.
pub(super) const FATES: [Fate; 5] = [
    Fate::Waiting,
    Fate::Refused,
    Fate::InConflict,
    Fate::Accepted,
    Fate::InBackup,
];

/// Its slug in hooks and shapes.
pub(super) fn slug(fate: Fate) -> &'static str {
    match fate {
        Fate::Waiting => "waiting",
        Fate::Accepted => "accepted",
        Fate::InBackup => "in-backup",
        Fate::Refused => "refused",
        Fate::InConflict => "in-conflict",
    }
}

/// Its name over many taps, and on one of them.
pub(super) fn names(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Waiting => ("tablet-exchanges-waiting", "tablet-exchanges-one-waiting"),
        Fate::Accepted => ("tablet-exchanges-accepted", "tablet-exchanges-one-accepted"),
        Fate::InBackup => ("tablet-exchanges-in-backup", "tablet-exchanges-one-in-backup"),
        Fate::Refused => ("tablet-exchanges-refused", "tablet-exchanges-one-refused"),
        Fate::InConflict => ("tablet-exchanges-in-conflict", "tablet-exchanges-one-in-conflict"),
    }
}

/// What to say where no tap has it, and what that means.
pub(super) fn none(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Waiting => ("tablet-exchanges-no-waiting", "tablet-exchanges-no-waiting-then"),
        Fate::Accepted => (
            "tablet-exchanges-no-accepted",
            "tablet-exchanges-no-accepted-then",
        ),
        Fate::InBackup => (
            "tablet-exchanges-no-in-backup",
            "tablet-exchanges-no-in-backup-then",
        ),
        Fate::Refused => ("tablet-exchanges-no-refused", "tablet-exchanges-no-refused-then"),
        Fate::InConflict => (
            "tablet-exchanges-no-in-conflict",
            "tablet-exchanges-no-in-conflict-then",
        ),
    }
}

/// How many taps of this tablet have it.
pub(super) fn count(page: &SyncPage, fate: Fate) -> usize {
    match fate {
        Fate::Waiting => page.link.waiting,
        Fate::Accepted => page.accepted,
        Fate::InBackup => page.in_backup,
        Fate::Refused => page.link.quarantined,
        Fate::InConflict => page.marks.iter().filter(|mark| mark.fate == fate).count(),
    }
}
