//! Two files of one family, or of one child, become one.

use shared::ids::{ChildId, HouseholdId};
use shared::operation::Refusal;

use super::{CorridorError, Effect, Stage};

type Done = Result<Effect, CorridorError>;

pub(super) fn households(_stage: &mut Stage<'_>, _keep: HouseholdId, _gone: HouseholdId) -> Done {
    Err(Refusal::NotFound("ce foyer").into())
}

pub(super) fn children(_stage: &mut Stage<'_>, _keep: ChildId, _gone: ChildId) -> Done {
    Err(Refusal::NotFound("cet enfant").into())
}
