#!/bin/bash
# pkgbuild.sh BUILD OUT.pkg: a macOS package of what was built in BUILD, for all users. Never run so far. AFFIANT_SIGN
# names a "Developer ID Installer" identity to sign with; without it the package is unsigned, and Gatekeeper says so.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 BUILD OUT.pkg" >&2; exit 2; }
[ "$(uname -s)" = Darwin ] || { echo "pkgbuild.sh: macOS alone has pkgbuild and productbuild; this is $(uname -s)" >&2; exit 1; }
for tool in pkgbuild productbuild node; do
  command -v "$tool" >/dev/null || { echo "pkgbuild.sh: there is no $tool" >&2; exit 1; }
done
build=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
version=$("$build/bin/affiant-host" --version | awk '{print $2}')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
node "$here/stage.mjs" "$build" "$work/stage"
# "recommended": root and wheel, whoever builds it.
pkgbuild --root "$work/stage" --identifier app.affiant.affiant --version "$version" --ownership recommended --install-location / "$work/component.pkg"
sign=()
[ -z "${AFFIANT_SIGN:-}" ] || sign=(--sign "$AFFIANT_SIGN")
productbuild --identifier app.affiant.affiant --version "$version" --package "$work/component.pkg" ${sign[@]+"${sign[@]}"} "$out"
