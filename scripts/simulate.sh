#!/usr/bin/env bash
# Plays seeded worlds of tablets and a server in one process, and stops at the first that goes wrong, made as short as
# it can be. docs/simulation.md tells what is in a world.
#
#   make simulate SECONDS=600 SEED=1     worlds 1, 2, 3 … for ten minutes
#   make simulate SEED=77 WORLDS=1       one world again
#   scripts/simulate.sh --case FILE      worlds written down, as in tests/tests/stories/one_engine/simulated/cases.txt
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh server tablet tests
native build --bin simulate --examples
exec target/debug/simulate "$@"
