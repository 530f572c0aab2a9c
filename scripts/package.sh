#!/usr/bin/env bash
# Make the Debian package: target/debian/preau_VERSION_ARCH.deb.
#
#   PREAU_PROFILE=dev   package the programs of target/debug as they are: for trials, large and slow
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

cargo_deb_version=3.8.0
profile=${PREAU_PROFILE:-release}

cargo_deb() { PATH="$tools/bin:$PATH" cargo deb "$@"; }

if [ "$(cargo_deb --version 2>/dev/null)" != "cargo-deb $cargo_deb_version" ]; then
    say "Missing: cargo-deb $cargo_deb_version (makes the package). Compiling it into target-tools/, a few minutes."
    env -u CARGO_TARGET_DIR -u RUSTFLAGS \
        cargo install --quiet cargo-deb --version "$cargo_deb_version" --root "$tools" --force >&2
fi

# Neither a window nor wasm: the default members are enough, and a build machine needs no more than for a plain build.
case $profile in
    release) cargo build "${locked[@]}" --release --bin preau-server --bin preau-tablet ;;
    dev) if ! [ -x target/debug/preau-server ] || ! [ -x target/debug/preau-tablet ]; then stop "Build first: cargo build"; fi ;;
    *) stop "PREAU_PROFILE is release or dev, not $profile." ;;
esac
# A trial need not be small: xz takes minutes over programs that are not optimised.
fast=()
[ "$profile" = release ] || fast=(--fast)
cargo_deb --package sync-server --profile "$profile" --no-build --strip "${fast[@]}"
