#!/bin/bash
# under_wine.sh PROGRAM.exe ARGUMENT...: runs it with a Windows of its own, in wine/ beside the folder that the program lies in.
set -euo pipefail
for wine in /usr/lib/wine/wine64 "$(command -v wine64 || true)" "$(command -v wine || true)"; do
  [ -x "$wine" ] && break
done
[ -x "$wine" ] || { echo "under_wine.sh: there is no wine64: apt-get install wine64" >&2; exit 1; }
WINEPREFIX=$(cd "$(dirname "$1")/.." && pwd)/wine
# No window, no menu entries, no .NET, no HTML.
export WINEPREFIX WINEDEBUG=-all WINEARCH=win64 WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe="
unset DISPLAY WAYLAND_DISPLAY
# What is made with it lives on for a while, and must not hold the output of a test open.
(
  flock 9
  [ -e "$WINEPREFIX/made" ] || { "$wine" wineboot --init </dev/null &>"$WINEPREFIX.log" 9>&- && touch "$WINEPREFIX/made"; }
) 9>"$WINEPREFIX.lock"
exec "$wine" "$@"
