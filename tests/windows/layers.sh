#!/bin/bash
# layers.sh FOLDER: configures and builds the preset "windows" in FOLDER, and runs what it makes under wine. 77: not tested here.
set -euo pipefail
build=$1
cd "$(dirname "$0")/../.."
missing=()
command -v x86_64-w64-mingw32-g++-posix >/dev/null || missing+=(g++-mingw-w64-x86-64-posix)
[ -x /usr/lib/wine/wine64 ] || command -v wine64 wine >/dev/null || missing+=(wine64)
[ -e /usr/src/googletest/googletest/src/gtest-all.cc ] || missing+=(googletest)
if [ ${#missing[@]} -gt 0 ]; then
  echo "NOT TESTED: nothing was compiled for Windows; ./packaging/install-deps.sh --windows installs what is missing: ${missing[*]}" >&2
  exit 77
fi
begin=$SECONDS
cmake --preset windows -B "$build" >/dev/null
cmake --build "$build"
echo "compiled for Windows in $((SECONDS - begin)) s" >&2
begin=$SECONDS
# The server of this one Windows, which would stay a few seconds.
trap 'WINEPREFIX=$build/wine /usr/lib/wine/wineserver64 -k 2>/dev/null || true' EXIT
ctest --test-dir "$build" --output-on-failure --no-tests=error
echo "run under wine in $((SECONDS - begin)) s" >&2
