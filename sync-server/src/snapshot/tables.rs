//! Every table of a commune's store, and what becomes of it when the commune is copied.
//!
//! A table that a migration adds is registered here, or a test fails. The order is that in which
//! rows are written, so that whatever a row points to is there before it. The first columns of a
//! table are its primary key. A column that a later migration adds stands at the end.

mod bookings;
mod families;

use shared::snapshot::Class;

/// A table that is copied.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What its rows are.
    pub class: Class,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// How many of them, from the first, are its primary key.
    pub key: usize,
    /// How many rows are read at once: few where rows may be large.
    pub page: u64,
}

/// Rows read at once.
const MANY: u64 = 500;
/// Rows read at once of a table whose rows may be large.
const FEW: u64 = 32;

/// Tables that say where a store lies and who may use it. They belong to the place, not to the
/// commune, and are never copied.
pub const OF_THE_PLACE: [&str; 5] = [
    "journal_writer",
    "lineage",
    "moved",
    "refinery_schema_history",
    "schema_floor",
];

const fn record(name: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table {
        name,
        class: Class::Record,
        columns,
        key,
        page: MANY,
    }
}

const fn derived(name: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table {
        class: Class::Derived,
        ..record(name, key, columns)
    }
}

/// What is lost in a fire without harm moves along all the same when a commune moves as planned:
/// nobody is thrown out of the desk (`session`), a guessed password stays locked out (`throttle`),
/// an import that somebody prepares goes on (`import_draft`), shipping goes on where it was (`offsite`), the list of tablets still says when
/// each was last heard (`device_contact`), and a job is neither run twice nor told by an older
/// token (`lease`).
const fn ephemera(name: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table {
        class: Class::Ephemera,
        ..record(name, key, columns)
    }
}

const fn large(table: Table) -> Table {
    Table { page: FEW, ..table }
}

/// The table of this name.
pub fn named(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// Every table that is copied, in the order of writing.
pub static TABLES: [Table; ALL] = joined();

const ALL: usize = TOWN.len() + families::TABLES.len() + bookings::TABLES.len();

const fn joined() -> [Table; ALL] {
    let mut all = [TOWN[0]; ALL];
    let mut at = 0;
    while at < ALL {
        let after_town = at.saturating_sub(TOWN.len());
        all[at] = if at < TOWN.len() {
            TOWN[at]
        } else if after_town < families::TABLES.len() {
            families::TABLES[after_town]
        } else {
            bookings::TABLES[after_town - families::TABLES.len()]
        };
        at += 1;
    }
    all
}

const TOWN: [Table; 60] = [
    record(
        "branch",
        1,
        &["id", "parent", "fork_seq", "fork_hash", "born_at", "is_current"],
    ),
    large(record(
        "journal",
        1,
        &[
            "seq",
            "branch",
            "operation",
            "at",
            "received_at",
            "actor",
            "channel",
            "kind",
            "seen",
            "salt",
            "body",
            "outcome",
            "commitment",
            "origin",
            "previous_hash",
            "hash",
            "first_received_at",
        ],
    )),
    record("commune", 1, &["id", "slug", "name", "zone", "label", "version"]),
    record("calendar", 1, &["id", "encoded", "version"]),
    record("addresses", 1, &["id", "encoded", "seq"]),
    record(
        "school",
        1,
        &[
            "id",
            "name",
            "kind",
            "half_days",
            "starts",
            "ends",
            "version",
            "retired",
        ],
    ),
    record(
        "site",
        1,
        &[
            "id", "slug", "name", "school", "phone", "version", "retired", "nursery",
        ],
    ),
    record(
        "class",
        1,
        &["id", "school", "name", "level", "version", "retired"],
    ),
    record("service", 1, &["id", "slug", "name", "version", "retired"]),
    record(
        "activity",
        1,
        &[
            "id", "slug", "name", "service", "mode", "weekdays", "opens", "closes", "version", "retired",
            "capacity",
        ],
    ),
    record("activity_site", 2, &["activity", "site"]),
    record("formula", 1, &["id", "activity", "slug", "name", "place", "meal"]),
    record(
        "staff",
        1,
        &["id", "name", "role", "version", "until_date", "pin"],
    ),
    record("staff_site", 2, &["staff", "site"]),
    record("household", 1, &["id", "name", "version"]),
    record(
        "guardian",
        1,
        &[
            "id",
            "household",
            "first_name",
            "last_name",
            "email",
            "phone",
            "login",
            "phc",
            "authority",
            "search_key",
            "activated_at",
            "second_factor",
            "identity",
            "deleted_at",
        ],
    ),
    record(
        "child",
        1,
        &[
            "id",
            "first_name",
            "last_name",
            "born",
            "school",
            "class",
            "must_know",
            "phone",
            "search_key",
            "sort_key",
            "version",
            "symbol_colour",
            "symbol_shape",
            "health",
            "reference",
            "left_on",
        ],
    ),
    record("child_household", 2, &["child", "household"]),
    record("child_badge", 2, &["child", "place", "kind", "words"]),
    record("alias", 1, &["unknown_child", "child", "seq", "merged"]),
    record(
        "exceptional_day",
        1,
        &["id", "from_date", "until_date", "encoded", "version"],
    ),
    record(
        "reservation",
        1,
        &[
            "id",
            "child",
            "activity",
            "site",
            "date",
            "formula",
            "group_name",
            "sitting",
            "table_name",
            "expected_in",
            "expected_out",
            "comes_from",
            "goes_to",
            "cancelled_at",
            "version",
            "for_household",
            "in_group",
            "base_cents",
            "surcharge_cents",
            "total_cents",
            "due_cents",
            "credited_cents",
            "pay_until",
            "paid_at",
            "waived",
            "by_closure",
            "made_at",
        ],
    ),
    record("agent", 1, &["id", "email", "name", "role", "phc", "version"]),
    record("agent_site", 2, &["agent", "site"]),
    record(
        "agent_link",
        1,
        &["token", "agent", "branch", "expires_at", "used_at"],
    ),
    record("tablet_code", 1, &["code", "branch", "expires_at", "used_by"]),
    record("tablet_code_site", 2, &["code", "site"]),
    record("device", 1, &["id", "public_key", "name", "since"]),
    record("device_site", 2, &["device", "site"]),
    record("withdrawal", 2, &["kind", "subject", "at", "encoded", "seq"]),
    record(
        "mark",
        4,
        &[
            "site",
            "date",
            "id",
            "nth",
            "value",
            "device",
            "handed_in_by",
            "returned",
            "seq",
        ],
    ),
    large(record(
        "quarantine",
        1,
        &[
            "hash",
            "device",
            "site",
            "date",
            "reason",
            "payload",
            "received_at",
            "seq",
            "settled",
            "settled_seq",
        ],
    )),
    record("capability", 1, &["name", "state", "message", "since", "version"]),
    record(
        "recovery",
        1,
        &[
            "branch",
            "cause",
            "source",
            "restored_to",
            "began_at",
            "began_seq",
            "withdrawals_read",
            "signed_off_at",
            "signed_off_by",
            "note",
            "version",
        ],
    ),
    record("recovery_confirmed", 3, &["branch", "kind", "subject", "seq"]),
    record("recovery_waived", 2, &["branch", "device", "reason", "seq"]),
    large(record(
        "returned_envelope",
        1,
        &[
            "hash",
            "kind",
            "site",
            "date",
            "branch",
            "branch_seq",
            "device",
            "received_at",
            "encoded",
            "seq",
        ],
    )),
    record(
        "merge",
        1,
        &[
            "seq",
            "source",
            "end_branch",
            "end_seq",
            "entries",
            "began_at",
            "actor",
        ],
    ),
    large(record(
        "lost",
        3,
        &[
            "branch",
            "lost_seq",
            "lost_hash",
            "operation",
            "made_at",
            "received_at",
            "actor",
            "channel",
            "kind",
            "fate",
            "entry_seq",
            "body",
            "why",
            "noted_seq",
            "settled",
            "settled_at",
            "settled_by",
            "settled_note",
            "settled_seq",
        ],
    )),
    record(
        "incident_post",
        1,
        &[
            "id",
            "published_at",
            "title",
            "words",
            "is_over",
            "removed",
            "version",
        ],
    ),
    record(
        "capability_switch",
        2,
        &["seq", "name", "state", "message", "at", "actor"],
    ),
    record(
        "settlement",
        1,
        &[
            "id",
            "site",
            "date",
            "activity",
            "child",
            "kind",
            "evidence",
            "decision",
            "detail",
            "note",
            "at",
            "actor",
            "seq",
            "undone_at",
            "undone_by",
            "undone_reason",
            "undone_seq",
        ],
    ),
    record(
        "session_waiver",
        3,
        &["site", "date", "activity", "reason", "at", "actor", "seq"],
    ),
    record(
        "outage",
        1,
        &["id", "from_at", "until_at", "site", "cause", "note", "version"],
    ),
    large(derived(
        "sheet",
        2,
        &["site", "date", "digest", "marks", "changed_seq", "whole_since"],
    )),
    large(derived(
        "sheet_document",
        2,
        &["site", "date", "heads", "derived_seq", "saved"],
    )),
    large(derived(
        "sheet_change",
        4,
        &["site", "date", "seq", "nth", "device", "bytes", "form"],
    )),
    derived("touched", 3, &["kind", "site", "date", "seq"]),
    derived(
        "transfer",
        1,
        &["mark", "child", "date", "from_site", "to_site", "at"],
    ),
    derived("stranger", 1, &["mark", "child", "site", "date"]),
    derived(
        "discrepancy",
        6,
        &[
            "site",
            "date",
            "activity",
            "child",
            "kind",
            "evidence",
            "sort_key",
            "detail",
            "settlement",
        ],
    ),
    derived(
        "discrepancy_session",
        3,
        &[
            "site", "date", "activity", "sort_key", "ends_at", "booked", "present",
        ],
    ),
    derived("discrepancy_day", 1, &["date", "seq", "settled_seq", "at"]),
    ephemera("session", 1, &["token", "agent", "csrf", "started_at", "seen_at"]),
    ephemera("throttle", 1, &["subject", "failures", "locked_until", "last_at"]),
    ephemera(
        "device_contact",
        1,
        &[
            "device",
            "last_at",
            "version",
            "owed",
            "agreed_branch",
            "agreed_seq",
            "agreed_at",
        ],
    ),
    large(ephemera(
        "import_draft",
        1,
        &["token", "agent", "file_name", "content", "choices", "made_at"],
    )),
    ephemera("lease", 1, &["job", "holder", "token", "until", "done_at"]),
    ephemera(
        "offsite",
        1,
        &[
            "id",
            "target",
            "branch",
            "seq",
            "hash",
            "verified_at",
            "snapshot_seq",
            "snapshot_at",
            "oldest_at",
            "withdrawals",
            "tried_at",
            "failing_since",
            "error",
            "strange",
            "public_digest",
        ],
    ),
    ephemera(
        "offsite_list",
        2,
        &["site", "date", "seq", "object", "digest", "put_at"],
    ),
];
