#!/usr/bin/env bash
# Searches for inputs that break the law of a decoder; what is found is kept in tests/corpus and fails `make test`
# until it is mended.
#
#   scripts/fuzz.sh SECONDS=600 [TARGET]    all targets in turn, or one: a folder of tests/corpus
#   PREAU_SEED=7 scripts/fuzz.sh …          other chances
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

seconds=60 target=
for argument in "$@"; do
    case "$argument" in
    SECONDS=*) seconds=${argument#SECONDS=} ;;
    *) target=$argument ;;
    esac
done

PREAU_FUZZ_SECONDS=$seconds PREAU_FUZZ_TARGET=$target \
    cargo test "${workspace[@]}" --locked --test hostile -- --ignored --exact rounds::search --nocapture
