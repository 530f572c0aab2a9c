#!/usr/bin/env bash
# What can be judged without running anything: format, clippy, the screens' warnings, the licences.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

cargo fmt --all --check
scripts/setup.sh server tablet
# Screens first: the app embeds them, so that without them it does not compile.
scripts/build-screens.sh --deny-warnings
native clippy --all-targets -- -D warnings
if has cargo-deny; then
    cargo deny check
else
    say "cargo-deny is not installed: licences, bans and advisories are not checked here."
fi
