#!/bin/bash
# Installs what is missing, builds with warnings as errors, and runs every test: unit, vectors, fuzz corpora, crash, extension,
# end to end in both browsers, and what is compiled for Windows under wine. Ends with ctest's summary. `tests/run.sh -R evidence` runs what
# matches, as ctest would.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*" >&2; }
step "1/3 packages"
./packaging/install-deps.sh --tests --windows
step "2/3 build"
cmake --preset ci
cmake --build --preset ci
step "3/3 tests"
if [ $# -eq 0 ]; then
  # Compiled for Windows while tests wait for their browsers; the last test, windows_layers, tells what came of it.
  setsid ./tests/windows/layers.sh "$PWD/build/release/windows" ahead & ahead=$!
  trap 'kill -- -$ahead 2>/dev/null || true' EXIT
fi
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null || ! command -v patchelf >/dev/null; then
  step "NOT TESTED here: the deb in a bare Debian, which needs root, debootstrap and patchelf (./packaging/install-deps.sh --packages)"
fi
# Three at a time on two cores, since those with browsers mostly wait; what is measured in a browser runs alone (RUN_SERIAL): a starved
# browser is a test that lies.
if ! ctest --preset ci -j 3 "$@"; then
  # A browser that the machine starved for a moment is told from a fault by one more run, alone. What failed stands above either way.
  step "failed, and run once more alone: $(cut -d: -f2 build/release/Testing/Temporary/LastTestsFailed.log | tr '\n' ' ')"
  ctest --preset ci -j 1 --rerun-failed --output-on-failure
fi
