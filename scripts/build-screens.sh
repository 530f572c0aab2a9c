#!/usr/bin/env bash
# Build the tablet's screens (crate tablet-ui, wasm) into app-tablet/dist, where the Tauri app takes them from.
# With nothing changed it costs one look by cargo and one checksum.
#
#   scripts/build-screens.sh [--deny-warnings]
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

ui=app-tablet/ui
dist=app-tablet/dist
# What tablet, portal and desk look alike by.
base=sync-server/ui/static/base.css
# The colours' symbols that children know as their own, on paper as on the tablet.
symbols=sync-server/ui/static/symbols.svg
# Two compilers must not share a target folder.
target="$PWD/target-wasm"
log="$target/screens.log"
stamp="$target/screens.stamp"

# Flags meant for native code (a linker, a CPU) would break a wasm build, and a change of flags costs a full one.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR
# Views of one type instead of one each: a sixth less to load when the tablet starts.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components"

compile() {
    local cargo=cargo flags=()
    if ! toolchain_has_wasm; then
        debian_has_wasm || stop "No compiler for the tablet's screens: run scripts/setup.sh tablet."
        # Debian ships the sources of std, not a wasm build of it: cargo builds it, which is an unstable option.
        cargo=/usr/bin/cargo
        flags=('-Zbuild-std=std,panic_abort')
        export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
        unset RUSTC_WRAPPER RUSTUP_TOOLCHAIN
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(debian_wasm_linker)
        export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
    fi
    # The crate type is said here and not in the manifest: a cdylib is of no use to anyone who checks it natively.
    "$cargo" rustc -p tablet-ui --lib --crate-type cdylib --profile screens "${locked[@]}" \
        --target wasm32-unknown-unknown --target-dir "$target" "${flags[@]}" 2>&1 | tee "$log" >&2
}

# cargo repeats the warnings of a crate it did not build again, so the log always has them all.
refuse_warnings() {
    if grep -q 'generated [0-9]* warning' "$log"; then
        stop "The screens compile with warnings (see above): mend them."
    fi
}

bind() {
    local tool
    tool=$(wasm_bindgen)
    [ -n "$tool" ] || stop "No wasm-bindgen $(wasm_bindgen_version): run scripts/setup.sh tablet."
    rm -rf "$dist"
    mkdir -p "$dist"
    "$tool" --target web --no-typescript --out-name tablet_ui --out-dir "$dist" "$wasm"
    [ ! -d "$ui/static" ] || cp -R "$ui/static/." "$dist/"
    cp "$base" "$symbols" "$dist/"
}

fingerprint() {
    {
        wasm_bindgen_version
        sha256sum "$wasm" "$base" "$symbols"
        [ ! -d "$ui/static" ] || find "$ui/static" -type f -print0 | sort -z | xargs -0 -r sha256sum
    } | sha256sum
}

wasm="$target/wasm32-unknown-unknown/screens/tablet_ui.wasm"
mkdir -p "$target"
compile
[ "${1:-}" != --deny-warnings ] || refuse_warnings
now=$(fingerprint)
if [ ! -d "$dist" ] || [ "$now" != "$(cat "$stamp" 2>/dev/null)" ]; then
    bind
    printf '%s\n' "$now" >"$stamp"
fi
