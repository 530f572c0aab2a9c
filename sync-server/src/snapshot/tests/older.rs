//! A snapshot made before a migration: the store is made as it was then, filled, and brought up to date.

use shared::codec::{Hash32, encode};
use shared::snapshot::{
    Cell, Head, Manifest, Part, TableDigest, TableEnd, TableStart, WholeDigest, encode_rows,
};
use shared::time::UtcMs;

use super::{SHIPPING, found};
use crate::clock::Clock;
use crate::snapshot::write::Parts;
use crate::snapshot::{SnapshotError, Taker, read, restore_into, restore_lasting};
use crate::store::testing::Place;
use crate::store::{Schema, StoreError};

/// The migration before the tables of a return from a loss.
const BEFORE: u32 = 8;
const ADDED_SINCE: [&str; 57] = [
    "offsite",
    "capability",
    "recovery",
    "recovery_confirmed",
    "recovery_waived",
    "returned_envelope",
    // It has more columns since.
    "device_contact",
    "merge",
    "lost",
    "incident_post",
    "capability_switch",
    "settlement",
    "session_waiver",
    "outage",
    "discrepancy",
    "discrepancy_day",
    "discrepancy_session",
    "offsite_list",
    // They have more columns since.
    "guardian",
    "alias",
    "payer",
    "payer_period",
    "custody",
    "guardian_link",
    "family_code",
    "second_factor_code",
    "registration",
    "request",
    "request_line",
    "notice",
    "noticed",
    "letter",
    "notice_choice",
    "notice_address",
    "push_subscription",
    "push_key",
    "town_text",
    "text_accepted",
    "menu",
    "portal",
    "logo",
    "guessing",
    "about",
    "about_head",
    "portal_session",
    "letter_secret",
    "letter_try",
    "factor_step",
    "identity_trip",
    // It has more columns since.
    "reservation",
    "rule_set",
    "booking_settings",
    "wish",
    "household_facts",
    "child_document",
    "cart",
    "cart_line",
];
/// A column of the journal that was added since, at its end.
const ADDED_TO_THE_JOURNAL: &str = "first_received_at";

#[derive(Default)]
struct Kept {
    manifest: Option<Manifest>,
    tables: Vec<(TableStart, Vec<Vec<Cell>>)>,
}

impl Taker for Kept {
    fn manifest(&mut self, manifest: &Manifest) -> Result<(), SnapshotError> {
        self.manifest = Some(manifest.clone());
        Ok(())
    }

    fn start(&mut self, table: &TableStart) -> Result<(), SnapshotError> {
        self.tables.push((table.clone(), Vec::new()));
        Ok(())
    }

    fn rows(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), SnapshotError> {
        let (_, all) = self.tables.last_mut().expect("a table began");
        all.extend(rows);
        Ok(())
    }

    fn end(&mut self, _: &TableEnd) -> Result<(), SnapshotError> {
        Ok(())
    }
}

/// The snapshot as a program of before would have made it.
fn older(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Kept::default();
    read(bytes, &SHIPPING, &mut kept).expect("it reads");
    let manifest = Manifest {
        schema: BEFORE,
        ..kept.manifest.expect("a manifest")
    };
    let mut out = Vec::new();
    let head = Head::new(manifest.commune.clone(), &SHIPPING, Hash32([5; 32]));
    let mut parts = Parts::begin(&mut out, &SHIPPING, &head).expect("a head");
    let mut whole = WholeDigest::of(&manifest);
    parts.put(&encode(&Part::Manifest(manifest))).expect("a part");
    for (mut start, mut rows) in kept.tables {
        if start.name == "journal" {
            assert_eq!(start.columns.pop().as_deref(), Some(ADDED_TO_THE_JOURNAL));
            for row in &mut rows {
                row.pop();
            }
        }
        if ADDED_SINCE.contains(&start.name.as_str()) {
            continue;
        }
        let mut digest = TableDigest::of(&start.name, &start.columns);
        let rows: Vec<Vec<u8>> = rows.iter().map(encode).collect();
        for row in &rows {
            digest.row(row);
        }
        let end = digest.finish();
        whole.table(&start.name, &end);
        parts.put(&encode(&Part::Start(start))).expect("a part");
        if !rows.is_empty() {
            parts.put(&encode_rows(&rows)).expect("a part");
        }
        parts.put(&encode(&Part::End(end))).expect("a part");
    }
    parts.put(&encode(&Part::Totals(whole.finish()))).expect("a part");
    parts.end().expect("an end");
    out
}

#[test]
fn a_snapshot_of_an_older_schema_is_poured_out_and_brought_up_to_date() {
    let place = Place::new();
    let host = place.host(Clock::starting_at(UtcMs(1_795_420_800_000)));
    let (town, other) = ("ville".parse().expect("a slug"), "autre".parse().expect("a slug"));
    let newest = u32::try_from(Schema::Commune.newest()).expect("a number");
    let from = host.backend().make_beside(&other, newest).expect("a store");
    found(&from);
    let bytes = older(&super::snapshot(&from).0);

    let refused = restore_into(
        &host.backend().make_beside(&town, newest).expect("a store"),
        &bytes[..],
        &SHIPPING,
    );
    assert!(
        matches!(refused, Err(SnapshotError::Older { snapshot: BEFORE, .. })),
        "{refused:?}"
    );

    let then = host
        .backend()
        .make_beside(&town, BEFORE)
        .expect("a store of then");
    let gone = then.read(|tx| tx.query("select name from capability", &[]));
    assert!(gone.is_err(), "it is of before");
    restore_lasting(&then, &bytes[..], &SHIPPING).expect("it is poured out");
    drop(then);
    let now = host
        .backend()
        .open_beside(&town)
        .expect("it is brought up to date");
    let rows = now
        .read(|tx| {
            tx.query("select name from capability", &[])?;
            tx.query("select name from commune", &[])
        })
        .map_err(|error: StoreError| error.to_string())
        .expect("both are there");
    assert_eq!(rows[0].text(0), Ok("Ville".into()));
}
