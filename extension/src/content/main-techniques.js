// Interfaces that can tell one browser from another (page's world; see main.js). Cheap enough to leave on: counted in the page, one
// record for each script and technique, sent when the isolated script says that it is time. What it amounts to is judged later.
'use strict';
(document.fonts ?? document).dispatchEvent(new CustomEvent('affiant:kit', { detail: (kit) => {
  const { apply, stackNow, report, watch, onLook } = kit;
  const stringify = JSON.stringify;
  const indexOf = String.prototype.indexOf;
  const lastIndexOf = String.prototype.lastIndexOf;
  const slice = String.prototype.slice;
  const MOST_STACKS = 200;   // Taken in one document; a stack costs microseconds.
  const MOST_TALLIES = 300;

  const tallies = { __proto__: null };
  const order = { __proto__: null, count: 0 };
  let stacks = 0;

  // The line of the first frame that is not ours, without its position: all calls of one script count together.
  const callerIn = (stack) => {
    let from = 0;
    for (let i = 0; i < 60; i++) {
      const end = apply(indexOf, stack, ['\n', from]);
      const line = apply(slice, stack, [from, end < 0 ? stack.length : end]);
      const at = apply(indexOf, line, ['://']);
      if (at > 0 && apply(indexOf, line, ['-extension://']) < 0) {
        const position = apply(lastIndexOf, line, [':', apply(lastIndexOf, line, [':']) - 1]);
        return apply(slice, line, [at, position > at ? position : line.length]);
      }
      if (end < 0) return '';
      from = end + 1;
    }
    return '';
  };

  /** What is counted of a technique for the script that calls now. */
  const tallyOf = (technique) => {
    const stack = stacks < MOST_STACKS ? stackNow() : '';
    const caller = stacks++ < MOST_STACKS && typeof stack === 'string' ? callerIn(stack) : '…';
    const key = technique + '\n' + caller;
    if (!tallies[key]) {
      if (order.count >= MOST_TALLIES) return undefined;
      order[order.count++] = tallies[key] = { __proto__: null, technique, stack, features: { __proto__: null }, changed: false };
    }
    return tallies[key];
  };
  const count = (tally, feature) => {
    if (!tally) return;
    tally.features[feature] = (tally.features[feature] ?? 0) + 1;
    tally.changed = true;
  };
  const atLeast = (tally, feature, value) => {
    if (!tally || !(value > (tally.features[feature] ?? 0))) return;
    tally.features[feature] = value;
    tally.changed = true;
  };
  // Once a call site was told apart often enough, further calls count under the first script that used the technique that way.
  const SITES = 25;
  const uses = { __proto__: null };
  const touch = (technique, feature) => {
    const use = uses[technique + feature] ??= { __proto__: null, calls: 0, tally: undefined };
    if (use.calls++ < SITES) use.tally = tallyOf(technique);
    count(use.tally, feature);
  };

  onLook(() => {
    for (let i = 0; i < order.count; i++) {
      const tally = order[i];
      if (!tally.changed) continue;
      tally.changed = false;
      report(['k', 'technique', 'technique', tally.technique, 'features', stringify(tally.features)], tally.stack);
    }
  });

  const call = (technique, owner, names, part = 'value') => {
    for (let i = 0; i < names.length; i++) watch(globalThis[owner]?.prototype, names[i], part, () => touch(technique, names[i]));
  };
  const UNMASKED_VENDOR = 37445;
  const UNMASKED_RENDERER = 37446;
  for (const owner of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    call('webgl', owner, ['readPixels', 'getSupportedExtensions', 'getShaderPrecisionFormat']);
    watch(globalThis[owner]?.prototype, 'getParameter', 'value', (self, args) =>
      touch('webgl', args[0] === UNMASKED_VENDOR || args[0] === UNMASKED_RENDERER ? 'unmasked' : 'getParameter'));
  }
  call('audio', 'BaseAudioContext', ['createOscillator', 'createDynamicsCompressor', 'createAnalyser']);
  call('audio', 'OfflineAudioContext', ['startRendering']);
  call('audio', 'OfflineAudioContext', ['oncomplete'], 'set');
  call('audio', 'AnalyserNode', ['getFloatFrequencyData', 'getByteFrequencyData']);
  call('audio', 'AudioBuffer', ['getChannelData']);
  call('webrtc', 'RTCPeerConnection', ['createDataChannel', 'createOffer', 'setLocalDescription']);
  call('webrtc', 'RTCPeerConnection', ['onicecandidate'], 'set');
  call('webrtc', 'RTCPeerConnection', ['localDescription'], 'get');
  call('battery', 'Navigator', ['getBattery']);
  call('media-devices', 'MediaDevices', ['enumerateDevices']);
  call('fonts', 'FontFaceSet', ['check']);
  call('beacon', 'Navigator', ['sendBeacon']);

  kit.tally = { __proto__: null, tallyOf, count, atLeast };  // For main-canvas.js.
} }));
