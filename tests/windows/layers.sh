#!/bin/bash
# layers.sh FOLDER [ahead]: configures and builds the preset "windows" in FOLDER, and runs what it makes under wine. 77: not tested here.
# With "ahead" it does so where nobody else wants the processor and says nothing; the next call without it waits for it and tells what came of it.
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

test_layers() {  # In a shell of its own, so that a failing command ends it.
  local begin=$SECONDS
  cmake --preset windows -B "$build" >/dev/null
  cmake --build "$build"
  echo "compiled for Windows in $((SECONDS - begin)) s"
  begin=$SECONDS
  # The server of this one Windows, which would stay a few seconds.
  trap 'WINEPREFIX=$build/wine /usr/lib/wine/wineserver64 -k 2>/dev/null || true' EXIT
  ctest --test-dir "$build" --output-on-failure --no-tests=error
  echo "run under wine in $((SECONDS - begin)) s"
}

mkdir -p "$build"
exec 9>"$build.lock"
flock 9
done=$build.done
if [ "${2:-}" = ahead ]; then
  rm -f "$done"
  renice -n 19 $$ >/dev/null
  chrt --idle --pid 0 $$ || true
  set +e  # Not "|| code=$?", by which nothing in the shell would end it.
  (set -e; test_layers) >"$build.log" 2>&1 9>&-
  echo $? >"$done"
elif [ -e "$done" ]; then
  cat "$build.log"
  code=$(cat "$done")
  rm -f "$done"
  exit "$code"
else
  (set -e; test_layers) 9>&-
fi
