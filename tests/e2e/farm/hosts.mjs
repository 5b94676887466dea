// The farm's hosts. `A` is the audited site; the others are what it embeds or passes through. All answer on loopback.
export const A = 'site-a.test';
// Two more sites that the audit is led to, as one site may have no more than 180 cookies in Chromium (the oldest are then thrown out).
export const M = 'media.example';
export const WM = 'www.media.example';
export const S = 'scripts.example';
export const WS = 'www.scripts.example';
export const WA = 'www.site-a.test';            // Same site, another origin.
export const SA = 'deep.sub.site-a.test';       // Same site, further down.
export const B = 'site-b.test';                 // Another site, embedded.
export const T = 'tracker.test';                // A tracker: scripts in the page and frames of its own.
export const TC = 'cdn.tracker.test';
export const W = 'widget.example';
export const H1 = 'hop-one.test';
export const H2 = 'hop-two.test';
export const H3 = 'hop-three.test';
export const G = 'farm.github.io';              // A public suffix of the list's private part lies above it.
export const P = 'plain.test';                  // Plain http only.
export const R = 'refused.test';                // Mapped to a port where nobody listens.

export const secureHosts = [A, M, WM, S, WS, WA, SA, B, T, TC, W, H1, H2, H3, G];

/** Names to where they are reached, as `affiant audit --map` and the browsers' own switches want them. */
export const mapRules = ({ securePort, plainPort }) => [
  ...secureHosts.map((host) => [`${host}:443`, `127.0.0.1:${securePort}`]),
  // Chromium tries https first for a plain address; nobody answers there.
  [`${P}:80`, `127.0.0.1:${plainPort}`], [`${P}:443`, '127.0.0.1:1'], [`${R}:443`, '127.0.0.1:1'],
];
