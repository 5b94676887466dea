// The browser that the incumbents are given: Debian's Chromium behind a script that adds what the farm needs, so that no tool must know
// of it: the farm's names, its certificate authority, and the switches by which an audit of ours runs a machine's root.
import fs from 'node:fs';
import path from 'node:path';
import { mapRules } from '../../e2e/farm/hosts.mjs';
import { trust } from '../../e2e/farm/launch.mjs';

export const program = '/usr/bin/chromium';

/** @returns {{file: string, end: () => void}} end: kills what the script started and is still there */
export function makeBrowser(dir, { ca, ports }) {
  const home = path.join(dir, 'home');
  const pids = path.join(dir, 'pids');
  trust(path.join(home, '.pki', 'nssdb'), ca);
  const rules = mapRules(ports).map(([from, to]) => `MAP ${from} ${to}`).join(', ');
  const file = path.join(dir, 'browser.sh');
  // Of several --disable-features only the last would count: they become one. Its pid is the browser's: exec.
  fs.writeFileSync(file, `#!/bin/sh
features=LocalNetworkAccessChecks
n=$#
while [ $n -gt 0 ]; do
  case $1 in
    --disable-features=*) features="$features,\${1#*=}" ;;
    *) set -- "$@" "$1" ;;
  esac
  shift
  n=$((n - 1))
done
echo $$ >>"${pids}"
export HOME="${home}" DBUS_SESSION_BUS_ADDRESS=disabled:
unset DISPLAY WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME CHROMIUM_FLAGS
exec ${program} --no-sandbox --disable-dev-shm-usage --disable-quic --password-store=basic --disable-background-networking --disable-component-update --no-first-run \\
  --host-resolver-rules="${rules}" "--disable-features=$features" "$@"
`, { mode: 0o755 });
  const isOurs = (pid) => { try { return fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`HOME=${home}\0`) || fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(rules); } catch { return false; } };
  return {
    file,
    end() {
      const started = fs.existsSync(pids) ? fs.readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [];
      for (const pid of started.filter(isOurs)) { try { process.kill(pid, 'SIGKILL'); } catch { /* gone meanwhile */ } }
    },
  };
}
