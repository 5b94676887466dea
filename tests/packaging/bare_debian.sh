# Sourced by deb_in_bare_debian.sh: bare Debian 12 roots to install into and to look at afterwards. Root only.
#   CACHE/bare        debootstrap's smallest system
#   CACHE/browsers    what chromium, firefox-esr and a person's account add to it
#   CACHE/archives    packages that apt has fetched
# A trial is a layer above these (overlayfs): what it changed is exactly what lies in its layer.

mirror_of_this_machine() {
  sed -n 's/^URIs: *//p;s/^deb *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1
}

# enter ROOT COMMAND...: as root, with the machine's names and nothing of its environment.
enter() {
  local root=$1; shift
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy=$http_proxy} /usr/sbin/chroot "$root" "$@"
}
# as_person ROOT COMMAND...: as the account that CACHE/browsers has.
as_person() {
  local root=$1; shift
  env -i PATH=/usr/bin:/bin HOME=/home/person LANG=C.UTF-8 /usr/sbin/chroot --userspec=person:person "$root" "$@"
}

# mount_trial FOLDER LOWER[:LOWER...]: FOLDER/root is the system, FOLDER/changed what it changes.
mount_trial() {
  mkdir -p "$1"/root "$1"/changed "$1"/work
  mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/changed,workdir=$1/work" "$1/root"
  mount -t proc proc "$1/root/proc"; mount --bind /dev "$1/root/dev"; mount -t tmpfs -o size=1g shm "$1/root/dev/shm"
  mount --bind "$cache/archives" "$1/root/var/cache/apt/archives"
}
unmount_trial() {
  local m
  for m in var/cache/apt/archives dev/shm dev proc ''; do mountpoint -q "$1/root/$m" && umount -l "$1/root/$m"; done
  return 0
}

# Once, a few minutes; later runs find them. A half-made one is made anew.
make_roots() {
  mkdir -p "$cache/archives/partial"
  if [ ! -e "$cache/bare.complete" ]; then
    rm -rf "$cache/bare"
    debootstrap --variant=minbase bookworm "$cache/bare" "$(mirror_of_this_machine)" >"$cache/debootstrap.log" 2>&1 || { tail -5 "$cache/debootstrap.log" >&2; return 1; }
    cp /etc/resolv.conf /etc/hosts "$cache/bare/etc/"
    if [ -f /etc/apt/sources.list.d/debian.sources ]; then cp /etc/apt/sources.list.d/debian.sources "$cache/bare/etc/apt/sources.list.d/"; : >"$cache/bare/etc/apt/sources.list"; fi
    find /etc/apt/apt.conf.d -maxdepth 1 -type f -name '99*' -exec cp {} "$cache/bare/etc/apt/apt.conf.d/" \;
    echo force-unsafe-io >"$cache/bare/etc/dpkg/dpkg.cfg.d/unsafe-io"  # A trial is thrown away: no need to wait for the disk.
    printf 'APT::Keep-Downloaded-Packages "true";\nBinary::apt::APT::Keep-Downloaded-Packages "true";\n' >"$cache/bare/etc/apt/apt.conf.d/98keep"
    rm -f "$cache"/bare/var/cache/apt/archives/*.deb
    enter "$cache/bare" apt-get update -qq
    touch "$cache/bare.complete"
  fi
  if [ ! -e "$cache/browsers.complete" ]; then
    rm -rf "$cache/browsers" "$cache/making"
    mount_trial "$cache/making" "$cache/bare"
    local well=0
    enter "$cache/making/root" apt-get install -y -qq --no-install-recommends chromium firefox-esr >"$cache/browsers.log" 2>&1 || well=1
    enter "$cache/making/root" useradd -m person || well=1
    unmount_trial "$cache/making"
    [ $well = 0 ] || { tail -5 "$cache/browsers.log" >&2; return 1; }
    mv "$cache/making/changed" "$cache/browsers"; rm -rf "$cache/making"
    touch "$cache/browsers.complete"
  fi
}

# What package managers keep of every run, and what a person keeps.
LEFT_ON_PURPOSE='^/(var/log/|var/lib/dpkg/(status|status-old|available|lock|triggers|info/format)|var/lib/apt/|var/cache/(apt|debconf|ldconfig)/|etc/ld\.so\.cache$|tmp/|run/|home/person/|root/\.|dev$|proc$)'

# left_behind FOLDER LOWER...: prints what the trial's layer has and the layers below have not, or have otherwise. Nothing: clean.
left_behind() {
  local changed=$1/changed; shift
  local entry below kind
  while IFS= read -r -d '' entry; do
    entry=/${entry#./}
    [[ $entry =~ $LEFT_ON_PURPOSE ]] && continue
    for below in "$@"; do [ -e "$below$entry" ] || [ -L "$below$entry" ] && break; done
    kind=$(stat -c %F "$changed$entry")
    if [ ! -e "$below$entry" ] && [ ! -L "$below$entry" ]; then
      [ "$kind" = 'character special file' ] || echo "left: $entry"  # Such a file says "taken away", and there was nothing.
    elif [ "$kind" = 'character special file' ]; then echo "gone: $entry"
    elif [ "$kind" = directory ]; then [ "$(stat -c '%a %u %g' "$changed$entry")" = "$(stat -c '%a %u %g' "$below$entry")" ] || echo "other mode: $entry"
    elif ! cmp -s "$changed$entry" "$below$entry"; then echo "changed: $entry"
    fi
  done < <(cd "$changed" && find . -mindepth 1 -print0)
}
