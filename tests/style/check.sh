#!/bin/bash
# The house rules that a program can check: formatting, file length, no machine's paths, no skipped tests without a reason.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
complain() { echo "$*" >&2; bad=1; }

mapfile -t cxx < <(git ls-files '*.cc' '*.h')
if command -v clang-format >/dev/null; then
  # Not in a pipe: with pipefail its own failure would hide what it found.
  found=$(clang-format --dry-run -Werror "${cxx[@]}" 2>&1) || { grep -m 20 error: <<<"$found" || echo "$found" >&2; complain "Run: git ls-files '*.cc' '*.h' | xargs clang-format -i"; }
else
  complain "clang-format is missing: apt-get install clang-format"
fi
while read -r lines file; do
  [ "$file" != total ] && [ "$lines" -gt 400 ] && complain "$file has $lines lines: split it by reason"
done < <(git ls-files '*.cc' '*.h' '*.js' '*.mjs' '*.css' '*.sh' | xargs wc -l)
git grep -nI 'std::regex' -- host && complain "std::regex overflows its stack on long input: use RE2"
git grep -nIE '"resolved": *"https?://' -- '*.json' && complain "A lock file names a registry: write it with --omit-lockfile-registry-resolved"
git grep -nE -e '^[[:space:]]*-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY' && complain "A private key: whatever it was for needs another one now"
git ls-files | grep -E '\.(key|p12|pfx)$|(^|/)key\.pem$' && complain "Key files do not belong here"
git grep -nIE '(test|it)\.only\(|DISABLED_' -- '*.mjs' '*.js' '*.cc' && complain "A narrowed or disabled test"
# What stands on POSIX outside host/base is named there, and nothing else may.
posix=$(git grep -lE '#include <(unistd|fcntl|poll|signal|dirent|termios|netdb|netinet/in|arpa/inet|sys/[a-z]+)[.]h>' -- host ':!host/base')
named=$(sed -n '/^## What is POSIX still/,/^## /p' docs/building-windows.md | grep -oE '`host/[a-z/_]+[.](cc|h)`' | tr -d '`' | sort)
diff <(sort <<<"$posix") <(echo "$named") >&2 || complain "docs/building-windows.md names (>) other POSIX files than there are (<): move the call behind host/base"
if PATH=$PATH:/usr/sbin command -v apparmor_parser >/dev/null; then
  PATH=$PATH:/usr/sbin apparmor_parser -Q -T -K packaging/apparmor/affiant-host 2>/dev/null || complain "packaging/apparmor/affiant-host is no AppArmor profile: apparmor_parser -Q -T -K says where"
else
  echo "SKIPPED: the AppArmor profile was not parsed; apt-get install apparmor" >&2
fi
exit $bad
