//! What a pointing mode says of departures.

use shared::mode::Mode;

/// Whether somebody taps that a child leaves.
pub(super) fn has_departures(mode: Mode) -> bool {
    match mode {
        Mode::ArrivalDeparture | Mode::DepartureOnly => true,
        Mode::Presence | Mode::ByException => false,
    }
}
