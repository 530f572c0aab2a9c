//! What something costs: from the rules and from what was agreed, never from whoever asks.

use super::super::ground::{ChildFacts, Ground, SessionKey};
use super::super::when::fits;
use crate::ids::FormulaId;
use crate::money::Cents;
use crate::operation::{Cost, Priced, RuleSetRecord};

/// The price of a session in time.
pub(super) fn base(
    set: &RuleSetRecord,
    child: &ChildFacts,
    session: &SessionKey,
    formula: Option<FormulaId>,
    ground: &Ground,
) -> Option<Cents> {
    set.prices
        .iter()
        .find(|line| fits(&line.case, session, formula, child, ground))
        .map(|line| line.cents)
}

/// A price with what is paid besides or instead, one after the other.
pub(super) fn priced(base: Option<Cents>, costs: &[Cost]) -> Priced {
    let in_time = base.unwrap_or(Cents::ZERO);
    let mut replaced = false;
    let mut total = in_time;
    for cost in costs {
        match *cost {
            Cost::Replaces(cents) => {
                replaced = true;
                total = cents;
            }
            Cost::Adds(cents) => total = total + cents,
            Cost::Free | Cost::Full | Cost::Part(_) | Cost::Due(_) => {}
        }
    }
    Priced {
        base,
        surcharge: if replaced { total } else { total - in_time },
        total,
    }
}

/// What of an agreed price is due after a cancellation.
pub(super) fn due(agreed: Option<&Priced>, cost: Cost) -> Cents {
    let Some(agreed) = agreed else {
        return Cents::ZERO;
    };
    match cost {
        Cost::Free => Cents::ZERO,
        Cost::Full => agreed.total,
        Cost::Part(percent) => agreed.total.percent(percent),
        Cost::Due(cents) | Cost::Replaces(cents) | Cost::Adds(cents) => cents,
    }
}
