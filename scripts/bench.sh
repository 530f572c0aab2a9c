#!/usr/bin/env bash
# Every figure of docs/benchmarks.md. They measure the server and the replica, so that neither the window nor the
# screens are built. `scripts/bench.sh tap` measures one of them.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh server
native bench --exclude app-tablet --bench figures -- "$@"
