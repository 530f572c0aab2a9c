#!/usr/bin/env bash
# Every figure of docs/benchmarks.md: of the server, of the tablet's core and of its window, all built for release.
# `scripts/bench.sh tap` measures one of them.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh server tablet tests
scripts/build-screens.sh
# The window is a program of its own; see build_programs for `--examples`.
native build --release --bins --examples
native bench --bench figures -- "$@"
