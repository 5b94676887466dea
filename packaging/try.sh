#!/bin/bash
# From a fresh Debian 12 machine to a report: installs what is missing, builds, and audits a site in a real browser.
#
#   ./packaging/try.sh                       audits the built-in demo site, which says one thing and does another
#   ./packaging/try.sh https://example.org   audits that site
#   ./packaging/try.sh URL --browser firefox and any other option of `affiant audit`
set -euo pipefail
cd "$(dirname "$0")/.."

echo "affiant: 1/3 packages" >&2
./packaging/install-deps.sh
echo "affiant: 2/3 build (the first takes some minutes)" >&2
cmake --preset release -DAFFIANT_TESTS=OFF -DAFFIANT_TOGETHER=ON -B build/try >build-try.log 2>&1 || { cat build-try.log >&2; rm -f build-try.log; exit 1; }
rm -f build-try.log
cmake --build build/try >&2
echo "affiant: 3/3 audit" >&2
if [ $# -eq 0 ]; then set -- --demo; fi
# Findings are what an audit is for: here, where nothing is gated on them, exit code 1 would only look like a failure.
exec ./build/try/bin/affiant audit --fail-on never "$@"
