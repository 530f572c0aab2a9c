#!/usr/bin/env bash
# A server and two to five tablets as real programs in bad weather: cables pulled, lines spoilt, programs killed, the
# server put back to an old copy; then fine weather, and every green tap must be everywhere. Each in a network of its
# own, without root, where the kernel has namespaces for us; else on loopback.
#
#   scripts/twin.sh [SECONDS=60] [SEED=…]     seconds of bad weather; another seed, another plan
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

seconds=60
seed=$RANDOM
for argument in "$@"; do
    case "$argument" in
    SECONDS=*) seconds=${argument#*=} ;;
    SEED=*) seed=${argument#*=} ;;
    *) stop "Usage: scripts/twin.sh [SECONDS=60] [SEED=…]" ;;
    esac
done

scripts/setup.sh server tablet tests
build_programs
say "To play this plan again: scripts/twin.sh SECONDS=$seconds SEED=$seed"
PREAU_TWIN_SECONDS=$seconds PREAU_SEED=$seed \
    cargo test "${workspace[@]}" "${locked[@]}" --test stories twin::real_programs -- --nocapture
