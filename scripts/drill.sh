#!/usr/bin/env bash
# Burns the datacenter of an invented town, as in March 2021, and prints what was lost. docs/drill.md tells the story and
# how to read the table.
#
#   make drill                                   the whole of it
#   make drill OPTIONS="--without-disk"          nobody finds the disk; --damaged, --offsite, --children N, --keep DIR
#
# Ends with 1 if anything is missing that a tablet, a backup or a disk still holds.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

# The selection of packages has the tablet's window in it.
scripts/setup.sh server tablet
build_programs
exec target/debug/preau-server drill "$@"
