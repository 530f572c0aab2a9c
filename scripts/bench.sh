#!/usr/bin/env bash
# Every benchmark. They measure the server and the replica, so that neither the window nor the screens are built.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh server
native bench --exclude app-tablet --benches "$@"
