#!/bin/bash
# Installs what is missing, builds with warnings as errors, and runs every test: unit, vectors, fuzz corpora, crash, extension,
# end to end in both browsers. Ends with ctest's summary. `tests/run.sh -R evidence` runs what matches, as ctest would.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*" >&2; }
step "1/3 packages"
./packaging/install-deps.sh --tests
step "2/3 build"
cmake --preset ci
cmake --build --preset ci
step "3/3 tests"
# Two at a time: most of a browser test is waiting. Those that count losses run alone (RUN_SERIAL).
ctest --preset ci -j 2 "$@"
