//! Names of the parts of the service, and of how far they are open.

use shared::operation::{Capability, Openness};

use crate::words::t;

/// « Réservations ».
pub fn part_words(part: Capability) -> String {
    match part {
        Capability::Consultation => t("service-consultation"),
        Capability::Attendance => t("service-attendance"),
        Capability::Reservation => t("service-reservation"),
        Capability::Payment => t("service-payment"),
    }
}

/// « En lecture seule ».
pub fn state_words(state: Openness) -> String {
    match state {
        Openness::Open => t("service-open"),
        Openness::ReadOnly => t("service-read-only"),
        Openness::Closed => t("service-closed"),
    }
}
