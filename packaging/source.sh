#!/bin/bash
# The source tarball of one commit, with the npm packages that its lock files pin, so that it builds without a network: source.sh OUT.tar.zst [COMMIT].
# The same commit gives the same bytes. What a build had fetched is taken from nowhere: npm fetches it anew and checks it against the lock files.
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")/.."
commit=$(git rev-parse --verify "${2:-HEAD}^{commit}")
epoch=$(git log -1 --format=%ct "$commit")
version=$(git show "$commit:CMakeLists.txt" | sed -n 's/^project(affiant VERSION \([0-9.]*\).*/\1/p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=affiant-$version
git archive --prefix="$name/" "$commit" | tar -x -C "$work"
for folder in extension/vendor/autoconsent packaging/drawing host/knowledge/third_party_web; do
  (cd "$work/$name/$folder" && npm ci --ignore-scripts --no-audit --no-fund --omit=dev --loglevel=error >/dev/null && rm -f node_modules/.package-lock.json)
done
grep -qE '^[0-9]+$' "$work/$name/packaging/source-date" || { echo "source.sh: packaging/source-date was not filled in by git archive" >&2; exit 1; }
tar -C "$work" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --format=gnu -cf - "$name" | zstd -q -10 -T1 -f -o "$out"
echo "$(sha256sum <"$out" | cut -c1-64)  $out"
