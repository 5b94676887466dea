// What public lists say of hosts, for knowledge.mjs to measure against. Nothing of ours comes from them.
import fs from 'node:fs';

/** Hosts that a filter list names: `whole` by rules ||host^ alone in its sections of servers, `some` in any rule ||host... that is not for named pages or for a site's own. */
export function filterList(file) {
  const text = fs.readFileSync(file, 'utf8');
  const servers = text.split('\n! *** ').filter((s) => /^easylist:\S*_(adservers|thirdparty|trackingservers)/.test(s)).join('\n');
  const whole = new Set([...servers.matchAll(/^\|\|([a-z0-9.-]+)\^(?:\$(?:third-party|3p))?\s*$/gm)].map((m) => m[1]));
  const some = new Set();
  for (const [, host, options] of text.matchAll(/^\|\|([a-z0-9.-]+\.[a-z0-9-]+)(?=[\^/$*:?]|$)[^$\n]*(?:\$(\S*))?$/gm)) {
    if (!/(?:^|,)(?:domain=(?!~)|from=(?!~)|~third-party|1p|~3p|popup(?:,|$)|csp|removeparam|badfilter)/.test(options ?? '')) some.add(host);
  }
  return { whole, some };
}

/** host, then what is left when its labels are taken off one at a time, down to `end`. */
export function* suffixes(host, end) {
  for (let rest = host; rest; rest = rest.slice(rest.indexOf('.') + 1)) {
    yield rest;
    if (rest === end || !rest.includes('.')) return;
  }
}

// TrackerDB's words as ours; its other ones ("misc", "pornvertising") say nothing that could be right or wrong.
const trackerDbWords = {
  advertising: 'advertising', site_analytics: 'analytics', social_media: 'social', audio_video_player: 'video', customer_interaction: 'customer-support',
  consent: 'consent-manager', hosting: 'cdn',
};

/** host -> TrackerDB's category in our words. */
export function trackerDb(file) {
  const out = new Map();
  for (const { category, domains } of Object.values(JSON.parse(fs.readFileSync(file, 'utf8')).patterns)) {
    for (const host of domains) if (trackerDbWords[category]) out.set(host, trackerDbWords[category]);
  }
  return out;
}

/** host -> the category that both give it: EasyList has it as a whole and EasyPrivacy has not, and TrackerDB calls it advertising; or the other way round and analytics. */
export function agreed(easylist, easyprivacy, trackerdb) {
  const out = new Map();
  for (const [host, category] of trackerdb) {
    if (easylist.whole.has(host) && !easyprivacy.whole.has(host) && category === 'advertising') out.set(host, category);
    if (easyprivacy.whole.has(host) && !easylist.whole.has(host) && category === 'analytics') out.set(host, category);
  }
  return out;
}

// What neither list has a word for counts as what both call it.
const asTheirs = { 'session-replay': 'analytics', 'tag-manager': 'analytics', fingerprinting: 'analytics' };
export const inTheirWords = (category) => asTheirs[category] ?? category;
