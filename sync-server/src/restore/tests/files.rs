//! What only stores in files can suffer.

use std::fs;

use super::ground::{Machine, Offsite};

/// A commune whose file is damaged beyond opening: its backup comes back, and the file is kept as it was.
#[test]
fn a_store_that_cannot_be_opened_is_kept_for_whoever_can() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    offsite.snapshot(&town);
    offsite.ship(&town, 0, 2);
    town.close_if_open();
    let Some(file) = town.host.backend().store_path(&"ville".parse().expect("a slug")) else {
        // Schemas are damaged with their whole server.
        return;
    };
    fs::write(&file, b"garbage").expect("a damaged file");
    let restored = town.restored(&offsite.asked());
    assert_eq!(town.content(), (3, 3));
    let aside = restored.set_aside.expect("it is kept");
    assert_eq!(fs::read(aside).expect("a file"), b"garbage");
    assert!(
        restored.problems.iter().any(|told| told.contains("illisible")),
        "{:?}",
        restored.problems
    );
}
