//! What families asked for and wait for.

use shared::ids::WishId;
use shared::operation::{PlaceOffer, Refusal};

use super::Done;
use crate::corridor::Stage;

pub(super) fn decide(
    _stage: &mut Stage<'_>,
    _wishes: &[WishId],
    _accepted: bool,
    _words: Option<&str>,
    _beyond: bool,
) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}

pub(super) fn withdraw(_stage: &mut Stage<'_>, _wishes: &[WishId]) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}

pub(super) fn offer(_stage: &mut Stage<'_>, _offers: &[PlaceOffer]) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}

pub(super) fn end(_stage: &mut Stage<'_>, _wishes: &[WishId]) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}
