// What is drawn on a canvas before it is read back, and fonts that are tried out by measuring (page's world; see main.js). The
// features are those that the published rules for canvas fingerprinting ask for (Englehardt and Narayanan 2016, sections 6.1, 6.2).
'use strict';
(document.fonts ?? document).dispatchEvent(new CustomEvent('affiant:kit', { detail: ({ apply, getOwnPropertyDescriptor, watch, tally }) => {
  const { tallyOf, count, atLeast } = tally;
  const weakGet = WeakMap.prototype.get;
  const weakSet = WeakMap.prototype.set;
  const MOST_TEXTS = 400;    // Looked at on one canvas; a game writes more.
  const MOST_FONTS = 500;
  const FONTS_WORTH_TELLING = 10;
  const states = new WeakMap();  // By context.

  const stateOf = (context) => {
    let state = apply(weakGet, states, [context]);
    if (!state) {
      state = { __proto__: null, texts: 0, characters: { __proto__: null }, characterCount: 0, colours: { __proto__: null }, colourCount: 0, saved: false,
        fonts: { __proto__: null }, fontCount: 0, measures: { __proto__: null }, measureCount: 0, mostMeasured: 0, fontTally: undefined };
      apply(weakSet, states, [context, state]);
    }
    return state;
  };
  const getter = (owner, name) => (owner ? getOwnPropertyDescriptor(owner, name)?.get : undefined);

  const kinds = [globalThis.HTMLCanvasElement?.prototype, globalThis.OffscreenCanvas?.prototype];
  const sides = { __proto__: null, width: [getter(kinds[0], 'width'), getter(kinds[1], 'width')], height: [getter(kinds[0], 'height'), getter(kinds[1], 'height')] };
  const sideOf = (canvas, name) => {
    for (let i = 0; i < 2; i++) try { return apply(sides[name][i], canvas, []); } catch { /* Of the other kind. */ }
    return 0;
  };

  const read = (context, canvas, via, size) => {
    const seen = tallyOf('canvas');
    count(seen, via);
    if (size) { atLeast(seen, 'read_width', size[0]); atLeast(seen, 'read_height', size[1]); }
    atLeast(seen, 'width', sideOf(canvas, 'width'));
    atLeast(seen, 'height', sideOf(canvas, 'height'));
    const state = context && apply(weakGet, states, [context]);
    if (!state) return;
    atLeast(seen, 'texts', state.texts);
    atLeast(seen, 'characters', state.characterCount);
    atLeast(seen, 'colours', state.colourCount);
    if (state.saved) atLeast(seen, 'saved', 1);
  };
  // Which context a canvas has is only known of those that were drawn on: asking for one would make it.
  const contexts = new WeakMap();  // By canvas.

  const hookContext = (name, canvasType) => {
    const context = globalThis[name]?.prototype;
    if (!context) return;
    const canvasOf = getter(context, 'canvas');
    const fillStyle = getter(context, 'fillStyle');
    const strokeStyle = getter(context, 'strokeStyle');
    const canvas = (self) => (canvasOf ? apply(canvasOf, self, []) : null);
    const wrote = (style) => (self, args) => {
      const state = stateOf(self);
      if (state.texts++ >= MOST_TEXTS) return;
      const of = canvas(self);
      if (of) apply(weakSet, contexts, [of, self]);
      const text = typeof args[0] === 'string' ? args[0] : '';
      for (let i = 0; i < text.length && i < 500; i++) {
        if (state.characters[text[i]]) continue;
        state.characters[text[i]] = true;
        state.characterCount++;
      }
      const colour = apply(style, self, []);
      const key = typeof colour === 'string' ? colour : 'pattern';
      if (!state.colours[key]) { state.colours[key] = true; state.colourCount++; }
    };
    watch(context, 'fillText', 'value', wrote(fillStyle));
    watch(context, 'strokeText', 'value', wrote(strokeStyle));
    watch(context, 'save', 'value', (self) => { stateOf(self).saved = true; });
    watch(context, 'getImageData', 'value', (self, args) => read(self, canvas(self), 'getImageData', [typeof args[2] === 'number' ? args[2] : 0, typeof args[3] === 'number' ? args[3] : 0]));

    const fontOf = getter(context, 'font');
    watch(context, 'font', 'set', (self) => {
      const state = stateOf(self);
      if (state.fontCount >= MOST_FONTS) return;
      const font = apply(fontOf, self, []);  // As the browser took it: what it refused changed nothing.
      if (state.fonts[font]) return;
      state.fonts[font] = true;
      state.fontCount++;
    });
    watch(context, 'measureText', 'value', (self, args) => {
      const state = stateOf(self);
      const text = typeof args[0] === 'string' ? args[0] : '';
      if (text.length > 200 || (!state.measures[text] && state.measureCount >= 50)) return;
      if (!state.measures[text]) { state.measures[text] = 0; state.measureCount++; }
      state.measures[text]++;
      if (state.measures[text] > state.mostMeasured) state.mostMeasured = state.measures[text];
      if (state.fontCount < FONTS_WORTH_TELLING) return;
      state.fontTally ??= tallyOf('canvas-font');
      atLeast(state.fontTally, 'fonts', state.fontCount);
      atLeast(state.fontTally, 'measured', state.mostMeasured);
    });
    for (const via of ['toDataURL', 'toBlob', 'convertToBlob'])
      watch(canvasType?.prototype, via, 'value', (self) => read(apply(weakGet, contexts, [self]), self, via, null));
  };
  hookContext('CanvasRenderingContext2D', globalThis.HTMLCanvasElement);
  hookContext('OffscreenCanvasRenderingContext2D', globalThis.OffscreenCanvas);
} }));
