//! What marks say, in the words of staff.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use shared::ids::{DeviceId, StaffId};
use shared::mark::{AbsenceScope, Because, Closing, Kind, Mark, Reason};
use shared::screen::Fate;
use shared::words::{FluentArgs, Words, hour};

use crate::store::marks::{MarkState, StoredMark};

/// Fills a text in.
pub(super) fn say(words: &Words, key: &str, facts: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in facts {
        args.set(*name, *value);
    }
    words.with(key, &args)
}

/// The number by which people call a tablet: the last four figures of its id.
pub(super) fn number(device: DeviceId) -> String {
    let id = device.0.simple().to_string();
    id[id.len() - 4..].to_uppercase()
}

/// Who made marks, as people call them.
pub(super) struct Makers {
    pub(super) own: DeviceId,
    pub(super) staff: BTreeMap<StaffId, String>,
}

impl Makers {
    /// Name of whoever held the tablet.
    pub(super) fn author(&self, mark: &Mark) -> Option<String> {
        self.staff.get(&mark.staff?).cloned()
    }

    /// « cette tablette », « la tablette 3F2A (Nadia Benali) ».
    pub(super) fn in_sentence(&self, words: &Words, mark: &Mark) -> String {
        let device = if mark.device == self.own {
            words.t("core-this-tablet")
        } else {
            words.t1("core-that-tablet", "number", number(mark.device))
        };
        match self.author(mark) {
            Some(author) => format!("{device} ({author})"),
            None => device,
        }
    }

    /// « Cette tablette », « Tablette 3F2A ».
    pub(super) fn device(&self, words: &Words, device: DeviceId) -> String {
        if device == self.own {
            words.t("core-own-tablet")
        } else {
            words.t1("core-other-tablet", "number", number(device))
        }
    }
}

/// « Arrivée », « Absence : maladie », « Heure corrigée : 8 h 10 (oubli) ».
pub(super) fn what(
    words: &Words,
    mark: &Mark,
    zone: Tz,
    site: impl Fn(shared::ids::SiteId) -> String,
) -> String {
    match &mark.kind {
        Kind::In => words.t("core-said-in"),
        Kind::Out => words.t("core-said-out"),
        Kind::Absent {
            scope: AbsenceScope::Session,
            reason,
        } => words.t1("core-said-absent", "why", self::reason(words, *reason)),
        Kind::Absent { reason, .. } => words.t1("core-said-absent-day", "why", self::reason(words, *reason)),
        Kind::Close {
            turned: Closing::Absent,
            ..
        } => words.t("core-said-close"),
        Kind::Close { .. } => words.t("core-said-close-present"),
        Kind::Reopen => words.t("core-said-reopen"),
        Kind::Correct { at, why, .. } => {
            let at = hour(at.time_in(zone));
            match why {
                Some(why) => say(
                    words,
                    "core-said-correct-because",
                    &[("at", &at), ("why", &because(words, *why))],
                ),
                None => words.t1("core-said-correct", "at", at),
            }
        }
        Kind::Void { .. } => words.t("core-said-void"),
        Kind::Note { .. } => words.t("core-said-note"),
        Kind::Welcome { .. } => words.t("core-said-welcome"),
        Kind::Stranger { .. } => words.t("core-said-stranger"),
        Kind::Transfer { to } => words.t1("core-said-transfer", "site", site(*to)),
    }
}

fn reason(words: &Words, reason: Reason) -> String {
    match reason {
        Reason::Unjustified => words.t("core-reason-unjustified"),
        Reason::Announced => words.t("core-reason-announced"),
        Reason::Illness => words.t("core-reason-illness"),
        Reason::Family => words.t("core-reason-family"),
        Reason::School => words.t("core-reason-school"),
        Reason::Other => words.t("core-reason-other"),
    }
}

fn because(words: &Words, why: Because) -> String {
    match why {
        Because::Forgotten => words.t("core-because-forgotten"),
        Because::Mistaken => words.t("core-because-mistaken"),
        Because::Family => words.t("core-because-family"),
        Because::Clock => words.t("core-because-clock"),
        Because::Other => words.t("core-because-other"),
    }
}

/// What became of a mark. What is owed is said before what contradicts: it must leave first.
pub(super) fn fate(row: &StoredMark, in_backup_to: Option<u64>, in_conflict: bool) -> Fate {
    match row.state {
        MarkState::Pending => Fate::Waiting,
        MarkState::SetAside => Fate::Refused,
        MarkState::Accepted if in_backup_to.is_none() => Fate::Waiting,
        MarkState::Accepted if in_conflict => Fate::InConflict,
        MarkState::Accepted if row.accepted_seq > 0 && Some(row.accepted_seq) <= in_backup_to => {
            Fate::InBackup
        }
        MarkState::Accepted => Fate::Accepted,
    }
}
