#!/bin/bash
# Installs what is missing, builds with warnings as errors, and runs every test: unit, vectors, fuzz corpora, crash, extension,
# end to end in both browsers. Ends with ctest's summary. `tests/run.sh -R evidence` runs what matches, as ctest would. With AFFIANT_WINDOWS=1
# also what is compiled for Windows and run under wine (docs/building-windows.md), which takes minutes more.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*" >&2; }
step "1/3 packages"
./packaging/install-deps.sh --tests ${AFFIANT_WINDOWS:+--windows}
step "2/3 build"
cmake --preset ci
cmake --build --preset ci
step "3/3 tests"
if [ -z "${AFFIANT_WINDOWS:-}" ] && ! command -v x86_64-w64-mingw32-g++-posix >/dev/null; then
  step "NOT TESTED here: what is compiled for Windows and run under wine (AFFIANT_WINDOWS=1 tests/run.sh, or packaging/install-deps.sh --windows)"
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
