//! What the lock file may hold.

use crate::tree;

/// Crates that must stay out, with what to take instead.
const BANNED: [(&str, &str); 3] = [
    (
        "sqlx",
        "rusqlite: both bring the native SQLite library, and there can be one",
    ),
    ("openssl", "rustls"),
    ("native-tls", "rustls"),
];

#[test]
fn no_banned_crate_has_come_in() {
    let lock = tree::read("Cargo.lock");
    let found: Vec<String> = BANNED
        .iter()
        .filter(|(name, _)| lock.contains(&format!("\nname = \"{name}\"\n")))
        .map(|(name, instead)| format!("{name} (take {instead})"))
        .collect();
    tree::none(
        &found,
        "Find who brings these in with `cargo tree -i NAME`, and drop it:",
    );
}

#[test]
fn automerge_is_pinned_exactly() {
    assert!(
        tree::read("Cargo.toml").contains("\nautomerge = \"="),
        "Pin automerge with `=`: the bytes of a sheet are a contract between tablets and servers of different age."
    );
}
