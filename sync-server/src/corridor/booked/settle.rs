//! What is owed for reservations.

use shared::ids::ReservationId;
use shared::operation::{BookingSettled, Refusal};

use super::Done;
use crate::corridor::Stage;

pub(super) fn settle(
    _stage: &mut Stage<'_>,
    _reservations: &[ReservationId],
    _how: BookingSettled,
    _words: &str,
) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}

pub(super) fn end_unpaid(_stage: &mut Stage<'_>, _reservations: &[ReservationId]) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}
