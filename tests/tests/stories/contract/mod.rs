//! What scripts rely on: exit codes, one JSON value on stdout, options before or after the
//! command, and the keys of every answer.

mod server;
mod tablet;

use serde_json::Value;
use system_tests::Said;

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    let missing: Vec<_> = keys.iter().filter(|key| value.get(**key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in {value:#}");
}

#[track_caller]
fn misused(said: &Said) {
    assert_eq!(said.code, Some(64), "{said:#?}");
    assert_eq!(said.stdout, "");
    assert!(!said.stderr.is_empty());
}
