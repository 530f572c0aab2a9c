#!/usr/bin/env bash
# Every figure of docs/benchmarks.md, all built for release, each run five times beside its floor.
#
#   scripts/bench.sh [--runs=N] [NAME …]
#
# Names choose some of them; they stand in tests/benches/figures/main.rs, and a wrong one prints them all. What a
# chosen figure does not need (screens, programs) is not built for it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

chosen=" "
for argument in "$@"; do
    case "$argument" in --*) ;; *) chosen="$chosen$argument " ;; esac
done
wants() {
    [ "$chosen" = " " ] && return
    for name in "$@"; do
        case "$chosen" in *" $name "*) return ;; esac
    done
    return 1
}

scripts/setup.sh server tablet tests
if wants start list; then scripts/build-screens.sh; fi
# The window and the server are programs of their own; see build_programs for `--examples`.
if wants start list backlog board communes communes-postgres; then native build --release --bins --examples; fi
native bench --bench figures -- "$@"
