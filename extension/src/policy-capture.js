// Functions that run inside a page (scripting.executeScript sends their source there), so each is self-contained. They walk the
// document with a list of things to do instead of recursion, and change nothing.

/**
 * The text of the document as blocks (docs/protocol.md "policy.page").
 * @param {{maxBlocks?: number, maxChars?: number}} [limits]
 */
export function captureBlocks({ maxBlocks = 100_000, maxChars = 5_000_000 } = {}) {
  const SKIP = new Set(['script', 'style', 'noscript', 'template', 'svg', 'canvas', 'iframe', 'object', 'embed', 'video', 'audio', 'select', 'textarea', 'input', 'head', 'math']);
  const BLOCK = new Set(['address', 'article', 'aside', 'blockquote', 'body', 'center', 'details', 'dialog', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer',
    'form', 'header', 'hr', 'html', 'legend', 'li', 'main', 'menu', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'ul', 'caption', 'tbody', 'thead', 'tfoot', 'tr', 'table', 'td', 'th', 'search']);
  const doc = globalThis.document;
  /** @type {any[]} */
  const blocks = [];
  let chars = 0;
  let truncated = false;
  let lists = 0;
  let tables = 0;

  /** @param {any} el */
  const styleOf = (el) => {
    try { return globalThis.getComputedStyle?.(el) ?? null; } catch { return null; }
  };
  /** @param {string} text */
  const tidy = (text) => text.replace(/[ \t\f\r\u00a0]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{2,}/g, '\n').trim();

  // The block being gathered.
  /** @type {{kind: any, hidden: boolean, text: string, links: {text: string, href: string}[]} | null} */
  let open = null;
  /** @param {any} kind @param {boolean} hidden */
  const begin = (kind, hidden) => { open = { kind, hidden, text: '', links: [] }; };
  const end = () => {
    if (!open) return;
    const { kind, hidden, links } = open;
    const text = tidy(open.text);
    open = null;
    if (text === '' && kind.kind !== 'cell') return;
    if (blocks.length >= maxBlocks || chars + text.length > maxChars) { truncated = true; return; }
    chars += text.length;
    /** @type {any} */
    const block = { ...kind, text };
    if (hidden) block.hidden = true;
    if (links.length > 0) block.links = links;
    blocks.push(block);
  };
  /** @param {string} text @param {any} context */
  const write = (text, context) => {
    if (open && (open.kind !== context.kind || open.hidden !== context.hidden)) {
      if (context.kind.kind === 'cell' && open.kind === context.kind) open.hidden = false;
      else end();
    }
    if (!open) {
      if (text.trim() === '') return;
      begin(context.kind, context.hidden);
    }
    if (open) /** @type {any} */ (open).text += text;
  };

  if (doc.contentType && !/html|xml/.test(doc.contentType)) {
    // Plain text: paragraphs are parted by empty lines; hard-wrapped lines are joined, short lines and list marks are not.
    const source = doc.body?.textContent ?? doc.documentElement?.textContent ?? '';
    for (const part of source.split(/\n[ \t\r]*\n/)) {
      let text = '';
      let before = 0;
      for (const line of part.split('\n')) {
        text += (text === '' ? '' : before < 45 || /^\s*(?:[-*•]|\d+[.)])\s/.test(line) ? '\n' : ' ') + line.trim();
        before = line.trim().length;
      }
      begin({ kind: 'paragraph' }, false);
      if (open) /** @type {any} */ (open).text = text;
      end();
    }
    return { url: doc.location.href, title: doc.title || null, lang: null, contentType: doc.contentType, blocks, truncated };
  }

  const PARAGRAPH = { kind: 'paragraph' };
  /** @typedef {{kind: any, hidden: boolean, pre: boolean, depth: number, list: any, table: any, inCell: boolean}} Context */
  /** @type {({node: any, context: Context} | {leave: () => void})[]} */
  const todo = [{ node: doc.documentElement, context: { kind: PARAGRAPH, hidden: false, pre: false, depth: 0, list: null, table: null, inCell: false } }];
  let steps = 0;
  /** @param {any} parent @param {Context} context */
  const pushChildren = (parent, context) => {
    let root = null;
    try {
      root = parent.shadowRoot ?? parent.openOrClosedShadowRoot ?? (/** @type {any} */ (globalThis)).chrome?.dom?.openOrClosedShadowRoot?.(parent) ?? null;
    } catch { /* Not for this element. */ }
    let child = (root ?? parent).lastChild;
    if (parent.localName === 'slot' && parent.assignedNodes?.().length > 0) {
      for (const node of [...parent.assignedNodes()].reverse()) todo.push({ node, context });
      return;
    }
    for (; child; child = child.previousSibling) todo.push({ node: child, context });
  };

  while (todo.length > 0 && !truncated) {
    const item = /** @type {any} */ (todo.pop());
    if (item.leave) { item.leave(); continue; }
    if (++steps > 2_000_000) { truncated = true; break; }
    const { node } = item;
    /** @type {Context} */
    let context = item.context;
    if (node.nodeType === 3) {
      const raw = node.nodeValue ?? '';
      if (context.pre) {
        const parts = raw.split(/\n[ \t\r]*\n/);
        parts.forEach((/** @type {string} */ part, /** @type {number} */ i) => {
          if (i > 0) { if (context.inCell) write('\n', context); else end(); }
          write(part, context);
        });
      } else {
        write(raw.replace(/[\s\u00a0]+/g, ' '), context);
      }
      continue;
    }
    if (node.nodeType !== 1) continue;
    const tag = node.localName;
    if (SKIP.has(tag)) continue;
    if (tag === 'br') { if (open) write('\n', context); continue; }
    if (tag === 'img') { continue; }
    const style = styleOf(node);
    const display = style?.display || '';
    const role = node.getAttribute('role') ?? '';
    const closed = tag === 'details' && !node.hasAttribute('open');
    const hidden = display === 'none' || node.hasAttribute('hidden') || style?.visibility === 'hidden' || style?.visibility === 'collapse';
    if (hidden && !context.hidden) context = { ...context, hidden: true };
    if (tag === 'pre' || /^pre/.test(style?.whiteSpace ?? '')) context = { ...context, pre: true };
    else if (context.pre && style?.whiteSpace === 'normal') context = { ...context, pre: false };
    const blockish = display && display !== 'none' && display !== 'contents' ? !/^(inline|ruby)/.test(display) : BLOCK.has(tag) || /^h[1-6]$/.test(tag);

    // Tables: only those that hold data; a table around other tables or headings lays out the page.
    const isTable = tag === 'table' || role === 'table' || role === 'grid';
    if (isTable && !context.inCell) {
      const layout = role === 'presentation' || role === 'none' || node.querySelector('table, [role=table], h1, h2') !== null ||
        node.querySelectorAll('td, th, [role=cell], [role=gridcell], [role=columnheader], [role=rowheader]').length < 2;
      end();
      context = { ...context, kind: PARAGRAPH, table: layout ? null : { id: tables++, row: -1, spans: [] } };
      todo.push({ leave: end });
      pushChildren(node, context);
      continue;
    }
    const table = context.table;
    if (table && !context.inCell && (tag === 'tr' || role === 'row')) {
      end();
      table.row++;
      table.col = 0;
      table.spans = table.spans.map((/** @type {number} */ n) => Math.max(0, n - 1));
      todo.push({ leave: end });
      pushChildren(node, context);
      continue;
    }
    if (table && !context.inCell && table.row >= 0 && (tag === 'td' || tag === 'th' || /^(cell|gridcell|columnheader|rowheader)$/.test(role))) {
      end();
      const span = (/** @type {string} */ name, /** @type {number} */ most) => {
        const n = Number.parseInt(node.getAttribute(name) ?? node.getAttribute(`aria-${name}`) ?? '1', 10);
        return Number.isNaN(n) || n < 0 ? 1 : n === 0 && name === 'rowspan' ? most : Math.min(Math.max(n, 1), most);
      };
      while ((table.spans[table.col] ?? 0) > 0) table.col++;
      const colspan = span('colspan', 64);
      const rowspan = span('rowspan', 20_000);
      const header = tag === 'th' || /header$/.test(role) || node.parentNode?.parentNode?.localName === 'thead';
      const kind = { kind: 'cell', table: table.id, row: table.row, col: table.col, header, rowspan, colspan };
      for (let i = 0; i < colspan; i++) {
        while (table.spans.length <= table.col + i) table.spans.push(0);
        table.spans[table.col + i] = rowspan;
      }
      table.col += colspan;
      begin(kind, context.hidden);
      todo.push({ leave: end });
      pushChildren(node, { ...context, kind, inCell: true });
      continue;
    }
    if (context.inCell) {
      // One block for the whole cell: what would be a block of its own becomes a line.
      if (blockish || tag === 'table') {
        write('\n', context);
        todo.push({ leave: () => { if (open) /** @type {any} */ (open).text += '\n'; } });
      } else if (tag === 'td' || tag === 'th') {
        write(' ', context);
      }
    } else if (/^h[1-6]$/.test(tag) || role === 'heading') {
      end();
      const level = Number(/^h([1-6])$/.exec(tag)?.[1] ?? node.getAttribute('aria-level') ?? 2) || 2;
      context = { ...context, kind: { kind: 'heading', level: Math.min(6, Math.max(1, level)) } };
      todo.push({ leave: end });
    } else if (tag === 'ul' || tag === 'ol' || tag === 'menu' || tag === 'dl' || role === 'list') {
      end();
      context = { ...context, kind: PARAGRAPH, depth: context.depth + 1, list: { id: lists++, ordered: tag === 'ol' } };
      todo.push({ leave: end });
    } else if ((tag === 'li' || tag === 'dt' || tag === 'dd' || role === 'listitem') && context.list) {
      end();
      context = { ...context, kind: { kind: 'item', list: context.list.id, depth: context.depth, ordered: context.list.ordered } };
      todo.push({ leave: end });
    } else if (blockish) {
      // Inside an item or a heading, blocks are lines of it; elsewhere they are paragraphs of their own.
      if (context.kind === PARAGRAPH || context.kind.kind === 'paragraph') {
        end();
        context = { ...context, kind: { kind: 'paragraph' } };
        todo.push({ leave: end });
      } else {
        write('\n', context);
        todo.push({ leave: () => { if (open) /** @type {any} */ (open).text += '\n'; } });
      }
    } else if (tag === 'td' || tag === 'th') {
      end();
      todo.push({ leave: end });
    }

    if ((tag === 'a' || tag === 'area') && node.hasAttribute('href')) {
      const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
      let href = '';
      try { href = new URL(node.getAttribute('href'), doc.baseURI).href.slice(0, 4096); } catch { /* No address. */ }
      if (href && text) {
        if (!open || (/** @type {any} */ (open)).kind !== context.kind) { end(); begin(context.kind, context.hidden); }
        const links = /** @type {any} */ (open).links;
        if (links.length < 50) links.push({ text, href });
      }
    }
    if (closed) {
      // Everything but the summary is folded away.
      for (let child = node.lastChild; child; child = child.previousSibling)
        todo.push({ node: child, context: child.localName === 'summary' ? context : { ...context, hidden: true } });
      continue;
    }
    pushChildren(node, context);
  }
  end();
  const lang = doc.documentElement?.getAttribute('lang') || doc.documentElement?.getAttribute('xml:lang') || null;
  return { url: doc.location?.href ?? '', title: doc.title || null, lang, contentType: doc.contentType ?? 'text/html', blocks, truncated };
}

/** The document's links in document order, open and closed shadow trees included. */
export function collectLinks() {
  const doc = globalThis.document;
  /** @type {{text: string, href: string, rel: string, area: string, download: boolean}[]} */
  const links = [];
  /** @type {any[]} */
  const roots = [doc];
  for (let i = 0; i < roots.length && i < 500 && links.length < 3000; i++) {
    for (const el of roots[i].querySelectorAll('*')) {
      let root = null;
      try {
        root = el.shadowRoot ?? el.openOrClosedShadowRoot ?? (el.localName.includes('-') ? (/** @type {any} */ (globalThis)).chrome?.dom?.openOrClosedShadowRoot?.(el) : null) ?? null;
      } catch { /* Not for this element. */ }
      if (root) roots.push(root);
      if (el.localName !== 'a' && el.localName !== 'area' && el.localName !== 'link') continue;
      const to = el.getAttribute('href');
      const rel = (el.getAttribute('rel') ?? '').toLowerCase();
      if (!to || (el.localName === 'link' && !/privacy-policy/.test(rel))) continue;
      let href = '';
      try { href = new URL(to, doc.baseURI).href; } catch { continue; }
      const text = (el.textContent ?? '').replace(/\s+/g, ' ').trim() || el.getAttribute('aria-label') || el.getAttribute('title') || el.querySelector?.('img')?.getAttribute('alt') || '';
      const area = el.closest('footer, [role=contentinfo], #footer, .footer') ? 'footer' : el.closest('nav, [role=navigation]') ? 'nav' : '';
      links.push({ text: text.slice(0, 300), href, rel, area, download: el.hasAttribute('download') });
      if (links.length >= 3000) break;
    }
  }
  return links;
}
