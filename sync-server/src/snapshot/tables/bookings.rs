//! What rules say, what families ask and wait for, and what they gather.

use super::{Table, ephemera, record};

/// In the order of writing.
///
/// Of what is lost in a fire without harm: a cart moves along when a commune moves as planned.
pub(super) const TABLES: [Table; 7] = [
    record(
        "rule_set",
        1,
        &["id", "name", "from_date", "live", "encoded", "version"],
    ),
    record("booking_settings", 1, &["id", "encoded", "version"]),
    record(
        "wish",
        1,
        &[
            "id",
            "kind",
            "state",
            "child",
            "activity",
            "site",
            "date",
            "with_formula",
            "in_group",
            "for_household",
            "of_guardian",
            "about_reservation",
            "since",
            "changed_at",
            "offered_until",
            "base_cents",
            "surcharge_cents",
            "total_cents",
            "words",
            "version",
        ],
    ),
    record(
        "household_facts",
        1,
        &["household", "residence", "unpaid_cents", "version"],
    ),
    record("child_document", 2, &["child", "kind", "valid_until"]),
    ephemera("cart", 1, &["id", "owner", "household", "changed_at"]),
    ephemera(
        "cart_line",
        4,
        &[
            "cart",
            "child",
            "activity",
            "date",
            "site",
            "kind",
            "with_formula",
            "in_group",
            "about_reservation",
            "about_wish",
            "shown_cents",
            "held_until",
            "added_at",
        ],
    ),
];
