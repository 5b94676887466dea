// Finds and presses the buttons of a consent banner by what is written on them, where no rule knows the banner. Runs in each frame of the
// page, in the extension's own world, so it must stand alone: what it needs comes as arguments, nothing is imported.

/** @typedef {{kind: import('./words.js').ButtonKind, label: string}} Button */
/** @typedef {{buttons: Button[], clicked: Button | null, switched: number}} Look */

/**
 * One look at this frame's banner, and at most one click.
 * @param {[import('./words.js').ButtonKind, string[]][]} labels kinds in the order in which they are tried @param {string} topic
 * @param {import('./words.js').ButtonKind[]} press kinds to press, the first that is there; empty: only look. `save` switches off first what can be
 * @returns {Look}
 */
export function lookForChoice(labels, topic, press) {
  const MOST_ELEMENTS = 20_000;
  const MOST_LABEL = 80;
  const MOST_TEXT = 20_000;
  const MOST_UP = 25;
  const about = new RegExp(topic, 'iu');
  const kinds = labels.map(([kind, sources]) => ({ kind, is: new RegExp(sources.join('|'), 'iu') }));

  /** @param {Element} element */
  const shadowOf = (element) => {
    const open = element.shadowRoot;
    if (open) return open;
    try {
      const dom = /** @type {any} */ (globalThis).chrome?.dom;
      return /** @type {any} */ (element).openOrClosedShadowRoot ?? dom?.openOrClosedShadowRoot?.(element) ?? null;
    } catch { return null; }
  };
  /** @type {Element[]} */
  const all = [];
  const roots = /** @type {(Document | ShadowRoot)[]} */ ([document]);
  /** @type {Map<Element, ShadowRoot>} */
  const inside = new Map();
  for (let i = 0; i < roots.length; i++) {
    for (const element of roots[i]?.querySelectorAll('*') ?? []) {
      if (all.length >= MOST_ELEMENTS) break;
      all.push(element);
      const root = element.localName.includes('-') || /^(?:div|section|aside|span|article|main|body)$/.test(element.localName) ? shadowOf(element) : null;
      if (!root) continue;
      roots.push(root);
      inside.set(element, root);
    }
  }

  /** @param {Element} element */
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const style = getComputedStyle(element);
    return style.visibility === 'visible' && style.display !== 'none' && Number(style.opacity) > 0.1 && style.pointerEvents !== 'none';
  };
  /** @param {Element} element */
  const labelOf = (element) => {
    const text = /** @type {HTMLElement} */ (element).innerText?.trim() || (/** @type {HTMLInputElement} */ (element).type !== 'text' && /** @type {HTMLInputElement} */ (element).value) || element.getAttribute('aria-label') || element.getAttribute('title') || '';
    return String(text).replace(/\s+/g, ' ').trim();
  };
  /** What is read in an element; its own words are not those of its shadow. @param {Element} element */
  const textOf = (element) => {
    const root = inside.get(element);
    return root ? [...root.children].map((child) => /** @type {HTMLElement} */ (child).innerText ?? '').join(' ') : /** @type {HTMLElement} */ (element).innerText ?? '';
  };
  /** @param {Element} element @returns {Element | null} */
  const parentOf = (element) => element.parentElement ?? /** @type {ShadowRoot} */ (element.getRootNode()).host ?? null;
  /** @param {Element} element */
  const overlays = (element) => {
    const role = element.getAttribute('role');
    return role === 'dialog' || role === 'alertdialog' || element.localName === 'dialog' || ['fixed', 'sticky'].includes(getComputedStyle(element).position);
  };
  /**
   * The box around a button that speaks of consent: the nearest, and in a page of its own frame the whole of it.
   * @param {Element} button @returns {Element | null}
   */
  const bannerOf = (button) => {
    let near = /** @type {Element | null} */ (null);
    let at = parentOf(button);
    for (let up = 0; at && up < MOST_UP; up++, at = parentOf(at)) {
      const page = at === document.body || at === document.documentElement;
      if (page && window === window.top) break;
      const text = textOf(at);
      if (text.length > MOST_TEXT) break;
      if (!near && text.length > labelOf(button).length + 20 && about.test(text)) near = at;
      if (near && (page || overlays(at))) return at;
      if (page) break;
    }
    // A banner in the flow of the page, at its top or end: told by little text.
    return near && textOf(near).length < 3000 ? near : null;
  };

  const found = [];
  for (const element of all) {
    if (!element.matches('button, a, input[type=button], input[type=submit], [role=button], [onclick], [tabindex="0"]') || element.hasAttribute('disabled')) continue;
    const label = labelOf(element);
    if (label === '' || label.length > MOST_LABEL) continue;
    const kind = kinds.find(({ is }) => is.test(label))?.kind;
    if (!kind || !shown(element)) continue;
    // A link to another page is no button of a banner.
    const href = element.localName === 'a' ? element.getAttribute('href') : null;
    if (href && !/^(?:#|javascript:|$)/i.test(href) && kind !== 'reject') continue;
    const banner = bannerOf(element);
    if (banner) found.push({ element, banner, kind, label });
  }
  // Boxes without a way to accept or refuse are some other thing: a footer with "cookie settings", say.
  const choosing = new Set(found.filter((f) => f.kind === 'accept' || f.kind === 'reject' || f.kind === 'save').map((f) => f.banner));
  const buttons = found.filter((f) => choosing.has(f.banner) || [...choosing].some((banner) => banner.contains(f.element)));
  /** @type {Look} */
  const look = { buttons: buttons.map(({ kind, label }) => ({ kind, label })).slice(0, 20), clicked: null, switched: 0 };
  for (const kind of press) {
    const candidates = buttons.filter((b) => b.kind === kind);
    // "Accept all" before a bare "OK".
    const target = candidates.find((b) => /\b(?:all|alle[ns]?|tout(?:es)?|todas?|todos|tutt[ieo]|alles)\b/iu.test(b.label)) ?? candidates[0];
    if (!target) continue;
    if (kind === 'save') {
      for (const box of all) {
        if (!target.banner.contains(box) && !buttons.some((b) => b.banner.contains(box))) continue;
        const on = box.matches('input[type=checkbox]:checked:not(:disabled)') || (box.matches('[role=switch][aria-checked=true], [role=checkbox][aria-checked=true]') && box.getAttribute('aria-disabled') !== 'true' && !box.hasAttribute('disabled'));
        if (!on) continue;
        /** @type {HTMLElement} */ (box).click();
        look.switched++;
      }
    }
    look.clicked = { kind, label: target.label };
    /** @type {HTMLElement} */ (target.element).click();
    break;
  }
  return look;
}
