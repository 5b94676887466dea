#!/bin/bash
# Installs on Debian 12 what building and running (with --tests, testing; with --packages, packaging; with --windows, compiling for Windows) affiant needs. Idempotent; as root or with sudo.
set -euo pipefail

build=(build-essential cmake ninja-build ccache pkg-config nodejs npm
  libssl-dev nlohmann-json3-dev libspdlog-dev libfmt-dev libexpected-dev libcli11-dev libpsl-dev publicsuffix libre2-dev
  libarchive-dev libxml2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libcpp-httplib-dev
  libtomlplusplus-dev libgtest-dev libgmock-dev libvalijson-dev)
run=(chromium firefox-esr libnss3-tools openssl ca-certificates procps poppler-utils)
packages=(file rpm patchelf zstd lintian debootstrap appstream)
tests=(file zip unzip golang-go golang-golang-x-mod-dev clang-format libbenchmark-dev)
windows=(g++-mingw-w64-x86-64-posix wine64 googletest)  # 170 MB to load, 1.1 GB unpacked.

wanted=("${build[@]}" "${run[@]}")
for arg in "$@"; do
  case "$arg" in
    --tests) wanted+=("${tests[@]}") ;;
    --packages) wanted+=("${packages[@]}") ;;
    --windows) wanted+=("${windows[@]}") ;;
    *) echo "usage: $0 [--tests] [--packages] [--windows]" >&2; exit 2 ;;
  esac
done

# A node of one's own (a version manager's) serves as well as Debian's; Debian's npm would drag its own node along.
have() {
  case "$1" in
    nodejs) command -v node >/dev/null && return 0 ;;
    npm) command -v npm >/dev/null && return 0 ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}
missing=()
for package in "${wanted[@]}"; do have "$package" || missing+=("$package"); done
[ ${#missing[@]} -gt 0 ] || { echo "affiant: every package needed is installed" >&2; exit 0; }

command -v apt-get >/dev/null || { echo "affiant: this script knows Debian's apt-get only. Needed: ${missing[*]}" >&2; exit 1; }
root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "affiant: run as root, or install sudo, or have installed: ${missing[*]}" >&2; exit 1; }
  root=(sudo)
fi
echo "affiant: installing ${#missing[@]} packages: ${missing[*]}" >&2
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
