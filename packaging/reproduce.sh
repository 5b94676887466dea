#!/bin/bash
# Builds one commit twice, in two folders of different names, and compares what comes out: reproduce.sh [COMMIT]. Takes two full builds.
set -euo pipefail
cd "$(dirname "$0")/.."
commit=$(git rev-parse --verify "${1:-HEAD}^{commit}")
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct "$commit"); export SOURCE_DATE_EPOCH
work=$(mktemp -d "${TMPDIR:-/tmp}/affiant-reproduce-XXXXXX")
trap 'rm -rf "$work"' EXIT

one() {  # FOLDER UMASK TZ: what a builder's surroundings differ in
  mkdir -p "$work/$1"
  git archive "$commit" | tar -x -C "$work/$1"
  (cd "$work/$1" && umask "$2" && export TZ=$3 && cmake --preset ci -DAFFIANT_TESTS=OFF >/dev/null && cmake --build --preset ci >/dev/null && cd build/release && cpack -G DEB >/dev/null)
}
one first 022 UTC
one second/in/a/deeper/folder 077 Pacific/Kiritimati
bad=0
for file in packages/affiant_*.deb extension/affiant-firefox.xpi extension/affiant-chromium.zip; do
  a=("$work"/first/build/release/$file); b=("$work"/second/in/a/deeper/folder/build/release/$file)
  if cmp -s "${a[0]}" "${b[0]}"; then echo "same: $(sha256sum <"${a[0]}" | cut -c1-64) $(basename "${a[0]}")"
  else bad=1; echo "DIFFERENT: $(basename "${a[0]}")"; if command -v diffoscope >/dev/null; then diffoscope --max-report-size 20000 "${a[0]}" "${b[0]}" || true; fi; fi
done
exit $bad
