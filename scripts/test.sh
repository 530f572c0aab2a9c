#!/usr/bin/env bash
# Every test of the native workspace, with every program that the tests start built first: once on SQLite, then those
# of the server and the stories again on PostgreSQL. The run ends with cargo's own closing lines; it fails if either run failed.
#
#   scripts/test.sh [ARGUMENTS OF cargo test]     a narrower run: scripts/test.sh --test stories set_back
#   PREAU_TEST_STORE=postgres scripts/test.sh …   on that engine alone
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

# The tests that these arguments select, on that engine: `run ENGINE ARGUMENTS`.
run() {
    local engine=$1
    shift
    PREAU_TEST_STORE=$engine "${screen[@]}" cargo test "${workspace[@]}" "${locked[@]}" --no-fail-fast "$@"
}

# What these arguments select of the tests that run on either engine goes to `again`; nothing does when they name
# other targets alone.
select_again() {
    local all=" $* "
    case "$all" in
    *" --test stories "* | *" --test=stories "* | *" --lib "* | *" --tests "* | *" --all-targets "*) again=("$@") ;;
    *" --test "* | *" --test="* | *" --bin "* | *" --bins "* | *" --doc "* | *" --bench "*) return 1 ;;
    *) again=(--lib --test stories "$@") ;;
    esac
    # Those about one engine's own ways, and those that run on both each time, were told in the first run.
    case "$all" in
    *" -- "*) again+=(--skip one_engine:: --skip store::tests::) ;;
    *) again+=(-- --skip one_engine:: --skip store::tests::) ;;
    esac
}

if [ -n "${PREAU_TEST_STORE:-}" ]; then
    run "$PREAU_TEST_STORE" "$@"
    exit
fi

failed=0
run sqlite "$@" || failed=$?
if select_again "$@"; then
    say "The server's tests and the stories again, on PostgreSQL."
    run postgres "${again[@]}" || failed=$?
fi
exit "$failed"
