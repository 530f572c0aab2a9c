#!/usr/bin/env bash
# Every test of the native workspace, with every program that the tests start built first. The run ends with cargo's
# own closing lines and its exit code.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
locked=(--locked)

scripts/setup.sh server tablet tests
scripts/build-screens.sh
build_programs

# Windows need a screen; one in memory will do.
screen=()
has_screen || screen=(xvfb-run -a -s "-screen 0 1280x800x24")
exec "${screen[@]}" cargo test "${workspace[@]}" "${locked[@]}" --no-fail-fast "$@"
