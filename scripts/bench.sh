#!/usr/bin/env bash
# Every figure of docs/benchmarks.md, all built for release, each run five times beside its floor.
#
#   scripts/bench.sh [--runs=N] [--days=N] [--sites=N] [NAME …]
#
# Names choose some of them; they stand in tests/benches/figures/main.rs, and a wrong one prints them all. What a
# chosen figure does not need (screens, programs) is not built for it. `peers` and `peers-rollback` run only when they
# are named: they need Node, and fetch PouchDB with npm. So do `portal` and `grid`, which fetch Django with pip. The long ones are run once unless --runs says otherwise, and
# --days and --sites make them shorter.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

chosen=" "
for argument in "$@"; do
    case "$argument" in --*) ;; *) chosen="$chosen$argument " ;; esac
done
wants() { [ "$chosen" = " " ] || named "$@"; }
named() {
    for name in "$@"; do
        case "$chosen" in *" $name "*) return ;; esac
    done
    return 1
}

scripts/setup.sh server tablet tests
if wants start list; then scripts/build-screens.sh; fi
# The window and the server are programs of their own; see build_programs for `--examples`.
if wants start list backlog storm visible board ecarts communes communes-postgres history history-tap reseed rush || named portal grid peers peers-rollback; then
    native build --release --bins --examples
fi
if named peers peers-rollback; then
    { has node && has npm; } ||
        stop "The peers run on Node (20 was tried) and come with npm. On Debian: apt-get install nodejs npm"
    # npm writes the file in node_modules last.
    [ tests/peers/node_modules/.package-lock.json -nt tests/peers/package-lock.json ] ||
        (cd tests/peers && npm ci) || stop "npm could not fetch what tests/peers/package-lock.json names."
fi
if named portal grid; then
    python=$(command -v python3) || stop "The peer of the portal runs on Python. On Debian: apt-get install python3 python3-venv"
    asked=tests/peers/django/requirements.txt
    if ! cmp -s "$asked" "$tools/django/requirements.txt"; then
        "$python" -m venv "$tools/django" && "$tools/django/bin/pip" install --quiet --requirement "$asked" ||
            stop "pip could not fetch what $asked names into $tools/django (Debian needs python3-venv)."
        cp "$asked" "$tools/django/requirements.txt"
    fi
fi
native bench --bench figures -- "$@"
