#!/bin/bash
# Puts every library that the programs of TREE load into TREE/lib/affiant, but those of the C library, which belongs to the kernel and the machine; and
# has the programs look there, seen from where they lie. bundle.sh TREE. Each library's licence goes to share/doc/affiant/bundled.
set -euo pipefail
tree=$(cd "$1" && pwd)
command -v patchelf >/dev/null || { echo "bundle.sh: patchelf is missing: apt-get install patchelf" >&2; exit 1; }
c_library='^(ld-linux.*|lib(c|m|mvec|dl|rt|pthread|resolv|util|nsl|anl))\.so'
into=$tree/lib/affiant
licences=$tree/share/doc/affiant/bundled
mkdir -p "$into" "$licences"
programs=("$tree/bin/affiant" "$tree/libexec/affiant/affiant-host")
while read -r name file; do
  [[ $name =~ $c_library ]] && continue
  cp -L "$file" "$into/$name"
  chmod 644 "$into/$name"
  patchelf --set-rpath '$ORIGIN' "$into/$name"
  real=$(readlink -f "$file")
  package=$(dpkg -S "$real" 2>/dev/null || dpkg -S "${real#/usr}")
  package=${package%%:*}
  cp "/usr/share/doc/$package/copyright" "$licences/$package.txt"
  echo "$name $package $(dpkg-query -W -f='${Version}' "$package")" >>"$licences/list"
done < <(for p in "${programs[@]}"; do ldd "$p"; done | sed -nE 's/^\s*(\S+) => (\/\S+) \(.*/\1 \2/p' | sort -u)
sort -o "$licences/list" "$licences/list"
# Debian's texts point at those that it keeps once for all packages.
while read -r name; do
  if [ -f "/usr/share/common-licenses/$name" ]; then cp -L "/usr/share/common-licenses/$name" "$licences/$name"; else echo "bundle.sh: Debian has no licence text $name, which a library names" >&2; fi
done < <(grep -ohE 'common-licenses/[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]' "$licences"/*.txt | sed 's,.*/,,' | sort -u)
patchelf --set-rpath '$ORIGIN/../lib/affiant' "${programs[0]}"
patchelf --set-rpath '$ORIGIN/../../lib/affiant' "${programs[1]}"
