//! What families book and cancel.

use shared::operation::{BookingRecord, Refusal};

use super::Done;
use crate::corridor::Stage;

pub(super) fn book(_stage: &mut Stage<'_>, _booking: &BookingRecord) -> Done {
    Err(Refusal::NotFound("cette opération").into())
}
