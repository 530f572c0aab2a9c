//! Words about lost operations.

use crate::words::t;

/// What an operation of this kind is, for a person: « Pointages ».
pub fn kind_words(kind: &str) -> String {
    t(match kind {
        "receive_marks" => "merge-kind-marks",
        "reserve" | "take_back_reservations" => "merge-kind-reserve",
        "cancel_reservations" => "merge-kind-cancel",
        "put_child" => "merge-kind-child",
        "put_household" => "merge-kind-household",
        "put_staff" | "set_staff_pin" => "merge-kind-staff",
        "put_school" | "put_site" | "put_class" | "put_service" | "put_activity" => "merge-kind-structure",
        "put_calendar" | "put_exceptional_day" | "remove_exceptional_day" => "merge-kind-calendar",
        "put_agent" | "issue_agent_link" | "set_agent_password" | "agent_logged_in" => "merge-kind-agents",
        "set_guardian_login" => "merge-kind-guardians",
        "issue_tablet_code" | "enrol_device" | "admit_device" => "merge-kind-tablets",
        "quarantine" | "settle_quarantine" | "attach_child" => "merge-kind-aside",
        "withdraw" => "merge-kind-withdrawals",
        "receive_envelopes" => "merge-kind-lists",
        "settle_discrepancies" | "undo_settlements" | "waive_session" => "merge-kind-discrepancies",
        "post_incident" | "remove_incident" => "merge-kind-incidents",
        _ => "merge-kind-other",
    })
}

/// A merge that stopped without a word.
pub fn broke() -> String {
    t("merge-broke")
}

/// No box was ticked.
pub fn nothing_ticked() -> String {
    t("merge-choose")
}

/// A child that the record does not have.
pub fn nameless() -> String {
    t("merge-nameless")
}

/// What was read is no longer kept.
pub fn run_gone() -> String {
    t("merge-run-gone")
}
