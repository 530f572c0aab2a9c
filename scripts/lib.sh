# shellcheck shell=bash
# What the other scripts share. Each of them sources this first; it moves to the root of the repository.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# One selection for every native cargo command: cargo builds third-party crates anew for each different set of
# packages, so that two selections would cost two builds. The screens are wasm and have their own script.
# shellcheck disable=SC2034
workspace=(--workspace --exclude tablet-ui)

tools="$PWD/target-tools"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# In CI the lock file is the law; at a desk cargo may complete it after an edited manifest.
if [ "${CI:-}" = true ]; then locked=(--locked); else locked=(); fi

# Run cargo on the native workspace: the command first, then what it needs beyond the selection.
native() {
    local command=$1
    shift
    cargo "$command" "${workspace[@]}" "${locked[@]}" "$@"
}

# `--examples` (there are none) makes cargo count test dependencies in, as `cargo test` does; without it a plain
# build would turn other features on and compile the same libraries a second time.
build_programs() { native build --bins --examples; }

# A screen that somebody looks at.
has_screen() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

# --- wasm -------------------------------------------------------------------------------------------------------

# The lld of Debian with the highest number, which follows the LLVM of its newest Rust.
debian_wasm_linker() { find /usr/bin -name 'wasm-ld-[0-9]*' 2>/dev/null | sort -V | tail -n 1; }

toolchain_has_wasm() { [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ]; }

debian_has_wasm() {
    [ -x /usr/bin/cargo ] && [ -n "$(debian_wasm_linker)" ] &&
        [ -f "$(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std/src/lib.rs" ]
}

# The bindings that the tool writes and those that the library expects change together: exactly one version fits.
wasm_bindgen_version() { sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock; }

# The path of a wasm-bindgen of that version, ours or the one in PATH; nothing if there is none.
wasm_bindgen() {
    local candidate wanted
    wanted="wasm-bindgen $(wasm_bindgen_version)"
    for candidate in "$tools/bin/wasm-bindgen" wasm-bindgen; do
        if has "$candidate" && [ "$("$candidate" --version 2>/dev/null)" = "$wanted" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}
