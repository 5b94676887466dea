#!/bin/bash
# What compiler and linker were asked for (cmake/Hardening.cmake, cmake/Warnings.cmake) is in the programs: hardening.sh [--cf] PROGRAM...
# --cf: with indirect branch tracking, which only x86 has.
set -euo pipefail
cf=0
[ "${1:-}" != --cf ] || { cf=1; shift; }
bad=0
complain() { echo "$*" >&2; bad=1; }
[ $# -gt 0 ] || { echo "usage: $0 [--cf] PROGRAM..." >&2; exit 2; }

for program in "$@"; do
  header=$(readelf -hW "$program"); dynamic=$(readelf -dW "$program"); segments=$(readelf -lW "$program"); symbols=$(readelf -W --dyn-syms "$program")
  grep -q 'Type:.*DYN' <<<"$header" && grep -q 'FLAGS_1.*PIE' <<<"$dynamic" || complain "$program: no position-independent executable"
  grep -q GNU_RELRO <<<"$segments" || complain "$program: no RELRO segment"
  grep -qE 'BIND_NOW|FLAGS_1.*NOW' <<<"$dynamic" || complain "$program: symbols are bound late, so RELRO is not full"
  grep -qE 'GNU_STACK.* RW ' <<<"$segments" || complain "$program: its stack can be executed"
  ! grep -qE 'RPATH|RUNPATH' <<<"$dynamic" || complain "$program: takes libraries from a folder of its own: $(grep -E 'RPATH|RUNPATH' <<<"$dynamic")"
  grep -q __stack_chk_fail <<<"$symbols" || complain "$program: no stack protector"
  grep -qE ' __[a-z]+_chk(@|$)' <<<"$(awk '{print " " $8}' <<<"$symbols")" || complain "$program: nothing is fortified"
  [ ! -u "$program" ] && [ ! -g "$program" ] || complain "$program: setuid or setgid"
  # The C start-up files decide whether the note is set; the code itself shows what it was compiled with.
  if [ $cf = 1 ] && [ "$(objdump -d --no-show-raw-insn "$program" | grep -c endbr64)" -lt 1000 ]; then complain "$program: no indirect branch tracking"; fi
done
exit $bad
