//! Words about proposals that the server puts together.

use crate::words::{t, t1, with};

/// « service 2 ».
pub fn sitting(number: u8) -> String {
    t1("recovery-detail-sitting", "number", number)
}

/// « table 4 ».
pub fn table(name: &str) -> String {
    t1("recovery-detail-table", "name", name)
}

/// « groupe des grands ».
pub fn group(name: &str) -> String {
    t1("recovery-detail-group", "name", name)
}

/// « arrivée 8 h ».
pub fn arrives(at: &str) -> String {
    t1("recovery-detail-in", "at", at)
}

/// « départ 17 h 30 ».
pub fn leaves(at: &str) -> String {
    t1("recovery-detail-out", "at", at)
}

/// A child whose name nobody knows.
pub fn nameless() -> String {
    t("recovery-lost-name")
}

/// No box was ticked.
pub fn nothing_ticked() -> String {
    t("recovery-proposals-nothing")
}

/// Where a list comes from.
pub fn proof(seq: u64, branch: &str, tablet: &str, at: &str) -> String {
    with(
        "recovery-proof",
        &[
            ("seq", &seq.to_string()),
            ("branch", branch),
            ("tablet", tablet),
            ("at", at),
        ],
    )
}
