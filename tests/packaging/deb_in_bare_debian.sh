#!/bin/bash
# The deb in a bare Debian 12: installed by apt with what it depends on, used in both browsers by an ordinary account, upgraded, removed with purge, and the
# file system compared with the beginning. deb_in_bare_debian.sh BUILD; needs root, debootstrap and a Debian mirror, and says so where it has them not.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
cache=${AFFIANT_BARE_DEBIAN:-$build/bare-debian}
skip() { echo "SKIPPED: the deb was not tried in a bare Debian: $*" >&2; exit 77; }
[ "$(id -u)" = 0 ] || skip "this needs root"
command -v patchelf >/dev/null || skip "patchelf is missing: apt-get install patchelf"
command -v debootstrap >/dev/null || skip "debootstrap is missing: apt-get install debootstrap"
source "$here/bare_debian.sh"
[ -n "$(mirror_of_this_machine)" ] || skip "no Debian mirror in this machine's apt sources"
made_now=no; [ -e "$cache/browsers.complete" ] || made_now=yes
make_roots || skip "no bare Debian could be made (mirror not reachable?)"

start=$SECONDS
step() { echo "== $((SECONDS - start)) s: $*" >&2; }
die() { echo "FAILED: $*" >&2; exit 1; }
trial=$(mktemp -d "$build/trial-XXXXXX")
trap 'unmount_trial "$trial/bare"; unmount_trial "$trial/both"; rm -rf "$trial"' EXIT

step "the deb, one that says it is older and has a file more, and the portable archive"
(cd "$build" && cpack -G 'DEB;TZST' -B "$trial/debs" >/dev/null)
new=$(ls "$trial"/debs/affiant_*.deb); old=$trial/affiant_0.0.9.deb
dpkg-deb -R "$new" "$trial/older"
sed -i 's/^Version: .*/Version: 0.0.9-1/' "$trial/older/DEBIAN/control"
echo gone >"$trial/older/usr/share/affiant/of-the-older-version"
dpkg-deb -Zgzip -z1 -b "$trial/older" "$old" >/dev/null

install_deb() { cp "$2" "$1/root/tmp/affiant.deb"; enter "$1/root" apt-get install -y -qq --no-install-recommends /tmp/affiant.deb >"$trial/apt.log" 2>&1 || { tail -20 "$trial/apt.log" >&2; die "apt does not install $2"; }; }
purge_all() { enter "$1/root" apt-get purge -y -qq --auto-remove affiant >"$trial/apt.log" 2>&1 || { tail -20 "$trial/apt.log" >&2; die "apt does not purge affiant"; }; }
nothing_left() {
  local left; left=$(left_behind "$@")
  [ -z "$left" ] || { printf '%s\n' "$left" | head -40 >&2; die "purge left something behind"; }
}

step "a bare Debian without any browser: the portable archive brings what it needs, the deb depends on what it needs, and purge leaves nothing"
mount_trial "$trial/bare" "$cache/bare"
enter "$trial/bare/root" dpkg-query -W | sort >"$trial/before"
try_programs() { local program; for program in "$2/bin/affiant" "$2/libexec/affiant/affiant-host"; do enter "$1" "$program" --version || die "$program does not start"; done; enter "$1" "$2/bin/affiant" explain 'id=1; Max-Age=60' --url https://shop.example/ >/dev/null || die "affiant explain fails in $2"; }
mkdir "$trial/bare/root/tmp/a place"
tar --zstd -xf "$trial"/debs/affiant-*.tar.zst --strip-components 1 -C "$trial/bare/root/tmp/a place"
try_programs "$trial/bare/root" "/tmp/a place"
install_deb "$trial/bare" "$new"
enter "$trial/bare/root" dpkg-query -W | sort >"$trial/with"
echo "pulled in: $(comm -13 "$trial/before" "$trial/with" | cut -f1 | tr '\n' ' ')"
try_programs "$trial/bare/root" /usr
purge_all "$trial/bare"
enter "$trial/bare/root" dpkg-query -W | sort | cmp - "$trial/before" || die "other packages than before"
nothing_left "$trial/bare" "$cache/bare"
unmount_trial "$trial/bare"

step "a Debian with both browsers: the older version, and each browser records through what it installed"
mount_trial "$trial/both" "$cache/browsers:$cache/bare"
root=$trial/both/root
install_deb "$trial/both" "$old"
node "$here/installed_browsers.mjs" "$root" >"$trial/cases" || die "a browser does not record through the installed pieces"
[ "$(wc -l <"$trial/cases")" = 2 ] || die "not a case of each browser"
as_person "$root" affiant key export-public -o /home/person/me.vkey
verify_all() { while read -r kase; do as_person "$root" affiant verify "$kase" --key /home/person/me.vkey >"$trial/verdict" || { cat "$trial/verdict" >&2; die "$kase does not verify $1"; }; done <"$trial/cases"; }
verify_all "with the version that recorded it"
person_has() { (cd "$root/home/person" && find .local/share/affiant .config/affiant me.vkey -type f -exec sha256sum {} + | sort -k2); }
person_has >"$trial/has"
[ "$(wc -l <"$trial/has")" -gt 10 ] || die "the person has no cases"

step "upgrade: cases and key stay"
install_deb "$trial/both" "$new"
[ "$(enter "$root" dpkg-query -W -f='${Version}' affiant)" != 0.0.9-1 ] || die "not upgraded"
[ ! -e "$root/usr/share/affiant/of-the-older-version" ] || die "the upgrade left a file of the older version"
person_has | cmp - "$trial/has" || die "the upgrade touched what is a person's"
verify_all "after the upgrade"

step "affiant audit: its own profile, the installed extension and host"
for browser in chromium firefox; do
  code=0; as_person "$root" affiant audit --demo --browser $browser --pages 0 --case /home/person/audit-$browser --quiet -o /dev/null || code=$?
  [ $code = 1 ] || die "audit in $browser ended with $code; the demo has findings, which is 1"
  as_person "$root" affiant verify /home/person/audit-$browser >/dev/null || die "the audit in $browser does not verify"
done

step "purge: nothing of it is left, and what is a person's is untouched"
purge_all "$trial/both"
person_has | cmp - "$trial/has" || die "purge touched what is a person's"
nothing_left "$trial/both" "$cache/browsers" "$cache/bare"
step "done (roots made in this run: $made_now)"
