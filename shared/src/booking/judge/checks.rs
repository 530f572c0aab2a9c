//! Going through checks, in their order.

use super::Reason;

/// Checks that are gone through: the first that fails refuses, unless the town hall goes beyond it.
pub(super) struct Checks {
    beyond: bool,
    pub(super) overruled: Vec<Reason>,
}

impl Checks {
    pub(super) fn new(beyond: bool) -> Self {
        Self {
            beyond,
            overruled: Vec::new(),
        }
    }

    /// A rule that the town hall may go beyond by name says no.
    pub(super) fn soft(&mut self, reason: Reason) -> Result<(), Reason> {
        if self.beyond {
            self.overrule([reason]);
            Ok(())
        } else {
            Err(reason)
        }
    }

    /// What was gone beyond is said once.
    pub(super) fn overrule(&mut self, reasons: impl IntoIterator<Item = Reason>) {
        for reason in reasons {
            if self.overruled.iter().all(|one| one.why != reason.why) {
                self.overruled.push(reason);
            }
        }
    }

    /// As [`Self::soft`]; a strict rule holds for everybody.
    pub(super) fn unless_strict(&mut self, strict: bool, reason: Reason) -> Result<(), Reason> {
        if strict { Err(reason) } else { self.soft(reason) }
    }
}
