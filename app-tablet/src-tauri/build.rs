//! Packs the screens and their settings into the program.

fn main() {
    // WebKit brings a SQLite library of its own; it must not find ours, which is a cipher's, under the same names.
    if std::env::var_os("CARGO_CFG_TARGET_OS").is_some_and(|os| os == "linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    tauri_build::build();
}
