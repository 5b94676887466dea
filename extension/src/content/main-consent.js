// The state of consent as the page tells it: TCF, GPP, Global Privacy Control, Google's consent mode (page's world; see main.js).
// The last of the main-*.js: no later script is handed our tools.
'use strict';
(document.fonts ?? document).dispatchEvent(new CustomEvent('affiant:kit', { detail: ({ report, onLook, fault }) => {
  const stringify = JSON.stringify;
  const isArray = Array.isArray;
  const MOST_CHANGES = 100;
  const MOST_LAYER = 2000;
  const last = { __proto__: null };
  let changes = 0;

  const tell = (source, status, value) => {
    const state = status + '\n' + value;
    if (last[source] === state || changes >= MOST_CHANGES) return;
    last[source] = state;
    changes++;
    report(['k', 'consent', 'source', source, 'status', status, 'value', value], '');
  };
  const text = (value) => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? '' + value : '');
  const guarded = (where, listener) => (first, second) => { try { listener(first, second); } catch (error) { fault(where, error); } };

  const signal = globalThis.navigator?.globalPrivacyControl;
  if (typeof signal === 'boolean') tell('gpc', signal ? 'on' : 'off', '');

  // A page's consent manager appears some time after its first script: looked for until it is there.
  let tcf = false;
  const onTcf = guarded('tcf', (data, success) => {
    if (success === false || typeof data !== 'object' || data === null) return;
    tell('tcf', text(data.eventStatus) || text(data.cmpStatus), text(data.tcString) || (data.gdprApplies === false ? 'gdpr-does-not-apply' : ''));
  });
  let gpp = false;
  const onGpp = guarded('gpp', (event) => {
    const data = event?.pingData ?? event;
    if (typeof data === 'object' && data !== null) tell('gpp', text(event.eventName) || text(data.cmpStatus), text(data.gppString));
  });
  let layerSeen = 0;
  const readLayer = () => {
    const layer = window.dataLayer;
    if (!isArray(layer)) return;
    for (; layerSeen < layer.length && layerSeen < MOST_LAYER; layerSeen++) {
      const item = layer[layerSeen];
      if (typeof item !== 'object' || item === null || item[0] !== 'consent' || typeof item[2] !== 'object') continue;
      tell('google-consent-mode', text(item[1]), stringify(item[2]) ?? '');
    }
  };

  onLook(() => {
    if (!tcf && typeof window.__tcfapi === 'function') { tcf = true; window.__tcfapi('addEventListener', 2, onTcf); }
    if (!gpp && typeof window.__gpp === 'function') { gpp = true; window.__gpp('addEventListener', onGpp); window.__gpp('ping', onGpp); }
    readLayer();
  });
} }));
(document.fonts ?? document).dispatchEvent(new Event('affiant:kit-end'));
