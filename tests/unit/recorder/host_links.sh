#!/bin/bash
# The host must not be able to reach a network or to read HTML: neither by the libraries it needs nor by what it imports itself.
set -euo pipefail
host=$1
shift
bad=0
complain() { echo "$*" >&2; bad=1; }

needed=$(readelf -d "$host" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
[ -n "$needed" ] || complain "$host: readelf lists no libraries: is it an ELF program?"
echo "$host needs: $(echo $needed)"
grep -qx 'libcrypto\.so.*' <<<"$needed" || complain "$host does not need libcrypto: this is not the program that signs"
if grep -E 'libssl|libcurl|libxml2|libcmark|libgumbo|libhttplib|libresolv|libnghttp|libarchive|libgnutls|libnss' <<<"$needed"; then
  complain "$host needs a library for networks, HTML or archives"
fi

# A sanitizer's run-time imports everything; then only the libraries above are judged, and our own objects below.
network='^(socket|socketpair|connect|bind|listen|accept4?|getaddrinfo|gethostby.*|getnameinfo|res_.*|sendto|sendmsg|recvfrom|recvmsg)(@.*)?$'
judge() {
  local what=$1
  shift
  if "$@" 2>/dev/null | awk '{print $NF}' | grep -E "$network"; then complain "$what imports a network function"; fi
}
imports() { nm -D --undefined-only "$1"; }
if [ -z "$(imports "$host" | grep -E '__(asan|ubsan|tsan|msan)_')" ]; then
  [ -n "$(imports "$host" | grep ' read')" ] || complain "$host: nm lists no imports, so nothing was tested"
  judge "$host" imports "$host"
fi
for library in "$@"; do judge "$library" nm --undefined-only "$library"; done
exit $bad
